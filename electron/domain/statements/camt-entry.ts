// One `Ntry` becomes lines: itself, or the details of a batch when they add up to it exactly.

import type { Place, StatementIssue, StatementLine } from '../../contract/statement.ts'
import type { CamtDetail } from './camt-detail.ts'
import { chargesOf } from './camt-detail.ts'
import type { XmlNode } from './camt-node.ts'
import { amountOf, dayOf, directionOf, firstText, nodeAt, nodesOf, textAt } from './camt-node.ts'

export type CamtKind = 'camt.052' | 'camt.053' | 'camt.054'
export type CamtLine = Omit<StatementLine, 'index'>

export interface EntryFrame {
  kind: CamtKind
  account: string
  currency: string
  /** The statement's own day, for entries that carry none. */
  statementDay: string | null
}

export interface CamtEntry {
  lines: CamtLine[]
  issues: StatementIssue[]
  /** Signed, as booked; null when the amount or the direction could not be read. */
  minor: number | null
}

/** What every line of one entry shares. */
interface EntryBase {
  minor: number
  sign: 1 | -1
  currency: string
  bankDay: string
  valueDay: string | null
  booked: boolean
  reversal: boolean
  reference: string
  /** Where a batch's details are to be found: its payment information id. */
  batch: string
  additional: string
  place: Place
}

/** Lines and issues of a closed `Ntry`; its details were taken out of `node` before. */
export function readEntry(node: XmlNode, place: Place, details: CamtDetail[], frame: EntryFrame): CamtEntry {
  const issues: StatementIssue[] = []
  const note = (
    code: StatementIssue['code'],
    text: string,
    weight: StatementIssue['weight'] = 'problem',
  ): void => {
    issues.push({ place, code, text: text.slice(0, 500), weight })
  }
  const amount = amountOf(nodeAt(node, 'Amt'), frame.currency)
  const sign = directionOf(node)
  if (!amount.ok) note(amount.code, amount.text)
  else if (sign === 0) note('direction.unknown', textAt(node, 'CdtDbtInd'))
  // The schema has no negative amounts; with one, nobody can say which of the two signs is meant.
  else if (amount.minor < 0) note('amount.unreadable', nodeAt(node, 'Amt')?.text ?? '')
  if (!amount.ok || sign === 0 || amount.minor < 0) return { lines: [], issues, minor: null }

  const minor = signed(sign, amount.minor)
  const day = bankDayOf(node, details, frame)
  if (day === null) {
    note('date.missing', textAt(node, 'BookgDt'))
    return { lines: [], issues, minor }
  }
  if (day.derived) note('date.missing', day.day, 'note')
  const base = baseOf(node, place, frame, { minor, sign, currency: amount.currency, bankDay: day.day })
  if (!base.booked && frame.kind !== 'camt.054') note('entry.pending', statusOf(node), 'note')
  return { lines: linesOf(node, base, details, frame, note), issues, minor }
}

type Note = (code: StatementIssue['code'], text: string, weight?: StatementIssue['weight']) => void

function baseOf(
  node: XmlNode,
  place: Place,
  frame: EntryFrame,
  known: Pick<EntryBase, 'minor' | 'sign' | 'currency' | 'bankDay'>,
): EntryBase {
  return {
    ...known,
    place,
    valueDay: dayOf(nodeAt(node, 'ValDt')),
    booked: isBooked(node, frame.kind),
    // The indicator already shows the effect on the account: a reversal is told, its sign is not turned again.
    reversal: /^(true|1)$/.test(textAt(node, 'RvslInd')),
    reference: firstText(node, ['AcctSvcrRef'], ['NtryRef']),
    batch: firstText(node, ['NtryDtls', 'Btch', 'PmtInfId'], ['NtryDtls', 'Btch', 'MsgId']),
    additional: textAt(node, 'AddtlNtryInf'),
  }
}

function statusOf(node: XmlNode): string {
  return firstText(node, ['Sts', 'Cd'], ['Sts', 'Prtry'], ['Sts'])
}

