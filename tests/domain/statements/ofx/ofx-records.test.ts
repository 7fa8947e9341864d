import { describe, expect, it } from 'vitest'
import { lineWith, ofx, only, readOfx, record, statement, told } from './ofx-file.ts'

const amounts = (currency: string, ...texts: string[]) =>
  readOfx(ofx(statement(texts.map((text) => record('', text)).join('\n'), '1', `<CURDEF>${currency}`)))
const dated = (posted: string, order?: 'dmy' | 'mdy') =>
  readOfx(ofx(statement(record('', '1.00', posted))), order ? { given: { dateOrder: order } } : {})

describe('a sum', () => {
  it.each<[string, string, number]>([
    ['with a dot', '1250.75', 125_075],
    ['with a comma', '-1250,75', -125_075],
    ['with a plus', '+1.00', 100],
    ['with one digit behind the mark', '22.9', 2290],
    ['without a mark', '100', 10_000],
    ['with a mark and nothing behind it', '15.', 1500],
    ['without a whole', '-.5', -50],
    ['of nothing', '-0.00', 0],
    ['with more zeros than the currency has digits', '-00000000001500.0000', -150_000],
    ['between blanks', '  -7.50  ', -750],
    ['with a blank behind its sign', '- 7.50', -750],
    ['grouped by commas', '1,234,567.89', 123_456_789],
    ['grouped by dots, as in Brazil', '-1.234.567,89', -123_456_789],
    ['grouped by blanks', '1 234 567,89', 123_456_789],
    ['grouped by dots alone', '1.234.567', 123_456_700],
    ['with a sign of money', '$120', 12_000],
    ['with the sign of money behind the minus', '-$1,120.50', -112_050],
    ['with the sign of money before the minus', '$-120', -12_000],
    ['with the currency before it', 'USD 120.00', 12_000],
    ['with the currency behind it', '-120.00 USD', -12_000],
  ])('%s', (_, text, minor) => {
    const line = only(amounts('USD', text))
    expect(line.amountMinor).toBe(minor)
    expect(Object.is(line.amountMinor, -0)).toBe(false)
    expect(told(amounts('USD', text))).toEqual([])
  })

  it('in reais', () => {
    expect(only(amounts('BRL', '-R$ 5.326,43')).amountMinor).toBe(-532_643)
  })

  it.each<[string, string, string]>([
    ['1.2.3', 'USD', 'amount.unreadable'],
    ['12-30', 'USD', 'amount.unreadable'],
    ['120.00-', 'USD', 'amount.unreadable'],
    ['(120.00)', 'USD', 'amount.unreadable'],
    ['--5.00', 'USD', 'amount.unreadable'],
    ['+$-5.00', 'USD', 'amount.unreadable'],
    ['€120', 'USD', 'amount.unreadable'],
    ['120 EUR', 'USD', 'amount.unreadable'],
    ['1e5', 'USD', 'amount.unreadable'],
    ['n/a', 'USD', 'amount.unreadable'],
    ['9'.repeat(40), 'USD', 'amount.unreadable'],
    ['1.234', 'USD', 'amount.precision'],
    ['197.1063', 'USD', 'amount.precision'],
    ['10.50', 'JPY', 'amount.precision'],
    ['30.000', 'CLP', 'amount.precision'],
    ['', 'USD', 'amount.missing'],
  ])('%s in %s is not guessed', (text, currency, code) => {
    const collected = amounts(currency, text)
    expect(collected.lines).toEqual([])
    expect(told(collected)).toEqual([`${code} problem ${text}`.trim()])
  })

  it('of three decimals is what the standard says, and told once', () => {
    const collected = amounts('USD', '-30.000', '12.000', '0.500')
    expect(collected.lines.map((line) => line.amountMinor)).toEqual([-3000, 1200, 50])
    expect(told(collected)).toEqual(['amount.precision note -30.000'])
  })

  it('of a currency with three decimals has three', () => {
    const collected = amounts('KWD', '-30.000', '1,234')
    expect(collected.lines.map((line) => line.amountMinor)).toEqual([-30_000, 1234])
    expect(collected.issues).toEqual([])
  })

  it('of a debit needs no sign where another sum of the statement has a minus, before or behind it', () => {
    const check = record('', '5.00').replace('OTHER', 'CHECK')
    const signed = record('', '-2.00')
    const plain = record('', '3.00')
    const note = ['direction.unknown note CHECK 5.00']
    expect(told(readOfx(ofx(statement(check + signed))))).toEqual(note)
    expect(told(readOfx(ofx(statement(signed + check))))).toEqual(note)
    expect(told(readOfx(ofx(statement(check + plain))))).toEqual(['direction.unknown problem CHECK 5.00'])
    const places = readOfx(ofx(statement(check + plain + check + signed))).issues.map(
      ({ place }) => place.from,
    )
    expect(places[1]).toBeGreaterThan(places[0] ?? Infinity)
  })

  it('of unsigned debits beyond two hundred are told at once', () => {
    const check = record('', '5.00').replace('OTHER', 'CHECK')
    const weights = readOfx(ofx(statement(check.repeat(201) + record('', '-1.00')))).issues.map(
      (one) => one.weight,
    )
    expect(weights.filter((weight) => weight === 'problem')).toHaveLength(1)
    expect(weights.filter((weight) => weight === 'note')).toHaveLength(200)
  })

  it('outranks the kind of the entry; a debit without any sign is a problem', () => {
    const kinds = (kind: string, amount: string) =>
      readOfx(ofx(statement(record('', amount).replace('OTHER', kind))))
    expect(only(kinds('CREDIT', '-5.00')).amountMinor).toBe(-500)
    expect(told(kinds('CREDIT', '-5.00'))).toEqual(['direction.unknown note CREDIT -5.00'])
    expect(only(kinds('DEBIT', '5.00')).amountMinor).toBe(500)
    expect(told(kinds('DEBIT', '5.00'))).toEqual(['direction.unknown problem DEBIT 5.00'])
    expect(told(kinds('DEBIT', '+5.00'))).toEqual(['direction.unknown note DEBIT +5.00'])
    for (const [kind, amount] of [
      ['ATM', '5.00'],
      ['POS', '-5.00'],
      ['XFER', '5.00'],
      ['DEBIT', '-5.00'],
      ['CREDIT', '5.00'],
    ] as const)
      expect(told(kinds(kind, amount))).toEqual([])
  })
})

