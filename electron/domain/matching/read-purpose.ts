// What a payment purpose names: the numbers a payment can bear, told apart from contracts, dates, sums, taxes.

import type { Fragment } from '../../contract/match.ts'
import { foldText, numberKey } from './fold.ts'
import { isNumberToken, scanPurpose } from './scan-purpose.ts'
import type { NumberToken, PurposeToken, ShapedToken, WordToken } from './scan-purpose.ts'
import { saysRefund } from './wordings.ts'
import type { WordClass } from './wordings.ts'

/** `payment`: of the form 3653/1; `bare`: without any word or sign that says what it is. */
export type SoughtKind = 'payment' | 'order' | 'invoice' | 'bare'
export type OtherKind =
  | 'contract' | 'document' | 'date' | 'sum' | 'vat' | 'percent' | 'fee' | 'code' | 'account' | 'phone' | 'address' | 'other'

export interface PurposeNumber {
  kind: SoughtKind | OtherKind
  /** As written, in lower case, blanks removed; a number inside a range is written out. */
  text: string
  /** For comparing with the numbers of payments (`numberKey`); '' for kinds that are never sought. */
  key: string
  /** How it was announced: a word («счет», «заказ»), only a sign («№»), or nothing. */
  strength: 'named' | 'sign' | 'none'
  /** Null when it stands only in the glued text and no place of the purpose shows it. */
  fragment: Fragment | null
  /** Written out of a range. */
  ofRange: boolean
  /** It touches a line break of the format where the two readings differ, so it may be cut or glued wrongly. */
  unsure: boolean
}

export interface PurposeReading {
  /** In the order of the text. */
  numbers: PurposeNumber[]
  refund: boolean
}

const soughtKinds: ReadonlySet<string> = new Set<SoughtKind>(['payment', 'order', 'invoice', 'bare'])
const labelWords: ReadonlySet<WordClass> = new Set<WordClass>([
  'invoice', 'order', 'contract', 'document', 'code', 'account', 'address', 'phone', 'vat', 'fee',
])
const rangeLimit = 200
const numbersLimit = 300

/** Whether the number is of a kind that is looked up among payments. */
export function isSought(number: PurposeNumber): boolean {
  return number.key !== '' && soughtKinds.has(number.kind)
}

/**
 * Reads a purpose, and its glued form where the statement's format broke lines (`purposeGlued`): a number cut
 * by such a break is found in the glued form and placed in the purpose; where the readings differ, both are
 * kept and marked unsure.
 */
export function readPurpose(purpose: string, purposeGlued: string | null = null): PurposeReading {
  const refund = saysRefund(foldText(purpose))
  const plain = readNumbers(purpose)
  if (purposeGlued === null || purposeGlued === purpose) return { numbers: plain, refund }
  return { numbers: joinReadings(plain, readNumbers(purposeGlued), placesInPurpose(purpose, purposeGlued)), refund }
}

type Label = { says: WordClass | 'sign'; strength: 'named' | 'sign' }

interface State {
  label: Label | null
  /** Numbers already read under the label. */
  taken: number
  /** What stood since the last number under the label: nothing, or a mark or word that lists. */
  listed: boolean
  unknownWords: number
  dateNext: boolean
  sumNext: boolean
  bankAccountNext: boolean
}

function readNumbers(purpose: string): PurposeNumber[] {
  const tokens = scanPurpose(purpose)
  const out: PurposeNumber[] = []
  const state: State = {
    label: null, taken: 0, listed: false, unknownWords: 0, dateNext: false, sumNext: false, bankAccountNext: false,
  }
  for (let at = 0; at < tokens.length && out.length < numbersLimit; at += 1) {
    const token = tokens[at]
    if (!token) break
    if (token.kind === 'word') readWord(token, tokens[at + 1], state)
    else if (token.kind === 'mark') readMark(token.text, tokens[at - 1], state)
    else if (token.kind === 'date' || token.kind === 'percent' || token.kind === 'phone') {
      out.push(other(token, token.kind))
      state.dateNext = false
      if (state.label?.says === 'phone') state.label = null
    } else if (token.kind === 'money') readMoney(token, tokens[at + 1], state, out)
    else at = readNumber(tokens, at, state, out)
  }
  return out
}

