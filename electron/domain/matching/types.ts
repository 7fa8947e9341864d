// What matching takes and gives: plain values, gathered from the ledger by the caller.

import type { Counterparty } from '../../contract/statement.ts'
import type { Allotment, Reason, Zone } from '../../contract/match.ts'
import type { Tolerances } from './sums.ts'
import type { Weights } from './weights.ts'
import type { BankDay, Moment } from '../../contract/values.ts'

/** Where a bank account belongs (money rule 4). An own company that nobody named is null and never certain. */
export interface AccountBinding {
  portalId: string
  ownCompanyId: number | null
}

export interface MatchLine {
  id: number
  /** The own bank account the line stands on. */
  account: string
  /** Null while nobody bound the account: payments of every portal may be proposed, none is certain. */
  bound: AccountBinding | null
  bankDay: BankDay
  /** What accepted matches have not yet taken of the line's amount; signed like the amount, 0 = nothing to do. */
  leftMinor: number
  currency: string
  counterparty: Counterparty
  purpose: string
  purposeGlued: string | null
  documentNumber: string
  reversal: boolean
  /** The file's balances add up, or a person cleared it (money rule 5). */
  provedFile: boolean
  booked: boolean
}

export interface MatchPayer {
  /** One payer has one key in one portal: `company:12`, `contact:7`. */
  key: string
  names: readonly string[]
  taxIds: readonly string[]
  accounts: readonly string[]
}

export interface MatchPayment {
  portalId: string
  id: number
  /** The portal's number of the payment: `3653/1`. */
  accountNumber: string
  /** The number of its order, '' where unknown (then the part of `accountNumber` before the last slash counts). */
  orderNumber: string
  /** The number of the invoice that owns it, '' where it has none. */
  ownerNumber: string
  sumMinor: number
  /** What accepted matches have not yet allotted of its sum. */
  leftMinor: number
  currency: string
  paid: boolean
  paidAt: Moment | null
  billDay: BankDay | null
  payBeforeDay: BankDay | null
  payer: MatchPayer | null
  ownCompanyId: number | null
  isReturn: boolean
  paySystemIsCash: boolean
  gone: boolean
}

/** A pair that a person rejected: never offered again. */
export interface RejectedPair {
  lineId: number
  portalId: string
  paymentId: number
}

/** What earlier decisions taught: this name or account on a statement pays for this payer. */
export interface PayerAlias {
  portalId: string
  payerKey: string
  /** Either may be '' when it was not part of what was learnt. */
  name: string
  account: string
}

export interface MatchSettings {
  /** Confidence from which a proposal may be certain, if every condition of certainty holds as well. */
  certainFrom: number
  likelyFrom: number
  /** Differences of sums that are taken for a fee, rounding or exchange; none unless given. */
  tolerances?: Tolerances
  /** Weights learnt from earlier decisions, in place of the documented ones. */
  weights?: Partial<Weights>
}

/** How one portal writes the numbers of its invoices and orders; an unreadable mask is left out. */
export interface PortalMasks {
  portalId: string
  masks: readonly string[]
}

export interface MatchInput {
  lines: readonly MatchLine[]
  payments: readonly MatchPayment[]
  rejected: readonly RejectedPair[]
  aliases: readonly PayerAlias[]
  settings: MatchSettings
  masks?: readonly PortalMasks[]
  /** Own accounts beside those on which the lines stand: money between two of them pays nothing. */
  ownAccounts?: readonly string[]
}

/** The new state of what a decision changed; everything that is left out stays as it was. */
export interface MatchChange {
  /** Known lines in their new state, or new ones. */
  lines?: readonly MatchLine[]
  removedLines?: readonly number[]
  /** Known payments whose money, or being paid, changed. */
  payments?: readonly MatchPayment[]
  rejected?: readonly RejectedPair[]
  unrejected?: readonly RejectedPair[]
  aliases?: readonly PayerAlias[]
  forgottenAliases?: readonly PayerAlias[]
}

/** One way to explain a line. Amounts are signed like the line: an allotment of a refund is negative. */
export interface MatchProposal {
  /** From 1, the best first. */
  rank: number
  zone: Exclude<Zone, 'none'>
  /** 0..1, how likely this explanation is the true one among the line's explanations. */
  confidence: number
  portalId: string
  allotments: Allotment[]
  /** Line's `leftMinor` minus the allotments. */
  restMinor: number
  reasons: Reason[]
}

export interface LineMatch {
  lineId: number
  /** The zone of the first proposal, or 'none'. */
  zone: Zone
  /** At most five. The first ones of all lines together never allot a payment beyond its `leftMinor`. */
  proposals: MatchProposal[]
}

/** One entry per line, by ascending line id. */
export interface MatchResult {
  lines: LineMatch[]
}

export const defaultSettings: MatchSettings = { certainFrom: 0.98, likelyFrom: 0.75 }