describe('a day', () => {
  it.each<[string, string]>([
    ['20260605', '2026-06-05'],
    ['202606051200', '2026-06-05'],
    ['20260605235959', '2026-06-05'],
    ['20260605235959.999', '2026-06-05'],
    ['20260605235959.XXX', '2026-06-05'],
    ['20260605235959[-5:EST]', '2026-06-05'],
    ['20260605000000.000[-11:SST]', '2026-06-05'],
    ['20260605120000[0:GMT]', '2026-06-05'],
    ['20260605120000[-03:BRT]', '2026-06-05'],
    ['20260605120000[+5.30:IST]', '2026-06-05'],
    ['20260605120000[-3]', '2026-06-05'],
    ['20260605120000 [-3:BRT]', '2026-06-05'],
    [' 20260605 ', '2026-06-05'],
    ['20260605T120000Z', '2026-06-05'],
    ['2026-06-05', '2026-06-05'],
    ['2026-06-05T23:59:59-05:00', '2026-06-05'],
    ['30/06/2026', '2026-06-30'],
    ['06/30/2026', '2026-06-30'],
    ['05.05.2026', '2026-05-05'],
    ['20240229', '2024-02-29'],
  ])('%s is the day as written', (text, day) => {
    expect(only(dated(text)).bankDay).toBe(day)
    expect(told(dated(text))).toEqual([])
  })

  it.each<[string, string]>([
    ['20260230', 'date.impossible'],
    ['20261301', 'date.impossible'],
    ['00000000', 'date.impossible'],
    ['30062026', 'date.impossible'],
    ['31/31/2026', 'date.impossible'],
    ['260605', 'date.unreadable'],
    ['5 June', 'date.unreadable'],
    ['', 'date.missing'],
  ])('%s is none', (text, code) => {
    expect(dated(text).lines).toEqual([])
    expect(told(dated(text))).toEqual([`${code} problem ${text}`.trim()])
  })

  it('that may be two is read month first, told once a file, and decided by a given order', () => {
    const two = (order?: 'dmy' | 'mdy') =>
      readOfx(ofx(statement(record('', '1.00', '05/06/2026') + record('', '1.00', '07/06/2026'))), {
        ...(order && { given: { dateOrder: order } }),
      })
    expect(two().lines.map((line) => line.bankDay)).toEqual(['2026-05-06', '2026-07-06'])
    expect(told(two())).toEqual(['date.ambiguous problem 05/06/2026'])
    expect(two('dmy').lines.map((line) => line.bankDay)).toEqual(['2026-06-05', '2026-06-07'])
    expect(two('dmy').issues).toEqual([])
    expect(two('mdy').lines.map((line) => line.bankDay)).toEqual(['2026-05-06', '2026-07-06'])
    expect(told(dated('13/06/2026', 'mdy'))).toEqual(['date.impossible problem 13/06/2026'])
  })

  it('of value or document that is none leaves the line', () => {
    const collected = readOfx(ofx(statement(record('<DTAVAIL>20260231<DTUSER>soon'))))
    expect(only(collected)).toMatchObject({ valueDay: null, documentDay: null, bankDay: '2026-06-05' })
    expect(told(collected)).toEqual(['date.impossible note 20260231', 'date.unreadable note soon'])
  })

  it('of the period that is none is told', () => {
    const collected = readOfx(ofx(statement(record())).replace('<DTSTART>20260601', '<DTSTART>20260632'))
    expect(collected.statements[0]?.head).toMatchObject({ from: '2026-06-05', to: '2026-06-30' })
    expect(told(collected)).toEqual(['date.impossible note 20260632'])
  })
})

