import { describe, expect, it } from 'vitest'
import { createCamtReader } from '../../../../electron/domain/statements/camt/camt.ts'
import { account, balance, details, entry, stmt } from './camt-message.ts'
import type { Collected } from '../table/table-collect.ts'
import { readAll } from '../table/table-collect.ts'

const read = (xml: string): Collected => readAll(createCamtReader, xml)
const only = (xml: string): Collected['lines'][number] => {
  const { lines } = read(xml)
  expect(lines).toHaveLength(1)
  const [line] = lines
  if (!line) throw new Error('no line')
  return line
}
const codes = (collected: Collected): string[] =>
  collected.issues.map((issue) => `${issue.code} ${issue.weight}`)

describe('a camt.053 statement', () => {
  it('gives head, balances and lines', () => {
    const xml = stmt(
      `<FrToDt><FrDtTm>2026-03-01T00:00:00</FrDtTm><ToDtTm>2026-03-31T23:59:59</ToDtTm></FrToDt>${account}` +
        balance('OPBD', '100.00') +
        balance('CLBD', '350.50', 'CRDT', '2026-03-31') +
        entry('250.50', {
          more: '<AcctSvcrRef>BANK-1</AcctSvcrRef>',
          details: details(
            '<Refs><EndToEndId>INV-77</EndToEndId></Refs><RltdPties><Dbtr><Nm>ООО Лютик</Nm></Dbtr>' +
              '<DbtrAcct><Id><IBAN>DE02 1203 0000 0000 2020 51</IBAN></Id></DbtrAcct></RltdPties>' +
              '<RltdAgts><DbtrAgt><FinInstnId><BIC>BYLADEM1001</BIC></FinInstnId></DbtrAgt></RltdAgts>' +
              '<RmtInf><Ustrd>Счёт 77</Ustrd></RmtInf>',
          ),
        }),
    )
    const collected = read(xml)
    expect(collected.issues).toEqual([])
    expect(collected.statements).toHaveLength(1)
    expect(collected.statements[0]?.head).toEqual({
      account: 'DE89370400440532013000',
      currency: 'EUR',
      owner: 'Ромашка',
      from: '2026-03-01',
      to: '2026-03-31',
      openingMinor: 10000,
      closingMinor: 35050,
    })
    expect(collected.lines[0]).toMatchObject({
      bankDay: '2026-03-05',
      valueDay: '2026-03-06',
      amountMinor: 25050,
      currency: 'EUR',
      counterparty: {
        name: 'ООО Лютик',
        taxId: '',
        account: 'DE02120300000000202051',
        bankCode: 'BYLADEM1001',
      },
      purpose: 'Счёт 77',
      purposeGlued: null,
      documentNumber: 'INV-77',
      documentDay: null,
      bankReference: 'BANK-1',
      reversal: false,
      booked: true,
    })
  })

  it('is read whatever its prefix, namespace and wrapper are', () => {
    const plain = stmt(account + entry('1.00'))
    const prefixed = plain.replace(/<(\/?)(?!\?)(\w)/g, '<$1ns2:$2').replace('xmlns=', 'xmlns:ns2=')
    const wrapped = plain
      .replace('<Document', '<BizMsgEnvlp><AppHdr><CreDt>x</CreDt></AppHdr><Document')
      .replace('</Document>', '</Document></BizMsgEnvlp>')
    const bare = plain.replace(/ xmlns="[^"]*"/, '')
    for (const xml of [prefixed, wrapped, bare]) expect(only(xml).amountMinor).toBe(100)
  })

  it('may hold no entries', () => {
    const collected = read(stmt(account + balance('OPBD', '5') + balance('CLBD', '5')))
    expect(collected.lines).toEqual([])
    expect(collected.statements[0]?.head).toMatchObject({ openingMinor: 500, closingMinor: 500 })
  })

  it('may stand several times in a file, for several accounts', () => {
    const second = account
      .replace('DE89 3704 0044 0532 0130 00', 'DE02120300000000202051')
      .replace('EUR', 'USD')
    const collected = read(
      stmt(`${account}${entry('1')}</Stmt><Stmt>${second}${entry('2', { currency: 'USD' })}`),
    )
    expect(
      collected.statements.map((one) => [one.head?.account, one.head?.currency, one.lines.length]),
    ).toEqual([
      ['DE89370400440532013000', 'EUR', 1],
      ['DE02120300000000202051', 'USD', 1],
    ])
  })

  it('names an account that is no IBAN, and says when there is none', () => {
    const other = '<Acct><Id><Othr><Id>40702 810 0 0000 0000001</Id></Othr></Id><Ccy>RUB</Ccy></Acct>'
    expect(read(stmt(other)).statements[0]?.head?.account).toBe('40702810000000000001')
    const none = read(stmt(entry('1')))
    expect(none.statements[0]?.head?.account).toBe('')
    expect(codes(none)).toEqual(['account.missing problem'])
  })

  it('takes the currency from a balance or an entry where the account has none', () => {
    const silent = account.replace('<Ccy>EUR</Ccy>', '')
    expect(read(stmt(silent + balance('OPBD', '1'))).statements[0]?.head?.currency).toBe('EUR')
    expect(read(stmt(silent + entry('1', { currency: 'JPY' }))).statements[0]?.head?.currency).toBe('JPY')
  })
})

