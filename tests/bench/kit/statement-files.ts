// Long statements in every format that is read: lines of the sample bank, repeated over a year with other sums and
// numbers, written by its own writers and those beside this file.

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
import { writeBai2, writeOfx, writeQif, writeWorkbook } from './small-formats.ts'

export const benchFormats = ['1c', 'camt.053', 'mt940', 'ofx', 'qif', 'bai2', 'csv', 'xlsx'] as const
export type BenchFormat = (typeof benchFormats)[number]

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
  ofx: { key: 'euro', extension: 'ofx', write: writeOfx },
  qif: { key: 'euro', extension: 'qif', write: writeQif },
  bai2: { key: 'euro', extension: 'bai', write: writeBai2 },
  xlsx: { key: 'euro', extension: 'xlsx', write: writeWorkbook },
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

/** Where the records of each format begin and end, so that a long file can be made of a short one. */
const records: Partial<Record<BenchFormat, { first: string; behind: string }>> = {
  '1c': {
    first: '\u0421\u0435\u043a\u0446\u0438\u044f\u0414\u043e\u043a\u0443\u043c\u0435\u043d\u0442',
    behind: '\u041a\u043e\u043d\u0435\u0446\u0424\u0430\u0439\u043b\u0430',
  },
  'camt.053': { first: '<Ntry>', behind: '</Stmt>' },
  mt940: { first: ':20:', behind: '' },
  csv: { first: '\n', behind: '' },
  ofx: { first: '<STMTTRN>', behind: '</BANKTRANLIST>' },
  qif: { first: 'D', behind: '' },
  bai2: { first: '16,', behind: '49,' },
}

/** A statement of about so many lines by pieces, of which only one is in the memory; null for formats that are no stream. */
export function streamStatement(format: BenchFormat, lines: number): (() => Generator<Uint8Array>) | null {
  const marks = records[format]
  if (!marks) return null
  const some = 5_000
  const { bytes } = writeStatement(format, some)
  const label = format === '1c' ? 'windows-1251' : 'utf-8'
  const text = new TextDecoder(label).decode(bytes)
  // Offsets in the text are offsets in the bytes only where every letter is one byte.
  const cut = (mark: string, last: boolean): number => {
    const at = last ? text.lastIndexOf(mark) : text.indexOf(mark)
    return label === 'utf-8' ? new TextEncoder().encode(text.slice(0, at)).length : at
  }
  const from = cut(marks.first, false)
  const to = marks.behind === '' ? bytes.length : cut(marks.behind, true)
  return function* pieces() {
    yield bytes.subarray(0, from)
    for (let made = 0; made < lines; made += some) yield bytes.subarray(from, to)
    yield bytes.subarray(to)
  }
}
