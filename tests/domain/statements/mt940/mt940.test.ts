import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectStatement } from '../../../../electron/domain/statements/inspect.ts'
import { bytesOf, codesOf, linesOf, onlyLine, read, refusal } from '../text-fixtures.ts'

const head = [':20:START', ':25:12345678/1020', ':28C:1/1', ':60F:C260601EUR100,00']
const foot = [':62F:C260630EUR150,00']
const message = (...rows: string[]) => [...head, ...rows, ...foot, '-', ''].join('\r\n')
const plain = ':61:2606050605C50,00NMSCREF123//BANK456'
const entry = (text: string) => onlyLine(read(message(...text.split('\n'))))
const details = (...rows: string[]) => onlyLine(read(message(plain, ...rows)))

it('reads account, period, balances and every field of a line', () => {
  const text = message(plain, ':86:Invoice 305')
  const preview = read(text)
  expect(preview).toMatchObject({ format: 'mt940', encoding: 'utf-8', issues: [] })
  expect(preview.statements).toMatchObject([
    {
      account: '12345678/1020',
      currency: 'EUR',
      owner: '',
      from: '2026-06-01',
      to: '2026-06-30',
      openingMinor: 10_000,
      closingMinor: 15_000,
      balanceOffMinor: 0,
    },
  ])
  const from = text.indexOf(':61:')
  expect(onlyLine(preview)).toEqual({
    index: 0,
    bankDay: '2026-06-05',
    valueDay: '2026-06-05',
    amountMinor: 5000,
    currency: 'EUR',
    counterparty: { name: '', taxId: '', account: '', bankCode: '' },
    purpose: 'Invoice 305',
    purposeGlued: null,
    documentNumber: 'REF123',
    documentDay: null,
    bankReference: 'BANK456',
    reversal: false,
    booked: true,
    place: { line: 5, from, to: text.indexOf('\r\n:62F:') },
  })
})

describe('the mark', () => {
  it.each<[string, number, boolean]>([
    ['C', 5000, false],
    ['D', -5000, false],
    ['RC', -5000, true],
    ['RD', 5000, true],
    ['CR', 5000, false],
    ['DR', -5000, false],
    ['CK', 5000, false],
    ['DK', -5000, false],
    ['CD', 5000, false],
    ['DD', -5000, false],
    ['RCR', -5000, true],
    ['RDR', 5000, true],
  ])('%s tells %i', (mark, amountMinor, reversal) => {
    expect(entry(`:61:2606050605${mark}50,00NMSCNONREF`)).toMatchObject({
      amountMinor,
      reversal,
      booked: true,
    })
  })

  it.each([
    ['EC', 5000],
    ['ED', -5000],
  ])('%s is only expected and proves nothing', (mark, amountMinor) => {
    const preview = read(message(`:61:2606050605${mark}50,00NMSCNONREF`))
    expect(onlyLine(preview)).toMatchObject({ amountMinor, booked: false })
    expect(preview.statements).toMatchObject([{ balanceOffMinor: 5000 }])
    expect(codesOf(preview)).toContain('entry.pending')
  })
})

