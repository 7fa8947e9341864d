import { describe, expect, it } from 'vitest'
import { codesOf, linesOf, onlyLine, read } from '../text-fixtures.ts'

const head = [':20:START', ':25:12345678/1020', ':28C:1/1', ':60F:C260601EUR100,00']
const foot = [':62F:C260630EUR150,00', '-', '']
const plain = ':61:2606050605C50,00NMSCNONREF'
const message = (...rows: string[]) => [...head, ...rows, ...foot].join('\r\n')
const line = (...rows: string[]) => onlyLine(read(message(...rows)))

describe('a balance', () => {
  it('ends with its line: a heading between two messages does not run into the number', () => {
    const text = [
      ...[':20:A', ':25:1020', ':60F:C260601EUR100,00', ':61:260605C50,00NMSC', ':62F:C260605EUR150,00', '-'],
      ...['2. The next example', 'BANKNL2A', '940', 'BANKNL2A'],
      ...[':20:B', ':25:1020', ':60F:C260605EUR150,00', ':62F:C260606EUR150,00', '-', ''],
    ]
    const preview = read(text.join('\r\n'))
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([
      { openingMinor: 10_000, closingMinor: 15_000, balanceOffMinor: 0 },
    ])
  })

  it('cut before its amount goes on in the next line', () => {
    const text = [':20:A', ':25:1020', ':60F:C260601EUR', '100,00', ':62F:C260605EUR100,00', '-', '']
    expect(read(text.join('\r\n')).statements).toMatchObject([{ openingMinor: 10_000, closingMinor: 10_000 }])
  })

  it('without its currency is in that of the other balance', () => {
    const text = [':20:A', ':25:1020', ':60F:C260601EUR100,00', plain, ':62F:C260630150,00', '-', '']
    const preview = read(text.join('\r\n'))
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([{ currency: 'EUR', closingMinor: 15_000, balanceOffMinor: 0 }])
  })

  it('without its currency says nothing where none is known', () => {
    const text = [':20:A', ':25:1020', ':60F:C260601100,00', ':62F:C260630EUR150,00', '-', '']
    expect(codesOf(read(text.join('\r\n')))).toContain('balance.unreadable')
  })
})

describe(':NS:', () => {
  const fields = [
    ':NS:01Invoice 305 for delivery',
    '02of June',
    '15Romashka Lt',
    '16d',
    '17TRANSFER',
    '3310918001',
    '340000004279070017',
  ]

  it('holds the purpose and the other party where there is no :86:', () => {
    expect(line(plain, ...fields)).toMatchObject({
      purpose: 'Invoice 305 for delivery of June',
      counterparty: { name: 'Romashka Lt d', account: '0000004279070017', bankCode: '10918001' },
    })
  })

  it('before the :86: does not part it from its entry', () => {
    const preview = read(message(plain, ':NS:17TRANSFER', ':86:Invoice 305'))
    expect(preview.issues).toEqual([])
    expect(onlyLine(preview)).toMatchObject({ purpose: 'Invoice 305' })
  })

  it('says nothing against a :86:', () => {
    const text = ':86:166?00CREDIT?20Invoice 7?3112345?32Ivanov'
    expect(line(plain, text, ...fields)).toMatchObject({
      purpose: 'Invoice 7',
      counterparty: { name: 'Ivanov', account: '12345', bankCode: '10918001' },
    })
  })
})

