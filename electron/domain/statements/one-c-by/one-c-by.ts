// The text that Belarusian client-bank programs hand out (`***** ^Type=4^ ^Acc=BY…^`): what was asked under
// [IN_PARAM], the statement under [OUT_PARAM], a key a line between carets, a document from each `DocDate` on.

import { Refusal } from '../../../contract/fault.ts'
import type { Currency } from '../../../contract/money.ts'
import type { IssueCode, Place, StatementIssue, StatementLine } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { firstOf, operationOf, partyOf, purposeOf } from './document.ts'
import { OneCBySection } from './section.ts'
import { sidesOf } from './money.ts'
import { createOneCByText, type ByField } from './text.ts'
import { createDayReader } from '../one-c/day.ts'
import type { CreateReader, ReaderOptions, StatementReader, StatementSink } from '../reader.ts'

/**
 * Reads one file of one statement or several. Throws Refusal at its end: `statement.otherDirection` when nothing in
 * it is an answer of the bank, `statement.noAccount` when it has no statement; `statement.recordTooLong` for a
 * document beyond 1 MB.
 */
export const createOneCByReader: CreateReader = (options, sink) => new OneCByReader(options, sink)

type Part = 'none' | 'asked' | 'head' | 'document' | 'foot'

const longestDocumentBytes = 1024 * 1024
/** The key that begins a document with every bank seen; where another of a document's keys comes first, that one does. */
const usualBegin = 'DocDate'
const documentKeys = new Set(
  'DocDate DocTime Num NDoc Opr OperationID DocID KorName Nazn Db Credit Deb Cre DebQ CreQ'.split(' '),
)
/** Keys with which the foot begins behind the last document. */
const footKeys = new Set(
  (
    'DB CR RestOut RestOutQ DebOut CrOut DebOutQ CrOutQ OutDeb OutCre OutDebQ OutCreQ DebV CreV DebVQ CreVQ ' +
    'DateOut OutRate I3 C3 I4 MyBankMFO MyBankName TypeVpsk'
  ).split(' '),
)

class OneCByReader implements StatementReader {
  readonly #sink: StatementSink
  readonly #options: ReaderOptions
  readonly #text: { write(chunk: Uint8Array): void; end(): void }
  readonly #day = createDayReader()
  #part: Part = 'none'
  #begins = usualBegin
  #section: OneCBySection | undefined
  #document = new Map<string, string>()
  #place: Place = { line: 0, from: 0, to: 0 }
  #statements = 0
  #asked = 0
  #cut = false

