// One account's statement while it is read: its head, its records as lines, its closing balance.

import { currencyOf, type Currency } from '../../../contract/money.ts'
import type { IssueCode, Place, StatementHead, StatementIssue } from '../../../contract/statement.ts'
import { HeldLines } from './corrections.ts'
import type { StatementField } from './names.ts'
import { UnsignedDebits } from './unsigned.ts'
import { readRecord, type OfxRecord, type RecordFrame } from './record.ts'
import { readDay, readSum } from './values.ts'
import type { ReaderOptions, StatementSink } from '../reader.ts'

/** ISO 4217's code for no currency; such a line can never equal a payment. */
const noCurrency = 'XXX' as Currency

/** What all statements of a file share. */
export interface FileFrame {
  given: ReaderOptions['given']
  sink: StatementSink
  /** Codes that were told and are told once a file. */
  told: Set<IssueCode>
}

export class OfxStatement {
  account: string
  readonly #file: FileFrame
  readonly #place: Place
  readonly #texts: Record<StatementField, string> = { currencyText: '', start: '', end: '' }
  readonly #balance = { text: '', day: '', place: null as Place | null }
  readonly #told = new Set<IssueCode>()
  readonly #held: HeldLines
  readonly #unsigned: UnsignedDebits
  #currency: Currency | undefined
  #frame: RecordFrame | undefined
  #opened = false
  #records = 0
  #days: { first: string; last: string } | null = null

