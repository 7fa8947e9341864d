// Fields of BAI2 records, after "Cash Management Balance Reporting Specifications, Version 2" (BAI): chapters 3
// (record formats) and 4 (data elements), appendix A (type codes).

import type { Counterparty } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { dayOf, fullYear } from '../bank-days.ts'

export interface Bai2Detail {
  type: string
  amount: string
  /** The date of funds type V, else ''. */
  valueDate: string
  bankReference: string
  customerReference: string
  /** The text, a piece a record. */
  text: string[]
}

/** What an account record reports: a balance or a sum by its type code. */
export interface Bai2Summary {
  account: string
  currency: string
  items: { type: string; amount: string }[]
}

/** Fields that follow the funds type and belong to it; undefined while their number is not known yet. */
function fundsFields(type: string, count: string | undefined): number | undefined {
  if (type === 'S') return 3
  if (type === 'V') return 2
  if (type !== 'D') return 0
  if (count === undefined) return undefined
  return /^\d{1,6}$/.test(count) ? 1 + 2 * Number(count) : 1
}

/** Reads a 16 record. The text is the last field and may hold commas; a continuation goes on where the record ended. */
export function readDetail(pieces: readonly string[]): Bai2Detail {
  const fields: string[] = []
  const text: string[] = []
  for (const piece of pieces) takePiece(piece, fields, text)
  const [type = '', amount = '', written = ''] = fields
  const funds = written.trim().toUpperCase()
  const references = 3 + (fundsFields(funds, fields[3]) ?? 0)
  return {
    type: type.trim(),
    amount: amount.trim(),
    valueDate: funds === 'V' ? (fields[3] ?? '').trim() : '',
    bankReference: (fields[references] ?? '').trim(),
    customerReference: (fields[references + 1] ?? '').trim(),
    text,
  }
}

function takePiece(piece: string, fields: string[], text: string[]): void {
  let at = 0
  while (!isTextNext(fields)) {
    const comma = piece.indexOf(',', at)
    if (comma < 0) {
      fields.push(piece.slice(at))
      return
    }
    fields.push(piece.slice(at, comma))
    at = comma + 1
  }
  text.push(piece.slice(at))
}

/** Type, amount, funds type with its own fields, two references: then the text begins. */
function isTextNext(fields: readonly string[]): boolean {
  if (fields.length < 5) return false
  const own = fundsFields((fields[2] ?? '').trim().toUpperCase(), fields[3])
  return own !== undefined && fields.length >= 5 + own
}

/** Reads an 03 record: account, currency, then type code, amount, item count and funds type, again and again. */
export function readSummary(pieces: readonly string[]): Bai2Summary {
  const fields = pieces.flatMap((piece) => piece.split(',')).map((field) => field.trim())
  const items: Bai2Summary['items'] = []
  let at = 2
  while (at < fields.length) {
    // Some banks write a comma too many before the record's end: the next group begins behind it, not in it.
    if (fields[at] === '' && /^(?:\d{3})?$/.test(fields[at + 1] ?? '')) {
      at += 1
      continue
    }
    const [type = '', amount = '', , funds = ''] = fields.slice(at, at + 4)
    if (type !== '' || amount !== '') items.push({ type, amount })
    at += 4
    at += fundsFields(funds.toUpperCase(), fields[at]) ?? 0
  }
  return { account: (fields[0] ?? '').replaceAll(/\s+/g, ''), currency: fields[1] ?? '', items }
}

/** An amount in minor units as it is written, the currency's decimals being implied; undefined for what is none. */
export function readMinor(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const minor = Number(text)
  return Number.isSafeInteger(minor) ? minor + 0 : undefined
}

/** A number of records, accounts or groups. */
export function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,12}\s*$/.test(text) ? Number(text) : undefined
}

/** YYMMDD, or YYYYMMDD as some banks write it. */
export function readDate(text: string): BankDay | 'date.missing' | 'date.unreadable' | 'date.impossible' {
  if (text === '') return 'date.missing'
  const parts = /^(\d\d|\d{4})(\d\d)(\d\d)$/.exec(text)
  if (!parts) return 'date.unreadable'
  const [, year = '', month, day] = parts
  const full = year.length === 2 ? fullYear(Number(year)) : Number(year)
  return dayOf(full, Number(month), Number(day)) ?? 'date.impossible'
}

/** Which way money goes by the type code: 1 in, -1 out; undefined for balances, messages and codes of nobody. */
export function directionOf(type: string): 1 | -1 | undefined {
  const code = /^\d{3}$/.test(type) ? Number(type) : 0
  if ((code >= 100 && code < 400) || (code >= 720 && code < 760) || (code >= 920 && code < 960)) return 1
  if ((code >= 400 && code < 700) || (code >= 760 && code < 800) || code >= 960) return -1
  return undefined
}

/** The sums of all credits and of all debits are no movement, wherever they stand. */
export function isTotal(type: string): boolean {
  return type === '100' || type === '400'
}

/**
 * The other party, where the bank names it in the text by the tags that come from SWIFT's words for the two sides:
 * `DBNM:`, `DACT:`, `DABA:` the debtor's name, account and bank, `CRNM:`, `CACT:`, `CABA:` the creditor's.
 */
export function partyOf(text: readonly string[], direction: 1 | -1): Counterparty {
  const tags = direction > 0 ? ['DBNM', 'DACT', 'DABA'] : ['CRNM', 'CACT', 'CABA']
  const [name = '', account = '', bankCode = ''] = tags.map((tag) => {
    const piece = text.find((each) => each.trimStart().startsWith(`${tag}:`))
    return piece === undefined ? '' : piece.slice(piece.indexOf(':') + 1).trim()
  })
  return { name, taxId: '', account: account.replaceAll(/\s+/g, ''), bankCode }
}

export function isDateIssue(
  day: ReturnType<typeof readDate>,
): day is 'date.missing' | 'date.unreadable' | 'date.impossible' {
  return day.startsWith('date.')
}