describe('status', () => {
  it('is read as text and as a code; only BOOK is booked', () => {
    const booked = (status: string): boolean => only(stmt(account + entry('1', { status }))).booked
    expect(booked('<Sts>BOOK</Sts>')).toBe(true)
    expect(booked('<Sts><Cd>BOOK</Cd></Sts>')).toBe(true)
    for (const word of ['PDNG', 'INFO', 'FUTR']) {
      expect(booked(`<Sts>${word}</Sts>`)).toBe(false)
      expect(booked(`<Sts><Cd>${word}</Cd></Sts>`)).toBe(false)
    }
  })

  it('is noted for entries that are not booked', () => {
    expect(codes(read(stmt(account + entry('1', { status: '<Sts>PDNG</Sts>' }))))).toEqual([
      'entry.pending note',
    ])
  })

  it('may be absent in a statement, which is of booked entries, but not in a report', () => {
    expect(only(stmt(account + entry('1', { status: '' }))).booked).toBe(true)
    const report = stmt(account + entry('1', { status: '' }), {
      container: 'Rpt',
      message: 'BkToCstmrAcctRpt',
    })
    expect(only(report).booked).toBe(false)
  })

  it('makes a camt.052 entry money only when it is BOOK', () => {
    const report = (status: string): string =>
      stmt(account + entry('1', { status }), { container: 'Rpt', message: 'BkToCstmrAcctRpt' })
    expect(only(report('<Sts>BOOK</Sts>')).booked).toBe(true)
    expect(only(report('<Sts>PDNG</Sts>')).booked).toBe(false)
  })

  it('never makes a camt.054 line money: the camt.053 books the same sum', () => {
    const collected = read(
      stmt(account + entry('1') + entry('2'), { container: 'Ntfctn', message: 'BkToCstmrDbtCdtNtfctn' }),
    )
    expect(collected.lines.map((line) => line.booked)).toEqual([false, false])
    expect(codes(collected)).toEqual(['entry.pending note'])
  })
})

describe('signs', () => {
  it('come from the indicator alone', () => {
    expect(only(stmt(account + entry('5.00', { sign: 'DBIT' }))).amountMinor).toBe(-500)
    expect(Object.is(only(stmt(account + entry('0.00', { sign: 'DBIT' }))).amountMinor, 0)).toBe(true)
  })

  it('are not turned again by a reversal', () => {
    const line = only(stmt(account + entry('5.00', { sign: 'DBIT', more: '<RvslInd>true</RvslInd>' })))
    expect(line).toMatchObject({ amountMinor: -500, reversal: true })
    expect(only(stmt(account + entry('5.00', { more: '<RvslInd>false</RvslInd>' }))).reversal).toBe(false)
  })

  it('are an issue when nothing tells them', () => {
    for (const xml of [entry('5', { sign: '' }), entry('5', { sign: 'PLUS' })]) {
      const collected = read(stmt(account + xml))
      expect(collected.lines).toEqual([])
      expect(codes(collected)).toEqual(['direction.unknown problem'])
    }
    expect(codes(read(stmt(account + entry('-5.00'))))).toEqual(['amount.unreadable problem'])
  })
})

