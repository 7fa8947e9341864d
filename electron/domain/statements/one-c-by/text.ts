// Lines of the Belarusian client-bank text: `^Key=Value^`, where a value may run over several lines until its caret.

import type { Place, StatementEncoding } from '../../../contract/statement.ts'
import { createTextLines } from '../text-lines.ts'

export interface ByField {
  key: string
  /** Without outer blanks; line ends within it stand as they came. */
  value: string
  place: Place
  /** The file ended before the caret that ends the value. */
  cut: boolean
}

export interface ByTextSink {
  /** `***** ^Type=4^ ^Acc=BY…^`. */
  start(type: string, account: string, place: Place): void
  /** `[IN_PARAM]` or `[OUT_PARAM]`. */
  part(name: string): void
  field(field: ByField): void
  /** A line of signs behind the last key. */
  finish(): void
  orphan(text: string, place: Place): void
  lostLetter(text: string, place: Place): void
}

/** A value without its caret ends here at the latest, so that one lost caret does not swallow the file. */
const mostLinesOfValue = 50

export function createOneCByText(
  encoding: StatementEncoding,
  sink: ByTextSink,
): { write(chunk: Uint8Array): void; end(): void } {
  const lines = createTextLines(
    encoding,
    (text, line, from, to) => take(text, { line, from, to }),
    (text, line, from, to) => sink.lostLetter(text, { line, from, to }),
  )
  let open: { parts: string[]; place: Place } | undefined

  function take(written: string, place: Place): void {
    const text = written.trim()
    if (isMark(text)) {
      flush(false)
      takeMark(text, place)
      return
    }
    if (open !== undefined) {
      open.parts.push(written)
      open.place.to = place.to
      if (text.endsWith('^') || open.parts.length >= mostLinesOfValue) flush(false)
      return
    }
    if (text === '') return
    sink.orphan(text, place)
  }

  function takeMark(text: string, place: Place): void {
    if (text.startsWith('*')) {
      const value = (key: string) => new RegExp(`\\^${key}=([^^]*)\\^`, 'i').exec(text)?.[1]?.trim() ?? ''
      sink.start(value('Type'), value('Acc').replaceAll(/\s+/g, ''), place)
    } else if (text.startsWith('[')) sink.part(text.slice(1, -1))
    else if (text.startsWith('#')) sink.finish()
    else {
      open = { parts: [text], place: { ...place } }
      if (text.length > 1 && text.endsWith('^')) flush(false)
    }
  }

  function flush(cut: boolean): void {
    if (open === undefined) return
    const { parts, place } = open
    open = undefined
    const text = parts.join('\n').trim()
    const equals = text.indexOf('=')
    const value = text.slice(equals + 1).replace(/\^$/, '')
    // Outer blanks of a purpose stay: it goes on in the next key where this one is full.
    sink.field({ key: text.slice(1, equals).trim(), value: isText(text) ? value : value.trim(), place, cut })
  }

  return {
    write: (chunk) => lines.write(chunk),
    end() {
      lines.end()
      flush(true)
    },
  }
}

function isMark(text: string): boolean {
  return /^\^\w+=/.test(text) || /^\*{3,}\s*\^/.test(text) || /^\[\w+\]$/.test(text) || /^#{5,}$/.test(text)
}

function isText(text: string): boolean {
  return text.startsWith('^Nazn')
}
