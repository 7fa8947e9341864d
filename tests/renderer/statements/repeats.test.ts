import { afterEach, describe, expect, it } from 'vitest'
import { findLineOf } from '../../../renderer/src/areas/statements/issue-line.ts'
import StatementsArea from '../../../renderer/src/areas/statements/StatementsArea.vue'
import type { Client } from '../../../renderer/src/backend.ts'
import type { Place, StatementIssue } from '../../../electron/contract/statement.ts'
import type { FileId } from '../../../electron/contract/values.ts'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { lineDetail, manyIssues, statementAnswers } from '../sample-statements.ts'
import { line } from '../sample-world.ts'
import { openWindow, press, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let shown: WorkWindow | undefined
afterEach(() => shown?.close())

async function open(hash: string, answers: Answers = {}): Promise<string> {
  shown = await openWindow(StatementsArea, {
    hash,
    answers: { ...statementAnswers(), ...answers },
    language: 'en',
  })
  return words()
}

function words(): string {
  return (document.body.textContent ?? '').replace(/\s+/g, ' ')
}

function button(label: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === label)
  if (!found) throw new Error(`no button ${label}`)
  return found
}

async function click(label: string): Promise<void> {
  button(label).click()
  await settle()
}

describe('a doubtful line', () => {
  it('stands beside its twin with what differs in bold', async () => {
    const said = await open('#/statements?line=7')
    expect(said).toContain('Is it the same money?')
    expect(said).toContain('camt.053_2026-11-19.xml')
    const bold = [...document.querySelectorAll('td.font-semibold')].map((cell) => cell.textContent?.trim())
    expect(bold).toContain('Payment of invoice 3653/1')
    expect(bold).not.toContain('13/11/2026')
  })

  it('is judged by a button, and asked for again when it was the last', async () => {
    await open('#/statements?line=7', { 'statements.lines': () => ok({ rows: [], total: 0, revision: 1 }) })
    await click('Separate money')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([{ lineIds: [7], verdict: 'separate' }])
    expect(shown?.bridge.inputsOf('statements.line').map(({ lineId }) => lineId)).toEqual([7, 7])
  })

  it('is judged by a key while its sheet is open, on a Russian keyboard too', async () => {
    await open('#/statements?line=7')
    await press('ы')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([{ lineIds: [7], verdict: 'same' }])
  })

  it('keeps its twin beside it after the word, so that the word can be taken back', async () => {
    let judged = false
    await open('#/statements?line=7', {
      'statements.line': ({ lineId }) => {
        const detail = lineDetail(lineId - 1)
        return ok(judged ? { ...detail, row: { ...detail.row, standing: 'open' } } : detail)
      },
      'statements.judge': () => {
        judged = true
        return ok({ lines: 1 })
      },
      'statements.lines': () => ok({ rows: [], total: 0, revision: 1 }),
    })
    await click('Separate money')
    expect(words()).toContain('This line counts as money of its own.')
    await click('The same money')
    expect(shown?.bridge.inputsOf('statements.judge').map(({ verdict }) => verdict)).toEqual([
      'separate',
      'same',
    ])
  })

  it('gives way to the next one of its file, and can be gone back to', async () => {
    const doubtful = [line(6), line(13), line(20)]
    await open('#/statements?line=14', {
      'statements.judge': ({ lineIds }) => {
        doubtful.splice(0, 3, ...doubtful.filter(({ id }) => !lineIds?.includes(id)))
        return ok({ lines: 1 })
      },
      'statements.lines': () => ok({ rows: [...doubtful], total: doubtful.length, revision: 1 }),
    })
    expect(shown?.bridge.inputsOf('statements.lines')).toEqual([
      {
        limit: 200,
        filter: { fileId: 4, standing: ['doubtful'] },
        sort: { column: 'index', descending: false },
      },
    ])
    expect(words()).toContain('3 doubtful in the file')
    await press('s')
    expect(shown?.router.place.value.query['line']).toBe('21')
    expect(words()).toContain('2 doubtful in the file')
    // After the file's last one its first comes.
    await press('n')
    expect(shown?.router.place.value.query['line']).toBe('7')
    await press('p')
    expect(shown?.router.place.value.query['line']).toBe('21')
    await click('The one before')
    expect(shown?.router.place.value.query['line']).toBe('14')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([{ lineIds: [14], verdict: 'same' }])
  })

  it('is not judged by the key that was meant for the next one', async () => {
    await open('#/statements?line=7', {
      'statements.line': ({ lineId }) => (lineId === 7 ? ok(lineDetail(6)) : new Promise(() => undefined)),
    })
    await press('s')
    expect(shown?.router.place.value.query['line']).toBe('14')
    await press('d')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([{ lineIds: [7], verdict: 'same' }])
  })

  it('opens its twin', async () => {
    await open('#/statements?line=7')
    await click('The other line')
    expect(shown?.bridge.inputsOf('statements.line').at(-1)).toEqual({ lineId: 900 })
  })

  it('shows no verdict on a line without a twin, and listens to no key', async () => {
    const said = await open('#/statements?line=1')
    expect(said).not.toContain('Separate money')
    await press('s')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([])
  })
})

