// The signed sum of a row by the mapping's style: one signed column, two columns, or a sum with a direction.

import type { ColumnMapping } from '../../../contract/statement-file.ts'
import type { CellAmount } from './amounts.ts'
import { readCellAmount } from './amounts.ts'
import type { ColumnRole } from './headers.ts'
import { creditWords, debitWords } from './words.ts'

export type RowSum = CellAmount | { ok: false; code: 'direction.unknown' }

type Style = Pick<ColumnMapping, 'columns' | 'decimalMark' | 'creditWords' | 'invertSign'>

/** Reads the rows of one table in their order: how its debit column writes its sums shows in the first of them. */
export class RowSums {
  readonly #style: Style
  /** Whether the debit column writes its sums with a minus, decided by the first that is not zero. */
  #debitsNegative: boolean | null = null

  constructor(style: Style) {
    this.#style = style
  }

  /** `cell` gives a role's text; `currency` counts where the sum has none glued on. Money in is positive. */
  read(cell: (role: ColumnRole) => string, currency: string): RowSum {
    const { columns } = this.#style
    const two = columns.credit !== undefined || columns.debit !== undefined
    const sum = two ? this.#twoColumns(cell, currency) : this.#oneColumn(cell, currency)
    return sum.ok && this.#style.invertSign ? { ...sum, minor: negated(sum.minor) } : sum
  }

  #oneColumn(cell: (role: ColumnRole) => string, currency: string): RowSum {
    const amount = readCellAmount(cell('amount'), this.#style.decimalMark, currency)
    if (!amount.ok || this.#style.columns.direction === undefined) return amount
    const direction = this.#directionOf(cell('direction').toLowerCase())
    // A minus beside "credit" may be a reversal or a habit; a minus beside "debit" says the same thing twice.
    const disputed = direction > 0 && amount.minor < 0
    if (direction === 0 || disputed) return { ok: false, code: 'direction.unknown' }
    return direction < 0 ? { ...amount, minor: negated(Math.abs(amount.minor)) } : amount
  }

  #directionOf(word: string): 1 | -1 | 0 {
    const own = this.#style.creditWords
    if (own.length > 0 ? own.includes(word) : creditWords.includes(word)) return 1
    // With the user's own list every other word means money out, but an empty cell means nothing.
    const other = own.length > 0 && word !== '' && !creditWords.includes(word)
    return debitWords.includes(word) || other ? -1 : 0
  }

  #twoColumns(cell: (role: ColumnRole) => string, currency: string): RowSum {
    const credit = readCellAmount(cell('credit'), this.#style.decimalMark, currency)
    const debit = readCellAmount(cell('debit'), this.#style.decimalMark, currency)
    if (!credit.ok && credit.code !== 'amount.missing') return credit
    if (!debit.ok && debit.code !== 'amount.missing') return debit
    if (!debit.ok || debit.minor === 0) return credit.ok ? credit : debit
    if (credit.ok && credit.minor !== 0) return { ok: false, code: 'direction.unknown' }
    // Later sums of the other sign are corrections of money out (storno), that is, money back.
    this.#debitsNegative ??= debit.minor < 0
    return this.#debitsNegative ? debit : { ...debit, minor: negated(debit.minor) }
  }
}

function negated(minor: number): number {
  return minor === 0 ? 0 : -minor
}
