// 1CClientBankExchange 1.01 to 1.03, the text that Russian banks hand to accounting programs: a header,
// one section an account (or an account and day), then the documents of all accounts.

import { Refusal } from '../../../contract/fault.ts'
import { currencyOf } from '../../../contract/money.ts'
import type { IssueCode, Place, StatementIssue, StatementLine } from '../../../contract/statement.ts'
import { readAmount } from '../amount-text.ts'
import { encodingOfLabel } from '../encoding.ts'
import { OneCAccounts, type OwnAccount } from './accounts.ts'
import { createDayReader } from './day.ts'
import { account, OneCDocument } from './document.ts'
import { knownKeys, markOf, slot } from './keys.ts'
import { lineOf } from './line.ts'
import { operationOf, type Operation } from './operation.ts'
import { OwnTransfers, transferKey, type TransferSide } from './transfers.ts'
import type { CreateReader, ReaderOptions, StatementReader, StatementSink } from '../reader.ts'
import { createTextSpans, type TextLines } from '../text-lines.ts'

/** Reads one file. Throws Refusal `statement.noAccount` at its end when it names no account, `statement.lettersLost` when no key of it can be read. */
export const createOneCReader: CreateReader = (options, sink) => new OneCReader(options, sink)

type Part = 'prolog' | 'header' | 'section' | 'document' | 'done'
type NewLine = Omit<StatementLine, 'index'>

class OneCReader implements StatementReader {
  readonly #sink: StatementSink
  readonly #options: ReaderOptions
  readonly #lines: TextLines
  readonly #document = new OneCDocument()
  readonly #accounts: OneCAccounts
  readonly #day = createDayReader()
  readonly #unknownKeys = new Set<string>()
  readonly #transfers = new OwnTransfers<OwnAccount>()
  #part: Part = 'prolog'
  #header = new Map<string, string>()
  #section = new Map<string, string>()
  #sectionPlace: Place = { line: 0, from: 0, to: 0 }
  #known = false
  #replaced = false
  #place: Place = { line: 1, from: 0, to: 0 }

