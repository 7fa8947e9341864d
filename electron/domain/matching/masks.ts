// Masks say how a portal writes its numbers: `СЧ-{n}`, `INV{yyyy}-{n}`, `А-{n}/{yy}`. A small language instead of
// regular expressions: it cannot run away, and a person can read it. By saying what a number of the portal looks
// like they also say what is none.

import { asLatin, foldText, numberKey } from './fold.ts'

/** `{n}`: the running number, `{n:4}` of at least four digits; `{yyyy}`, `{yy}`, `{mm}`, `{dd}`: parts of a date. */
type Field = { kind: 'number'; least: number } | { kind: 'digits'; of: 'yyyy' | 'yy' | 'mm' | 'dd' }
type Piece = Field | { kind: 'letters'; text: string } | { kind: 'mark' } | { kind: 'figures'; text: string }

export interface NumberMask {
  text: string
  pieces: readonly Piece[]
  /** It holds letters, figures or a date, so that a text of its form needs no «счет» before it. */
  isTelling: boolean
}

/**
 * - `empty`, `long`: no text, or more than 40 signs
 * - `unclosed`: a brace without its partner; `unknown`: a field the language does not have; `sign`: a sign that
 *   no number is written with
 * - `noNumber`, `twoNumbers`: there must be one `{n}`
 * - `touching`: digits of unknown length right before other digits cannot be told apart
 */
export type MaskFault =
  'empty' | 'long' | 'unclosed' | 'unknown' | 'sign' | 'noNumber' | 'twoNumbers' | 'touching'

export interface MaskHit {
  /** End of the number, behind a payment's `/1` where there is one. */
  to: number
  /** The digits of `{n}`. */
  core: string
  /** Whether the ordinal of a payment follows the mask. */
  hasOrdinal: boolean
}

