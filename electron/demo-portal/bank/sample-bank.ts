/** The sample bank: lines planned at once, files written when somebody asks for them. */
import { addDays } from '../moments.ts'
import type { Random } from '../data/random.ts'
import { writeCamt } from './camt.ts'
import { writeCsv } from './csv.ts'
import { writeMt940 } from './mt940.ts'
import { writeOneC } from './one-c.ts'
import { type BankPlanRequest, COVERED_DAYS, planBank } from './plan.ts'
import {
  type AccountKey,
  type BankAccount,
  type SampleStatement,
  type StatementPeriod,
  type StatementTruth,
  closingMinor,
} from './statement.ts'

export interface SampleBank {
  statements(): readonly SampleStatement[]
  truth: readonly StatementTruth[]
}

interface FileKind {
  name: string
  format: SampleStatement['format']
  write(account: BankAccount, period: StatementPeriod): Uint8Array
}

const files: Record<AccountKey, FileKind> = {
  main: { name: 'kl_to_1c.txt', format: '1c', write: writeOneC },
  second: { name: 'vypiska.csv', format: 'csv', write: writeCsv },
  euro: { name: 'camt053_EUR.xml', format: 'camt.053', write: writeCamt },
  dollar: { name: 'statement_USD.sta', format: 'mt940', write: writeMt940 },
}

function accountNumber(account: BankAccount): string {
  return account.detail.iban === '' ? account.detail.account : account.detail.iban
}

function truthOf(account: BankAccount): StatementTruth[] {
  return account.lines.map((line, index) => ({
    statement: files[account.key].name,
    index,
    account: accountNumber(account),
    currency: account.currency,
    bankDay: line.bankDay,
    documentNumber: line.documentNumber,
    direction: line.direction,
    minor: line.minor,
    kind: line.kind,
    payments: line.payments,
  }))
}

function write(account: BankAccount, period: StatementPeriod): SampleStatement {
  const { name, format, write: writeFile } = files[account.key]
  return {
    name,
    format,
    bytes: writeFile(account, period),
    account: accountNumber(account),
    currency: account.currency,
    from: period.from,
    to: period.to,
    openingMinor: account.openingMinor,
    closingMinor: closingMinor(account),
    lines: account.lines.length,
  }
}

export function createSampleBank(random: Random, request: BankPlanRequest): SampleBank {
  const accounts = planBank(random, request)
  const period: StatementPeriod = {
    from: addDays(request.today, -COVERED_DAYS),
    to: addDays(request.today, -1),
    created: request.today,
  }
  let written: readonly SampleStatement[] | undefined
  return {
    statements: () => (written ??= accounts.map((account) => write(account, period))),
    truth: accounts.flatMap(truthOf),
  }
}
