// Lines of a SWIFT file into tags: where a field begins and ends, where a message does, and which lines are
// only wrapping.

import type { Place, StatementEncoding } from '../../../contract/statement.ts'
import { createTextLines, isBlankLine } from '../text-lines.ts'
import { isFigure } from './figures.ts'

/** A field: `:61:` and the lines up to the next one. */
export interface Tag {
  name: string
  lines: string[]
  place: Place
  /** It ran on for longer than any field does, and the rest of it was left out. */
  cut: boolean
}

export interface TagEvents {
  tag(tag: Tag): void
  /** A header was passed; `type` is the message type it tells, '' where it tells none. */
  block(type: string): void
  messageEnd(): void
  /** An entry that the file's end cut off before its sum was whole; it is not told as a tag. */
  cutEntry(place: Place, text: string): void
  lostLetter(place: Place, text: string): void
}

const colonMark = 0x3a
/** The control sign that some files begin a message with. */
const startOfHeading = 1
/** Tags that are fields of a statement, whatever stands before them. */
const realTags = new Set(['13', '20', '21', '23', '25', '28', '61'])
/** A field of this many characters is none (standard: six lines of 65); the rest of it is kept off the memory. */
const longestField = 64 * 1024

/**
 * Cuts a file into tags. A line of a dash (or `$`) ends a message only when a new one, or nothing, follows: the
 * same line occurs inside :86:.
 */
export function createMt940Tags(
  encoding: StatementEncoding,
  events: TagEvents,
): { write(chunk: Uint8Array): void; end(): void } {
  let tag: Tag | undefined
  let size = 0
  let dash: { text: string; place: Place } | undefined
  let colon: Place | undefined
  /** Whether the file ends with a line's end. */
  let ended = true

  function endTag(): void {
    if (tag !== undefined) events.tag(tag)
    tag = undefined
  }
  function append(text: string, to: number): void {
    if (tag === undefined) return
    size += text.length + 1
    if (size > longestField) tag.cut = true
    else tag.lines.push(text)
    if (!isBlankLine(text)) tag.place.to = to
  }
  function endMessage(): void {
    dash = undefined
    endTag()
    events.messageEnd()
  }

  function takeTag(text: string, name: string, place: Place): void {
    if (dash !== undefined) {
      if (name === '20') endMessage()
      dash = undefined
    }
    endTag()
    tag = { name, lines: [text.slice(name.length + 2)], place, cut: false }
    size = text.length
  }

  function takeHeader(text: string, place: Place): void {
    endMessage()
    // The headers may stand on a line each; only the first and the one with the type say anything here.
    const type = /\{2:[IO](\d{3})/.exec(text)?.[1]
    if (type !== undefined || text.includes('{1:')) events.block(type ?? '')
    const body = text.lastIndexOf('{4:')
    const rest = body < 0 ? '' : text.slice(body + 3).trim()
    if (rest !== '') takeLine(rest, { ...place, from: place.to - rest.length })
  }

  /** A time of day cut before its minutes (`16` and `:26:37` on the next line) looks like a tag that nobody knows. */
  function isTimeGoingOn(name: string): boolean {
    if (tag?.name !== '86' || realTags.has(name) || !/^[0-5]\d$/.test(name)) return false
    return /\d$/.test(tag.lines.at(-1)?.trimEnd() ?? '')
  }

  function takeLine(text: string, place: Place): void {
    const name = tagNameOf(text)
    if (name !== '' && !isTimeGoingOn(name)) return takeTag(text, name, place)
    // What wraps a field begins with a letter or a figure mostly; only other lines can be marks of messages.
    if (dash === undefined && /^\w/.test(text)) return append(text, place.to)
    const plain = text.trim()
    if (plain.startsWith('-}')) {
      const next = plain.indexOf('{1:')
      return next < 0 ? endMessage() : takeHeader(plain.slice(next), place)
    }
    if (isHeader(plain)) return takeHeader(plain, place)
    // `:940:` is how one bank opens each message.
    if (plain === ':940:' || plain === ':942:') {
      endMessage()
      return events.block(plain.slice(1, 4))
    }
    if (/^(-+|\$+|-?X{3})$/.test(plain)) {
      if (dash !== undefined) append(dash.text, dash.place.to)
      dash = { text, place: { ...place } }
      return
    }
    if (dash !== undefined && plain !== '') {
      append(dash.text, dash.place.to)
      dash = undefined
    }
    if (dash === undefined) append(text, place.to)
  }

  function take(text: string, line: number, from: number, to: number): void {
    const place: Place = { line, from, to }
    // A colon alone, with its tag on the next line.
    if (colon !== undefined) {
      const opened = colon
      colon = undefined
      if (tagNameOf(`:${text}`) !== '')
        return takeLine(`:${text}`, { ...place, line: opened.line, from: opened.from })
      takeLine(':', opened)
    }
    if (text.length < 10 && text.trim() === ':') colon = place
    else takeLine(text.charCodeAt(0) === startOfHeading ? text.slice(1) : text, place)
  }

  const lines = createTextLines(encoding, take, (text, line, from, to) =>
    events.lostLetter({ line, from, to }, text),
  )
  return {
    write(chunk) {
      // A line's end, a DOS end of text, padding.
      ended = [10, 13, 0x1a, 0].includes(chunk.at(-1) ?? 10)
      lines.write(chunk)
    },
    end() {
      lines.end()
      if (tag?.name === '61' && !ended && !entryWithCode.test(tag.lines.join(''))) {
        events.cutEntry(tag.place, tag.lines[0] ?? '')
        tag = undefined
      }
      endTag()
    },
  }
}

/** The name of the tag (`61`, `60F`, `NS`) that a line begins with, '' for none: every line is asked. */
function tagNameOf(text: string): string {
  if (text.charCodeAt(0) !== colonMark) return ''
  const end = text.indexOf(':', 1)
  if (end !== 3 && end !== 4) return ''
  const name = text.slice(1, end)
  if (end === 3 && isFigure(text.charCodeAt(1)) && isFigure(text.charCodeAt(2))) return name
  return /^(?:\d\d[A-Z]|NS)$/.test(name) ? name : ''
}

/** The sum of an entry is whole once the code of its kind follows it (SWIFT, field 61, subfield 6). */
const entryWithCode = /\d,\d*\s*[NSF][A-Z\d]{3}/

function isHeader(text: string): boolean {
  return /^\{[1-5]:/.test(text) || text.startsWith('{4:')
}
