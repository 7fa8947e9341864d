// A read as a value: which method, with what, and how its answer is understood. The same reading can be asked singly or
// stand in a batch. Below it, the few ways in which the portal prints ids, flags, sums and lists.

import { Refusal } from '../../../contract/fault.ts'
import { currencyOf, parseDecimal } from '../../../contract/money.ts'
import type { Money } from '../../../contract/money.ts'
import type { Answer, PortalClient } from '../client.ts'

export interface Reading<T> {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  /** Throws `Refusal(rest.answerShape)` for an answer that cannot be understood. */
  parse(answer: Answer): T
}

/** Asks patiently (limits, resets and server failures are waited out). Throws Refusal, or the signal's reason. */
export async function ask<T>(
  client: PortalClient,
  reading: Reading<T>,
  options?: { signal?: AbortSignal; urgent?: boolean },
): Promise<T> {
  return reading.parse(await client.read(reading.method, reading.params, options))
}

export interface ListInput {
  filter?: Readonly<Record<string, unknown>>
  order?: Readonly<Record<string, 'asc' | 'desc'>>
  select?: readonly string[]
  /** Rows to skip, in steps of 50; -1 asks for the first 50 without counting (id cursors). */
  start?: number
}

/** One page of a list: at most 50 rows. `total` and `next` as the portal gave them. */
export interface ListPage<T> {
  rows: T[]
  /** How many rows the portal sent, read or not: 50 means that there may be more. */
  sent: number
  /** Rows that could not be understood; their reason is the field's name. */
  unreadable: UnreadableRow[]
  total: number | null
  next: number | null
}

export interface UnreadableRow {
  id: number | null
  field: string
}

export const pageSize = 50

/** Reads the rows of a list one by one: a row that cannot be understood is reported, never dropped and never guessed. */
export function readPage<T>(
  method: string,
  answer: Answer,
  list: unknown,
  read: (row: Row) => T,
): ListPage<T> {
  const rows = rowsOf(method, list)
  const page: ListPage<T> = {
    rows: [],
    sent: rows.length,
    unreadable: [],
    total: answer.total,
    next: answer.next,
  }
  for (const row of rows) {
    try {
      page.rows.push(read(row))
    } catch (error) {
      if (!(error instanceof UnreadableField)) throw error
      page.unreadable.push({ id: idOf(row['id'] ?? row['ID']), field: error.field })
    }
  }
  return page
}

export type Row = Readonly<Record<string, unknown>>

/** A field without which its row means nothing. */
export class UnreadableField extends Error {
  readonly field: string
  constructor(field: string) {
    super(field)
    this.field = field
  }
}

export function answerShape(method: string): Refusal {
  return new Refusal({ code: 'rest.answerShape', method })
}

/** Runs a parser of one record; an unreadable field becomes `rest.answerShape`. */
export function readOne<T>(method: string, value: unknown, read: (row: Row) => T): T {
  const row = rowOf(value)
  if (row === null) throw answerShape(method)
  try {
    return read(row)
  } catch (error) {
    if (error instanceof UnreadableField)
      throw new Refusal({ code: 'rest.answerShape', method }, { cause: error })
    throw error
  }
}

export function rowOf(value: unknown): Row | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

/** The part of an answer under a name; an answer that is no map (PHP's `[]` included) has nothing under any name. */
export function partOf(value: unknown, name: string): unknown {
  return rowOf(value)?.[name]
}

/** A list, also where PHP printed it as a map; missing, null and false are empty. Throws for anything else. */
export function rowsOf(method: string, value: unknown): Row[] {
  if (value === null || value === undefined || value === false) return []
  if (typeof value !== 'object') throw answerShape(method)
  const parts: unknown[] = Array.isArray(value) ? value : Object.values(value)
  return parts.map((part) => {
    const row = rowOf(part)
    if (row === null) throw answerShape(method)
    return row
  })
}

/** A positive id from a number or digits; null for 0, empty and anything else. */
export function idOf(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null
}

export function requireId(row: Row, field: string): number {
  const id = idOf(row[field])
  if (id === null) throw new UnreadableField(field)
  return id
}

/** Text; numbers in their shortest form, '' for null, missing and anything that is no text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

/** `Y`, `1` and true; everything else is false. */
export function flagOf(value: unknown): boolean {
  return value === 'Y' || value === 'y' || value === '1' || value === 1 || value === true
}

/** A flag that decides something: only an explicit yes or no is understood. */
export function requireFlag(row: Row, field: string): boolean {
  const value = row[field]
  if (flagOf(value)) return true
  if (value === 'N' || value === 'n' || value === '0' || value === 0 || value === false) return false
  throw new UnreadableField(field)
}

/**
 * The decimal text of a number: as printed where the portal sent text, the shortest text that means the same double
 * where it sent a JSON number (what PHP printed with seventeen digits comes back as it was). Null for empty.
 */
export function decimalOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : text
}

/** A sum in minor units. Throws UnreadableField for an unknown currency or a sum that is not exact in it. */
export function requireMoney(row: Row, field: string, currencyField: string): Money {
  const money = moneyOf(row[field], row[currencyField])
  if (money === null)
    throw new UnreadableField(currencyOf(textOf(row[currencyField])) === undefined ? currencyField : field)
  return money
}

/** A sum in minor units, null where it is empty or cannot be read exactly. */
export function moneyOf(value: unknown, currencyCode: unknown): Money | null {
  const currency = currencyOf(textOf(currencyCode))
  const text = decimalOf(value)
  if (currency === undefined || text === null) return null
  const minor = parseDecimal(text, currency)
  return minor === undefined ? null : { minor, currency }
}

/** Parameters of a list in its lower-case form; absent ones are left out. */
export function listParams({ filter, order, select, start }: ListInput): Record<string, unknown> {
  return {
    ...(select === undefined ? {} : { select }),
    ...(filter === undefined ? {} : { filter }),
    ...(order === undefined ? {} : { order }),
    ...(start === undefined ? {} : { start }),
  }
}
