// From the entries of a QIF file to lines. What the file's dates and sums mean is only known from other entries,
// so entries wait, in their order, until one of them proves it, the file ends, or too many wait.

import type { Currency } from '../../../contract/money.ts'
import type { GivenFacts } from '../../../contract/statement-file.ts'
import type { IssueCode, Place, StatementHead, StatementIssue } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { isPlain, markOf, readQifAmount, type DecimalMark } from './amounts.ts'
import { dayInOrder, QifDateOrder, readQifDate, type DateOrder, type QifDate } from './dates.ts'
import type { QifRecord } from './record.ts'
import type { StatementSink } from '../reader.ts'

/** How many entries, and how many letters of them, wait for a proof before custom decides. */
export const mostWaiting = 10_000
const mostWaitingLetters = 2 * 1024 * 1024

/** The entries behind one header. */
export interface QifSection {
  /** The account's name; '' where the file gives none. */
  account: string
  place: Place
  opened: boolean
  openingMinor: number | null
}

interface Waiting {
  section: QifSection
  /** Null marks the section's end. */
  record: QifRecord | null
  date: QifDate
}

export class QifLines {
  readonly #sink: StatementSink
  readonly #given: GivenFacts
  readonly #currency: Currency
  readonly #dates: QifDateOrder
  #order: DateOrder | undefined
  #mark: DecimalMark | undefined
  #waiting: Waiting[] = []
  #next = 0
  #letters = 0
  #firstNamed: string | undefined
  #accountMissing = false
  #currencyTold = false

  constructor(sink: StatementSink, given: GivenFacts) {
    this.#sink = sink
    this.#given = given
    // ISO 4217's code for no currency; such a line can never equal a payment.
    this.#currency = (given.currency ?? 'XXX') as Currency
    this.#dates = new QifDateOrder(given.dateOrder)
  }

  declareOrder(order: DateOrder): void {
    this.#dates.declare(order)
  }

