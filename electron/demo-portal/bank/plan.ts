/** Which recent payment is paid by which line, and which lines have nothing to do with payments. */
import { addDays, dayMs, isWeekend } from '../moments.ts'
import type { Parties } from '../data/parties.ts'
import type { Random } from '../data/random.ts'
import type { RecentPayment } from '../data/trade.ts'
import { accountsOf } from './accounts.ts'
import { clientParty, strangerParty } from './counterparties.ts'
import { addOtherLines } from './other-lines.ts'
import { drawScenario } from './scenarios.ts'
import type { AccountKey, BankAccount, BankLine, Counterparty, TruthKind } from './statement.ts'
import { writePurpose } from './wordings.ts'

export interface BankPlanRequest {
  today: string
  parties: Parties
  recent: readonly RecentPayment[]
  managers: readonly number[]
}

/** Statements cover the last twenty days, yesterday included. */
export const COVERED_DAYS = 20

class BankPlanner {
  readonly accounts: BankAccount[]
  private readonly random: Random
  private readonly request: BankPlanRequest
  private readonly days: string[]
  private readonly waiting: Map<unknown, RecentPayment[]>
  private readonly done = new Set<number>()

  constructor(random: Random, request: BankPlanRequest) {
    this.random = random
    this.request = request
    this.accounts = accountsOf(request.parties)
    this.days = []
    for (let back = COVERED_DAYS; back >= 1; back -= 1) {
      const day = addDays(request.today, -back)
      if (!isWeekend(day)) this.days.push(day)
    }
    this.waiting = new Map()
    for (const recent of request.recent) {
      const group = this.waiting.get(recent.client)
      if (group) group.push(recent)
      else this.waiting.set(recent.client, [recent])
    }
  }

  private account(key: AccountKey): BankAccount | undefined {
    return this.accounts.find((account) => account.key === key)
  }

  private accountFor(recent: RecentPayment): BankAccount | undefined {
    switch (recent.payment.currency) {
      case 'RUB':
        return this.account(this.random.chance(0.85) ? 'main' : 'second')
      case 'EUR':
        return this.account('euro')
      case 'USD':
        return this.account('dollar')
      case 'BYN':
        return undefined
    }
  }

  private billedDay(recent: RecentPayment): string {
    return new Date(recent.order.insertedAt).toISOString().slice(0, 10)
  }

  private dayAfter(day: string): string | undefined {
    const possible = this.days.filter((candidate) => candidate >= day)
    return possible.length === 0 ? undefined : this.random.pick(possible)
  }

  private markPaid(recent: RecentPayment, day: string): void {
    const { payment } = recent
    payment.paid = true
    payment.paidAt = dayMs(day) + this.random.integer(7 * 60, 14 * 60) * 60_000
    payment.paidBy = this.random.pick(this.request.managers)
  }

  private naming(recents: readonly RecentPayment[]): 'number' | 'order' | 'none' {
    const drawn = this.random.next()
    if (drawn < 0.1) return 'none'
    return drawn < 0.17 && recents.length === 1 ? 'order' : 'number'
  }

  private line(
    recents: readonly RecentPayment[],
    given: Pick<BankLine, 'bankDay' | 'minor' | 'kind' | 'payments'> & Partial<BankLine>,
    counterparty: Counterparty,
  ): BankLine {
    const { random } = this
    const [first] = recents
    const foreign = first?.client.foreign ?? false
    return {
      documentNumber: String(random.integer(1, 4_000)),
      documentDay: random.chance(0.8) ? given.bankDay : addDays(given.bankDay, -1),
      direction: 'in',
      counterparty,
      purpose: writePurpose(random, {
        numbers: recents.map((recent) => recent.payment.accountNumber),
        billedDay: first ? this.billedDay(first) : given.bankDay,
        minor: given.minor,
        goods: first?.goods ?? 'услуги',
        foreign,
        naming: this.naming(recents),
      }),
      ...given,
    }
  }

  private simple(
    recent: RecentPayment,
    account: BankAccount,
    day: string,
    kind: TruthKind,
    minor: number,
  ): BankLine {
    const { payment, client } = recent
    const line = this.line(
      [recent],
      { bankDay: day, minor, kind, payments: [{ id: payment.id, minor: Math.min(minor, payment.sumMinor) }] },
      kind === 'third-party' ? strangerParty(this.random, client.foreign) : clientParty(this.random, client),
    )
    if (kind === 'third-party' && !client.foreign) line.purpose += ` за ${client.company?.title ?? 'клиента'}`
    account.lines.push(line)
    return line
  }

