// Real QIF, BAI2 and Belarusian files, reached through STATEMENT_CORPUS. What their authors state must be met; what
// was counted mechanically in the raw text must be met too, or its difference stands in a table with its reason.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../electron/contract/fault.ts'
import type { StatementPreview } from '../../../electron/contract/statement.ts'
import { inspectStatement } from '../../../electron/domain/statements/inspect.ts'
import { linesOf, refusal } from './text-fixtures.ts'

type Row = Record<string, string>

/** Files (by a part of their name) that are refused, with the reason. */
const refused: [string, Fault, string][] = [
  ['test_category_inherit', { code: 'statement.noAccount' }, 'an account’s name and a list of categories'],
  ['test_nosymbol', { code: 'statement.noAccount' }, 'a list of securities'],
  ['test_option_autoswitch', { code: 'statement.noAccount' }, 'a list of accounts'],
]

/** Lines read where they are not as many as was counted. */
const otherCounts: [string, number, string][] = [
  [
    'qifqif__rsrc_example',
    5,
    'an empty line stands in the place of one end mark: two entries between two marks',
  ],
  ['qifqif__rsrc_transac', 0, 'neither entry has a sum, one has no day'],
  [
    'quiffen__test.qif',
    5,
    'ten of the marks end entries of lists and of investments, one the opening balance',
  ],
  ['qif2json__files_utf8', 1, 'the only entry has no end mark'],
]

/** What is told of a file, by code, where it is not only what its format never says. */
const toldOf: [string, string[]][] = [
  ['qifqif__rsrc_example', ['document.cut']],
  ['qifqif__rsrc_transac', ['amount.missing', 'date.missing']],
  ['quiffen__test.qif', ['account.unsupported']],
  ['jemmyw-Qif__splits', ['date.ambiguous', 'split.sum', 'split.sum']],
  ['qif2json__files_normalTransactions', ['date.ambiguous']],
  ['qif2json__files_utf8', ['document.cut']],
  ['bai2__citi_example', ['balance.off']],
]
const everyQif = ['account.missing', 'currency.absent', 'balance.missing']

/** Days and sums of lines, read by hand out of the files. */
const handRead: [string, [string, number, string][]][] = [
  [
    'jemmyw-Qif__3_records_mmddyy',
    [
      ['2010-01-01', -1000, 'Reference'],
      ['2010-06-01', -2000, 'Reference'],
      ['2010-12-29', 3000, 'Reference'],
    ],
  ],
  [
    'jemmyw-Qif__3_records_separator',
    [
      ['2010-01-01', -101_000, 'Reference'],
      ['2010-06-01', -3_002_000, 'Reference'],
      ['2010-12-29', 3000, 'Reference'],
    ],
  ],
  ['quiffen__test_split', [['2000-01-01', -1000, '']]],
  ['demo-prior-byn', [['2023-09-28', -5000, 'Плата за Зачисление']]],
  [
    'vypiska-alfa',
    [
      ['2026-06-10', 184_000, 'Оплата по счёту №1042'],
      ['2026-06-10', 210_000, 'Оплата по договору'],
      ['2026-06-10', 195_000, 'Предоплата за товар'],
      ['2026-06-10', -54_000, 'Оплата аренды'],
    ],
  ],
]

const balances: [string, number, number, string][] = [
  ['demo-prior-byn', 332_982, 327_982, 'BYN'],
  ['vypiska-alfa', 300_000, 835_000, 'BYN'],
  ['bai2__citi_example', 10_000, 10_000, 'GBP'],
]

function explained<T extends [string, ...unknown[]]>(table: T[], file: string): T | undefined {
  return table.find(([part]) => file.includes(part))
}

const corpus = process.env['STATEMENT_CORPUS']
const formats: Record<string, string> = { qif: 'qif', bai2: 'bai2', '1c-legacy-by': '1c-by' }

if (corpus !== undefined && corpus !== '') {
  const rows = readIndex(corpus).filter((row) => Object.hasOwn(formats, row['format'] ?? ''))
  describe('QIF, BAI2 and Belarusian files of the corpus', () => {
    it.each(rows.map((row) => [row['file'] ?? '', row] as const))('%s', (file, row) =>
      check(corpus, file, row),
    )
  })
}

function readIndex(folder: string): Row[] {
  const [header = '', ...records] = readFileSync(join(folder, 'INDEX.tsv'), 'utf8').trimEnd().split('\n')
  const columns = header.split('\t')
  return records
    .map((record) => record.split('\t'))
    .map((cells) =>
      Object.fromEntries(columns.map((column, at): [string, string] => [column, cells[at] ?? ''])),
    )
}

function check(folder: string, file: string, row: Row): void {
  const bytes = new Uint8Array(readFileSync(join(folder, file)))
  const fault = explained(refused, file)
  if (fault) {
    expect(refusal(() => inspectStatement(bytes))).toEqual(fault[1])
    return
  }
  const preview = inspectStatement(bytes)
  expect(preview.format).toBe(formats[row['format'] ?? ''])
  const stated = row['stated_tx'] || row['raw_tx']
  const count =
    explained(otherCounts, file)?.[1] ?? (stated === undefined || stated === '' ? undefined : Number(stated))
  if (count !== undefined) expect(linesOf(preview)).toHaveLength(count)
  const lines = explained(handRead, file)?.[1]
  if (lines)
    expect(
      linesOf(preview).map((line, at) => [
        line.bankDay,
        line.amountMinor,
        line.purpose.slice(0, lines[at]?.[2].length),
      ]),
    ).toEqual(lines)
  const balance = explained(balances, file)
  if (balance)
    expect(preview.statements).toMatchObject([
      { openingMinor: balance[1], closingMinor: balance[2], currency: balance[3] },
    ])
  checkTold(file, preview)
  checkPlaces(bytes, preview)
}

function checkTold(file: string, preview: StatementPreview): void {
  // The sums and counts of the two anonymised BAI2 files fit nowhere; that they are told is enough.
  if (file.includes('moov-io')) return
  const told = preview.issues.map((issue) => issue.code)
  const rest = preview.format === 'qif' ? told.filter((code) => !everyQif.includes(code)) : told
  expect(rest).toEqual(explained(toldOf, file)?.[1] ?? [])
  if (preview.format === 'qif') expect(told).toContain('currency.absent')
}

/** Every line's bytes, decoded, begin where its record does. */
function checkPlaces(bytes: Uint8Array, preview: StatementPreview): void {
  const decoder = new TextDecoder(preview.encoding)
  const begins = { qif: /^[DP]/, bai2: /^16,/, '1c-by': /^\^DocDate=/ }[
    preview.format as 'qif' | 'bai2' | '1c-by'
  ]
  for (const { place } of linesOf(preview)) {
    expect(decoder.decode(bytes.subarray(place.from, place.to))).toMatch(begins)
    expect(decoder.decode(bytes.subarray(0, place.from)).split(/\r\n|\n|\r/)).toHaveLength(place.line)
  }
}
