import { afterEach, describe, expect, it } from 'vitest'
import { useInbox } from '../../../renderer/src/areas/statements/inbox.store.ts'
import StatementsArea from '../../../renderer/src/areas/statements/StatementsArea.vue'
import { ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { glanceOf, mapping, statementAnswers } from '../sample-statements.ts'
import { openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let shown: WorkWindow | undefined
afterEach(() => shown?.close())

async function drop(names: readonly string[], answers: Answers = {}): Promise<void> {
  let claimed = 0
  const byTicket = new Map<string, string>()
  const nameOf = (ticket: string) => {
    if (!byTicket.has(ticket)) byTicket.set(ticket, names[claimed++] ?? '')
    return byTicket.get(ticket) ?? ''
  }
  shown = await openWindow(StatementsArea, {
    hash: '#/statements',
    language: 'en',
    answers: {
      ...statementAnswers(),
      'statements.glance': ({ ticket, given }) => {
        const glance = glanceOf(ticket, nameOf(ticket))
        return ok({ ...glance, needs: given?.currency && given.dateOrder ? [] : glance.needs })
      },
      ...answers,
    },
  })
  await useInbox().add(names.map((name) => new File(['x'], name)))
  await settle()
}

function words(): string {
  return (document.body.textContent ?? '').replace(/\s+/g, ' ')
}

async function click(label: string): Promise<void> {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === label)
  if (!found) throw new Error(`no button ${label}`)
  found.click()
  await settle()
}

/** The live preview waits for a quarter of a second of quiet. */
const quiet = () => new Promise((later) => setTimeout(later, 300))

describe('the import screen', () => {
  it('says of each file what it is, how it was read, and what has to be said', async () => {
    await drop(['Ноябрь.xlsx', 'bank.qif', 'лжёт.txt'])
    const said = words()
    expect(said).toContain('Excel workbook (XLSX)')
    expect(said).toContain('columns remembered from before')
    expect(said).toContain('QIF')
    expect(said).toContain('Windows-1252, by its letters')
    expect(said).toContain('currency not stated')
    expect(said).toContain("What day is 03/04'26?")
    expect(said).toContain('the file says DOS')
    expect(said).toContain('2 ready · 1 waits for your word')
  })

  it('shows the letters of the file when its encoding is opened', async () => {
    await drop(['лжёт.txt'])
    document.querySelector<HTMLButtonElement>('tbody button[aria-expanded]')?.click()
    await settle()
    expect(words()).toContain('So the letters of the file read:')
    expect(words()).toContain('Плательщик=ООО «РОМАШКА-СЕВЕР»')
  })

  it('names files and lines on its one button, and what will wait', async () => {
    await drop(['a.xml', 'Ноябрь.xlsx'])
    expect(words()).toContain('Import 2 files: 17 new lines')
    expect(words()).toContain('9 doubtful lines will wait for your word after the import.')
  })

  it('shows the accounts of a large file when asked', async () => {
    await drop(['many.sta'])
    expect(words().match(/DE89…/g)?.length).toBe(
      4 + words().split('One step more')[1]!.match(/DE89…/g)!.length,
    )
    await click('Show 3 more accounts')
    expect(words()).not.toContain('Show 3 more accounts')
  })

  it('groups what came out of an archive under its name', async () => {
    await drop(['bank.zip › may.txt', 'bank.zip › june.txt'])
    const head = document.querySelector('th[scope="rowgroup"]')
    expect(head?.textContent?.replace(/\s+/g, ' ').trim()).toBe('bank.zip · 2 files')
  })
})

// A dozen of the kit's select boxes are slow to mount in a simulated document.
describe('the wizard for tables', { timeout: 20_000 }, () => {
  it('asks for the first lines only, with what is chosen, and says what is still missing', async () => {
    await drop(['Ноябрь.csv'])
    await click('Choose the columns')
    const [asked] = shown?.bridge.inputsOf('statements.inspect') ?? []
    expect(asked).toMatchObject({ lines: 50, mapping: { ...mapping, account: '' } })
    expect(words()).toContain('The account is not known: type its number, or choose its column.')
    expect(words()).toContain('The currency is not known: choose it, or its column.')
    expect(words()).toContain('the next statement with the same header is read by itself')
  })

  it('begins the lines at the row that is clicked, and reads again after a moment of quiet', async () => {
    await drop(['Ноябрь.csv'])
    await click('Choose the columns')
    await click('4')
    await quiet()
    await settle()
    expect(shown?.bridge.inputsOf('statements.inspect').at(-1)?.mapping?.skipRows).toBe(3)
  })

  it('hands account and currency over as facts of this file, not of the remembered table', async () => {
    await drop(['Ноябрь.csv'])
    await click('Choose the columns')
    const account = [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input')].find(
      (input) => input.maxLength === 64,
    )
    if (!account) throw new Error('no field for the account')
    account.value = '4070 2810 5000'
    account.dispatchEvent(new Event('change', { bubbles: true }))
    account.dispatchEvent(new Event('input', { bubbles: true }))
    await quiet()
    await settle()
    await click('Read it like this')
    const last = shown?.bridge.inputsOf('statements.glance').at(-1)
    expect([last?.given, last?.mapping?.account]).toEqual([{ account: '407028105000' }, ''])
  })

  it('offers the sheets of a workbook and no separator', async () => {
    await drop(['Ноябрь.xlsx'])
    await click('Columns…')
    const sheet = document.querySelector('[role="dialog"]')
    expect(sheet?.textContent).toContain('Sheet')
    expect(sheet?.textContent).not.toContain('Separator')
  })
})

describe('remembered tables', () => {
  it('are listed with their columns and can be forgotten', async () => {
    await drop([])
    await click('1 remembered table')
    expect(words()).toContain('Выписка ноябрь.csv')
    expect(words()).toContain('ПриходMoney in')
    await click('Forget')
    expect(shown?.bridge.inputsOf('statements.forgetTable')).toEqual([{ id: 1 }])
  })
})
