// Which column holds what: by the words of the titles and by what the cells below them allow; without titles by the
// cells alone.

import { plainCell } from './cells.ts'
import { currencyOfCell } from './currencies.ts'
import { findDateOrder } from './dates.ts'
import type { ColumnRole } from './headers.ts'
import {
  accountCurrency,
  accountSum,
  headerText,
  ownAccountTitles,
  paymentRolesOf,
  rolesOf,
} from './headers.ts'
import { detailsOf, partyInCell, partyOf, roleOf } from './parties.ts'
import { creditWords, debitWords } from './words.ts'

export type Columns = Partial<Record<ColumnRole, number>>

interface Candidate {
  column: number
  role: ColumnRole
  rank: number
}

export function cellsOf(data: readonly string[][], column: number): string[] {
  return data.map((row) => plainCell(row[column] ?? ''))
}

/** One column per role and one role per column, the strongest claims first. `own` is the account known already, or ''. */
export function namedColumns(titles: readonly string[], data: string[][], own: string): Columns {
  const parties = partyCandidates(titles, data)
  const paired = ['payer', 'payee'].every((party) => parties.some(({ role }) => role.startsWith(party)))
  const taken = new Set<number>()
  const candidates = paired ? [...parties] : []
  const payment = paymentRolesOf(titles)
  for (const [column, title] of titles.entries()) {
    if (paired && parties.some((one) => one.column === column)) continue
    const cells = cellsOf(data, column)
    const told = payment.get(column)
    for (const { role, weight } of told ? [told] : rolesOf(title)) {
      const fit = fitOf(role, cells)
      if (fit !== null) candidates.push({ column, role, rank: weight + fit - column / 1000 })
    }
  }
  candidates.sort((a, b) => b.rank - a.rank)
  const columns: Columns = {}
  for (const { column, role } of candidates) {
    if (columns[role] !== undefined || taken.has(column)) continue
    columns[role] = column
    taken.add(column)
  }
  // Of two columns of accounts the one whose words do not say whose it is holds the other side's.
  const second = candidates.find(
    ({ role, column, rank }) => role === 'account' && rank < vague && !taken.has(column),
  )
  if (second && columns.account !== undefined && !paired) columns.counterpartyAccount ??= second.column
  const summed = withOneSum(columns, data)
  const told = ownAccountTitles.test(headerText(titles[columns.account ?? -1] ?? ''))
  return told ? withCurrencyOf(summed, titles) : withOwnAccount(withCurrencyOf(summed, titles), data, own)
}

function partyCandidates(titles: readonly string[], data: string[][]): Candidate[] {
  return titles.flatMap((title, column) => {
    const text = headerText(title)
    const party = partyOf(text)
    if (party === null || text.length > 80) return []
    const cells = cellsOf(data, column)
    return detailsOf(text).flatMap((detail, at) => {
      const role = roleOf(party, detail)
      const fit = fitOf(role, cells)
      return fit === null ? [] : [{ column, role, rank: 9 - at * 3 + fit - column / 1000 }]
    })
  })
}

const accountShape = /^(?=.*\d)[A-Z\d][A-Z\d ./-]{3,41}$/i
/** A title that says whose account it is outranks this. */
const vague = 8.5
/** What an empty column loses: it is taken only where no other has words for the role. */
const empty = -6

/**
 * How the cells below support a role: null refuses it, 0 to 2 adds to the words' weight. Names, numbers
 * and accounts of the other side vary, those of the account's owner repeat: more distinct cells win.
 */
