/** The own accounts whose statements the sample bank gives out. */
import type { Parties } from '../data/parties.ts'
import type { AccountKey, BankAccount } from './statement.ts'

export function accountsOf(parties: Parties): BankAccount[] {
  const [home, abroad] = parties.own
  const { main, second, foreign } = home.accounts
  const account = (
    key: AccountKey,
    own: typeof home,
    detail: typeof main | undefined,
    openingMinor: number,
  ): BankAccount[] =>
    detail ? [{ key, own, detail, currency: detail.currency, openingMinor, lines: [] }] : []
  return [
    ...account('main', home, main, 812_345_067),
    ...account('second', home, second, 54_120_015),
    ...account('euro', abroad, abroad.accounts.main, 7_730_550),
    ...account('dollar', home, foreign, 4_105_000),
  ]
}
