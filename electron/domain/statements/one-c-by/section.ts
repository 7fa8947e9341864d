// One statement of a Belarusian client-bank text: whose it is, its period, currency and balances, gathered from
// what was asked, from the head before the documents and from the foot behind them.

import type { Currency } from '../../../contract/money.ts'
import type { GivenFacts } from '../../../contract/statement-file.ts'
import type { IssueCode, Place, StatementHead } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { readAmount } from '../amount-text.ts'
import { firstOf, type Keys } from './document.ts'
import { balanceOf, currencyOfCode, pairOf, type Pair } from './money.ts'
import type { DayReading } from '../one-c/day.ts'

export interface SectionIssue {
  code: IssueCode
  text: string
  note?: boolean
}

export class OneCBySection {
  readonly asked = new Map<string, string>()
  readonly head = new Map<string, string>()
  readonly foot = new Map<string, string>()
  readonly place: Place
  readonly #type: string
  readonly #account: string
  readonly #given: GivenFacts
  readonly #day: (text: string) => DayReading
  #opened: StatementHead | undefined
  #from: BankDay | null = null
  #to: BankDay | null = null
  #in = 0
  #out = 0
  currency = 'XXX' as Currency
  pair: Pair = 'plain'

  constructor(
    type: string,
    account: string,
    place: Place,
    given: GivenFacts,
    day: (text: string) => DayReading,
  ) {
    this.#type = type
    this.#account = account
    this.place = { ...place }
    this.#given = given
    this.#day = day
  }

  get opened(): boolean {
    return this.#opened !== undefined
  }

  /** Decides currency, period and opening balance; `document` is the first one, or empty. */
  open(document: Keys): { head: StatementHead; issues: SectionIssue[] } {
    const issues: SectionIssue[] = []
    const account = this.#accountOf()
    this.currency = this.#currencyOf(account, document, issues)
    this.pair = this.#pairOf(document)
    ;[this.#from, this.#to] = this.#period()
    const opening = balanceOf(this.head, 'in', this.pair, this.currency)
    if (account === '') issues.push({ code: 'account.missing', text: '' })
    if (opening.wrong !== null) issues.push({ code: 'balance.unreadable', text: opening.wrong })
    this.#opened = {
      account,
      currency: this.currency,
      owner: this.#owner(),
      from: this.#from,
      to: this.#to,
      openingMinor: opening.minor,
      closingMinor: null,
    }
    return { head: this.#opened, issues }
  }

  /** Completes the head with what the foot states. */
  close(): { head: StatementHead; issues: SectionIssue[] } {
    const issues: SectionIssue[] = []
    const closing = balanceOf(this.foot, 'out', this.pair, this.currency)
    const opened = this.#opened ?? this.open(new Map()).head
    const head = { ...opened, closingMinor: closing.minor }
    if (closing.wrong !== null) issues.push({ code: 'balance.unreadable', text: closing.wrong })
    else if (head.openingMinor === null || closing.minor === null)
      issues.push({ code: 'balance.missing', text: head.account })
    else if (head.openingMinor + this.#in - this.#out !== closing.minor)
      issues.push({ code: 'balance.off', text: head.account })
    const q = this.pair === 'Q' ? 'Q' : ''
    this.#compare(firstOf(this.foot, 'DB', `DebV${q}`), this.#out, 'DB', issues)
    this.#compare(firstOf(this.foot, 'CR', `CreV${q}`), this.#in, 'CR', issues)
    return { head, issues }
  }

  add(amountMinor: number, reversal: boolean): void {
    if (amountMinor < 0 === reversal) this.#in += amountMinor
    else this.#out -= amountMinor
  }

  /** Whether the day lies in the statement's period; true where that is not stated. */
  covers(day: BankDay): boolean {
    return (this.#from === null || day >= this.#from) && (this.#to === null || day <= this.#to)
  }

  #compare(stated: string, read: number, key: string, issues: SectionIssue[]): void {
    const reading = readAmount(stated, this.currency)
    if ('minor' in reading && reading.minor !== read)
      issues.push({ code: 'declared.total', text: `${key}=${stated}`, note: true })
  }

  // ---- whose, and in what

  #accountOf(): string {
    const inHead = /\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/.exec(firstOf(this.head, 'Header4', 'Header1'))?.[0]
    return this.#account || (inHead ?? this.#given.account ?? '')
  }

  #owner(): string {
    const name = firstOf(this.asked, 'Name') || firstOf(this.head, 'Header11', 'Header5')
    // `Наименование счета********* ООО "РОМАШКА"`: the label is filled up with stars.
    return name
      .replace(/^.*\*{3,}\s*/, '')
      .replace(/^Наименование(?:\s+сч[её]та)?\s+/i, '')
      .trim()
  }