  constructor(options: ReaderOptions, sink: StatementSink) {
    this.#options = options
    this.#sink = sink
    this.#accounts = new OneCAccounts(
      sink,
      (...issue) => this.#issue(...issue),
      this.#day,
      currencyOf(options.given?.currency ?? ''),
    )
    this.#lines = createTextSpans(
      options.encoding,
      (text, start, end, line, from, to) => this.#take(text, start, end, line, from, to),
      (text, line, from, to) => this.#noteReplacement(text, { line, from, to }),
    )
  }

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk)
  }

  end(): void {
    this.#lines.end()
    if (!this.#known && this.#replaced) throw new Refusal({ code: 'statement.lettersLost' })
    const cut = this.#part !== 'done'
    if (this.#part === 'document') this.#endDocument(this.#place.to, 'file')
    if (this.#part === 'section') this.#endSection(this.#place.to, false)
    if (cut && this.#accounts.size > 0) this.#issue('file.cut', 'problem', this.#place, '')
    this.#settleTransfers()
    this.#accounts.finish(this.#header)
    if (this.#accounts.size === 0) throw new Refusal({ code: 'statement.noAccount' })
  }

  #take(text: string, start: number, end: number, line: number, from: number, to: number): void {
    const place = this.#place
    place.line = line
    place.from = from
    place.to = to
    if (this.#part !== 'document') {
      const trimmed = text.slice(start, end).trim()
      if (trimmed !== '') this.#takeStructure(trimmed, place)
    } else if (!this.#document.takeExpected(text, start, end))
      this.#takeOfDocument(text.slice(start, end), place)
  }

  /** A line inside a document that may be anything: another key than the usual one, text that goes on, a mark. */
  #takeOfDocument(written: string, place: Place): void {
    const text = written.charCodeAt(0) <= blank ? written.trimStart() : written
    const mark = beginsLikeMark(text.charCodeAt(0)) ? markOf(text) : ''
    if (mark === 'КонецДокумента') this.#endDocument(place.to, 'mark')
    else if (mark === 'СекцияДокумент' || mark === 'КонецФайла') {
      this.#endDocument(place.from, 'other')
      this.#takeStructure(text, place)
    } else this.#takeField(text, place)
  }

  /** A line outside documents: marks of sections, header keys, keys of an account's section. */
  #takeStructure(text: string, place: Place): void {
    const equals = text.indexOf('=')
    const written = (equals < 0 ? text : text.slice(0, equals)).trim()
    const key = markOf(written) || written
    const value = equals < 0 ? '' : text.slice(equals + 1).trim()
    if (key === 'СекцияДокумент') {
      if (this.#part === 'section') this.#endSection(place.from, false)
      this.#part = 'document'
      this.#known = true
      this.#document.start(place.line, place.from)
    } else if (/^1[CС]ClientBankExchange$/i.test(key)) this.#startFile()
    else if (key === 'СекцияРасчСчет') this.#startSection(place)
    else if (key === 'КонецРасчСчет' && this.#part === 'section') this.#endSection(place.to, true)
    else if (key === 'КонецФайла') {
      if (this.#part === 'section') this.#endSection(place.from, false)
      this.#part = 'done'
    } else this.#takeKey(key, value, equals, text, place)
  }

  #takeKey(key: string, value: string, equals: number, text: string, place: Place): void {
    if (equals < 0 || this.#part === 'done' || this.#part === 'prolog') {
      this.#issue('line.orphan', 'note', place, text)
      return
    }
    if (knownKeys.has(key)) this.#known = true
    else this.#noteUnknownKey(key, text, place)
    if (this.#part === 'section') {
      if (!this.#section.has(key)) this.#section.set(key, value)
      return
    }
    this.#header.set(key, value)
    if (key === 'РасчСчет' && value !== '') this.#accounts.own(account(value), place)
    if (key === 'Кодировка' && encodingOfLabel(value) !== this.#options.encoding)
      this.#issue('encoding.declared', 'note', place, text)
  }

  // ---- sections

  #startFile(): void {
    this.#part = 'header'
    this.#header = new Map()
  }

  #startSection(place: Place): void {
    if (this.#part === 'section') this.#endSection(place.from, false)
    this.#part = 'section'
    this.#known = true
    this.#section = new Map()
    this.#sectionPlace = { ...place }
  }

  #endSection(to: number, closed: boolean): void {
    this.#part = 'header'
    const place = { ...this.#sectionPlace, to }
    if (!closed) this.#issue('section.unclosed', 'problem', place, 'СекцияРасчСчет')
    this.#accounts.takeSection(this.#section, this.#header, place)
  }

  // ---- documents

  #takeField(text: string, place: Place): void {
    const taken = this.#document.take(text)
    if (taken === 'field' || taken === 'continued') return
    if (taken === 'unknownKey') this.#noteUnknownKey(text.slice(0, text.indexOf('=')), text, place)
    else if (taken === 'orphan') this.#issue('line.orphan', 'note', place, text)
    else this.#issue('record.unreadable', 'problem', place, text)
  }

  #endDocument(to: number, by: 'mark' | 'other' | 'file'): void {
    const document = this.#document
    const place: Place = { line: document.line, from: document.from, to }
    this.#part = 'header'
    if (by !== 'mark') this.#issue('document.cut', 'problem', place, `Номер=${document.at(slot.number)}`)
    // A file that breaks off may have cut the last value short: `Сумма=10` of 1000 is no sum.
    if (by === 'file' && document.endsDoubtful()) return
    const operation = operationOf(document)
    if (operation.contradicted) {
      this.#issue('record.unreadable', 'problem', place, `Номер=${document.at(slot.number)}`)
      return
    }
    if (operation.side === undefined && operation.debited === '' && operation.credited === '') {
      this.#issue('document.unexecuted', 'note', place, `Номер=${document.at(slot.number)}`)
      return
    }
    if (operation.side !== undefined) this.#takeStated(operation, operation.side, place)
    else this.#takeSides(operation, place)
  }

  /** The sum's own key says which way it went, so the account is the one of that side, or the only one of the file. */
  #takeStated(operation: Operation, side: TransferSide, place: Place): void {
    const date = operation.debited || operation.credited
    const other = side === 'payer' ? 'payee' : 'payer'
    const own = this.#ownOf(side, date) ?? this.#ownOf(other, '') ?? this.#accounts.only
    if (own === undefined) this.#tellUnknownDirection(place)
    else this.#accounts.tell(own, this.#lineOf(own, side, date, operation, place))
  }

  #takeSides(operation: Operation, place: Place): void {
    const { debited, credited } = operation
    const payer = this.#ownOf('payer', debited)
    const payee = this.#ownOf('payee', credited)
    if (payer === undefined && payee === undefined) {
      this.#tellUnknownDirection(place)
      return
    }
    const transfer = payer !== undefined && payee !== undefined
    if (transfer) this.#issue('account.own', 'note', place, `Номер=${this.#document.at(slot.number)}`)
    if (payer !== undefined) this.#takeSide(payer, 'payer', operation, transfer, place)
    if (payee !== undefined) this.#takeSide(payee, 'payee', operation, transfer, place)
  }

  #tellUnknownDirection(place: Place): void {
    const [from, to] = [this.#document.party('payer').account, this.#document.party('payee').account]
    this.#issue('direction.unknown', 'problem', place, `ПлательщикСчет=${from}\nПолучательСчет=${to}`)
  }

  #takeSide(
    own: OwnAccount,
    side: TransferSide,
    operation: Operation,
    transfer: boolean,
    place: Place,
  ): void {
    const { debited, credited } = operation
    const [date, otherDate] = side === 'payer' ? [debited, credited] : [credited, debited]
    const key = transfer ? transferKey(this.#document, side) : ''
    const judged = transfer ? this.#transfers.judge(key, date !== '') : 'count'
    if (judged === 'skip') return
    const line = this.#lineOf(own, side, date || otherDate, operation, place)
    if (judged === 'count') this.#accounts.tell(own, line)
    else if (line !== undefined) this.#transfers.wait(key, own, line)
  }

  /** The own account on one side of the document. In a file that names none, the date that is set tells the side. */
  #ownOf(side: 'payer' | 'payee', date: string): OwnAccount | undefined {
    const [main, settlement] = this.#document.accounts(side)
    const found =
      this.#accounts.find(main) ?? (settlement === main ? undefined : this.#accounts.find(settlement))
    if (found !== undefined || this.#accounts.size > 0 || date === '') return found
    const number = settlement || main
    return number === '' ? undefined : this.#accounts.own(number, this.#place)
  }

  #lineOf(
    own: OwnAccount,
    side: TransferSide,
    date: string,
    operation: Operation,
    place: Place,
  ): NewLine | undefined {
    const document = this.#document
    this.#accounts.settle(own, document.at(slot.currency))
    const amountText = operation.amount
    const amount = readAmount(amountText, own.currency)
    if ('wrong' in amount) {
      this.#issue(amount.wrong, 'problem', place, `Сумма=${amountText}`)
      return undefined
    }
    const bankDay = this.#day(date)
    if ('wrong' in bankDay) {
      this.#issue(
        bankDay.wrong,
        'problem',
        place,
        `${side === 'payer' ? 'ДатаСписано' : 'ДатаПоступило'}=${date}`,
      )
      return undefined
    }
    return lineOf(document, own, side, { bankDay: bankDay.day, amountMinor: amount.minor, place }, this.#day)
  }

  /** An undated side of a transfer counts where the sections state a turnover that has room for it. */
  #settleTransfers(): void {
    for (const { own, line } of this.#transfers.undated()) {
      const stated = line.amountMinor < 0 ? own.statedOut : own.statedIn
      const read = line.amountMinor < 0 ? own.readOut : own.readIn
      if (stated !== undefined && stated - read >= Math.abs(line.amountMinor)) this.#accounts.tell(own, line)
      else this.#issue('document.unexecuted', 'note', line.place, `Номер=${line.documentNumber}`)
    }
  }

  // ---- issues

  #issue(code: IssueCode, weight: StatementIssue['weight'], place: Place, text: string): void {
    this.#sink.issue({ place: { ...place }, code, text: text.slice(0, 500), weight })
  }

  #noteUnknownKey(key: string, text: string, place: Place): void {
    if (this.#unknownKeys.has(key) || this.#unknownKeys.size >= 200) return
    this.#unknownKeys.add(key)
    this.#issue('line.unknown', 'note', place, text)
  }

  #noteReplacement(text: string, place: Place): void {
    this.#issue('encoding.replacement', 'problem', place, text)
    this.#replaced = true
  }
}

const blank = 0x20
const letterK = 'К'.charCodeAt(0)
const letterS = 'С'.charCodeAt(0)
const beginsLikeMark = (first: number) => first === letterK || first === letterS