  constructor(file: FileFrame, account: string, currencyText: string, place: Place) {
    this.#file = file
    this.#place = place
    this.account = account
    this.#texts.currencyText = currencyText
    this.#unsigned = new UnsignedDebits((weight, where, text) => {
      this.#issue('direction.unknown', weight, where, text)
    })
    this.#held = new HeldLines((line) => {
      this.#open()
      this.#days = widened(this.#days, line.bankDay)
      this.#file.sink.line(line)
    })
  }

  get hasRecords(): boolean {
    return this.#records > 0
  }

  set(field: StatementField, text: string): void {
    // Some banks repeat the period in every list; the first says what the file was asked for.
    if (this.#texts[field] === '') this.#texts[field] = text.trim()
  }

  setBalance(field: 'text' | 'day', text: string, place: Place): void {
    this.#balance[field] = text.trim()
    if (field === 'text') this.#balance.place = place
  }

  take(record: OfxRecord, place: Place, size: number): void {
    this.#records += 1
    const frame = (this.#frame ??= this.#newFrame())
    frame.place = place
    frame.account = this.#account()
    const line = readRecord(record, frame)
    const corrects = record.corrects.trim()
    if (corrects === '') {
      if (line !== null) this.#held.add(line, record.id.trim(), size)
      return
    }
    const action = record.correction.trim().toUpperCase()
    // A record of deletion moves no money: it only names what never happened.
    const replacement = action === 'DELETE' ? null : line
    if (action === 'DELETE' || replacement !== null)
      this.#correct(corrects, action, corrects === record.id.trim(), frame)
    if (replacement !== null) this.#held.add(replacement, record.id.trim(), size)
  }

  /** Answers whether there was a statement at all. */
  finish(): boolean {
    if (this.#account() === '' && this.#records === 0 && this.#balance.text === '') return false
    this.#held.flush()
    this.#unsigned.end()
    this.#open()
    this.#file.sink.close(this.#head(this.#closing()))
    return true
  }

  /**
   * What was corrected is taken back while it is still held. When it is not there (another file has it, or it
   * stands too far above), nobody can tell here whether its money was counted already: the correction is handed on
   * as it stands, because it is what the bank booked, and the problem names the line that must not count beside it.
   * One that replaces its `own` id takes the place of the same line of an earlier file, and nothing is missing here.
   */
  #correct(id: string, action: string, own: boolean, frame: RecordFrame): void {
    const known = action === 'REPLACE' || action === 'DELETE'
    const taken = known ? this.#held.takeBack(id) : 'unclear'
    const clear = taken === 'done' || (taken === 'absent' && own && action === 'REPLACE')
    frame.note('entry.corrected', clear ? 'note' : 'problem', `${action} ${id}`)
  }

  #newFrame(): RecordFrame {
    const frame: RecordFrame = {
      account: '',
      currency: this.#currencyNow(),
      place: this.#place,
      dateOrder: this.#file.given?.dateOrder,
      note: (code, weight, text, once) => {
        if (once !== undefined) {
          const told = once === 'file' ? this.#file.told : this.#told
          if (told.has(code)) return
          told.add(code)
        }
        this.#issue(code, weight, frame.place, text)
      },
      sign: (negative, text) => {
        if (text !== undefined) this.#unsigned.add(frame.place, text)
        if (negative) this.#unsigned.prove()
      },
    }
    return frame
  }

  #account(): string {
    return this.account || (this.#file.given?.account ?? '').replaceAll(/\s/g, '')
  }

  /** Decided with the first record: CURDEF stands before all of them. */
  #currencyNow(): Currency {
    if (this.#currency !== undefined) return this.#currency
    const text = this.#texts.currencyText
    const written = text === '' ? undefined : currencyOf(text)
    const given = this.#file.given?.currency
    this.#currency = written ?? (given === undefined ? noCurrency : (currencyOf(given) ?? noCurrency))
    if (written === undefined && text !== '')
      this.#issue('currency.unknown', given === undefined ? 'problem' : 'note', this.#place, text)
    if (this.#currency === noCurrency) this.#issue('currency.absent', 'problem', this.#place, text)
    return this.#currency
  }

  #open(): void {
    if (this.#opened) return
    this.#opened = true
    if (this.#account() === '') this.#issue('account.missing', 'problem', this.#place, '')
    this.#file.sink.open(this.#head(null))
  }

  #head(closingMinor: number | null): StatementHead {
    const end = this.#dayOf(this.#texts.end)
    return {
      account: this.#account(),
      currency: this.#currencyNow(),
      owner: '',
      from: this.#dayOf(this.#texts.start) ?? this.#days?.first ?? null,
      to: end ?? this.#days?.last ?? this.#dayOf(this.#balance.day),
      // The format has none, and one counted back from the closing balance would prove itself.
      openingMinor: null,
      closingMinor,
    }
  }

  #closing(): number | null {
    this.#checkPeriod()
    const { text, place } = this.#balance
    if (text === '') {
      this.#issue('balance.missing', 'note', this.#place, this.#account())
      return null
    }
    const reading = readSum(text, this.#currencyNow())
    if ('minor' in reading) return reading.minor
    this.#issue('balance.unreadable', 'problem', place ?? this.#place, text)
    return null
  }

  /** Days of the head that are none are told; the balance's day when it lies behind the period it should close. */
  #checkPeriod(): void {
    for (const text of [this.#texts.start, this.#texts.end, this.#balance.day]) {
      const reading = text === '' ? undefined : readDay(text, this.#file.given?.dateOrder)
      if (reading !== undefined && 'wrong' in reading) this.#issue(reading.wrong, 'note', this.#place, text)
    }
    const end = this.#dayOf(this.#texts.end)
    const stood = this.#dayOf(this.#balance.day)
    if (end !== null && stood !== null && stood > end && this.#balance.text !== '')
      this.#issue('statement.period', 'note', this.#balance.place ?? this.#place, this.#balance.day)
  }

  #dayOf(text: string): string | null {
    const reading = readDay(text, this.#file.given?.dateOrder)
    return 'wrong' in reading ? null : reading.day
  }

  #issue(code: IssueCode, weight: StatementIssue['weight'], place: Place, text: string): void {
    this.#file.sink.issue({ place: { ...place }, code, text: text.slice(0, 500), weight })
  }
}

function widened(days: { first: string; last: string } | null, day: string): { first: string; last: string } {
  if (!days) return { first: day, last: day }
  return { first: day < days.first ? day : days.first, last: day > days.last ? day : days.last }
}
