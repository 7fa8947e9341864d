// BAI2, the balance reporting of American banks: a file of groups (one bank and day), each of accounts, each of
// details, every level ended by a record with the sum of its amounts and the number of its records.

import { Refusal } from '../../../contract/fault.ts'
import { currencyOf, type Currency } from '../../../contract/money.ts'
import type { IssueCode, Place, StatementHead, StatementIssue } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { controlIssues, type Level, type Stated } from './control.ts'
import { directionOf, isDateIssue, isTotal, readDate, readDetail, readMinor, readSummary } from './fields.ts'
import type { Bai2Detail } from './fields.ts'
import { lineOf } from './line.ts'
import { createBai2Records, fieldsOf, rawOf, type Bai2Record } from './records.ts'
import type { CreateReader, ReaderOptions, StatementReader, StatementSink } from '../reader.ts'

/** Reads BAI2. Throws Refusal `statement.noAccount` at its end when no account record was read. */
export const createBai2Reader: CreateReader = (options, sink) => new Bai2Reader(options, sink)

interface Group extends Level {
  day: BankDay | null
  dayWrong: IssueCode | null
  currency: string
  /** Interim data of the same day may still change, as an MT942's. */
  interim: boolean
  correction: boolean
  /** A deletion or a test: nothing of it is a movement. */
  ignored: boolean
  place: Place
}

interface Account extends Level {
  head: StatementHead
  sum: number
  place: Place
}

class Bai2Reader implements StatementReader {
  readonly #sink: StatementSink
  readonly #options: ReaderOptions
  readonly #records: { write(chunk: Uint8Array): void; end(): void }
  readonly #told = new Set<string>()
  #file: Level = { records: 0, parts: 0, total: 0 }
  #group: Group | undefined
  #account: Account | undefined
  #accounts = 0
  #ended = false
  #defaultTold = false
  #last: Place = { line: 1, from: 0, to: 0 }