describe(':86:', () => {
  it('under the name of :25: is the details of its entry, not another account', () => {
    const preview = read(message(plain, ':25:166?00CREDIT?20Invoice 305?32Ivanov'))
    expect(codesOf(preview)).toEqual(['line.unknown'])
    expect(preview.statements).toMatchObject([{ account: '12345678/1020', balanceOffMinor: 0 }])
    expect(onlyLine(preview)).toMatchObject({ purpose: 'Invoice 305', counterparty: { name: 'Ivanov' } })
  })

  it('cut within a time of day goes on behind what looks like a tag', () => {
    const preview = read(message(plain, ':86:Card 12-06-2026T16', ':26:37 shop 007'))
    expect(preview.issues).toEqual([])
    expect(onlyLine(preview).purposeGlued).toBe('Card 12-06-2026T16:26:37 shop 007')
  })

  it('behind a figure still ends at a real tag', () => {
    expect(linesOf(read(message(plain, ':86:Invoice 305', ':61:260605C10,00NMSC')))).toHaveLength(2)
  })

  it('of Poland names the party behind Z RACH. and OD, NA RACH. and DLA', () => {
    const incoming = [
      ':86:911 PRZELEW; Z RACH.: ',
      '04105014611000002345271577; OD: FIRMA SP. Z O.O. UL. DLUGA 27; TYT.: FV 1163; TNR:',
      '154.01',
    ]
    expect(line(plain, ...incoming).counterparty).toMatchObject({
      account: '04105014611000002345271577',
      name: 'FIRMA SP. Z O.O. UL. DLUGA 27',
    })
    const outgoing = ':86:990 PRZELEW; NA RACH.: NO9386011117947; DLA: NORDIC LTD; TYT.: FV 2; TNR: 1'
    expect(line(plain, outgoing).counterparty).toMatchObject({
      account: 'NO9386011117947',
      name: 'NORDIC LTD',
    })
  })

  it.each([
    ['/EREF/E1//BENM/NL50INGB0001234567/INGBNL2A/Web shop//', 'NL50INGB0001234567', 'INGBNL2A', 'Web shop'],
    ['/EREF/E1//BENM/123456789/Web shop//', '123456789', '', 'Web shop'],
    ['/EREF/E1//ORDP/Web shop//', '', '', 'Web shop'],
  ])('reads the party of %s', (text, account, bankCode, name) => {
    expect(line(plain, `:86:${text}`).counterparty).toMatchObject({ account, bankCode, name })
  })

  it.each([
    ['REMI///EV45/', 'EV45'],
    ['REMI/US TD//Invoice 305/', 'Invoice 305'],
    ['REMI/USTD//Invoice 305/', 'Invoice 305'],
  ])('leaves the marks of remittance out of %s', (text, purpose) => {
    expect(line(plain, `:86:/IBAN/NL50INGB0001234567/${text}`).purpose).toBe(purpose)
  })

  it('before the first entry is told of once', () => {
    const preview = read(message(':86:For your information', ':86:BANK', ':86:Owner', plain, ':86:Invoice'))
    expect(codesOf(preview)).toEqual(['line.orphan'])
    expect(onlyLine(preview).purpose).toBe('Invoice')
  })
})

describe('the reference of :61:', () => {
  it('is the purpose where it is words and nothing else says what the entry was', () => {
    expect(line(':61:2606050605C50,00NMSCTill kortkonto')).toMatchObject({
      purpose: 'Till kortkonto',
      documentNumber: '',
    })
    expect(line(':61:2606050605C50,00NMSCREF123')).toMatchObject({ purpose: '', documentNumber: 'REF123' })
    expect(line(plain)).toMatchObject({ purpose: '', documentNumber: '' })
  })

  it("that is the owner's own account names no other party", () => {
    const text = [
      ...[':20:A', ':25:NL50INGB0001234567', ':60F:C260601EUR100,00'],
      ...[':61:2606050605D50,00NTRFNL50INGB0001234567', 'Bank', ':86:Fees', ':62F:C260630EUR50,00', '-', ''],
    ]
    expect(onlyLine(read(text.join('\r\n'))).counterparty).toMatchObject({ account: '', name: 'Bank' })
  })
})

describe('a Polish bank', () => {
  const text = [
    ...[':20:MT940', ':25:/PL44102055610000380209739045', ':28C:1', ':60F:D260601PLN10,00'],
    ...[':61:2606050605D25,00N152NONREF//6460500500000513', '152 0', ':86:020~00152'],
    ...['~20OPŁATA ZA MAJ', '~21˙', '~22˙', '~3010205561', '~319000361245650140', '~32URZĄD', '~33˙'],
    ...['~38PL50102055619000361245650240', '~60˙', '~63˙', ':62F:D260630PLN35,00', '-', ''],
  ].join('\r\n')

  it.each(['iso-8859-2', 'windows-1250'] as const)(
    'fills empty sub-fields with the byte FF: %s',
    (encoding) => {
      const preview = read(text, encoding)
      expect(preview).toMatchObject({ encoding, issues: [] })
      expect(onlyLine(preview)).toMatchObject({
        purpose: 'OPŁATA ZA MAJ',
        counterparty: { name: 'URZĄD', account: 'PL50102055619000361245650240', bankCode: '10205561' },
      })
    },
  )

  it('does so too where no letter tells the encoding', () => {
    const plainText = text.replaceAll('Ł', 'L').replaceAll('Ą', 'A')
    expect(onlyLine(read(plainText, 'iso-8859-2'))).toMatchObject({
      purpose: 'OPLATA ZA MAJ',
      counterparty: { name: 'URZAD' },
    })
  })

  it('writes a stroke before the account', () => {
    expect(read(text, 'iso-8859-2').statements).toMatchObject([{ account: 'PL44102055610000380209739045' }])
  })
})

it('reads a domestic account behind BBAN', () => {
  const text = ':86:/TRTP/SEPA OVERBOEKING/BBAN/52695945/BIC/KNABNL2H/NAME/Music/REMI/Invoice 7'
  expect(line(plain, text)).toMatchObject({
    purpose: 'Invoice 7',
    counterparty: { name: 'Music', account: '52695945', bankCode: 'KNABNL2H' },
  })
})