describe('who and what for', () => {
  it.each<[string, string, string, string]>([
    ['NAME and MEMO', '<NAME>Acme<MEMO>Invoice', 'Acme', 'Invoice'],
    ['NAME alone is the purpose too', '<NAME>Acme', 'Acme', 'Acme'],
    ['MEMO alone names nobody', '<MEMO>Invoice', '', 'Invoice'],
    ['PAYEE before NAME', '<NAME>CARD 17<PAYEE><NAME>Acme<ADDR1>x</PAYEE><MEMO>Invoice', 'Acme', 'Invoice'],
    ['PAYEE alone', '<PAYEE><NAME>Acme</PAYEE>', 'Acme', 'Acme'],
    ['PAYEE and NAME without MEMO', '<PAYEE><NAME>Acme</PAYEE><NAME>CARD 17', 'Acme', 'CARD 17'],
    [
      'the long name before the cut one',
      '<NAME>Acme Tradi<EXTDNAME>Acme Trading Ltd',
      'Acme Trading Ltd',
      'Acme Trading Ltd',
    ],
    ['MEMO in two pieces', '<MEMO>Invoice<MEMO2>305', '', 'Invoice 305'],
    ['MEMO twice', '<MEMO>Invoice<MEMO>305', '', 'Invoice 305'],
  ])('%s', (_, more, name, purpose) => {
    expect(lineWith(more)).toMatchObject({ counterparty: { name, taxId: '' }, purpose })
  })

  it('the other account is a bank’s or a card’s, never our own', () => {
    expect(lineWith('<BANKACCTTO><BANKID>12 3<ACCTID>55-1</BANKACCTTO>').counterparty).toMatchObject({
      account: '55-1',
      bankCode: '123',
    })
    expect(lineWith('<CCACCTTO><ACCTID>4111 1111</CCACCTTO>').counterparty.account).toBe('41111111')
    expect(lineWith('<BANKACCTTO><BANKID>1<ACCTID>001</BANKACCTTO>').counterparty).toMatchObject({
      account: '',
      bankCode: '1',
    })
  })

  it.each<[string, string]>([
    ['<CHECKNUM>305<REFNUM>R9', '305'],
    ['<REFNUM>R9', 'R9'],
    ['<CHECKNUM>0<REFNUM>R9', 'R9'],
    ['<CHECKNUM>000', ''],
    ['<CHECKNUM>0017', '0017'],
  ])('the document’s number of %s', (more, number) => {
    expect(lineWith(more).documentNumber).toBe(number)
  })

  it('FITID may be empty or stand twice: every record is a line', () => {
    const empty = record().replace('<FITID>F1', '<FITID>')
    const collected = readOfx(ofx(statement([record(), record(), empty].join('\n'))))
    expect(collected.lines.map((line) => line.bankReference)).toEqual(['F1', 'F1', ''])
    expect(collected.issues).toEqual([])
  })
})

