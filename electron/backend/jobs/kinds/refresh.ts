// Fetching a portal's payments into the ledger.

import { Refusal } from '../../../contract/fault.ts'
import type { JobSnapshot } from '../../../contract/job.ts'
import type { PortalCheck } from '../../../contract/portal.ts'
import { checkConnection } from '../../check-connection.ts'
import type { CommandContext } from '../../handlers/context.ts'
import type { LedgerPayment } from '../../ledger/tables/refreshed.ts'
import type { PortalClient } from '../../portal/client.ts'
import { chunksOf } from '../../portal/gather/ahead.ts'
import { gatherPayments } from '../../portal/gather/gather.ts'
import type { GatheredPayment } from '../../portal/gather/gather.ts'
import { ask } from '../../portal/methods/reading.ts'
import { bankDetails, requisites } from '../../portal/methods/requisites.ts'
import { dayIn, dayOf } from '../../portal/zone.ts'
import type { JobControl, JobEnd } from '../runner.ts'

/** Starts a refresh, or answers the one that runs already. Refuses `portal.disconnected`, `rest.noRights`. */
export async function refreshPortal(context: CommandContext, portalId: string): Promise<JobSnapshot> {
  const record = await context.ledger.read('readPortal', { portalId })
  if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
  const { check } = record.portal.check ? record.portal : await checkConnection(context, portalId)
  if (!check) throw new Refusal({ code: 'portal.disconnected' })
  const running = context.jobs.running().find((job) => job.kind === 'refresh' && job.portalId === portalId)
  if (running) return running
  const client = await context.portals.client(portalId)
  return context.jobs.start({
    kind: 'refresh',
    unit: 'payments',
    total: null,
    portalId,
    request: { portalId },
    actor: context.actor(check.user.name),
    key: `refresh ${portalId}`,
    work: (control) => refresh(context, client, { portalId, check }, control),
  })
}

/** So few that neither their making nor their way to the ledger's thread holds this one up. */
const paymentsAWrite = 500

async function refresh(
  context: CommandContext,
  client: PortalClient,
  portal: { portalId: string; check: PortalCheck },
  control: JobControl,
): Promise<JobEnd> {
  const { portalId, check } = portal
  const zone = check.timeZone || 'UTC'
  const sentBefore = client.pace().requestsSent
  const result = { kind: 'refresh' as const, payments: 0, added: 0, changed: 0, gone: 0, requests: 0 }
  const own = new Map<number, string>()
  let unread = 0
  control.progress({ note: { kind: 'step', step: 'payments' } })
  const chunks = gatherPayments(client, check, {
    signal: control.signal,
    onProgress: (done, total) => control.progress({ done, total, ...expected(context, client, done, total) }),
  })
  for await (const chunk of chunks) {
    for (const part of chunksOf(chunk.payments, paymentsAWrite)) {
      const payments = part.map((payment) => toLedger(payment, zone))
      for (const { ownCompany } of payments) if (ownCompany) own.set(ownCompany.id, ownCompany.name)
      const stored = await context.ledger.write('storePayments', {
        portalId,
        seenIn: control.id,
        at: context.now(),
        payments,
        ownCompanies: [],
      })
      result.payments += payments.length
      result.added += stored.added
      result.changed += stored.changed
    }
    unread += chunk.unreadable.length + chunk.withheld
    control.progress({ failed: unread })
  }
  await storeOwn(context, client, portalId, own, control)
  const { gone } = await context.ledger.write('finishRefresh', {
    portalId,
    seenIn: control.id,
    at: context.now(),
    coverage: check.path === 'administrator' ? 'all' : 'visible',
    // What merely could not be read must not be taken for gone.
    whole: unread === 0,
  })
  result.gone = gone
  result.requests = client.pace().requestsSent - sentBefore
  control.progress({ done: result.payments, total: result.payments })
  context.publish('ledger.changed', {
    areas: ['payments', 'portals', 'accounts', 'matches'],
    portalId,
    at: context.now(),
  })
  context.rematch()
  return { result }
}

function expected(
  context: CommandContext,
  client: PortalClient,
  done: number,
  total: number,
): { expectedEnd: string | null } {
  if (done === 0 || total <= done) return { expectedEnd: null }
  const perRequest = 50
  return {
    expectedEnd: new Date(
      context.ports.clock.now() + client.expectMs(Math.ceil((total - done) / perRequest)),
    ).toISOString(),
  }
}

