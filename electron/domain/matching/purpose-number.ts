// A number as a purpose names it.

import type { Fragment } from '../../contract/match.ts'

/** `payment`: of the form 3653/1; `bare`: without any word or sign that says what it is. */
export type SoughtKind = 'payment' | 'order' | 'invoice' | 'bare'
export type OtherKind =
  | 'contract'
  | 'document'
  | 'date'
  | 'sum'
  | 'vat'
  | 'percent'
  | 'fee'
  | 'code'
  | 'account'
  | 'phone'
  | 'address'
  | 'other'

export interface PurposeNumber {
  kind: SoughtKind | OtherKind
  /** As written, in lower case, blanks removed; a number inside a range is written out. */
  text: string
  /** For comparing with the numbers of payments (`numberKey`); '' for kinds that are never sought. */
  key: string
  /** Written as a mask of the portal says. */
  isMasked: boolean
  /** How it was announced: a word («счет», «заказ»), only a sign («№»), or nothing. */
  strength: 'named' | 'sign' | 'none'
  /** Null when it stands only in the glued text and no place of the purpose shows it. */
  fragment: Fragment | null
  /** Written out of a range. */
  ofRange: boolean
  /** It touches a line break of the format where the two readings differ, so it may be cut or glued wrongly. */
  unsure: boolean
  /** It stands at the very end of a purpose as long as formats allow, so more digits may have followed. */
  mayGoOn: boolean
  /** Days since 1970-01-01 of the date the purpose gives it («счет 15 от 12.09.2026»); null where it gives none. */
  day: number | null
}

const soughtKinds: ReadonlySet<string> = new Set<SoughtKind>(['payment', 'order', 'invoice', 'bare'])

/** Whether the number is of a kind that is looked up among payments. */
export function isSought(number: PurposeNumber): boolean {
  return number.key !== '' && soughtKinds.has(number.kind)
}

/** The last `,`, `.`, `-` or `=` with one or two digits behind it is the decimal mark; what else divides falls away. */
export function decimalText(text: string): string {
  const parts = /^(.*?)(?:[.,=-](\d{1,2}))?$/.exec(text)
  const whole = (parts?.[1] ?? '').replaceAll(/\D/g, '')
  return parts?.[2] === undefined ? whole : `${whole}.${parts[2]}`
}
