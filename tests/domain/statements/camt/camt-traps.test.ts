// What differs between banks and versions, trap by trap.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCamtReader } from '../../../../electron/domain/statements/camt/camt.ts'
import { createStatementSet } from '../../../../electron/domain/statements/statement-set.ts'
import { account, balance, details, entry, stmt } from './camt-message.ts'
import { bytesAt, readAll, readCut, refusalOf } from '../table/table-collect.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (parts: string, given = {}) => readAll(createCamtReader, stmt(parts), { given })
const codes = (issues: { code: string; weight: string }[]): string[] =>
  issues.map(({ code, weight }) => `${code} ${weight}`)

function joined(xml: string) {
  const set = createStatementSet()
  const reader = createCamtReader({ encoding: 'utf-8' }, set.sink)
  reader.write(encode(xml))
  reader.end()
  return set.statements().map((one) => ({
    currency: one.currency,
    lines: one.lines.map((line) => line.amountMinor),
    off: one.balanceOffMinor,
    ends: [one.openingMinor, one.closingMinor],
  }))
}

describe('an entry in another currency than its account', () => {
  const parts =
    account +
    balance('OPBD', '10.00') +
    balance('CLBD', '13.00') +
    entry('1.00') +
    entry('20.97', { currency: 'CHF' }) +
    entry('2.00')

  it('is an issue and stands in a statement of its own: the proof is not touched', () => {
    expect(joined(stmt(parts))).toEqual([
      { currency: 'EUR', lines: [100, 200], off: 0, ends: [1000, 1300] },
      { currency: 'CHF', lines: [2097], off: null, ends: [null, null] },
    ])
    const { issues } = read(parts)
    expect(issues.map(({ code, text }) => [code, text])).toEqual([['currency.unknown', 'CHF']])
  })

  it('is not one whose single detail tells the amount before conversion', () => {
    const converted = details('<Amt Ccy="USD">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>')
    const { lines, issues } = read(account + entry('18.40', { details: converted }))
    expect(lines.map((line) => [line.amountMinor, line.currency])).toEqual([[1840, 'EUR']])
    expect(issues).toEqual([])
  })
})

describe('what the file does not say', () => {
  it('is told by a person: account and currency', () => {
    const bare = '<Ntry><Amt>5</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-05</Dt></BookgDt></Ntry>'
    const given = read(bare, { account: 'KZ12 3456', currency: 'JPY' })
    expect(given.statements[0]?.opened).toMatchObject({ account: 'KZ123456', currency: 'JPY' })
    expect(given.lines.map((line) => [line.amountMinor, line.currency])).toEqual([[5, 'JPY']])
    expect(given.issues).toEqual([])
    const silent = read(bare)
    expect(silent.lines.map((line) => [line.amountMinor, line.currency])).toEqual([[500, 'XXX']])
    expect(codes(silent.issues)).toEqual(['account.missing problem', 'currency.absent problem'])
  })

  it('never outranks what it says', () => {
    const { statements } = read(account + entry('1'), { account: 'X', currency: 'USD' })
    expect(statements[0]?.head).toMatchObject({ account: 'DE89370400440532013000', currency: 'EUR' })
  })
})

