// ISO 20022 bank-to-customer messages: camt.052 reports, camt.053 statements, camt.054 notifications, of any
// version. Elements are known by their local names, so namespaces, prefixes and wrappers do not matter.

import { Refusal } from '../../../contract/fault.ts'
import type { GivenFacts } from '../../../contract/statement-file.ts'
import type { Place } from '../../../contract/statement.ts'
import { detailOf } from './detail.ts'
import { DetailList } from './details.ts'
import { entryTerms } from './entry.ts'
import type { CamtKind } from './entry.ts'
import type { XmlNode } from './node.ts'
import { camtNames } from './names.ts'
import { dayOf } from './node.ts'
import { CamtStatement } from './statement.ts'
import type { XmlEvents, XmlStart } from './xml.ts'
import { XmlReader } from './xml.ts'
import type { CreateReader, StatementReader, StatementSink } from '../reader.ts'

/**
 * Reads a camt file; several documents that stand one after the other are read as one. Refuses with
 * `statement.forbiddenXml` (a document type, endless nesting), `statement.recordTooLong`, `statement.xml` (not well
 * formed, with the line) and `statement.noAccount` (no statement in it). A file that only ends too early keeps what
 * was read, with the issue `file.cut`.
 */
export const createCamtReader: CreateReader = (options, sink) => {
  const message = new CamtMessage(sink, options.given ?? {})
  const xml = new XmlReader(options.encoding, camtNames, message)
  const reader: StatementReader = {
    write: (chunk) => xml.write(chunk),
    end: () => {
      const whole = xml.end()
      if (message.statements === 0)
        throw new Refusal(whole ? { code: 'statement.noAccount' } : { code: 'statement.xml', line: xml.line })
      if (!whole) message.cut({ line: xml.line, from: xml.bytes, to: xml.bytes })
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

/** What one child of a statement may keep, its details aside: the sum of its texts and so much for every element. */
const mostKept = 1024 * 1024
const keptOfElement = 64

/** Builds a tree per child of a statement and lets go of it as soon as that child is closed. */
class CamtMessage implements XmlEvents {
  statements = 0
  readonly #sink: StatementSink
  readonly #given: GivenFacts
  #statement: CamtStatement | null = null
  /** Open elements inside the statement, outermost first. */
  readonly #path: XmlNode[] = []
  #recordStart: XmlStart = { line: 1, from: 0 }
  #kept = 0
  /** The open `TxDtls`: where it starts, how deep it stands, what the entry kept before it. */
  #detail: { start: XmlStart; depth: number; kept: number } | null = null
  #details = new DetailList()
  #messageDay: string | null = null
  /** Text of `GrpHdr/CreDtTm`, gathered only while that element is open. */
  #created: string | null = null

  constructor(sink: StatementSink, given: GivenFacts) {
    this.#sink = sink
    this.#given = given
  }

  open(name: string, currency: string, start: () => XmlStart): boolean {
    if (!this.#statement) {
      this.#openOutside(name, start)
      return true
    }
    if (name === '') return false
    const depth = this.#path.length
    if (depth === 0) {
      this.#recordStart = start()
      this.#kept = 0
    } else if (name === 'TxDtls' && !this.#detail && this.#path[0]?.name === 'Ntry')
      this.#detail = { start: start(), depth, kept: this.#kept }
    const node: XmlNode = { name, text: '', currency, children: [] }
    this.#path[depth - 1]?.children.push(node)
    this.#path.push(node)
    this.#keep(keptOfElement)
    return true
  }

  text(text: string): void {
    const top = this.#path[this.#path.length - 1]
    if (top) {
      top.text = top.text === '' ? text : top.text + text
      this.#keep(text.length)
    } else if (this.#created !== null && this.#created.length < 100) this.#created += text
  }

  close(end: () => number): void {
    const statement = this.#statement
    if (!statement) {
      if (this.#created !== null) this.#takeCreated(this.#created)
      return
    }
    const node = this.#path.pop()
    if (!node) {
      statement.finish(end())
      this.#statement = null
      return
    }
    const depth = this.#path.length
    if (depth === this.#detail?.depth) this.#takeDetail(statement, node, end())
    else if (depth === 0) this.#takeRecord(statement, node, { ...this.#recordStart, to: end() })
  }

  ended(): void {
    this.#messageDay = null
    this.#created = null
  }

  /** The file ended inside a document: what was whole is kept, the rest is told. */
  cut(place: Place): void {
    this.#path.length = 0
    this.#statement?.finish(place.to)
    this.#statement = null
    this.#sink.issue({ place, code: 'file.cut', text: '', weight: 'problem' })
  }

  #openOutside(name: string, start: () => XmlStart): void {
    const kind = kinds[name]
    if (kind) {
      this.statements++
      this.#created = null
      this.#statement = new CamtStatement(kind, start(), this.#messageDay, this.#given, this.#sink)
      this.#details = new DetailList()
    } else if (name === 'CreDtTm') this.#created = ''
  }

  #takeCreated(text: string): void {
    this.#messageDay = dayOf({ name: 'CreDtTm', text, currency: '', children: [] })
    this.#created = null
  }

  #takeDetail(statement: CamtStatement, node: XmlNode, to: number): void {
    const [entry] = this.#path
    if (!entry || !this.#detail) return
    const { start, kept } = this.#detail
    const { currency, chargeSign } = entryTerms(entry, statement.currencyOf(entry))
    this.#details.push(detailOf(node, { ...start, to }, currency, chargeSign))
    this.#path[this.#path.length - 1]?.children.pop()
    this.#kept = kept
    this.#detail = null
  }

  #takeRecord(statement: CamtStatement, node: XmlNode, place: Place): void {
    if (node.name !== 'Ntry') {
      statement.take(node, place)
      return
    }
    statement.takeEntry(node, place, this.#details)
    if (this.#details.count > 0) this.#details = new DetailList()
  }

  #keep(size: number): void {
    this.#kept += size
    if (this.#kept <= mostKept) return
    const limitKb = mostKept / 1024
    throw new Refusal({ code: 'statement.recordTooLong', line: this.#recordStart.line, limitKb })
  }
}
