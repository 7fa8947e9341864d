// The numbered sub-fields of a :86: (`?20…?29`), with any mark in place of the question mark.

import { isFigure, zero } from './figures.ts'
import { tidy } from './join.ts'

/** A sub-field with its number. */
export interface Subfield {
  code: number
  text: string
}

/** A full sub-field ?20 to ?29 has 27 characters. */
export const fullSubfield = 27

/** The mark before the numbers; undefined for a text without them. */
export function markOf(whole: string): string | undefined {
  return /^\s*\d{0,3}\s*([^\sA-Za-z0-9/:,.+-])(?=00|[1236]\d)/.exec(whole)?.[1]
}

/** The sub-fields in the order of the text. */
export function cutSubfields(whole: string, mark: string): Subfield[] {
  const fields: Subfield[] = []
  let last: Subfield | undefined
  let at = whole.indexOf(mark)
  while (at >= 0) {
    const next = whole.indexOf(mark, at + 1)
    const end = next < 0 ? whole.length : next
    const code = codeAt(whole, at + 1)
    if (code >= 0) {
      const text = whole.slice(at + 3, end)
      last = { code, text: isFiller(text) ? '' : text }
      fields.push(last)
    }
    // The mark may stand in the text as well; a number that is no sub-field shows it.
    else if (last !== undefined) last.text += whole.slice(at, end)
    at = next
  }
  return fields
}

/** The two figures that stand there, when there is such a sub-field (0x, 1x, 2x, 3x, 6x, 7x); else -1. */
function codeAt(text: string, at: number): number {
  const first = text.charCodeAt(at)
  const second = text.charCodeAt(at + 1)
  if (!isFigure(first) || !isFigure(second)) return -1
  const tens = first - zero
  return tens <= 3 || tens === 6 || tens === 7 ? tens * 10 + second - zero : -1
}

/** Polish banks fill an empty sub-field with the byte FF, which is a letter of its own in every encoding. */
function isFiller(text: string): boolean {
  const first = text.charCodeAt(0)
  return !(first > 0x20 && first < 0x80) && /^\s*[^\x00-\x7f]\s*$/.test(text)
}

/** All that is written under one number, which may come more than once. */
export function textOf(fields: readonly Subfield[], code: number): string {
  let text = ''
  for (const field of fields) if (field.code === code) text += field.text
  return text
}

/** ?20 to ?29 and ?60 to ?63 in the order of their numbers, which nearly all banks keep. */
export function purposePieces(fields: readonly Subfield[]): string[] {
  const pieces: Subfield[] = []
  let before = 0
  let ordered = true
  for (const field of fields) {
    const { code } = field
    if (code < 20 || (code > 29 && code < 60) || code > 63) continue
    ordered &&= code >= before
    before = code
    pieces.push(field)
  }
  if (!ordered) pieces.sort((a, b) => a.code - b.code)
  return pieces.map(({ text }) => text)
}

/** ?32 and ?33: the second goes on in the middle of a word where the first is full. */
export function nameOf(fields: readonly Subfield[]): string {
  const first = tidy(textOf(fields, 32))
  const second = tidy(textOf(fields, 33))
  if (first === '' || second === '') return first + second
  const full = (fields.find(({ code }) => code === 32)?.text.length ?? 0) >= fullSubfield
  return full ? first + second : `${first} ${second}`
}