describe('balances of pages', () => {
  const interim = (code: string, amount: string): string =>
    balance(code, amount).replace('</CdOrPrtry>', '</CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>')

  it('written as OPBD and CLBD of the kind INTM go on from page to page', () => {
    const first = account + balance('OPBD', '10') + interim('CLBD', '11') + entry('1')
    const second = account + interim('OPBD', '11') + balance('CLBD', '13') + entry('2')
    expect(joined(stmt(`${first}</Stmt><Stmt>${second}`))).toEqual([
      { currency: 'EUR', lines: [100, 200], off: 0, ends: [1000, 1300] },
    ])
  })

  it('written as ITBD do as well', () => {
    const first = account + balance('OPBD', '10') + balance('ITBD', '11') + entry('1')
    const second = account + balance('ITBD', '11') + balance('CLBD', '13') + entry('2')
    expect(joined(stmt(`${first}</Stmt><Stmt>${second}`))).toEqual([
      { currency: 'EUR', lines: [100, 200], off: 0, ends: [1000, 1300] },
    ])
  })

  it('that repeat the opening of the day beside their own are opened by their own', () => {
    const page = account + balance('OPBD', '10') + interim('OPBD', '11') + balance('CLBD', '13') + entry('2')
    expect(joined(stmt(page))[0]).toMatchObject({ off: 0, ends: [1100, 1300] })
  })

  it('of several days in one statement: the first opens, the last closes', () => {
    const days =
      balance('OPBD', '10', 'CRDT', '2026-03-01') +
      balance('CLBD', '11', 'CRDT', '2026-03-01') +
      balance('OPBD', '11', 'CRDT', '2026-03-02') +
      balance('CLBD', '13', 'CRDT', '2026-03-02')
    expect(joined(stmt(account + days + entry('1') + entry('2')))[0]).toMatchObject({ off: 0 })
    const previous = days.replaceAll('OPBD', 'PRCD')
    expect(joined(stmt(account + previous + entry('1') + entry('2')))[0]).toMatchObject({ off: 0 })
  })

  it('a previous closing is of the day before and does not begin the period', () => {
    const parts =
      account + balance('PRCD', '5', 'CRDT', '2026-03-01') + balance('CLBD', '5', 'CRDT', '2026-03-02')
    expect(read(parts).statements[0]?.head).toMatchObject({ from: '2026-03-02', to: '2026-03-02' })
  })
})

describe('tax numbers', () => {
  const taxId = (inner: string): unknown[] => {
    const xml = details(`<RltdPties><Dbtr>${inner}</Dbtr></RltdPties>`)
    const { lines } = read(account + entry('1', { details: xml }))
    return [lines[0]?.counterparty.taxId, lines[0]?.counterparty.name]
  }
  const other = (id: string, scheme: string): string =>
    `<Nm>N</Nm><Id><OrgId><Othr><Id>${id}</Id>${scheme}</Othr></OrgId></Id>`

  it('are known by TXID, INN, BIN, IIN in code, proprietary name or issuer, by whole words only', () => {
    const schemes = [
      '<SchmeNm><Cd>TXID</Cd></SchmeNm>',
      '<SchmeNm><Prtry>INN</Prtry></SchmeNm>',
      '<SchmeNm><Prtry>BIN/IIN</Prtry></SchmeNm>',
      '<Issr>ИНН</Issr>',
    ]
    for (const scheme of schemes) expect(taxId(other('7702000000', scheme))).toEqual(['7702000000', 'N'])
    for (const word of ['CUST', 'COMBINED', 'FINNISH', 'TAXI'])
      expect(taxId(other('7702000000', `<SchmeNm><Prtry>${word}</Prtry></SchmeNm>`))).toEqual(['', 'N'])
  })

  it('may carry their name with them, in the identification or in the name', () => {
    expect(taxId(other('INN7702000000', ''))).toEqual(['7702000000', 'N'])
    expect(taxId('<Nm>INN7702000000 OOO ROMASHKA</Nm>')).toEqual(['7702000000', 'OOO ROMASHKA'])
    expect(taxId('<Nm>ИНН 770200000012 КПП 770201001 ИП Лютик</Nm>')).toEqual(['770200000012', 'ИП Лютик'])
    expect(taxId('<Nm>INN 77020</Nm>')).toEqual(['', 'INN 77020'])
    expect(taxId('<Nm>INNOVATION 7702000000</Nm>')).toEqual(['', 'INNOVATION 7702000000'])
  })

  it('of the ultimate party are not put beside the name of another', () => {
    const ultimate = `<UltmtDbtr>${other('7702000000', '<SchmeNm><Cd>TXID</Cd></SchmeNm>')}</UltmtDbtr>`
    const with_ = (debtor: string) =>
      read(account + entry('1', { details: details(`<RltdPties>${debtor}${ultimate}</RltdPties>`) })).lines[0]
        ?.counterparty
    expect(with_('<Dbtr><Nm>Agent</Nm></Dbtr>')).toMatchObject({ name: 'Agent', taxId: '' })
    expect(with_('')).toMatchObject({ name: 'N', taxId: '7702000000' })
  })
})