describe('the sub-fields that glue together', () => {
  it.each<[string, object]>([
    ['2606050605C15,NTRFNONREF', { amountMinor: 1500, documentNumber: '' }],
    ['2606050605C3,1NTRFNONREF', { amountMinor: 310 }],
    [
      '2606050605C500NTRF29-07-2014 10:05//B4G29',
      { amountMinor: 50_000, documentNumber: '29-07-2014 10:05', bankReference: 'B4G29' },
    ],
    ['260605C000000000300.00NMSC170059286', { amountMinor: 30_000, documentNumber: '170059286' }],
    ['260605C000000000000149,87N369NONREF', { amountMinor: 14_987 }],
    [
      '260605    D65,00NOVBNL47INGB9999999999',
      { amountMinor: -6500, bankDay: '2026-06-05', counterparty: { account: 'NL47INGB9999999999' } },
    ],
    ['260605CN50,00NZ10NONREF', { amountMinor: 5000 }],
    ['260605C25,03NOV NONREF', { amountMinor: 2503, documentNumber: '' }],
    ['260605D620,3NSTON', { amountMinor: -62_030, documentNumber: '' }],
    ['2606050605D20,00NONREF', { amountMinor: -2000, documentNumber: '' }],
    [
      '2606050605D10,00FMSC1110030403010139//1234',
      { amountMinor: -1000, documentNumber: '1110030403010139', bankReference: '1234' },
    ],
    ['260605D0,00NTRFNONREF', { amountMinor: 0 }],
  ])('%s', (text, expected) => {
    const line = entry(`:61:${text}`)
    expect(line).toMatchObject(expected)
    expect(Object.is(line.amountMinor, -0)).toBe(false)
  })

  it('bears a line break before the amount and inside the tag of :86:', () => {
    const line = onlyLine(
      read(message(':61:2606050605CR', '30,00N062NONREF', ':', '86:166?00GUTSCHR?20SVWZ+Test')),
    )
    expect(line).toMatchObject({ amountMinor: 3000, purpose: 'Test', place: { line: 5 } })
  })

  it('reports a reference that is longer than the standard allows, and keeps it', () => {
    const preview = read(message(':61:2606050605C50,00NTRF1234567890123456789012345678901234'))
    expect(onlyLine(preview).documentNumber).toBe('1234567890123456789012345678901234')
    expect(preview.issues).toMatchObject([{ code: 'reference.long', weight: 'note' }])
  })

  it.each([
    ['0733959555      T-MOBILE NETHERLANDS', { account: '0733959555', name: 'T-MOBILE NETHERLANDS' }],
    ['NONREF          TOMTE TUMMETOT', { account: '', name: 'TOMTE TUMMETOT' }],
    ['EREF\nNL96RBOS0523149468', { account: 'NL96RBOS0523149468', name: '' }],
    ['NONREF\nP001234567', { account: 'P001234567', name: '' }],
    ['NL29INGB0006475121\nj blom', { account: 'NL29INGB0006475121', name: 'j blom' }],
  ])('finds the other party in %j', (reference, party) => {
    expect(entry(`:61:260605C1,00N060${reference}`).counterparty).toMatchObject(party)
  })

  it('finds the name behind a reference that has no type code before it', () => {
    expect(entry(':61:260605C1,00NONREF          TOMTE TUMMETOT').counterparty.name).toBe('TOMTE TUMMETOT')
  })

  it('shows the details of :61: where there is no :86:', () => {
    expect(entry(':61:260605C1,00NTRFNONREF\nInward payment').purpose).toBe('Inward payment')
  })

  it.each(['nonsense', '2606050605X5,00NMSCNONREF', '260605CNMSCNONREF'])(
    'makes %s an issue, never a line',
    (text) => {
      const preview = read(message(`:61:${text}`))
      expect(linesOf(preview)).toEqual([])
      expect(preview.issues[0]).toMatchObject({ code: 'record.unreadable', weight: 'problem', text })
    },
  )

  it('does not round', () => {
    const preview = read(message(':61:260605C1,001NMSCNONREF'))
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)[0]).toBe('amount.precision')
  })

  it.each([
    ['JPY', '1153510,', 1_153_510],
    ['KWD', '1,234', 1234],
    ['EUR', '1,2', 120],
  ])('counts in the minor units of %s', (currency, amount, minor) => {
    const text = `:20:1\n:25:1\n:60F:C260601${currency}0,\n:61:260605C${amount}NMSCNONREF\n:62F:C260601${currency}${amount}\n`
    const preview = read(text)
    expect(onlyLine(preview)).toMatchObject({ amountMinor: minor, currency })
    expect(preview.statements).toMatchObject([{ balanceOffMinor: 0 }])
  })
})

describe('days', () => {
  it.each([
    ['2606050607', '2026-06-05', '2026-06-07'],
    ['2512310102', '2025-12-31', '2026-01-02'],
    ['2601021231', '2026-01-02', '2025-12-31'],
    ['2402280229', '2024-02-28', '2024-02-29'],
    ['990105', '1999-01-05', '1999-01-05'],
  ])('%s: value %s, entry %s', (text, valueDay, bankDay) => {
    expect(entry(`:61:${text}C1,00NMSCNONREF`)).toMatchObject({ valueDay, bankDay })
  })

  it('reports 30 February and goes by the entry date', () => {
    const preview = read(message(':61:1602300301D6,00N024NONREF'))
    expect(onlyLine(preview)).toMatchObject({ valueDay: null, bankDay: '2016-03-01' })
    expect(preview.issues[0]).toMatchObject({ code: 'date.impossible', weight: 'problem' })
  })

  it('makes no line of an entry whose only day does not exist', () => {
    const preview = read(message(':61:160230D6,00N024NONREF'))
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)[0]).toBe('date.impossible')
  })
})

