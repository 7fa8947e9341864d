// Which format is read by which reader.

import type { StatementFormat } from '../../contract/statement.ts'
import { createBai2Reader } from './bai2/bai2.ts'
import { createCamtReader } from './camt/camt.ts'
import { createCsvReader } from './table/csv.ts'
import { createMt940Reader, createMt942Reader } from './mt940/mt940.ts'
import { createOfxReader } from './ofx/ofx.ts'
import { createOneCByReader } from './one-c-by/one-c-by.ts'
import { createOneCReader } from './one-c/one-c.ts'
import { createQifReader } from './qif/qif.ts'
import type { CreateReader } from './reader.ts'
import { createWorkbookReader } from './workbook/workbook.ts'

const readers: Readonly<Record<StatementFormat, CreateReader>> = {
  '1c': createOneCReader,
  '1c-by': createOneCByReader,
  mt940: createMt940Reader,
  mt942: createMt942Reader,
  'camt.052': createCamtReader,
  'camt.053': createCamtReader,
  'camt.054': createCamtReader,
  ofx: createOfxReader,
  qif: createQifReader,
  bai2: createBai2Reader,
  csv: createCsvReader,
  xlsx: createWorkbookReader,
  xls: createWorkbookReader,
}

export function createReader(format: StatementFormat): CreateReader {
  return readers[format]
}
