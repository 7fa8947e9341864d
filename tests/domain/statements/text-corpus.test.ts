// Real 1C and MT940 files, reached through STATEMENT_CORPUS. What their authors state must be met; what was
// counted mechanically in the raw text must be met too, or its difference stands in a table with its reason.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Refusal, type Fault } from '../../../electron/contract/fault.ts'
import type { StatementPreview } from '../../../electron/contract/statement.ts'
import { detect } from '../../../electron/domain/statements/detect.ts'
import { headBytes, inspectStatement } from '../../../electron/domain/statements/inspect.ts'
import { linesOf, refusal } from './text-fixtures.ts'

type Row = Record<string, string>

/** Files (by a part of their name) that are refused, with the reason. */
const refused: [string, Fault, string][] = [
  ['dronm-clbnk__to_bank', { code: 'statement.otherDirection' }, 'payment orders to a bank'],
  ['1c_to_kl-win-min-example', { code: 'statement.noAccount' }, 'a header with one invented key'],
  ['odin_palace__invalid', { code: 'statement.unknownFormat' }, 'one word'],
  ['statement-131911', { code: 'statement.lettersLost' }, 'all Cyrillic destroyed to U+FFFD'],
  ['my-flow-mt940__non_ref', { code: 'statement.noAccount' }, 'one :61:'],
  ['opening_balance_with_new_line', { code: 'statement.noAccount' }, 'one :60F:'],
  ['special-cases_unexpected_tag', { code: 'statement.noAccount' }, 'no :25:'],
  ['betterplace_empty_86', { code: 'statement.noAccount' }, 'one :86:'],
  [
    'betterplace_empty_entry_date',
    { code: 'statement.noAccount' },
    'one :61:; its sub-fields are tested by themselves',
  ],
  ['cmxl_statement_details', { code: 'statement.noAccount' }, 'one :61: and its :86:'],
  ['cmxl_statement_number', { code: 'statement.noAccount' }, 'one :28C:'],
  [
    'self-provided_sparkassen',
    { code: 'statement.noAccount' },
    'one :61:; its line breaks are tested by themselves',
  ],
]

/** Lines read where they are not as many as was counted or stated. */
const otherCounts: [string, number, string][] = [
  [
    'two_accounts',
    8,
    'two of the six documents are transfers between both accounts; each side is a line of its account',
  ],
  ['knab.txt', 3, 'stated for the first message; the second one holds two'],
  ['Fixture_document_rabobank-iban', 4, 'stated for the first of two messages'],
  ['Fixture_document_rabobank.txt', 5, 'stated for the first message of several'],
  ['Fixture_document_sparkasse.txt', 2, 'stated for the first of two messages'],
]

/** First opening and last closing where they are not the stated or counted ones. */
const otherBalances: [string, { opening?: number; closing?: number | null }, string][] = [
  ['cmxl_mt940.sta', { opening: 8_434_974 }, 'three accounts; what is stated is the last one’s'],
  [
    'jejik_generic',
    { opening: 10_000 },
    'the second message’s opening is stated; two messages of one account join',
  ],
  [
    'jejik_sns',
    { opening: 123_456 },
    'the second message’s opening is stated; two messages of one account join',
  ],
  [
    'betterplace_with_binary_character',
    { opening: 38_011_577 },
    'two accounts; the opening stated is the second one’s',
  ],
]

/** Sums of all lines where they are not the counted ones. */
const otherSums: [string, string][] = [
  [
    'fruitl00p-php-mt940__Engine_Rabo_sample',
    'three currencies added up as if they were one, yen as if they had cents',
  ],
  ['cmxl_mt940.sta', 'three currencies'],
]

function explained<T extends [string, ...unknown[]]>(table: T[], file: string): T | undefined {
  return table.find(([part]) => file.includes(part))
}

it('explains every exception', () => {
  for (const entry of [...refused, ...otherCounts, ...otherBalances, ...otherSums])
    expect(JSON.stringify(entry.at(-1)).length).toBeGreaterThan(5)
})

/** What detection calls each folder of the corpus: the format, or the refusal that names it. */
const families: Record<string, RegExp> = {
  '1c': /^(1c|otherDirection|lettersLost|unknownFormat)$/,
  '1c-legacy-by': /^1c-by$/,
  mt940: /^mt940$/,
  camt: /^camt\.05[234]$/,
  csv: /^csv$/,
  ofx: /^ofx$/,
  qif: /^qif$/,
  bai2: /^bai2$/,
  xlsx: /^xlsx?$/,
}

const corpus = process.env['STATEMENT_CORPUS']
const rows = corpus === undefined || corpus === '' ? [] : readIndex(corpus)