describe('amounts', () => {
  it('are read with leading zeros, without decimals and with more zeros than the currency has', () => {
    expect(only(stmt(account + entry('000000000000149.87'))).amountMinor).toBe(14987)
    expect(only(stmt(account + entry('80'))).amountMinor).toBe(8000)
    expect(only(stmt(account + entry('8.85000'))).amountMinor).toBe(885)
    expect(only(stmt(account + entry('1500', { currency: 'JPY' }))).amountMinor).toBe(1500)
    expect(only(stmt(account + entry('1.234', { currency: 'KWD' }))).amountMinor).toBe(1234)
  })

  it('are issues and no lines when they cannot be read exactly', () => {
    const cases: [string, string][] = [
      ['8.855', 'amount.precision problem'],
      ['8,85', 'amount.unreadable problem'],
      ['1 000.00', 'amount.unreadable problem'],
      ['', 'amount.missing problem'],
    ]
    for (const [amount, code] of cases) {
      const collected = read(stmt(account + entry(amount)))
      expect(collected.lines).toEqual([])
      expect(codes(collected)).toEqual([code])
    }
  })
})

describe('balances', () => {
  const ends = (xml: string): unknown[] => {
    const head = read(stmt(account + xml)).statements[0]?.head
    return [head?.openingMinor, head?.closingMinor]
  }

  it('open with OPBD or the previous closing and close with CLBD, other codes aside', () => {
    expect(ends(balance('OPBD', '1') + balance('CLBD', '2'))).toEqual([100, 200])
    expect(ends(balance('PRCD', '1') + balance('CLBD', '2'))).toEqual([100, 200])
    expect(ends(balance('PRCD', '7') + balance('OPBD', '1') + balance('CLBD', '2'))).toEqual([100, 200])
    expect(
      ends(balance('OPAV', '7') + balance('CLAV', '8') + balance('FWAV', '9') + balance('INFO', '9')),
    ).toEqual([null, null])
  })

  it('use interim balances on pages and in intraday reports', () => {
    expect(ends(balance('OPBD', '1') + balance('ITBD', '2'))).toEqual([100, 200])
    expect(
      ends(balance('ITBD', '1', 'CRDT', '2026-03-01') + balance('ITBD', '2', 'CRDT', '2026-03-02')),
    ).toEqual([100, 200])
    expect(ends(balance('ITBD', '1') + balance('CLBD', '2'))).toEqual([100, 200])
    expect(ends(balance('ITBD', '2'))).toEqual([null, 200])
  })

  it('are negative when marked DBIT, zero stays zero', () => {
    expect(ends(balance('OPBD', '1', 'DBIT') + balance('CLBD', '0.00', 'DBIT'))).toEqual([-100, 0])
    const zero = read(stmt(account + balance('CLBD', '0', 'DBIT'))).statements[0]?.head?.closingMinor
    expect(Object.is(zero, 0)).toBe(true)
  })

  it('of proprietary kinds are not taken', () => {
    const own =
      '<Bal><Tp><CdOrPrtry><Prtry>OPBD</Prtry></CdOrPrtry></Tp><Amt Ccy="EUR">9</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    expect(ends(own)).toEqual([null, null])
  })

  it('that cannot be read, or are in another currency, are issues and stay unknown', () => {
    const bad = read(stmt(account + balance('OPBD', '1x')))
    expect(codes(bad)).toEqual(['balance.unreadable problem'])
    const other = read(stmt(account + balance('OPBD', '1').replace('Ccy="EUR"', 'Ccy="SEK"')))
    expect(other.statements[0]?.head?.openingMinor).toBeNull()
    expect(codes(other)).toEqual(['balance.unreadable note'])
  })

  it('without an indicator count as credit, with a note', () => {
    const collected = read(stmt(account + balance('CLBD', '3').replace('<CdtDbtInd>CRDT</CdtDbtInd>', '')))
    expect(collected.statements[0]?.head?.closingMinor).toBe(300)
    expect(codes(collected)).toEqual(['direction.unknown note'])
  })
})

