// Words that several parts of this area share.

import type { ColumnMapping } from '../../../../electron/contract/statement-file.ts'
import type { Place, StatementEncoding, StatementFormat } from '../../../../electron/contract/statement.ts'
import type { StatementRow } from '../../../../electron/contract/statement-row.ts'
import type { Text } from '../../text/language.ts'
import type { Tone } from '../../ui/tones.ts'
import { noCurrency } from './currencies.ts'
import { encodingName } from './encodings.ts'
import type { ColumnField } from './mapping-model.ts'

/** `40702810900000000123` as `4070…0123`; short numbers as they are. */
export function shortAccount(account: string): string {
  return account.length > 12 ? `${account.slice(0, 4)}…${account.slice(-4)}` : account
}

/** `01.11 – 19.11.2026`, one day alone, or ''. */
export function periodWords(from: string | null, to: string | null, { format }: Text): string {
  if (!from || !to || from === to) return format.value.day(to ?? from)
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return `${sameYear ? format.value.shortDay(from) : format.value.day(from)} – ${format.value.day(to)}`
}

interface Proved {
  balanceOffMinor: number | null
  currency: string
  cleared?: boolean
}

/** What the balances of a statement prove. */
export function proofOf(statement: Proved, { t, format }: Text): { tone: Tone; words: string } {
  const off = statement.balanceOffMinor
  if (off === null) return { tone: 'calm', words: t('statements.proof.missing') }
  if (off === 0) return { tone: 'good', words: t('statements.proof.ok') }
  const sum = format.value.sum(off, statement.currency)
  return statement.cleared
    ? { tone: 'warn', words: t('statements.proof.cleared', { sum }) }
    : { tone: 'bad', words: t('statements.proof.off', { sum }) }
}

/** Whether a file keeps its lines out of "accept all certain" until the person clears it. */
export function needsClearing(row: StatementRow): boolean {
  return !row.cleared && row.balanceOffMinor !== null && row.balanceOffMinor !== 0
}

type FormatKey =
  | 'one_c'
  | 'one_c_by'
  | 'mt940'
  | 'mt942'
  | 'camt052'
  | 'camt053'
  | 'camt054'
  | 'ofx'
  | 'qif'
  | 'bai2'
  | 'csv'
  | 'xlsx'
  | 'xls'

const formatKeys: Readonly<Record<StatementFormat, FormatKey>> = {
  '1c': 'one_c',
  '1c-by': 'one_c_by',
  mt940: 'mt940',
  mt942: 'mt942',
  'camt.052': 'camt052',
  'camt.053': 'camt053',
  'camt.054': 'camt054',
  ofx: 'ofx',
  qif: 'qif',
  bai2: 'bai2',
  csv: 'csv',
  xlsx: 'xlsx',
  xls: 'xls',
}

export function formatWords(format: StatementFormat, { t }: Text): string {
  return t(`statements.formatNames.${formatKeys[format]}`)
}

/** Workbooks hold cells, not letters in an encoding. */
export function hasEncoding(format: StatementFormat): boolean {
  return format !== 'xlsx' && format !== 'xls'
}

/** `Windows-1251`, or '' where the format has none. */
export function encodingWords(format: StatementFormat, encoding: StatementEncoding): string {
  return hasEncoding(format) ? encodingName(encoding) : ''
}

export function accountWords(account: string, { t }: Text): string {
  return shortAccount(account) || t('statements.noAccount')
}

export function currencyWords(currency: string, { t }: Text): string {
  return currency === noCurrency ? t('statements.noCurrency') : currency
}

/** `line 12, bytes 300–340`, or `sheet “Выписка”, row 12` where there are no bytes. */
export function placeWords(place: Place, { t, format }: Text): string {
  const line = format.value.count(place.line)
  const part = place.part ?? ''
  if (place.to === 0)
    return part ? t('statements.place.sheet', { part, line }) : t('statements.place.row', { line })
  const bytes = { line, from: format.value.count(place.from), to: format.value.count(place.to) }
  return t('statements.place.bytes', bytes)
}

/** `column 1: Bank day, column 2: Sum`, in the table's order. */
export function columnWords({ columns }: ColumnMapping, { t, format }: Text): string {
  const named = (Object.entries(columns) as [ColumnField, number | undefined][]).flatMap(([field, at]) =>
    at === undefined ? [] : [{ field, at }],
  )
  return named
    .sort((a, b) => a.at - b.at)
    .map(({ field, at }) => {
      const column = t('statements.mapping.columnNumber', { n: format.value.count(at + 1) })
      return `${column}: ${t(`statements.mapping.fields.${field}`)}`
    })
    .join(', ')
}
