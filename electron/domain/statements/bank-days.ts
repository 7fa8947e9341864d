// Calendar days without zone or time. Everything here counts with integers: a date object would bring a zone.

import type { BankDay } from '../../contract/values.ts'

/** The day as `YYYY-MM-DD`, or undefined when the calendar has no such day (30 February). */
export function dayOf(year: number, month: number, day: number): BankDay | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || year < 1900 || year > 2199)
    return undefined
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

/** Days since 0000-03-01 of the proleptic Gregorian calendar; differences of two are whole days. */
export function dayNumber(day: BankDay): number {
  const month = Number(day.slice(5, 7))
  const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0)
  const monthFromMarch = (month + 9) % 12
  return startOfYear(year) + Math.floor((monthFromMarch * 153 + 2) / 5) + Number(day.slice(8, 10)) - 1
}

/** The year that two digits mean: the SWIFT rule, 80 and later are of the last century. */
export function fullYear(twoDigits: number): number {
  return twoDigits >= 80 ? 1900 + twoDigits : 2000 + twoDigits
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The day that has this number; the inverse of `dayNumber`. */
export function dayOfNumber(number: number): BankDay {
  // 146,097 days make 400 years; the year is guessed from its mean length and corrected by its neighbours.
  let year = Math.floor((number * 400) / 146_097)
  while (startOfYear(year + 1) <= number) year += 1
  while (startOfYear(year) > number) year -= 1
  const inYear = number - startOfYear(year)
  const monthFromMarch = Math.floor((inYear * 5 + 2) / 153)
  const day = inYear - Math.floor((monthFromMarch * 153 + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const text = (value: number) => String(value).padStart(2, '0')
  return `${String(month <= 2 ? year + 1 : year).padStart(4, '0')}-${text(month)}-${text(day)}`
}

/** The number of 1 March, where the counted year begins. */
function startOfYear(year: number): number {
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
}
