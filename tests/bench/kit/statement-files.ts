// Long statements in every format that is read: lines of the sample bank, repeated over a year with other sums and
// numbers, written by its own writers.

import { writeCamt } from '../../../electron/demo-portal/bank/camt.ts'
import { writeCsv } from '../../../electron/demo-portal/bank/csv.ts'
import { writeMt940 } from '../../../electron/demo-portal/bank/mt940.ts'
import { writeOneC } from '../../../electron/demo-portal/bank/one-c.ts'
import { planBank } from '../../../electron/demo-portal/bank/plan.ts'
import type {
  AccountKey,
  BankAccount,
  BankLine,
  StatementPeriod,
} from '../../../electron/demo-portal/bank/statement.ts'
import { createParties } from '../../../electron/demo-portal/data/parties.ts'
import { createRandom } from '../../../electron/demo-portal/data/random.ts'
import { createTrade } from '../../../electron/demo-portal/data/trade.ts'

export type BenchFormat = '1c' | 'camt.053' | 'mt940' | 'csv'

const today = '2026-11-21'
const managers = [1]
const firstDay = Date.UTC(2025, 10, 3)
const days = 360
const kinds: Record<
  BenchFormat,
  { key: AccountKey; extension: string; write(account: BankAccount, period: StatementPeriod): Uint8Array }
> = {
  '1c': { key: 'main', extension: 'txt', write: writeOneC },
  'camt.053': { key: 'euro', extension: 'xml', write: writeCamt },
  mt940: { key: 'dollar', extension: 'sta', write: writeMt940 },
  csv: { key: 'second', extension: 'csv', write: writeCsv },
}

/** The sample bank's accounts with their few hundred lines. */
function plannedAccounts(): BankAccount[] {
  const random = createRandom('bench')
  const parties = createParties(random.fork('parties'), 400, managers)
  const trade = createTrade(random.fork('trade'), { payments: 5_000, today, parties, managers })
  return planBank(random.fork('bank'), { today, parties, recent: trade.recent, managers })
}

/** A statement of that many lines; the same bytes at every call. */
export function writeStatement(format: BenchFormat, lines: number): { name: string; bytes: Uint8Array } {
  const { key, extension, write } = kinds[format]
  const account = plannedAccounts().find((candidate) => candidate.key === key)
  if (!account) throw new Error(`the sample bank has no account ${key}`)
  const pattern = account.lines
  const long: BankLine[] = []
  for (let index = 0; index < lines; index += 1) {
    const line = pattern[index % pattern.length]
    if (line)
      long.push({
        ...line,
        bankDay: dayOf(index / lines),
        documentDay: dayOf(index / lines),
        documentNumber: String(index + 1),
        minor: line.minor + index,
      })
  }
  const period = { from: dayOf(0), to: dayOf(1), created: today }
  return {
    name: `bench.${extension}`,
    bytes: write({ ...account, openingMinor: 10 ** 12, lines: long }, period),
  }
}

function dayOf(share: number): string {
  return new Date(firstDay + Math.floor(share * days) * 86_400_000).toISOString().slice(0, 10)
}