  constructor(options: ReaderOptions, sink: StatementSink) {
    this.#options = options
    this.#sink = sink
    this.#text = createOneCByText(options.encoding, {
      start: (type, account, place) => this.#start(type, account, place),
      part: (name) => this.#turn(name),
      field: (field) => this.#take(field),
      finish: () => this.#finish(true),
      orphan: (text, place) => this.#issue('line.orphan', 'note', place, text),
      lostLetter: (text, place) => this.#issue('encoding.replacement', 'problem', place, text),
    })
  }

  write(chunk: Uint8Array): void {
    this.#text.write(chunk)
  }

  end(): void {
    this.#text.end()
    this.#finish(false)
    if (this.#statements > 0) return
    throw new Refusal({ code: this.#asked > 0 ? 'statement.otherDirection' : 'statement.noAccount' })
  }

  #start(type: string, account: string, place: Place): void {
    this.#finish(true)
    this.#section = new OneCBySection(type, account, place, this.#options.given ?? {}, this.#day)
    this.#part = 'asked'
    this.#begins = usualBegin
  }

  #turn(name: string): void {
    this.#endDocument()
    if (name === 'IN_PARAM') {
      this.#part = 'asked'
      this.#asked += 1
    } else if (name === 'OUT_PARAM' && this.#section !== undefined) {
      this.#part = 'head'
      this.#statements += 1
    }
  }

  #take(field: ByField): void {
    const section = this.#section
    if (section === undefined || this.#part === 'none') {
      this.#issue('line.orphan', 'note', field.place, field.key)
      return
    }
    const { key, value } = field
    if (this.#part === 'asked') section.asked.set(key, value)
    else if (this.#isBegin(key)) this.#startDocument(field)
    else if (this.#part === 'document' && !footKeys.has(key)) this.#takeOfDocument(field)
    else {
      this.#endDocument()
      // A statement without documents has its foot right behind its head.
      const keys = this.#part === 'head' && !footKeys.has(key) ? section.head : section.foot
      if (!field.cut && !keys.has(key) && keys.size < 1000) keys.set(key, value)
    }
  }

  #isBegin(key: string): boolean {
    if (this.#part === 'head') return documentKeys.has(key)
    // A second day in what some other key began shows that the day begins documents after all.
    return key === this.#begins || (key === usualBegin && this.#document.has(usualBegin))
  }

  #startDocument({ key, value, place, cut }: ByField): void {
    this.#endDocument()
    this.#cut = cut
    this.#part = 'document'
    this.#begins = key
    this.#document = new Map([[key, value]])
    this.#place = { ...place }
  }

  #takeOfDocument({ key, value, place, cut }: ByField): void {
    // Where the file breaks off within a line, what stands there may be a part of a sum.
    if (cut) this.#cut = true
    if (!this.#document.has(key)) this.#document.set(key, value)
    this.#place.to = place.to
    if (this.#place.to - this.#place.from > longestDocumentBytes)
      throw new Refusal({
        code: 'statement.recordTooLong',
        line: this.#place.line,
        limitKb: longestDocumentBytes / 1024,
      })
  }

  #endDocument(): void {
    const section = this.#section
    if (this.#part !== 'document' || section === undefined) return
    this.#part = 'foot'
    const document = this.#document
    const place = this.#place
    if (this.#cut) {
      this.#issue('document.cut', 'problem', place, rawOf(document))
      return
    }
    this.#openSection(section, document)
    const amount = this.#amountOf(section, document)
    if ('wrong' in amount) {
      this.#issue(amount.wrong, 'problem', place, rawOf(document))
      return
    }
    const bankDay = this.#bankDayOf(section, document)
    if ('wrong' in bankDay) {
      this.#issue(bankDay.wrong, 'problem', place, rawOf(document))
      return
    }
    const line = this.#lineOf(document, bankDay.day, amount, section.currency)
    section.add(line.amountMinor, line.reversal)
    this.#sink.line(line)
  }

  #openSection(section: OneCBySection, document: ReadonlyMap<string, string>): void {
    if (section.opened) return
    const { head, issues } = section.open(document)
    this.#sink.open(head)
    for (const { code, text } of issues) this.#issue(code, 'problem', section.place, text)
  }

  /** Signed: what a document brings is positive. One that does both, or neither, is not decided here. */
  #amountOf(
    section: OneCBySection,
    document: ReadonlyMap<string, string>,
  ): { minor: number; reversal: boolean } | { wrong: IssueCode } {
    const { debit, credit } = sidesOf(document, section.pair, section.currency)
    if ('wrong' in debit && debit.wrong !== 'amount.missing') return debit
    if ('wrong' in credit && credit.wrong !== 'amount.missing') return credit
    const out = 'minor' in debit ? debit.minor : undefined
    const into = 'minor' in credit ? credit.minor : undefined
    if (out === undefined && into === undefined)
      return { wrong: firstOf(document, 'Amount') === '' ? 'amount.missing' : 'direction.unknown' }
    if ((out ?? 0) !== 0 && (into ?? 0) !== 0) return { wrong: 'direction.unknown' }
    const minor = (into ?? 0) - (out ?? 0)
    // A nought on one side says nothing of a side that is not there.
    if (minor === 0 && (out === undefined || into === undefined)) return { wrong: 'amount.missing' }
    return { minor, reversal: (out ?? 0) < 0 || (into ?? 0) < 0 }
  }

  /**
   * `OpDate` is when the bank made the entry; where that lies outside the period (revaluations are made the evening
   * before), the entry stands on the day of its document.
   */
  #bankDayOf(section: OneCBySection, document: ReadonlyMap<string, string>) {
    const made = this.#day(firstOf(document, 'OpDate'))
    const written = this.#day(firstOf(document, 'DocDate'))
    if ('wrong' in made) return made.wrong === 'date.missing' ? written : 'day' in written ? written : made
    return !section.covers(made.day) && 'day' in written && section.covers(written.day) ? written : made
  }

  #lineOf(
    document: ReadonlyMap<string, string>,
    bankDay: BankDay,
    amount: { minor: number; reversal: boolean },
    currency: Currency,
  ): Omit<StatementLine, 'index'> {
    const written = this.#day(firstOf(document, 'DocDate'))
    return {
      bankDay,
      valueDay: null,
      amountMinor: amount.minor,
      currency,
      counterparty: partyOf(document),
      ...purposeOf(document),
      documentNumber: firstOf(document, 'Num', 'NDoc'),
      documentDay: 'day' in written ? written.day : null,
      bankReference: operationOf(document),
      reversal: amount.reversal,
      booked: true,
      place: this.#place,
    }
  }

  /** The end of a statement: `closed` when a line of signs or another statement ends it, not the file. */
  #finish(closed: boolean): void {
    const section = this.#section
    if (!closed && this.#part === 'document' && !this.#cut)
      this.#issue('document.cut', 'problem', this.#place, rawOf(this.#document))
    this.#endDocument()
    const answered = this.#part === 'foot' || this.#part === 'head'
    this.#section = undefined
    this.#part = 'none'
    if (section === undefined || !answered) return
    this.#openSection(section, new Map())
    const { head, issues } = section.close()
    this.#sink.close(head)
    for (const { code, text, note } of issues)
      this.#issue(code, note ? 'note' : 'problem', section.place, text)
    if (!closed && section.foot.size === 0) this.#issue('file.cut', 'problem', section.place, '')
  }

  #issue(code: IssueCode, weight: StatementIssue['weight'], place: Place, text: string): void {
    this.#sink.issue({ place: { ...place }, code, text: text.slice(0, 500), weight })
  }
}

/** The keys that tell a document, in the file's own form. */
function rawOf(document: ReadonlyMap<string, string>): string {
  const keys = ['DocDate', 'OpDate', 'Num', 'Db', 'Credit', 'Deb', 'Cre', 'DebQ', 'CreQ', 'Amount']
  return keys
    .filter((key) => document.has(key))
    .map((key) => `^${key}=${document.get(key) ?? ''}^`)
    .join('\n')
}
