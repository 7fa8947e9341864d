// Dates of QIF files: Quicken writes them in the order of the computer that it runs on (`6/ 1/94`, `2/16'18`,
// `1. 2. 2005`), and nothing in the file says which. One day above 12 tells it for all.

import type { BankDay } from '../../../contract/values.ts'
import { dayOf, fullYear } from '../bank-days.ts'

export type DateOrder = 'mdy' | 'dmy' | 'ymd'

/** A date as far as it can be read without the file's order: the day itself, three numbers, or nothing. */
export type QifDate =
  | { day: BankDay }
  | { parts: readonly [number, number, number]; dotted: boolean; longYear: boolean }
  | { wrong: 'date.unreadable' | 'date.impossible' | 'date.missing' }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Reads the text behind the letter D. */
export function readQifDate(written: string): QifDate {
  if (written.length > 60) return { wrong: 'date.unreadable' }
  const text = written.replace(/[T\s]\d{1,2}:\d\d.*$/, '').replaceAll(/\s+/g, '')
  if (text === '') return { wrong: 'date.missing' }
  const year = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (year) return known(Number(year[1]), Number(year[2]), Number(year[3]))
  const named = /^(\d{1,2})[-/.]?([a-z]{3})[a-z]*\.?[-/.,']?(\d{4}|\d\d)$/i.exec(text)
  if (named) return known(yearOf(named[3] ?? ''), monthNamed(named[2] ?? ''), Number(named[1]))
  const led = /^([a-z]{3})[a-z]*\.?[-/.]?(\d{1,2})[-/.,']+(\d{4}|\d\d)$/i.exec(text)
  if (led) return known(yearOf(led[3] ?? ''), monthNamed(led[1] ?? ''), Number(led[2]))
  const numbers = /^(\d{1,2})([-/.])(\d{1,2})([-/.'])'?(\d{1,4})$/.exec(text)
  if (!numbers) return { wrong: 'date.unreadable' }
  const [, first = '', mark, second = '', , last = ''] = numbers
  const longYear = last.length > 2
  // A year of three digits counts from 1900: the old Quicken's way over the turn of the century.
  const third = longYear ? (last.length === 3 ? 1900 + Number(last) : Number(last)) : Number(last)
  return { parts: [Number(first), Number(second), third], dotted: mark === '.', longYear }
}

/** The day in the given order, undefined where that order has no such day. */
export function dayInOrder(
  date: Extract<QifDate, { parts: unknown }>,
  order: DateOrder,
): BankDay | undefined {
  const [first, second, third] = date.parts
  const last = date.longYear ? third : fullYear(third)
  if (order === 'mdy') return dayOf(last, first, second)
  if (order === 'dmy') return dayOf(last, second, first)
  return date.longYear ? undefined : dayOf(fullYear(first), second, third)
}

function known(year: number, month: number, day: number): QifDate {
  const found = dayOf(year, month, day)
  return found === undefined ? { wrong: 'date.impossible' } : { day: found }
}

function yearOf(digits: string): number {
  return digits.length === 2 ? fullYear(Number(digits)) : Number(digits)
}

function monthNamed(name: string): number {
  return months.indexOf(name.toLowerCase()) + 1
}

export interface OrderVerdict {
  order: DateOrder
  /** False when month and day could as well be the other way round, and some day would then be another one. */
  certain: boolean
}

/** Gathers what the dates of a file say about their order. */
export class QifDateOrder {
  readonly #given: DateOrder | undefined
  #declared: DateOrder | undefined
  readonly #broken = { mdy: 0, dmy: 0, ymd: 0 }
  #yearLed = false
  #differing = false
  #dotted = false

  constructor(given: DateOrder | undefined) {
    this.#given = given
  }

  /** The file says its order itself (`!Option:DMY`). */
  declare(order: DateOrder): void {
    this.#declared = order
  }

  take(date: QifDate): void {
    if (!('parts' in date)) return
    const [mdy, dmy, ymd] = [dayInOrder(date, 'mdy'), dayInOrder(date, 'dmy'), dayInOrder(date, 'ymd')]
    // A date that no order can read says nothing.
    if (mdy === undefined && dmy === undefined && ymd === undefined) return
    if (mdy === undefined) this.#broken.mdy += 1
    if (dmy === undefined) this.#broken.dmy += 1
    if (ymd === undefined) this.#broken.ymd += 1
    if (date.parts[0] > 31) this.#yearLed = true
    if (mdy !== dmy) this.#differing = true
    if (date.dotted) this.#dotted = true
  }

  /** Whether what was seen so far proves the order, so that nothing further need be waited for. */
  get proved(): boolean {
    const { mdy, dmy } = this.#broken
    return this.#declared !== undefined || this.#yearLed || mdy > 0 !== dmy > 0
  }

  /**
   * The order over all dates seen. What the file proves or says goes before what a person said, that before custom: the day
   * leads where dots part the numbers, else the month does, and both of these are told as uncertain.
   */
  decide(): OrderVerdict {
    const { mdy, dmy, ymd } = this.#broken
    const declared = this.#declared
    if (declared !== undefined && this.#broken[declared] === 0) return { order: declared, certain: true }
    const given = this.#given
    if (given !== undefined && this.#broken[given] === 0) return { order: given, certain: true }
    if (this.#yearLed && ymd === 0) return { order: 'ymd', certain: true }
    if (mdy !== dmy) return { order: mdy < dmy ? 'mdy' : 'dmy', certain: true }
    if (mdy > 0 && ymd === 0) return { order: 'ymd', certain: true }
    const order = given === 'dmy' || (given === undefined && this.#dotted) ? 'dmy' : 'mdy'
    return { order, certain: !this.#differing }
  }
}
