// From a selection to a plan: who will be changed, how, who is refused and why. Pure; nothing is sent from here.

import type { PlanItem, PlanRefusal, PlanWarning } from '../../contract/operation.ts'
import type { PaymentRow } from '../../contract/payment.ts'
import type { FrozenItem, Intent, Step } from './intent.ts'

export type Selected = PaymentRow & { receipts: boolean; isReturn: boolean }

/** The bank document of the line that completed the sum (money rule 9). */
export interface BankDetails {
  documentNumber: string
  documentDay: string
  bankDay: string
}

export interface PlanBasis {
  portalId: string
  /** Payments that a job is changing, or whose outcome nobody knows yet. */
  busy: ReadonlySet<number>
  administrator: boolean
  writeDetails: boolean
  /** The bank details per payment; absent for payments without an accepted line. */
  details: ReadonlyMap<number, BankDetails>
  /** 12:00 of a bank day with the portal's offset (money rule 8). */
  noon(day: string): string
}

/** A plan of paying or unpaying; order of the selection is kept. */
export function planStatus(
  kind: 'pay' | 'unpay',
  selected: readonly Selected[],
  basis: PlanBasis,
): FrozenItem[] {
  return selected.map((row, seq) => {
    const wantPaid = kind === 'pay'
    const refusal = refusalOf(row, wantPaid, basis)
    const details =
      wantPaid && basis.writeDetails && basis.administrator ? basis.details.get(row.id) : undefined
    const fields = details ? detailFields(details, basis) : {}
    const fieldsBefore = details ? fieldsNow(row) : {}
    const steps: Step[] = details ? ['status', 'details'] : ['status']
    const item = itemOf(row, seq, refusal, refusal ? [] : warningsOf(row, wantPaid, basis), {
      paidAfter: wantPaid,
      changes: [
        { field: 'paid', before: flag(row.paid), after: flag(wantPaid) },
        ...Object.entries(fields).map(([field, after]) => ({
          field,
          before: fieldsBefore[field] ?? '',
          after,
        })),
      ],
    })
    return { item, intent: { steps, wantPaid, seen: seenOf(row), fields, fieldsBefore, mustShow: null } }
  })
}

function refusalOf(row: Selected, wantPaid: boolean, basis: PlanBasis): PlanRefusal | null {
  if (row.portalId !== basis.portalId) return 'otherPortal'
  if (row.gone) return 'gone'
  if (basis.busy.has(row.id)) return 'runningElsewhere'
  if (row.paid === wantPaid) return 'alreadySo'
  if (wantPaid && row.isReturn) return 'returned'
  return null
}

function warningsOf(row: Selected, wantPaid: boolean, basis: PlanBasis): PlanWarning[] {
  const warnings: PlanWarning[] = ['automations']
  if (row.receipts) warnings.push('receipts')
  if (wantPaid) {
    if (row.matchedMinor === 0) warnings.push('paidWithoutMatch')
    else if (basis.writeDetails && !basis.administrator) warnings.push('detailsNotPossible')
    return warnings
  }
  if (row.matchedMinor !== 0) warnings.push('withMatch')
  warnings.push('undoIncomplete')
  return warnings
}

/** Voucher number and date of the bank document, and the bank day as the date of payment, as they go on the wire. */
export function detailFields(details: BankDetails, basis: Pick<PlanBasis, 'noon'>): Record<string, string> {
  return {
    ...(details.documentNumber === '' ? {} : { payVoucherNum: details.documentNumber }),
    payVoucherDate: basis.noon(details.documentDay),
    datePaid: basis.noon(details.bankDay),
  }
}

function fieldsNow(row: Selected): Record<string, string> {
  return {
    payVoucherNum: row.voucherNumber,
    payVoucherDate: row.voucherDay ?? '',
    datePaid: row.paidAt ?? '',
  }
}

export function seenOf(row: PaymentRow): Intent['seen'] {
  return { paid: row.paid, sumMinor: row.sumMinor, currency: row.currency, accountNumber: row.accountNumber }
}

export function flag(value: boolean): string {
  return value ? 'Y' : 'N'
}

export function itemOf(
  row: PaymentRow,
  seq: number,
  refusal: PlanRefusal | null,
  warnings: PlanWarning[],
  change: Pick<PlanItem, 'paidAfter' | 'changes'>,
): PlanItem {
  return {
    seq,
    paymentId: row.id,
    accountNumber: row.accountNumber,
    payerName: row.payer?.name ?? '',
    sumMinor: row.sumMinor,
    currency: row.currency,
    paidNow: row.paid,
    refusal,
    warnings,
    ...change,
  }
}

/** The bank details of a payment: those of the line that completed its sum, else of the last one (money rule 9). */
export function detailsOf(
  sumMinor: number,
  parts: readonly {
    amountMinor: number
    documentNumber: string
    documentDay: string | null
    bankDay: string
  }[],
): BankDetails | undefined {
  let received = 0
  let chosen: (typeof parts)[number] | undefined
  for (const part of parts.toSorted((a, b) =>
    a.bankDay === b.bankDay ? 0 : a.bankDay < b.bankDay ? -1 : 1,
  )) {
    if (part.amountMinor <= 0) continue
    received += part.amountMinor
    chosen = part
    if (received >= sumMinor) break
  }
  return (
    chosen && {
      documentNumber: chosen.documentNumber,
      documentDay: chosen.documentDay ?? chosen.bankDay,
      bankDay: chosen.bankDay,
    }
  )
}
