// The running balance beside a table's lines: when it follows from line to line it states what the account
// held before the first and after the last.

export interface BalanceEnds {
  openingMinor: number | null
  closingMinor: number | null
}

/** Follows a balance column, in whichever direction the table runs in time. */
export class BalanceChain {
  /** Whether the balances seen so far fit a table that runs oldest first, or newest first. */
  #oldestFirst = true
  #newestFirst = true
  #first: { balance: number; amount: number; above: number } | null = null
  #last = { balance: 0, amount: 0 }
  /** Sum of the lines after the last balance: some tables print one only here and there. */
  #since = 0
  #lines = 0
  #balances = 0

  /** Takes one line; `balance` is null where its cell is empty. Answers false at the line where the chain breaks. */
  take(amount: number, balance: number | null): boolean {
    this.#lines++
    if (balance === null) {
      this.#since += amount
      return true
    }
    const unbroken = this.#holds
    if (this.#first === null) this.#first = { balance, amount, above: this.#since }
    else {
      if (balance !== this.#last.balance + this.#since + amount) this.#oldestFirst = false
      if (balance !== this.#last.balance - this.#last.amount - this.#since) this.#newestFirst = false
    }
    this.#balances++
    this.#last = { balance, amount }
    this.#since = 0
    return this.#holds || !unbroken
  }

  get #holds(): boolean {
    return this.#oldestFirst || this.#newestFirst
  }

  /** Balances before and after all lines; `newestFirst` is what their days say, for sums that fit both ways. */
  ends(newestFirst: boolean): BalanceEnds {
    const first = this.#first
    const told = this.#balances > 1 || this.#lines === 1
    if (first === null || !told || !this.#holds) return { openingMinor: null, closingMinor: null }
    const down = this.#newestFirst && (newestFirst || !this.#oldestFirst)
    return down
      ? {
          openingMinor: this.#last.balance - this.#last.amount - this.#since,
          closingMinor: first.balance + first.above,
        }
      : {
          openingMinor: first.balance - first.amount - first.above,
          closingMinor: this.#last.balance + this.#since,
        }
  }
}
