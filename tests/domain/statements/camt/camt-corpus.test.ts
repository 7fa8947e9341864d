// Real files, reached through STATEMENT_CORPUS. What their authors state must be met; what was counted by a
// machine in the raw text must be met too, or its difference stands in the table below with its reason.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../../electron/contract/money.ts'
import type { Currency } from '../../../../electron/contract/money.ts'
import { createCamtReader } from '../../../../electron/domain/statements/camt/camt.ts'
import type { StatementOfFile } from '../../../../electron/contract/statement.ts'
import { createStatementSet } from '../../../../electron/domain/statements/statement-set.ts'
import { corpusRows } from '../table/table-corpus.ts'
import { readAll, refusalOf } from '../table/table-collect.ts'

/** File (end of its name) -> lines read where they are not as many as `<Ntry>` elements. */
const otherCounts: Record<string, [number, string]> = {
  'CAMT_054_2024-07-16.xml': [206, 'one entry of 206 details that add up to it'],
  'CAMT_054_2024-11-12.xml': [500, 'one entry of 500 details that add up to it'],
}

/** Statements by account and currency where they are not as many as the file's own. */
const otherStatements: Record<string, [number, string]> = {
  'multi.statement.xml': [1, 'two statements of one account are shown as one'],
  '053_valid_example_v8.xml': [2, 'an entry in EUR in a statement in CHF stands apart'],
}

/** Closing balances that are not the raw column's. */
const otherClosings: Record<string, [string | null, string]> = {
  'minimal.ultimate.xml': [null, 'the closing balance is in another currency than the account'],
  'with-party-ids.xml': [null, 'the closing balance is in another currency than the account'],
  'camt053.v3.xml': [null, 'the closing balance is in another currency than the account'],
}

/** closing - opening - booked lines where it is not zero: fixtures that were anonymised, shortened or made wrong. */
const off: Record<string, [number, string]> = {
  'five.decimals.xml': [5, 'rounded figures of the fixture: 18.15 + 8.85 is not 27.05'],
  'error-camt053.xml': [-5000, 'made wrong on purpose: the file demonstrates an error'],
  '053_valid_example_v8.xml': [
    123005,
    'entries were left out; the entry of 20.97 EUR in an account in CHF does not count',
  ],
  'with_batch.xml': [1277414, 'three of 35 entries were kept'],
  'with_instdamt.xml': [-10000, 'the balances do not fit the one entry'],
}

function known<T>(table: Record<string, [T, string]>, file: string): T | undefined {
  return Object.entries(table).find(([end]) => file.endsWith(end))?.[1][0]
}

const corpus = process.env['STATEMENT_CORPUS']

/** The file's statements as they are shown, with the proof over the booked lines. */
function joinedOf(bytes: Uint8Array): StatementOfFile[] {
  const set = createStatementSet()
  const reader = createCamtReader({ encoding: 'utf-8' }, set.sink)
  reader.write(bytes)
  reader.end()
  return set.statements()
}

describe.runIf(corpus)('camt files of the corpus', () => {
  for (const row of corpus ? corpusRows(corpus, 'camt') : []) {
    it(row.file, () => {
      const bytes = readFileSync(join(corpus ?? '', row.file))
      if (row.stated_other === 'expect=rejected by the reader') {
        expect(refusalOf(() => readAll(createCamtReader, bytes))).toEqual({ code: 'statement.noAccount' })
        return
      }
      const collected = readAll(createCamtReader, bytes, {}, 4096)
      const expected = known(otherCounts, row.file) ?? Number(row.raw_tx)
      expect(collected.lines).toHaveLength(expected)
      if (row.stated_tx !== '') expect(collected.lines).toHaveLength(Number(row.stated_tx))
      const statements = joinedOf(bytes)
      expect(statements).toHaveLength(
        known(otherStatements, row.file) ?? Number(row.raw_accounts_or_statements),
      )
      expectBalances(row, statements[0])
      expectStated(row, statements)
      for (const { balanceOffMinor } of statements)
        if (balanceOffMinor !== null) expect(balanceOffMinor).toBe(known(off, row.file) ?? 0)
    })
  }
})

/** `EUR 10000.00; USD 2500.00`: the stated balances of every currency, in the file's order. */
function expectStated(row: Record<string, string>, statements: StatementOfFile[]): void {
  const stated = (text = ''): unknown[] =>
    text
      .split(';')
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const [currency = '', decimal = ''] = part.trim().split(' ')
        return [currency, parseDecimal(decimal, currency as Currency)]
      })
  const opening = stated(row['stated_opening'])
  if (opening.length > 0)
    expect(statements.map(({ currency, openingMinor }) => [currency, openingMinor])).toEqual(opening)
  const closing = stated(row['stated_closing'])
  if (closing.length > 0)
    expect(statements.map(({ currency, closingMinor }) => [currency, closingMinor])).toEqual(closing)
}

function expectBalances(
  row: Record<string, string>,
  head: { openingMinor: number | null; closingMinor: number | null; currency: string } | null | undefined,
): void {
  const minor = (text: string | undefined): number | undefined =>
    parseDecimal((text ?? '').trim(), (head?.currency ?? 'EUR') as Currency)
  const opening = minor(row['raw_opening'])
  if (opening !== undefined) expect(head?.openingMinor).toBe(opening)
  const other = known(otherClosings, row['file'] ?? '')
  const closing = minor(row['raw_closing'])
  // Of several statements the raw column holds the last one's.
  if (other !== undefined || (closing !== undefined && row['raw_accounts_or_statements'] === '1')) {
    expect(head?.closingMinor).toBe(other === null ? null : closing)
  }
}