function readWord(token: WordToken, next: PurposeToken | undefined, state: State): void {
  const { says } = token
  if (says === null) return readUnknownWord(token, next, state)
  if (labelWords.has(says)) return setLabel(says, token.text, state)
  if (says === 'accountAdjective') {
    Object.assign(state, { label: null, bankAccountNext: true })
  } else if (says === 'sign') {
    if (state.label === null) startLabel({ says: 'sign', strength: 'sign' }, state)
    state.listed = true
  } else if (says === 'list') state.listed = true
  else if (says === 'from') state.dateNext = true
  else if (says === 'sum') state.sumNext = true
}

function setLabel(says: WordClass, text: string, state: State): void {
  const bankAccount = says === 'invoice' && state.bankAccountNext
  const taxInvoice = says === 'document' && text.startsWith('фактур')
  if (taxInvoice && state.label?.says !== 'invoice' && state.label !== null) return
  startLabel({ says: bankAccount ? 'account' : says, strength: 'named' }, state)
}

function startLabel(label: Label, state: State): void {
  Object.assign(state, {
    label, taken: 0, listed: true, unknownWords: 0, dateNext: false, sumNext: false, bankAccountNext: false,
  })
}

/** A word that says nothing ends a list; a few of them between «счет» and its «№» only weaken the announcement. */
function readUnknownWord(token: PurposeToken, next: PurposeToken | undefined, state: State): void {
  state.dateNext = false
  state.bankAccountNext = false
  if (state.label === null) return
  const prefixOfNumber = next?.kind === 'digits' && token.to - token.from <= 3
  if (state.taken === 0 && prefixOfNumber) return
  state.unknownWords += 1
  if (state.taken > 0 || state.unknownWords > 4 || state.label.strength === 'sign') state.label = null
  else state.label = { ...state.label, strength: state.label.says === 'invoice' || state.label.says === 'order' ? 'sign' : 'named' }
  state.listed = false
}

function readMark(mark: string, before: PurposeToken | undefined, state: State): void {
  if (mark !== '-' && mark !== '/') state.listed = true
  if ((mark === ',' || mark === ';') && before?.kind === 'money') state.sumNext = false
}

function readMoney(
  token: ShapedToken,
  next: PurposeToken | undefined,
  state: State,
  out: PurposeNumber[],
): void {
  const { label } = state
  if (state.dateNext && /^\d{1,2}\.\d{1,2}$/.test(token.text)) {
    state.dateNext = false
    out.push(other(token, 'date'))
    return
  }
  const short = /^(\d{1,3}),(\d{1,3})$/.exec(token.text)
  if (short && label && isSoughtLabel(label) && state.taken === 0 && !state.sumNext && !saysCurrency(next)) {
    const [, first = '', second = ''] = short
    takeSought({ ...token, to: token.from + first.length }, first, state, out)
    state.listed = true
    takeSought({ ...token, from: token.to - second.length }, second, state, out)
    return
  }
  out.push(other(token, label?.says === 'vat' ? 'vat' : label?.says === 'fee' ? 'fee' : 'sum'))
  state.sumNext = false
  if (label?.says === 'vat' || label?.says === 'fee') state.label = null
}

/** Reads the number at `at`; answers the index of the last token it used. */
function readNumber(tokens: readonly PurposeToken[], at: number, state: State, out: PurposeNumber[]): number {
  const token = tokens[at]
  if (!isNumberToken(token)) return at
  const kind = otherKindOf(token, tokens[at - 1], tokens[at + 1], state)
  if (kind !== null) {
    out.push(other(token, kind))
    return at
  }
  const end = rangeEnd(tokens, at)
  const last = end === null ? undefined : tokens[end]
  if (end !== null && isNumberToken(last) && takeRange(token, last, state, out)) return end
  if (token.kind === 'dashed' && takeDashedRange(token, state, out)) return at
  takeNumberToken(token, tokens[at - 1], state, out)
  return at
}

