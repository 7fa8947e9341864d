// Which column holds what in a table without titles, by its cells alone: a start for the person who names them.

import { readCellAmount } from './amounts.ts'
import type { Columns } from './columns.ts'
import { cellsOf } from './columns.ts'
import { findDateOrder } from './dates.ts'
import { headerText, rolesOf } from './headers.ts'
import { creditWords, debitWords } from './words.ts'

const sum = /^[-+(\u2212]?[\d\s.,'\u00a0\u202f]*[.,]\d{2}\)?-?$/

/**
 * The first dates, the sums, an account that repeats, and the longest text. Of several columns of sums those that fill each
 * other's gaps are a pair, and one that has signs is no balance. `above` is the row over the data, whose words nobody
 * may have understood: what it calls a balance is none of the sums.
 */
export function contentColumns(data: string[][], above: readonly string[] = []): Columns {
  const width = Math.max(0, ...data.map((row) => row.length))
  const columns: Columns = {}
  const sums: number[] = []
  let longest = 0
  for (let column = 0; column < width; column++) {
    const cells = cellsOf(data, column)
    const full = cells.filter((cell) => cell !== '')
    const share = (test: (cell: string) => boolean): number =>
      cells.filter(test).length / Math.max(cells.length, 1)
    const length = cells.reduce((total, cell) => total + cell.length, 0)
    if (share((cell) => findDateOrder([cell]) !== null) > 0.8) {
      if (columns.bankDay === undefined) columns.bankDay = column
      else columns.valueDay ??= column
    } else if (full.length > 0 && full.every((cell) => sum.test(cell))) {
      if (rolesOf(above[column] ?? '')[0]?.role !== 'balance' && !isBalance(above[column])) sums.push(column)
    } else if (share((cell) => /^[A-Z]{3}$/.test(cell)) > 0.8) columns.currency ??= column
    else if (share(isDirection) > 0.8) columns.direction ??= column
    else if (columns.bankDay === undefined && isOneAccount(cells)) columns.account ??= column
    else if (length > longest) {
      columns.purpose = column
      longest = length
    }
  }
  return { ...columns, ...sumsOf(sums, data) }
}

function isBalance(title: string | undefined): boolean {
  return /saldo|balance|solde|остаток/.test(headerText(title ?? ''))
}

function isDirection(cell: string): boolean {
  const word = cell.toLowerCase()
  return creditWords.includes(word) || debitWords.includes(word)
}

function isOneAccount(cells: readonly string[]): boolean {
  return /^[A-Z\d]{8,34}$/.test(cells[0] ?? '') && cells.every((cell) => cell === cells[0])
}

function sumsOf(sums: readonly number[], data: string[][]): Columns {
  const [first, second] = sums
  if (first === undefined) return {}
  if (second !== undefined && sums.length === 2 && fillEachOther(first, second, data)) {
    // People pay out more often than they are paid; which is which a person says.
    const more = filled(first, data) > filled(second, data)
    return more ? { debit: first, credit: second } : { debit: second, credit: first }
  }
  const most = Math.max(...sums.map((column) => filled(column, data)))
  const whole = sums.filter((column) => filled(column, data) * 2 > most)
  const signed = whole.find((column) => cellsOf(data, column).some((cell) => minorOf(cell) < 0))
  return { amount: signed ?? whole[0] ?? first }
}

function minorOf(cell: string): number {
  const points = readCellAmount(cell, '.', '')
  const read = points.ok ? points : readCellAmount(cell, ',', '')
  return read.ok ? read.minor : 0
}

function filled(column: number, data: string[][]): number {
  return cellsOf(data, column).filter((cell) => cell !== '').length
}

function fillEachOther(one: number, other: number, data: string[][]): boolean {
  const sides = data.map((row) => [row[one] ?? '', row[other] ?? ''].filter((cell) => cell.trim() !== ''))
  return sides.every((full) => full.length < 2) && filled(one, data) > 0 && filled(other, data) > 0
}
