// The XML layer under camt: saxes events by local names, with the bytes every element came from. Strict, and
// without document types: a DTD is the only door to external files and exploding entities.

import { SaxesParser } from 'saxes'
import type { SaxesTagPlain } from 'saxes'
import { Refusal } from '../../../contract/fault.ts'
import type { Place, StatementEncoding } from '../../../contract/statement.ts'
import { BytePlaces } from './bytes.ts'
import { LocalNames } from './names.ts'
import type { Decoding } from '../decoding.ts'
import { startDecoding } from '../decoding.ts'

export type XmlStart = Pick<Place, 'line' | 'from'>

export interface XmlEvents {
  /**
   * An element opens; `name` is '' for one that nobody reads. `start` tells, until the next event, where its `<`
   * stands. Answers whether anything of it is wanted: if not, nothing inside it is told, nor that it closes.
   */
  open(name: string, currency: string, start: () => XmlStart): boolean
  text(text: string): void
  /** The innermost wanted element closes; `end` counts the offset just after its last `>`. */
  close(end: () => number): void
  /** A document is whole; another one may follow. */
  ended(): void
}

type Parser = SaxesParser<{ xmlns: false; position: false }>

/** Deepest nesting accepted; the schemas reach about 15 below the root. */
const deepest = 200
/** Parsed at once: longer strings would be kept apart by the engine, and let go of late. */
const pieceBytes = 32_768
/** Most characters before the root element; real messages have a few hundred. */
const longestProlog = 65_536
/** Most characters from one tag to the next: names, attributes, texts and comments are all held until they end. */
export const longestToken = 1024 * 1024
/** Most documents in one file; a day each, that is more than a working life. */
const mostDocuments = 10_000

const padding = /^[\uFEFF\s\0\u001a]*/
/** What may stand after a root element and says nothing: comments, instructions, padding. */
const silent = /^(?:<!--[^]*?-->|<\?[^]*?\?>|[\uFEFF\s\0\u001a])*$/

/** The parser knows no other way to be stopped where its document ends and the next one may begin. */
class DocumentEnd extends Error {}
const documentEnd = new DocumentEnd()

/**
 * Reads XML cut anywhere: one document, or several that stand one after the other in the same encoding. `names`
 * are the local names that are told; elements of other names are told as ''. Throws Refusal `statement.xml`,
 * `statement.forbiddenXml` (document types, nesting beyond 200), `statement.recordTooLong` (a text, comment or tag
 * beyond a million characters).
 */
export class XmlReader {
  readonly #decoding: Decoding
  readonly #places: BytePlaces
  readonly #events: XmlEvents
  readonly #names: LocalNames
  /** Null before, between and after documents. */
  #parser: Parser | null = null
  #documents = 0
  #documentStart: XmlStart = { line: 1, from: 0 }
  #sawRoot = false
  #prolog = ''
  #failed = false
  #depth = 0
  /** How deep the parser is inside an element that nobody wants; 0 outside of one. */
  #unwanted = 0
  /** Where, in characters of the document, the last tag ended and the last name ended. */
  #tagEnd = 0
  #nameEnd = 0
  #nameLine = 0
  #tagName = ''
  /** A carriage return at the end of a chunk waits for its line feed, so that both are counted in one piece. */
  #held = ''
  /** Line ends before the document. */
  #linesBefore = 0
  #trailing: Place | null = null
  readonly #end = (): number => this.#places.at(this.#parser?.position ?? 0)
  readonly #start = (): XmlStart => this.#startOfTag()

  constructor(encoding: StatementEncoding, names: ReadonlyMap<string, string>, events: XmlEvents) {
    this.#decoding = startDecoding(encoding)
    this.#places = new BytePlaces(this.#decoding)
    this.#names = new LocalNames(names)
    this.#events = events
  }

  /** Offset of the first byte that is no character in the file's encoding, -1 when there is none. */
  get firstBad(): number {
    return this.#decoding.firstBad
  }

  /** What stands after a document and is neither XML nor padding, to the end of the file; null when there is nothing. */
  get trailing(): Place | null {
    return this.#trailing
  }

