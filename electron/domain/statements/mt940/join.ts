// Pieces of text that a bank cut at a fixed length, put together again.

import { isFigure } from './figures.ts'

/** The same pieces as a person reads them, and with no blank at the cuts. */
export interface Joined {
  read: string
  glued: string
}

/**
 * Pieces joined twice: as a person reads them (a piece that is full goes on without a blank, except between
 * two figures, where nobody can tell, and before a `WORD:`), and with no blank at all. Numbers are sought in both.
 */
export function joinPieces(pieces: readonly string[], full: number): Joined {
  let read = ''
  let glued = ''
  let open = false
  /** The last letter of `read`: asking the text itself would put it together anew for every piece. */
  let last = Number.NaN
  for (const piece of pieces) {
    const text = open ? piece : piece.trimStart()
    const first = text.charCodeAt(0)
    const apart = (isFigure(last) && isFigure(first)) || /^[A-Z][A-Z.]{2,}: ?/.test(text)
    const close = read === '' || (open && !apart) || last === blank || first === blank
    read += close ? text : ` ${text}`
    glued += text
    if (text !== '') last = text.charCodeAt(text.length - 1)
    else if (!close) last = blank
    open = piece.length >= full && !piece.endsWith(' ')
  }
  const tidied = tidy(read)
  return { read: tidied, glued: glued === read ? tidied : tidy(glued) }
}

const blank = 0x20

/** One blank between words and none around them. */
export function tidy(text: string): string {
  return text !== '' && untidy.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text
}

/** Most texts are as they should be, and finding that out is cheaper than writing them anew. */
const untidy = /\s\s|[^\S ]|^ | $/

/** No blanks at all. */
export function compact(text: string): string {
  return text !== '' && /\s/.test(text) ? text.replaceAll(/\s/g, '') : text
}