/**
 * Only BOOK is money. A camt.054 repeats, in detail, what the camt.053 of the same account books as one sum
 * (the two are linked by PmtInfId and AcctSvcrRef), so counting both would double it: its lines inform.
 * A camt.053 without any status is a statement of booked entries by its definition, and its balances prove it.
 */
function isBooked(node: XmlNode, kind: CamtKind): boolean {
  const status = statusOf(node)
  if (kind === 'camt.054') return false
  return status === 'BOOK' || (status === '' && kind === 'camt.053')
}

/** The booking day; else the value day, the settlement day of a detail, the statement's own day. */
function bankDayOf(
  node: XmlNode,
  details: CamtDetail[],
  frame: EntryFrame,
): { day: string; derived: boolean } | null {
  const booked = dayOf(nodeAt(node, 'BookgDt'))
  if (booked !== null) return { day: booked, derived: false }
  const day = dayOf(nodeAt(node, 'ValDt')) ?? details[0]?.settledOn ?? frame.statementDay
  return day === null ? null : { day, derived: true }
}

function linesOf(
  node: XmlNode,
  base: EntryBase,
  details: CamtDetail[],
  frame: EntryFrame,
  note: Note,
): CamtLine[] {
  const announced = nodesOf(node, 'NtryDtls').reduce(
    (sum, part) => sum + Number(textAt(part, 'Btch', 'NbOfTxs') || 0),
    0,
  )
  const [first, ...others] = details
  if (!first || others.length === 0) {
    if (announced > 1) note('entry.details', `${String(announced)}/${String(details.length)}`, 'note')
    const line = first ? detailLine(base, first, frame.account) : bareLine(base, base.minor)
    if (first) checkSingle(node, base, first, note)
    // The entry's own bytes, so that the dates and the status are shown with the detail.
    return [{ ...line, amountMinor: base.minor, place: base.place }]
  }
  const minors = signedAmounts(details, base)
  if (minors === null) {
    note('entry.details', `${String(announced || details.length)}/${String(details.length)}`, 'note')
    return [joinedLine(base, details)]
  }
  const rest = base.minor - minors.reduce((sum, minor) => sum + minor, 0)
  const lines = details.map((detail, i) => ({
    ...detailLine(base, detail, frame.account),
    amountMinor: minors[i] ?? 0,
  }))
  if (rest === 0) return lines
  const explained = chargeSums(node, details, base.currency).includes(Math.abs(rest))
  note('entry.sum', String(rest), explained ? 'note' : 'problem')
  return explained ? [...lines, bareLine(base, rest)] : [joinedLine(base, details)]
}

/** A single detail never changes the entry's amount, but a difference that charges do not explain is shown. */
function checkSingle(node: XmlNode, base: EntryBase, detail: CamtDetail, note: Note): void {
  const minors = signedAmounts([detail], base)
  const rest = minors === null ? 0 : base.minor - (minors[0] ?? 0)
  if (rest === 0) return
  const explained = chargeSums(node, [detail], base.currency).includes(Math.abs(rest))
  note('entry.sum', String(rest), explained ? 'note' : 'problem')
}

/**
 * The details' amounts with their signs, null when one has no amount in the entry's currency (zero stands for
 * "not told" where the schema wants an element). Some banks repeat the original order's indicator, so the
 * entry's own sign is tried for all when the details' own do not add up.
 */
function signedAmounts(details: CamtDetail[], base: EntryBase): number[] | null {
  const plain: number[] = []
  for (const detail of details) {
    const minor = detail.amounts
      .map((node) => amountOf(node, base.currency))
      .find((read) => read.ok && read.currency === base.currency && read.minor > 0)
    if (!minor?.ok) return null
    plain.push(minor.minor)
  }
  const own = plain.map((minor, i) => signed(details[i]?.direction || base.sign, minor))
  const asEntry = plain.map((minor) => signed(base.sign, minor))
  const adds = (minors: number[]): boolean => minors.reduce((sum, minor) => sum + minor, 0) === base.minor
  return !adds(own) && adds(asEntry) ? asEntry : own
}

