// Tags and texts of XML and HTML from pieces cut anywhere. Workbooks hold millions of tags of which a handful of
// names matters, so nothing is built and texts are cut out only while somebody listens.

import { Refusal } from '../../../contract/fault.ts'

export interface MarkupEvents {
  /** Texts are told only while this is true. */
  listening: boolean
  /** Row for a refusal to name. */
  readonly row: number
  /** `name` without its prefix; `attributes` as they stand; an `empty` element is not closed once more. */
  open(name: string, attributes: string, empty: boolean): void
  close(name: string): void
  /** A piece of text with its entities resolved. */
  text(text: string): void
}

const longestKb = 1024
/** Characters: no tag and no cell is longer. */
export const longestText = longestKb * 1024

export function tooLong(row: number): Refusal {
  return new Refusal({ code: 'statement.recordTooLong', line: Math.max(row, 1), limitKb: longestKb })
}

export class MarkupScanner {
  readonly #events: MarkupEvents
  readonly #html: boolean
  #rest = ''
  /** The end mark of the comment, CDATA section, instruction or script that is being passed over. */
  #until = ''

  constructor(events: MarkupEvents, html: boolean) {
    this.#events = events
    this.#html = html
  }

  /** Throws Refusal `statement.forbiddenXml` for a document type, `statement.recordTooLong` for endless tags and texts. */
  write(piece: string): void {
    const buffer = this.#rest === '' ? piece : this.#rest + piece
    this.#rest = this.#scan(buffer)
    if (this.#rest.length > longestText) throw tooLong(this.#events.row)
  }

  /** Scans as far as it can be understood; answers what is left over. */
  #scan(buffer: string): string {
    let at = 0
    for (;;) {
      if (this.#until !== '') {
        const stop = buffer.indexOf(this.#until, at)
        const end = stop < 0 ? Math.max(at, buffer.length - this.#until.length + 1) : stop
        if (this.#until === ']]>' && this.#events.listening) this.#events.text(buffer.slice(at, end))
        if (stop < 0) return buffer.slice(end)
        // The end of a script is a tag of its own.
        at = this.#until.startsWith('</') ? stop : stop + this.#until.length
        this.#until = ''
      }
      const tag = buffer.indexOf('<', at)
      if (tag < 0) return this.#lastText(buffer, at)
      if (tag > at && this.#events.listening) this.#events.text(resolveEntities(buffer.slice(at, tag)))
      const next = this.#markup(buffer, tag)
      if (next < 0) return buffer.slice(tag)
      at = next
    }
  }

  /** A text whose end is not there yet: told as far as no entity is cut. */
  #lastText(buffer: string, at: number): string {
    if (!this.#events.listening) return ''
    const entity = buffer.lastIndexOf('&')
    const cut = entity >= at && entity > buffer.length - 40 && !buffer.includes(';', entity)
    const end = cut ? entity : buffer.length
    if (end > at) this.#events.text(resolveEntities(buffer.slice(at, end)))
    return buffer.slice(end)
  }

  /** Index after the markup at `tag`, -1 when its end is not there yet. */
  #markup(buffer: string, tag: number): number {
    const mark = buffer.charCodeAt(tag + 1)
    if (mark === 0x21 /* ! */) return this.#declaration(buffer, tag)
    if (mark === 0x3f /* ? */) return this.#pass('?>', tag + 2)
    if (this.#html && buffer.length > tag + 1 && !/[a-z/]/i.test(buffer.charAt(tag + 1))) {
      if (this.#events.listening) this.#events.text('<')
      return tag + 1
    }
    const end = tagEnd(buffer, tag + 1)
    if (end < 0) return -1
    if (end - tag > longestText) throw tooLong(this.#events.row)
    if (mark === 0x2f /* / */) this.#events.close(this.#name(buffer, tag + 2, end).name)
    else {
      const empty = buffer.charCodeAt(end - 1) === 0x2f
      const { name, stop } = this.#name(buffer, tag + 1, empty ? end - 1 : end)
      if (this.#html && (name === 'script' || name === 'style') && !empty)
        return this.#pass(`</${buffer.slice(tag + 1, stop)}`, end + 1)
      this.#events.open(name, buffer.slice(stop, empty ? end - 1 : end), empty)
    }
    return end + 1
  }

  #name(buffer: string, from: number, end: number): { name: string; stop: number } {
    let start = from
    let stop = from
    for (; stop < end; stop += 1) {
      const code = buffer.charCodeAt(stop)
      if (code <= 0x20) break
      if (code === 0x3a /* : */) start = stop + 1
    }
    const name = buffer.slice(start, stop)
    return { name: this.#html ? name.toLowerCase() : name, stop }
  }

  #declaration(buffer: string, tag: number): number {
    const start = buffer.slice(tag, tag + 9)
    if (start.startsWith('<!--')) return this.#pass('-->', tag + 4)
    if (start === '<![CDATA[') return this.#pass(']]>', tag + 9)
    if ('<!--'.startsWith(start) || '<![CDATA['.startsWith(start) || start.length < 9) return -1
    if (!this.#html) throw new Refusal({ code: 'statement.forbiddenXml' })
    return this.#pass('>', tag + 2)
  }

  #pass(until: string, from: number): number {
    this.#until = until
    return from
  }
}

/** Index of the `>` that ends a tag; one inside a quoted value is none. */
function tagEnd(buffer: string, from: number): number {
  let quote = 0
  for (let at = from; at < buffer.length; at += 1) {
    const code = buffer.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 0x3e /* > */) return at
    else if ((code === 0x22 || code === 0x27) && buffer.charCodeAt(at - 1) === 0x3d /* = */) quote = code
  }
  return -1
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  euro: '€',
  sect: '§',
  deg: '°',
  minus: '\u2212',
  bdquo: '„',
  ldquo: '“',
  rdquo: '”',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
}

/** The five entities of XML, numbers, and the usual ones of HTML; others stay as they are written. */
export function resolveEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{2,8}));/g,
    (whole, decimal, hex, name) => {
      if (typeof name === 'string') return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

/** An attribute's value by its name without a prefix, entities resolved; '' when it is absent. */
export function attributeOf(attributes: string, name: string): string {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (at > 0 && before > 0x20 && before !== 0x3a) continue
    let equals = at + name.length
    while (attributes.charCodeAt(equals) <= 0x20) equals += 1
    if (attributes.charCodeAt(equals) !== 0x3d) continue
    let from = equals + 1
    while (attributes.charCodeAt(from) <= 0x20) from += 1
    const quote = attributes.charAt(from)
    if (quote !== '"' && quote !== "'") return /^[^\s>]*/.exec(attributes.slice(from))?.[0] ?? ''
    const to = attributes.indexOf(quote, from + 1)
    return resolveEntities(attributes.slice(from + 1, to < 0 ? attributes.length : to))
  }
  return ''
}
