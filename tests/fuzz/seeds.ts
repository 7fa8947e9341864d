// What the fuzz run mutates: statements of the sample bank and small ones written here, and real files where
// STATEMENT_CORPUS names a folder of them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import type { StatementFormat } from '../../electron/contract/statement.ts'
import { writeStatement } from '../bench/kit/statement-files.ts'

export interface Seed {
  name: string
  bytes: Uint8Array
}

/** Formats that are fuzzed; of camt and SWIFT one reader serves all kinds. */
export const fuzzFormats = [
  '1c',
  '1c-by',
  'mt940',
  'mt942',
  'camt.053',
  'camt.054',
  'ofx',
  'qif',
  'bai2',
  'csv',
  'xlsx',
  'xls',
] as const satisfies readonly StatementFormat[]
export type FuzzFormat = (typeof fuzzFormats)[number]

const folders: Partial<Record<FuzzFormat, string>> = {
  '1c': '1c',
  '1c-by': '1c-legacy-by',
  mt940: 'mt940',
  mt942: 'mt940',
  'camt.053': 'camt',
  'camt.054': 'camt',
  ofx: 'ofx',
  qif: 'qif',
  bai2: 'bai2',
  csv: 'csv',
  xlsx: 'xlsx',
  xls: 'xlsx',
}

/** Larger real files say nothing that smaller ones do not, and every case would cost their reading. */
const largestSeed = 200_000

export function seedsOf(format: FuzzFormat): Seed[] {
  return [...own[format](), ...real(format)]
}

function real(format: FuzzFormat): Seed[] {
  const corpus = process.env['STATEMENT_CORPUS']
  const folder = folders[format]
  if (!corpus || folder === undefined) return []
  return readdirSync(join(corpus, folder))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(corpus, folder, name))) }))
    .filter(({ bytes }) => bytes.length <= largestSeed)
}

const text = (name: string, lines: readonly string[], end = '\r\n'): Seed => ({
  name,
  bytes: new TextEncoder().encode(lines.join(end) + end),
})

const own: Record<FuzzFormat, () => Seed[]> = {
  '1c': () => [writeStatement('1c', 20)],
  mt940: () => [
    writeStatement('mt940', 20),
    text('slash words', [
      '{1:F01BANKNL2AXXXX}{2:I940BANKNL2AXXXXN}{4:',
      ':20:1',
      ':25:NL91ABNA0417164300',
      ':60F:C260601EUR0,',
      ':61:2606050605CR15,1NTRF//X',
      ':86:/TRTP/SEPA/IBAN/DE89370400440532013000/NAME/A/REMI/invoice 1/EREF/1',
      ':62F:C260605EUR15,1',
      '-}',
    ]),
  ],
  mt942: () => [
    text('942', [
      ':20:1',
      ':25:10020030/1234567',
      ':28C:1',
      ':34F:EURD0,',
      ':13D:2606010800+0200',
      ':61:2606050605C5,NMSCNONREF',
      ':86:166?20EREF+1?21SVWZ+invoice?32A',
      ':90D:0EUR0,',
      '-',
    ]),
  ],
  'camt.053': () => [writeStatement('camt.053', 10)],
  'camt.054': () => [
    text('054', [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>1</MsgId></GrpHdr>',
      '<Ntfctn><Id>1</Id><Acct><Id><IBAN>CH9300762011623852957</IBAN></Id><Ccy>CHF</Ccy></Acct>',
      '<Ntry><Amt Ccy="CHF">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-06-01</Dt></BookgDt>',
      '<AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>',
      '<TxDtls><Amt Ccy="CHF">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls><TxDtls><Amt Ccy="CHF">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>',
      '</NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>',
    ]),
  ],
  ofx: () => [
    text('ofx 1', [
      'OFXHEADER:100',
      'DATA:OFXSGML',
      'VERSION:102',
      'ENCODING:USASCII',
      'CHARSET:1252',
      '',
      '<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>2</BANKACCTFROM>',
      '<BANKTRANLIST><DTSTART>20260601<DTEND>20260630',
      '<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260605120000[-5:EST]<TRNAMT>15.10<FITID>1<NAME>A & B<MEMO>invoice 1</STMTTRN>',
      '</BANKTRANLIST><LEDGERBAL><BALAMT>15.10<DTASOF>20260630</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>',
    ]),
    text('ofx 2', [
      '<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="220"?>',
      '<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD</CURDEF><CCACCTFROM><ACCTID>4111</ACCTID></CCACCTFROM>',
      '<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260605</DTPOSTED><TRNAMT>-3,5</TRNAMT><FITID>1</FITID>',
      '<MEMO><![CDATA[a < b]]></MEMO></STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>',
    ]),
  ],
  qif: () => [
    text('bank', [
      '!Type:Bank',
      "D1/13'26",
      'T1,015.50',
      'PShop',
      'Minvoice 1',
      'LFood',
      '^',
      'D2/ 1/26',
      'T-5.00',
      'SFood',
      '$-2.00',
      'STax',
      '$-3.00',
      '^',
    ]),
    text(
      'accounts',
      [
        '!Option:AutoSwitch',
        '!Account',
        'NMain',
        'TBank',
        '^',
        '!Clear:AutoSwitch',
        '!Type:Bank',
        'D2026-06-01',
        'U1',
        'T1',
        '^',
      ],
      '\n',
    ),
  ],
  bai2: () => [
    text('one account', [
      '01,BANK,CUST,260701,1249,1,80,10,2/',
      '02,CUST,BANK,1,260630,2400,USD,2/',
      '03,123456,USD,010,10000,,,015,10500,,/',
      '16,165,500,Z,REF1,CREF1,INVOICE 1, PART/',
      '88,MORE TEXT',
      '49,20500,4/',
      '98,20500,1,6/',
      '99,20500,1,8/',
    ]),
  ],
  '1c-by': () => [
    text('byn', [
      '***** ^Type=4^ ^Acc=BY34ALFA30122H10700010270000^  -  statement',
      '[IN_PARAM]',
      '^DateBegin=01.06.2026^',
      '^DateEnd=30.06.2026^',
      '[OUT_PARAM]',
      '^RestIn=100.00^',
      '^DocDate=05.06.2026^',
      '^Num=362^',
      '^Db=0.00^',
      '^Credit=50.00^',
      '^KorName=A^',
      '^Nazn=invoice 305^',
      '^OpDate=05.06.2026^',
      '^RestOut=150.00^',
    ]),
  ],
  csv: () => [
    writeStatement('csv', 20),
    text('quoted', [
      'Date;Amount;Name;Text',
      '05.06.2026;"1 015,50";"OOO ""A""";"two',
      'lines"',
      '06.06.2026;-5,00;B;c',
    ]),
  ],
  xlsx: () => [workbook('xlsx')],
  xls: () => [workbook('biff8')],
}

function workbook(bookType: 'xlsx' | 'biff8'): Seed {
  const sheet = utils.aoa_to_sheet([
    ['Statement of account', 'DE89370400440532013000'],
    ['Date', 'Amount', 'Name', 'Purpose'],
    [46178, 15.1, 'A', 'invoice 1'],
    [46179, -5, 'B', 'invoice 2'],
    ['06.06.2026', '-59,06', 'C', 'invoice 3'],
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'June')
  return {
    name: `made.${bookType}`,
    bytes: new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer),
  }
}
