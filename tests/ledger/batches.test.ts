import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openMatchLines } from '../../electron/backend/ledger/tables/match-input.ts'
import { pageLines } from '../../electron/backend/ledger/tables/lines.ts'
import type { NewLine } from '../../electron/backend/ledger/tables/statements.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import {
  bind,
  forgetting,
  importLines,
  journal,
  line,
  payment,
  portalId,
  rows,
  store,
  who,
  withPortal,
} from './book.ts'

const today = '2026-11-01'
const shas = 'bcdef'

/** An entry of a camt.053 for payments that stand elsewhere. */
const whole = (amountMinor: number, references: string[], given: Partial<NewLine> = {}): NewLine =>
  line(1, {
    amountMinor,
    batch: { role: 'whole', references },
    counterparty: { name: '', taxId: '', account: '', bankCode: '' },
    ...given,
  })
/** One of those payments in a camt.054: it proves nothing alone. */
const detail = (
  index: number,
  amountMinor: number,
  references: string[],
  given: Partial<NewLine> = {},
): NewLine =>
  line(index, {
    amountMinor,
    booked: false,
    bankDay: '2026-10-04',
    batch: { role: 'detail', references },
    ...given,
  })

function importAs(
  db: DatabaseSync,
  format: 'camt.053' | 'camt.054' | '1c',
  lines: readonly NewLine[],
): number {
  const { n } = rows(db, 'SELECT count(*) AS n FROM file')[0] ?? {}
  return importLines(db, lines, { format, sha: (shas[Number(n)] ?? 'a').repeat(64) })
}
const forget = (db: DatabaseSync, fileId: number): unknown => {
  try {
    return writes.forgetFile(db, forgetting(fileId))
  } catch (error) {
    return (error as { fault?: unknown }).fault ?? error
  }
}
const shown = (db: DatabaseSync): unknown[] =>
  pageLines(db, { filter: {}, offset: 0, limit: 100, today })
    .rows.toSorted((a, b) => a.id - b.id)
    .map(({ standing, booked, bankDay, amountMinor }) => [amountMinor, standing, booked, bankDay])

const parts = [detail(1, 3_000, ['B-1']), detail(2, 7_000, ['B-1'])]
const linked = [
  [10_000, 'detailed', true, '2026-10-05'],
  [3_000, 'open', true, '2026-10-05'],
  [7_000, 'open', true, '2026-10-05'],
]