describe('texts', () => {
  it('a full Ustrd broken by indentation is not taken for a full one', () => {
    const indented = `\n${' '.repeat(150)}Invoice\n`
    const info = `<RmtInf><Ustrd>${indented}</Ustrd><Ustrd>12</Ustrd></RmtInf>`
    expect(read(account + entry('1', { details: details(info) })).lines[0]?.purpose).toBe('Invoice 12')
  })

  it('of several structured documents are all told', () => {
    const info =
      '<RmtInf><Strd><RfrdDocInf><Nb>R-1</Nb></RfrdDocInf><RfrdDocInf><Nb>R-2</Nb></RfrdDocInf></Strd>' +
      '<Strd><CdtrRefInf><Ref>210000000003139471430009017</Ref></CdtrRefInf></Strd></RmtInf>'
    expect(read(account + entry('1', { details: details(info) })).lines[0]?.purpose).toBe(
      'R-1 R-2 210000000003139471430009017',
    )
  })
})

describe('several documents in one file', () => {
  const first = stmt(account + entry('1'))
  const second = stmt(account.replace('DE89', 'DE11') + entry('2'))
  const bytes = encode(`\uFEFF${first}\r\n\r\n\uFEFF${second}\n\u001a`)

  it('are all read, each entry with its own bytes and line', () => {
    const { lines, issues, statements } = readAll(createCamtReader, bytes)
    expect(issues).toEqual([])
    expect(statements.map((one) => [one.head?.account.slice(0, 4), one.lines.length])).toEqual([
      ['DE89', 1],
      ['DE11', 1],
    ])
    expect(lines.map((line) => bytesAt(bytes, line.place))).toEqual([entry('1'), entry('2')])
    expect(lines.map((line) => line.place.line)).toEqual([4, 10])
  })

  it('are the same wherever the chunks are cut', () => {
    const whole = readAll(createCamtReader, bytes)
    for (const size of [1, 2, 3, 5, 64]) expect(readAll(createCamtReader, bytes, {}, size)).toEqual(whole)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        expect(readCut(createCamtReader, bytes, cuts)).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  })

  it('the second of which is cut, damaged or forbidden: told, or refused, never passed over', () => {
    const cut = readAll(createCamtReader, first + second.slice(0, second.indexOf('<Stmt>')))
    expect(codes(cut.issues)).toEqual(['file.cut problem'])
    expect(cut.lines).toHaveLength(1)
    expect(refusalOf(() => readAll(createCamtReader, first + second.replace('</Ntry>', '</Nope>')))).toEqual({
      code: 'statement.xml',
      line: 8,
    })
    const forbidden = first + second.replace('<Document', '<!DOCTYPE Document><Document')
    expect(refusalOf(() => readAll(createCamtReader, forbidden))).toEqual({ code: 'statement.forbiddenXml' })
    for (const size of [1, 7, 10_000]) {
      const rubbish = readAll(createCamtReader, `${first} < and no more`, {}, size)
      expect(codes(rubbish.issues)).toEqual(['record.unreadable problem'])
      expect(rubbish.issues[0]?.place).toEqual({
        line: 5,
        from: encode(first).length + 1,
        to: encode(first).length + 14,
      })
    }
  })
})

