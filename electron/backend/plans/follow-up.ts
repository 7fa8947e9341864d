// Plans that follow an operation: taking it back, and trying again what is safe.

import { Refusal } from '../../contract/fault.ts'
import { currencyOf, parseDecimal } from '../../contract/money.ts'
import type { OperationPlan, PlanItem, PlanRefusal } from '../../contract/operation.ts'
import type { PaymentRow } from '../../contract/payment.ts'
import type { FrozenItem, Intent, Step } from '../../domain/payments/intent.ts'
import { flag, itemOf } from '../../domain/payments/plan.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { UndoBasis } from '../ledger/tables/operation-pages.ts'
import type { WorkItem } from '../ledger/tables/operations.ts'
import { hasAbility } from '../portals.ts'
import { freeze } from './freeze.ts'
import { plannablePortal } from './plannable.ts'

/**
 * A plan that restores what an operation changed: the status always, the written fields for administrators (money
 * rule 14). It is carried out only where the payment still shows what we wrote. Refuses `undo.impossible`.
 */
export async function planUndo(context: CommandContext, jobId: string): Promise<OperationPlan> {
  const { operation, portal } = await operationOf(context, jobId)
  if (operation.kind === 'delete') throw new Refusal({ code: 'undo.impossible' })
  const administrator = hasAbility(portal.portal, 'write.details')
  const done = await context.ledger.read('readUndoBasis', { jobId })
  const items = done.flatMap((basis, seq) => undoItem(basis, seq, administrator) ?? [])
  if (items.length === 0) throw new Refusal({ code: 'undo.impossible' })
  return freeze(context, {
    kind: 'undo',
    portal,
    request: { kind: 'undo', undoOf: jobId },
    items,
    writeDetails: administrator,
  })
}

function undoItem(basis: UndoBasis, seq: number, administrator: boolean): FrozenItem | null {
  const { before, after, intent } = basis
  if (!before || !after) return null
  const edited = intent.steps.includes('edit')
  if (edited && !administrator) return null
  const turned = !edited && before.paid !== after.paid
  const fields = administrator ? restored(basis, before, after) : {}
  const steps: Step[] = [
    ...(turned ? (['status'] as const) : []),
    ...(Object.keys(fields).length > 0 ? ([edited ? 'edit' : 'details'] as const) : []),
  ]
  const item: PlanItem = {
    seq,
    paymentId: basis.paymentId,
    accountNumber: basis.accountNumber,
    payerName: basis.payerName,
    sumMinor: basis.sumMinor,
    currency: basis.currency,
    paidNow: after.paid,
    paidAfter: before.paid,
    refusal: steps.length === 0 ? 'alreadySo' : null,
    warnings: ['undoIncomplete', 'automations'],
    changes: [
      ...(turned ? [{ field: 'paid', before: flag(after.paid), after: flag(before.paid) }] : []),
      ...Object.entries(fields).map(([field, value]) => ({
        field,
        before: intent.fields[field] ?? '',
        after: value,
      })),
    ],
  }
  const seen: Intent['seen'] = { ...intent.seen, ...sumWritten(basis), paid: after.paid }
  const written = Object.fromEntries(
    Object.entries(intent.fields).filter(([field]) => edited || field in fields),
  )
  return {
    item,
    intent: {
      steps,
      wantPaid: edited ? null : before.paid,
      seen,
      fields,
      fieldsBefore: written,
      mustShow: edited ? null : after,
    },
  }
}

/**
 * What the fields showed before we wrote them. A date of payment exists only while a payment is paid: the portal empties
 * it with the status, and gives another one when it is paid again.
 */
function restored(
  { intent, details }: UndoBasis,
  before: NonNullable<UndoBasis['before']>,
  after: NonNullable<UndoBasis['after']>,
): Record<string, string> {
  const wrote = intent.steps.includes('edit') || details === 'written' || details === 'unknown'
  const asked = wrote
    ? Object.keys(intent.fields).filter(
        (field) => before.paid || field !== 'datePaid' || intent.steps.includes('edit'),
      )
    : []
  const fields = Object.fromEntries(
    asked.flatMap((field) => (field in before.fields ? [[field, before.fields[field] ?? '']] : [])),
  )
  return before.paid && !after.paid && before.paidAt !== null
    ? { ...fields, datePaid: before.paidAt }
    : fields
}

