/** What the sample bank knows of its lines, and the files it gives out. */
import type { Currency } from '../data/model.ts'
import type { OwnCompany } from '../data/parties.ts'
import type { BankDetail } from '../data/model.ts'

export type TruthKind =
  /** One line, one payment, the whole sum. */
  | 'exact'
  /** One line, several payments. */
  | 'group'
  /** One of several lines that together pay one payment. */
  | 'split'
  | 'partial'
  | 'over'
  /** The whole sum less a fee that a bank on the way kept. */
  | 'fee-withheld'
  /** Paid by somebody else than the client. */
  | 'third-party'
  /** Money of a paid payment going back. */
  | 'refund'
  | 'bank-fee'
  | 'own-transfer'
  | 'unrelated'

export interface Counterparty {
  name: string
  inn: string
  kpp: string
  account: string
  bankName: string
  bic: string
  corAccount: string
  iban: string
  swift: string
}

export interface BankLine {
  bankDay: string
  documentNumber: string
  documentDay: string
  direction: 'in' | 'out'
  minor: number
  counterparty: Counterparty
  purpose: string
  kind: TruthKind
  /** Minor units of each payment that the line covers. */
  payments: { id: number; minor: number }[]
}

export type AccountKey = 'main' | 'second' | 'euro' | 'dollar'

export interface BankAccount {
  key: AccountKey
  own: OwnCompany
  detail: BankDetail
  currency: Currency
  openingMinor: number
  lines: BankLine[]
}

export interface StatementPeriod {
  from: string
  to: string
  created: string
}

/** Lines of the truth stand in the order of the file; a batch entry counts once per detail. */
export interface StatementTruth {
  statement: string
  index: number
  account: string
  currency: Currency
  bankDay: string
  documentNumber: string
  direction: 'in' | 'out'
  minor: number
  kind: TruthKind
  payments: { id: number; minor: number }[]
}

export interface SampleStatement {
  name: string
  bytes: Uint8Array
  format: '1c' | 'camt.053' | 'mt940' | 'csv'
  account: string
  currency: Currency
  from: string
  to: string
  openingMinor: number
  closingMinor: number
  lines: number
}

export function signed(line: BankLine): number {
  return line.direction === 'in' ? line.minor : -line.minor
}

export function closingMinor(account: BankAccount): number {
  return account.lines.reduce((sum, line) => sum + signed(line), account.openingMinor)
}

/** `1234.50` with the given decimal mark. */
export function printMinor(minor: number, mark: '.' | ','): string {
  const size = Math.abs(minor)
  return `${minor < 0 ? '-' : ''}${Math.floor(size / 100)}${mark}${String(size % 100).padStart(2, '0')}`
}