describe('versions', () => {
  /** The same payment as versions write it: status, agents, parties and amounts moved over the years. */
  const written = (version: number, minor: number, sign: string): string => {
    const amount = `<Amt Ccy="EUR">${(minor / 100).toFixed(2)}</Amt>`
    const party = version >= 8 ? '<Pty><Nm>P</Nm></Pty>' : '<Nm>P</Nm>'
    const bic = version >= 3 ? '<BICFI>SABRRUMM</BICFI>' : '<BIC>SABRRUMM</BIC>'
    const side = sign === 'CRDT' ? 'Dbtr' : 'Cdtr'
    const own =
      version >= 4 ? `${amount}<CdtDbtInd>${sign}</CdtDbtInd>` : `<AmtDtls><TxAmt>${amount}</TxAmt></AmtDtls>`
    return entry((minor / 100).toFixed(2), {
      sign,
      status: version >= 8 ? '<Sts><Cd>BOOK</Cd></Sts>' : '<Sts>BOOK</Sts>',
      details: details(
        `<Refs><EndToEndId>E</EndToEndId></Refs>${own}<RltdPties><${side}>${party}</${side}></RltdPties>` +
          `<RltdAgts><${side}Agt><FinInstnId>${bic}</FinInstnId></${side}Agt></RltdAgts>`,
      ),
    })
  }
  const kinds = { '052': 'Rpt', '053': 'Stmt', '054': 'Ntfctn' }

  it('from .02 to .14 of all three messages give the same lines, with a prefix or without', () => {
    const one = fc.record({ minor: fc.integer({ min: 1, max: 10 ** 9 }), out: fc.boolean() })
    const shape = fc.record({
      version: fc.integer({ min: 2, max: 14 }),
      kind: fc.constantFrom('052', '053', '054'),
      prefix: fc.constantFrom('', 'ns2:'),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), shape, (payments, { version, kind, prefix }) => {
        const parts = payments.map(({ minor, out }) => written(version, minor, out ? 'DBIT' : 'CRDT'))
        const plain = stmt(account + parts.join(''), { container: kinds[kind] })
        const xml = plain.replace(/<(\/?)(?=\w)/g, `<$1${prefix}`)
        const { lines, issues } = readAll(createCamtReader, xml, {}, 100)
        expect(lines.map((line) => [line.amountMinor, line.counterparty, line.booked])).toEqual(
          payments.map(({ minor, out }) => [
            out ? -minor : minor,
            { name: 'P', taxId: '', account: '', bankCode: 'SABRRUMM' },
            kind !== '054',
          ]),
        )
        expect(codes(issues)).toEqual(kind === '054' ? ['entry.pending note'] : [])
      }),
      { numRuns: 150 },
    )
  })

  it('.01 has its details and its batch in the entry itself', () => {
    const old = entry('3.00', {
      more: '<Btch><PmtInfId>P</PmtInfId><NbOfTxs>1</NbOfTxs></Btch><TxDtls><RltdPties><Dbtr><Nm>P</Nm></Dbtr></RltdPties></TxDtls>',
    })
    const { lines } = read(account + old)
    expect(lines.map((line) => [line.amountMinor, line.counterparty.name])).toEqual([[300, 'P']])
  })
})

describe('what banks write or leave out at every element', () => {
  it('line breaks inside a purpose are blanks', () => {
    const whole = entry('1.00', { more: '<AddtlNtryInf>Bottega\n05.03.2026/13:30 / N. carta</AddtlNtryInf>' })
    const detail = entry('2.00', { details: details('<AddtlTxInf>Pane\r\n  e latte</AddtlTxInf>') })
    expect(read(account + whole + detail).lines.map((line) => line.purpose)).toEqual([
      'Bottega 05.03.2026/13:30 / N. carta',
      'Pane e latte',
    ])
  })

  it('balances without a sign, and entries without a booking day, are noted once a statement', () => {
    const bare = (code: string) => balance(code, '10.00').replace(/<CdtDbtInd>.*<\/CdtDbtInd>/, '')
    const undated = entry('1.00', { dates: '<ValDt><Dt>2026-03-06</Dt></ValDt>' })
    const { lines, issues } = read(account + bare('OPBD') + bare('CLBD') + undated + undated)
    expect(lines.map((line) => line.bankDay)).toEqual(['2026-03-06', '2026-03-06'])
    expect(codes(issues)).toEqual(['direction.unknown note', 'date.missing note'])
  })
})
