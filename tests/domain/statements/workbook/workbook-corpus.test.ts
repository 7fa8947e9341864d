// Real workbooks, reached through STATEMENT_CORPUS: what their authors state is met, and every cell is what another
// program reads in its place.

import { read, utils } from '@e965/xlsx'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  readWorkbookRow,
  readWorkbookTable,
} from '../../../../electron/domain/statements/workbook/workbook.ts'
import { faultOf, tellAsFound, tellWorkbook } from './workbook-fixtures.ts'

/** What is read of each file (minor units), written out by hand, and why a person has to look first ('' when nobody has). */
const expected: [part: string, look: string, sums: number[]][] = [
  ['abarbatei-bankreader', '', [-10_000, -1000, -7050, 10_000, -1950]],
  ['banknorwegian', 'one bare sum without a sign: whether it came in or went out, a person says', [123_400]],
]

const corpus = process.env['STATEMENT_CORPUS']
const rows =
  corpus === undefined || corpus === ''
    ? []
    : readFileSync(join(corpus, 'INDEX.tsv'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'))
const names = rows[0] ?? []
const files = rows.slice(1).filter((cells) => cells[1] === 'xlsx')

if (corpus !== undefined && files.length > 0)
  describe('workbooks of the corpus', () => {
    for (const cells of files) {
      const file = cells[0] ?? ''
      const bytes = new Uint8Array(readFileSync(join(corpus, file)))
      const stated = (column: string) => cells[names.indexOf(column)] ?? ''

      it(`${file} is read to what is stated`, () => {
        const [, look = '', known] = expected.find(([part]) => file.includes(part)) ?? []
        const { mapping, certain } = readWorkbookTable(bytes)
        if (!mapping) throw new Error('no table')
        expect(certain).toBe(look === '')
        if (look !== '')
          expect(faultOf(() => tellAsFound(bytes))).toEqual({ code: 'statement.mappingNeeded' })
        const sums = tellWorkbook(bytes, { mapping }).lines.map(({ amountMinor }) => amountMinor)
        if (known) expect(sums).toEqual(known)
        if (stated('stated_tx') !== '') expect(sums).toHaveLength(Number(stated('stated_tx')))
        if (stated('stated_sum') !== '')
          expect(sums.reduce((sum, minor) => sum + minor, 0)).toBe(
            Math.round(Number(stated('stated_sum')) * 100),
          )
      })

      it(`${file} holds what another program finds in it`, () => {
        const book = read(bytes, { type: 'array', sheetRows: 60, cellDates: true, UTC: true })
        for (const name of book.SheetNames) {
          const sheet = book.Sheets[name]
          if (!sheet) throw new Error('no sheet')
          const theirs = utils.sheet_to_json<unknown[]>(sheet, {
            header: 1,
            raw: true,
            defval: '',
            blankrows: true,
          })
          for (const [at, row] of theirs.entries()) {
            const expected = row.map((cell) =>
              cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell),
            )
            while (expected.at(-1) === '') expected.pop()
            expect(readWorkbookRow(bytes, name, at + 1)).toEqual(expected)
          }
        }
      })
    }
  })