/** The accounts of own companies, so that binding a bank account can be proposed (money rule 4). */
async function storeOwn(
  context: CommandContext,
  client: PortalClient,
  portalId: string,
  own: ReadonlyMap<number, string>,
  control: JobControl,
): Promise<void> {
  if (own.size === 0) return
  const accounts = await ownAccounts(client, [...own.keys()], control).catch((error: unknown) => {
    if (error instanceof Refusal) return new Map<number, string[]>()
    throw error
  })
  const ownCompanies = [...own].map(([id, name]) => ({ id, name, accounts: accounts.get(id) ?? [] }))
  await context.ledger.write('storePayments', {
    portalId,
    seenIn: control.id,
    at: context.now(),
    payments: [],
    ownCompanies,
  })
}

async function ownAccounts(
  client: PortalClient,
  ids: readonly number[],
  { signal }: JobControl,
): Promise<Map<number, string[]>> {
  const found = await ask(client, requisites({ filter: { ENTITY_TYPE_ID: 4, '@ENTITY_ID': ids } }), {
    signal,
  })
  const owners = new Map(found.rows.map((requisite) => [requisite.id, requisite.entityId]))
  const accounts = new Map<number, string[]>()
  if (owners.size === 0) return accounts
  const details = await ask(client, bankDetails({ filter: { '@ENTITY_ID': [...owners.keys()] } }), { signal })
  for (const detail of details.rows) {
    const id = owners.get(detail.requisiteId)
    if (id === undefined) continue
    const written = [detail.account, detail.iban]
      .map((account) => account.replaceAll(/\s/g, '').toUpperCase())
      .filter((account) => account !== '')
    accounts.set(id, [...(accounts.get(id) ?? []), ...written])
  }
  return accounts
}

/** The gathered payment in the ledger's words; days are calendar days of the portal's zone. */
export function toLedger(payment: GatheredPayment, zone: string): LedgerPayment {
  const { full, payer, owner, paySystem } = payment
  const fields: Record<string, unknown> = full ? { ...full.raw } : shortFields(payment)
  return {
    id: payment.id,
    accountNumber: payment.accountNumber,
    paid: payment.paid,
    paidAt: payment.paidAt,
    paidDay: payment.paidAt && dayIn(payment.paidAt, zone),
    sumMinor: payment.sum.minor,
    currency: payment.sum.currency,
    paySystemId: paySystem?.id ?? 0,
    paySystemName: paySystem?.name ?? '',
    bankTransfer: paySystem?.isCash !== true,
    receipts: paySystem?.printsReceipt === true,
    orderId: payment.order?.id ?? null,
    orderNumber: payment.order?.number ?? '',
    owner: owner && {
      kind: owner.type === 2 ? 'deal' : 'invoice',
      id: owner.id,
      title: owner.title,
      number: owner.number ?? '',
    },
    payer: payer && {
      key: `${payer.kind}:${payer.id}`,
      kind: payer.kind,
      id: payer.id,
      name: payer.name,
      taxIds: payer.taxIds,
      accounts: [
        ...payer.accounts.map(({ account, bankCode }) => ({ account, bankCode })),
        ...payer.ibans.map((account) => ({ account, bankCode: '' })),
      ],
    },
    ownCompany: payment.ownCompany,
    billDay: full?.dateBill ? dayIn(full.dateBill, zone) : null,
    voucherNumber: full?.payVoucherNum ?? '',
    voucherDay: full ? dayOf(full.payVoucherDate, zone) : null,
    isReturn: full?.isReturn ?? false,
    complete: full !== null,
    fields,
  }
}

function shortFields(payment: GatheredPayment): Record<string, unknown> {
  return {
    id: payment.id,
    accountNumber: payment.accountNumber,
    paid: payment.paid ? 'Y' : 'N',
    datePaid: payment.paidAt,
    empPaidId: payment.empPaidId,
    paySystemId: payment.paySystem?.id ?? null,
    paySystemName: payment.paySystem?.name ?? '',
    currency: payment.sum.currency,
  }
}