describe('days', () => {
  const day = (dates: string): string => only(stmt(account + entry('1', { dates }))).bankDay

  it('are the calendar days as written, with any time, fraction and offset', () => {
    expect(day('<BookgDt><DtTm>2026-03-05T00:15:00.123+03:00</DtTm></BookgDt>')).toBe('2026-03-05')
    expect(day('<BookgDt><Dt>2026-03-05+01:00</Dt></BookgDt>')).toBe('2026-03-05')
    expect(day('<BookgDt><Dt>2026-03-05T10:00:00Z</Dt></BookgDt>')).toBe('2026-03-05')
  })

  it('fall back to the value day, the settlement of the detail, the closing and the message, with a note', () => {
    expect(day('<ValDt><Dt>2026-03-06</Dt></ValDt>')).toBe('2026-03-06')
    const settled = details('<RltdDts><IntrBkSttlmDt>2026-03-07</IntrBkSttlmDt></RltdDts>')
    expect(only(stmt(account + entry('1', { dates: '', details: settled }))).bankDay).toBe('2026-03-07')
    const closing = balance('CLBD', '1', 'CRDT', '2026-03-30')
    const collected = read(stmt(account + closing + entry('1', { dates: '' })))
    expect(collected.lines[0]?.bankDay).toBe('2026-03-30')
    expect(codes(collected)).toEqual(['date.missing note'])
    expect(day('')).toBe('2026-03-31')
  })

  it('that no calendar has are not taken, and without any day there is no line', () => {
    expect(day('<BookgDt><Dt>2026-02-30</Dt></BookgDt><ValDt><Dt>2026-03-01</Dt></ValDt>')).toBe('2026-03-01')
    const xml = stmt(account + entry('1', { dates: '' })).replace(/<CreDtTm>.*<\/CreDtTm>/, '')
    expect(read(xml).lines).toEqual([])
    expect(codes(read(xml))).toEqual(['date.missing problem'])
  })
})

describe('batches', () => {
  const part = (amount: string, name = '', sign = ''): string =>
    details(
      `<Amt Ccy="EUR">${amount}</Amt>${sign === '' ? '' : `<CdtDbtInd>${sign}</CdtDbtInd>`}<RltdPties><Dbtr><Nm>${name}</Nm></Dbtr></RltdPties>`,
    )

  it('whose details add up become a line for each', () => {
    const xml = stmt(
      account + entry('30.00', { details: part('10.00', 'A') + part('12.50', 'B') + part('7.50', 'C') }),
    )
    const { lines, issues } = read(xml)
    expect(lines.map((line) => [line.counterparty.name, line.amountMinor])).toEqual([
      ['A', 1000],
      ['B', 1250],
      ['C', 750],
    ])
    expect(issues).toEqual([])
  })

  it('read the amount of version .02 from AmtDtls', () => {
    const old = (amount: string): string =>
      details(`<AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls>`)
    expect(
      read(stmt(account + entry('3', { details: old('1') + old('2') }))).lines.map(
        (line) => line.amountMinor,
      ),
    ).toEqual([100, 200])
  })

  it('use the details own indicators, and the entry sign where those do not add up', () => {
    const mixed = entry('5.00', { details: part('8.00', 'A', 'CRDT') + part('3.00', 'B', 'DBIT') })
    expect(read(stmt(account + mixed)).lines.map((line) => line.amountMinor)).toEqual([800, -300])
    const original = entry('11.00', {
      sign: 'DBIT',
      details: part('8.00', 'A', 'CRDT') + part('3.00', 'B', 'CRDT'),
    })
    expect(read(stmt(account + original)).lines.map((line) => line.amountMinor)).toEqual([-800, -300])
  })

  it('whose details leave a rest that the charges explain get a line for it', () => {
    const charges = '<Chrgs><Amt Ccy="EUR">26.00</Amt></Chrgs>'
    const xml = stmt(
      account + entry('1526.00', { sign: 'DBIT', more: charges, details: part('1000') + part('500') }),
    )
    const collected = read(xml)
    expect(collected.lines.map((line) => line.amountMinor)).toEqual([-100000, -50000, -2600])
    expect(codes(collected)).toEqual([])
  })

  it('whose details do not add up stay one line of the entry sum', () => {
    const collected = read(stmt(account + entry('40.00', { details: part('10.00') + part('12.50') })))
    expect(collected.lines.map((line) => line.amountMinor)).toEqual([4000])
    expect(codes(collected)).toEqual(['entry.sum problem'])
  })

  it('whose details have no amounts stay one line: the entry sum is never repeated nor split', () => {
    const silent =
      details('<RmtInf><Ustrd>one</Ustrd></RmtInf>') + details('<RmtInf><Ustrd>two</Ustrd></RmtInf>')
    const collected = read(stmt(account + entry('40.00', { details: silent })))
    expect(collected.lines.map((line) => [line.amountMinor, line.purpose])).toEqual([[4000, 'one two']])
    expect(codes(collected)).toEqual(['entry.details note'])
  })

  it('that announce more than they tell are one line, whose document number leads to the camt.054', () => {
    const batch = '<Btch><PmtInfId>PAY-9</PmtInfId><NbOfTxs>148</NbOfTxs></Btch>'
    const collected = read(stmt(account + entry('40.00', { details: batch })))
    expect(collected.lines.map((line) => [line.amountMinor, line.documentNumber])).toEqual([[4000, 'PAY-9']])
    expect(codes(collected)).toEqual(['entry.details note'])
  })

  it('of one detail keep the entry amount, whatever the detail says', () => {
    const less = read(stmt(account + entry('14.74', { details: part('15.00') })))
    expect(less.lines.map((line) => line.amountMinor)).toEqual([1474])
    expect(codes(less)).toEqual(['entry.sum problem'])
    const foreign = entry('14.74', {
      details: details('<AmtDtls><InstdAmt><Amt Ccy="USD">20</Amt></InstdAmt></AmtDtls>'),
    })
    expect(codes(read(stmt(account + foreign)))).toEqual([])
    expect(codes(read(stmt(account + entry('14.74', { details: part('0') }))))).toEqual([])
  })
})

