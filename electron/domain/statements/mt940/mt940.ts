// SWIFT MT940 (and MT942, whose entries may still change and are told as not booked): tags in messages, with
// or without the envelope of blocks, as the banks write them rather than as the standard asks.

import { Refusal } from '../../../contract/fault.ts'
import { currencyOf, type Currency } from '../../../contract/money.ts'
import type { IssueCode, Place, StatementIssue } from '../../../contract/statement.ts'
import { readAccount } from './account.ts'
import { createShortDayReader, readBalance, readEntry, readSwiftAmount } from './entry.ts'
import { lineOf, type Entry } from './line.ts'
import { headOf, newMessage, noCurrency, signed, type Message } from './message.ts'
import { createMt940Tags, type Tag } from './tags.ts'
import type { CreateReader, ReaderOptions, StatementReader, StatementSink } from '../reader.ts'

/** Reads MT940. Throws Refusal `statement.noAccount` at its end when no message names an account. */
export const createMt940Reader: CreateReader = (options, sink) => new Mt940Reader(options, sink, false)
/** Reads MT942: the same, with every line not booked. */
export const createMt942Reader: CreateReader = (options, sink) => new Mt940Reader(options, sink, true)

class Mt940Reader implements StatementReader {
  readonly #sink: StatementSink
  readonly #tags: { write(chunk: Uint8Array): void; end(): void }
  readonly #interim: boolean
  readonly #given: string
  readonly #shortDay = createShortDayReader()
  readonly #unknownTags = new Set<string>()
  /** Closing balance of each account's last message, to see whether the next one goes on from it. */
  readonly #closings = new Map<string, number>()
  #message: Message | undefined
  #entry: Entry | undefined
  #lastAccount = ''
  #interimBlock = false

