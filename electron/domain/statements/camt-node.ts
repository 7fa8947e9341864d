// One element of a camt message, by its local name; namespaces and prefixes are gone.

import type { Currency } from '../../contract/money.ts'
import { currencyOf, parseDecimal } from '../../contract/money.ts'
import type { IssueCode } from '../../contract/statement.ts'
import { dayOf as calendarDay } from './bank-days.ts'

export interface XmlNode {
  name: string
  text: string
  /** The `Ccy` attribute, '' where there is none. */
  currency: string
  children: XmlNode[]
}

/** The element reached by taking the first child of each name in turn. */
export function nodeAt(node: XmlNode | undefined, ...path: string[]): XmlNode | undefined {
  let found = node
  for (const name of path) found = found?.children.find((child) => child.name === name)
  return found
}

export function nodesOf(node: XmlNode | undefined, name: string): XmlNode[] {
  return node ? node.children.filter((child) => child.name === name) : []
}

/** Trimmed text at a path; '' for an absent element and for the standard's word for "none" (NOTPROVIDED). */
export function textAt(node: XmlNode | undefined, ...path: string[]): string {
  return stated(nodeAt(node, ...path)?.text ?? '')
}

/** The first path that holds a text. */
export function firstText(node: XmlNode | undefined, ...paths: string[][]): string {
  for (const path of paths) {
    const text = textAt(node, ...path)
    if (text !== '') return text
  }
  return ''
}

/** Trims; words that only say that nothing was said become ''. */
export function stated(text: string): string {
  const trimmed = text.trim()
  return /^(NOTPROVIDED|NOT PROVIDED|NONREF)$/i.test(trimmed) ? '' : trimmed
}

/**
 * The calendar day of a date element: `<Dt>` or `<DtTm>` inside it, or its own text. The day is taken as
 * written; shifting it by an offset would book the entry on another day than the bank did.
 */
export function dayOf(node: XmlNode | undefined): string | null {
  if (!node) return null
  const text = firstText(node, ['Dt', 'Dt'], ['Dt', 'DtTm'], ['Dt'], ['DtTm'], [])
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text)
  if (!parts) return null
  return calendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) ?? null
}

export type AmountRead =
  | { ok: true; minor: number; currency: Currency }
  | { ok: false; code: Extract<IssueCode, `amount.${string}` | 'currency.unknown'>; text: string }

/** An amount element in minor units; `fallback` is the currency where the element names none. */
export function amountOf(node: XmlNode | undefined, fallback: string): AmountRead {
  const text = node?.text.trim() ?? ''
  if (text === '') return { ok: false, code: 'amount.missing', text: '' }
  const currency = currencyOf(node?.currency || fallback)
  if (currency === undefined) return { ok: false, code: 'currency.unknown', text: node?.currency ?? '' }
  const minor = parseDecimal(text, currency)
  if (minor !== undefined) return { ok: true, minor, currency }
  const tooFine = /^[+-]?\d{1,13}\.\d+$/.test(text)
  return { ok: false, code: tooFine ? 'amount.precision' : 'amount.unreadable', text }
}

/** +1 for CRDT, -1 for DBIT, 0 where the indicator is absent or another word. */
export function directionOf(node: XmlNode | undefined): 1 | -1 | 0 {
  const text = textAt(node, 'CdtDbtInd')
  return text === 'CRDT' ? 1 : text === 'DBIT' ? -1 : 0
}
