// Real files, reached through STATEMENT_CORPUS. What their authors state must be met. The raw column counts all
// text lines; what of them is not a line of the account stands in the table below.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../../electron/contract/money.ts'
import type { Currency } from '../../../../electron/contract/money.ts'
import type { StatementEncoding } from '../../../../electron/contract/statement.ts'
import { createCsvReader } from '../../../../electron/domain/statements/table/csv.ts'
import { findProfileOfBytes } from '../../../../electron/domain/statements/table/csv-profile.ts'
import { corpusRows } from './table-corpus.ts'
import { readAll } from './table-collect.ts'

/** File (part of its name) -> text lines that are no lines of the account besides the one header, with the reason. */
const others: Record<string, [number, string]> = {
  'test_headers.csv': [3, 'a remark and two footer rows, of which notes tell'],
  Foo_FI12: [2, 'two rows whose day is "Invalid date": issues'],
  K_YTT_TILI: [1, 'a reservation without a day: an issue'],
  Transaktioner: [1, 'the account above the header; blank rows are not counted'],
  'garbled_amount.csv': [1, 'the garbled sum: an issue, never zero'],
}

/** Files whose columns a person must confirm first. */
const uncertain: Record<string, string> = {
  '20180226_12345678.csv': '10/02/2018 may be February or October',
  'garbled_amount.csv': 'one bare sum and nothing that tells what it means',
  'viseca.csv': 'a card statement whose purchases have no minus',
}

const corpus = process.env['STATEMENT_CORPUS']

describe.runIf(corpus)('CSV files of the corpus', () => {
  for (const row of corpus ? corpusRows(corpus, 'csv') : []) {
    it(row.file, () => {
      const bytes = readFileSync(join(corpus ?? '', row.file))
      const encoding: StatementEncoding = row['encoding'] === 'legacy-8bit' ? 'windows-1252' : 'utf-8'
      const profile = findProfileOfBytes(bytes, encoding, true)
      expect(profile).not.toBeNull()
      if (!profile) return
      expect(profile.certain).toBe(!Object.keys(uncertain).some((part) => row.file.includes(part)))
      const collected = readAll(createCsvReader, bytes, { encoding, mapping: profile.mapping }, 50)
      const [other = 0] = Object.entries(others).find(([part]) => row.file.includes(part))?.[1] ?? []
      const texts = new TextDecoder()
        .decode(bytes)
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
      expect(collected.lines).toHaveLength(texts.length - 1 - other)
      if (row.stated_tx !== '') expect(collected.lines).toHaveLength(Number(row.stated_tx))
      if (row.stated_sum !== '') {
        const sum = collected.lines.reduce((total, line) => total + line.amountMinor, 0)
        expect(sum).toBe(parseDecimal(row.stated_sum, 'EUR' as Currency))
      }
    })
  }
})