  /**
   * The head's own mark first, then what was asked for, then the documents'. An account in roubles often has none of
   * them: it is one when it is Belarusian and its documents have the rouble's keys.
   */
  #currencyOf(account: string, document: Keys, issues: SectionIssue[]): Currency {
    const marks = [
      this.head.get('I1'),
      this.head.get('CurrCode'),
      /^\S.*\b[A-Z0-9]{13,34}\s+([A-Z]{3}|\d{3})\b/.exec(this.head.get('Header4') ?? '')?.[1],
      this.asked.get('CurrCode'),
      document.get('I2'),
      document.get('CurrCode'),
      this.foot.get('I3'),
    ]
    const named = marks.filter((mark) => mark !== undefined && mark !== '')
    const found = named.map((mark) => currencyOfCode(mark ?? '')).find((currency) => currency !== undefined)
    if (found !== undefined) return found
    if (named.length > 0) issues.push({ code: 'currency.unknown', text: named[0] ?? '' })
    const given = this.#given.currency
    if (given !== undefined) return given as Currency
    const belarusian = /^BY\d{2}/.test(account) || /^\d{13}$/.test(account)
    if (belarusian && named.length === 0 && !hasOwnPair(this.head, document)) return 'BYN' as Currency
    issues.push({ code: 'currency.absent', text: account })
    return 'XXX' as Currency
  }

  #pairOf(document: Keys): Pair {
    if (!hasOwnPair(this.head, document)) return 'plain'
    // The document's own `Amount` is in the account's currency: where it equals one side only, that side is it.
    const amount = firstOf(document, 'Amount')
    const equals = (...names: string[]) =>
      amount !== '' && names.some((name) => document.get(name) === amount)
    const [q, plain] = [equals('DebQ', 'CreQ'), equals('Deb', 'Cre')]
    if (q !== plain) return q ? 'Q' : 'plain'
    return pairOf(this.head, this.#type)
  }

  // ---- period

  #period(): [BankDay | null, BankDay | null] {
    const phrase = /с\s+(\S{8,10})\s+по\s+(\S{8,10})/i.exec(firstOf(this.head, 'Header1'))
    const day = (...texts: string[]) => {
      const text = texts.find((each) => each !== '')
      const reading = this.#day(text ?? '')
      return 'day' in reading ? reading.day : null
    }
    const whole = firstOf(this.asked, 'Date') || firstOf(this.head, 'Date')
    const from = day(
      firstOf(this.head, 'DateBegin', 'Date1'),
      firstOf(this.asked, 'DateBegin', 'Date1'),
      phrase?.[1] ?? '',
      whole,
    )
    const to = day(
      firstOf(this.head, 'DateEnd', 'Date2'),
      firstOf(this.asked, 'DateEnd', 'Date2'),
      phrase?.[2] ?? '',
      firstOf(this.foot, 'DateOut', 'Date2'),
      whole,
    )
    return [from, to]
  }
}

/** Sums in two currencies are only kept for accounts that are not in roubles. */
function hasOwnPair(head: Keys, document: Keys): boolean {
  return ['InCreQ', 'InDebQ', 'RestInQ', 'CrInQ'].some((key) => head.has(key)) || document.has('CreQ')
}