describe('the bytes of a line', () => {
  it('are text first, and hexadecimal pairs with their places when asked', async () => {
    await open('#/statements?line=1')
    expect(document.querySelector('pre')?.textContent).toBe(lineDetail(0).raw)
    await click('Bytes')
    expect(words()).toContain('4e 6f 6d 65 72 3d 34 38')
    await click('Text')
    expect(document.querySelector('pre')?.textContent).toBe(lineDetail(0).raw)
  })

  it('are a row of a sheet where there are none', async () => {
    const detail = lineDetail(0)
    const row = { ...detail.row, place: { line: 12, from: 0, to: 0, part: 'Ноябрь' } }
    const said = await open('#/statements?line=1', {
      'statements.line': () => ok({ ...detail, row, hex: '', raw: 'a\tb' }),
    })
    expect(said).toContain('kl_to_1c.txt, sheet “Ноябрь”, row 12')
    expect(said).not.toContain('Bytes')
  })
})

describe('an imported file', () => {
  it('writes its proof out to the exact difference', async () => {
    await open('#/statements')
    await click('stm_18-11.sta')
    const table = [...document.querySelectorAll('table')].find((one) =>
      one.textContent?.includes('How the balances add up'),
    )
    const rows = [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()),
    )
    expect(rows).toEqual([
      ['Opening balance', '12,000.00 EUR'],
      ['Money in', '+1,150.00 EUR'],
      ['Money out', '−50.00 EUR'],
      ['Makes', '= 13,100.00 EUR'],
      ['Closing balance in the file', '13,100.50 EUR'],
      ['Difference', '+0.50 EUR'],
    ])
  })

  it('lets all its doubtful lines be judged at once', async () => {
    await open('#/statements')
    await click('kl_to_1c.txt')
    expect(words()).toContain('3 lines may be the same money as lines of another file')
    await click('All are the same money')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([{ fileId: 4, verdict: 'same' }])
  })

  it('counts known lines as money only after a question, by their ids', async () => {
    let pages = 0
    await open('#/statements', {
      'statements.lines': (input) =>
        ok({
          rows: input?.filter?.standing?.[0] === 'duplicate' && pages++ === 0 ? [line(3), line(8)] : [],
          total: 2,
          revision: 1,
        }),
    })
    await click('kl_to_1c.txt')
    await click('They are money of their own…')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([])
    await click('Count 12 lines')
    expect(shown?.bridge.inputsOf('statements.judge')).toEqual([{ lineIds: [4, 9], verdict: 'separate' }])
  })

  it('stays, with the reason in its place, when it cannot be forgotten', async () => {
    await open('#/statements', {
      'statements.forget': () => no({ code: 'statement.inUse', matches: 4, operations: 1 }),
    })
    await click('card-export.csv')
    await click('Forget the import')
    await click('Forget 31 lines')
    expect(words()).toContain('accepted matches 4, operations 1 rest on its lines')
    expect(document.querySelector('[role="alert"]')).not.toBeNull()
  })

  it('draws only what is seen of five hundred remarks, problems first', async () => {
    await open('#/statements')
    await click('card-export.csv')
    await settle()
    const items = [...document.querySelectorAll('[role="listitem"]')]
    expect(items.length).toBeGreaterThan(5)
    expect(items.length).toBeLessThan(60)
    expect(items[0]?.textContent).toContain('line 10, bytes 0–55')
    expect(items[1]?.textContent).toContain('line 12, bytes 120–175')
  })

  it('opens the line of a remark, or says that there is none', async () => {
    const place: Place = { line: 45, from: 950, to: 960 }
    const remark: StatementIssue = { place, code: 'amount.precision', text: 'Сумма=1.005', weight: 'problem' }
    await open('#/statements', { 'statements.issues': () => ok([remark]) })
    await click('stm_18-11.sta')
    document.querySelector<HTMLButtonElement>('[role="listitem"] button')?.click()
    await settle()
    expect(shown?.router.place.value.query['line']).toBe('2')
  })
})

describe('the line of a remark', () => {
  const places: Place[] = Array.from({ length: 1000 }, (_, at) => ({
    line: at * 3 + 1,
    from: at * 100,
    to: at * 100 + 80,
  }))
  function ask(all: readonly Place[]) {
    let asked = 0
    const call = (async (_name: string, { offset }: { offset: number }) => {
      asked += 1
      const at = all[offset]
      const rows = at ? [{ ...line(offset), place: at }] : []
      return ok({ rows, total: all.length, revision: 1 })
    }) as unknown as Client['call']
    return { call, asked: () => asked }
  }
  const remark = (place: Place): StatementIssue => ({ ...(manyIssues(1)[0] as StatementIssue), place })

  it('is found in a dozen questions among a thousand', async () => {
    const { call, asked } = ask(places)
    expect(await findLineOf(call, 4 as FileId, remark({ line: 2000, from: 66_630, to: 66_640 }))).toBe(667)
    expect(asked()).toBeLessThan(13)
  })

  it('is none between two lines, before the first, and in a file without lines', async () => {
    const { call } = ask(places)
    expect(await findLineOf(call, 4 as FileId, remark({ line: 3, from: 90, to: 95 }))).toBeNull()
    const later = ask(places.slice(1)).call
    expect(await findLineOf(later, 4 as FileId, remark({ line: 1, from: 10, to: 20 }))).toBeNull()
    expect(await findLineOf(ask([]).call, 4 as FileId, remark({ line: 1, from: 10, to: 20 }))).toBeNull()
  })

  it('is told by the sheet’s row in a workbook', async () => {
    const sheet = [3, 4, 6].map((row) => ({ line: row, from: 0, to: 0, part: 'Ноябрь' }))
    const { call } = ask(sheet)
    const at = (row: number, part = 'Ноябрь') =>
      findLineOf(call, 4 as FileId, remark({ line: row, from: 0, to: 0, part }))
    expect([await at(4), await at(5), await at(6, 'Справка')]).toEqual([2, null, null])
  })
})