/** What a number is when it cannot be one that a payment bears; null when it can. */
function otherKindOf(
  token: NumberToken,
  before: PurposeToken | undefined,
  next: PurposeToken | undefined,
  state: State,
): OtherKind | null {
  const { label } = state
  const isDigits = token.kind === 'digits'
  if (state.dateNext && (token.kind === 'digits' || token.kind === 'dashed' || token.kind === 'slashed') && token.text.length <= 8) {
    state.dateNext = false
    return 'date'
  }
  if (isDigits && saysYearOrMonth(token.text, before, next)) return 'date'
  const isSum = state.sumNext || saysCurrency(next)
  if (isSum && (isDigits || token.kind === 'dashed')) {
    state.sumNext = false
    return label?.says === 'vat' ? 'vat' : label?.says === 'fee' ? 'fee' : 'sum'
  }
  if (next?.kind === 'word' && next.says === 'unit' && isDigits) return 'other'
  if (label !== null && !isSoughtLabel(label)) return underOtherLabel(label, state)
  if (token.text.replaceAll(/\D/g, '').length > 12) return 'account'
  if (label === null && isDigits && /^(?:199\d|20\d\d)$/.test(token.text)) return 'date'
  return null
}

function underOtherLabel(label: Label, state: State): OtherKind {
  state.taken += 1
  state.listed = false
  if (label.says === 'code' || label.says === 'account' || label.says === 'phone') state.label = null
  return label.says as OtherKind
}

function saysYearOrMonth(text: string, before: PurposeToken | undefined, next: PurposeToken | undefined): boolean {
  const nextSays = next?.kind === 'word' ? next.says : null
  const beforeSays = before?.kind === 'word' ? before.says : null
  const isYear = /^(?:199\d|20\d\d)$/.test(text)
  if (isYear && (nextSays === 'year' || beforeSays === 'month')) return true
  if (text.length <= 2 && nextSays === 'month') return true
  return text.length === 2 && nextSays === 'year'
}

function saysCurrency(next: PurposeToken | undefined): boolean {
  return next?.kind === 'word' && next.says === 'currency'
}

function isSoughtLabel(label: Label): boolean {
  return label.says === 'invoice' || label.says === 'order' || label.says === 'sign'
}

/** Index of the number that ends a range begun at `at` («3650 - 3655», «с № 3650 по № 3655»), or null. */
function rangeEnd(tokens: readonly PurposeToken[], at: number): number | null {
  const joint = tokens[at + 1]
  if (!joint) return null
  const joins = (joint.kind === 'mark' && joint.text === '-') || (joint.kind === 'word' && joint.says === 'through')
  if (!joins) return null
  let end = at + 2
  const sign = tokens[end]
  if (sign?.kind === 'word' && sign.says === 'sign') end += 1
  const last = tokens[end]
  return isNumberToken(last) ? end : null
}

function takeRange(first: NumberToken, last: NumberToken, state: State, out: PurposeNumber[]): boolean {
  if (first.kind !== last.kind) return false
  const [from, fromTail] = splitSlash(first.text)
  const [to, toTail] = splitSlash(last.text)
  if (fromTail !== toTail || (first.kind !== 'digits' && first.kind !== 'slashed')) return false
  return takeAll(from, to, fromTail, { ...first, to: last.to }, state, out)
}

/** «3650-3655» under a label; «3653-1» is a number by itself. */
function takeDashedRange(token: NumberToken, state: State, out: PurposeNumber[]): boolean {
  if (state.label === null) return false
  const [from = '', to = ''] = token.text.split('-')
  if (from.length !== to.length || from.length < 2) return false
  return takeAll(from, to, '', token, state, out)
}

function takeAll(from: string, to: string, tail: string, token: NumberToken, state: State, out: PurposeNumber[]): boolean {
  const count = Number(to) - Number(from)
  if (!(count > 0 && count <= rangeLimit) || from.length > 12) return false
  for (let step = 0; step <= count; step += 1) {
    const text = String(Number(from) + step).padStart(from.length, '0') + tail
    out.push(sought(token, text, state, true))
  }
  state.taken += 1
  state.listed = false
  return true
}

function splitSlash(text: string): [string, string] {
  const slash = text.indexOf('/')
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash)]
}

function takeNumberToken(token: NumberToken, before: PurposeToken | undefined, state: State, out: PurposeNumber[]): void {
  const prefix = before?.kind === 'word' && before.says === null && state.label !== null && token.kind === 'digits' ? before : null
  if (prefix) {
    const text = prefix.text + token.text
    const from = prefix.from
    takeSought({ ...token, from }, text, state, out)
    return
  }
  takeSought(token, token.text, state, out)
}