  add(section: QifSection, record: QifRecord): void {
    const date = readQifDate(record.date)
    this.#dates.take(date)
    if (this.#order === undefined && this.#dates.proved) this.#order = this.#dates.decide().order
    this.#mark ??= [record.amount, ...record.splits].map(markOf).find((mark) => mark !== undefined)
    this.#letters += record.place.to - record.place.from
    this.#queue({ section, record, date })
    const count = this.#waiting.length - this.#next
    if (count > mostWaiting || this.#letters > mostWaitingLetters) this.#settle()
  }

  /** The section's end, which is told behind its lines. */
  endSection(section: QifSection): void {
    this.#queue({ section, record: null, date: { wrong: 'date.missing' } })
  }

  end(): void {
    this.#settle()
  }

  // ---- waiting

  #queue(item: Waiting): void {
    this.#waiting.push(item)
    while (this.#next < this.#waiting.length) {
      const head = this.#waiting[this.#next]
      if (head === undefined || this.#mustWait(head)) return
      this.#next += 1
      this.#letters -= head.record === null ? 0 : head.record.place.to - head.record.place.from
      this.#tell(head)
    }
    this.#waiting = []
    this.#next = 0
  }

  #mustWait({ record, date }: Waiting): boolean {
    if (record === null) return false
    if (this.#mark === undefined && !(isPlain(record.amount) && record.splits.every(isPlain))) return true
    return this.#order === undefined && isEitherWay(date)
  }

  #settle(): void {
    if (this.#order === undefined) {
      const { order, certain } = this.#dates.decide()
      this.#order = order
      const doubtful = this.#waiting.slice(this.#next).find(({ date }) => isEitherWay(date))
      if (!certain && doubtful?.record)
        this.#issue('date.ambiguous', 'problem', doubtful.record.place, `D${doubtful.record.date}`)
    }
    this.#mark ??= '.'
    const rest = this.#waiting.slice(this.#next)
    this.#waiting = []
    this.#next = 0
    this.#letters = 0
    for (const item of rest) this.#tell(item)
  }

  // ---- telling

  #tell({ section, record, date }: Waiting): void {
    if (record === null) {
      this.#open(section)
      this.#sink.close(this.#headOf(section))
      this.#issue('balance.missing', 'note', section.place, section.account)
      return
    }
    if (this.#takeOpening(section, record)) return
    this.#open(section)
    if (record.contradicted) {
      this.#issue('record.unreadable', 'problem', record.place, rawOf(record))
      return
    }
    const bankDay = this.#dayOf(date)
    if (typeof bankDay !== 'string') {
      this.#issue(bankDay.wrong, 'problem', record.place, `D${record.date}`)
      return
    }
    const amount = readQifAmount(record.amount, this.#mark ?? '.', this.#currency)
    if ('wrong' in amount) {
      this.#issue(amount.wrong, 'problem', record.place, `T${record.amount}`)
      return
    }
    this.#checkSplits(record, amount.minor)
    this.#sink.line(lineOf(record, bankDay, amount.minor, this.#currency))
  }

  #dayOf(date: QifDate): BankDay | Extract<QifDate, { wrong: unknown }> {
    if ('day' in date) return date.day
    if ('wrong' in date) return date
    return dayInOrder(date, this.#order ?? 'mdy') ?? { wrong: 'date.impossible' }
  }

  /**
   * Quicken begins an account with an entry that pays its opening balance from the account itself: payee
   * `Opening Balance`, category the account's own name in brackets. It is a balance and no movement.
   */
  #takeOpening(section: QifSection, record: QifRecord): boolean {
    const own = /^\[(.+)\]$/.exec(record.category)?.[1]
    if (own === undefined || section.openingMinor !== null || !openingPayees.has(record.payee.toLowerCase()))
      return false
    if (section.account !== '' && section.account.toLowerCase() !== own.toLowerCase()) return false
    if (!section.opened) section.account = own
    this.#open(section)
    const amount = readQifAmount(record.amount, this.#mark ?? '.', this.#currency)
    if ('minor' in amount) section.openingMinor = amount.minor
    else this.#issue('balance.unreadable', 'problem', record.place, `T${record.amount}`)
    return true
  }

  #checkSplits(record: QifRecord, minor: number): void {
    if (record.splits.length === 0) return
    const parts = record.splits.map((split) => readQifAmount(split, this.#mark ?? '.', this.#currency))
    const sum = parts.reduce((total, part) => total + ('minor' in part ? part.minor : Number.NaN), 0)
    if (sum !== minor)
      this.#issue('split.sum', 'problem', record.place, `T${record.amount}\n$${record.splits.join('\n$')}`)
  }

  #open(section: QifSection): void {
    if (section.opened) return
    section.opened = true
    const head = this.#headOf(section)
    this.#sink.open({ ...head, openingMinor: null })
    if (head.account === '' && !this.#accountMissing) {
      this.#accountMissing = true
      this.#issue('account.missing', 'problem', section.place, '')
    }
    if (this.#given.currency === undefined && !this.#currencyTold) {
      this.#currencyTold = true
      this.#issue('currency.absent', 'problem', section.place, section.account)
    }
  }

  #headOf({ account, openingMinor }: QifSection): StatementHead {
    return {
      account: this.#accountOf(account),
      currency: this.#currency,
      owner: '',
      from: null,
      to: null,
      openingMinor,
      closingMinor: null,
    }
  }

  /** What a person named stands for the file's first account; another one in the same file keeps its own name. */
  #accountOf(name: string): string {
    this.#firstNamed ??= name
    return name === this.#firstNamed ? (this.#given.account ?? name) : name
  }

  #issue(code: IssueCode, weight: StatementIssue['weight'], place: Place, text: string): void {
    this.#sink.issue({ place: { ...place }, code, text: text.slice(0, 500), weight })
  }
}

const openingPayees = new Set([
  'opening balance',
  'starting balance',
  'beginning balance',
  'initial balance',
  'anfangssaldo',
  'eröffnungssaldo',
  'solde initial',
  "solde d'ouverture",
  'saldo inicial',
  'saldo iniziale',
  'beginsaldo',
  'начальный остаток',
  'входящий остаток',
])

/** What stands in the number's place when an entry has none: Quicken's words for how it was made. */
const notNumbers = new Set([
  'atm',
  'dep',
  'deposit',
  'eft',
  'txfr',
  'transfer',
  'print',
  'send',
  'sent',
  'debit',
])

function isEitherWay(date: QifDate): boolean {
  return 'parts' in date && dayInOrder(date, 'mdy') !== dayInOrder(date, 'dmy')
}

function lineOf(record: QifRecord, bankDay: BankDay, amountMinor: number, currency: Currency) {
  return {
    bankDay,
    valueDay: null,
    amountMinor,
    currency,
    counterparty: { name: record.payee, taxId: '', account: '', bankCode: '' },
    purpose: record.memo,
    purposeGlued: null,
    documentNumber: notNumbers.has(record.number.toLowerCase()) ? '' : record.number,
    documentDay: null,
    bankReference: '',
    reversal: false,
    booked: true,
    place: record.place,
  }
}

function rawOf(record: QifRecord): string {
  return `D${record.date}\nT${record.amount}\nP${record.payee}`
}