describe('messages', () => {
  const second = (closing: string) => [
    ':20:NEXT',
    ':25:12345678/1020',
    ':28C:2/1',
    ':60F:C260630EUR150,00',
    ':61:260701D50,00NMSCNONREF',
    `:62F:C260701EUR${closing}`,
  ]

  it.each(['-', '-}', '-}{5:}', '$', '-XXX', ''])('are separated by %j', (separator) => {
    const text = [...head, plain, ...foot, separator, ...second('100,00'), separator, ''].join('\r\n')
    const preview = read(text)
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([
      {
        account: '12345678/1020',
        from: '2026-06-01',
        to: '2026-07-01',
        openingMinor: 10_000,
        closingMinor: 10_000,
        balanceOffMinor: 0,
        lines: { length: 2 },
      },
    ])
  })

  it.each([
    '{1:F01BANKDEFFAXXX0000000000}{2:I940BANKDEFFXXXXN}{4:',
    '{1:F01INGBNL2ABXXX0000000000}\r\n{2:I940INGBNL2AXXXN}\r\n{4:',
    '\x01{1:Fxxx}{2:Ixxx{3:{108:xxxxx}}{4:',
    '{1:F01ASNBNL21XXXX0000000000}{2:O940ASNBNL21XXXXN}{3:}{4:',
    'ABNANL2A\r\n940\r\nABNANL2A',
    '0000 01INGBNL2AXXXX00001\r\n0000 01INGBNL2AXXXX00001\r\n940 00',
    ':940:',
    'This is an example file\r\n\r\n- - - - -\r\n',
  ])('may come wrapped: %j', (envelope) => {
    const preview = read(`${envelope}\r\n${message(plain)}`)
    expect(preview.format).toBe('mt940')
    expect(preview.issues).toEqual([])
    expect(onlyLine(preview).amountMinor).toBe(5000)
  })

  it('goes on behind a separator that stands in the text of :86:', () => {
    const preview = read(message(plain, ':86:first', '-', 'second', '-', ':61:2606060606D1,00NMSCNONREF'))
    expect(linesOf(preview).map((line) => line.purpose)).toEqual(['first - second', ''])
  })

  it('do not end at a colon inside the text', () => {
    expect(details(':86:Order', ':61 is no tag', ':x: neither').purpose).toBe(
      'Order :61 is no tag :x: neither',
    )
  })

  it('join over 60M and 62M', () => {
    const pages = [
      ':20:A',
      ':25:1',
      ':28C:5/1',
      ':60F:C260601EUR100,00',
      ':61:260605C50,00NMSCNONREF',
      ':62M:C260605EUR150,00',
      '-',
      ':20:B',
      ':25:1',
      ':28C:5/2',
      ':60M:C260605EUR150,00',
      ':61:260605D20,00NMSCNONREF',
      ':62F:C260605EUR130,00',
      '-',
    ].join('\n')
    const preview = read(pages)
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([
      {
        openingMinor: 10_000,
        closingMinor: 13_000,
        balanceOffMinor: 0,
        lines: [{ amountMinor: 5000 }, { amountMinor: -2000 }],
      },
    ])
  })

  it('of several accounts and currencies stay apart', () => {
    const text = ['EUR', 'USD']
      .map(
        (currency) =>
          `:20:1\n:25:1700.59.308${currency}\n:60F:C260601${currency}0,\n:62F:C260601${currency}0,\n`,
      )
      .join('')
    expect(read(text).statements).toMatchObject([
      { account: '1700.59.308', currency: 'EUR' },
      { account: '1700.59.308', currency: 'USD' },
    ])
  })

  it('need no line end behind the last one, and bear tags nobody knows', () => {
    const preview = read([...head, plain, ':12:11', ':99:x', ...foot].join('\n'))
    expect(preview.statements).toMatchObject([{ closingMinor: 15_000, balanceOffMinor: 0 }])
    expect(preview.issues.map(({ code, weight, text }) => [code, weight, text])).toEqual([
      ['line.unknown', 'note', ':12:11'],
      ['line.unknown', 'note', ':99:x'],
    ])
  })

  it('may follow each other without :20:, and without :25: for the same account', () => {
    const next = [':28C:2/1', ':60F:C260630EUR150,00', ':61:260701D50,00NMSCNONREF', ':62F:C260701EUR100,00']
    const preview = read(
      [...head, plain, ...foot, ...next, ':25:77', ':60F:C260701EUR0,', ':62F:C260701EUR0,', '-'].join('\n'),
    )
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([
      { account: '12345678/1020', closingMinor: 10_000, balanceOffMinor: 0, lines: { length: 2 } },
      { account: '77', lines: { length: 0 } },
    ])
  })

  it('note where one does not go on from the one before', () => {
    const text = [...head, plain, ...foot, '-', ...second('100,00')]
      .join('\n')
      .replace(':60F:C260630EUR150,00', ':60F:C260630EUR160,00')
    expect(codesOf(read(text))).toEqual(['statement.period', 'balance.off'])
  })
})

