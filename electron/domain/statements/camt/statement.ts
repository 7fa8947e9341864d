// One `Stmt`, `Rpt` or `Ntfctn` on its way into the sink: its head, its entries, what it declares of itself.

import type { GivenFacts } from '../../../contract/statement-file.ts'
import type { Place, StatementIssue } from '../../../contract/statement.ts'
import type { DetailList } from './details.ts'
import type { CamtKind, CamtLine } from './entry.ts'
import { readEntry } from './entry.ts'
import { CamtHead, entryCurrency } from './head.ts'
import type { XmlNode } from './node.ts'
import type { XmlStart } from './xml.ts'
import type { StatementSink } from '../reader.ts'

/** ISO 4217's code for "no currency": nothing in the file and nobody says which it is. */
const noCurrency = 'XXX'

export class CamtStatement {
  readonly #kind: CamtKind
  readonly #start: XmlStart
  readonly #sink: StatementSink
  readonly #given: GivenFacts
  readonly #head: CamtHead
  /** The currency of the statement that the sink holds open; '' before the first. */
  #openCurrency = ''
  /** The entry last told to be in another currency. */
  #foreign: Place | null = null
  /** Notes that repeat at every balance or entry of banks that leave something out; the first is enough. */
  readonly #noted = new Set<StatementIssue['code']>()
  #entries = 0
  #transactions = 0
  /** Sum of the entries without their signs, as the declared total counts. */
  #turnoverMinor = 0
  #days: { first: string; last: string } | null = null

  constructor(
    kind: CamtKind,
    start: XmlStart,
    messageDay: string | null,
    given: GivenFacts,
    sink: StatementSink,
  ) {
    this.#kind = kind
    this.#start = start
    this.#given = given
    this.#sink = sink
    this.#head = new CamtHead(messageDay)
  }

  /** What an entry's amounts are in where they do not say so. */
  currencyOf(entry: XmlNode): string {
    return this.#head.currency || entryCurrency(entry) || (this.#given.currency ?? noCurrency)
  }

  /** A closed child of the statement that is no entry. */
  take(node: XmlNode, place: Place): void {
    const found = this.#head.take(node)
    if (found) this.#issue({ ...found, text: found.text.slice(0, 500), place })
  }

  takeEntry(node: XmlNode, place: Place, details: DetailList): void {
    const head = this.#head
    head.currency ||= this.currencyOf(node)
    this.#openOnce(place.to)
    const frame = {
      kind: this.#kind,
      account: head.account,
      currency: head.currency,
      statementDay: head.day,
    }
    const minor = readEntry(node, place, details, frame, {
      line: (line) => this.#tell(line, place),
      issue: (issue) => {
        this.#issue(issue)
      },
    })
    this.#entries++
    this.#transactions += Math.max(details.count, 1)
    this.#turnoverMinor += Math.abs(minor ?? 0)
  }

  #issue(issue: StatementIssue): void {
    if (issue.weight === 'note' && (issue.code === 'direction.unknown' || issue.code === 'date.missing')) {
      if (this.#noted.has(issue.code)) return
      this.#noted.add(issue.code)
    }
    this.#sink.issue(issue)
  }

  /** Completes the statement; `to` is where it, or the file, ended. */
  finish(to: number): void {
    const place = { ...this.#start, to }
    this.#openOnce(to)
    this.#checkTotals(place)
    this.#openIn(this.#head.currency)
    this.#sink.close(this.#head.head(this.#days))
  }

  /** The account's balances are of its own currency: an entry in another one must not be counted into them. */
  #tell(line: CamtLine, entry: Place): void {
    if (line.currency !== this.#openCurrency) this.#openIn(line.currency)
    if (line.currency === this.#head.currency) this.#days = widened(this.#days, line.bankDay)
    else if (this.#foreign !== entry) {
      this.#foreign = entry
      this.#sink.issue({
        place: entry,
        code: 'currency.unknown',
        text: line.currency.slice(0, 500),
        weight: 'problem',
      })
    }
    this.#sink.line(line)
  }

  /** Opens the statement in that currency; the one that was open goes on when its next line comes. */
  #openIn(currency: string): void {
    if (this.#openCurrency === currency) return
    const { account, owner } = this.#head
    const bare = { account, owner, from: null, to: null, openingMinor: null, closingMinor: null }
    if (this.#openCurrency !== '') this.#sink.close({ ...bare, currency: this.#openCurrency })
    this.#openCurrency = currency
    this.#sink.open(currency === this.#head.currency ? this.#head.head(null) : { ...bare, currency })
  }

  #openOnce(to: number): void {
    if (this.#openCurrency !== '') return
    const head = this.#head
    const missing: StatementIssue['code'][] = []
    if (head.account === '' && !this.#given.account) missing.push('account.missing')
    head.account ||= (this.#given.account ?? '').replace(/\s/g, '')
    head.currency ||= this.#given.currency ?? noCurrency
    if (head.currency === noCurrency) missing.push('currency.absent')
    this.#openIn(head.currency)
    const place = { ...this.#start, to }
    for (const code of missing) this.#sink.issue({ place, code, text: '', weight: 'problem' })
    // Said once for the whole notification: its entries are details of money that a camt.053 books.
    if (this.#kind === 'camt.054')
      this.#sink.issue({ place, code: 'entry.pending', text: '', weight: 'note' })
  }

  /** Banks count entries or the transactions inside them; either number is accepted, and so is a net sum. */
  #checkTotals(place: Place): void {
    const { count, totalMinor } = this.#head.declared
    const tell = (code: StatementIssue['code'], declared: number, found: number): void =>
      this.#sink.issue({ place, code, text: `${String(declared)}/${String(found)}`, weight: 'problem' })
    if (count !== null && count !== this.#entries && count !== this.#transactions)
      tell('declared.count', count, this.#entries)
    if (totalMinor !== null && totalMinor !== this.#turnoverMinor)
      tell('declared.total', totalMinor, this.#turnoverMinor)
  }
}

function widened(days: { first: string; last: string } | null, day: string): { first: string; last: string } {
  if (!days) return { first: day, last: day }
  if (day >= days.first && day <= days.last) return days
  return { first: day < days.first ? day : days.first, last: day > days.last ? day : days.last }
}
