// QIF, Quicken's interchange text: headers with `!`, then entries of one field a line, each ended by `^`. It has no
// currency, seldom an account, and dates in the order of the computer that wrote it.

import { Refusal } from '../../../contract/fault.ts'
import type { IssueCode, Place, StatementIssue } from '../../../contract/statement.ts'
import type { DateOrder } from './dates.ts'
import { QifLines, type QifSection } from './lines.ts'
import { QifEntry } from './record.ts'
import type { CreateReader, ReaderOptions, StatementReader, StatementSink } from '../reader.ts'
import { createTextLines, type TextLines } from '../text-lines.ts'

/**
 * Reads bank, card, cash, asset and liability accounts; lists are passed over. Throws Refusal at the end:
 * `statement.investment` for a file of investments only, `statement.noAccount` for one of lists only;
 * `statement.recordTooLong` for an entry beyond 1 MB.
 */
export const createQifReader: CreateReader = (options, sink) => new QifReader(options, sink)

type Part = 'start' | 'account' | 'lines' | 'list' | 'investment'

const longestEntryBytes = 1024 * 1024

/** Header words without blanks, lower case. */
const lists = new Set(
  (
    'cat category class memorized security prices budget payee tag invitem template invoiceitem ' +
    'unrealizedgain unrealizedgains'
  ).split(' '),
)
const registers = new Set(['bank', 'cash', 'ccard', 'otha', 'othl', 'oths'])
/** Investments, and the registers of what is owed: neither is an account at a bank. */
const foreign = new Set(['invst', 'port', 'mutual', '401(k)', '401(k)/403(b)', 'invoice', 'bill', 'tax'])

class QifReader implements StatementReader {
  readonly #sink: StatementSink
  readonly #text: TextLines
  readonly #lines: QifLines
  readonly #unknown = new Set<string>()
  #part: Part = 'start'
  #section: QifSection | undefined
  #entry = new QifEntry()
  /** The name that the last `!Account` block gave, and how many it listed. */
  #account = ''
  #named = 0
  #listing = false
  #registers = 0
  #investments = 0
  #bytes = 0

  constructor(options: ReaderOptions, sink: StatementSink) {
    this.#sink = sink
    this.#lines = new QifLines(sink, options.given ?? {})
    this.#text = createTextLines(
      options.encoding,
      (text, line, from, to) => this.#take(text, { line, from, to }),
      (text, line, from, to) => this.#issue('encoding.replacement', 'problem', { line, from, to }, text),
    )
  }

  write(chunk: Uint8Array): void {
    this.#bytes += chunk.length
    this.#text.write(chunk)
  }

  end(): void {
    this.#text.end()
    this.#endSection(true)
    this.#lines.end()
    if (this.#registers > 0) return
    throw new Refusal({ code: this.#investments > 0 ? 'statement.investment' : 'statement.noAccount' })
  }

  #take(written: string, place: Place): void {
    const text = written.trim()
    if (text === '') this.#entry.blank()
    else if (text.startsWith('!')) this.#takeHeader(text, place)
    else if (text === '^') this.#endEntry(place)
    else if (this.#part === 'account') this.#takeAccount(text)
    else if (this.#part === 'start' && text.startsWith('#')) return
    else if (this.#part === 'lines' || this.#part === 'start') this.#takeField(text, place)
  }

  // ---- headers

  #takeHeader(text: string, place: Place): void {
    this.#endSection(false)
    const [, name = '', value = ''] = /^!\s*([a-z]+)\s*:?\s*(.*)$/i.exec(text) ?? []
    const word = value.replaceAll(/\s+/g, '').toLowerCase()
    switch (name.toLowerCase()) {
      case 'type':
        this.#startType(word, text, place)
        break
      case 'account':
        this.#part = 'account'
        this.#named = 0
        break
      case 'option':
      case 'clear':
        this.#takeOption(name.toLowerCase(), word)
        break
      default:
        this.#part = 'list'
        this.#issue('line.unknown', 'note', place, text)
    }
  }

  #startType(word: string, text: string, place: Place): void {
    if (lists.has(word)) this.#part = 'list'
    else if (foreign.has(word)) {
      this.#part = 'investment'
      this.#investments += 1
      this.#issue('account.unsupported', 'problem', place, `${text}\n${this.#account}`.trim())
    } else {
      // Some languages' Quicken translates the word; what is no list that we know is read as an account.
      if (!registers.has(word)) this.#issue('line.unknown', 'note', place, text)
      this.#startSection(place)
    }
  }

  /** Between `!Option:AutoSwitch` and `!Clear:AutoSwitch` accounts are listed, none of them chosen. */
  #takeOption(name: string, word: string): void {
    const order = /^(mdy|dmy|ymd)$/.exec(word)?.[1]
    if (name === 'option' && order !== undefined) this.#lines.declareOrder(order as DateOrder)
    if (word !== 'autoswitch') return
    if (name === 'clear' && this.#listing && this.#named > 1) this.#account = ''
    this.#listing = name === 'option'
  }

  #takeAccount(text: string): void {
    if (text.charAt(0) !== 'N') return
    this.#account = text.slice(1).trim()
    this.#named += 1
  }

  // ---- entries

  #startSection(place: Place): QifSection {
    this.#part = 'lines'
    this.#registers += 1
    return (this.#section = { account: this.#account, place, opened: false, openingMinor: null })
  }

  #takeField(text: string, place: Place): void {
    if (this.#section === undefined) this.#startSection(place)
    const taken = this.#entry.take(text, place)
    if (taken === 'next') {
      this.#issue('document.cut', 'note', this.#entry.place, text)
      this.#finishEntry()
      this.#entry.take(text, place)
    }
    if (taken === 'unknown' && !this.#unknown.has(text.charAt(0)) && this.#unknown.size < 100) {
      this.#unknown.add(text.charAt(0))
      this.#issue('line.unknown', 'note', place, text)
    }
    const { from, to, line } = this.#entry.place
    if (to - from > longestEntryBytes)
      throw new Refusal({ code: 'statement.recordTooLong', line, limitKb: longestEntryBytes / 1024 })
  }

  #endEntry(place: Place): void {
    if (this.#entry.empty || this.#part !== 'lines') return
    this.#entry.place.to = place.to
    this.#finishEntry()
  }

  #finishEntry(): void {
    const entry = this.#entry
    this.#entry = new QifEntry()
    if (this.#section !== undefined) this.#lines.add(this.#section, entry.record())
  }

  #endSection(last: boolean): void {
    const section = this.#section
    const entry = this.#entry
    if (!entry.empty) {
      // Where the file ends within a line, a day or a sum may have lost its end: `T-10` of -1000 is no sum.
      const cut = last && entry.endsDoubtful && entry.place.to === this.#bytes
      this.#issue('document.cut', cut ? 'problem' : 'note', entry.place, `D${entry.record().date}`)
      if (!cut) this.#finishEntry()
    }
    this.#entry = new QifEntry()
    this.#section = undefined
    if (section !== undefined) this.#lines.endSection(section)
  }

  #issue(code: IssueCode, weight: StatementIssue['weight'], place: Place, text: string): void {
    this.#sink.issue({ place: { ...place }, code, text: text.slice(0, 500), weight })
  }
}