/** The sums that charges of the entry and of its details may make up. */
function chargeSums(node: XmlNode, details: CamtDetail[], currency: string): number[] {
  const sumOf = (charges: XmlNode[]): number =>
    charges.reduce((sum, charge) => {
      const read = amountOf(charge, currency)
      return sum + (read.ok && read.currency === currency ? Math.abs(read.minor) : 0)
    }, 0)
  const entry = sumOf(chargesOf(node))
  const detail = sumOf(details.flatMap((one) => one.charges))
  return [entry, detail, entry + detail]
}

function signed(sign: 1 | -1, minor: number): number {
  return minor === 0 ? 0 : sign * minor
}

const nobody = { name: '', taxId: '', account: '', bankCode: '' }

function bareLine(base: EntryBase, minor: number): CamtLine {
  return {
    bankDay: base.bankDay,
    valueDay: base.valueDay,
    amountMinor: minor,
    currency: base.currency,
    counterparty: { ...nobody },
    purpose: base.additional,
    purposeGlued: null,
    documentNumber: base.batch,
    documentDay: null,
    bankReference: base.reference,
    reversal: base.reversal,
    booked: base.booked,
    place: base.place,
  }
}

function detailLine(base: EntryBase, detail: CamtDetail, account: string): CamtLine {
  const bankReference = detail.bankReference || base.reference || detail.transactionId
  return {
    ...bareLine(base, 0),
    ...purposeOf(detail, base.additional),
    counterparty: counterpartyOf(base, detail, account),
    documentNumber:
      detail.documentNumber ||
      base.batch ||
      (detail.transactionId === bankReference ? '' : detail.transactionId),
    bankReference,
    place: detail.place,
  }
}

/** The entry as one line, with what its details say, for details that cannot be told apart as money. */
function joinedLine(base: EntryBase, details: CamtDetail[]): CamtLine {
  const purposes = details.map((detail) => purposeOf(detail, '').purpose).filter((text) => text !== '')
  const purpose = [base.additional, ...new Set(purposes)].filter((text) => text !== '').join(' ')
  return { ...bareLine(base, base.minor), purpose: purpose.slice(0, 2000) }
}

/**
 * Who stands on the other side: the debtor of what came in, the creditor of what went out. A reversal keeps
 * the parties of the payment it undoes, and some banks name the account's owner there: never our own account.
 */
function counterpartyOf(base: EntryBase, detail: CamtDetail, account: string): CamtLine['counterparty'] {
  const debtorFirst = (base.sign === 1) !== base.reversal
  const [likely, other] = debtorFirst ? [detail.debtor, detail.creditor] : [detail.creditor, detail.debtor]
  const ours = likely.account !== '' && likely.account === account
  const empty = likely.name === '' && likely.account === ''
  const otherIsOurs = other.account !== '' && other.account === account
  return (ours || empty) && !otherIsOurs && (other.name !== '' || other.account !== '') ? other : likely
}

/** A full `Ustrd` (140 characters) was cut by the bank, perhaps inside a number; any other ends a phrase. */
function purposeOf(detail: CamtDetail, entryInfo: string): Pick<CamtLine, 'purpose' | 'purposeGlued'> {
  let text = ''
  let glued = ''
  let full = true
  for (const raw of detail.unstructured) {
    if (raw.trim() === '' || /^\s*NOTPROVIDED\s*$/i.test(raw)) continue
    // Line breaks inside the element are the writer's indentation.
    const whole = raw.length >= 140 ? raw : raw.trim()
    const part = /[\r\n]/.test(whole)
      ? whole
          .split(/[\r\n]+/)
          .map((one) => one.trim())
          .join(' ')
      : whole
    text += full || text === '' ? part : ` ${part}`
    glued += part
    full = raw.length >= 140
  }
  text = text.trim()
  glued = glued.trim()
  for (const extra of [...detail.structured, detail.additional, entryInfo]) {
    if (extra === '' || text.includes(extra)) continue
    text += text === '' ? extra : ` ${extra}`
    glued += extra
  }
  return { purpose: text, purposeGlued: glued === text ? null : glued }
}