  constructor(options: ReaderOptions, sink: StatementSink, interim: boolean) {
    this.#sink = sink
    this.#interim = interim
    this.#given = options.given?.currency ?? ''
    this.#tags = createMt940Tags(options.encoding, {
      tag: (tag) => this.#take(tag),
      block: (type) => {
        this.#endMessage()
        this.#interimBlock = type === '942'
      },
      messageEnd: () => this.#endMessage(),
      cutEntry: (place, text) => this.#issue('document.cut', 'problem', place, text),
      lostLetter: (place, text) => this.#issue('encoding.replacement', 'problem', place, text),
    })
  }

  write(chunk: Uint8Array): void {
    this.#tags.write(chunk)
  }

  end(): void {
    this.#tags.end()
    this.#endMessage()
    if (this.#lastAccount === '') throw new Refusal({ code: 'statement.noAccount' })
  }

  #take(tag: Tag): void {
    if (tag.name === '20') this.#endMessage()
    else if (this.#message?.closed && opensMessage.has(tag.name)) this.#followMessage(this.#message, tag)
    // Field :25: with the numbered sub-fields of :86: is a :86: under a wrong name, not another account.
    const misnamed = tag.name === '25' && this.#entry !== undefined && numberedText.test(tag.lines[0] ?? '')
    if (tag.name !== '86' && tag.name !== 'NS' && !misnamed) this.#endEntry()
    if (tag.cut) this.#issue('record.unreadable', 'problem', tag.place, tag.lines[0] ?? '')
    const message = (this.#message ??= newMessage(tag.place, this.#interim || this.#interimBlock))
    switch (tag.name) {
      case '25':
      case '25P':
        if (misnamed) this.#takeMisnamed(message, tag)
        else this.#takeAccount(message, tag)
        break
      case '60F':
      case '60M':
        this.#takeOpening(message, tag)
        break
      case '61':
        this.#takeEntry(tag)
        break
      case '62F':
      case '62M':
        this.#takeClosing(message, tag)
        break
      case '86':
        this.#takeDetails(message, tag)
        break
      case 'NS':
        if (this.#entry !== undefined) this.#entry.place.to = tag.place.to
        this.#entry?.extra.push(...tag.lines)
        break
      case '34F':
        // The floor limit exists in MT942 only, so it tells one that came without its header.
        message.interim = true
        message.currency ??= currencyOf(tag.lines.join('').trim().slice(0, 3))
        break
      default:
        this.#noteUnknown(tag)
    }
  }

  /** Some files leave :20: out between the messages, and :25: too where the account stays the same. */
  #followMessage(before: Message, tag: Tag): void {
    this.#endMessage()
    this.#message = { ...newMessage(tag.place, before.interim), account: before.account }
  }

  #takeAccount(message: Message, tag: Tag): void {
    const { account, currency } = readAccount(tag.lines.join(''))
    // A second account without a new :20: is a new message all the same.
    const told = message.opened || message.openingMinor !== null
    if (told && message.account !== '' && account !== message.account) {
      this.#endMessage()
      this.#message = newMessage(tag.place, message.interim)
    }
    const current = this.#message ?? message
    current.account = account
    current.currency ??= currency
    if (account !== '') this.#lastAccount = account
  }

  #takeOpening(message: Message, tag: Tag): void {
    const text = tag.lines.join('')
    const balance = readBalance(tag.lines, this.#shortDay)
    if (message.openingMinor !== null || message.opened) return
    const currency = balance && currencyOf(balance.currency || (message.currency ?? ''))
    const amount = balance && currency && readSwiftAmount(balance.amount, currency)
    if (!balance || !currency || !amount || 'wrong' in amount) {
      this.#issue('balance.unreadable', 'problem', tag.place, text)
      return
    }
    message.currency = currency
    message.openingMinor = signed(balance.sign, amount.minor)
    message.from = balance.day
    if (balance.day === null) this.#issue('date.impossible', 'problem', tag.place, text)
    const before = this.#closings.get(`${message.account} ${currency}`)
    if (before !== undefined && before !== message.openingMinor)
      this.#issue('statement.period', 'note', tag.place, text)
  }

  #takeClosing(message: Message, tag: Tag): void {
    const text = tag.lines.join('')
    const balance = readBalance(tag.lines, this.#shortDay)
    const currency = balance && currencyOf(balance.currency || (message.currency ?? ''))
    const amount = balance && currency && readSwiftAmount(balance.amount, currency)
    message.closed = true
    if (
      !balance ||
      !currency ||
      !amount ||
      'wrong' in amount ||
      (message.currency !== undefined && currency !== message.currency)
    ) {
      this.#issue('balance.unreadable', 'problem', tag.place, text)
      return
    }
    message.currency = currency
    this.#tellWaiting(message)
    message.closingMinor = signed(balance.sign, amount.minor)
    message.to = balance.day
    if (balance.day === null) this.#issue('date.impossible', 'problem', tag.place, text)
    if (
      message.openingMinor !== null &&
      message.openingMinor + message.sumMinor !== message.closingMinor &&
      !message.interim
    ) {
      this.#issue('balance.off', 'problem', tag.place, text)
    }
  }

  #takeEntry(tag: Tag): void {
    const { lines, place } = tag
    const fields = readEntry(lines, this.#shortDay)
    if (fields === undefined) {
      this.#issue('record.unreadable', 'problem', place, lines.join('\n'))
      return
    }
    if (fields.impossible) this.#issue('date.impossible', 'problem', place, lines.join('\n'))
    if (fields.reference.length > 16 && !fields.reference.includes('  '))
      this.#issue('reference.long', 'note', place, lines.join('\n'))
    this.#entry = { fields, details: [], extra: [], place, lines }
  }

  #takeMisnamed(message: Message, tag: Tag): void {
    this.#issue('line.unknown', 'note', tag.place, tag.lines.join('\n'))
    this.#takeDetails(message, tag)
  }

  #takeDetails(message: Message, tag: Tag): void {
    if (this.#entry !== undefined) {
      this.#entry.place.to = tag.place.to
      // One :86: follows an entry, a few in some banks' files; thousands are no details any more.
      if (this.#entry.details.push(tag.lines) > mostDetails) {
        this.#entry.details.pop()
        this.#issue('record.unreadable', 'problem', tag.place, tag.lines.join('\n'))
      }
      return
    }
    // Behind the closing balance it speaks of the whole statement.
    if (!message.closed && !message.spoken)
      this.#issue('line.orphan', 'note', tag.place, tag.lines.join('\n'))
    message.spoken = true
  }

  #endEntry(): void {
    const entry = this.#entry
    const message = this.#message
    this.#entry = undefined
    if (entry === undefined || message === undefined) return
    if (message.currency !== undefined) this.#tell(message, message.currency, entry)
    else if (message.waiting.push(entry) >= mostWaiting) this.#endWaiting(message)
  }

  /** Nothing told the currency of what waits; what a person said of it counts then. */
  #endWaiting(message: Message): void {
    message.currency = currencyOf(this.#given) ?? noCurrency
    if (message.currency === noCurrency)
      this.#issue('currency.unknown', 'problem', message.place, message.account)
    this.#tellWaiting(message)
  }

  #tellWaiting(message: Message): void {
    const waiting = message.waiting
    message.waiting = []
    for (const entry of waiting) this.#tell(message, message.currency ?? noCurrency, entry)
  }

  #tell(message: Message, currency: Currency, entry: Entry): void {
    const { fields, place, lines } = entry
    const amount = readSwiftAmount(fields.amount, currency)
    if ('wrong' in amount) {
      this.#issue(amount.wrong, 'problem', place, lines.join('\n'))
      return
    }
    if (fields.bankDay === null) return
    if (message.account === '') {
      this.#issue('account.missing', 'problem', place, lines.join('\n'))
      return
    }
    this.#open(message)
    const line = lineOf(entry, fields.bankDay, signed(fields.sign, amount.minor), currency, message)
    if (line.booked) message.sumMinor += line.amountMinor
    else this.#issue('entry.pending', 'note', place, lines.join('\n'))
    this.#sink.line(line)
  }

  #open(message: Message): void {
    if (message.opened) return
    message.opened = true
    this.#sink.open(headOf(message, message.openingMinor, null))
  }

  #endMessage(): void {
    this.#endEntry()
    const message = this.#message
    this.#message = undefined
    if (message === undefined) return
    if (message.waiting.length > 0) this.#endWaiting(message)
    if (message.account === '') return
    this.#open(message)
    this.#sink.close(headOf(message, message.openingMinor, message.closingMinor))
    if (message.closingMinor !== null)
      this.#closings.set(`${message.account} ${message.currency ?? noCurrency}`, message.closingMinor)
    if ((message.openingMinor === null || message.closingMinor === null) && !message.interim) {
      this.#issue('balance.missing', 'problem', message.place, message.account)
    }
  }

  #noteUnknown(tag: Tag): void {
    if (quietTags.has(tag.name) || this.#unknownTags.has(tag.name)) return
    this.#unknownTags.add(tag.name)
    this.#issue('line.unknown', 'note', tag.place, `:${tag.name}:${tag.lines.join('\n')}`)
  }

  #issue(code: IssueCode, weight: StatementIssue['weight'], place: Place, text: string): void {
    this.#sink.issue({ place: { ...place }, code, text: text.slice(0, 500), weight })
  }
}

const numberedText = /^\d{3}\?[0-3]\d/
const mostDetails = 50
/** Entries that wait for a currency that may stand only behind them. */
const mostWaiting = 5000

const opensMessage = new Set(['25', '25P', '28', '28C', '60F', '60M'])
/** Tags of the standard that say nothing a statement line holds. */
const quietTags = new Set(['13', '13C', '13D', '20', '21', '23', '28', '28C', '64', '65', '90C', '90D', 'NS'])
