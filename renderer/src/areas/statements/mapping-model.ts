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

const allSumFields: readonly ColumnField[] = ['amount', 'credit', 'debit', 'direction']

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

/** The columns without the fields that `gone` names; the bank day always stays. */
function without({ columns }: ColumnMapping, gone: (field: ColumnField, column: number) => boolean): Columns {
  const entries = (Object.entries(columns) as [ColumnField, number][]).filter(
    ([field, column]) => field === 'bankDay' || !gone(field, column),
  )
  return Object.fromEntries(entries)
}

function withColumns(mapping: ColumnMapping, columns: Columns): ColumnMapping {
  return { ...mapping, columns: { ...columns, bankDay: columns.bankDay ?? mapping.columns.bankDay } }
}

/** Puts a field onto a column, which then holds nothing else. */
export function withColumn(mapping: ColumnMapping, field: ColumnField, column: number): ColumnMapping {
  return withColumns(mapping, { ...without(mapping, (_, at) => at === column), [field]: column })
}

/** Leaves a column unread; the bank day's stays, since no line is without it. */
export function withoutColumn(mapping: ColumnMapping, column: number): ColumnMapping {
  return withColumns(
    mapping,
    without(mapping, (_, at) => at === column),
  )
}

/** Changes how sums stand; columns of the other ways are let go. */
export function withSumKind(mapping: ColumnMapping, kind: SumKind): ColumnMapping {
  const { amount, credit, debit } = mapping.columns
  const before = amount ?? credit ?? debit
  const columns = without(
    mapping,
    (field) => allSumFields.includes(field) && !sumFields[kind].includes(field),
  )
  const [first] = sumFields[kind]
  if (first && before !== undefined) columns[first] ??= before
  // A kind of two columns is only recognised by one of its own; the second starts on the next free column.
  if (kind === 'direction') columns.direction ??= freeColumn(columns)
  return withColumns(mapping, columns)
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
