// Entries of several payments: what is told as lines of its own, what stays one sum, what links it to a camt.054.

import { describe, expect, it } from 'vitest'
import type { StatementLine } from '../../../../electron/contract/statement.ts'
import { createCamtReader } from '../../../../electron/domain/statements/camt/camt.ts'
import { account, details, entry, stmt } from './camt-message.ts'
import { readAll, refusalOf } from '../table/table-collect.ts'

const read = (parts: string, container = 'Stmt') =>
  readAll(createCamtReader, stmt(account + parts, { container, message: 'M' }))
const part = (amount: string, more = ''): string => details(`<Amt Ccy="EUR">${amount}</Amt>${more}`)
const batch = (inner: string): string => `<Btch>${inner}</Btch>`
const links = (lines: Pick<StatementLine, 'amountMinor' | 'batch'>[]): unknown[] =>
  lines.map(({ amountMinor, batch: link }) => [amountMinor, link?.role ?? null, link?.references ?? null])

describe('charges', () => {
  const sums = (xml: string): unknown[] => read(xml).lines.map((line) => [line.amountMinor, line.purpose])

  it('booked together with the payment (1526 = 1500 + 26) are a line of their own, in the words of the file', () => {
    const charges =
      '<Chrgs><Rcrd><Amt Ccy="EUR">26.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Tp><Cd>COMM</Cd></Tp></Rcrd></Chrgs>'
    const info = '<RmtInf><Ustrd>Order 7</Ustrd></RmtInf>'
    const collected = read(entry('1526.00', { sign: 'DBIT', more: charges, details: part('1500.00', info) }))
    expect(collected.lines.map((line) => [line.amountMinor, line.purpose])).toEqual([
      [-150000, 'Order 7'],
      [-2600, 'COMM'],
    ])
    expect(collected.issues).toEqual([])
    expect(collected.lines[1]?.counterparty).toEqual({ name: '', taxId: '', account: '', bankCode: '' })
    const plain = charges.replace('<Tp><Cd>COMM</Cd></Tp>', '')
    expect(sums(entry('1526.00', { sign: 'DBIT', more: plain, details: part('1500.00') }))).toEqual([
      [-150000, ''],
      [-2600, ''],
    ])
  })

  it('taken from what came in are a line of their own: the invoice was paid in full', () => {
    const net = entry('14.74', {
      more: '<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">0.26</TtlChrgsAndTaxAmt></Chrgs>',
      details: part('15.00'),
    })
    expect(sums(net)).toEqual([
      [1500, ''],
      [-26, ''],
    ])
  })

  it('of the details and of the entry count together or alone', () => {
    const own = '<Chrgs><Amt Ccy="EUR">1.00</Amt></Chrgs>'
    const both = entry('33.00', { sign: 'DBIT', more: own, details: part('10', own) + part('20', own) })
    expect(sums(both).map((one) => (one as [number, string])[0])).toEqual([-1000, -2000, -300])
    const alone = entry('32.00', { sign: 'DBIT', details: part('10', own) + part('20', own) })
    expect(sums(alone).map((one) => (one as [number, string])[0])).toEqual([-1000, -2000, -200])
  })

  it('that are only told, being inside the amount already, are no line', () => {
    const told = '<Chrgs><Rcrd><Amt Ccy="EUR">26.00</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>'
    expect(sums(entry('1500.00', { sign: 'DBIT', more: told, details: part('1500.00') }))).toEqual([
      [-150000, ''],
    ])
  })

  it('that would have raised what was booked explain nothing', () => {
    const charges = '<Chrgs><Amt Ccy="EUR">0.26</Amt></Chrgs>'
    const collected = read(entry('15.00', { more: charges, details: part('14.74') }))
    expect(collected.lines.map((line) => line.amountMinor)).toEqual([1500])
    expect(collected.issues.map((issue) => [issue.code, issue.text])).toEqual([['entry.sum', '26']])
  })

  it('given back with the payment they belonged to raise what comes back', () => {
    const charges = '<RvslInd>true</RvslInd><Chrgs><Amt Ccy="EUR">0.26</Amt></Chrgs>'
    expect(sums(entry('15.00', { more: charges, details: part('14.74') }))).toEqual([
      [1474, ''],
      [26, ''],
    ])
  })
})