  get line(): number {
    return this.#linesBefore + (this.#parser?.line ?? 1)
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.#places.startByte
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      const text = this.#held + this.#decoding.write(chunk.subarray(at, at + pieceBytes))
      this.#held = text.endsWith('\r') ? '\r' : ''
      this.#feed(this.#held === '' ? text : text.slice(0, -1))
    }
  }

  /** Answers whether every document was whole: its root element was closed. */
  end(): boolean {
    this.#feed(this.#held + this.#decoding.end())
    if (this.#documents > 1 && this.#parser && !this.#sawRoot) {
      if (!silent.test(this.#prolog)) this.#giveUp(this.#documentStart)
      this.#parser = null
    }
    if (this.#trailing) this.#trailing.to = this.#places.startByte
    return this.#parser === null && this.#documents > 0
  }

  #feed(text: string): void {
    let rest = text
    while (rest !== '') {
      if (this.#trailing) {
        this.#places.skip(rest)
        return
      }
      rest = this.#parser ? this.#parse(this.#parser, rest) : this.#between(rest)
    }
  }

  /** Leaves the padding before a document out; answers the text that begins with the document. */
  #between(text: string): string {
    const blank = padding.exec(text)?.[0] ?? ''
    this.#linesBefore += blank.match(/\r\n|\r|\n/g)?.length ?? 0
    this.#places.skip(blank)
    const rest = text.slice(blank.length)
    if (rest === '') return ''
    if (rest.startsWith('<') && this.#documents < mostDocuments) this.#begin()
    else if (this.#documents === 0) throw new Refusal({ code: 'statement.xml', line: this.line })
    else this.#giveUp({ line: this.line, from: this.#places.startByte })
    return rest
  }

  #begin(): void {
    this.#documents++
    this.#documentStart = { line: this.line, from: this.#places.startByte }
    this.#sawRoot = false
    this.#prolog = ''
    this.#failed = false
    this.#depth = 0
    this.#unwanted = 0
    this.#tagEnd = 0
    this.#parser = this.#newParser()
  }

  /** What comes from here on cannot be read; everything before it was, and stays. */
  #giveUp(start: XmlStart): void {
    this.#trailing = { ...start, to: start.from }
    this.#parser = null
  }

  /** Parses on in the open document; answers what stands behind its end. */
  #parse(parser: Parser, text: string): string {
    const { start } = this.#places
    this.#places.take(text)
    try {
      parser.write(text)
    } catch (error) {
      if (error !== documentEnd) throw error
      const at = parser.position
      this.#places.skip(text.slice(0, at - start))
      this.#linesBefore += parser.line - 1
      this.#parser = null
      this.#events.ended()
      return text.slice(at - start)
    }
    if (this.#failed) {
      this.#giveUp(this.#documentStart)
      return text
    }
    this.#places.pass()
    if (this.#places.start - this.#tagEnd > longestToken && this.#sawRoot) this.#tooLong(parser.line)
    if (!this.#sawRoot) {
      this.#checkProlog(this.#places.start)
      if (this.#documents > 1) this.#prolog += text
    }
    return ''
  }

  #checkProlog(length: number): void {
    if (length > longestProlog) throw new Refusal({ code: 'statement.xml', line: this.line })
  }

  #newParser(): Parser {
    const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
    parser.on('doctype', () => {
      throw new Refusal({ code: 'statement.forbiddenXml' })
    })
    parser.on('error', (error) => this.#fail(error))
    parser.on('opentagstart', (tag) => {
      // The parser stands behind the character that ended the name.
      this.#nameEnd = parser.position - 1
      this.#nameLine = parser.line
      this.#tagName = tag.name
    })
    parser.on('opentag', (tag) => this.#open(parser, tag))
    parser.on('text', (text) => {
      if (this.#unwanted === 0) this.#events.text(text)
    })
    parser.on('cdata', (text) => {
      if (this.#unwanted === 0) this.#events.text(text)
    })
    parser.on('closetag', () => this.#close(parser))
    return parser
  }

  #open(parser: Parser, tag: SaxesTagPlain): void {
    this.#tagPassed(parser)
    this.#depth++
    if (this.#depth > deepest) throw new Refusal({ code: 'statement.forbiddenXml' })
    if (this.#unwanted > 0) {
      this.#unwanted++
      return
    }
    if (!this.#sawRoot) this.#checkProlog(this.#tagEnd)
    this.#sawRoot = true
    const name = this.#names.of(tag.name)
    if (!this.#events.open(name, tag.attributes['Ccy'] ?? '', this.#start)) this.#unwanted = 1
  }

  #close(parser: Parser): void {
    this.#tagPassed(parser)
    this.#depth--
    if (this.#unwanted > 0) this.#unwanted--
    else this.#events.close(this.#end)
    if (this.#depth === 0) throw documentEnd
  }

  #tagPassed(parser: Parser): void {
    const at = parser.position
    if (at - this.#tagEnd > longestToken) this.#tooLong(parser.line)
    this.#tagEnd = at
  }

  #tooLong(line: number): never {
    const limitKb = longestToken / 1024
    throw new Refusal({ code: 'statement.recordTooLong', line: this.#linesBefore + line, limitKb })
  }

  /** Before a later document's root element, an error only shows that no document follows. */
  #fail(cause: Error): void {
    if (this.#sawRoot || this.#documents === 1)
      throw new Refusal({ code: 'statement.xml', line: this.line }, { cause })
    this.#failed = true
  }

  #startOfTag(): XmlStart {
    const at = this.#nameEnd - this.#places.start
    const afterCr = this.#places.piece.charAt(at) === '\n' && this.#places.piece.charAt(at - 1) === '\r'
    const start = `<${this.#tagName}`
    const from =
      this.#places.at(this.#nameEnd - (afterCr ? 1 : 0)) - this.#decoding.bytesOf(start, 0, start.length)
    return {
      line: this.#linesBefore + this.#nameLine - (afterCr || this.#places.piece.charAt(at) === '\n' ? 1 : 0),
      from,
    }
  }
}
