// Small OFX files built in the tests: a bank's statement around the records that a test is about.

import type { StatementLine } from '../../../../electron/contract/statement.ts'
import { createOfxReader } from '../../../../electron/domain/statements/ofx/ofx.ts'
import type { ReaderOptions } from '../../../../electron/domain/statements/reader.ts'
import { readAll, type Collected } from '../table/table-collect.ts'

export const header = [
  'OFXHEADER:100',
  'DATA:OFXSGML',
  'VERSION:102',
  'SECURITY:NONE',
  'ENCODING:USASCII',
  'CHARSET:1252',
  'COMPRESSION:NONE',
  'OLDFILEUID:NONE',
  'NEWFILEUID:NONE',
]
export const balance = '<LEDGERBAL><BALAMT>100.00<DTASOF>20260630</LEDGERBAL>'

/** A record of 50.00 on 5 June 2026; `more` comes behind its fields. */
export function record(more = '', amount = '50.00', posted = '20260605'): string {
  return `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${posted}<TRNAMT>${amount}<FITID>F1${more}</STMTTRN>`
}

/** A statement in dollars of account 001 for June 2026. */
export function statement(records: string, account = '001', currency = '<CURDEF>USD'): string {
  return [
    `<STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS>${currency}`,
    `<BANKACCTFROM><BANKID>121<ACCTID>${account}<ACCTTYPE>CHECKING</BANKACCTFROM>`,
    `<BANKTRANLIST><DTSTART>20260601<DTEND>20260630`,
    records,
    `</BANKTRANLIST>${balance}</STMTRS></STMTTRNRS>`,
  ].join('\n')
}

export function ofx(...statements: string[]): string {
  return `${header.join('\n')}\n\n<OFX><BANKMSGSRSV1>${statements.join('\n')}</BANKMSGSRSV1></OFX>\n`
}

export function readOfx(text: string, options: Partial<ReaderOptions> = {}): Collected {
  return readAll(createOfxReader, text, options)
}

export function only(collected: Collected): Omit<StatementLine, 'index'> {
  const [line, ...others] = collected.lines
  if (line === undefined || others.length > 0)
    throw new Error(`expected one line, got ${collected.lines.length}`)
  return line
}

export const lineWith = (more: string) => only(readOfx(ofx(statement(record(more)))))

/** `code weight text` of every issue. */
export function told(collected: Collected): string[] {
  return collected.issues.map(({ code, weight, text }) => `${code} ${weight} ${text}`.trim())
}