describe('accounts', () => {
  it.each([
    ['NL50RABO0156750961 EUR', 'NL50RABO0156750961'],
    ['NL68INGB0000012345EUR', 'NL68INGB0000012345'],
    ['1291.99.348EUR', '1291.99.348'],
    ['NL92 KNAB 0123 4567 89', 'NL92KNAB0123456789'],
    ['TRIODOSBANK/0390123456', 'TRIODOSBANK/0390123456'],
    ['UBRTHUHB/123456789150ABCDEF002/HUF', 'UBRTHUHB/123456789150ABCDEF002'],
    ['20011111/120119000EUR', '20011111/120119000'],
  ])('%s is %s', (text, account) => {
    expect(read(message(plain).replace('12345678/1020', text)).statements).toMatchObject([{ account }])
  })

  it('are needed: a fragment without any is refused', () => {
    expect(refusal(() => read(':61:091211D000000000000,60N913NONREF'))).toEqual({
      code: 'statement.noAccount',
    })
  })

  it('missing in one message of several make its lines problems', () => {
    const preview = read(`${message(plain)}${message(plain).replace(':25:12345678/1020\r\n', '')}`)
    expect(linesOf(preview)).toHaveLength(1)
    expect(codesOf(preview)).toContain('account.missing')
  })
})

describe('balances', () => {
  it('show by how much the lines miss the closing one, and where', () => {
    const preview = read(message(':61:260605C49,00NMSCNONREF'))
    expect(preview.statements).toMatchObject([{ balanceOffMinor: 100 }])
    expect(preview.issues).toMatchObject([
      { code: 'balance.off', weight: 'problem', text: 'C260630EUR150,00', place: { line: 6 } },
    ])
  })

  it('may be negative, end in the mark, or hold a line break', () => {
    const preview = read(':20:1\n:25:1\n:60F:\nD260601EUR5,\n:61:260605C5,NMSCNONREF\n:62F:C260601EUR0,\n')
    expect(preview.statements).toMatchObject([{ openingMinor: -500, closingMinor: 0, balanceOffMinor: 0 }])
  })

  it('missing ones leave the proof open', () => {
    const preview = read(message(plain).replace(':62F:C260630EUR150,00\r\n', ''))
    expect(preview.statements).toMatchObject([
      { openingMinor: 10_000, closingMinor: null, balanceOffMinor: null, to: '2026-06-01' },
    ])
    expect(preview.issues).toMatchObject([{ code: 'balance.missing', weight: 'problem' }])
  })

  it('missing at the start: the currency comes from the end', () => {
    const preview = read(message(plain).replace(':60F:C260601EUR100,00\r\n', ''))
    expect(onlyLine(preview)).toMatchObject({ amountMinor: 5000, currency: 'EUR' })
    expect(preview.statements).toMatchObject([
      { openingMinor: null, closingMinor: 15_000, balanceOffMinor: null },
    ])
  })

  it('missing altogether: a currency that no payment has, and a problem', () => {
    const preview = read(':20:1\n:25:12345\n:61:260605C5,NMSCNONREF\n')
    expect(onlyLine(preview).currency).toBe('XXX')
    expect(codesOf(preview)).toEqual(['currency.unknown', 'balance.missing'])
  })

  it('unreadable ones are no zero', () => {
    const preview = read(message(plain).replace('C260630EUR150,00', 'C260630EURabc'))
    expect(preview.statements).toMatchObject([{ closingMinor: null, balanceOffMinor: null }])
    expect(codesOf(preview)).toContain('balance.unreadable')
  })
})

