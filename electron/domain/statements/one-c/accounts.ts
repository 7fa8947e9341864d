// The accounts a 1C exchange file speaks of: what their sections state, what their documents add up to, and
// whose statement is open at the moment.

import { currencyOf, type Currency } from '../../../contract/money.ts'
import type {
  IssueCode,
  Place,
  StatementHead,
  StatementIssue,
  StatementLine,
} from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { readAmount } from '../amount-text.ts'
import { currencyOfAccount } from './currency.ts'
import type { DayReading } from './day.ts'
import { account } from './document.ts'
import type { StatementSink } from '../reader.ts'

export interface OwnAccount {
  account: string
  currency: Currency
  owner: string
  sections: number
  /** Turnovers that the sections state, undefined once a section states none, and what the lines add up to. */
  statedIn: number | undefined
  statedOut: number | undefined
  readIn: number
  readOut: number
  place: Place
  /** Sections that wait until the account's currency is known; undefined once it is. */
  waiting: { section: Keys; header: Keys; place: Place }[] | undefined
  /** The number does not tell the currency, so that documents may. */
  open: boolean
}
/** So many sections stand before the documents of no file that was ever seen. */
const mostWaiting = 5000

export type Keys = ReadonlyMap<string, string>
export type TellIssue = (
  code: IssueCode,
  weight: StatementIssue['weight'],
  place: Place,
  text: string,
) => void

export class OneCAccounts {
  readonly #sink: StatementSink
  readonly #issue: TellIssue
  readonly #day: (text: string) => DayReading
  readonly #given: Currency | undefined
  readonly #own = new Map<string, OwnAccount>()
  #opened: OwnAccount | undefined

  constructor(
    sink: StatementSink,
    issue: TellIssue,
    day: (text: string) => DayReading,
    given: Currency | undefined,
  ) {
    this.#given = given
    this.#sink = sink
    this.#issue = issue
    this.#day = day
  }

  get size(): number {
    return this.#own.size
  }

  /** The account of a file that speaks of one. */
  get only(): OwnAccount | undefined {
    const [only] = this.#own.values()
    return this.#own.size === 1 ? only : undefined
  }

  find(number: string): OwnAccount | undefined {
    return this.#own.get(number)
  }

  /** The account, taken up at its first mention. */
  own(number: string, place: Place): OwnAccount {
    const known = this.#own.get(number)
    if (known !== undefined) return known
    const { currency, proved } = currencyOfAccount(number)
    const nothing = { owner: '', sections: 0, statedIn: 0, statedOut: 0, readIn: 0, readOut: 0 }
    const own: OwnAccount = {
      account: number,
      currency,
      ...nothing,
      place: { ...place },
      waiting: proved ? undefined : [],
      open: false,
    }
    this.#own.set(number, own)
    return own
  }

  /** Tells of one section; `header` gives the period where the section has none. */
  takeSection(section: Keys, header: Keys, place: Place): void {
    const own = this.#ownOfSection(section, place)
    if (own === undefined) {
      this.#issue('account.missing', 'problem', place, 'СекцияРасчСчет')
      return
    }
    if (own.waiting === undefined) this.#tellSection(own, section, header, place)
    else if (own.waiting.push({ section, header, place }) >= mostWaiting) this.settle(own, '')
  }

  /**
   * Decides an account's currency where its number leaves it open: by what a document says, else by what a person said,
   * else by the custom of the account's country. A document that later says another is told of.
   */
  settle(own: OwnAccount, written: string): void {
    // Where the number's own digits tell, no document is asked.
    if (own.waiting === undefined && !own.open) return
    const said = currencyOf(written.toUpperCase())
    if (own.waiting === undefined) {
      if (said !== undefined && said !== own.currency)
        this.#issue('currency.unknown', 'problem', own.place, `Валюта=${written}`)
      return
    }
    const waiting = own.waiting
    own.waiting = undefined
    own.open = true
    const chosen = said ?? this.#given
    if (chosen !== undefined) own.currency = chosen
    else if (!currencyOfAccount(own.account).certain)
      this.#issue('currency.unknown', 'note', own.place, own.account)
    for (const { section, header, place } of waiting) this.#tellSection(own, section, header, place)
  }

