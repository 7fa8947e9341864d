// One `Ntry` becomes lines: itself, or the details of a batch when they add up to it exactly.

import type { Place, StatementIssue, StatementLine } from '../../../contract/statement.ts'
import type { CamtBatch } from './batch.ts'
import { batchLink, batchOf } from './batch.ts'
import type { CamtCharges } from './charges.ts'
import { chargesOf, explains, joined } from './charges.ts'
import type { CamtDetail } from './detail.ts'
import type { DetailList } from './details.ts'
import type { XmlNode } from './node.ts'
import { amountOf, dayOf, directionOf, nodeAt, textAt } from './node.ts'
import { lineOf, purposeWith } from './purpose.ts'

export type CamtKind = 'camt.052' | 'camt.053' | 'camt.054'
export type CamtLine = Omit<StatementLine, 'index'>

export interface EntryFrame {
  kind: CamtKind
  account: string
  currency: string
  /** The statement's own day, for entries that carry none. */
  statementDay: string | null
}

/** Takes what an entry gives, in the file's order. */
export interface EntrySink {
  line(line: CamtLine): void
  issue(issue: StatementIssue): void
}

type Note = (code: StatementIssue['code'], text: string, weight?: StatementIssue['weight']) => void

/** An entry as its own elements tell it, and what every line of it starts from. */
interface Entry {
  node: XmlNode
  minor: number
  sign: 1 | -1
  charges: CamtCharges
  batch: CamtBatch
  /** The account's own number: never the counterparty's. */
  account: string
  isNotification: boolean
  line: CamtLine
  note: Note
  out: EntrySink
}

/** What the entry's own amount is in, and the sign of its charges where they carry none. */
export function entryTerms(node: XmlNode, fallback: string): { currency: string; chargeSign: 1 | -1 } {
  const amount = amountOf(nodeAt(node, 'Amt'), fallback)
  const givenBack = isReversal(node) && directionOf(node) === 1
  return { currency: amount.ok ? amount.currency : fallback, chargeSign: givenBack ? 1 : -1 }
}

/**
 * Tells lines and issues of a closed `Ntry`, whose details were taken out of `node` before. Answers its amount,
 * signed as booked; null when that or the direction could not be read.
 */
export function readEntry(
  node: XmlNode,
  place: Place,
  details: DetailList,
  frame: EntryFrame,
  out: EntrySink,
): number | null {
  const note: Note = (code, text, weight = 'problem') => {
    out.issue({ place, code, text: text.slice(0, 500), weight })
  }
  const amount = amountOf(nodeAt(node, 'Amt'), frame.currency)
  const sign = directionOf(node)
  if (!amount.ok) note(amount.code, amount.text)
  else if (sign === 0) note('direction.unknown', textAt(node, 'CdtDbtInd'))
  // The schema has no negative amounts; with one, nobody can say which of the two signs is meant.
  else if (amount.minor < 0) note('amount.unreadable', nodeAt(node, 'Amt')?.text ?? '')
  if (!amount.ok || sign === 0 || amount.minor < 0) return null

  const minor = amount.minor === 0 ? 0 : sign * amount.minor
  const day = bankDayOf(node, details, frame)
  if (day === null) {
    note('date.missing', textAt(node, 'BookgDt'))
    return minor
  }
  if (day.derived) note('date.missing', day.day, 'note')
  const batch = batchOf(node)
  const isNotification = frame.kind === 'camt.054'
  const line: CamtLine = {
    bankDay: day.day,
    valueDay: dayOf(nodeAt(node, 'ValDt')),
    amountMinor: minor,
    currency: amount.currency,
    counterparty: { name: '', taxId: '', account: '', bankCode: '' },
    purpose: lineOf(textAt(node, 'AddtlNtryInf')),
    purposeGlued: null,
    documentNumber: batch.paymentIds[0] ?? batch.messageIds[0] ?? '',
    documentDay: null,
    bankReference: textAt(node, 'AcctSvcrRef') || textAt(node, 'NtryRef'),
    // The indicator already shows the effect on the account: a reversal is told, its sign is not turned again.
    reversal: isReversal(node),
    booked: isBooked(node, frame.kind),
    place,
    ...(isNotification && batchLink('detail', node, batch)),
  }
  if (!line.booked && !isNotification) note('entry.pending', statusOf(node), 'note')
  const charges = chargesOf(node, amount.currency, entryTerms(node, frame.currency).chargeSign)
  const { account } = frame
  tellLines({ node, minor, sign, charges, batch, account, isNotification, line, note, out }, details)
  return minor
}

