/** Lines that have nothing to do with the portal: fees, transfers between own accounts, suppliers, loans. */
import { russianDay } from '../moments.ts'
import type { Random } from '../data/random.ts'
import { bankParty, ownParty, strangerParty } from './counterparties.ts'
import type { BankAccount, BankLine } from './statement.ts'

type Told = Pick<BankLine, 'kind' | 'direction' | 'minor' | 'purpose' | 'counterparty'>

function add(random: Random, account: BankAccount, day: string, told: Told): BankLine {
  const line: BankLine = {
    bankDay: day,
    documentNumber: String(random.integer(1, 4_000)),
    documentDay: day,
    payments: [],
    ...told,
  }
  account.lines.push(line)
  return line
}

function addTransfer(random: Random, from: BankAccount, into: BankAccount, day: string): void {
  const minor = random.integer(5, 60) * 1_000_000
  const purpose = 'Перевод собственных средств между счетами. НДС не облагается'
  const told = { kind: 'own-transfer' as const, minor, purpose }
  const out = add(random, from, day, {
    ...told,
    direction: 'out',
    counterparty: ownParty(into.own, into.detail),
  })
  const received = add(random, into, day, {
    ...told,
    direction: 'in',
    counterparty: ownParty(from.own, from.detail),
  })
  received.documentNumber = out.documentNumber
}

function roubleLines(random: Random, account: BankAccount, day: string, index: number): Told[] {
  const bank = bankParty(account.detail)
  const stranger = strangerParty(random, false)
  const date = russianDay(day)
  const fee = { kind: 'bank-fee' as const, direction: 'out' as const, counterparty: bank }
  const lines: Told[] = []
  if (index % 5 === 4)
    lines.push({ ...fee, minor: 89_000, purpose: `Комиссия за ведение счета за период по ${date}` })
  if (random.chance(0.5)) {
    lines.push({ ...fee, minor: random.integer(15, 95) * 100, purpose: 'Комиссия за перечисление средств' })
  }
  if (random.chance(0.5)) {
    const purpose = `Оплата поставщику по счету № ${random.integer(10, 9_000)} от ${date}. В т.ч. НДС`
    const minor = random.integer(20_000, 4_000_000)
    lines.push({ kind: 'unrelated', direction: 'out', minor, purpose, counterparty: stranger })
  }
  if (random.chance(0.25)) {
    const purpose = `Возмещение по договору эквайринга № ${random.integer(1_000, 9_999)}, операции за ${date}. Комиссия 1,80%`
    const minor = random.integer(100_000, 3_000_000)
    lines.push({ kind: 'unrelated', direction: 'in', minor, purpose, counterparty: bank })
  }
  if (random.chance(0.1)) {
    const purpose = 'Предоставление займа по договору № 5 от 01.02.2026. НДС не облагается'
    const minor = random.integer(500, 90_000) * 100
    lines.push({ kind: 'unrelated', direction: 'in', minor, purpose, counterparty: stranger })
  }
  return lines
}

function foreignLines(random: Random, account: BankAccount, index: number): Told[] {
  const lines: Told[] = []
  if (index % 7 === 6) {
    const counterparty = bankParty(account.detail)
    lines.push({
      kind: 'bank-fee',
      direction: 'out',
      minor: 1_450,
      purpose: 'Account maintenance fee',
      counterparty,
    })
  }
  if (random.chance(0.15)) {
    lines.push({
      kind: 'unrelated',
      direction: 'out',
      minor: random.integer(10_000, 250_000),
      purpose: `Hosting services ${random.integer(1_000, 9_999)}`,
      counterparty: strangerParty(random, true),
    })
  }
  return lines
}

/** Adds the lines of one bank day to every account. `index` counts the bank days of the period. */
export function addOtherLines(
  random: Random,
  accounts: readonly BankAccount[],
  day: string,
  index: number,
): void {
  const main = accounts.find((account) => account.key === 'main')
  const second = accounts.find((account) => account.key === 'second')
  if (index % 4 === 2 && main && second) addTransfer(random, main, second, day)
  for (const account of accounts) {
    const lines =
      account.currency === 'RUB'
        ? roubleLines(random, account, day, index)
        : foreignLines(random, account, index)
    for (const line of lines) add(random, account, day, line)
  }
}
