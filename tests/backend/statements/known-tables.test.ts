import { expect, it } from 'vitest'
import type { ColumnMapping } from '../../../electron/contract/statement-file.ts'
import {
  findRemembered,
  headerKey,
  headerWordsOf,
} from '../../../electron/backend/jobs/compute/known-tables.ts'

const mapping: ColumnMapping = {
  delimiter: ';',
  skipRows: 3,
  columns: { bankDay: 0, amount: 1 },
  dateOrder: 'dmy',
  decimalMark: ',',
  creditWords: [],
  invertSign: false,
  account: '',
}
const rows = [['Bank'], ['Tag', ' Wert ', 'Wofür', ''], ['', ''], ['03.04.2026', '10,00', 'x']]

it('a header is the words above the data, empty rows between them passed over', () => {
  expect(headerWordsOf(rows, mapping)).toEqual(['Tag', 'Wert', 'Wofür'])
})

it.each([
  ['there is nothing above the data', { ...mapping, skipRows: 0 }, rows],
  [
    'what stands above is data itself',
    { ...mapping, skipRows: 1 },
    [
      ['03.04.2026', '10,00'],
      ['04.04.2026', '9,00'],
    ],
  ],
  ['one word is no header', { ...mapping, skipRows: 1 }, rows],
])('there is none where %s', (_, given, of) => {
  expect(headerWordsOf(of, given)).toBe(null)
})

it('a table is known by the words in their columns, whatever their case, wherever the header stands', () => {
  const tables = [{ header: ['Tag', 'Wert', 'Wofür'], mapping }]
  expect(
    findRemembered(
      [
        ['TAG', 'wert', 'wofür'],
        ['1', '2', '3'],
      ],
      tables,
    ),
  ).toEqual({ ...mapping, skipRows: 1 })
  expect(findRemembered(rows, tables)).toEqual({ ...mapping, skipRows: 2 })
  expect(findRemembered([['Wert', 'Tag', 'Wofür']], tables)).toBe(null)
  expect(findRemembered([['Tag', 'Wert', 'Wofür', 'Saldo']], tables)).toBe(null)
  expect(findRemembered(rows, [])).toBe(null)
})

it('no two headers share a key', () => {
  expect(headerKey(['a b', 'c'])).not.toBe(headerKey(['a', 'b c']))
  expect(headerKey(['A  B'])).toBe(headerKey(['a b']))
})