describe('the other side', () => {
  const parties = (xml: string, sign = 'CRDT', more = ''): Collected['lines'][number]['counterparty'] =>
    only(stmt(account + entry('1', { sign, more, details: details(xml) }))).counterparty
  const both = '<RltdPties><Dbtr><Nm>Payer</Nm></Dbtr><Cdtr><Nm>Payee</Nm></Cdtr></RltdPties>'

  it('is the debtor of what came in and the creditor of what went out', () => {
    expect(parties(both).name).toBe('Payer')
    expect(parties(both, 'DBIT').name).toBe('Payee')
  })

  it('of a reversal is the party of the payment that is undone', () => {
    expect(parties(both, 'CRDT', '<RvslInd>true</RvslInd>').name).toBe('Payee')
  })

  it('is never our own account', () => {
    const own =
      '<RltdPties><Dbtr><Nm>We</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>' +
      '<Cdtr><Nm>They</Nm></Cdtr></RltdPties>'
    expect(parties(own).name).toBe('They')
  })

  it('may stand in an inner Pty, in an agent, in the ultimate party, or nowhere', () => {
    expect(parties('<RltdPties><Dbtr><Pty><Nm>Inner</Nm></Pty></Dbtr></RltdPties>').name).toBe('Inner')
    expect(
      parties('<RltdPties><Dbtr><Agt><FinInstnId><Nm>A bank</Nm></FinInstnId></Agt></Dbtr></RltdPties>').name,
    ).toBe('A bank')
    expect(parties('<RltdPties><UltmtDbtr><Nm>Ultimate</Nm></UltmtDbtr></RltdPties>').name).toBe('Ultimate')
    expect(parties('<RltdPties/>')).toEqual({ name: '', taxId: '', account: '', bankCode: '' })
    expect(parties('<RltdPties><Dbtr><Nm>NOTPROVIDED</Nm></Dbtr></RltdPties>').name).toBe('')
  })

  it('has an account that may be no IBAN, a BIC of either name or a clearing number, and a tax number only as such', () => {
    const xml =
      '<RltdPties><Dbtr><Nm>N</Nm><Id><OrgId><Othr><Id>C-1</Id><SchmeNm><Cd>CUST</Cd></SchmeNm></Othr>' +
      '<Othr><Id>7702000000</Id><SchmeNm><Cd>TXID</Cd></SchmeNm></Othr></OrgId></Id></Dbtr>' +
      '<DbtrAcct><Id><Othr><Id>40702 8101</Id></Othr></Id></DbtrAcct></RltdPties>'
    const agent = (inner: string): string =>
      `<RltdAgts><DbtrAgt><FinInstnId>${inner}</FinInstnId></DbtrAgt></RltdAgts>`
    expect(parties(xml + agent('<BICFI>SABRRUMM</BICFI>'))).toEqual({
      name: 'N',
      taxId: '7702000000',
      account: '407028101',
      bankCode: 'SABRRUMM',
    })
    expect(parties(xml + agent('<ClrSysMmbId><MmbId>044525225</MmbId></ClrSysMmbId>')).bankCode).toBe(
      '044525225',
    )
  })
})