if (corpus !== undefined && rows.length > 0) {
  describe('1C and MT940 files of the corpus', () => {
    for (const row of rows.filter(isText)) it(row['file'] ?? '', () => check(corpus, row))
  })

  describe('formats of the corpus are told by content', () => {
    for (const [family, expected] of Object.entries(families)) {
      it(family, () => {
        const files = rows.filter((row) => row['format'] === family).map((row) => row['file'] ?? '')
        expect(files.length).toBeGreaterThan(0)
        for (const file of files) expect(recognised(join(corpus, file)), file).toMatch(expected)
      })
    }
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

function isText(row: Row): boolean {
  return ['1c', 'mt940'].includes(row['format'] ?? '')
}

function recognised(path: string): string {
  try {
    return detect(new Uint8Array(readFileSync(path)).subarray(0, headBytes)).format
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.fault.code.replace('statement.', '')
  }
}

function check(folder: string, row: Row): void {
  const file = row['file'] ?? ''
  const bytes = new Uint8Array(readFileSync(join(folder, file)))
  const fault = explained(refused, file)
  if (fault) {
    expect(refusal(() => inspectStatement(bytes))).toEqual(fault[1])
    return
  }
  const preview = inspectStatement(bytes)
  expect(preview.format).toBe(row['format'])
  checkCounts(file, row, preview)
  checkBalances(file, row, preview)
  if (row['format'] === 'mt940') checkNetSum(file, row, preview)
  else checkTurnover(row, preview)
  checkPlaces(bytes, preview)
}

function checkCounts(file: string, row: Row, preview: StatementPreview): void {
  const other = explained(otherCounts, file)
  const stated = /^\d+$/.test(row['stated_tx'] ?? '') ? row['stated_tx'] : row['raw_tx']
  expect(linesOf(preview)).toHaveLength(other?.[1] ?? Number(stated))
  if (other && /in first/.test(row['stated_tx'] ?? '')) expect(other[1]).toBe(Number(row['raw_tx']))
}

function checkBalances(file: string, row: Row, preview: StatementPreview): void {
  const other = explained(otherBalances, file)?.[1]
  const first = preview.statements[0]
  const last = preview.statements.at(-1)
  const opening = other?.opening ?? minorOf(row['stated_opening'] || row['raw_opening'] || '')
  const closing =
    other?.closing ??
    minorOf(row['stated_closing'] || (preview.statements.length === 1 ? row['raw_closing'] : '') || '')
  if (opening !== undefined) expect(first?.openingMinor).toBe(opening)
  if (closing !== undefined) expect(last?.closingMinor).toBe(closing)
}

/** Of MT940 the signed sum is stated or counted. */
function checkNetSum(file: string, row: Row, preview: StatementPreview): void {
  if (explained(otherSums, file)) return
  const sum = linesOf(preview).reduce((total, line) => total + line.amountMinor, 0)
  const stated = minorOf(row['stated_sum'] || row['raw_net_or_total'] || '')
  if (stated !== undefined) expect(sum).toBe(stated)
}

/** Of 1C the sum over all documents, whatever their direction. */
function checkTurnover(row: Row, preview: StatementPreview): void {
  const documents = new Map(linesOf(preview).map((line) => [line.place.from, Math.abs(line.amountMinor)]))
  const sum = [...documents.values()].reduce((total, minor) => total + minor, 0)
  const stated = minorOf(row['stated_sum'] || row['raw_net_or_total'] || '')
  if (stated !== undefined) expect(sum).toBe(stated)
}

/** Every line's bytes, decoded, begin where its record does. */
function checkPlaces(bytes: Uint8Array, preview: StatementPreview): void {
  const decoder = new TextDecoder(preview.encoding)
  for (const { place } of linesOf(preview)) {
    const raw = decoder.decode(bytes.subarray(place.from, place.to))
    expect(raw).toMatch(preview.format === '1c' ? /^СекцияДокумент/ : /^:61:/)
    expect(decoder.decode(bytes.subarray(0, place.from)).split(/\r\n|\n|\r/)).toHaveLength(place.line)
  }
}

/** `-0009,5 EUR`, `67770`, `2187.95 EUR` in hundredths: every file here counts in those. */
function minorOf(text: string): number | undefined {
  const parts = /^(-?)0*(\d*)(?:[.,](\d*))?(?: [A-Z]{3})?(?: \(.*\))?$/.exec(text.trim())
  if (text.trim() === '' || !parts) return undefined
  const minor = Number(`${parts[2]}${(parts[3] ?? '').padEnd(2, '0')}`)
  return parts[1] === '-' && minor !== 0 ? -minor : minor
}
