// Ranges of numbers: «3650-3655», «с № 3650 по № 3655», «3650/1 - 3655/1».

import { isNumberToken } from './scan-purpose.ts'
import type { NumberToken, PurposeToken } from './scan-purpose.ts'

const longestRange = 200

/** A range written out. */
export interface Range {
  from: number
  to: number
  texts: string[]
  /** Index of its last token. */
  lastToken: number
}

/**
 * The range that begins with the number token at `at`, or null. Digits joined by a dash without blanks are one
 * only when announced: «3653-1» and a telephone are none.
 */
export function readRange(tokens: readonly PurposeToken[], at: number, announced: boolean): Range | null {
  const first = tokens[at]
  if (!isNumberToken(first)) return null
  const end = rangeEnd(tokens, at)
  const last = end === null ? undefined : tokens[end]
  if (end !== null && isNumberToken(last)) {
    const texts = textsBetween(first, last)
    if (texts) return { from: first.from, to: last.to, texts, lastToken: end }
  }
  if (first.kind !== 'dashed' || !announced) return null
  const texts = writeOutDashed(first.text)
  return texts && { from: first.from, to: first.to, texts, lastToken: at }
}

/** «3650-3652» as three numbers; null where the two ends are not of one length or not a range. */
export function writeOutDashed(text: string): string[] | null {
  const [from = '', to = ''] = text.split('-')
  if (yearOfNumber.test(from)) return null
  return from.length === to.length && from.length >= 2 ? writeOut(from, to, '') : null
}

/** `2026-2194` is a number with its year, not a hundred and sixty-nine numbers. */
const yearOfNumber = /^20[1-4]\d$/

/** Index of the number that ends a range begun at `at` («3650 - 3655», «с № 3650 по № 3655»), or null. */
function rangeEnd(tokens: readonly PurposeToken[], at: number): number | null {
  const joint = tokens[at + 1]
  if (!joint) return null
  const joins =
    (joint.kind === 'mark' && joint.text === '-') || (joint.kind === 'word' && joint.says === 'through')
  if (!joins) return null
  let end = at + 2
  const sign = tokens[end]
  if (sign?.kind === 'word' && sign.says === 'sign') end += 1
  const last = tokens[end]
  return isNumberToken(last) ? end : null
}

function textsBetween(first: NumberToken, last: NumberToken): string[] | null {
  if (first.kind !== last.kind || (first.kind !== 'digits' && first.kind !== 'slashed')) return null
  const [from, fromTail] = splitSlash(first.text)
  const [to, toTail] = splitSlash(last.text)
  return fromTail === toTail ? writeOut(from, to, fromTail) : null
}

function writeOut(from: string, to: string, tail: string): string[] | null {
  const count = Number(to) - Number(from)
  if (!(count > 0 && count <= longestRange) || from.length > 12) return null
  return Array.from(
    { length: count + 1 },
    (_, step) => String(Number(from) + step).padStart(from.length, '0') + tail,
  )
}

function splitSlash(text: string): [string, string] {
  const slash = text.indexOf('/')
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash)]
}
