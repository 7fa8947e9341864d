// Plans of one item: editing fields and deleting (money rules 13 and 15).

import { Refusal } from '../../contract/fault.ts'
import { formatDecimal, parseDecimal } from '../../contract/money.ts'
import type { Currency } from '../../contract/money.ts'
import type { OperationPlan, PlanRequest, PlanWarning } from '../../contract/operation.ts'
import type { PaymentRow } from '../../contract/payment.ts'
import type { PlanRefusal } from '../../contract/operation.ts'
import { itemOf, seenOf } from '../../domain/payments/plan.ts'
import type { CommandContext } from '../handlers/context.ts'
import { fieldText } from '../jobs/kinds/apply/field-values.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'
import { hasAbility } from '../portals.ts'
import { ask } from '../portal/methods/reading.ts'
import { payment as fullPayment } from '../portal/methods/sale-payments.ts'
import { momentOf, noonOf } from '../portal/zone.ts'
import { freeze } from './freeze.ts'
import { plannablePortal, zoneOf } from './plannable.ts'

const integrationFields = [
  'psStatus',
  'psStatusCode',
  'psStatusDescription',
  'psStatusMessage',
  'psSum',
  'psCurrency',
  'psResponseDate',
  'psInvoiceId',
  'xmlId',
  'id1c',
  'version1c',
  'updated1c',
  'externalPayment',
]
const momentFields = [
  'datePaid',
  'psResponseDate',
  'payVoucherDate',
  'datePayBefore',
  'dateBill',
  'payReturnDate',
]
const numberTypedFields = ['sum', 'paySystemId']
const flagFields = ['psStatus', 'isReturn', 'updated1c', 'marked']
/** By their page, flags are yes or no; only the payment system's own may be neither. */
const neverEmpty = [...numberTypedFields, 'isReturn', 'updated1c', 'marked', 'externalPayment']

type EditRequest = Extract<PlanRequest, { kind: 'edit' }>
type DeleteRequest = Extract<PlanRequest, { kind: 'delete' }>

/**
 * A plan that writes some fields of one payment. The payment is read now, so that the form's values are the
 * portal's. Refuses `plan.numberTyped`, `plan.field` for a value that the field cannot take, `rest.noRights` without
 * an administrator.
 */
export async function planEdit(context: CommandContext, request: EditRequest): Promise<OperationPlan> {
  const portal = await plannablePortal(context, request.portalId)
  if (!hasAbility(portal.portal, 'write.details')) throw new Refusal({ code: 'rest.noRights' })
  const row = await rowOf(context, request)
  const client = await context.portals.client(request.portalId)
  const now = await ask(client, fullPayment(request.paymentId), { signal: context.signal, urgent: true })
  const asked = Object.entries(request.fields).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  if (asked.some(([field]) => numberTypedFields.includes(field))) demandNumber(row, request.typedNumber)
  const fields = Object.fromEntries(
    asked
      .map(([field, value]) => [field, wireValue(field, value.trim(), portal, now.currency)] as const)
      .filter(([field, value]) => value !== fieldText(now.raw[field])),
  )
  if (Object.keys(fields).length === 0) throw new Refusal({ code: 'plan.empty' })
  const before = Object.fromEntries(Object.keys(fields).map((field) => [field, fieldText(now.raw[field])]))
  const warnings: PlanWarning[] = Object.keys(fields).some((field) => integrationFields.includes(field))
    ? ['integrationFields']
    : []
  const fresh = {
    ...row,
    paid: now.paid,
    sumMinor: now.sum.minor,
    currency: now.sum.currency,
    accountNumber: now.accountNumber,
  }
  const item = itemOf(fresh, 0, null, warnings, {
    paidAfter: now.paid,
    changes: Object.entries(fields).map(([field, after]) => ({ field, before: before[field] ?? '', after })),
  })
  const intent = {
    steps: ['edit' as const],
    wantPaid: null,
    seen: seenOf(fresh),
    fields,
    fieldsBefore: before,
    mustShow: null,
  }
  return freeze(context, { kind: 'edit', portal, request, items: [{ item, intent }], writeDetails: false })
}

/** Deletes one payment, its number typed; refused while it is paid (money rule 13). */
export async function planDelete(context: CommandContext, request: DeleteRequest): Promise<OperationPlan> {
  if (context.ports.policy.forbidDelete) throw new Refusal({ code: 'policy.forbids', rule: 'delete' })
  const portal = await plannablePortal(context, request.portalId)
  const row = await rowOf(context, request)
  demandNumber(row, request.typedNumber)
  if (row.paid) throw new Refusal({ code: 'plan.paid' })
  const refusal: PlanRefusal | null = row.gone ? 'gone' : null
  const item = itemOf(row, 0, refusal, refusal ? [] : ['noUndo'], { paidAfter: false, changes: [] })
  const intent = {
    steps: ['delete' as const],
    wantPaid: null,
    seen: seenOf(row),
    fields: {},
    fieldsBefore: {},
    mustShow: null,
  }
  return freeze(context, { kind: 'delete', portal, request, items: [{ item, intent }], writeDetails: false })
}

async function rowOf(
  { ledger }: CommandContext,
  ref: { portalId: string; paymentId: number },
): Promise<PaymentRow> {
  const found = await ledger.read('readPayment', ref)
  if (!found) throw new Refusal({ code: 'not.found', what: 'payment' })
  const busy = await ledger.read('busyPayments', ref)
  if (busy.includes(ref.paymentId)) throw new Refusal({ code: 'job.running', kind: 'apply' })
  return found.row
}

function demandNumber(row: PaymentRow, typed: string): void {
  if (typed.trim() !== row.accountNumber) throw new Refusal({ code: 'plan.numberTyped' })
}

/** A value as it goes on the wire: days become noon with the portal's offset (money rule 8), flags and numbers are checked. */
function wireValue(field: string, value: string, portal: PortalRecord, currency: Currency): string {
  if (value === '' && !neverEmpty.includes(field)) return value
  const refuse = (): never => {
    throw new Refusal({ code: 'plan.field', field })
  }
  if (momentFields.includes(field)) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return isDay(value) ? noonOf(value, zoneOf(portal)) : refuse()
    return momentOf(value) === null || !isDay(value.slice(0, 10)) ? refuse() : value
  }
  if (flagFields.includes(field)) return /^[YN]$/.test(value) ? value : refuse()
  if (field === 'externalPayment') return /^[YNF]$/.test(value) ? value : refuse()
  if (field === 'sum') {
    const minor = parseDecimal(value.replace(',', '.'), currency)
    return minor === undefined || minor < 0 ? refuse() : formatDecimal({ minor, currency })
  }
  if (field === 'psCurrency') return /^[A-Z]{3}$/.test(value) ? value : refuse()
  if (['psSum', 'priceCod'].includes(field))
    return /^\d{1,12}(\.\d{1,4})?$/.test(value.replace(',', '.')) ? value.replace(',', '.') : refuse()
  if (field === 'paySystemId') return /^[1-9]\d{0,11}$/.test(value) ? value : refuse()
  if (/^(emp\w+Id|responsibleId|companyId)$/.test(field)) return /^\d{1,12}$/.test(value) ? value : refuse()
  return value
}

/** A day of the calendar: the 30th of February is none, although a Date would make March of it. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
