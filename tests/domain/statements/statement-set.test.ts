import { describe, expect, it } from 'vitest'
import type { StatementHead, StatementLine } from '../../../electron/contract/statement.ts'
import {
  createStatementSet,
  createStatementTotals,
} from '../../../electron/domain/statements/statement-set.ts'
import type { StatementSink } from '../../../electron/domain/statements/reader.ts'

const headOf = (fields: Partial<StatementHead> = {}): StatementHead => ({
  account: '1',
  currency: 'EUR',
  owner: '',
  from: null,
  to: null,
  openingMinor: null,
  closingMinor: null,
  ...fields,
})
const lineOf = (amountMinor: number, fields: Partial<StatementLine> = {}): Omit<StatementLine, 'index'> => ({
  bankDay: '2026-06-05',
  valueDay: null,
  amountMinor,
  currency: 'EUR',
  counterparty: { name: '', taxId: '', account: '', bankCode: '' },
  purpose: '',
  purposeGlued: null,
  documentNumber: '',
  documentDay: null,
  bankReference: '',
  reversal: false,
  booked: true,
  place: { line: 1, from: 0, to: 1 },
  ...fields,
})

function tell(sink: StatementSink, head: StatementHead, ...lines: Omit<StatementLine, 'index'>[]): void {
  sink.open(head)
  for (const line of lines) sink.line(line)
  sink.close(head)
}
const day = (number: number, openingMinor: number | null, closingMinor: number | null) =>
  headOf({ from: `2026-06-0${number}`, to: `2026-06-0${number}`, openingMinor, closingMinor })

describe('joining', () => {
  it.each([
    ['in order', [day(1, 100, 150), day(2, 150, 170), day(4, 170, 90)]],
    ['backwards', [day(4, 170, 90), day(2, 150, 170), day(1, 100, 150)]],
    ['mixed', [day(2, 150, 170), day(4, 170, 90), day(1, 100, 150)]],
  ])('sections %s: the first opening, the last closing', (_name, heads) => {
    const set = createStatementSet()
    for (const head of heads) tell(set.sink, head)
    expect(set.statements()).toMatchObject([
      { from: '2026-06-01', to: '2026-06-04', openingMinor: 100, closingMinor: 90 },
    ])
  })

  it('goes by the dates where the balances do not meet', () => {
    const set = createStatementSet()
    tell(set.sink, day(3, 100, 150))
    tell(set.sink, day(1, 700, 710))
    tell(set.sink, day(2, 20, 30))
    expect(set.statements()).toMatchObject([{ openingMinor: 700, closingMinor: 150 }])
  })

  it('goes by the balances where the dates of pages contradict the chain', () => {
    const set = createStatementSet()
    tell(set.sink, day(5, 100, 150))
    tell(set.sink, day(2, 150, 170))
    expect(set.statements()).toMatchObject([
      { from: '2026-06-02', to: '2026-06-05', openingMinor: 100, closingMinor: 170 },
    ])
  })

  it('does not pretend a closing that the last section lacks', () => {
    const set = createStatementSet()
    tell(set.sink, day(1, 100, 150))
    tell(set.sink, day(2, 150, null), lineOf(10))
    expect(set.statements()).toMatchObject([{ openingMinor: 100, closingMinor: null, balanceOffMinor: null }])
  })

  it('lets a head without period and balances only carry lines', () => {
    const set = createStatementSet()
    tell(set.sink, day(1, 100, 150))
    tell(set.sink, headOf({ owner: 'We' }), lineOf(50))
    expect(set.statements()).toMatchObject([
      { owner: 'We', openingMinor: 100, closingMinor: 150, balanceOffMinor: 0, lines: { length: 1 } },
    ])
  })

  it('puts days that a file turned round in order', () => {
    const set = createStatementSet()
    tell(set.sink, headOf({ from: '2026-06-09', to: '2026-06-01' }))
    expect(set.statements()).toMatchObject([{ from: '2026-06-01', to: '2026-06-09' }])
  })

  it('numbers lines over the file while accounts and currencies take turns', () => {
    const set = createStatementSet()
    tell(set.sink, headOf(), lineOf(1))
    tell(set.sink, headOf({ currency: 'USD' }), lineOf(2))
    tell(set.sink, headOf(), lineOf(3))
    expect(
      set
        .statements()
        .map(({ currency, lines }) => [
          currency,
          lines.map(({ index, amountMinor }) => [index, amountMinor]),
        ]),
    ).toEqual([
      [
        'EUR',
        [
          [0, 1],
          [2, 3],
        ],
      ],
      ['USD', [[1, 2]]],
    ])
  })
})

describe('proof', () => {
  it('is over booked lines only', () => {
    const set = createStatementSet()
    tell(set.sink, day(1, 100, 150), lineOf(80), lineOf(-30), lineOf(999, { booked: false }))
    expect(set.statements()).toMatchObject([{ balanceOffMinor: 0, lines: { length: 3 } }])
  })

  it('tells the difference with its sign', () => {
    const set = createStatementSet()
    tell(set.sink, day(1, 100, 150), lineOf(80))
    expect(set.statements()).toMatchObject([{ balanceOffMinor: -30 }])
  })
})

it('gives totals and passes lines on without keeping them', () => {
  const seen: [number, number, string, number][] = []
  const { sink, totals } = createStatementTotals({
    line: (line, statement, account) => seen.push([line.index, statement, account, line.amountMinor]),
    issue: () => undefined,
  })
  tell(sink, day(1, 100, 150), lineOf(80), lineOf(-30))
  tell(sink, headOf({ account: '2' }), lineOf(5, { booked: false }))
  expect(seen).toEqual([
    [0, 0, '1', 80],
    [1, 0, '1', -30],
    [2, 1, '2', 5],
  ])
  expect(totals()).toEqual([
    {
      account: '1',
      currency: 'EUR',
      owner: '',
      from: '2026-06-01',
      to: '2026-06-01',
      openingMinor: 100,
      closingMinor: 150,
      balanceOffMinor: 0,
      lines: 2,
      booked: 2,
      inMinor: 80,
      outMinor: -30,
    },
    {
      account: '2',
      currency: 'EUR',
      owner: '',
      from: null,
      to: null,
      openingMinor: null,
      closingMinor: null,
      balanceOffMinor: null,
      lines: 1,
      booked: 0,
      inMinor: 0,
      outMinor: 0,
    },
  ])
})

it('refuses a line that belongs to no statement', () => {
  expect(() => createStatementSet().sink.line(lineOf(1))).toThrow('before it opened')
})

it('keeps ten thousand problems and counts the others', () => {
  const { sink, issues } = createStatementSet()
  for (let at = 1; at <= 10_250; at += 1)
    sink.issue({ place: { line: at, from: at, to: at }, code: 'line.orphan', text: 'x', weight: 'note' })
  expect(issues).toHaveLength(10_001)
  expect(issues[10_000]).toEqual({
    place: { line: 10_001, from: 10_001, to: 10_001 },
    code: 'issues.more',
    text: '250',
    weight: 'problem',
  })
})

it('does not add money of another currency into an account’s proof', () => {
  const { sink, statements } = createStatementSet()
  tell(sink, headOf({ openingMinor: 0, closingMinor: 100 }), lineOf(100), lineOf(5000, { currency: 'JPY' }))
  expect(statements()[0]).toMatchObject({ balanceOffMinor: 0 })
  expect(statements()[0]?.lines).toHaveLength(2)
})