describe(':86:', () => {
  it('in the German structure gives name, account, bank and purpose', () => {
    const line = details(
      ':86:166?00GUTSCHRIFT?109316?20Rechnung 305?21Danke?30DRESDEFF508?31DE145088005?32KARL?33KAUFMANN?34997',
    )
    expect(line).toMatchObject({
      counterparty: { name: 'KARL KAUFMANN', account: 'DE145088005', bankCode: 'DRESDEFF508' },
      purpose: 'Rechnung 305 Danke',
      purposeGlued: 'Rechnung 305Danke',
    })
  })

  it.each(['<', '>', '~', '^', '@'])('takes %s in place of the question mark', (mark) => {
    expect(details(`:86:166${mark}00GUTSCHRIFT${mark}20Rechnung 305${mark}32KARL`)).toMatchObject({
      counterparty: { name: 'KARL' },
      purpose: 'Rechnung 305',
    })
  })

  it('keeps a mark that belongs to the text', () => {
    expect(details(':86:166?00X?20Was ?45 EUR?32KARL').purpose).toBe('Was ?45 EUR')
  })

  it('glues full sub-fields but never two numbers, and gives the text without blanks beside', () => {
    const line = details(':86:166?00X?20Rechnung 305 vom Juni 26 Ku?21ndennummer 11111 Ref 12345?2267890')
    expect(line.purpose).toBe('Rechnung 305 vom Juni 26 Kundennummer 11111 Ref 12345 67890')
    expect(line.purposeGlued).toBe('Rechnung 305 vom Juni 26 Kundennummer 11111 Ref 1234567890')
  })

  it('reads the SEPA words, one of them cut in two by a sub-field', () => {
    const line = details(':86:166?00X?20EREF+E2E-77?21MREF+M1 S?22VWZ+Rechnung 305?23ABWA+Andere?32KARL')
    expect(line).toMatchObject({ purpose: 'Rechnung 305 EREF E2E-77', documentNumber: 'REF123' })
  })

  it('reads SEPA words without the structure', () => {
    expect(details(':86:EREF+NOTPROVIDED SVWZ+Rechnung 305 IBAN+DE145088005 BIC+DRESDEFF508')).toMatchObject({
      purpose: 'Rechnung 305',
      counterparty: { account: 'DE145088005', bankCode: 'DRESDEFF508' },
    })
  })

  it('takes the posting text where there is no purpose', () => {
    expect(details(':86:834?00KONTENPOOL?32KARL').purpose).toBe('KONTENPOOL')
  })

  it('reads slash words, a word twice with the first one empty', () => {
    const line = details(
      ':86:/EREF/2017-22/ORDP//NAME/STG. KLANTGELDEN/ADDR/Dr. Huis 1/REMI//REMI/AFREK. 305',
    )
    expect(line).toMatchObject({
      purpose: 'AFREK. 305 EREF 2017-22',
      counterparty: { name: 'STG. KLANTGELDEN' },
    })
  })

  it('reads /TRTP/ with IBAN, BIC and NAME', () => {
    expect(
      details(
        ':86:/TRTP/OVERBOEKING/IBAN/NL61RABO0242424242/BIC/KNABNL2HXXX/NAME/ABAB/EREF/NOTPROVIDED/REMI/2016',
      ),
    ).toMatchObject({
      counterparty: { name: 'ABAB', account: 'NL61RABO0242424242', bankCode: 'KNABNL2HXXX' },
      purpose: '2016',
    })
  })

  it('reads /CNTP/ and /REMI/USTD//', () => {
    expect(
      details(':86:/CNTP/NL57ABNA0876543211/ABNANL2A/B Bert///REMI/USTD//Schiphol parking/'),
    ).toMatchObject({
      counterparty: { name: 'B Bert', account: 'NL57ABNA0876543211', bankCode: 'ABNANL2A' },
      purpose: 'Schiphol parking',
    })
  })

  it('joins free text that was cut at 65 in the middle of a word', () => {
    const full = `${'x'.repeat(60)} Nede`
    expect(full).toHaveLength(65)
    expect(details(`:86:${full}`, 'rland', 'end')).toMatchObject({
      purpose: `${'x'.repeat(60)} Nederland end`,
      purposeGlued: `${'x'.repeat(60)} Nederlandend`,
    })
  })

  it('keeps both readings of a number at the cut', () => {
    const full = `${'x'.repeat(60)} 4420`
    expect(details(`:86:${full}`, '043232')).toMatchObject({
      purpose: `${full} 043232`,
      purposeGlued: `${full}043232`,
    })
  })

  it('takes several tags in a row for one text', () => {
    expect(details(':86:Terugboeking   ', ':86:NIET AKKOORD', ':86:20095731').purpose).toBe(
      'Terugboeking NIET AKKOORD 20095731',
    )
  })

  it('finds IBAN, BIC and NAAM in the text of Dutch banks', () => {
    const row = 'BIC: CHASNL2XXXX                 NAAM: AA GH NETHERLANDS B.V.'
    expect(
      details(':86:SEPA OVERBOEKING                 IBAN: NL56CHAS0101010101', row, 'OMSCHRIJVING: 1412')
        .counterparty,
    ).toMatchObject({
      name: 'AA GH NETHERLANDS B.V.',
      account: 'NL56CHAS0101010101',
      bankCode: 'CHASNL2XXXX',
    })
  })

  it('may be empty', () => {
    expect(details(':86:')).toMatchObject({ purpose: '', purposeGlued: null, amountMinor: 5000 })
  })

  it('of megabytes is cut, and said to be', () => {
    const preview = read(
      message(
        plain,
        ':86:start',
        ...Array.from({ length: 3000 }, () => 'x'.repeat(65)),
        ':61:260606D1,NMSCNONREF',
      ),
    )
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual([5000, -100])
    expect(linesOf(preview)[0]?.purpose.length).toBeLessThan(66_000)
    expect(preview.issues[0]).toMatchObject({ code: 'record.unreadable', weight: 'problem', text: 'start' })
  })

  it('behind the closing balance belongs to the statement', () => {
    const text = [
      ...head,
      plain,
      ':86:Invoice',
      ...foot,
      ':64:C260630EUR150,00',
      ':86:/SUM/1/0/50,00/0,00/',
      '-',
    ].join('\n')
    expect(onlyLine(read(text)).purpose).toBe('Invoice')
    expect(codesOf(read(text))).toEqual([])
  })

  it('before the first entry belongs to nothing', () => {
    const preview = read([...head, ':86:lost', plain, ...foot].join('\n'))
    expect(onlyLine(preview).purpose).toBe('')
    expect(preview.issues).toMatchObject([{ code: 'line.orphan', weight: 'note', text: 'lost' }])
  })

  it('gives no account where a bank repeats the owner’s', () => {
    expect(details(':86:000>100987654321>20HUUR>311020').counterparty.account).toBe('')
  })
})

