// Which format is read by which reader. A format that is recognised but not read says so here, and only here.

import { Refusal } from '../../contract/fault.ts'
import type { StatementFormat } from '../../contract/statement.ts'
import { createCamtReader } from './camt.ts'
import { createCsvReader } from './csv.ts'
import { createMt940Reader, createMt942Reader } from './mt940.ts'
import { createOneCReader } from './one-c.ts'
import type { CreateReader } from './reader.ts'

const readers: Readonly<Record<StatementFormat, CreateReader | null>> = {
  '1c': createOneCReader,
  '1c-by': null,
  mt940: createMt940Reader,
  mt942: createMt942Reader,
  'camt.052': createCamtReader,
  'camt.053': createCamtReader,
  'camt.054': createCamtReader,
  ofx: null,
  qif: null,
  bai2: null,
  csv: createCsvReader,
  xlsx: null,
  xls: null,
}

export function isReadable(format: StatementFormat): boolean {
  return readers[format] !== null
}

/** The reader of a format. Throws Refusal `statement.notYet` for one that has none. */
export function createReader(format: StatementFormat): CreateReader {
  const create = readers[format]
  if (create === null) throw new Refusal({ code: 'statement.notYet', format })
  return create
}
