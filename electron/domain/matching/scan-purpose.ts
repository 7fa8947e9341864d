// Cuts a payment purpose into words, numbers of every shape, and the marks between them.

import { foldText } from './fold.ts'
import { matchMasks } from './masks.ts'
import type { NumberMask } from './masks.ts'
import { wordClass } from './wordings.ts'
import type { WordClass } from './wordings.ts'

interface Stretch {
  from: number
  to: number
}
export interface WordToken extends Stretch {
  kind: 'word'
  text: string
  says: WordClass | null
}
/** `dashed`: digits-digits. `compound`: letters with digits, or more than two runs. `masked`: as the portal's masks write it. */
export interface NumberToken extends Stretch {
  kind: 'digits' | 'slashed' | 'dashed' | 'compound' | 'masked'
  text: string
}
export interface ShapedToken extends Stretch {
  kind: 'date' | 'money' | 'percent' | 'phone'
  text: string
}
export interface MarkToken extends Stretch {
  kind: 'mark'
  text: string
}
export type PurposeToken = WordToken | NumberToken | ShapedToken | MarkToken

/** Whether a token is a number that is not yet known to be a date, a sum or a telephone. */
export function isNumberToken(token: PurposeToken | undefined): token is NumberToken {
  return (
    token?.kind === 'digits' ||
    token?.kind === 'slashed' ||
    token?.kind === 'dashed' ||
    token?.kind === 'compound' ||
    token?.kind === 'masked'
  )
}

const DIGIT = 1
const LETTER = 2
const classOfUnit = new Uint8Array(0x10000)
for (let unit = 0; unit < classOfUnit.length; unit += 1) {
  if (unit >= 0x30 && unit <= 0x39) classOfUnit[unit] = DIGIT
  else if (unit < 0xd800 || unit > 0xdfff) {
    if (/\p{L}/u.test(String.fromCharCode(unit))) classOfUnit[unit] = LETTER
  }
}

const datePattern =
  /(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d([./-])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])|(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d)(?![\d/]|\.\d|-\d(?!\d?\.\d))/y
const phonePattern =
  /(?:\+\d[\d ()-]{8,16}\d|8 ?\(\d{3,5}\)[ \d-]{5,10}\d|8-\d{3}-\d{3}-\d\d-?\d\d|8-\d{3}-\d{7}|\d{3}-\d\d-\d\d|\(\d{3,5}\) ?\d[\d -]{4,8}\d)(?![\d-])/y
