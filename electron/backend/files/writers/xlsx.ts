// Sheets as XLSX: numbers and dates are typed and formatted, ids and numbers of documents stay text. Rows go to the
// file as they come, and no faster than it takes them, so memory stays flat however long the report is.

import { once } from 'node:events'
import type { EventEmitter } from 'node:events'
import { createWriteStream } from 'node:fs'
import exceljs from 'exceljs'
import type { CellValue, Style, Worksheet } from 'exceljs'
import { currencyOf, exponentOf } from '../../../contract/money.ts'
import type { Currency } from '../../../contract/money.ts'
import { textCell } from '../../../domain/reports/cells.ts'
import type { Cell, Sheet } from '../../../domain/reports/cells.ts'
import { localMoment } from './csv.ts'

/** A worksheet holds no more rows than 1,048,576; what is beyond this goes on in the next sheet, with room for totals. */
const rowsASheet = 1_048_000
const rowsATick = 500
/** Between two looks at whether the file keeps up. */
const rowsALook = 100

/**
 * Writes the workbook; answers the number of rows, titles and totals not counted. `tick` may throw to stop: then, as
 * when the disk fails, the file is closed unfinished before the error comes out.
 */
export async function writeXlsx(
  path: string,
  sheets: readonly Sheet[],
  tick: (rows: number) => void,
): Promise<number> {
  const output = createWriteStream(path, { mode: 0o600 })
  const closed: Promise<unknown> = once(output, 'close')
  try {
    const workbook = new exceljs.stream.xlsx.WorkbookWriter({
      stream: output,
      useStyles: true,
      useSharedStrings: false,
    })
    workbook.creator = 'Sverka'
    const rows = await addSheets({ workbook, closed, styles: createStyles(), names: [] }, sheets, tick)
    await Promise.all([workbook.commit(), closed])
    return rows
  } catch (error) {
    output.destroy()
    await Promise.allSettled([closed])
    throw error
  }
}

interface Book {
  workbook: exceljs.stream.xlsx.WorkbookWriter
  /** Fails when the file cannot be written on: whoever waits for it to keep up must wait for this too. */
  closed: Promise<unknown>
  styles: Styles
  names: string[]
}

async function addSheets(
  book: Book,
  sheets: readonly Sheet[],
  tick: (rows: number) => void,
): Promise<number> {
  let rows = 0
  for (const sheet of sheets) {
    let page = openPage(book, sheet)
    for (const row of sheet.rows) {
      if (page.rows > rowsASheet) {
        await page.close()
        page = openPage(book, sheet)
      }
      page.add(row)
      rows += 1
      if (rows % rowsATick === 0) tick(rows)
      if (rows % rowsALook === 0) await page.keepUp()
    }
    await page.close(sheet.footer?.() ?? [])
  }
  return rows
}

interface Page {
  /** Rows so far, the row of titles included. */
  readonly rows: number
  add(cells: readonly Cell[]): void
  /** Waits until the archive has taken what was added. */
  keepUp(): Promise<void>
  close(footer?: readonly (readonly Cell[])[]): Promise<void>
}

function openPage({ workbook, closed, styles, names }: Book, { name, columns }: Sheet): Page {
  names.push(sheetName(name, names))
  const worksheet = workbook.addWorksheet(names.at(-1), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  worksheet.columns = columns.map(({ width }) => ({ width }))
  const queue = queueOf(worksheet)
  let rows = 0
  const put = (cells: readonly Cell[], look: Look): void => {
    rows += 1
    const row = worksheet.addRow(cells.map(valueOf))
    for (const [index, cell] of cells.entries()) {
      if (cell.kind === 'empty') continue
      row.getCell(index + 1).style = styles.of(formatOf(cell), columns[index]?.align === 'right', look)
    }
    row.commit()
  }
  put(
    columns.map(({ title }) => textCell(title)),
    'title',
  )
  return {
    get rows() {
      return rows
    },
    add: (cells) => put(cells, 'plain'),
    keepUp: async () => {
      if (!queue.write('')) await Promise.race([once(queue, 'drain'), closed])
    },
    close: async (footer = []) => {
      worksheet.autoFilter = {
        from: { row: 1, column: 1 },
        to: { row: rows, column: Math.max(1, columns.length) },
      }
      for (const cells of footer) put(cells, 'total')
      const taken = once(queue, 'end')
      worksheet.commit()
      await Promise.race([taken, closed])
    },
  }
}

interface Queue extends EventEmitter {
  /** As any stream's: false when it is full, and then it says `drain` when all is taken. Of nothing, it only answers. */
  write(text: ''): boolean
}

/**
 * Where a sheet's bytes wait for the archive. The sheet itself never asks its writer to wait, and its types do not tell
 * of this stream (exceljs 4.4, lib/utils/stream-buf.js); without it a long report would gather in memory, so its
 * absence is an error.
 */
function queueOf(worksheet: Worksheet & { stream?: { pipes?: readonly Queue[] } }): Queue {
  const queue = worksheet.stream?.pipes?.[0]
  if (!queue) throw new Error('exceljs: a sheet without a stream into the archive')
  return queue
}

type Look = 'plain' | 'title' | 'total'

interface Styles {
  of(format: string, right: boolean, look: Look): Partial<Style>
}

/** One object for each style: exceljs knows a style it has met by the object, and would spell out any other anew. */
function createStyles(): Styles {
  const known = new Map<string, Partial<Style>>()
  return {
    of: (format, right, look) => {
      const key = `${look} ${right} ${format}`
      const style = known.get(key) ?? {
        ...(format ? { numFmt: format } : {}),
        ...(right ? { alignment: { horizontal: 'right' } } : {}),
        ...(look === 'plain' ? {} : { font: { name: 'Calibri', size: 11, bold: true } }),
        ...(look === 'title'
          ? { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEAF2FB' } } }
          : {}),
      }
      known.set(key, style)
      return style
    },
  }
}

/** At most 31 characters, none of those Excel forbids, no name twice. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const base = wanted.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 28)
  let name = base
  const isTaken = (): boolean => taken.some((other) => other.toLowerCase() === name.toLowerCase())
  for (let number = 2; isTaken(); number += 1) name = `${base} ${number}`
  return name
}

/** Money divides by a power of ten, so the number is the one nearest to the sum and shows all its digits. */
function valueOf(cell: Cell): CellValue {
  switch (cell.kind) {
    case 'empty':
      return undefined
    case 'text':
      return plainText(cell.text)
    case 'money':
      return cell.minor / 10 ** exponentOf(known(cell.currency))
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

/**
 * A cell holds at most 32,767 characters, line breaks inside one are line feeds, and `_x0041_` would be read as the
 * character of that code (ECMA-376 part 1, 22.9.2.19). Control characters exceljs leaves out by itself.
 */
function plainText(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\ufffe\uffff]/g, '')
  const cut = lines.length <= 32_767 ? lines : lines.slice(0, 32_767).replace(/[\ud800-\udbff]$/, '')
  return cut.replaceAll(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
}

/** Excel's own codes: shown with the marks of the reader's system. */
function formatOf(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return '@'
    case 'money': {
      const exponent = exponentOf(known(cell.currency))
      return exponent === 0 ? '#,##0' : `#,##0.${'0'.repeat(exponent)}`
    }
    case 'day':
      return 'dd.mm.yyyy'
    case 'moment':
      return 'dd.mm.yyyy hh:mm:ss'
    case 'percent':
      return '0.0%'
    case 'number':
    case 'empty':
      return ''
  }
}

function known(currency: string): Currency {
  return currencyOf(currency) ?? ('RUB' as Currency)
}
