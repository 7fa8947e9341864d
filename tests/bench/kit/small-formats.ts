// Writers of the formats that the sample bank does not hand out: OFX, QIF, BAI2, the Belarusian sibling of 1C, a workbook.
// The euro account's lines, so that everything fits ASCII.

import { utils, write } from '@e965/xlsx'
import type { BankAccount, BankLine } from '../../../electron/demo-portal/bank/statement.ts'
import { printMinor } from '../../../electron/demo-portal/bank/statement.ts'

const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, ' ')
const signedMinor = (line: BankLine): number => (line.direction === 'in' ? line.minor : -line.minor)
const bytes = (parts: readonly string[]): Uint8Array => new TextEncoder().encode(parts.join('\r\n'))
const tight = (day: string): string => day.replaceAll('-', '')
const closing = (account: BankAccount): number =>
  account.lines.reduce((sum, line) => sum + signedMinor(line), account.openingMinor)

export function writeOfx(account: BankAccount): Uint8Array {
  return bytes([
    'OFXHEADER:100',
    'DATA:OFXSGML',
    'VERSION:102',
    'ENCODING:USASCII',
    'CHARSET:1252',
    '',
    `<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>${account.currency}<BANKACCTFROM><BANKID>1<ACCTID>4070001<ACCTTYPE>CHECKING</BANKACCTFROM>`,
    '<BANKTRANLIST><DTSTART>20251101<DTEND>20261121',
    ...account.lines.map((line, index) =>
      [
        `<STMTTRN><TRNTYPE>${line.direction === 'in' ? 'CREDIT' : 'DEBIT'}`,
        `<DTPOSTED>${tight(line.bankDay)}120000[0:GMT]`,
        `<TRNAMT>${printMinor(signedMinor(line), '.')}`,
        `<FITID>${index + 1}`,
        `<CHECKNUM>${line.documentNumber}`,
        `<NAME>${ascii(line.counterparty.name).slice(0, 32)}`,
        `<MEMO>${ascii(line.purpose).replaceAll('<', ' ')}`,
        '</STMTTRN>',
      ].join('\r\n'),
    ),
    `</BANKTRANLIST><LEDGERBAL><BALAMT>${printMinor(closing(account), '.')}<DTASOF>20261121</LEDGERBAL>`,
    '</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>',
  ])
}

export function writeQif(account: BankAccount): Uint8Array {
  return bytes([
    '!Type:Bank',
    ...account.lines.map((line) => {
      const [year = '', month = '', day = ''] = line.bankDay.split('-')
      const sum = printMinor(signedMinor(line), '.')
      const name = ascii(line.counterparty.name)
      return [
        `D${month}/${day}/${year}`,
        `T${sum}`,
        `N${line.documentNumber}`,
        `P${name}`,
        `M${ascii(line.purpose)}`,
        '^',
      ].join('\r\n')
    }),
    '',
  ])
}

export function writeBai2(account: BankAccount): Uint8Array {
  const sum = account.lines.reduce(
    (total, line) => total + line.minor,
    account.openingMinor + closing(account),
  )
  return bytes([
    '01,BANK,CUST,261121,1249,1,,,2/',
    `02,CUST,BANK,1,261121,2400,${account.currency},2/`,
    `03,4070001,${account.currency},010,${account.openingMinor},,,015,${closing(account)},,/`,
    ...account.lines.map(
      (line, index) =>
        `16,${line.direction === 'in' ? '165' : '475'},${line.minor},Z,${index + 1},${line.documentNumber},${ascii(line.purpose)}/`,
    ),
    `49,${sum},${account.lines.length + 2}/`,
    `98,${sum},1,${account.lines.length + 4}/`,
    `99,${sum},1,${account.lines.length + 6}/`,
    '',
  ])
}

export function writeWorkbook(account: BankAccount): Uint8Array {
  const sheet = utils.aoa_to_sheet([
    ['Date', 'Document', 'Amount', 'Currency', 'Name', 'Purpose'],
    ...account.lines.map((line) => [
      line.bankDay,
      line.documentNumber,
      signedMinor(line) / 100,
      account.currency,
      line.counterparty.name,
      line.purpose,
    ]),
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'Lines')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer)
}