describe('currencies', () => {
  it('ORIGCURRENCY only remembers what the sum was before', () => {
    const collected = readOfx(ofx(statement(record('<ORIGCURRENCY><CURRATE>1.07<CURSYM>EUR</ORIGCURRENCY>'))))
    expect(only(collected)).toMatchObject({ currency: 'USD', amountMinor: 5000 })
    expect(collected.issues).toEqual([])
  })

  it('CURRENCY of the account itself says nothing new', () => {
    const collected = readOfx(ofx(statement(record('<CURRENCY><CURRATE>1.00<CURSYM>USD </CURRENCY>'))))
    expect(only(collected)).toMatchObject({ currency: 'USD', amountMinor: 5000 })
    expect(collected.issues).toEqual([])
  })

  it('CURRENCY of another is the sum’s, unconverted, and told', () => {
    const collected = readOfx(
      ofx(statement(record('<CURRENCY><CURRATE>0.0067<CURSYM>JPY</CURRENCY>', '500'))),
    )
    expect(only(collected)).toMatchObject({ currency: 'JPY', amountMinor: 500 })
    expect(collected.statements[0]?.head?.currency).toBe('USD')
    expect(told(collected)).toEqual(['currency.unknown problem JPY 500'])
  })

  it('missing are none, unless given', () => {
    const text = ofx(statement(record(), '1', ''))
    const collected = readOfx(text)
    expect(only(collected).currency).toBe('XXX')
    expect(told(collected)).toEqual(['currency.absent problem'])
    const given = readOfx(text, { given: { currency: 'EUR' } })
    expect(only(given).currency).toBe('EUR')
    expect(given.issues).toEqual([])
    expect(only(readOfx(ofx(statement(record())), { given: { currency: 'EUR' } })).currency).toBe('USD')
  })

  it('that are no code are told', () => {
    const collected = readOfx(ofx(statement(record(), '1', '<CURDEF>R$')))
    expect(only(collected).currency).toBe('XXX')
    expect(told(collected)).toEqual(['currency.unknown problem R$', 'currency.absent problem R$'])
  })
})

describe('pending entries', () => {
  it('are not booked', () => {
    const pending =
      '</BANKTRANLIST><BANKTRANLISTP><DTASOF>20260630<STMTTRNP><TRNTYPE>HOLD<DTTRAN>20260629<DTEXPIRE>20260705<TRNAMT>-9.00<NAME>Shop</STMTTRNP></BANKTRANLISTP>'
    const collected = readOfx(ofx(statement(record('<MEMO>one'))).replace('</BANKTRANLIST>', pending))
    expect(collected.lines.map((line) => [line.purpose, line.booked, line.bankDay])).toEqual([
      ['one', true, '2026-06-05'],
      ['Shop', false, '2026-06-29'],
    ])
    expect(told(collected)).toEqual(['entry.pending note -9.00'])
    expect(collected.statements[0]?.head?.closingMinor).toBe(10_000)
  })

  it('may stand among the others as a hold, or in their list as plain records', () => {
    expect(only(readOfx(ofx(statement(record().replace('OTHER', 'HOLD'))))).booked).toBe(false)
    const list = ofx(statement(record())).replaceAll('BANKTRANLIST', 'BANKTRANLISTP')
    expect(only(readOfx(list)).booked).toBe(false)
  })
})

