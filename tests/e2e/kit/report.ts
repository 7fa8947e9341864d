// The reconciliation report as a spreadsheet program would read it.

import { expect } from '@playwright/test'
import exceljs from 'exceljs'
import type { Row } from 'exceljs'
import { wordsIn } from '../../../electron/domain/reports/words.ts'
import type { Program } from './program.ts'

export interface Report {
  sheets: string[]
  /** What came in to be matched, over all accounts of the summary. */
  figures(currency: string): { matchedMinor: number; unmatchedMinor: number }
  /** A line of the summary below the accounts. */
  heading(title: string): { count: number; sums: { currency: string; minor: number }[] }
}

/** Takes the reconciliation report as XLSX through the open Reports screen and reads the file back. */
export async function readReport({ page, say, saved }: Program): Promise<Report> {
  const { name, path } = await saved(async () => {
    await page.getByRole('button', { name: say('reports.exportTitle') }).click()
    await page.getByRole('menuitem', { name: say('ui.exportXlsx') }).click()
  })
  expect(name).toMatch(/\.xlsx$/)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  const words = wordsIn(say.language)
  const summary = workbook.getWorksheet(words.summary)
  if (!summary) throw new Error('the report has no summary')
  const rows = (summary.getRows(1, summary.rowCount) ?? []).map((row) => cellsOf(row))
  const [titles = [], ...rest] = rows
  const end = rest.findIndex(([first]) => first === words.standing)
  const sumOf = (currency: string, title: string) =>
    rest
      .slice(0, end)
      .filter((row) => row[titles.indexOf(words.currency)] === currency)
      .reduce((sum, row) => sum + minorOf(row[titles.indexOf(title)]), 0)
  return {
    sheets: workbook.worksheets.map((sheet) => sheet.name),
    figures: (currency) => ({
      matchedMinor: sumOf(currency, words.matched),
      unmatchedMinor: sumOf(currency, words.unmatched),
    }),
    heading(title) {
      const own = rest.slice(end + 1).filter(([first]) => first === title)
      return {
        count: own.reduce((sum, row) => Math.max(sum, Number(row[2])), 0),
        sums: own.map((row) => ({ currency: String(row[1]), minor: minorOf(row[3]) })),
      }
    },
  }
}

function cellsOf(row: Row): unknown[] {
  return Array.from({ length: row.cellCount }, (_, at) => row.getCell(at + 1).value)
}

function minorOf(value: unknown): number {
  return Math.round(Number(value ?? 0) * 100)
}