describe('MT942', () => {
  const interim = [
    ':20:X',
    ':25:12345',
    ':28C:1',
    ':34F:EURD0,',
    ':13D:2606050800+0200',
    ':61:260605C50,00NMSCNONREF',
    ':86:soon',
    ':90C:1EUR50,',
    '-',
  ].join('\n')

  it('is read with every line not booked', () => {
    const preview = read(interim)
    expect(preview.format).toBe('mt942')
    expect(onlyLine(preview)).toMatchObject({
      amountMinor: 5000,
      currency: 'EUR',
      booked: false,
      purpose: 'soon',
    })
    expect(preview.statements).toMatchObject([
      { openingMinor: null, closingMinor: null, balanceOffMinor: null },
    ])
    expect(codesOf(preview)).toEqual(['entry.pending'])
  })

  it('is not held to balances that count what is not booked', () => {
    const preview = read(message(plain), 'utf-8', { format: 'mt942' })
    expect(preview.statements).toMatchObject([
      { openingMinor: 10_000, closingMinor: 15_000, balanceOffMinor: 5000 },
    ])
    expect(codesOf(preview)).toEqual(['entry.pending'])
  })

  it('is told by its header inside a file of MT940 too', () => {
    const text = `{1:F01X}{2:I940X}{4:\n${message(plain)}-}{1:F01X}{2:I942X}{4:\n${interim}}`
    expect(linesOf(read(text)).map((line) => line.booked)).toEqual([true, false])
    expect(linesOf(read(text.replace('-}{1:', '-}\n{1:'))).map((line) => line.booked)).toEqual([true, false])
  })

  it('is told by its floor limit where it has no header', () => {
    expect(linesOf(read(`${message(plain)}${interim}`)).map((line) => line.booked)).toEqual([true, false])
  })
})

