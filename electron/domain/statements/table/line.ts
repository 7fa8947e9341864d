// One row of a table as a statement's line, once its day and its sum are known.

import type { ColumnMapping } from '../../../contract/statement-file.ts'
import type { Counterparty, Place, StatementLine } from '../../../contract/statement.ts'
import { plainCell } from './cells.ts'
import { readDate } from './dates.ts'
import type { ColumnRole } from './headers.ts'
import { bankCodeInCell, partyInCell, roleOf } from './parties.ts'

/** What is known of a line before its texts are read. */
export interface LineFacts {
  bankDay: string
  account: string
  currency: string
  amountMinor: number
  booked: boolean
  /** Text beyond the header's last column, '' where there is none. */
  extra: string
}

export type LineOfRow = (
  row: { cells: string[]; place: Place },
  facts: LineFacts,
) => Omit<StatementLine, 'index'>

type Mapping = Pick<ColumnMapping, 'columns' | 'dateOrder'>

export function createLineOfRow({ columns, dateOrder }: Mapping): LineOfRow {
  const sided = Object.keys(columns).some((role) => /^paye[re]/.test(role))
  return ({ cells, place }, { bankDay, account, currency, amountMinor, booked, extra }) => {
    const cell = (role: ColumnRole): string => {
      const at = columns[role]
      return at === undefined ? '' : plainCell(cells[at] ?? '')
    }
    const valueDay = readDate(cell('valueDay'), dateOrder)
    const counterparty = {
      name: cell('counterpartyName'),
      taxId: cell('counterpartyTaxId'),
      account: cell('counterpartyAccount').replace(/\s/g, ''),
      bankCode: bankCodeInCell(cell('counterpartyBankCode')),
    }
    if (sided) fillFromSide(counterparty, cell, amountMinor)
    if (counterparty.account === account) counterparty.account = ''
    return {
      bankDay,
      valueDay: valueDay.ok ? valueDay.day : null,
      amountMinor,
      currency,
      counterparty,
      ...purposeOf(`${cell('purpose')} ${extra}`.trim()),
      documentNumber: provided(cell('documentNumber')),
      documentDay: null,
      bankReference: provided(cell('bankReference')),
      reversal: false,
      booked,
      place,
    }
  }
}

/** The other side is the payee of what went out and the payer of what came in. */
function fillFromSide(
  counterparty: Counterparty,
  cell: (role: ColumnRole) => string,
  amountMinor: number,
): void {
  const party = amountMinor < 0 ? 'payee' : 'payer'
  const whole = partyInCell(cell(roleOf(party, 'Account')))
  counterparty.name ||= cell(roleOf(party, 'Name')) || whole.name
  counterparty.taxId ||= cell(roleOf(party, 'TaxId')) || whole.taxId
  counterparty.account ||= whole.account
  counterparty.bankCode ||= bankCodeInCell(cell(roleOf(party, 'BankCode')))
}

/** On which side of a row the account stands: -1 as the payer's, 1 as the payee's, 0 on neither or both. */
export function sideOf(cells: readonly string[], columns: Mapping['columns'], account: string): -1 | 0 | 1 {
  const { payerAccount, payeeAccount } = columns
  if (account === '' || payerAccount === undefined || payeeAccount === undefined) return 0
  const payer = partyInCell(plainCell(cells[payerAccount] ?? '')).account === account
  const payee = partyInCell(plainCell(cells[payeeAccount] ?? '')).account === account
  return payer === payee ? 0 : payer ? -1 : 1
}

/** SEPA exports carry the word for "none" into their reference columns. */
function provided(reference: string): string {
  return /^not ?provided$/i.test(reference) ? '' : reference
}

/** Line breaks inside a cell are read as blanks; numbers are sought across them too. */
function purposeOf(cell: string): Pick<StatementLine, 'purpose' | 'purposeGlued'> {
  if (!cell.includes('\n') && !cell.includes('\r')) return { purpose: cell, purposeGlued: null }
  const parts = cell.split(/[\r\n]+/)
  const purpose = parts.map((part) => part.trim()).join(' ')
  const glued = parts.join('')
  return { purpose, purposeGlued: glued === purpose ? null : glued }
}
