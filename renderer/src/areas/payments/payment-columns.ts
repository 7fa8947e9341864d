// The columns of the payments grid, and the rows of sums that stand below it.

import type { PaymentColumn, PaymentRow, PaymentTotals } from '../../../../electron/contract/payment.ts'
import type { Format } from '../../text/format.ts'
import type { Text } from '../../text/language.ts'
import type { GridColumn } from '../../grid/columns.ts'
import { localDay } from '../operations/days.ts'
import { standingTones } from '../../ui/tones.ts'

/** A pinned row: the sum of one currency, of the filter or of the selection. */
export interface SumRow {
  sumOf: 'filter' | 'selection'
  words: string
  minor: number
  currency: string
}
export type GridRow = PaymentRow | SumRow

export function isSumRow(row: GridRow): row is SumRow {
  return 'sumOf' in row
}

export function gridRowId(row: GridRow): string {
  return isSumRow(row) ? `${row.sumOf}-${row.currency}` : String(row.id)
}

/** Mirrors the contract's list, which may be imported as a type only; a missing name does not compile. */
const ids: Record<PaymentColumn, true> = {
  accountNumber: true,
  owner: true,
  order: true,
  payer: true,
  taxId: true,
  sum: true,
  currency: true,
  paid: true,
  paidAt: true,
  billDay: true,
  paySystem: true,
  matched: true,
  bankDay: true,
  documentNumber: true,
  voucher: true,
  ownCompany: true,
  standing: true,
  id: true,
}
export const paymentColumnIds = Object.keys(ids) as readonly PaymentColumn[]

type Shape = Omit<GridColumn<GridRow>, 'id' | 'header' | 'value' | 'badge'>
const shapes: Record<PaymentColumn, Shape> = {
  accountNumber: { width: 100, opens: true, pinned: 'left' },
  owner: { flex: 2, minWidth: 110 },
  order: { width: 90, hidden: true },
  payer: { flex: 3, minWidth: 150 },
  taxId: { width: 130, hidden: true },
  sum: { width: 138, align: 'right' },
  currency: { width: 70 },
  paid: { width: 104 },
  paidAt: { width: 150, hidden: true },
  billDay: { width: 110, hidden: true },
  paySystem: { width: 170, hidden: true },
  matched: { width: 130, align: 'right', hidden: true },
  bankDay: { width: 132 },
  documentNumber: { width: 130, hidden: true },
  voucher: { width: 150, hidden: true },
  ownCompany: { width: 170, hidden: true },
  standing: { width: 180 },
  id: { width: 90, align: 'right', hidden: true },
}

/** All columns in the language and formats of the moment. */
export function paymentColumns(t: Text['t'], format: Format): GridColumn<GridRow>[] {
  const cells = paymentCells(t, format)
  return paymentColumnIds.map((id) => ({
    ...shapes[id],
    id,
    header: t(`payments.columns.${id}`),
    sortable: true,
    value: (row: GridRow) => (isSumRow(row) ? sumCell(row, id, format) : cells[id](row)),
    ...(id === 'standing' && {
      badge: (row: GridRow) => (isSumRow(row) ? null : standingTones[row.standing]),
    }),
  }))
}

function sumCell(row: SumRow, id: PaymentColumn, format: Format): string {
  if (id === 'payer') return row.words
  if (id === 'sum') return format.amount(row.minor, row.currency)
  return id === 'currency' ? row.currency : ''
}

function paymentCells(t: Text['t'], format: Format): Record<PaymentColumn, (row: PaymentRow) => string> {
  return {
    accountNumber: (row) =>
      row.gone ? `${row.accountNumber} · ${t('payments.grid.gone')}` : row.accountNumber,
    owner: ({ owner, orderNumber }) => owner?.title || orderNumber,
    order: (row) => row.orderNumber,
    payer: (row) => row.payer?.name ?? '',
    taxId: (row) => row.payer?.taxId ?? '',
    sum: (row) => format.amount(row.sumMinor, row.currency),
    currency: (row) => row.currency,
    paid: (row) =>
      row.paid ? format.day(row.paidAt && localDay(new Date(row.paidAt))) || t('payments.grid.yes') : '—',
    paidAt: (row) => (row.paid ? format.moment(row.paidAt) : ''),
    billDay: (row) => format.day(row.billDay),
    paySystem: (row) => row.paySystemName,
    matched: (row) => (row.matchedMinor === 0 ? '' : format.amount(row.matchedMinor, row.currency)),
    bankDay: (row) => bankCell(row, t, format),
    documentNumber: (row) => row.documentNumber,
    voucher: (row) => [row.voucherNumber, format.day(row.voucherDay)].filter(Boolean).join(' · '),
    ownCompany: (row) => row.ownCompanyName,
    standing: (row) => t(`ui.standing.${row.standing}`),
    id: (row) => String(row.id),
  }
}

function bankCell(row: PaymentRow, t: Text['t'], format: Format): string {
  if (row.bankDay === null) return t('payments.grid.nothing')
  const day = format.shortDay(row.bankDay)
  return row.documentNumber ? t('payments.grid.document', { day, number: row.documentNumber }) : day
}

/** One pinned row per currency; the first one also says how many payments they are. */
export function sumRows(of: SumRow['sumOf'], totals: PaymentTotals | null, t: Text['t']): SumRow[] {
  const words = t(
    of === 'filter' ? 'payments.grid.ofFilter' : 'payments.grid.ofSelection',
    {},
    totals?.count ?? 0,
  )
  return (totals?.sums ?? []).map(({ minor, currency }, index) => ({
    sumOf: of,
    words: index === 0 ? words : '',
    minor,
    currency,
  }))
}