  #tellSection(own: OwnAccount, section: Keys, header: Keys, place: Place): void {
    this.#closeOpened()
    const openingMinor = this.#balance('НачальныйОстаток', section, own, place)
    const closingMinor = this.#balance('КонечныйОстаток', section, own, place)
    this.#tellHead({ ...carrier(own), ...this.#period(section, header), openingMinor, closingMinor })
    own.sections += 1
    own.place = place
    const received = total('ВсегоПоступило', section, own)
    const spent = total('ВсегоСписано', section, own)
    own.statedIn = own.statedIn === undefined || received === undefined ? undefined : own.statedIn + received
    own.statedOut = own.statedOut === undefined || spent === undefined ? undefined : own.statedOut + spent
    if (openingMinor === null || closingMinor === null || received === undefined || spent === undefined)
      return
    if (openingMinor + received - spent !== closingMinor)
      this.#issueOf('balance.off', 'КонечныйОстаток', section, place)
  }

  #ownOfSection(section: Keys, place: Place): OwnAccount | undefined {
    const named = account(section.get('РасчСчет') || (section.get('НомерСчета') ?? ''))
    if (named !== '') return this.own(named, place)
    return this.only
  }

  #balance(key: string, section: Keys, own: OwnAccount, place: Place): number | null {
    const reading = readAmount(section.get(key) ?? '', own.currency)
    if ('minor' in reading) return reading.minor
    this.#issueOf(
      reading.wrong === 'amount.missing' ? 'balance.missing' : 'balance.unreadable',
      key,
      section,
      place,
    )
    return null
  }

  #issueOf(code: IssueCode, key: string, section: Keys, place: Place): void {
    this.#issue(code, 'problem', place, `${key}=${section.get(key) ?? ''}`)
  }

  #period(section: Keys, header: Keys): { from: BankDay | null; to: BankDay | null } {
    const read = (key: string) => {
      const reading = this.#day(section.get(key) || (header.get(key) ?? ''))
      return 'day' in reading ? reading.day : null
    }
    return { from: read('ДатаНачала'), to: read('ДатаКонца') }
  }

  /** Tells of a line, with the statement of its account open; of none there is nothing to tell. */
  tell(own: OwnAccount, line: Omit<StatementLine, 'index'> | undefined): void {
    if (line === undefined) return
    if (line.amountMinor < 0 === line.reversal) own.readIn += line.amountMinor
    else own.readOut -= line.amountMinor
    if (this.#opened !== own) {
      this.#closeOpened()
      this.#sink.open(carrier(own))
      this.#opened = own
    }
    this.#sink.line(line)
  }

  #closeOpened(): void {
    if (this.#opened !== undefined) this.#sink.close(carrier(this.#opened))
    this.#opened = undefined
  }

  #tellHead(head: StatementHead): void {
    this.#sink.open(head)
    this.#sink.close(head)
  }

  /** At the file's end: accounts that only the header names, and turnovers that the lines miss. */
  finish(header: Keys): void {
    this.#closeOpened()
    for (const own of this.#own.values()) {
      this.settle(own, '')
      if (own.sections === 0) {
        this.#tellHead({ ...carrier(own), ...this.#period(new Map(), header) })
        this.#issue('balance.missing', 'problem', own.place, `РасчСчет=${own.account}`)
        continue
      }
      if (own.statedIn !== undefined && own.statedIn !== own.readIn)
        this.#issue('declared.total', 'note', own.place, 'ВсегоПоступило')
      if (own.statedOut !== undefined && own.statedOut !== own.readOut)
        this.#issue('declared.total', 'note', own.place, 'ВсегоСписано')
    }
  }
}

/** A head that only says whose lines follow. */
function carrier(own: OwnAccount): StatementHead {
  const { account, currency, owner } = own
  return { account, currency, owner, from: null, to: null, openingMinor: null, closingMinor: null }
}

function total(key: string, section: Keys, own: OwnAccount): number | undefined {
  const reading = readAmount(section.get(key) ?? '', own.currency)
  return 'minor' in reading ? reading.minor : undefined
}