const lengthLimit = 40
const digitsLimit = 12
const fieldLengths = { yyyy: 4, yy: 2, mm: 2, dd: 2 } as const
const marks = /[-/._№# ]/

/** Reads a mask, or says what is wrong with it. */
export function parseMask(text: string): { mask: NumberMask } | { fault: MaskFault } {
  const folded = foldText(text.trim())
  if (folded === '') return { fault: 'empty' }
  if (folded.length > lengthLimit) return { fault: 'long' }
  const pieces: Piece[] = []
  for (let at = 0; at < folded.length;) {
    const next = readPiece(folded, at)
    if ('fault' in next) return next
    pieces.push(next.piece)
    at = next.to
  }
  const fault = faultOf(pieces)
  if (fault) return { fault }
  const isTelling = pieces.some(({ kind }) => kind !== 'number' && kind !== 'mark')
  return { mask: { text: text.trim(), pieces, isTelling } }
}

function readPiece(text: string, at: number): { piece: Piece; to: number } | { fault: MaskFault } {
  const sign = text.charAt(at)
  if (sign === '}') return { fault: 'unclosed' }
  if (sign === '{') {
    const end = text.indexOf('}', at)
    if (end < 0) return { fault: 'unclosed' }
    const field = readField(text.slice(at + 1, end))
    return field ? { piece: field, to: end + 1 } : { fault: 'unknown' }
  }
  const [letters] = /^\p{L}+/u.exec(text.slice(at)) ?? []
  if (letters) return { piece: { kind: 'letters', text: asLatin(letters) }, to: at + letters.length }
  const [figures] = /^\d+/.exec(text.slice(at)) ?? []
  if (figures) return { piece: { kind: 'figures', text: figures }, to: at + figures.length }
  if (!marks.test(sign)) return { fault: 'sign' }
  let to = at
  while (to < text.length && marks.test(text.charAt(to))) to += 1
  return { piece: { kind: 'mark' }, to }
}

function readField(name: string): Field | null {
  if (name === 'yyyy' || name === 'yy' || name === 'mm' || name === 'dd') return { kind: 'digits', of: name }
  const least = /^n(?::([1-9]|1[0-2]))?$/.exec(name)
  return least ? { kind: 'number', least: Number(least[1] ?? 1) } : null
}

function faultOf(pieces: readonly Piece[]): MaskFault | null {
  const numbers = pieces.filter(({ kind }) => kind === 'number').length
  if (numbers !== 1) return numbers === 0 ? 'noNumber' : 'twoNumbers'
  for (const [at, piece] of pieces.entries()) {
    const next = pieces[at + 1]
    if (piece.kind === 'number' && next && (next.kind === 'digits' || next.kind === 'figures'))
      return 'touching'
  }
  return null
}

/** The number that stands at `at` of a folded text as one of the masks writes it; the longest, or null. */
export function matchMasks(masks: readonly NumberMask[], folded: string, at: number): MaskHit | null {
  let best: MaskHit | null = null
  for (const mask of masks) {
    const hit = matchPieces(mask.pieces, folded, at)
    if (hit && (!best || hit.to > best.to)) best = hit
  }
  return best
}

/** Whether a text is wholly a number as one of the masks writes it. */
export function fitsWhole(masks: readonly NumberMask[], text: string): boolean {
  return matchMasks(masks, foldText(text), 0)?.to === text.length
}

/** Whether a text that people shortened, without the letters in front or with the running number alone, may be meant. */
export function fitsShortened(masks: readonly NumberMask[], text: string): boolean {
  const folded = foldText(text)
  return masks.some(({ pieces }) => {
    const first = pieces.findIndex(({ kind }) => kind !== 'letters' && kind !== 'mark')
    const number = pieces.filter(({ kind }) => kind === 'number')
    return [pieces.slice(first), number].some((some) => matchPieces(some, folded, 0)?.to === folded.length)
  })
}

/** Keys of the shortened forms under which a payment's number may be sought beside its whole one. */
export function shortKeysOf(masks: readonly NumberMask[], text: string): string[] {
  const folded = foldText(text)
  const hit = matchMasks(masks, folded, 0)
  if (!hit || hit.to !== folded.length) return []
  const ordinal = hit.hasOrdinal ? folded.slice(folded.lastIndexOf('/')) : ''
  const digits = folded.replace(/^[^\d]+/, '')
  return [...new Set([numberKey(digits), numberKey(hit.core + ordinal)])]
}

function matchPieces(pieces: readonly Piece[], text: string, from: number): MaskHit | null {
  let at = from
  let core = ''
  for (const [which, piece] of pieces.entries()) {
    const end = pieceEnd(piece, text, at, pieces[which - 1])
    if (end < 0) return null
    if (piece.kind === 'number') core = text.slice(at, end)
    at = end
  }
  const ordinal = /^\/\d{1,3}(?![\d\p{L}])/u.exec(text.slice(at, at + 5))
  const to = at + (ordinal ? ordinal[0].length : 0)
  if (/^[\p{L}\d]/u.test(text.slice(to, to + 1)) || /^[-/]\d/.test(text.slice(to, to + 2))) return null
  return { to, core, hasOrdinal: ordinal !== null }
}

/** End of the piece at `at`, or -1. Between letters and digits any mark and blank, or none; between digits one. */
function pieceEnd(piece: Piece, text: string, at: number, before: Piece | undefined): number {
  if (piece.kind === 'letters') {
    const end = at + piece.text.length
    return asLatin(text.slice(at, end)) === piece.text ? end : -1
  }
  if (piece.kind === 'mark') {
    let end = at
    while (end < text.length && end - at < 3 && marks.test(text.charAt(end))) end += 1
    return end === at && before?.kind !== 'letters' ? -1 : end
  }
  if (piece.kind === 'figures') return text.startsWith(piece.text, at) ? at + piece.text.length : -1
  let end = at
  const most = piece.kind === 'number' ? digitsLimit : fieldLengths[piece.of]
  while (end < text.length && end - at < most && /\d/.test(text.charAt(end))) end += 1
  if (piece.kind === 'number') return end - at >= piece.least ? end : -1
  return end - at === most && isOfDate(piece.of, Number(text.slice(at, end))) ? end : -1
}

function isOfDate(of: 'yyyy' | 'yy' | 'mm' | 'dd', value: number): boolean {
  if (of === 'yyyy') return value >= 1990 && value <= 2099
  if (of === 'mm') return value >= 1 && value <= 12
  return of === 'dd' ? value >= 1 && value <= 31 : true
}
