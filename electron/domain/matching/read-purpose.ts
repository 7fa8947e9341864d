// What a payment purpose names: the numbers a payment can bear, told apart from contracts, dates, sums, taxes.

import { dayOfDate } from './days.ts'
import { foldText, numberKey } from './fold.ts'
import { fitsShortened, fitsWhole } from './masks.ts'
import type { NumberMask } from './masks.ts'
import { joinReadings, placesInPurpose } from './glued-purpose.ts'
import { isSought } from './purpose-number.ts'
import type { OtherKind, PurposeNumber } from './purpose-number.ts'
import { emptyState, readMark, readWord } from './purpose-context.ts'
import type { Label, State } from './purpose-context.ts'
import { readRange } from './number-range.ts'
import type { Range } from './number-range.ts'
import { isNumberToken, scanPurpose } from './scan-purpose.ts'
import type { NumberToken, PurposeToken, ShapedToken } from './scan-purpose.ts'
import { saysRefund } from './wordings.ts'

export interface PurposeReading {
  /** In the order of the text. */
  numbers: PurposeNumber[]
  refund: boolean
}

const numbersLimit = 300

/**
 * Reads a purpose, and its glued form where the statement's format broke lines (`purposeGlued`): a number cut
 * by such a break is found in the glued form and placed in the purpose; where the readings differ, both are
 * kept and marked unsure.
 */
export function readPurpose(
  purpose: string,
  purposeGlued: string | null = null,
  masks: readonly NumberMask[] = [],
): PurposeReading {
  const refund = saysRefund(foldText(purpose))
  const plain = readNumbers(purpose, masks)
  const numbers =
    purposeGlued === null || purposeGlued === purpose
      ? plain
      : joinReadings(plain, readNumbers(purposeGlued, masks), placesInPurpose(purpose, purposeGlued))
  return { numbers: markCutEnd(numbers, purpose, (purposeGlued ?? purpose).length), refund }
}

/** Formats cut purposes at 140 or 210 signs and bank clients at whole lines of 35 or 65: the last number may go on. */
function markCutEnd(numbers: PurposeNumber[], purpose: string, length: number): PurposeNumber[] {
  if (length < 100 && length % 35 !== 0 && length % 65 !== 0) return numbers
  const end = purpose.trimEnd().length
  return numbers.map((number) =>
    isSought(number) && number.fragment?.to === end ? { ...number, mayGoOn: true } : number,
  )
}

function readNumbers(purpose: string, masks: readonly NumberMask[]): PurposeNumber[] {
  const tokens = scanPurpose(purpose, masks)
  const out: PurposeNumber[] = []
  const state = emptyState()
  for (let at = 0; at < tokens.length && out.length < numbersLimit; at += 1) {
    const token = tokens[at]
    if (!token) break
    if (token.kind === 'word') readWord(token, tokens[at + 1], state)
    else if (token.kind === 'mark') readMark(token.text, tokens[at - 1], state)
    else if (token.kind === 'date' || token.kind === 'percent' || token.kind === 'phone') {
      if (token.kind === 'date') giveDate(out, token.text, state)
      out.push(other(token, token.kind))
      state.dateNext = false
      if (state.label?.says === 'phone') state.label = null
    } else if (token.kind === 'money') readMoney(token, tokens[at + 1], state, out)
    else at = readNumber(tokens, at, state, out)
  }
  return masks.length === 0 ? out : out.map((number) => underMasks(number, masks))
}

/** Where the portal's numbers have a known look, what looks otherwise is none, unless «счет» shortened one. */
function underMasks(number: PurposeNumber, masks: readonly NumberMask[]): PurposeNumber {
  if (!isSought(number) || number.isMasked || fitsWhole(masks, number.text)) return number
  if (number.strength === 'named' && fitsShortened(masks, number.text)) return number
  return { ...number, kind: 'other', key: '' }
}