describe('any file', () => {
  const item = fc.record({
    minor: fc.integer({ min: 1, max: 10 ** 12 }),
    mark: fc.constantFrom('C', 'D', 'RC', 'RD', 'CR', 'DR'),
    day: fc.integer({ min: 1, max: 30 }),
    purpose: fc.stringMatching(/^[a-zA-Z0-9 .,-]{0,60}$/),
  })
  const comma = (minor: number) => `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`
  const signOf = (mark: string) => (mark.startsWith('C') || mark === 'RD' ? 1 : -1)

  it('reads back what was written, and its balance adds up', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), (items) => {
        const sum = items.reduce((total, { minor, mark }) => total + signOf(mark) * minor, 0)
        const rows = items.flatMap(({ minor, mark, day, purpose }) => [
          `:61:2606${String(day).padStart(2, '0')}${mark}${comma(minor)}NMSCNONREF`,
          `:86:A ${purpose}`,
        ])
        const text = [
          ':20:1',
          ':25:1',
          ':60F:C260601EUR0,',
          ...rows,
          `:62F:${sum < 0 ? 'D' : 'C'}260630EUR${comma(Math.abs(sum))}`,
        ].join('\r\n')
        const preview = read(text)
        expect(preview.statements).toMatchObject([{ balanceOffMinor: 0 }])
        expect(
          linesOf(preview).map(({ amountMinor, bankDay, purpose }) => [amountMinor, bankDay, purpose]),
        ).toEqual(
          items.map(({ minor, mark, day, purpose }) => [
            signOf(mark) * minor,
            `2026-06-${String(day).padStart(2, '0')}`,
            `A ${purpose}`.replaceAll(/ +/g, ' ').trim(),
          ]),
        )
      }),
    )
  })

  it('reads the same however it is cut into chunks', () => {
    const bytes = bytesOf(
      `${message(plain, ':86:Überweisung', '-', 'für 305', ':61:260606D1,NMSCNONREF')}${message(plain)}`,
    )
    const choice = { format: 'mt940', encoding: 'utf-8' } as const
    const whole = inspectStatement(bytes, choice)
    expect(linesOf(whole)).toHaveLength(3)
    for (let at = 1; at < bytes.length; at += 1)
      expect(inspectStatement([bytes.subarray(0, at), bytes.subarray(at)], choice)).toEqual(whole)
    expect(
      inspectStatement(
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
        choice,
      ),
    ).toEqual(whole)
  })
})

it('takes an entry with thousands of :86: for what it is, in no more time than its bytes', () => {
  const text = `:20:1\r\n:25:1\r\n:60F:C260601EUR0,\r\n:61:260605C5,NMSCNONREF\r\n${':86:part\r\n'.repeat(60_000)}:62F:C260601EUR5,\r\n`
  const preview = read(text)
  expect(onlyLine(preview).purpose).toBe(Array.from({ length: 50 }, () => 'part').join(' '))
  expect(preview.issues.filter(({ code }) => code === 'record.unreadable')).toHaveLength(10_000)
})

describe('a file that ends in an entry', () => {
  const cut = (text: string) =>
    inspectStatement(bytesOf([...head, plain, ':86:whole', text].join('\r\n')), {})

  it('gives no line of one whose sum may go on, and says so', () => {
    for (const text of [':61:2606060606C12', ':61:2606060606C123,4', ':61:2606060606C123,45N']) {
      const preview = cut(text)
      expect(linesOf(preview).map(({ amountMinor }) => amountMinor)).toEqual([5000])
      expect(preview.issues).toContainEqual(
        expect.objectContaining({ code: 'document.cut', weight: 'problem', text: text.slice(4) }),
      )
    }
  })

  it('keeps one whose sum is whole, with or without its line end', () => {
    for (const text of [':61:2606060606C123,45NMSC', ':61:2606060606C123,45\r\n']) {
      const preview = cut(text)
      expect(linesOf(preview).map(({ amountMinor }) => amountMinor)).toEqual([5000, 12_345])
      expect(codesOf(preview)).not.toContain('document.cut')
    }
  })
})
