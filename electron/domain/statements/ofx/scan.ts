// Bytes to tags and the text between them. One scanner serves the SGML of OFX 1 and the XML of OFX 2, because
// files mix both: leaves with and without an end tag, ends that fit nothing, signs that were never escaped.

import { Refusal } from '../../../contract/fault.ts'
import type { Place, StatementEncoding } from '../../../contract/statement.ts'
import { PlaceCounter } from './places.ts'
import type { Decoding } from '../decoding.ts'
import { startDecoding } from '../decoding.ts'

export interface OfxEvents {
  /** `name` as written, without attributes; an empty element `<A/>` is opened and closed. */
  open(name: string): void
  close(name: string): void
  /** Text since the last tag, as it stands in the file; called only while `wantsText`. */
  text(raw: string): void
  /** The inside of a CDATA section, in which nothing is escaped. */
  literal(text: string): void
  readonly wantsText: boolean
}

/** Bytes decoded at once: enough to keep the decoder busy, little beside the memory that is allowed. */
const windowBytes = 64 * 1024
/** Text is scanned when so much of it has gathered: chunks of a few bytes would be searched again and again. */
const scanLength = 16 * 1024
/** Most characters of one value or one record. */
export const longestRecord = 1024 * 1024

export class OfxScanner {
  readonly #events: OfxEvents
  readonly #decoding: Decoding
  /** Decoded pieces that wait to be scanned. */
  #waiting: string[] = []
  #waitingLength = 0
  /** What is being scanned; the characters before `#from` are done with. */
  #text = ''
  /** Where the text since the last tag begins, and where the next `<` is looked for. */
  #from = 0
  #searchFrom = 0
  /** The tag that the events speak of: its `<` and the character behind its `>`. */
  #tagFrom = 0
  #tagTo = 0
  readonly #places: PlaceCounter
  /** Characters of the file before `#text`. */
  #before = 0
  /** The first `>` at or behind the place where it was looked for last; -2 where it has to be looked for. */
  #nextGt = -2

  constructor(encoding: StatementEncoding, events: OfxEvents) {
    this.#events = events
    this.#decoding = startDecoding(encoding)
    this.#places = new PlaceCounter(this.#decoding, encoding)
  }