function statusOf(node: XmlNode): string {
  const status = nodeAt(node, 'Sts')
  return textAt(status, 'Cd') || textAt(status, 'Prtry') || (status?.text.trim() ?? '')
}

function isReversal(node: XmlNode): boolean {
  return /^(true|1)$/.test(textAt(node, 'RvslInd'))
}

/**
 * Only BOOK is money. A camt.054 repeats, in detail, what the camt.053 of the same account books as one sum
 * (the two are linked by PmtInfId and AcctSvcrRef), so counting both would double it: its lines inform.
 * A camt.053 without any status is a statement of booked entries by its definition, and its balances prove it.
 * A camt.052 entry with BOOK is as final as in the camt.053 that repeats it the next day; the repetition is a
 * duplicate, which is recognised as one.
 */
function isBooked(node: XmlNode, kind: CamtKind): boolean {
  if (kind === 'camt.054') return false
  const status = statusOf(node)
  return status === 'BOOK' || (status === '' && kind === 'camt.053')
}

/** The booking day; else the value day, the settlement day of a detail, the statement's own day. */
function bankDayOf(
  node: XmlNode,
  details: DetailList,
  frame: EntryFrame,
): { day: string; derived: boolean } | null {
  const booked = dayOf(nodeAt(node, 'BookgDt'))
  if (booked !== null) return { day: booked, derived: false }
  const day = dayOf(nodeAt(node, 'ValDt')) ?? details.firstSettled ?? frame.statementDay
  return day === null ? null : { day, derived: true }
}

/** The parts of an entry's sum that its details make, and what is left of it. */
interface Parts {
  asEntry: boolean
  rest: number
  /** Whether charges make up the rest. */
  charged: boolean
}

/**
 * Some banks repeat the original order's indicator in the details, so the entry's own sign is tried for all when
 * the details' own do not add up.
 */
function partsOf(entry: Entry, details: DetailList): Parts {
  const [own, turned] = [false, true].map((asEntry): Parts => {
    const rest = entry.minor - details.sum(entry.sign, asEntry)
    return { asEntry, rest, charged: rest !== 0 && explains(rest, entry.charges, details.chargesMinor) }
  }) as [Parts, Parts]
  for (const parts of [own, turned]) if (parts.rest === 0) return parts
  return own.charged || !turned.charged ? own : turned
}

function tellLines(entry: Entry, details: DetailList): void {
  const { announced, told } = entry.batch
  const listed = details.count
  const parts = details.complete && listed > 0 ? partsOf(entry, details) : null
  const fits = parts?.rest === 0 && listed > 1
  const untold = listed === 0 ? told : announced > listed
  if (untold && announced > listed)
    entry.note('entry.details', `${String(announced)}/${String(listed)}`, 'note')
  if (listed === 0) entry.out.line(untold ? whole(entry, entry.line) : entry.line)
  else if (untold && !fits) tellUntold(entry, details, parts)
  else if (listed === 1) tellSingle(entry, details, parts)
  else tellMany(entry, details, parts)
}

/** Fewer payments are told than announced: the sum stays one line, and the payments stand in a camt.054. */
function tellUntold(entry: Entry, details: DetailList, parts: Parts | null): void {
  const [only] = details.each()
  const describes = details.count === 1 && only && (parts === null || parts.rest === 0)
  const line = describes
    ? { ...detailLine(entry, only), place: entry.line.place }
    : joinedLine(entry, details)
  entry.out.line(whole(entry, { ...line, amountMinor: entry.minor }))
}

