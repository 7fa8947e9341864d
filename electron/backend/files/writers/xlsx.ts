// Sheets as XLSX, streamed: numbers and dates are typed and formatted, ids and numbers of documents stay text.

import { setImmediate as breathe } from 'node:timers/promises'
import exceljs from 'exceljs'
import type { CellValue, Worksheet } from 'exceljs'
import { currencyOf, exponentOf } from '../../../contract/money.ts'
import type { Currency } from '../../../contract/money.ts'
import type { Cell, Sheet } from '../../../domain/reports/cells.ts'
import { localMoment } from './csv.ts'

/** Rows between two breaths, in which the stream hands its bytes on: memory stays flat however long the report is. */
const rowsABreath = 500
/** A worksheet holds no more rows than this (ECMA-376, and Excel's own limit); what is beyond goes on in the next sheet. */
const rowsASheet = 1_048_000

export async function writeXlsx(path: string, sheets: readonly Sheet[], tick: (rows: number) => void): Promise<number> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: false })
  workbook.creator = 'Sverka'
  let rows = 0
  const names = new Set<string>()
  for (const sheet of sheets) {
    let worksheet = addSheet(workbook, sheet, names)
    let inSheet = 0
    for (const row of sheet.rows) {
      if (inSheet >= rowsASheet) {
        worksheet.commit()
        worksheet = addSheet(workbook, sheet, names)
        inSheet = 0
      }
      addRow(worksheet, row, false)
      inSheet += 1
      rows += 1
      if (rows % rowsABreath === 0) {
        tick(rows)
        await breathe()
      }
    }
    for (const row of sheet.footer?.() ?? []) addRow(worksheet, row, true)
    worksheet.commit()
    await breathe()
  }
  await workbook.commit()
  return rows
}

function addSheet(workbook: exceljs.stream.xlsx.WorkbookWriter, sheet: Sheet, names: Set<string>): Worksheet {
  const worksheet = workbook.addWorksheet(sheetName(sheet.name, names), { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } })
  worksheet.columns = sheet.columns.map(({ title, width, align }) => ({ header: title, width, ...(align ? { style: { alignment: { horizontal: align } } } : {}) }))
  const header = worksheet.getRow(1)
  header.font = { bold: true }
  header.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEAF2FB' } }
  worksheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: Math.max(1, sheet.columns.length) } }
  header.commit()
  return worksheet
}

/** At most 31 characters, none of those Excel forbids, no name twice. */
function sheetName(wanted: string, names: Set<string>): string {
  const base = wanted.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 28)
  let name = base
  for (let number = 2; names.has(name.toLowerCase()); number += 1) name = `${base} ${number}`
  names.add(name.toLowerCase())
  return name
}

function addRow(worksheet: Worksheet, cells: readonly Cell[], bold: boolean): void {
  const row = worksheet.addRow(cells.map(valueOf))
  cells.forEach((cell, index) => {
    const format = formatOf(cell)
    if (format) row.getCell(index + 1).numFmt = format
  })
  if (bold) row.font = { bold: true }
  row.commit()
}

function valueOf(cell: Cell): CellValue {
  switch (cell.kind) {
    case 'empty':
      return null
    case 'text':
      return cell.text.slice(0, 32_767)
    case 'money':
      return cell.minor / 10 ** exponent(cell.currency)
    case 'day':
      return new Date(`${cell.day}T00:00:00Z`)
    case 'moment':
      return new Date(`${localMoment(cell.at).replace(' ', 'T')}Z`)
    case 'number':
      return cell.value
    case 'percent':
      return cell.share
  }
}

/** Excel's own codes: shown with the marks of the reader's system. */
function formatOf(cell: Cell): string | null {
  switch (cell.kind) {
    case 'text':
      return '@'
    case 'money':
      return exponent(cell.currency) === 0 ? '#,##0' : `#,##0.${'0'.repeat(exponent(cell.currency))}`
    case 'day':
      return 'dd.mm.yyyy'
    case 'moment':
      return 'dd.mm.yyyy hh:mm:ss'
    case 'percent':
      return '0.0%'
    case 'number':
    case 'empty':
      return null
  }
}

function exponent(currency: string): number {
  return exponentOf(currencyOf(currency) ?? ('RUB' as Currency))
}
