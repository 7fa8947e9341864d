// The skeleton of an OFX file: which statement, which record, which part a tag stands in. Ends that are missing
// or wrong are the rule, so every beginning ends what cannot hold it.

import type { IssueCode, Place, StatementEncoding } from '../../../contract/statement.ts'
import { longestRecord, OfxScanner, type OfxEvents } from './scan.ts'
import type { StatementField, Target } from './names.ts'
import { groups, leavesOf, parts, partsOfStatement, tagOf } from './names.ts'
import { newRecord, type OfxRecord, type RecordField } from './record.ts'
import { OfxStatement, type FileFrame } from './statement.ts'
import { unescaped } from './values.ts'

/** The standard allows 22 characters, and some banks need more. */
const longestAccount = 64

interface Start {
  line: number
  from: number
}

export class OfxDocument implements OfxEvents {
  statements = 0
  unsupported = 0
  wantsText = false
  readonly #file: FileFrame
  readonly #scanner: OfxScanner
  #statement: OfxStatement | null = null
  #record: { record: OfxRecord; start: Start; position: number } | null = null
  #pendingList = false
  /** Inside a statement of investments or of a loan, whose account is told once it is known. */
  #foreign: { start: Start; account: string; told: boolean } | null = null
  #part = ''
  #partStart: Start | null = null
  #status = { code: '', severity: '', message: '' }
  /** Inside the answer to a request for one account. */
  #answered = false
  /** The account and the currency read last, for lists that lost the statement around them. */
  #loose = { account: '', currency: '' }
  #target: Target | null = null
  #value = ''
  #rootOpen = false

  constructor(encoding: StatementEncoding, file: FileFrame) {
    this.#file = file
    this.#scanner = new OfxScanner(encoding, this)
  }

  /** Throws Refusal `statement.recordTooLong` and `statement.forbiddenXml`. */
  write(chunk: Uint8Array): void {
    this.#scanner.write(chunk)
  }

  // ---- events

  open(written: string): void {
    const { name, kind } = tagOf(written)
    if (kind === undefined) {
      // Markup inside a text is part of it: no tag of the format has small letters.
      if (this.#target !== null && /[a-z]/.test(written))
        this.#value += /^br$/i.test(written) ? '\n' : `<${written}>`
      else this.#endLeaf()
      return
    }
    this.#endLeaf()
    if (kind === 'leaf') this.#startLeaf(name)
    else if (kind === 'part') this.#openPart(name)
    else this.#openGroup(name)
    const begun = this.#record?.position ?? this.#scanner.position
    if (this.#scanner.position - begun > longestRecord) this.#scanner.refuseLength()
  }

  close(written: string): void {
    const { name, kind } = tagOf(written)
    if (kind === undefined && this.#target !== null && /[a-z]/.test(written)) return
    this.#endLeaf()
    if (kind === 'part' && name === this.#part) this.#endPart(true)
    else if (kind === 'group') this.#closeGroup(name)
  }

  text(raw: string): void {
    this.literal(unescaped(raw))
  }

  literal(text: string): void {
    this.#value += text
    if (this.#value.length > longestRecord) this.#scanner.refuseLength()
  }

  /** Where the first byte stands that is no character in the file's encoding; null when there is none. */
  get badPlace(): Place | null {
    return this.#scanner.badPlace
  }

  /** Ends what is still open at the file's end; answers the place of what was cut, null for a whole file. */
  end(): Place | null {
    this.#scanner.end()
    const cut = this.#rootOpen || this.#record !== null || this.#statement !== null
    const record = this.#record
    // A sum or a day without an end may have lost figures; a text that lost letters is still worth reading.
    const behind = this.#value.slice(this.#value.trimEnd().length)
    const whole = /[\r\n]/.test(behind) || (this.#target?.of === 'record' && this.#target.field === 'memo')
    if (!whole) this.#value = ''
    this.#endLeaf()
    const start = record?.start ?? this.#scanner.tagStart()
    this.#finishStatement(false)
    const to = this.#scanner.tagEnd()
    return cut ? { ...start, to } : null
  }

  // ---- leaves

  #startLeaf(name: string): void {
    let target: Target | null = null
    if (this.#part !== '') {
      target = parts.get(this.#part)?.get(name) ?? null
      // A leaf that means nothing in this part ends it, when it means something around it.
      if (target === null && this.#targetAround(name) !== null) this.#endPart(false)
    }
    this.#target = target ?? (this.#part === '' ? this.#targetAround(name) : null)
    this.wantsText = this.#target !== null
  }

  #targetAround(name: string): Target | null {
    if (this.#record === null && this.#foreign !== null) return null
    return leavesOf[this.#record === null ? 'statement' : 'record'].get(name) ?? null
  }

  #endLeaf(): void {
    const target = this.#target
    if (target === null) return
    const value = this.#value
    this.#target = null
    this.#value = ''
    this.wantsText = false
    if (target.of === 'record') this.#setField(target.field, value)
    else if (target.of === 'statement') this.#setHead(target.field, value)
    else if (target.of === 'account') this.#setAccount(value.replaceAll(/\s/g, '').slice(0, longestAccount))
    else if (target.of === 'status') this.#status[target.field] = value.trim()
    else if (target.of === 'balance')
      this.#statement?.setBalance(
        target.field,
        value,
        this.#placeFrom(this.#partStart ?? this.#scanner.tagStart(), false),
      )
  }

  #setField(field: RecordField, value: string): void {
    const record = this.#record?.record
    if (!record || value.trim() === '') return
    // A purpose may be given in pieces; of any other field the first is meant.
    if (record[field] === '') record[field] = value
    else if (field === 'memo') record.memo += `\n${value}`
  }

  #setHead(field: StatementField, value: string): void {
    if (field === 'currencyText') this.#loose.currency = value.trim()
    this.#statement?.set(field, value)
  }

  #setAccount(account: string): void {
    if (account === '') return
    if (this.#foreign !== null) {
      this.#foreign.account = account
      return
    }
    this.#loose.account = account
    const statement = this.#statement
    if (statement === null) return
    // A second account without a statement of its own has lost the end of the first.
    if (statement.account !== '' && statement.account !== account) {
      this.#finishStatement(false)
      this.#beginStatement(this.#scanner.tagStart(), account, this.#loose.currency)
    } else if (!statement.hasRecords) statement.account = account
  }

  // ---- parts

  #openPart(name: string): void {
    if (this.#part !== '') this.#endPart(false)
    if (partsOfStatement.has(name)) this.#endRecord(false)
    this.#part = name
    this.#partStart = name === 'STATUS' || name === 'LEDGERBAL' ? this.#scanner.tagStart() : null
    if (name === 'STATUS') this.#status = { code: '', severity: '', message: '' }
  }

  #endPart(closed: boolean): void {
    const part = this.#part
    const start = this.#partStart
    this.#part = ''
    this.#partStart = null
    if (part === 'STATUS' && start !== null) this.#judgeStatus(this.#placeFrom(start, closed))
    if (part === 'INVACCTFROM' || part === 'LOANACCTFROM') this.#tellForeign(closed)
  }

  /** An account that the bank was asked for and did not answer is missing in the file. */
  #judgeStatus(place: Place): void {
    const { code, severity, message } = this.#status
    if (this.#answered && /^ERROR$/i.test(severity))
      this.#issue('account.missing', place, `${code} ${message}`.trim())
  }

  #tellForeign(closed: boolean): void {
    const foreign = this.#foreign
    if (foreign === null || foreign.told) return
    foreign.told = true
    this.#issue('account.unsupported', this.#placeFrom(foreign.start, closed), foreign.account)
  }

  // ---- groups

  #openGroup(name: string): void {
    if (this.#part !== '') this.#endPart(false)
    this.#endRecord(false)
    const group = groups.get(name)
    if (group === 'root') this.#rootOpen = true
    if (group === 'list') this.#openList(name)
    else if (group === 'record') this.#openRecord(name)
    else this.#openAround(group)
  }

  #openAround(group: string | undefined): void {
    this.#finishStatement(false)
    this.#answered = group === 'answer'
    if (group === 'statement') this.#beginStatement(this.#scanner.tagStart(), '', '')
    if (group === 'unsupported') {
      this.unsupported += 1
      this.#foreign = { start: this.#scanner.tagStart(), account: '', told: false }
    }
    if (group === 'statement' || group === 'answer') this.#loose = { account: '', currency: '' }
  }

