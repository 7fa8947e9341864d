// What a camt statement says about its account: who, which currency, which balances, which totals.

import type { IssueCode, StatementHead } from '../../../contract/statement.ts'
import { currencyOf } from '../../../contract/money.ts'
import type { XmlNode } from './node.ts'
import { amountOf, dayOf, directionOf, nodeAt, textAt } from './node.ts'
import { accountOf } from './party.ts'

interface CamtBalance {
  code: string
  /** Of a page, not of the whole statement. */
  interim: boolean
  minor: number
  day: string | null
}

/** Totals as the statement declares them, null where it does not. */
interface Declared {
  count: number | null
  totalMinor: number | null
}

/** Collects the children of one `Stmt`, `Rpt` or `Ntfctn` that are not entries. */
export class CamtHead {
  account = ''
  owner = ''
  currency = ''
  from: string | null = null
  to: string | null = null
  created: string | null
  declared: Declared = { count: null, totalMinor: null }
  readonly #balances: CamtBalance[] = []

  constructor(messageDay: string | null) {
    this.created = messageDay
  }

  /** The day that stands for the whole statement. */
  get day(): string | null {
    return this.#closing()?.day ?? this.to ?? this.created
  }

  /** Takes one child element; answers what could not be read of it. */
  take(node: XmlNode): { code: IssueCode; text: string; weight: 'problem' | 'note' } | null {
    if (node.name === 'Acct') this.#takeAccount(node)
    else if (node.name === 'FrToDt') this.#takePeriod(node)
    else if (node.name === 'CreDtTm') this.created = dayOf(node) ?? this.created
    else if (node.name === 'TxsSummry') this.#takeTotals(node)
    else if (node.name === 'Bal') return this.#takeBalance(node)
    return null
  }

  /** The head as far as it is known; `days` are the booking days read, for statements without a period. */
  head(days: { first: string; last: string } | null): StatementHead {
    const opening = this.#opening()
    const closing = this.#closing()
    return {
      account: this.account,
      currency: this.currency,
      owner: this.owner,
      // A previous closing balance is of the day before.
      from:
        this.from ?? days?.first ?? (opening?.code === 'PRCD' ? closing?.day : null) ?? opening?.day ?? null,
      to: this.to ?? closing?.day ?? days?.last ?? null,
      openingMinor: opening?.minor ?? null,
      closingMinor: closing?.minor ?? null,
    }
  }

  #takeAccount(node: XmlNode): void {
    this.account = accountOf(node) || this.account
    this.currency = currencyOf(textAt(node, 'Ccy')) ?? this.currency
    this.owner = textAt(node, 'Ownr', 'Nm') || textAt(node, 'Ownr', 'Pty', 'Nm') || textAt(node, 'Nm')
  }

  #takePeriod(node: XmlNode): void {
    this.from = dayOf(nodeAt(node, 'FrDtTm') ?? nodeAt(node, 'FrDt'))
    this.to = dayOf(nodeAt(node, 'ToDtTm') ?? nodeAt(node, 'ToDt'))
  }

  #takeTotals(node: XmlNode): void {
    const total = nodeAt(node, 'TtlNtries')
    const count = textAt(total, 'NbOfNtries')
    this.declared.count = /^\d{1,9}$/.test(count) ? Number(count) : null
    const sum = amountOf(nodeAt(total, 'Sum'), this.currency)
    this.declared.totalMinor = sum.ok ? sum.minor : null
  }

  #takeBalance(node: XmlNode): ReturnType<CamtHead['take']> {
    const code = textAt(node, 'Tp', 'CdOrPrtry', 'Cd') || textAt(node, 'Tp', 'Cd')
    const amount = amountOf(nodeAt(node, 'Amt'), this.currency)
    if (!amount.ok) return { code: 'balance.unreadable', text: amount.text, weight: 'problem' }
    this.currency ||= amount.currency
    const sign = directionOf(node)
    const minor = sign === -1 && amount.minor !== 0 ? -amount.minor : amount.minor
    if (amount.currency !== this.currency) {
      return {
        code: 'balance.unreadable',
        text: `${code} ${amount.currency} ${textAt(node, 'Amt')}`,
        weight: 'note',
      }
    }
    const interim = code === 'ITBD' || textAt(node, 'Tp', 'SubTp', 'Cd') === 'INTM'
    this.#balances.push({ code, interim, minor, day: dayOf(nodeAt(node, 'Dt')) })
    // Absent in real files; the balance proof shows whether plus was right.
    return sign === 0 ? { code: 'direction.unknown', text: code, weight: 'note' } : null
  }

  /**
   * The day's opening; else the previous closing; else, on a later page, the first of two interim balances. A page
   * that repeats the day's opening beside its own is opened by its own.
   */
  #opening(): CamtBalance | undefined {
    const opening = this.#withCode('OPBD')
    const interim = this.#withCode('ITBD')
    const page = interim.length > 1 || this.#withCode('CLBD').length > 0 ? interim[0] : undefined
    return opening.find((balance) => balance.interim) ?? opening[0] ?? this.#withCode('PRCD')[0] ?? page
  }

  /** CLBD; else the last interim balance (a page that is not the last, or an intraday report). */
  #closing(): CamtBalance | undefined {
    return this.#withCode('CLBD').at(-1) ?? this.#withCode('ITBD').at(-1)
  }

  #withCode(code: string): CamtBalance[] {
    const found = this.#balances.filter((balance) => balance.code === code)
    return found.sort((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : (a.day ?? '') > (b.day ?? '') ? 1 : 0))
  }
}

/** Where the entries' currency is told before the account's: the first entry's own attribute. */
export function entryCurrency(node: XmlNode): string {
  return currencyOf(nodeAt(node, 'Amt')?.currency ?? '') ?? ''
}