const percentPattern = /\d{1,3}(?:[.,]\d{1,4})? ?%/y
const moneyPattern =
  /(?:\d{1,3}(?:[ ']\d{3})+[.,=-]\d{2}|\d{1,3}(?:,\d{3})+\.\d{2}|\d{1,3}(?:\.\d{3})+,\d{2}|\d+[.,]\d{1,2}|\d+=\d{2}|\d+-00|\d{1,3}(?: \d{3})+(?= ?(?:руб|р\.|rub|eur|usd|byn|kzt|тенге|тг|€|\$|₽|₸)))(?![\d/]|[.,]\d|-\d)/y
const decimalPattern = /\d+(?:\.\d+)+(?![\d/])/y
const blankSlashPattern = /(?: \/ ?| ?\/ )\d{1,3}(?![\d/\p{L}-])/uy

/** Classes of words to which a number may be glued: «СЧЕТУ1000001», «N3653», «НДС20%». */
const takesGlued: ReadonlySet<WordClass> = new Set<WordClass>([
  'invoice',
  'order',
  'contract',
  'document',
  'code',
  'account',
  'address',
  'phone',
  'vat',
  'fee',
  'sign',
  'from',
  'sum',
])
/** Classes of words that may be glued behind a number: «3653от», «2026г», «500руб». */
const followsGlued: ReadonlySet<WordClass> = new Set<WordClass>([
  'from',
  'year',
  'currency',
  'unit',
  'month',
  'list',
  'vat',
])

/** Tokens of a purpose in their order; `from` and `to` are UTF-16 units of the text as given. */
export function scanPurpose(purpose: string, masks: readonly NumberMask[] = []): PurposeToken[] {
  const text = foldText(purpose)
  const telling = masks.filter(({ isTelling }) => isTelling)
  const tokens: PurposeToken[] = []
  let at = 0
  while (at < text.length) {
    const unit = classOfUnit[text.charCodeAt(at)] ?? 0
    const masked = unit !== 0 && telling.length > 0 ? takeMasked(text, at, telling, tokens) : at
    if (masked > at) at = masked
    else if (unit === DIGIT) at = takeNumber(text, at, tokens)
    else if (unit === LETTER) at = takeWord(text, at, tokens)
    else at = takeMark(text, at, tokens)
  }
  return tokens
}

/** A number as the portal writes it, unless it is the tail of a longer token or a date. */
function takeMasked(text: string, at: number, masks: readonly NumberMask[], tokens: PurposeToken[]): number {
  const before = text.charCodeAt(at - 1)
  const joined = text.charAt(at - 1)
  if ((classOfUnit[before] ?? 0) !== 0 && tokens.at(-1)?.kind !== 'word') return at
  if ((joined === '-' || joined === '/') && (classOfUnit[text.charCodeAt(at - 2)] ?? 0) !== 0) return at
  if (matchEnd(datePattern, text, at) > at || matchEnd(moneyPattern, text, at) > at) return at
  const hit = matchMasks(masks, text, at)
  if (!hit) return at
  tokens.push({ kind: 'masked', from: at, to: hit.to, text: text.slice(at, hit.to).replaceAll(' ', '') })
  return hit.to
}

function takeMark(text: string, at: number, tokens: PurposeToken[]): number {
  const mark = text.charAt(at)
  if (mark === '+' || mark === '(') {
    const end = matchEnd(phonePattern, text, at)
    if (end > at) {
      tokens.push({ kind: 'phone', from: at, to: end, text: text.slice(at, end) })
      return end
    }
  }
  if (mark === '№' || mark === '#')
    tokens.push({ kind: 'word', from: at, to: at + 1, text: mark, says: 'sign' })
  else if (mark === '€' || mark === '$' || mark === '₽' || mark === '₸') {
    tokens.push({ kind: 'word', from: at, to: at + 1, text: mark, says: 'currency' })
  } else if (mark === ',' || mark === ';' || mark === '+' || mark === '&' || mark === '-' || mark === '/') {
    tokens.push({ kind: 'mark', from: at, to: at + 1, text: mark })
  }
  return at + 1
}

function takeWord(text: string, from: number, tokens: PurposeToken[]): number {
  const end = joinedWordEnd(text, from) ?? runEnd(text, from, LETTER)
  const word = text.slice(from, end)
  const says = wordClass(word)
  const joiner = text.charAt(end)
  const numberAt = isDigit(text, end)
    ? end
    : (joiner === '-' || joiner === '/' || joiner === '_') && isDigit(text, end + 1)
      ? end + 1
      : -1
  if (numberAt < 0) {
    tokens.push({ kind: 'word', from, to: end, text: word, says })
    return end
  }
  if (says === 'currency' && numberAt === end && word.length >= 3) {
    tokens.push({ kind: 'word', from, to: end, text: word, says })
    return takeNumber(text, end, tokens)
  }
  const isSignLetter = says === 'sign' && word.length <= 2
  if (says !== null && takesGlued.has(says) && (!isSignLetter || afterLabel(tokens))) {
    tokens.push({ kind: 'word', from, to: end, text: word, says })
    return takeNumber(text, numberAt, tokens)
  }
  return takeCompound(text, from, tokens)
}

/** «с/ф», «счет-фактура», «р/с»: only where the joined word is a known one. */
function joinedWordEnd(text: string, from: number): number | null {
  let end = runEnd(text, from, LETTER)
  let known: number | null = null
  for (let parts = 0; parts < 2; parts += 1) {
    const joiner = text.charAt(end)
    if (
      (joiner !== '-' && joiner !== '/' && joiner !== '.') ||
      classOfUnit[text.charCodeAt(end + 1)] !== LETTER
    )
      break
    end = runEnd(text, end + 1, LETTER)
    if (wordClass(text.slice(from, end)) !== null) known = end
  }
  return known
}

function afterLabel(tokens: readonly PurposeToken[]): boolean {
  const last = tokens.at(-1)
  return last?.kind === 'word' && last.says !== null && last.says !== 'neutral'
}

function takeNumber(text: string, from: number, tokens: PurposeToken[]): number {
  const special = takeSpecialNumber(text, from, tokens)
  if (special > from) return special
  const end = compoundEnd(text, from)
  const pure = pureEnd(text, from, end)
  if (pure < end && !followedByKnownWord(text, pure, end)) return takeCompound(text, from, tokens)
  return pushNumber(text, from, pure, tokens)
}

function takeSpecialNumber(text: string, from: number, tokens: PurposeToken[]): number {
  for (const [kind, pattern] of [
    ['date', datePattern],
    ['phone', phonePattern],
    ['percent', percentPattern],
    ['money', moneyPattern],
    ['money', decimalPattern],
  ] as const) {
    const end = matchEnd(pattern, text, from)
    if (end <= from) continue
    tokens.push({ kind, from, to: end, text: text.slice(from, end) })
    return end
  }
  return from
}

/** Pushes digits, digits/digits (blanks allowed around the slash) or digits-digits. */
function pushNumber(text: string, from: number, pure: number, tokens: PurposeToken[]): number {
  let end = pure
  if (runEnd(text, from, DIGIT) === pure) {
    blankSlashPattern.lastIndex = pure
    const slash = blankSlashPattern.exec(text)
    if (slash) end = pure + slash[0].length
  }
  const raw = text.slice(from, end)
  const kind = /^\d+$/.test(raw)
    ? 'digits'
    : /^\d+ ?\/ ?\d{1,3}$/.test(raw)
      ? 'slashed'
      : /^\d+-\d+$/.test(raw)
        ? 'dashed'
        : 'compound'
  tokens.push({ kind, from, to: end, text: raw.replaceAll(' ', '') })
  return end
}

function takeCompound(text: string, from: number, tokens: PurposeToken[]): number {
  const end = compoundEnd(text, from)
  tokens.push({ kind: 'compound', from, to: end, text: text.slice(from, end) })
  return end
}

/** End of the longest stretch of letters and digits joined by `-`, `/` or `_`. */
function compoundEnd(text: string, from: number): number {
  let end = from
  for (;;) {
    while (end < text.length && (classOfUnit[text.charCodeAt(end)] ?? 0) !== 0) end += 1
    const joiner = text.charAt(end)
    const joins = joiner === '-' || joiner === '/' || joiner === '_'
    if (!joins || (classOfUnit[text.charCodeAt(end + 1)] ?? 0) === 0) return end
    end += 1
  }
}

/** End of the digits and joiners with which a number begins, never ending in a joiner. */
function pureEnd(text: string, from: number, limit: number): number {
  let end = runEnd(text, from, DIGIT)
  while (end < limit) {
    const joiner = text.charAt(end)
    if ((joiner !== '-' && joiner !== '/') || !isDigit(text, end + 1)) break
    const next = runEnd(text, end + 1, DIGIT)
    end = next
  }
  return end
}

function followedByKnownWord(text: string, at: number, limit: number): boolean {
  if (classOfUnit[text.charCodeAt(at)] !== LETTER) return runEnd(text, at + 1, LETTER) - at > 4
  const says = wordClass(text.slice(at, Math.min(runEnd(text, at, LETTER), limit)))
  return says !== null && (followsGlued.has(says) || (takesGlued.has(says) && says !== 'sign'))
}

function runEnd(text: string, from: number, kind: number): number {
  let end = from
  while (end < text.length && classOfUnit[text.charCodeAt(end)] === kind) end += 1
  return end
}

function isDigit(text: string, at: number): boolean {
  return classOfUnit[text.charCodeAt(at)] === DIGIT
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