  constructor(options: ReaderOptions, sink: StatementSink) {
    this.#options = options
    this.#sink = sink
    this.#records = createBai2Records(options.encoding, {
      record: (record) => this.#take(record),
      orphan: (text, place) => this.#issue('line.orphan', 'note', place, text),
      lostLetter: (text, place) => this.#issue('encoding.replacement', 'problem', place, text),
    })
  }

  write(chunk: Uint8Array): void {
    this.#records.write(chunk)
  }

  end(): void {
    this.#records.end()
    this.#endAccount(false)
    this.#endGroup(false)
    if (this.#accounts === 0) throw new Refusal({ code: 'statement.noAccount' })
    if (!this.#ended) this.#issue('file.cut', 'problem', this.#last, '')
  }

  #take(record: Bai2Record): void {
    this.#last = record.place
    if (record.code === '01') this.#file = { records: 0, parts: 0, total: 0 }
    if (record.code === '02') this.#startGroup(record)
    if (record.code === '03') this.#startAccount(record)
    this.#file.records += record.records
    if (this.#group !== undefined) this.#group.records += record.records
    if (this.#account !== undefined) this.#account.records += record.records
    if (record.code === '16') this.#takeDetail(record)
    if (record.code === '49') this.#takeAccountEnd(record)
    if (record.code === '98') this.#takeGroupEnd(record)
    if (record.code === '99') this.#takeFileEnd(record)
    else this.#ended = false
  }

  // ---- groups

  #startGroup(record: Bai2Record): void {
    this.#endAccount(false)
    this.#endGroup(false)
    this.#file.parts += 1
    const fields = fieldsOf(record)
    const [, , status = '', dayText = '', , currency = '', modifier = ''] = fields
    const day = readDate(dayText)
    const dayWrong = isDateIssue(day) ? day : null
    this.#group = {
      records: 0,
      parts: 0,
      total: 0,
      day: isDateIssue(day) ? null : day,
      dayWrong,
      currency,
      interim: modifier === '3',
      correction: status === '3',
      ignored: status === '2' || status === '4',
      place: record.place,
    }
    if (dayWrong !== null) this.#issue(dayWrong, 'problem', record.place, rawOf(record))
    // Status 2 deletes what was reported before, 4 only tries the line: neither holds movements.
    if (status === '2') this.#issue('entry.corrected', 'problem', record.place, rawOf(record))
    if (status === '4') this.#issue('document.unexecuted', 'problem', record.place, rawOf(record))
  }

  #takeGroupEnd(record: Bai2Record): void {
    this.#endAccount(false)
    const group = this.#group
    const [total, accounts, records] = fieldsOf(record)
    if (group === undefined) {
      this.#issue('line.orphan', 'note', record.place, rawOf(record))
      return
    }
    this.#check(record, group, { total, parts: accounts, records })
    this.#file.total += readMinor(total ?? '') ?? 0
    this.#endGroup(true)
  }

  #endGroup(closed: boolean): void {
    const group = this.#group
    this.#group = undefined
    if (group !== undefined && !closed) this.#issue('section.unclosed', 'problem', group.place, '02')
  }

  #takeFileEnd(record: Bai2Record): void {
    this.#endAccount(false)
    this.#endGroup(false)
    const [total, groups, records] = fieldsOf(record)
    this.#check(record, this.#file, { total, parts: groups, records })
    this.#ended = true
  }

  #check(record: Bai2Record, level: Level, stated: Stated): void {
    for (const code of controlIssues(level, stated)) this.#issue(code, 'problem', record.place, rawOf(record))
  }

  // ---- accounts

  #startAccount(record: Bai2Record): void {
    this.#endAccount(false)
    const group = this.#group
    const { account, currency, items } = readSummary(record.pieces)
    this.#accounts += 1
    if (group !== undefined) group.parts += 1
    const amountOf = (type: string) => {
      const item = items.find((each) => each.type === type && each.amount !== '')
      const minor = item && readMinor(item.amount)
      if (item && minor === undefined)
        this.#issue('balance.unreadable', 'problem', record.place, rawOf(record))
      return minor ?? null
    }
    const day = group?.day ?? null
    const head: StatementHead = {
      account: account || (this.#options.given?.account ?? ''),
      currency: this.#currencyOf(currency || (group?.currency ?? ''), record),
      owner: '',
      from: day,
      to: day,
      openingMinor: amountOf('010'),
      closingMinor: amountOf('015'),
    }
    const total = items.reduce((sum, item) => sum + (readMinor(item.amount) ?? 0), 0)
    this.#account = { head, records: 0, parts: 0, total, sum: 0, place: record.place }
    if (group?.ignored) return
    if (head.account === '') this.#issue('account.missing', 'problem', record.place, rawOf(record))
    this.#noteCorrection(group, head, record)
    this.#sink.open(head)
  }

  /** A correction replaces all that was reported of the account and day; what of it this file told already stands twice. */
  #noteCorrection(group: Group | undefined, head: StatementHead, record: Bai2Record): void {
    const key = `${head.account} ${head.from ?? ''}`
    if (group?.correction)
      this.#issue('entry.corrected', this.#told.has(key) ? 'problem' : 'note', record.place, rawOf(record))
    if (this.#told.size < 100_000) this.#told.add(key)
  }

  /** The specification's default is the group's currency, and US dollars where the group has none. */
  #currencyOf(code: string, record: Bai2Record): Currency {
    const currency = currencyOf(code)
    if (currency !== undefined) return currency
    const given = this.#options.given?.currency
    if (code !== '' || (given === undefined && !this.#defaultTold)) {
      this.#defaultTold ||= code === ''
      this.#issue('currency.unknown', code === '' ? 'note' : 'problem', record.place, rawOf(record))
    }
    if (given !== undefined) return given as Currency
    return (code === '' ? 'USD' : 'XXX') as Currency
  }

  #takeAccountEnd(record: Bai2Record): void {
    const account = this.#account
    if (account === undefined) {
      this.#issue('line.orphan', 'note', record.place, rawOf(record))
      return
    }
    const [total, records] = fieldsOf(record)
    this.#check(record, account, { total, parts: null, records })
    if (this.#group !== undefined) this.#group.total += readMinor((total ?? '').trim()) ?? 0
    this.#endAccount(true)
  }

  #endAccount(closed: boolean): void {
    const account = this.#account
    this.#account = undefined
    if (account === undefined) return
    if (!closed) this.#issue('section.unclosed', 'problem', account.place, `03,${account.head.account}`)
    if (this.#group?.ignored) return
    const { head, sum, place } = account
    this.#sink.close(head)
    if (this.#group?.interim) return
    if (head.openingMinor === null || head.closingMinor === null)
      this.#issue('balance.missing', 'problem', place, head.account)
    else if (head.openingMinor + sum !== head.closingMinor)
      this.#issue('balance.off', 'problem', place, head.account)
  }

  // ---- details

  #takeDetail(record: Bai2Record): void {
    const account = this.#account
    const detail = readDetail(record.pieces)
    if (account === undefined) {
      this.#issue('account.missing', 'problem', record.place, rawOf(record))
      return
    }
    const minor = readMinor(detail.amount)
    account.total += minor ?? 0
    if (this.#group?.ignored) return
    // 890 is a message of the bank to the reader.
    if (detail.type === '890') this.#issue('entry.details', 'note', record.place, rawOf(record))
    else if (minor === undefined)
      this.#issue(
        detail.amount === '' ? 'amount.missing' : 'amount.unreadable',
        'problem',
        record.place,
        rawOf(record),
      )
    else this.#tell(account, record, detail, minor)
  }

  #tell(account: Account, record: Bai2Record, detail: Bai2Detail, minor: number): void {
    const direction = isTotal(detail.type) ? undefined : directionOf(detail.type)
    if (direction === undefined) {
      this.#issue('direction.unknown', 'problem', record.place, rawOf(record))
      return
    }
    const group = this.#group
    if (group === undefined || group.day === null) {
      this.#issue(group?.dayWrong ?? 'date.missing', 'problem', record.place, rawOf(record))
      return
    }
    const value = readDate(detail.valueDate)
    if (isDateIssue(value) && value !== 'date.missing')
      this.#issue(value, 'note', record.place, rawOf(record))
    const booked = !group.interim
    if (!booked) this.#issue('entry.pending', 'note', record.place, rawOf(record))
    if (booked) account.sum += direction * minor
    this.#sink.line(lineOf(record, detail, direction, minor, group.day, account.head.currency, booked))
  }

  #issue(code: IssueCode, weight: StatementIssue['weight'], place: Place, text: string): void {
    this.#sink.issue({ place: { ...place }, code, text: text.slice(0, 500), weight })
  }
}
