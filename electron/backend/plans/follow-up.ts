// Plans that follow an operation: taking it back, and trying again what is safe.

import { Refusal } from '../../contract/fault.ts'
import type { OperationPlan, PlanItem, PlanWarning } from '../../contract/operation.ts'
import type { FrozenItem, Intent, Step } from '../../domain/payments/intent.ts'
import { flag } from '../../domain/payments/plan.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { UndoBasis } from '../ledger/tables/operations.ts'
import { hasAbility } from '../portals.ts'
import { freeze, writablePortal } from './make-plan.ts'

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
  return freeze(context, { kind: 'undo', portal, request: { kind: 'undo', undoOf: jobId }, items, writeDetails: administrator })
}

function undoItem(basis: UndoBasis, seq: number, administrator: boolean): FrozenItem | null {
  const { before, after, intent } = basis
  if (!before || !after) return null
  const edited = intent.steps.includes('edit')
  if (edited && !administrator) return null
  const wantPaid = edited ? null : before.paid
  const restores = administrator && (edited || (before.paid && !after.paid))
  const fields = restores ? restored(before.fields, before.paidAt, edited) : {}
  const steps: Step[] = edited ? ['edit'] : Object.keys(fields).length > 0 ? ['status', 'details'] : ['status']
  const warnings: PlanWarning[] = ['undoIncomplete', 'automations']
  const item: PlanItem = {
    seq,
    paymentId: basis.paymentId,
    accountNumber: basis.accountNumber,
    payerName: basis.payerName,
    sumMinor: basis.sumMinor,
    currency: basis.currency,
    paidNow: after.paid,
    paidAfter: before.paid,
    refusal: after.paid === before.paid && !edited ? 'alreadySo' : null,
    warnings,
    changes: [
      ...(edited ? [] : [{ field: 'paid', before: flag(after.paid), after: flag(before.paid) }]),
      ...Object.entries(fields).map(([field, value]) => ({ field, before: intent.fields[field] ?? '', after: value })),
    ],
  }
  const seen: Intent['seen'] = { ...intent.seen, paid: after.paid }
  return { item, intent: { steps, wantPaid, seen, fields, fieldsBefore: edited ? intent.fields : {}, mustShow: edited ? null : after } }
}

/** The fields as they were; a date of payment only for a payment that was paid. */
function restored(fields: Readonly<Record<string, string>>, paidAt: string | null, edited: boolean): Record<string, string> {
  if (edited) return { ...fields }
  return { ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')), ...(paidAt === null ? {} : { datePaid: paidAt }) }
}

/** A plan over the items that certainly were not carried out, or whose bank details were not written. */
export async function planRetry(context: CommandContext, jobId: string): Promise<OperationPlan> {
  const { operation, portal } = await operationOf(context, jobId)
  const left = await context.ledger.read('readWork', { jobId, states: ['notSent', 'stopped', 'refused', 'confirmedPartly'], limit: 100_000 })
  const rows = await context.ledger.read('selectPayments', {
    selection: { kind: 'ids', portalId: portal.portal.id, ids: left.map(({ paymentId }) => paymentId) as never },
  })
  const busy = new Set(await context.ledger.read('busyPayments', { portalId: portal.portal.id }))
  const items = left.flatMap((work, seq): FrozenItem[] => {
    const row = rows.find(({ id }) => id === work.paymentId)
    if (!row) return []
    const onlyDetails = work.state === 'confirmedPartly'
    const steps = onlyDetails ? (['details'] as const) : work.intent.steps
    const already = !onlyDetails && work.intent.wantPaid !== null && row.paid === work.intent.wantPaid
    const refusal = row.gone ? 'gone' : busy.has(row.id) ? 'runningElsewhere' : already ? 'alreadySo' : null
    const intent: Intent = { ...work.intent, steps, seen: { ...work.intent.seen, paid: row.paid } }
    const changes = Object.entries(intent.fields).map(([field, after]) => ({ field, before: intent.fieldsBefore[field] ?? '', after }))
    const item: PlanItem = {
      seq,
      paymentId: row.id,
      accountNumber: row.accountNumber,
      payerName: row.payer?.name ?? '',
      sumMinor: row.sumMinor,
      currency: row.currency,
      paidNow: row.paid,
      paidAfter: intent.wantPaid ?? row.paid,
      refusal,
      warnings: refusal ? [] : ['automations'],
      changes: onlyDetails ? changes : [{ field: 'paid', before: flag(row.paid), after: flag(intent.wantPaid ?? row.paid) }, ...changes],
    }
    return [{ item, intent }]
  })
  if (items.length === 0) throw new Refusal({ code: 'plan.empty' })
  return freeze(context, { kind: operation.kind, portal, request: { kind: operation.kind, retryOf: jobId }, items, writeDetails: true })
}

async function operationOf(context: CommandContext, jobId: string) {
  const operation = await context.ledger.read('readOperation', { jobId })
  if (!operation) throw new Refusal({ code: 'not.found', what: 'operation' })
  if (context.liveJob(jobId)) throw new Refusal({ code: 'job.running', kind: 'apply' })
  return { operation, portal: await writablePortal(context, operation.portalId) }
}