function fitOf(role: ColumnRole, cells: string[]): number | null {
  const full = cells.filter((cell) => cell !== '')
  if (full.length === 0) return cells.length === 0 ? 0 : empty
  const share = (test: (cell: string) => boolean): number => full.filter(test).length / full.length
  const filled = full.length / cells.length
  const varied = new Set(full).size / full.length + filled
  switch (role) {
    case 'bankDay':
    case 'valueDay':
      // Totals and remarks may outnumber the lines of a short statement: one date is enough.
      return full.some((cell) => findDateOrder([cell]) !== null) ? filled : null
    case 'amount':
    case 'credit':
    case 'debit':
    case 'balance':
      return share((cell) => /\d/.test(cell)) < 0.5 || share(isDay) > 0.5 ? null : filled
    case 'counterpartyName':
    case 'payerName':
    case 'payeeName':
      return share((cell) => /^[A-Z]{2}\d{2}[A-Z\d ]{8,}$|^[\d -]{9,}$|^NAID-/.test(cell)) > 0.5
        ? null
        : varied
    case 'payerAccount':
    case 'payeeAccount':
      return share((cell) => accountShape.test(partyInCell(cell).account)) < 0.5 ? null : varied
    case 'counterpartyAccount':
    case 'account':
      return share((cell) => accountShape.test(cell)) < 0.5 ? null : varied
    case 'currency':
      return share((cell) => currencyOfCell(cell) !== '') < 0.8 ? null : 1
    case 'direction':
      return share(isDirection) < 0.8 ? null : 1
    case 'purpose':
      return share(isDirection) > 0.8 ? null : varied
    default:
      return varied
  }
}

function isDay(cell: string): boolean {
  return findDateOrder([cell]) !== null
}

function isDirection(cell: string): boolean {
  const word = cell.toLowerCase()
  return creditWords.includes(word) || debitWords.includes(word)
}

/** Of a signed sum and a pair of columns one is enough: the sum when its cells carry signs, else the pair. */
function withOneSum(columns: Columns, data: string[][]): Columns {
  const { amount, credit, debit, direction, ...others } = columns
  if (credit === undefined || debit === undefined) {
    const single = amount ?? credit ?? debit
    if (single === undefined) return others
    return direction === undefined ? { ...others, amount: single } : { ...others, amount: single, direction }
  }
  const sums = amount === undefined ? [] : cellsOf(data, amount).filter((cell) => cell !== '')
  const halves = [credit, debit].flatMap((column) => cellsOf(data, column)).filter((cell) => cell !== '')
  // Some tables fill the one sum for a few rows only and the pair for the others.
  const signed = sums.some((cell) => /^[-\u2212(]|-$/.test(cell)) && sums.length * 2 > halves.length
  return signed && amount !== undefined ? { ...others, amount } : { ...others, credit, debit }
}

/** Beside a sum in the account's currency the currency of a purchase says nothing of it. */
function withCurrencyOf(columns: Columns, titles: readonly string[]): Columns {
  const { currency, ...others } = columns
  if (currency === undefined || columns.amount === undefined) return columns
  const converted = accountSum.test(headerText(titles[columns.amount] ?? ''))
  return converted && !accountCurrency.test(headerText(titles[currency] ?? '')) ? others : columns
}

/**
 * A bare "account" column is ours when it holds the account named above the header, or else repeats one number,
 * or when another column is the counterparty's. A single line repeats nothing: then ours stands left of its day.
 */
function withOwnAccount(columns: Columns, data: string[][], own: string): Columns {
  const { account, ...others } = columns
  const sided = columns.payerAccount !== undefined && columns.payeeAccount !== undefined
  if (account === undefined || others.counterpartyAccount !== undefined || sided) return columns
  const { bankDay } = columns
  const dated = bankDay === undefined ? data : data.filter((row) => isDay(plainCell(row[bankDay] ?? '')))
  const cells = cellsOf(dated, account).map((cell) => cell.replace(/\s/g, ''))
  const expected = own === '' ? cells[0] : own
  const same = cells.length > 0 && cells.every((cell) => cell !== '' && cell === expected)
  const ours = same && (cells.length > 1 || own !== '' || account < (bankDay ?? 0))
  return ours ? columns : { ...others, counterpartyAccount: account }
}
