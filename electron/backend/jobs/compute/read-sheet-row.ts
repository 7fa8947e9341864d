// One row of a kept workbook, to be shown beside what was read from it.

import { readFileSync } from 'node:fs'
import type { StatementEncoding } from '../../../contract/statement.ts'
import { readWorkbookRow } from '../../../domain/statements/workbook/workbook.ts'

/** The row's cells, parted by tabs; '' where the sheet has no such row. `row` counts from 1. */
export function readSheetRow(input: {
  path: string
  /** The only one when absent. */
  sheet: string | undefined
  row: number
  encoding: StatementEncoding
}): string {
  return readWorkbookRow(readFileSync(input.path), input.sheet, input.row, input.encoding).join('\t')
}
