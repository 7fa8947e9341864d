// Bank accounts: to whom they belong, and whether their statements follow one another.

import type { BankDay } from './values.ts'

/** A bank account that statements speak of, and to which portal and own company it belongs (money rule 4). */
export interface BankAccount {
  account: string
  currency: string
  owner: string
  portalId: string | null
  ownCompanyId: number | null
  ownCompanyName: string | null
  from: BankDay | null
  to: BankDay | null
  lines: number
  /** Own companies whose requisites hold this account number, by portal: what the binding screen proposes. */
  proposals: { portalId: string; ownCompanyId: number; ownCompanyName: string }[]
}

/**
 * A hole or an overlap in the chain of an account's statements, a jump of the balance, or a statement whose file was cut
 * off: its days prove nothing. `repeat` is an overlap that says nothing new: every line of one is known from the other.
 */
export interface ChainBreak {
  account: string
  currency: string
  kind: 'gap' | 'overlap' | 'repeat' | 'balance' | 'cut'
  from: BankDay
  to: BankDay
  /** Closing before and opening after, when both are known. */
  beforeMinor: number | null
  afterMinor: number | null
}
