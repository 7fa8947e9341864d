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
    ['csv', '01.06.2026;5,00\n02.06.2026;-6,00\n'],
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
    ['qif', '# made by hand\r# for tests\r\r!Type:Bank\rD01/01/10\rT-5.00\r^\r'],
    ['qif', 'D01/01/10\nT-5.00\nPShop\n^\n'],
    ['bai2', '01,BANK,1,210706,1249,1,,,2/\n02,1,2,1,230906,2000,,/\n'],
    ['bai2', '01,BANK,1,210706,1249\n88,1,,,2/\n02,1,2,1,230906,2000,,/\n'],
    ['1c-by', '***** ^Type=4^ ^Acc=BY34ALFA30122H10700010270000^\n[IN_PARAM]\n'],
    ['xls', '<html><table><tr><td>1'],
    ['ofx', 'Content-Type: application/x-ofx\n\nOFXHEADER:100\nDATA:OFXSGML\n\n<OFX>'],
    [
      'xls',
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ],
  ])('tells %s whatever the name', (format, text) => {
    expect(detect(bytesOf(text)).format).toBe(format)
  })

  it('tells workbooks from other archives by what is packed in them', () => {
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4)
    expect(detect(joinBytes(zip, bytesOf('....[Content_Types].xml')))).toEqual({
      format: 'xlsx',
      encoding: 'utf-8',
      encodingBy: 'proved',
    })
    expect(detect(joinBytes(zip, bytesOf('....xl/workbook.xml'))).format).toBe('xlsx')
    expect(refusal(() => detect(joinBytes(zip, bytesOf('....camt.xml'))))).toEqual({
      code: 'statement.archive',
    })
    expect(refusal(() => detect(joinBytes(zip, bytesOf('[Content_Types].xml...word/document.xml'))))).toEqual(
      {
        code: 'statement.otherKind',
        kind: 'document',
      },
    )
    const openDocument = bytesOf('....mimetypeapplication/vnd.oasis.opendocument.spreadsheet')
    expect(refusal(() => detect(joinBytes(zip, openDocument)))).toEqual({
      code: 'statement.otherKind',
      kind: 'document',
    })
    expect(detect(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)).format).toBe('xls')
    expect(detect(Uint8Array.of(0x09, 0x08, 0x10, 0, 0, 6, 5, 0)).format).toBe('xls')
  })

  it.each([
    ['pdf', '%PDF-1.7\n'],
    ['archive', 'Rar!\x1a\x07'],
    ['document', '{\\rtf1\\ansi'],
    ['json', '{"transactions": [{"date": "2026-06-01"}]}'],
    ['json', '[{"date": "2026-06-01"}]'],
  ] as const)('names a file that is a %s and no statement', (kind, text) => {
    expect(refusal(() => detect(bytesOf(text)))).toEqual({ code: 'statement.otherKind', kind })
  })

  it.each([
    [[0x89, 0x50, 0x4e, 0x47], 'image'],
    [[0xff, 0xd8, 0xff, 0xe0], 'image'],
    [[0x37, 0x7a, 0xbc, 0xaf], 'archive'],
  ] as const)('names binary kinds: %j', (bytes, kind) => {
    expect(refusal(() => detect(Uint8Array.of(...bytes, 0, 0)))).toEqual({
      code: 'statement.otherKind',
      kind,
    })
  })

  it.each(['', ' \r\n\t', '\ufeff\n', '\0\0\0'])('an empty file %j', (text) => {
    expect(refusal(() => detect(bytesOf(text)))).toEqual({ code: 'file.empty' })
  })

  it.each(['invalid', 'Dear customer,\nplease find attached\n', '<note>1</note>'])(
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
    expect(detect(bytesOf(oneC, 'windows-1251'))).toEqual({
      format: '1c',
      encoding: 'windows-1251',
      encodingBy: 'proved',
    })
    expect(detect(bytesOf(oneC))).toEqual({
      format: '1c',
      encoding: 'utf-8',
      encodingBy: 'proved',
      declaredEncoding: 'Windows',
    })
    expect(detect(bytesOf(oneC.replace('=Windows', '=DOS'), 'ibm866'))).toEqual({
      format: '1c',
      encoding: 'ibm866',
      encodingBy: 'proved',
    })
    expect(detect(bytesOf(oneC.replace('=Windows', '=windows-1251'), 'ibm866'))).toEqual({
      format: '1c',
      encoding: 'ibm866',
      encodingBy: 'proved',
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

  it.each([
    ['USASCII', '1252', 'windows-1252', 'windows-1252', 'declared'],
    ['USASCII', '1251', 'windows-1251', 'windows-1251', 'declared'],
    ['USASCII', '8859-1', 'windows-1252', 'iso-8859-1', 'declared'],
    ['UTF-8', 'CSUNICODE', 'utf-8', 'utf-8', 'proved'],
    ['USASCII', 'NONE', 'windows-1252', 'windows-1252', 'scored'],
  ] as const)('OFX that declares %s and %s', (declared, charset, written, encoding, encodingBy) => {
    const text = charset === '1251' ? 'Оплата по счёту' : 'Überweisung für Müller'
    const file = `OFXHEADER:100\nDATA:OFXSGML\nENCODING:${declared}\nCHARSET:${charset}\n\n<OFX><MEMO>${text}`
    expect(detect(bytesOf(file, written))).toEqual({ format: 'ofx', encoding, encodingBy })
  })

  it('OFX that declares 1252 and is UTF-8, as banks hand it out', () => {
    const file = 'OFXHEADER:100\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><MEMO>Überweisung'
    expect(detect(bytesOf(file))).toEqual({
      format: 'ofx',
      encoding: 'utf-8',
      encodingBy: 'proved',
      declaredEncoding: '1252',
    })
  })
})

describe('a text of the West with hardly a letter beyond ASCII', () => {
  const ofx = (name: string) =>
    `OFXHEADER:100\r\nDATA:OFXSGML\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\r\n<OFX><NAME>${name}`

  it.each(['Virement à: Jean', 'COMPRA COM CARTÃO', 'DOAÇÕES', 'Città più bella', 'Pay £9 €8'])(
    'is what it declares, not Cyrillic: %s',
    (name) => {
      expect(detect(bytesOf(ofx(name), 'windows-1252'))).toMatchObject({
        encoding: 'windows-1252',
        encodingBy: 'declared',
      })
    },
  )

  it.each(['Virement à: Jean', 'COMPRA COM CARTÃO', 'SOME £$™€ CHARACTERS'])(
    'is not taken for Cyrillic without a declaration either: %s',
    (name) => {
      const found = detect(bytesOf(`!Type:Bank\nD13/06/2026\nT5.00\nP${name}\n^\n`, 'windows-1252'))
      expect(found.encoding).toBe('windows-1252')
    },
  )

  it('is Cyrillic as soon as it has a word of it, whatever it declares', () => {
    expect(detect(bytesOf(ofx('Ромашка ООО'), 'windows-1251')).encoding).toBe('windows-1251')
  })
})

it('knows OFX whose header lacks its first line, and what that header declares', () => {
  const text = 'DATA:OFXSGML\nENCODING:UTF-8\n<OFX>\n\t<SIGNONMSGSRSV1>\n'
  expect(detect(bytesOf(text))).toMatchObject({ format: 'ofx', encoding: 'utf-8' })
})

it('a page under the name of a workbook, by the charset it declares', () => {
  const page =
    '<html><head><meta http-equiv="content-type" content="text/html; charset=windows-1252"></head><table><tr><td>Café</td></tr></table>'
  expect(detect(bytesOf(page, 'windows-1252'))).toEqual({
    format: 'xls',
    encoding: 'windows-1252',
    encodingBy: 'declared',
  })
})