/** «счет 15 от 12.09.2026»: the date belongs to the number right before it. */
function giveDate(out: PurposeNumber[], text: string, state: State): void {
  const last = out.at(-1)
  if (!state.dateNext || !last || !isSought(last)) return
  out[out.length - 1] = { ...last, day: dayOfDate(text) }
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
  const kind = otherKindOf(token, tokens[at - 1], tokens[at + 1], state, tokens[at + 2])
  if (kind !== null) {
    out.push(other(token, kind))
    return at
  }
  const range = readRange(tokens, at, state.label !== null)
  if (range) {
    takeAll(range, state, out)
    return range.lastToken
  }
  takeNumberToken(token, tokens[at - 1], state, out)
  return at
}

/** What a number is when it cannot be one that a payment bears; null when it can. */
function otherKindOf(
  token: NumberToken,
  before: PurposeToken | undefined,
  next: PurposeToken | undefined,
  state: State,
  afterNext: PurposeToken | undefined,
): OtherKind | null {
  const { label } = state
  const isDigits = token.kind === 'digits'
  if (
    state.dateNext &&
    (token.kind === 'digits' || token.kind === 'dashed' || token.kind === 'slashed') &&
    token.text.length <= 8
  ) {
    state.dateNext = false
    return 'date'
  }
  if (isDigits && saysYearOrMonth(token.text, before, next)) return 'date'
  const isSum = state.sumNext || (saysCurrency(next) && afterNext?.kind !== 'money')
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

function saysYearOrMonth(
  text: string,
  before: PurposeToken | undefined,
  next: PurposeToken | undefined,
): boolean {
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

function takeAll(range: Range, state: State, out: PurposeNumber[]): void {
  for (const text of range.texts) out.push(sought(range, text, state, true))
  state.taken += 1
  state.listed = false
}

function takeNumberToken(
  token: NumberToken,
  before: PurposeToken | undefined,
  state: State,
  out: PurposeNumber[],
): void {
  const prefix =
    before?.kind === 'word' && before.says === null && state.label !== null && token.kind === 'digits'
      ? before
      : null
  if (prefix) {
    const text = prefix.text + token.text
    const from = prefix.from
    takeSought({ ...token, from }, text, state, out)
    return
  }
  takeSought(token, token.text, state, out)
}

function takeSought(
  token: { kind?: string; from: number; to: number },
  text: string,
  state: State,
  out: PurposeNumber[],
): void {
  if (state.label !== null && state.taken > 0 && !state.listed && !followsInRow(out.at(-1), text))
    state.label = null
  const number = sought(token, text, state, false)
  if (state.label === null && !number.isMasked && !worthSeeking(number))
    out.push({ ...number, kind: 'other', key: '' })
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

function sought(
  token: { kind?: string; from: number; to: number },
  text: string,
  state: State,
  ofRange: boolean,
): PurposeNumber {
  const { label } = state
  const isMasked = token.kind === 'masked'
  const ofPaymentForm = /^\d+\/\d{1,3}$/.test(text)
  const kind = ofPaymentForm
    ? 'payment'
    : label === null
      ? 'bare'
      : label.says === 'order'
        ? 'order'
        : label.strength === 'named'
          ? 'invoice'
          : 'bare'
  return {
    kind: isMasked && kind === 'bare' ? 'invoice' : kind,
    text,
    key: numberKey(text),
    isMasked,
    strength: isMasked ? 'named' : (label?.strength ?? 'none'),
    fragment: { from: token.from, to: token.to },
    ofRange,
    unsure: false,
    mayGoOn: false,
    day: null,
  }
}

function other(token: { from: number; to: number; text: string }, kind: OtherKind): PurposeNumber {
  const fragment = { from: token.from, to: token.to }
  return {
    kind,
    text: token.text.replaceAll(' ', ''),
    key: '',
    isMasked: false,
    strength: 'none',
    fragment,
    ofRange: false,
    unsure: false,
    mayGoOn: false,
    day: null,
  }
}
