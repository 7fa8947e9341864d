// One element of a camt message, by its local name; namespaces and prefixes are gone.

import type { Currency } from '../../../contract/money.ts'
import { currencyOf, parseDecimal } from '../../../contract/money.ts'
import type { IssueCode } from '../../../contract/statement.ts'
import { dayOf as calendarDay } from '../bank-days.ts'

export interface XmlNode {
  name: string
  text: string
  /** The `Ccy` attribute, '' where there is none. */
  currency: string
  children: XmlNode[]
}

/** The element reached by taking the first child of each name in turn. */
export function nodeAt(
  node: XmlNode | undefined,
  first: string,
  second?: string,
  third?: string,
): XmlNode | undefined {
  const found = childOf(node, first)
  if (second === undefined || !found) return found
  const inner = childOf(found, second)
  return third === undefined || !inner ? inner : childOf(inner, third)
}

function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  if (!node) return undefined
  for (const child of node.children) if (child.name === name) return child
  return undefined
}

export function nodesOf(node: XmlNode | undefined, name: string): XmlNode[] {
  return node && node.children.length > 0 ? node.children.filter((child) => child.name === name) : []
}

/** Trimmed text at a path; '' for an absent element and for the standard's word for "none" (NOTPROVIDED). */
export function textAt(node: XmlNode | undefined, first: string, second?: string, third?: string): string {
  const found = nodeAt(node, first, second, third)
  return found ? stated(found.text) : ''
}

/** Trims; words that only say that nothing was said become ''. */
export function stated(text: string): string {
  const trimmed = text.trim()
  const may = trimmed.length < 16 && (trimmed.startsWith('N') || trimmed.startsWith('n'))
  return may && /^(NOTPROVIDED|NOT PROVIDED|NONREF)$/i.test(trimmed) ? '' : trimmed
}

/**
 * The calendar day of a date element: `<Dt>` or `<DtTm>` inside it, or its own text. The day is taken as
 * written; shifting it by an offset would book the entry on another day than the bank did.
 */
export function dayOf(node: XmlNode | undefined): string | null {
  if (!node) return null
  const inner = nodeAt(node, 'Dt')
  const text =
    textAt(inner, 'Dt') ||
    textAt(inner, 'DtTm') ||
    stated(inner?.text ?? '') ||
    textAt(node, 'DtTm') ||
    stated(node.text)
  if (!/^\d{4}-\d\d-\d\d(?!\d)/.test(text)) return null
  return calendarDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))) ?? null
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
  const minor = text.length > 60 ? undefined : parseDecimal(text, currency)
  if (minor !== undefined) return { ok: true, minor, currency }
  const tooFine = text.length <= 60 && /^[+-]?\d{1,13}\.\d+$/.test(text)
  return { ok: false, code: tooFine ? 'amount.precision' : 'amount.unreadable', text }
}

/** +1 for CRDT, -1 for DBIT, 0 where the indicator is absent or another word. */
export function directionOf(node: XmlNode | undefined): 1 | -1 | 0 {
  const text = textAt(node, 'CdtDbtInd')
  return text === 'CRDT' ? 1 : text === 'DBIT' ? -1 : 0
}
