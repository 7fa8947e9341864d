// What the words read so far make of the next number.

import type { PurposeToken, WordToken } from './scan-purpose.ts'
import type { WordClass } from './wordings.ts'

const labelWords: ReadonlySet<WordClass> = new Set<WordClass>([
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
])

/** The word or sign that announced the numbers being read. */
export interface Label {
  says: WordClass
  strength: 'named' | 'sign'
}

/** Changed by every word and number, from left to right. */
export interface State {
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

export function emptyState(): State {
  return {
    label: null,
    taken: 0,
    listed: false,
    unknownWords: 0,
    dateNext: false,
    sumNext: false,
    bankAccountNext: false,
  }
}

export function readWord(token: WordToken, next: PurposeToken | undefined, state: State): void {
  const { says } = token
  if (says === null) return readUnknownWord(token, next, state)
  if (labelWords.has(says)) return setLabel(says, state)
  if (says === 'accountAdjective') {
    Object.assign(state, { label: null, bankAccountNext: true })
  } else if (says === 'sign') {
    if (state.label === null) startLabel({ says: 'sign', strength: 'sign' }, state)
    state.listed = true
  } else if (says === 'list') state.listed = true
  else if (says === 'from') state.dateNext = true
  else if (says === 'sum') state.sumNext = true
}

function setLabel(says: WordClass, state: State): void {
  const bankAccount = says === 'invoice' && state.bankAccountNext
  startLabel({ says: bankAccount ? 'account' : says, strength: 'named' }, state)
}

function startLabel(label: Label, state: State): void {
  Object.assign(state, {
    label,
    taken: 0,
    listed: true,
    unknownWords: 0,
    dateNext: false,
    sumNext: false,
    bankAccountNext: false,
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
  else
    state.label = {
      ...state.label,
      strength: state.label.says === 'invoice' || state.label.says === 'order' ? 'sign' : 'named',
    }
  state.listed = false
}

export function readMark(mark: string, before: PurposeToken | undefined, state: State): void {
  if (mark !== '-' && mark !== '/') state.listed = true
  if ((mark === ',' || mark === ';') && before?.kind === 'money') state.sumNext = false
}