/**
 * One detail never changes the entry's amount: it may tell the amount in another currency, or before charges.
 * Charges that make up the whole difference become a line of their own; any other difference is shown.
 */
function tellSingle(entry: Entry, details: DetailList, parts: Parts | null): void {
  const [only] = details.each()
  if (!only) return
  // The entry's own bytes, so that the dates and the status are shown with the detail.
  const line = { ...detailLine(entry, only), place: entry.line.place }
  if (parts?.charged) {
    entry.out.line({ ...line, amountMinor: entry.minor - parts.rest })
    entry.out.line(chargeLine(entry, details, parts.rest))
    return
  }
  if (parts && parts.rest !== 0) entry.note('entry.sum', String(parts.rest))
  entry.out.line({ ...line, amountMinor: entry.minor })
}

function tellMany(entry: Entry, details: DetailList, parts: Parts | null): void {
  if (parts === null) {
    entry.note('entry.details', `${String(details.count)}/${String(details.count)}`, 'note')
    entry.out.line(whole(entry, joinedLine(entry, details)))
    return
  }
  if (parts.rest !== 0 && !parts.charged) {
    entry.note('entry.sum', String(parts.rest))
    entry.out.line(joinedLine(entry, details))
    return
  }
  for (const detail of details.each()) {
    const sign = parts.asEntry ? entry.sign : detail.direction || entry.sign
    entry.out.line({ ...detailLine(entry, detail), amountMinor: sign * (detail.minor ?? 0) })
  }
  if (parts.charged) entry.out.line(chargeLine(entry, details, parts.rest))
}

/** A booked sum whose payments are told elsewhere. */
function whole(entry: Entry, line: CamtLine): CamtLine {
  return line.booked ? { ...line, ...batchLink('whole', entry.node, entry.batch) } : line
}

/** What was booked beside the payments; in the file's words, whatever they are. */
function chargeLine(entry: Entry, details: DetailList, rest: number): CamtLine {
  const purpose = joined([entry.charges.text, details.chargesText, entry.line.purpose])
  return { ...entry.line, amountMinor: rest, purpose }
}

function detailLine(entry: Entry, detail: CamtDetail): CamtLine {
  const { line } = entry
  const bankReference = detail.bankReference || line.bankReference || detail.transactionId
  return {
    ...line,
    ...purposeWith(detail, line.purpose),
    counterparty: counterpartyOf(entry, detail),
    documentNumber:
      detail.documentNumber ||
      line.documentNumber ||
      (detail.transactionId === bankReference ? '' : detail.transactionId),
    bankReference,
    place: detail.place,
  }
}

/** The entry as one line, with what its details say, for details that cannot be told apart as money. */
function joinedLine(entry: Entry, details: DetailList): CamtLine {
  const purposes = new Set([entry.line.purpose])
  let length = 0
  for (const { purpose } of details.each()) {
    if (length > 2000) break
    if (purposes.has(purpose)) continue
    purposes.add(purpose)
    length += purpose.length
  }
  return { ...entry.line, purpose: joined([...purposes]).slice(0, 2000) }
}

/**
 * Who stands on the other side: the debtor of what came in, the creditor of what went out. A reversal keeps
 * the parties of the payment it undoes, and some banks name the account's owner there: never our own account.
 */
function counterpartyOf({ sign, line, account }: Entry, detail: CamtDetail): CamtLine['counterparty'] {
  const debtorFirst = (sign === 1) !== line.reversal
  const [likely, other] = debtorFirst ? [detail.debtor, detail.creditor] : [detail.creditor, detail.debtor]
  const ours = likely.account !== '' && likely.account === account
  const empty = likely.name === '' && likely.account === ''
  const otherIsOurs = other.account !== '' && other.account === account
  return (ours || empty) && !otherIsOurs && (other.name !== '' || other.account !== '') ? other : likely
}
