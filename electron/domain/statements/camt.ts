// ISO 20022 bank-to-customer messages: camt.052 reports, camt.053 statements, camt.054 notifications, of any
// version. Elements are known by their local names, so namespaces, prefixes and wrappers do not matter.

import { Refusal } from '../../contract/fault.ts'
import type { Place, StatementIssue } from '../../contract/statement.ts'
import type { CamtDetail } from './camt-detail.ts'
import { detailOf } from './camt-detail.ts'
import type { CamtKind } from './camt-entry.ts'
import { readEntry } from './camt-entry.ts'
import { CamtHead, entryCurrency } from './camt-head.ts'
import type { XmlNode } from './camt-node.ts'
import { dayOf } from './camt-node.ts'
import { XmlReader } from './camt-xml.ts'
import type { CreateReader, StatementReader, StatementSink } from './reader.ts'

/**
 * Reads a camt file. Refuses with `statement.forbiddenXml` (a document type), `statement.xml` (not well
 * formed, with the line) and `statement.noAccount` (no statement in it). A file that only ends too early
 * keeps what was read, with the issue `file.cut`.
 */
export const createCamtReader: CreateReader = (options, sink) => {
  const message = new CamtMessage(sink)
  const xml = new XmlReader(options.encoding, message)
  const reader: StatementReader = {
    write: (chunk) => xml.write(chunk),
    end: () => {
      const whole = xml.end()
      const here: Place = { line: xml.line, from: xml.bytes, to: xml.bytes }
      if (!whole) message.cut(here)
      if (message.statements === 0)
        throw new Refusal(whole ? { code: 'statement.noAccount' } : { code: 'statement.xml', line: xml.line })
      if (xml.trailing)
        sink.issue({ place: xml.trailing, code: 'record.unreadable', text: '', weight: 'problem' })
      if (xml.firstBad >= 0) {
        const place = { line: 1, from: xml.firstBad, to: xml.firstBad + 1 }
        sink.issue({ place, code: 'encoding.replacement', text: '', weight: 'problem' })
      }
    },
  }
  return reader
}

const kinds: Readonly<Record<string, CamtKind>> = { Stmt: 'camt.053', Rpt: 'camt.052', Ntfctn: 'camt.054' }

interface OpenStatement {
  kind: CamtKind
  head: CamtHead
  opened: boolean
  entries: number
  transactions: number
  /** Sum of the entries without their signs, as the declared total counts. */
  turnoverMinor: number
  days: { first: string; last: string } | null
  place: { line: number; from: number }
}

/** Builds a tree per child of a statement and lets go of it as soon as that child is closed. */
class CamtMessage {
  statements = 0
  readonly #sink: StatementSink
  #statement: OpenStatement | null = null
  /** Open elements inside the statement, outermost first. */
  readonly #path: { node: XmlNode; start: { line: number; from: number } }[] = []
  #details: CamtDetail[] = []
  #messageDay: string | null = null
  /** Text of `GrpHdr/CreDtTm`, gathered only while that element is open. */
  #created: string | null = null

  constructor(sink: StatementSink) {
    this.#sink = sink
  }

  /** Statements, their children and the details of entries: what issues and lines may stand for. */
  isPlaced(name: string): boolean {
    return this.#statement ? this.#path.length === 0 || name === 'TxDtls' : name in kinds
  }

  open(name: string, currency: string, start: { line: number; from: number }): void {
    const kind = kinds[name]
    if (!this.#statement) {
      if (kind) this.#begin(kind, start)
      else if (name === 'CreDtTm') this.#created = ''
      return
    }
    const node: XmlNode = { name, text: '', currency, children: [] }
    this.#path.at(-1)?.node.children.push(node)
    this.#path.push({ node, start })
  }

