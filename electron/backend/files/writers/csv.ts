// Sheets as CSV: UTF-8 with a byte order mark, the locale's separators, text guarded against being run as a formula.

import { closeSync, openSync, writeSync } from 'node:fs'
import { currencyOf, formatDecimal } from '../../../contract/money.ts'
import type { Currency } from '../../../contract/money.ts'
import type { Cell, Sheet } from '../../../domain/reports/cells.ts'
import type { Language } from '../../../domain/reports/words.ts'

interface Style {
  separator: string
  decimalMark: string
}
/** What a spreadsheet of that language expects: a semicolon where the comma is the decimal mark. */
const styles: Readonly<Record<Language, Style>> = {
  ru: { separator: ';', decimalMark: ',' },
  en: { separator: ',', decimalMark: '.' },
}

const flushBytes = 1 << 16

/** Writes the sheets one under the other (a heading only where there are several); answers the number of rows. */
export function writeCsv(
  path: string,
  sheets: readonly Sheet[],
  language: Language,
  tick: (rows: number) => void,
): number {
  const style = styles[language]
  const file = openSync(path, 'w', 0o600)
  let rows = 0
  let waiting = '\uFEFF'
  const put = (cells: readonly string[]): void => {
    waiting += cells.join(style.separator) + '\r\n'
    if (waiting.length < flushBytes) return
    writeSync(file, waiting)
    waiting = ''
  }
  try {
    for (const [index, sheet] of sheets.entries()) {
      if (sheets.length > 1) {
        if (index > 0) put([])
        put([quote(guard(sheet.name), style)])
      }
      put(sheet.columns.map(({ title }) => quote(guard(title), style)))
      for (const row of sheet.rows) {
        put(row.map((cell) => sayCell(cell, style)))
        rows += 1
        if (rows % 1000 === 0) tick(rows)
      }
      for (const row of sheet.footer?.() ?? []) put(row.map((cell) => sayCell(cell, style)))
    }
    writeSync(file, waiting)
  } finally {
    closeSync(file)
  }
  return rows
}

function sayCell(cell: Cell, style: Style): string {
  switch (cell.kind) {
    case 'empty':
      return ''
    case 'text':
      return quote(guard(cell.text), style)
    case 'money': {
      const text = formatDecimal({
        minor: cell.minor,
        currency: currencyOf(cell.currency) ?? ('RUB' as Currency),
      })
      return text.replace('.', style.decimalMark)
    }
    case 'day':
      return cell.day
    case 'moment':
      return localMoment(cell.at)
    case 'number':
      return String(cell.value).replace('.', style.decimalMark)
    case 'percent':
      return `${(cell.share * 100).toFixed(1).replace('.', style.decimalMark)}%`
  }
}

/** A cell that begins like a formula is opened as one (OWASP "CSV injection"); an apostrophe before it keeps it text. */
function guard(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quote(text: string, { separator }: Style): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The moment on this computer's clock, as spreadsheets read it: `2026-11-21 12:02:11`. */
export function localMoment(at: string): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
