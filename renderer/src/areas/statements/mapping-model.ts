// A table's columns as the person says them, and whether that is enough to read lines.

import type { ColumnMapping } from '../../../../electron/contract/statement.ts'

export type ColumnField = keyof ColumnMapping['columns']
type Columns = { [Field in ColumnField]?: number | undefined }
export type SumKind = 'signed' | 'two' | 'direction'

export const otherFields = [
  'valueDay',
  'currency',
  'counterpartyName',
  'counterpartyTaxId',
  'counterpartyAccount',
  'counterpartyBankCode',
  'purpose',
  'documentNumber',
  'bankReference',
  'account',
  'balance',
] as const satisfies readonly ColumnField[]

const sumFields: Readonly<Record<SumKind, readonly ColumnField[]>> = {
  signed: ['amount'],
  two: ['credit', 'debit'],
  direction: ['amount', 'direction'],
}

export function fieldsOfSum(kind: SumKind): readonly ColumnField[] {
  return sumFields[kind]
}

/** Before the person said anything: a table with a header whose first column is the day. */
export const blankMapping: ColumnMapping = {
  delimiter: ';',
  skipRows: 1,
  columns: { bankDay: 0 },
  dateOrder: 'dmy',
  decimalMark: ',',
  creditWords: [],
  invertSign: false,
  account: '',
}

export function sumKindOf({ columns }: ColumnMapping): SumKind {
  if (columns.credit !== undefined || columns.debit !== undefined) return 'two'
  return columns.direction === undefined ? 'signed' : 'direction'
}

/** What a column holds; undefined when nothing that is read. */
export function fieldAt({ columns }: ColumnMapping, column: number): ColumnField | undefined {
  return (Object.keys(columns) as ColumnField[]).find((field) => columns[field] === column)
}

/** Puts a field onto a column, which then holds nothing else. The bank day is never without a column. */
export function withColumn(mapping: ColumnMapping, field: ColumnField, column: number): ColumnMapping {
  const columns: Columns = { ...mapping.columns }
  for (const other of Object.keys(columns) as ColumnField[]) {
    if (columns[other] === column && other !== 'bankDay') delete columns[other]
  }
  columns[field] = column
  return { ...mapping, columns: { ...columns, bankDay: columns.bankDay ?? mapping.columns.bankDay } }
}

/** Leaves a column unread; the bank day's stays, since no line is without it. */
export function withoutColumn(mapping: ColumnMapping, column: number): ColumnMapping {
  const columns: Columns = { ...mapping.columns }
  for (const field of Object.keys(columns) as ColumnField[]) {
    if (columns[field] === column && field !== 'bankDay') delete columns[field]
  }
  return { ...mapping, columns: { ...columns, bankDay: mapping.columns.bankDay } }
}

/** Changes how sums stand; columns of the other ways are let go. */
export function withSumKind(mapping: ColumnMapping, kind: SumKind): ColumnMapping {
  const columns: Columns = { ...mapping.columns }
  const before = columns.amount ?? columns.credit ?? columns.debit
  for (const field of ['amount', 'credit', 'debit', 'direction'] as const) {
    if (!sumFields[kind].includes(field)) delete columns[field]
  }
  const [first] = sumFields[kind]
  if (first && before !== undefined && columns[first] === undefined) columns[first] = before
  // A kind of two columns is only recognised by one of its own; the second starts on the next free column.
  if (kind === 'direction' && columns.direction === undefined) columns.direction = freeColumn(columns)
  return { ...mapping, columns: { ...columns, bankDay: mapping.columns.bankDay } }
}

function freeColumn(columns: Columns): number {
  const taken = new Set(Object.values(columns))
  let at = 0
  while (taken.has(at)) at += 1
  return at
}

/** What is still missing before lines can be read. */
export function missingOf(mapping: ColumnMapping): 'sum' | null {
  const { amount, credit, debit } = mapping.columns
  return amount === undefined && credit === undefined && debit === undefined ? 'sum' : null
}