describe('a batch', () => {
  it.each([
    ['the statement', ['camt.053', 'camt.054'] as const, linked],
    ['the notification', ['camt.054', 'camt.053'] as const, [...linked.slice(1), linked[0]]],
  ])('counts by its payments, when %s comes first', (_, order, expected) => {
    const db = withPortal()
    for (const format of order) importAs(db, format, format === 'camt.053' ? [whole(10_000, ['B-1'])] : parts)
    expect(shown(db)).toEqual(expected)
  })

  it('keeps its references for the screens', () => {
    const db = withPortal()
    importAs(db, 'camt.053', [whole(10_000, ['B-1', 'A-7'])])
    const [row] = pageLines(db, { filter: {}, offset: 0, limit: 1, today }).rows
    expect(row?.batch?.role).toBe('whole')
    expect(row?.batch?.references.toSorted()).toEqual(['A-7', 'B-1'])
  })

  it.each([
    ['sums differ', whole(10_001, ['B-1']), parts],
    ['no reference is common', whole(10_000, ['B-2']), parts],
    ['the account is another', whole(10_000, ['B-1'], { account: '40702810000000000002' }), parts],
    ['the currency is another', whole(10_000, ['B-1'], { currency: 'EUR' }), parts],
    ['the whole is not booked', whole(10_000, ['B-1'], { booked: false }), parts],
  ])('stays whole where %s', (_, sum, details) => {
    const db = withPortal()
    importAs(db, 'camt.053', [sum])
    importAs(db, 'camt.054', details)
    expect(rows(db, 'SELECT sum(detailed) AS n FROM line')).toEqual([{ n: 0 }])
    expect(rows(db, "SELECT DISTINCT booked FROM line WHERE batch_role = 'detail'")).toEqual([{ booked: 0 }])
  })

  it('is found by one reference out of several, and by several together', () => {
    const db = withPortal()
    importAs(db, 'camt.053', [
      whole(10_000, ['M-1', 'B-1']),
      whole(5_000, ['M-1', 'B-2']),
      whole(900, ['C-1', 'C-2']),
    ])
    importAs(db, 'camt.054', [
      detail(1, 3_000, ['M-1', 'B-1']),
      detail(2, 7_000, ['M-1', 'B-1']),
      detail(3, 5_000, ['M-1', 'B-2']),
      detail(4, 400, ['C-1']),
      detail(5, 500, ['C-2']),
    ])
    expect(rows(db, 'SELECT whole_id, detail_id FROM batch_link ORDER BY detail_id')).toEqual([
      { whole_id: 1, detail_id: 4 },
      { whole_id: 1, detail_id: 5 },
      { whole_id: 2, detail_id: 6 },
      { whole_id: 3, detail_id: 7 },
      { whole_id: 3, detail_id: 8 },
    ])
  })

  it('takes each payment once: of two equal sums the one of the same day', () => {
    const db = withPortal()
    importAs(db, 'camt.053', [
      whole(10_000, ['B-1']),
      whole(10_000, ['B-1'], { bankDay: '2026-10-04', index: 2 }),
    ])
    importAs(db, 'camt.054', parts)
    expect(rows(db, "SELECT id, detailed FROM line WHERE batch_role = 'whole' ORDER BY id")).toEqual([
      { id: 1, detailed: 0 },
      { id: 2, detailed: 1 },
    ])
  })

  it('that a person decided about stays as it is', () => {
    const db = withPortal()
    store(db, [payment(1)])
    importAs(db, 'camt.053', [whole(10_000, ['B-1'])])
    bind(db)
    writes.acceptMatch(db, {
      ...who,
      lineId: 1,
      portalId,
      allotments: [{ paymentId: 1, amountMinor: 10_000 }],
      overAllowed: false,
      reasons: [],
    })
    importAs(db, 'camt.054', parts)
    expect(shown(db).map((row) => (row as unknown[])[1])).toEqual(['matched', 'open', 'open'])
    expect(rows(db, 'SELECT * FROM batch_link')).toEqual([])
  })

  it.each([1, 2])('parts again when file %i is forgotten', (file) => {
    const db = withPortal()
    importAs(db, 'camt.053', [whole(10_000, ['B-1'])])
    importAs(db, 'camt.054', parts)
    expect(forget(db, file)).toEqual({ sha256: (shas[file - 1] ?? '').repeat(64) })
    expect(shown(db)).toEqual(
      file === 2
        ? [[10_000, 'open', true, '2026-10-05']]
        : [
            [3_000, 'open', false, '2026-10-04'],
            [7_000, 'open', false, '2026-10-04'],
          ],
    )
  })

  it('does not part while a match rests on a payment that counts through it', () => {
    const db = withPortal()
    store(db, [payment(1, { sumMinor: 3_000 })])
    importAs(db, 'camt.053', [whole(10_000, ['B-1'])])
    importAs(db, 'camt.054', parts)
    bind(db)
    writes.acceptMatch(db, {
      ...who,
      lineId: 2,
      portalId,
      allotments: [{ paymentId: 1, amountMinor: 3_000 }],
      overAllowed: false,
      reasons: [],
    })
    expect(forget(db, 1)).toEqual({ code: 'statement.inUse', matches: 1, operations: 0 })
    expect(forget(db, 2)).toEqual({ code: 'statement.inUse', matches: 1, operations: 0 })
    expect(shown(db)[0]).toEqual([10_000, 'detailed', true, '2026-10-05'])
  })

  it('is linked with the whole of another file, when the first one is forgotten', () => {
    const db = withPortal()
    importAs(db, 'camt.053', [whole(10_000, ['B-1'])])
    importAs(db, 'camt.054', parts)
    importAs(db, 'camt.053', [whole(10_000, ['B-1'])])
    expect(shown(db).at(-1)).toEqual([10_000, 'duplicate', true, '2026-10-05'])
    forget(db, 1)
    expect(shown(db)).toEqual([...linked.slice(1), linked[0]])
  })

  it('in doubt waits for the verdict before its payments count', () => {
    const db = withPortal()
    importAs(db, '1c', [whole(10_000, [], { purpose: 'Зачисление по реестру' })])
    importAs(db, 'camt.053', [whole(10_000, ['B-1'])])
    importAs(db, 'camt.054', parts)
    expect(shown(db).map((row) => (row as unknown[])[1])).toEqual(['open', 'doubtful', 'open', 'open'])
    const judged = { fileId: null, journal: { ...who, kind: 'lines.judged' as const, body: {} } }
    writes.judgeLines(db, { lineIds: [2], verdict: 'separate', ...judged })
    expect(shown(db).slice(1)).toEqual(linked)
    writes.judgeLines(db, { lineIds: [2], verdict: 'same', ...judged })
    expect(shown(db).slice(1)).toEqual([
      [10_000, 'duplicate', true, '2026-10-05'],
      [3_000, 'open', false, '2026-10-04'],
      [7_000, 'open', false, '2026-10-04'],
    ])
  })

  it('has its payments held against a third file that lists them too', () => {
    const db = withPortal()
    importAs(db, '1c', [line(9, { amountMinor: 3_000, purpose: 'Оплата по счёту 9' })])
    importAs(db, 'camt.053', [whole(10_000, ['B-1'])])
    importAs(db, 'camt.054', parts)
    expect(shown(db).slice(1)).toEqual([
      linked[0],
      [3_000, 'doubtful', true, '2026-10-05'],
      [7_000, 'open', true, '2026-10-05'],
    ])
  })

  it('is proved by the balances of the file that has the whole', () => {
    const db = withPortal()
    importLines(db, [whole(10_000, ['B-1'])], { format: 'camt.053', off: 5 })
    importLines(db, parts, { format: 'camt.054', sha: 'b'.repeat(64), off: null })
    const proved = (): boolean[] => openMatchLines(db, { account: null }).map(({ provedFile }) => provedFile)
    expect(proved()).toEqual([false, false])
    writes.clearFile(db, { fileId: 1, journal: journal('file.cleared') })
    expect(proved()).toEqual([true, true])
  })

  it('of a reference that ten thousand wholes and payments share is linked in a moment', () => {
    const db = withPortal()
    const many = Array.from({ length: 10_000 }, (_, index) => index)
    const before = performance.now()
    importAs(
      db,
      'camt.053',
      many.map((index) =>
        whole(1_000 + index, ['M-1', `W-${index}`], { index, documentNumber: `w${index}` }),
      ),
    )
    importAs(
      db,
      'camt.054',
      many.map((index) => detail(index, 1_000 + index, ['M-1', `W-${index}`])),
    )
    expect(rows(db, 'SELECT count(*) AS n FROM batch_link')).toEqual([{ n: 10_000 }])
    expect(performance.now() - before).toBeLessThan(20_000)
  })
})
