// Real files, reached through STATEMENT_CORPUS. What their authors state must be met; what was counted by a
// machine in the raw text must be met too, or its difference stands in a table below with its reason.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../../electron/contract/money.ts'
import type { Currency } from '../../../../electron/contract/money.ts'
import type { StatementEncoding } from '../../../../electron/contract/statement.ts'
import { createOfxReader } from '../../../../electron/domain/statements/ofx/ofx.ts'
import { readSum } from '../../../../electron/domain/statements/ofx/values.ts'
import type { CorpusRow } from '../table/table-corpus.ts'
import { corpusRows } from '../table/table-corpus.ts'
import type { Collected } from '../table/table-collect.ts'
import { bytesAt, readAll, refusalOf } from '../table/table-collect.ts'

const noAccount = { code: 'statement.noAccount' }
const investment = { code: 'statement.investment' }

/** Files (by the end of the name) that are refused, with the reason. */
const refused: Record<string, [object, string]> = {
  'annacruz-ofx__error.ofx': [noAccount, 'the sign-on failed; there is no statement'],
  'v1_charset_1252.ofx': [noAccount, 'a sign-on alone'],
  'v2_version200.ofx': [noAccount, 'a sign-on alone'],
  'signon_success_no_message.ofx': [noAccount, 'a sign-on alone'],
  'closing-tags.ofx': [noAccount, 'a sign-on alone'],
  'example-response2.ofx': [noAccount, 'a bank’s profile'],
  'nanoxml_simple.ofx': [noAccount, 'a sign-on alone'],
  'fremont-bank-profile.ofx': [noAccount, 'a bank’s profile'],
  'mercantile-brokerage-services-profile.ofx': [noAccount, 'a bank’s profile'],
  'wells-fargo-investments-profile.ofx': [noAccount, 'a bank’s profile'],
  'ofxdata-google.ofx': [investment, 'an investment account only'],
  'ofxdata-investments-xml.ofx': [investment, 'an investment account only'],
  'fidelity.ofx': [investment, 'an investment account only'],
  'investment_401k.ofx': [investment, 'an investment account only'],
  'fidelity-savings.ofx': [
    investment,
    'the four stated transactions are movements of cash inside an investment account, with up to four decimals',
  ],
  'vanguard401k.ofx': [investment, 'the five stated transactions are purchases of shares'],
}

/** Lines read where they are not as many as `<STMTTRN>` elements. */
const otherCounts: Record<string, [number, string]> = {
  'banking-xml200.ofx': [0, 'the inside of its one record is the word *snipped*'],
}

/** Stated closing balances and sums that are not the file's. */
const otherStated: Record<string, [{ closing: number; sum: number }, string]> = {
  'CreditCard_statement_basic.ofx': [
    { closing: -33_250, sum: 33_250 },
    'what is stated is asserted of the bank statement beside it; the raw columns are this file’s',
  ],
}

/** Issues of weight "problem" that a file rightly gives. */
const problems: Record<string, [string[], string]> = {
  'banking-xml200.ofx': [['date.missing', 'amount.missing'], 'the record without an inside'],
  'emptyDateTime.ofx': [['account.missing'], 'there is no BANKACCTFROM'],
}

function known<T>(table: Record<string, [T, string]>, file: string): T | undefined {
  return Object.entries(table).find(([end]) => file.endsWith(end))?.[1][0]
}

/** The bytes' own encodings, as somebody who looked at the files noted them. */
const encodings: Record<string, StatementEncoding> = {
  ascii: 'utf-8',
  'utf-8': 'utf-8',
  'legacy-8bit': 'windows-1252',
}

const corpus = process.env['STATEMENT_CORPUS']

describe.runIf(corpus)('OFX files of the corpus', () => {
  for (const row of corpus ? corpusRows(corpus, 'ofx') : []) it(row.file, () => check(corpus ?? '', row))
})

function check(folder: string, row: CorpusRow): void {
  const bytes = readFileSync(join(folder, row.file))
  const encoding = encodings[row['encoding'] ?? ''] ?? 'utf-8'
  const fault = known(refused, row.file)
  if (fault !== undefined) {
    expect(refusalOf(() => readAll(createOfxReader, bytes, { encoding }))).toEqual(fault)
    return
  }
  const collected = readAll(createOfxReader, bytes, { encoding }, 4096)
  const count = row.stated_tx || String(known(otherCounts, row.file) ?? row.raw_tx)
  expect(collected.lines).toHaveLength(Number(count))
  expect(collected.statements).toHaveLength(Number(row['raw_accounts_or_statements']))
  expect(collected.issues.filter((issue) => issue.weight === 'problem').map((issue) => issue.code)).toEqual(
    known(problems, row.file) ?? [],
  )
  checkSums(row, collected)
  for (const { place } of collected.lines)
    expect(bytesAt(bytes, place)).toMatch(/^<STMTTRN>(?:(?!<STMTTRN>)[^])*<\/STMTTRN>$/)
}

function checkSums(row: CorpusRow, { statements, lines }: Collected): void {
  const head = statements.at(-1)?.head
  const currency = (head?.currency ?? 'USD') as Currency
  const other = known(otherStated, row.file)
  const closing = readSum(row['stated_closing'] || (row['raw_closing'] ?? ''), currency)
  const closingMinor = other?.closing ?? ('minor' in closing ? closing.minor : undefined)
  // Of several statements the raw column holds the first one's or the last one's.
  if (closingMinor !== undefined)
    expect([statements[0]?.head?.closingMinor, head?.closingMinor]).toContain(closingMinor)
  const sum = other?.sum ?? parseDecimal((row.stated_sum || row['raw_net_or_total']) ?? '', currency)
  if (sum !== undefined && lines.length > 0)
    expect(lines.reduce((total, line) => total + line.amountMinor, 0)).toBe(sum)
}