  /** Throws Refusal `statement.recordTooLong`, `statement.forbiddenXml`, and what the events throw. */
  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += windowBytes)
      this.#gather(this.#decoding.write(chunk.subarray(at, at + windowBytes)))
  }

  /** Hands on what stands behind the last tag, as text. */
  end(): void {
    this.#gather(this.#decoding.end())
    this.#scan(true)
    this.#tagFrom = this.#text.length
    this.#tagTo = this.#text.length
    this.#emitText(this.#from, this.#text.length)
    this.#places.byteAt(this.#text.length)
  }

  /** Characters from the file's start to the end of the tag that is being told. */
  get position(): number {
    return this.#before + this.#tagTo
  }

  /** Line and byte of the tag's `<`. Places can only be asked for in rising order. */
  tagStart(): { line: number; from: number } {
    const from = this.#places.byteAt(this.#tagFrom)
    return { line: this.#places.line, from }
  }

  /** The byte behind the tag's `>`. */
  tagEnd(): number {
    return this.#places.byteAt(this.#tagTo)
  }

  /** The byte behind the last character before the tag that is no blank. */
  contentEnd(): number {
    let at = this.#tagFrom
    while (at > this.#places.at && this.#text.charCodeAt(at - 1) <= 32) at -= 1
    return this.#places.byteAt(at)
  }

  /** Where the first byte stands that is no character in the file's encoding; null while there is none. */
  get badPlace(): Place | null {
    return this.#places.bad
  }

  #gather(piece: string): void {
    if (piece === '') return
    this.#waiting.push(piece)
    this.#waitingLength += piece.length
    // Waiting for as much again as is left over keeps the work for one long value linear.
    if (this.#waitingLength >= Math.max(scanLength, this.#text.length - this.#from)) this.#scan(false)
  }

  #scan(final: boolean): void {
    this.#renew()
    const text = this.#text
    let lt = text.indexOf('<', this.#searchFrom)
    while (lt >= 0) {
      const to = this.#tagAt(lt, final)
      if (to === undefined) break
      this.#searchFrom = to
      lt = text.indexOf('<', to)
    }
    this.#searchFrom = lt < 0 ? text.length : lt
    if (text.length - this.#from > longestRecord) this.refuseLength()
  }

  /** Refuses the file for what stands at the place known last. */
  refuseLength(): never {
    this.#places.byteAt(this.#from)
    throw new Refusal({
      code: 'statement.recordTooLong',
      line: this.#places.line,
      limitKb: longestRecord / 1024,
    })
  }

  /** Lets go of what was scanned and takes in what waits. */
  #renew(): void {
    this.#places.byteAt(this.#from)
    const rest = this.#text.slice(this.#from)
    this.#before += this.#from
    this.#searchFrom -= this.#from
    this.#text = rest + this.#waiting.join('')
    this.#from = 0
    this.#places.renew(this.#text)
    this.#waiting = []
    this.#waitingLength = 0
    this.#nextGt = -2
  }

  /**
   * Tells what begins at `lt`. Answers where to go on looking; undefined when more of the file is needed to
   * know. A `<` that begins no tag is text.
   */
  #tagAt(lt: number, final: boolean): number | undefined {
    const text = this.#text
    const second = text.charCodeAt(lt + 1)
    if (second === 33) return this.#declarationAt(lt, final)
    const gt = this.#gtAfter(lt)
    const nextLt = text.indexOf('<', lt + 1)
    if (gt < 0 || (nextLt >= 0 && nextLt < gt)) {
      if (nextLt < 0 && !final) return undefined
      const end = nextLt < 0 ? text.length : nextLt
      // `</NAME` that lost its mark at the line's end still closes; a tag that the file's end cut ends what
      // stands before it; anything else was text.
      const stump = end - lt < 64 ? text.slice(lt, end) : ''
      const half = /^<\/([A-Z][A-Z0-9.]*)\s*$/.exec(stump)
      if (half !== null) return this.#tell(lt, end, half[1] ?? '', false, true)
      const cut = nextLt < 0 && /^<(\/|[A-Z][A-Z0-9.]*)?$/.test(stump)
      return cut ? this.#tell(lt, end, '', false, true) : lt + 1
    }
    if (second === 63) {
      this.#emitText(this.#from, lt)
      return this.#passed(gt + 1)
    }
    const closing = second === 47
    const nameFrom = closing ? lt + 2 : lt + 1
    const empty = !closing && text.charCodeAt(gt - 1) === 47
    const name = nameOf(text.slice(nameFrom, empty ? gt - 1 : gt))
    return name === undefined ? lt + 1 : this.#tell(lt, gt + 1, name, !closing, closing || empty)
  }

  #tell(lt: number, to: number, name: string, opens: boolean, closes: boolean): number {
    this.#tagFrom = lt
    this.#tagTo = to
    this.#emitText(this.#from, lt)
    if (opens) this.#events.open(name)
    if (closes) this.#events.close(name)
    return this.#passed(to)
  }

  /** Comments and CDATA; a document type may define entities of any size, so it may not have an inside. */
  #declarationAt(lt: number, final: boolean): number | undefined {
    const text = this.#text
    if (!final && text.length - lt < 9) return undefined
    const cdata = text.startsWith('<![CDATA[', lt)
    const comment = text.startsWith('<!--', lt)
    if (!cdata && !comment) return this.#documentTypeAt(lt, final)
    const mark = cdata ? ']]>' : '-->'
    const end = text.indexOf(mark, lt + (cdata ? 9 : 4))
    if (end < 0 && !final) return undefined
    this.#tagFrom = lt
    this.#emitText(this.#from, lt)
    const to = end < 0 ? text.length : end
    if (cdata && this.#events.wantsText) this.#events.literal(text.slice(lt + 9, to))
    return this.#passed(Math.min(to + 3, text.length))
  }

  #documentTypeAt(lt: number, final: boolean): number | undefined {
    const text = this.#text
    if (!/^<!(DOCTYPE|ENTITY)/i.test(text.slice(lt, lt + 9))) return lt + 1
    const gt = this.#gtAfter(lt)
    if (gt < 0 && !final) return undefined
    if (/\[|^<!ENTITY/i.test(text.slice(lt, gt < 0 ? text.length : gt)))
      throw new Refusal({ code: 'statement.forbiddenXml' })
    this.#emitText(this.#from, lt)
    return this.#passed(gt < 0 ? text.length : gt + 1)
  }

  /** The same bound for what is whole as for what still waits for its end, so that chunks make no difference. */
  #passed(to: number): number {
    if (to - this.#from > longestRecord) this.refuseLength()
    this.#from = to
    return to
  }

  #emitText(from: number, to: number): void {
    if (to > from && this.#events.wantsText) this.#events.text(this.#text.slice(from, to))
  }

  /** Looked up once for all `<` before it: a file of nothing but `<` would be searched to its end for each. */
  #gtAfter(at: number): number {
    if (this.#nextGt !== -1 && this.#nextGt < at) this.#nextGt = this.#text.indexOf('>', at)
    return this.#nextGt
  }
}

const names = new Map<string, string>()
/** A file of invented tags must not fill the memory. */
const mostNames = 1000

/**
 * The name of a tag from what stands between its marks, without attributes and prefix; undefined for other text.
 * A name that came before is answered as the same string, which later look-ups need not hash again.
 */
function nameOf(inside: string): string | undefined {
  const before = names.get(inside)
  if (before !== undefined) return before
  const name = tagShape.exec(inside)?.[1]
  if (name !== undefined && inside.length < 40 && names.size < mostNames) names.set(inside, name)
  return name
}

const tagShape = /^(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)(?:\s+(?:[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')\s*)*)?$/