function takeSought(token: { from: number; to: number }, text: string, state: State, out: PurposeNumber[]): void {
  if (state.label !== null && state.taken > 0 && !state.listed && !followsInRow(out.at(-1), text)) state.label = null
  const number = sought(token, text, state, false)
  if (state.label === null && !worthSeeking(number)) out.push({ ...number, kind: 'other', key: '' })
  else out.push(number)
  state.taken += 1
  state.listed = false
}

/** «счет 3650 3651»: two numbers in a row without a mark are a list when they look alike. */
function followsInRow(last: PurposeNumber | undefined, text: string): boolean {
  return last !== undefined && isSought(last) && text.length >= 3 && last.text.length === text.length
}

/** Without a word or a sign a number must be long enough not to be a quantity, and short enough not to be a code. */
function worthSeeking(number: PurposeNumber): boolean {
  const digits = number.text.replaceAll(/\D/g, '').length
  return digits >= 3 && digits !== 9 && digits !== 10 && digits <= 11 && !number.text.startsWith('0/')
}

function sought(token: { from: number; to: number }, text: string, state: State, ofRange: boolean): PurposeNumber {
  const { label } = state
  const ofPaymentForm = /^\d+\/\d{1,3}$/.test(text)
  const kind = ofPaymentForm ? 'payment' : label === null ? 'bare' : label.says === 'order' ? 'order' : label.strength === 'named' ? 'invoice' : 'bare'
  return {
    kind,
    text,
    key: numberKey(text),
    strength: label?.strength ?? 'none',
    fragment: { from: token.from, to: token.to },
    ofRange,
    unsure: false,
  }
}

function other(token: { from: number; to: number; text: string }, kind: OtherKind): PurposeNumber {
  const fragment = { from: token.from, to: token.to }
  return { kind, text: token.text.replaceAll(' ', ''), key: '', strength: 'none', fragment, ofRange: false, unsure: false }
}

/** For each unit of the glued text its place in the purpose; null where the two are not the same text. */
function placesInPurpose(purpose: string, glued: string): Int32Array | null {
  const places = new Int32Array(glued.length)
  let at = 0
  for (let g = 0; g < glued.length; g += 1) {
    while (at < purpose.length && purpose[at] !== glued[g]) {
      if (!/\s/.test(purpose.charAt(at))) return null
      at += 1
    }
    if (at === purpose.length) return null
    places[g] = at
    at += 1
  }
  return places
}

function joinReadings(plain: PurposeNumber[], glued: PurposeNumber[], places: Int32Array | null): PurposeNumber[] {
  const placed = glued.map((number) => ({ ...number, fragment: placeOf(number.fragment, places) }))
  const known = new Map(plain.map((number) => [identityOf(number), number]))
  const added = placed.filter((number) => !known.has(identityOf(number)))
  const kept = new Set(placed.map(identityOf))
  const out = plain.map((number) => (isSought(number) && !kept.has(identityOf(number)) ? { ...number, unsure: true } : number))
  for (const number of added) if (isSought(number)) out.push({ ...number, unsure: true })
  return out.sort((a, b) => (a.fragment?.from ?? 0) - (b.fragment?.from ?? 0))
}

function identityOf(number: PurposeNumber): string {
  return `${number.kind} ${number.key} ${number.fragment?.from} ${number.fragment?.to}`
}

function placeOf(fragment: Fragment | null, places: Int32Array | null): Fragment | null {
  if (fragment === null || places === null) return null
  const from = places[fragment.from]
  const last = places[fragment.to - 1]
  return from === undefined || last === undefined ? null : { from, to: last + 1 }
}

/** The last `,`, `.`, `-` or `=` with one or two digits behind it is the decimal mark; what else divides falls away. */
export function decimalText(text: string): string {
  const parts = /^(.*?)(?:[.,=-](\d{1,2}))?$/.exec(text)
  const whole = (parts?.[1] ?? '').replaceAll(/\D/g, '')
  return parts?.[2] === undefined ? whole : `${whole}.${parts[2]}`
}