describe('an entry whose payments stand elsewhere', () => {
  it('announces 148 and lists none or one: it is whole, found by its references, blanks and NOTPROVIDED out', () => {
    const refs = '<NtryRef>CH70 0033</NtryRef><AcctSvcrRef>2022 172PH</AcctSvcrRef>'
    const told = batch('<MsgId>NOTPROVIDED</MsgId><PmtInfId>PAY 9</PmtInfId><NbOfTxs>148</NbOfTxs>')
    const references = ['PAY9', '2022172PH', 'CH700033']
    const none = read(entry('40.00', { more: refs, details: told }))
    expect(links(none.lines)).toEqual([[4000, 'whole', references]])
    expect(none.issues.map((issue) => [issue.code, issue.text, issue.weight])).toEqual([
      ['entry.details', '148/0', 'note'],
    ])
    const one = read(entry('40.00', { more: refs, details: told + part('40.00') }))
    expect(links(one.lines)).toEqual([[4000, 'whole', references]])
  })

  it('lists fewer than it announces: the sum is not spread over those', () => {
    const party = '<RltdPties><Dbtr><Nm>Only one of many</Nm></Dbtr></RltdPties>'
    const told = batch('<PmtInfId>P</PmtInfId><NbOfTxs>3</NbOfTxs>')
    const few = read(entry('40.00', { details: told + part('10.00', party) }))
    expect(links(few.lines)).toEqual([[4000, 'whole', ['P']]])
    expect(few.lines[0]?.counterparty.name).toBe('')
    expect(few.issues.map((issue) => issue.code)).toEqual(['entry.details'])
    const two = read(entry('40.00', { details: told + part('10.00') + part('12.00') }))
    expect(links(two.lines)).toEqual([[4000, 'whole', ['P']]])
    expect(two.issues.map((issue) => issue.code)).toEqual(['entry.details'])
  })

  it('is expanded when the listed make its sum, whatever number was announced', () => {
    const told = batch('<PmtInfId>P</PmtInfId><NbOfTxs>3</NbOfTxs>')
    const collected = read(entry('40.00', { details: told + part('10.00') + part('30.00') }))
    expect(links(collected.lines)).toEqual([
      [1000, null, null],
      [3000, null, null],
    ])
  })

  it('has a Btch and nothing else, or details without amounts', () => {
    expect(links(read(entry('4', { details: batch('<PmtInfId>P</PmtInfId>') })).lines)).toEqual([
      [400, 'whole', ['P']],
    ])
    const silent = batch('<PmtInfId>P</PmtInfId><NbOfTxs>2</NbOfTxs>') + details('') + details('')
    expect(links(read(entry('4', { details: silent })).lines)).toEqual([[400, 'whole', ['P']]])
  })

  it('is no batch when it is one payment, not booked, or nothing leads from it', () => {
    const told = batch('<PmtInfId>P</PmtInfId><NbOfTxs>9</NbOfTxs>')
    const one = batch('<PmtInfId>P</PmtInfId><NbOfTxs>1</NbOfTxs>') + part('4')
    expect(links(read(entry('4', { details: one })).lines)).toEqual([[400, null, null]])
    expect(links(read(entry('4', { more: '<AcctSvcrRef>A</AcctSvcrRef>' })).lines)).toEqual([
      [400, null, null],
    ])
    expect(links(read(entry('4', { status: '<Sts>PDNG</Sts>', details: told })).lines)).toEqual([
      [400, null, null],
    ])
    // Entry number 1 stands in every file.
    const counter = entry('4', { more: '<NtryRef>1</NtryRef>', details: batch('<NbOfTxs>9</NbOfTxs>') })
    expect(links(read(counter).lines)).toEqual([[400, null, null]])
  })

  it('may stand in a camt.052 as well', () => {
    const told = batch('<MsgId>M-1</MsgId><NbOfTxs>9</NbOfTxs>')
    expect(links(read(entry('4', { details: told }), 'Rpt').lines)).toEqual([[400, 'whole', ['M-1']]])
  })
})

describe('a camt.054', () => {
  it('gives details with the references of their entry, none of them booked', () => {
    const refs = '<AcctSvcrRef>A-1</AcctSvcrRef>'
    const two = entry('3.00', {
      more: refs,
      details: batch('<PmtInfId>P</PmtInfId>') + part('1') + part('2'),
    })
    const { lines } = read(two + entry('5.00', { more: '<AcctSvcrRef>A-2</AcctSvcrRef>' }), 'Ntfctn')
    expect(links(lines)).toEqual([
      [100, 'detail', ['P', 'A-1']],
      [200, 'detail', ['P', 'A-1']],
      [500, 'detail', ['A-2']],
    ])
    expect(lines.some((line) => line.booked)).toBe(false)
  })
})

describe('a long batch', () => {
  const long = (count: number, text: (at: number) => string): string =>
    entry(`${String(count)}.00`, {
      details: Array.from({ length: count }, (_, at) =>
        part('1.00', `<RmtInf><Ustrd>${text(at)}</Ustrd></RmtInf>`),
      ).join(''),
    })

  it('gives every payment as it was, in order, with its place', () => {
    const xml = long(1200, (at) => `Счёт № ${String(at)} – € 😀 "x" \\n`)
    const { lines } = read(xml)
    expect(lines).toHaveLength(1200)
    expect(lines.every((line, at) => line.purpose === `Счёт № ${String(at)} – € 😀 "x" \\n`)).toBe(true)
    expect(lines.every((line) => line.amountMinor === 100 && line.counterparty.name === '')).toBe(true)
    const bytes = new TextEncoder().encode(stmt(account + xml, { message: 'M' }))
    const decoder = new TextDecoder()
    expect(decoder.decode(bytes.subarray(lines[1100]?.place.from, lines[1100]?.place.to))).toBe(
      part('1.00', '<RmtInf><Ustrd>Счёт № 1100 – € 😀 "x" \\n</Ustrd></RmtInf>'),
    )
  })

  it('beyond 40 MB of payments is refused with a reason', () => {
    const text = 'x'.repeat(400_000)
    expect(refusalOf(() => read(long(120, () => text)))).toEqual({
      code: 'statement.recordTooLong',
      line: 4,
      limitKb: 40_960,
    })
  })
})