  text(text: string): void {
    const top = this.#path.at(-1)
    if (top) top.node.text += text
    else if (this.#created !== null) this.#created += text
  }

  close(name: string, end: () => number): void {
    const statement = this.#statement
    if (!statement) {
      if (name === 'CreDtTm') this.#takeCreated()
      return
    }
    const top = this.#path.pop()
    if (!top) {
      this.#finish(statement, { ...statement.place, to: end() })
      return
    }
    const placeOf = (): Place => ({ line: top.start.line, from: top.start.from, to: end() })
    if (name === 'TxDtls') {
      this.#details.push(detailOf(top.node, placeOf()))
      this.#path.at(-1)?.node.children.pop()
    } else if (this.#path.length === 0) this.#take(statement, top.node, placeOf())
  }

  /** The file ended inside the document: what was whole is kept, the rest is told. */
  cut(place: Place): void {
    this.#path.length = 0
    if (!this.#statement) return
    this.#finish(this.#statement, place)
    this.#sink.issue({ place, code: 'file.cut', text: '', weight: 'problem' })
  }

  #takeCreated(): void {
    this.#messageDay = dayOf({ name: 'CreDtTm', text: this.#created ?? '', currency: '', children: [] })
    this.#created = null
  }

  #begin(kind: CamtKind, place: { line: number; from: number }): void {
    this.statements++
    this.#created = null
    const head = new CamtHead(this.#messageDay)
    this.#statement = {
      kind,
      head,
      opened: false,
      entries: 0,
      transactions: 0,
      turnoverMinor: 0,
      days: null,
      place,
    }
  }

  #take(statement: OpenStatement, node: XmlNode, place: Place): void {
    if (node.name === 'Ntry') {
      const details = this.#details
      this.#details = []
      this.#takeEntry(statement, node, place, details)
      return
    }
    const found = statement.head.take(node)
    if (found) this.#sink.issue({ ...found, place })
  }

  #takeEntry(statement: OpenStatement, node: XmlNode, place: Place, details: CamtDetail[]): void {
    const { head, kind } = statement
    head.currency ||= entryCurrency(node)
    this.#openOnce(statement, place)
    const frame = { kind, account: head.account, currency: head.currency, statementDay: head.day }
    const { lines, issues, minor } = readEntry(node, place, details, frame)
    for (const issue of issues) this.#sink.issue(issue)
    for (const line of lines) {
      statement.days = widened(statement.days, line.bankDay)
      this.#sink.line(line)
    }
    statement.entries++
    statement.transactions += Math.max(details.length, 1)
    statement.turnoverMinor += Math.abs(minor ?? 0)
  }

  #openOnce(statement: OpenStatement, place: Place): void {
    if (statement.opened) return
    statement.opened = true
    const { head, kind } = statement
    this.#sink.open(head.head(null))
    const tell = (code: StatementIssue['code'], weight: StatementIssue['weight']): void =>
      this.#sink.issue({
        place: { line: statement.place.line, from: statement.place.from, to: place.to },
        code,
        text: '',
        weight,
      })
    if (head.account === '') tell('account.missing', 'problem')
    if (head.currency === '') tell('currency.unknown', 'problem')
    // Said once for the whole notification: its entries are details of money that a camt.053 books.
    if (kind === 'camt.054') tell('entry.pending', 'note')
  }

  #finish(statement: OpenStatement, place: Place): void {
    this.#openOnce(statement, place)
    this.#checkTotals(statement, place)
    this.#sink.close(statement.head.head(statement.days))
    this.#statement = null
    this.#details = []
  }

  /** Banks count entries or the transactions inside them; either number is accepted, and so is a net sum. */
  #checkTotals(statement: OpenStatement, place: Place): void {
    const { count, totalMinor } = statement.head.declared
    const { entries, transactions, turnoverMinor } = statement
    if (count !== null && count !== entries && count !== transactions) {
      this.#sink.issue({
        place,
        code: 'declared.count',
        text: `${String(count)}/${String(entries)}`,
        weight: 'problem',
      })
    }
    if (totalMinor !== null && totalMinor !== turnoverMinor) {
      this.#sink.issue({
        place,
        code: 'declared.total',
        text: `${String(totalMinor)}/${String(turnoverMinor)}`,
        weight: 'problem',
      })
    }
  }
}

function widened(days: { first: string; last: string } | null, day: string): { first: string; last: string } {
  if (!days) return { first: day, last: day }
  return { first: day < days.first ? day : days.first, last: day > days.last ? day : days.last }
}
