// Two readings of the same workbook beside each other: ours, and that of a library which is no part of the program.

import { read, SSF } from '@e965/xlsx'
import type { CellObject, WorkSheet } from '@e965/xlsx'
import type { StatementEncoding } from '../../../../electron/contract/statement.ts'
import { openWorkbook } from '../../../../electron/domain/statements/workbook/workbook.ts'

/** Full cells as text, by `sheet!row:column` (row and column from 0). */
export type Cells = Record<string, string>

export function ourCells(bytes: Uint8Array, encoding: StatementEncoding = 'utf-8'): Cells {
  const cells: Cells = {}
  for (const [at, { name, rows }] of openWorkbook(bytes, encoding).entries())
    rows((row, values) => {
      const texts = values.map((value) => (typeof value === 'number' ? plain(value) : (value ?? '')))
      for (const [column, text] of texts.entries())
        if (text !== '') cells[`${name === '' ? at : name}!${row - 1}:${column}`] = text
      return true
    })
  return cells
}

export function theirCells(bytes: Uint8Array, nameless = false): Cells {
  const book = read(bytes, { type: 'array', dense: true, cellNF: true, raw: true, UTC: true })
  const from1904 = book.Workbook?.WBProps?.date1904 === true
  const cells: Cells = {}
  for (const [at, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name]
    if (!sheet) continue
    for (const [row, values] of dataOf(sheet).entries())
      for (const [column, value] of (values ?? []).entries()) {
        const text = value === undefined ? '' : textOf(value, from1904)
        if (text !== '') cells[`${nameless ? at : name}!${row}:${column}`] = text
      }
  }
  return cells
}

function dataOf(sheet: WorkSheet): (CellObject | undefined)[][] {
  const data: unknown = sheet['!data']
  return Array.isArray(data) ? data : []
}

function textOf({ t, v, z, w }: CellObject, from1904: boolean): string {
  switch (t) {
    case 'n':
      return typeof v === 'number' ? textOfNumber(v, String(z ?? 'General'), from1904) : ''
    case 'b':
      return v === true ? 'TRUE' : 'FALSE'
    case 'e':
      return w ?? ''
    case 's':
      return String(v ?? '').replaceAll('\r\n', '\n')
    default:
      return ''
  }
}

function textOfNumber(value: number, format: string, from1904: boolean): string {
  const bare = format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '').split(';')[0] ?? ''
  if (/^0{2,}$/.test(bare) && Number.isSafeInteger(value) && value >= 0)
    return String(value).padStart(bare.length, '0')
  if (!SSF.is_date(format) || !/[yd]/i.test(bare)) return plain(value)
  const { y, m, d } = SSF.parse_date_code(value + (from1904 ? 1462 : 0))
  return [String(y).padStart(4, '0'), String(m).padStart(2, '0'), String(d).padStart(2, '0')].join('-')
}

/** Fifteen digits are what a workbook keeps of a number. */
function plain(value: number): string {
  return String(Number(value.toPrecision(15)))
}
