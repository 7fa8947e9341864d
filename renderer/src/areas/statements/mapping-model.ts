// A table's columns as the person says them, and whether that is enough to read lines.

import type { ColumnMapping } from '../../../../electron/contract/statement-file.ts'

export type ColumnField = keyof ColumnMapping['columns']
type Columns = { [Field in ColumnField]?: number | undefined }
export type SumKind = 'signed' | 'two' | 'direction'
/** How the other side stands: in columns of its own, or as payer and payee beside each other. */
export type PartyKind = 'counterparty' | 'payerPayee'

export const otherFields = [
  'valueDay',
  'currency',
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

const counterpartyFields = [
  'counterpartyName',
  'counterpartyTaxId',
  'counterpartyAccount',
  'counterpartyBankCode',
] as const satisfies readonly ColumnField[]
const payerFields = [
  'payerName',
  'payerTaxId',
  'payerAccount',
  'payerBankCode',
] as const satisfies readonly ColumnField[]
const payeeFields = [
  'payeeName',
  'payeeTaxId',
  'payeeAccount',
  'payeeBankCode',
] as const satisfies readonly ColumnField[]

const partyFields: Readonly<Record<PartyKind, readonly ColumnField[]>> = {
  counterparty: counterpartyFields,
  payerPayee: [...payerFields, ...payeeFields],
}

const allSumFields: readonly ColumnField[] = ['amount', 'credit', 'debit', 'direction']

export function fieldsOfSum(kind: SumKind): readonly ColumnField[] {
  return sumFields[kind]
}

/** Whether a column of this field holds sums, or tells which way they went. */
export function isSumField(field: ColumnField): boolean {
  return allSumFields.includes(field)
}

export function fieldsOfParty(kind: PartyKind): readonly ColumnField[] {
  return partyFields[kind]
}

/** What a column's colour tells: the day, the money, the other side, or any other text. */
export function roleOf(field: ColumnField | undefined): 'day' | 'sum' | 'party' | 'text' | 'unread' {
  if (field === undefined) return 'unread'
  if (field === 'bankDay' || field === 'valueDay') return 'day'
  if (allSumFields.includes(field) || field === 'currency' || field === 'balance') return 'sum'
  return [...partyFields.counterparty, ...partyFields.payerPayee].includes(field) ? 'party' : 'text'
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

export function partyKindOf({ columns }: ColumnMapping): PartyKind {
  return partyFields.payerPayee.some((field) => columns[field] !== undefined) ? 'payerPayee' : 'counterparty'
}

/** Changes how the other side stands; its columns become the payer's, and back. */
export function withPartyKind(mapping: ColumnMapping, kind: PartyKind): ColumnMapping {
  if (partyKindOf(mapping) === kind) return mapping
  const [from, to] =
    kind === 'payerPayee' ? [counterpartyFields, payerFields] : [payerFields, counterpartyFields]
  const gone = partyFields[kind === 'payerPayee' ? 'counterparty' : 'payerPayee']
  const columns = without(mapping, (field) => gone.includes(field))
  for (const [at, field] of from.entries()) {
    const column = mapping.columns[field]
    const target = to[at]
    if (target && column !== undefined) columns[target] = column
  }
  return withColumns(mapping, columns)
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

/** Lets go of the columns that a narrower table does not have. */
export function withoutColumnsFrom(mapping: ColumnMapping, width: number): ColumnMapping {
  return withColumns(
    mapping,
    without(mapping, (_, at) => at >= width),
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

export type MissingPart = 'sum' | 'creditWords'

/** What is still missing before lines can be read. */
export function missingOf(mapping: ColumnMapping): MissingPart[] {
  const { amount, credit, debit, direction } = mapping.columns
  const missing: MissingPart[] = []
  if (amount === undefined && credit === undefined && debit === undefined) missing.push('sum')
  if (direction !== undefined && mapping.creditWords.length === 0) missing.push('creditWords')
  return missing
}