  private group(recent: RecentPayment, account: BankAccount, day: string): void {
    const others = (this.waiting.get(recent.client) ?? []).filter(
      (other) =>
        other !== recent &&
        !this.done.has(other.payment.id) &&
        other.payment.currency === recent.payment.currency &&
        this.billedDay(other) <= day,
    )
    const members = [recent, ...others.slice(0, this.random.integer(1, 3))]
    if (members.length === 1) {
      this.simple(recent, account, day, 'exact', recent.payment.sumMinor)
      return
    }
    for (const member of members) this.done.add(member.payment.id)
    const minor = members.reduce((sum, member) => sum + member.payment.sumMinor, 0)
    const payments = members.map(({ payment }) => ({ id: payment.id, minor: payment.sumMinor }))
    const given = { bankDay: day, minor, kind: 'group' as const, payments }
    account.lines.push(this.line(members, given, clientParty(this.random, recent.client)))
  }

  private split(recent: RecentPayment, account: BankAccount, day: string): void {
    const first = Math.max(1, Math.round(recent.payment.sumMinor * (0.3 + this.random.next() * 0.4)))
    this.simple(recent, account, day, 'split', first)
    const later = this.dayAfter(day) ?? day
    this.simple(recent, account, later, 'split', recent.payment.sumMinor - first)
  }

  private refund(recent: RecentPayment, account: BankAccount, day: string): void {
    const { payment, client } = recent
    this.simple(recent, account, day, 'exact', payment.sumMinor)
    this.markPaid(recent, day)
    const later = this.dayAfter(day) ?? day
    const purpose = client.foreign
      ? `Refund of payment ${payment.accountNumber}`
      : `Возврат оплаты по счету № ${payment.accountNumber}. НДС не облагается`
    const payments = [{ id: payment.id, minor: payment.sumMinor }]
    const given = { bankDay: later, minor: payment.sumMinor, kind: 'refund' as const, payments }
    account.lines.push(
      this.line([recent], { ...given, direction: 'out', purpose }, clientParty(this.random, client)),
    )
  }

  private cover(recent: RecentPayment): void {
    const { random } = this
    const { payment, client } = recent
    if (this.done.has(payment.id)) return
    const account = this.accountFor(recent)
    const day = this.dayAfter(this.billedDay(recent))
    const scenario = account && day ? drawScenario(random, client.foreign) : 'open'
    if (scenario === 'open' || !account || day === undefined) return
    this.done.add(payment.id)
    switch (scenario) {
      case 'exact-already-paid':
        this.simple(recent, account, day, 'exact', payment.sumMinor)
        return this.markPaid(recent, day)
      case 'paid-without-money':
        return this.markPaid(recent, day)
      case 'group':
        return this.group(recent, account, day)
      case 'split':
        return this.split(recent, account, day)
      case 'refund':
        return this.refund(recent, account, day)
      case 'partial':
        this.simple(recent, account, day, 'partial', Math.max(1, Math.round(payment.sumMinor * 0.5)))
        return
      case 'over':
        this.simple(recent, account, day, 'over', payment.sumMinor + random.integer(1, 50) * 1_000)
        return
      case 'fee-withheld': {
        const fee = Math.min(
          client.foreign ? random.pick([500, 1_200, 1_500, 2_500]) : 7_500,
          payment.sumMinor - 1,
        )
        this.simple(recent, account, day, 'fee-withheld', payment.sumMinor - Math.max(0, fee))
        return
      }
      case 'third-party':
      case 'exact':
        this.simple(recent, account, day, scenario, payment.sumMinor)
    }
  }

  run(): BankAccount[] {
    for (const recent of this.request.recent) this.cover(recent)
    this.days.forEach((day, index) => {
      addOtherLines(this.random, this.accounts, day, index)
    })
    for (const account of this.accounts) {
      account.lines.sort((left, right) =>
        left.bankDay < right.bankDay ? -1 : left.bankDay > right.bankDay ? 1 : 0,
      )
    }
    return this.accounts
  }
}

/** Plans the lines of all accounts and marks those recent payments that somebody has already marked. */
export function planBank(random: Random, request: BankPlanRequest): BankAccount[] {
  return new BankPlanner(random, request).run()
}
