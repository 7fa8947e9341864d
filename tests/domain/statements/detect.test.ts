import { describe, expect, it } from 'vitest'
import { detect } from '../../../electron/domain/statements/detect.ts'
import { bytesOf, joinBytes, refusal } from './text-fixtures.ts'

const oneC = [
  '1CClientBankExchange',
  'ВерсияФормата=1.03',
  'Кодировка=Windows',
  'Отправитель=Банк',
  'РасчСчет=40702810000000000001',
  'СекцияРасчСчет',
  'КонецРасчСчет',
  'КонецФайла',
].join('\r\n')
const swift = ':20:START\r\n:25:12345678/1\r\n:60F:C260601EUR1,\r\n:62F:C260601EUR1,\r\n'

describe('format by content', () => {
  it.each([
    ['1c', oneC],
    ['mt940', swift],
    ['mt940', '{1:F01BANKDEFFAXXX}{2:I940BANKDEFFXXXXN}{4:\r\n:20:X\r\n-}'],
    ['mt940', 'ABNANL2A\n940\nABNANL2A\n:20:ABN AMRO BANK NV\n'],
    ['mt940', '\x01{1:F01X}{2:I940X}{4:\n:20:1\n-}\x03'],
    ['mt942', '{1:F01X}{2:O942X}{4:\r\n:20:X\r\n-}'],
    ['mt942', ':20:X\n:25:1\n:34F:EURD0,\n:13D:2606010800+0200\n'],
    [
      'camt.053',
      '<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    ],
    ['camt.052', '<a:Document xmlns:a="x"><a:BkToCstmrAcctRpt>'],
    ['camt.054', '<Document><BkToCstmrDbtCdtNtfctn>'],
    ['csv', 'Date;Amount;Text\n2026-06-01;5,00;x\n2026-06-02;6,00;y\n'],
    ['csv', '\ufeffДата,Сумма,Назначение\n01.06.2026,5.00,счёт\n02.06.2026,6.00,счёт\n'],
  ] as const)('%s', (format, text) => {
    expect(detect(bytesOf(text)).format).toBe(format)
  })

  it.each([
    ['ofx', 'OFXHEADER:100\r\nDATA:OFXSGML\r\n\r\n<OFX>'],
    ['ofx', '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<OFX>'],
    ['ofx', '<OFX><CREDITCARDMSGSRSV1>'],
    ['qif', '!Type:Bank\nD01/01/10\nT-5.00\n^\n'],
    ['qif', 'D01/01/10\nT-5.00\nPShop\n^\n'],
    ['bai2', '01,BANK,1,210706,1249,1,,,2/\n02,1,2,1,230906,2000,,/\n'],
    ['1c-by', '***** ^Type=4^ ^Acc=BY34ALFA30122H10700010270000^\n[IN_PARAM]\n'],
    ['xls', '<html><table><tr><td>1'],
  ])('recognises %s and says that it is not read yet', (format, text) => {
    expect(refusal(() => detect(bytesOf(text)))).toEqual({ code: 'statement.notYet', format })
  })

  it('tells workbooks from other archives by what is packed in them', () => {
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4)
    expect(refusal(() => detect(joinBytes(zip, bytesOf('....[Content_Types].xml'))))).toEqual({
      code: 'statement.notYet',
      format: 'xlsx',
    })
    expect(refusal(() => detect(joinBytes(zip, bytesOf('....camt.xml'))))).toEqual({
      code: 'statement.notYet',
      format: 'zip',
    })
    expect(refusal(() => detect(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)))).toEqual({
      code: 'statement.notYet',
      format: 'xls',
    })
  })
})

