import { afterEach, describe, expect, it } from 'vitest'
import StatementsArea from '../../../renderer/src/areas/statements/StatementsArea.vue'
import { ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { accounts, line, sampleAnswers } from '../sample-world.ts'
import { openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let shown: WorkWindow | undefined
afterEach(() => shown?.close())

async function open(hash: string, answers: Answers = {}): Promise<string> {
  shown = await openWindow(StatementsArea, { hash, answers, language: 'en' })
  return (document.body.textContent ?? '').replace(/\u00A0/g, ' ')
}

function button(label: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === label)
  if (!found) throw new Error(`no button ${label}`)
  return found
}

describe('the statements screen', () => {
  it('shows files with balances and proof', async () => {
    const words = await open('#/statements')
    expect(words).toContain('kl_to_1c.txt')
    expect(words).toContain('318,402.11')
    expect(words).toContain('balances add up')
    expect(words).toContain('off by 0.50 EUR')
  })

  it('names the gap of an account with both balances', async () => {
    await open('#/statements')
    const list = [...document.querySelectorAll('table')].find((table) =>
      table.textContent?.includes('Breaks between'),
    )
    const cells = [...(list?.querySelectorAll('tbody td') ?? [])].map((cell) =>
      cell.textContent
        ?.replace(/\u00A0/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    expect(cells).toEqual([
      '4070…0123 RUB',
      'gap',
      '10/11/2026 · 1 day',
      '98,000.00 RUB',
      '99,500.00 RUB',
      '+1,500.00 RUB',
    ])
  })

  it('says what it is for when nothing was imported', async () => {
    const words = await open('#/statements', sampleAnswers('empty'))
    expect(words).toContain('No statement yet')
    expect(button('Choose files…')).toBeDefined()
  })

  it('offers the binding of an unbound account as the next step and takes the proposal', async () => {
    const words = await open('#/statements', { 'accounts.bind': () => ok(accounts) })
    expect(words).toContain('One step more: whose account is it?')
    expect(words).not.toContain('40702810900000000123')
    button('Accept').click()
    await settle()
    expect(shown?.bridge.inputsOf('accounts.bind')).toEqual([
      { account: 'DE89370400440532013000', currency: 'EUR', portalId: 'p_romashka01', ownCompanyId: 5 },
    ])
  })

  it('opens a line with the bytes it was read from', async () => {
    const raw = 'НазначениеПлатежа=Оплата по счету № 3653/1'
    const detail = {
      row: line(0),
      fileName: 'kl_to_1c.txt',
      encoding: 'windows-1251' as const,
      issues: [],
      raw,
      hex: '4e6f',
      twin: null,
    }
    const words = await open('#/statements?line=1', { 'statements.line': () => ok(detail) })
    expect(words).toContain('Line of 19/11/2026')
    expect(words).toContain('kl_to_1c.txt, line 20, bytes 0–880, Windows-1251')
    expect(document.querySelector('pre')?.textContent).toBe(raw)
  })

  it('forgets an import only after a question that names its lines', async () => {
    await open('#/statements')
    button('kl_to_1c.txt').click()
    await settle()
    button('Forget the import').click()
    await settle()
    expect(shown?.bridge.calls()).not.toContain('statements.forget')
    button('Forget 214 lines').click()
    await settle()
    expect(shown?.bridge.inputsOf('statements.forget')).toEqual([{ fileId: 4 }])
  })

  it('tells what people marked on the lines before it forgets them, and says so to the backend', async () => {
    const marks = { ignored: 3, held: 0, notes: 1 }
    await open('#/statements', { 'statements.marks': () => ok(marks) })
    button('kl_to_1c.txt').click()
    await settle()
    expect(shown?.bridge.calls()).not.toContain('statements.marks')
    button('Forget the import').click()
    await settle()
    expect(document.body.textContent).toContain('Lost with the file: 3 decisions to ignore lines and 1 note.')
    button('Forget 214 lines').click()
    await settle()
    expect(shown?.bridge.inputsOf('statements.forget')).toEqual([{ fileId: 4, losing: marks }])
  })
})