/** An edited sum is what the payment shows now. */
function sumWritten({ intent, currency }: UndoBasis): { sumMinor?: number } {
  const known = currencyOf(currency)
  const minor =
    intent.fields.sum === undefined || known === undefined
      ? undefined
      : parseDecimal(intent.fields.sum, known)
  return minor === undefined ? {} : { sumMinor: minor }
}

/**
 * A plan over the items that certainly were not carried out, or whose bank details were not written. A payment that
 * shows something else than the person confirmed then is refused. A delete is planned anew: its number is typed each time.
 */
export async function planRetry(context: CommandContext, jobId: string): Promise<OperationPlan> {
  const { operation, portal } = await operationOf(context, jobId)
  if (operation.kind === 'delete') throw new Refusal({ code: 'plan.numberTyped' })
  const portalId = portal.portal.id
  const undone = await context.ledger.read('readWork', {
    jobId,
    states: ['notSent', 'stopped', 'refused', 'confirmedPartly'],
    limit: 100_000,
  })
  const withoutDetails = await context.ledger.read('readWork', {
    jobId,
    states: ['confirmed'],
    detailsWaiting: true,
    limit: 100_000,
  })
  const left = [...undone, ...withoutDetails].toSorted((a, b) => a.seq - b.seq)
  const rows = await context.ledger.read('selectPayments', {
    selection: { kind: 'ids', portalId, ids: left.map(({ paymentId }) => paymentId) as never },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const busy = new Set(await context.ledger.read('busyPayments', { portalId }))
  const items = left.flatMap((work, seq) => {
    const row = byId.get(work.paymentId)
    return row ? [retryItem(work, seq, row, busy)] : []
  })
  if (items.length === 0) throw new Refusal({ code: 'plan.empty' })
  const writeDetails = items.some(({ intent }) => intent.steps.includes('details'))
  return freeze(context, {
    kind: operation.kind,
    portal,
    request: { kind: operation.kind, retryOf: jobId },
    items,
    writeDetails,
  })
}

function retryItem(work: WorkItem, seq: number, row: PaymentRow, busy: ReadonlySet<number>): FrozenItem {
  const onlyDetails = work.state === 'confirmedPartly' || work.state === 'confirmed'
  const steps = onlyDetails ? (['details'] as const) : work.intent.steps
  const intent: Intent = { ...work.intent, steps, seen: { ...work.intent.seen, paid: row.paid } }
  const fields = Object.entries(intent.fields).map(([field, after]) => ({
    field,
    before: intent.fieldsBefore[field] ?? '',
    after,
  }))
  const status = { field: 'paid', before: flag(row.paid), after: flag(intent.wantPaid ?? row.paid) }
  const refusal = retryRefusal(intent, row, onlyDetails, busy)
  return {
    intent,
    item: itemOf(row, seq, refusal, refusal ? [] : ['automations'], {
      paidAfter: intent.wantPaid ?? row.paid,
      changes: steps.includes('status') ? [status, ...fields] : fields,
    }),
  }
}

function retryRefusal(
  { seen, wantPaid }: Intent,
  row: PaymentRow,
  onlyDetails: boolean,
  busy: ReadonlySet<number>,
): PlanRefusal | null {
  if (row.gone) return 'gone'
  if (busy.has(row.id)) return 'runningElsewhere'
  if (
    row.sumMinor !== seen.sumMinor ||
    row.currency !== seen.currency ||
    row.accountNumber !== seen.accountNumber
  )
    return 'changedSince'
  if (onlyDetails) return row.paid === wantPaid ? null : 'changedSince'
  return wantPaid !== null && row.paid === wantPaid ? 'alreadySo' : null
}

async function operationOf(context: CommandContext, jobId: string) {
  const operation = await context.ledger.read('readOperation', { jobId })
  if (!operation) throw new Refusal({ code: 'not.found', what: 'operation' })
  const live = context.liveJob(jobId)
  if (live?.state === 'running' || live?.state === 'stopping')
    throw new Refusal({ code: 'job.running', kind: 'apply' })
  return { operation, portal: await plannablePortal(context, operation.portalId) }
}