describe('corrections', () => {
  const entry = (id: string, amount: string, more = '') => record(more, amount).replace('F1', id)
  const replacing = (id: string) => `<CORRECTFITID>${id}<CORRECTACTION>REPLACE`
  const deleting = (id: string) => `<CORRECTFITID>${id}<CORRECTACTION>DELETE`
  const ids = (text: string) => readOfx(ofx(statement(text))).lines.map((line) => line.bankReference)

  it('replace a line above', () => {
    const text = entry('A', '1.00') + entry('B', '2.00') + entry('C', '1.50', replacing('A'))
    expect(ids(text)).toEqual(['B', 'C'])
    expect(told(readOfx(ofx(statement(text))))).toEqual(['entry.corrected note REPLACE A'])
  })

  it('may keep the id of what they replace', () => {
    const collected = readOfx(ofx(statement(entry('A', '1.00') + entry('A', '1.50', replacing('A')))))
    expect(only(collected).amountMinor).toBe(150)
  })

  it('delete a line above and are no line themselves', () => {
    const text = entry('A', '1.00') + entry('B', '2.00') + entry('C', '1.00', deleting('A'))
    expect(ids(text)).toEqual(['B'])
    expect(told(readOfx(ofx(statement(text))))).toEqual(['entry.corrected note DELETE A'])
  })

  it('of a line that is elsewhere are problems; the replacement stands as the bank booked it', () => {
    const text = entry('C', '1.50', replacing('A')) + entry('D', '7.00', deleting('B'))
    expect(ids(text)).toEqual(['C'])
    expect(told(readOfx(ofx(statement(text))))).toEqual([
      'entry.corrected problem REPLACE A',
      'entry.corrected problem DELETE B',
    ])
  })

  it('of their own id replace a line of an earlier file: nothing is missing here', () => {
    const text = entry('A', '1.50', replacing('A')) + entry('B', '2.00')
    expect(ids(text)).toEqual(['A', 'B'])
    expect(told(readOfx(ofx(statement(text))))).toEqual(['entry.corrected note REPLACE A'])
    const twice = entry('A', '1.00') + entry('A', '2.00') + entry('A', '1.50', replacing('A'))
    expect(told(readOfx(ofx(statement(twice))))).toEqual(['entry.corrected problem REPLACE A'])
  })

  it('of an id that stands twice take nothing back', () => {
    const text = entry('A', '1.00') + entry('A', '2.00') + entry('C', '1.50', replacing('A'))
    expect(ids(text)).toEqual(['A', 'A', 'C'])
    expect(told(readOfx(ofx(statement(text))))).toEqual(['entry.corrected problem REPLACE A'])
  })

  it('that cannot be read leave what they correct', () => {
    const text = entry('A', '1.00') + entry('C', '?', replacing('A'))
    expect(ids(text)).toEqual(['A'])
  })

  it('of an unknown kind take nothing back', () => {
    const text = entry('A', '1.00') + entry('C', '1.50', '<CORRECTFITID>A')
    expect(ids(text)).toEqual(['A', 'C'])
    expect(told(readOfx(ofx(statement(text))))).toEqual(['entry.corrected problem  A'])
  })

  it('reach back over 256 KB of records, and are a problem beyond', () => {
    const between = (count: number) =>
      Array.from({ length: count }, (_, i) => entry(`N${i}`, '1.00')).join('\n')
    const near = entry('A', '1.00') + between(2000) + entry('C', '1.50', replacing('A'))
    const far = entry('A', '1.00') + between(5000) + entry('C', '1.50', replacing('A'))
    expect(ids(near)).toHaveLength(2001)
    expect(ids(far)).toHaveLength(5002)
    expect(told(readOfx(ofx(statement(far))))).toEqual(['entry.corrected problem REPLACE A'])
  })
})