  #openList(name: string): void {
    this.#pendingList = name === 'BANKTRANLISTP'
    if (this.#foreign === null) this.#needStatement(this.#scanner.tagStart())
  }

  #openRecord(name: string): void {
    if (this.#foreign !== null) return
    // Asked for first: places come in rising order, and a statement that begins here takes in the tag's end.
    const start = this.#scanner.tagStart()
    this.#needStatement(start)
    const record = newRecord(this.#pendingList || name === 'STMTTRNP')
    this.#record = { record, start, position: this.#scanner.position }
  }

  #closeGroup(name: string): void {
    if (this.#part !== '') this.#endPart(false)
    const group = groups.get(name)
    this.#endRecord(group === 'record')
    if (group === 'record') return
    if (group === 'list') {
      this.#pendingList = false
      return
    }
    this.#finishStatement(true)
    if (group !== 'statement' && group !== 'unsupported') this.#answered = false
    if (group === 'root') this.#rootOpen = false
  }

  #needStatement(start: Start): void {
    if (this.#statement === null) this.#beginStatement(start, this.#loose.account, this.#loose.currency)
  }

  #beginStatement(start: Start, account: string, currency: string): void {
    this.#statement = new OfxStatement(this.#file, account, currency, this.#placeFrom(start, true))
  }

  #finishStatement(closed: boolean): void {
    if (this.#part !== '') this.#endPart(false)
    this.#endRecord(false)
    this.#tellForeign(closed)
    this.#foreign = null
    this.#pendingList = false
    if (this.#statement?.finish()) this.statements += 1
    this.#statement = null
  }

  #endRecord(closed: boolean): void {
    const open = this.#record
    this.#record = null
    if (open === null) return
    const size = this.#scanner.position - open.position
    this.#statement?.take(open.record, this.#placeFrom(open.start, closed), size)
  }

  // ---- places

  /** Up to the end of the tag that is being told when it closes what is meant, else up to what stands before it. */
  #placeFrom({ line, from }: Start, closed: boolean): Place {
    return { line, from, to: closed ? this.#scanner.tagEnd() : this.#scanner.contentEnd() }
  }

  #issue(code: IssueCode, place: Place, text: string): void {
    this.#file.sink.issue({ place, code, text: text.slice(0, 500), weight: 'problem' })
  }
}