describe('texts', () => {
  const line = (xml: string, more = ''): Collected['lines'][number] =>
    only(stmt(account + entry('1', { more, details: details(xml) })))

  it('join a full Ustrd to the next without a blank, others with one; numbers are sought glued too', () => {
    const full = `${'x'.repeat(136)}INV-`
    expect(line(`<RmtInf><Ustrd>${full}</Ustrd><Ustrd>123 paid</Ustrd></RmtInf>`)).toMatchObject({
      purpose: `${full}123 paid`,
      purposeGlued: null,
    })
    expect(line('<RmtInf><Ustrd>Invoice 12</Ustrd><Ustrd>34</Ustrd></RmtInf>')).toMatchObject({
      purpose: 'Invoice 12 34',
      purposeGlued: 'Invoice 1234',
    })
  })

  it('take structured references, documents and additions', () => {
    const strd =
      '<RmtInf><Strd><RfrdDocInf><Nb>R-5</Nb></RfrdDocInf><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18 5390</Ref></CdtrRefInf>' +
      '<AddtlRmtInf>more</AddtlRmtInf></Strd></RmtInf><AddtlTxInf>at the desk</AddtlTxInf>'
    expect(line(strd).purpose).toBe('RF18 5390 R-5 more at the desk')
  })

  it('say nothing twice and nothing that was not provided', () => {
    expect(line('<RmtInf><Ustrd>NOTPROVIDED</Ustrd></RmtInf>').purpose).toBe('')
    const xml = '<RmtInf><Ustrd>Credit of 5</Ustrd></RmtInf><AddtlTxInf>Credit</AddtlTxInf>'
    expect(line(xml, '<AddtlNtryInf>Credit</AddtlNtryInf>').purpose).toBe('Credit of 5')
  })

  it('of entities and CDATA come out as characters', () => {
    expect(line('<RmtInf><Ustrd>A &amp; B &#8470;<![CDATA[<5>]]></Ustrd></RmtInf>').purpose).toBe(
      'A & B №<5>',
    )
  })

  it('of references: the bank own first, then the end-to-end, instruction and payment numbers', () => {
    const refs = (xml: string): unknown[] => {
      const found = line(`<Refs>${xml}</Refs>`, '<AcctSvcrRef>E</AcctSvcrRef>')
      return [found.bankReference, found.documentNumber]
    }
    expect(refs('<AcctSvcrRef>D</AcctSvcrRef><EndToEndId>X</EndToEndId>')).toEqual(['D', 'X'])
    expect(refs('<EndToEndId>NOTPROVIDED</EndToEndId><InstrId>I</InstrId>')).toEqual(['E', 'I'])
    expect(refs('<PmtInfId>P</PmtInfId>')).toEqual(['E', 'P'])
    expect(refs('<TxId>T</TxId>')).toEqual(['E', 'T'])
  })
})

describe('declared totals', () => {
  const summary = (count: number, sum: string): string =>
    `<TxsSummry><TtlNtries><NbOfNtries>${String(count)}</NbOfNtries><Sum>${sum}</Sum></TtlNtries></TxsSummry>`

  it('that agree are silent, that differ are problems', () => {
    expect(
      codes(read(stmt(account + summary(2, '8.00') + entry('5') + entry('3', { sign: 'DBIT' })))),
    ).toEqual([])
    expect(
      codes(read(stmt(account + summary(3, '9.00') + entry('5') + entry('3', { sign: 'DBIT' })))),
    ).toEqual(['declared.count problem', 'declared.total problem'])
  })
})