describe('refusals', () => {
  it.each(['', ' \r\n\t', '\ufeff\n', '\0\0\0'])('an empty file %j', (text) => {
    expect(refusal(() => detect(bytesOf(text)))).toEqual({ code: 'file.empty' })
  })

  it.each(['invalid', '%PDF-1.7 1 0 obj', 'Dear customer,\nplease find attached\n', '<note>1</note>'])(
    'no statement: %j',
    (text) => {
      expect(refusal(() => detect(bytesOf(text)))).toEqual({ code: 'statement.unknownFormat' })
    },
  )

  it('payment orders on their way to the bank', () => {
    const orders =
      '1CClientBankExchange\nВерсияФормата=1.03\nКодировка=Windows\nДокумент=Платежное поручение\nСекцияДокумент=Платежное поручение\nСумма=1\n'
    expect(refusal(() => detect(bytesOf(orders, 'windows-1251')))).toEqual({
      code: 'statement.otherDirection',
    })
    expect(refusal(() => detect(bytesOf('<Document><CstmrCdtTrfInitn>')))).toEqual({
      code: 'statement.otherDirection',
    })
    expect(refusal(() => detect(bytesOf('{1:F01X}{2:I103X}{4:\n:20:1\n-}')))).toEqual({
      code: 'statement.otherDirection',
    })
  })

  it.each(['\ufffd', '?'])('letters destroyed to %s', (lost) => {
    const text = oneC.replaceAll(/[А-Яа-я]/g, lost)
    expect(refusal(() => detect(bytesOf(text)))).toEqual({ code: 'statement.lettersLost' })
  })
})

describe('encoding', () => {
  it.each(['utf-8', 'windows-1251', 'ibm866', 'koi8-r', 'iso-8859-5'] as const)(
    '1C in %s, whatever it declares',
    (encoding) => {
      expect(detect(bytesOf(oneC, encoding))).toMatchObject({ format: '1c', encoding })
    },
  )

  it('names the declaration only when it lies', () => {
    expect(detect(bytesOf(oneC, 'windows-1251'))).toEqual({ format: '1c', encoding: 'windows-1251' })
    expect(detect(bytesOf(oneC))).toEqual({ format: '1c', encoding: 'utf-8', declaredEncoding: 'Windows' })
    expect(detect(bytesOf(oneC.replace('=Windows', '=DOS'), 'ibm866'))).toEqual({
      format: '1c',
      encoding: 'ibm866',
    })
    expect(detect(bytesOf(oneC.replace('=Windows', '=windows-1251'), 'ibm866'))).toEqual({
      format: '1c',
      encoding: 'ibm866',
      declaredEncoding: 'windows-1251',
    })
  })

  it.each(['utf-16le', 'utf-16be'] as const)('%s with and without its mark', (encoding) => {
    expect(detect(bytesOf(`\ufeff${oneC}`, encoding))).toMatchObject({ format: '1c', encoding })
    expect(detect(bytesOf(oneC, encoding))).toMatchObject({ format: '1c', encoding })
  })

  it('bears a head that ends in the middle of a letter', () => {
    const bytes = bytesOf(oneC)
    const inside = bytes.findIndex((byte, at) => at > 100 && byte >= 0xc0) + 1
    expect(detect(bytes.subarray(0, inside))).toMatchObject({ encoding: 'utf-8' })
  })

  it.each([
    ['windows-1252', 'Überweisung für Müller, Straße; Gebühren; größer'],
    ['windows-1250', 'Przelew własny; opłata za żółtą łódkę, Łódź, śnieg'],
    ['iso-8859-2', 'Przelew własny; opłata za żółtą łódkę, źródło, śnieg'],
    ['windows-1251', 'Оплата по счёту № 5 за услуги, ООО «Ромашка»'],
    ['ibm866', 'Оплата по счёту № 5 за услуги, ООО "Ромашка"'],
    ['koi8-r', 'Оплата по счету за услуги связи и доставку товара'],
  ] as const)('%s by its letters where nothing declares it', (encoding, text) => {
    const bytes = bytesOf(
      `${swift.replace(':62F:', `:61:2606010601C5,00NMSCNONREF\n:86:${text}\n:62F:`)}`,
      encoding,
    )
    expect(detect(bytes)).toMatchObject({ format: 'mt940', encoding })
  })

  it('takes the declared one of XML when UTF-8 is impossible', () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><Document><BkToCstmrStmt><Nm>Müller</Nm>'
    expect(detect(bytesOf(xml, 'windows-1252'))).toMatchObject({ format: 'camt.053', encoding: 'iso-8859-1' })
  })
})
