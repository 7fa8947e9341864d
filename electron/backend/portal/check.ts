// The portal check: what this portal and this user can do, found out by harmless reads alone.

import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import type { Ability, PortalCheck } from '../../contract/portal.ts'
import { abilities } from '../../contract/portal.ts'
import type { Clock } from '../ports.ts'
import type { PortalClient } from './client.ts'
import { createAsker } from './gather/asker.ts'
import { countInvoicesWithoutPayment } from './invoices-without-payment.ts'
import { objectPayments, shortPayment } from './methods/crm-payments.ts'
import { probeEvents } from './check-events.ts'
import { endsCheck, isPassing } from './check-faults.ts'
import { currentUser, methodState, paySystems, profile, scopes } from './methods/directory.ts'
import { owners } from './methods/items.ts'
import { orderEntities, orders } from './methods/orders.ts'
import { ask } from './methods/reading.ts'
import type { Reading } from './methods/reading.ts'
import { requisites } from './methods/requisites.ts'
import { paymentIds } from './methods/sale-payments.ts'
import type { OwnerType, Profile } from './methods/shapes.ts'
import { isZone } from './zone.ts'

type Known = Map<Ability, { state: 'yes' | 'no' | 'unknown'; fault: Fault | null }>

interface Probing {
  client: PortalClient
  known: Known
  signal: AbortSignal | undefined
}

/**
 * Some fifteen to twenty requests, all reads. Throws Refusal when the portal cannot be reached or the credential is
 * not accepted at all: then there is nothing to check.
 */
export async function checkPortal(
  client: PortalClient,
  clock: Clock,
  options: { signal?: AbortSignal } = {},
): Promise<PortalCheck> {
  const began = clock.now()
  const sentBefore = client.pace().requestsSent
  client.lift()
  const probing: Probing = { client, known: new Map(), signal: options.signal }
  const user = await ask(client, profile(), { ...options, urgent: true })
  const granted = await probeScopes(probing)
  const [listed, owner, offset] = await Promise.all([
    probePayments(probing, user),
    probeObjects(probing),
    readOffset(client, options.signal),
  ])
  const sample = listed.length > 0 || owner === null ? listed : await sampleOf(probing, owner)
  const [paymentReadMs] = await Promise.all([
    probeOnePayment(probing, sample),
    probeWriting(probing, user),
    probeJoins(probing),
    probeUsers(probing),
  ])
  const receipts = await probePaySystems(probing)
  await probeBatch(probing, sample, owner)
  const path = choosePath(probing.known)
  const batching = { any: isYes(probing.known, 'batch'), payments: isYes(probing.known, 'batch.payments') }
  const countable = path !== 'none' && isYes(probing.known, 'join.orders')
  const invoices = countable
    ? await countInvoicesWithoutPayment(createAsker(client, batching, options.signal))
    : null
  return {
    at: new Date(clock.now()).toISOString(),
    user: { id: user.id, name: user.name },
    administrator: isYes(probing.known, 'administrator'),
    scopes: granted,
    timeZone: user.timeZone !== '' && isZone(user.timeZone) ? user.timeZone : offset,
    path,
    abilities: abilities.map((ability) => ({
      ability,
      ...(probing.known.get(ability) ?? { state: 'unknown' as const, fault: null }),
    })),
    invoicesWithoutPayment: invoices,
    receipts,
    requests: client.pace().requestsSent - sentBefore,
    tookMs: Math.round(clock.now() - began),
    paymentReadMs,
  }
}

/** Asks and notes; null where the portal refused. Faults of the connection itself are thrown on. */
async function probe<T>(
  { client, known, signal }: Probing,
  ability: Ability | null,
  reading: Reading<T>,
): Promise<T | null> {
  try {
    const value = await ask(client, reading, { urgent: true, ...(signal === undefined ? {} : { signal }) })
    if (ability !== null) known.set(ability, { state: 'yes', fault: null })
    return value
  } catch (error) {
    if (!(error instanceof Refusal) || endsCheck(error.fault)) throw error
    // REST answered other calls, so "no REST on this plan" can only be a lack of rights here.
    const fault: Fault = error.fault.code === 'rest.planWithoutRest' ? { code: 'rest.noRights' } : error.fault
    if (ability !== null) known.set(ability, { state: isPassing(fault) ? 'unknown' : 'no', fault })
    return null
  }
}

async function probeScopes(probing: Probing): Promise<string[]> {
  const granted = (await probe(probing, null, scopes())) ?? []
  const has = (...names: string[]): boolean => names.some((name) => granted.includes(name))
  const note = (ability: Ability, scope: string, yes: boolean): void => {
    const fault: Fault | null = yes ? null : { code: 'rest.scopeMissing', scope }
    if (granted.length > 0) probing.known.set(ability, { state: yes ? 'yes' : 'no', fault })
  }
  note('scope.crm', 'crm', has('crm'))
  note('scope.sale', 'sale', has('sale'))
  note('scope.pay_system', 'pay_system', has('pay_system'))
  note('scope.user', 'user_brief', has('user', 'user_brief', 'user_basic'))
  return granted
}

/** Whether every payment can be listed, and by id cursors. Answers a few ids to try further readings on. */
async function probePayments(probing: Probing, user: Profile): Promise<number[]> {
  const first = await probe(probing, 'list.payments', paymentIds({ order: { id: 'asc' }, start: 0 }))
  const administrator = user.administrator && first !== null
  probing.known.set('administrator', {
    state: administrator ? 'yes' : 'no',
    fault: administrator ? null : { code: 'rest.noRights' },
  })
  if (first === null || first.rows.length === 0) return []
  const [one] = first.rows
  const cursor = await probe(
    probing,
    'cursor',
    paymentIds({ order: { id: 'asc' }, filter: { '>id': one ?? 0 }, start: -1 }),
  )
  const honoured =
    cursor !== null && cursor.rows.every((id, index) => id > (cursor.rows[index - 1] ?? one ?? 0))
  if (cursor !== null && !honoured)
    probing.known.set('cursor', {
      state: 'no',
      fault: { code: 'rest.answerShape', method: 'sale.payment.list' },
    })
  return first.rows.slice(0, 3)
}

interface ProbedOwner {
  type: OwnerType
  id: number
}

async function probeObjects(probing: Probing): Promise<ProbedOwner | null> {
  const newest = { order: { id: 'desc' }, start: -1 } as const
  const invoices = await probe(probing, null, owners(31, newest))
  const deals = await probe(probing, 'join.objects', owners(2, newest))
  if (invoices !== null) probing.known.set('join.objects', { state: 'yes', fault: null })
  // The older of the newest page: the very newest often has no payment yet.
  const [deal, invoice] = [deals?.rows.at(-1), invoices?.rows.at(-1)]
  if (deal !== undefined) return { type: 2, id: deal.id }
  return invoice === undefined ? null : { type: 31, id: invoice.id }
}

/** For everybody who may not list all payments: those of one object. */
async function sampleOf(probing: Probing, owner: ProbedOwner): Promise<number[]> {
  const page = await probe(probing, null, objectPayments(owner))
  return (page?.rows ?? []).slice(0, 3).map(({ id }) => id)
}

/** Answers how long the portal said that it took, in milliseconds. */
async function probeOnePayment(probing: Probing, sample: readonly number[]): Promise<number | null> {
  const [id] = sample
  if (id === undefined) return null
  let seconds: number | null = null
  const reading = shortPayment(id)
  await probe(probing, 'get.payment', {
    ...reading,
    parse: (answer) => {
      seconds = answer.time?.duration ?? null
      return reading.parse(answer)
    },
  })
  return seconds === null ? null : Math.round(seconds * 1000)
}

/** Writing cannot be tried; the portal can be asked whether the method is there for this user. */
async function probeWriting(probing: Probing, user: Profile): Promise<void> {
  const state = await probe(probing, null, methodState('sale.payment.update'))
  const allowed = state !== null && state.exists && state.available && user.administrator
  const fault: Fault = user.administrator
    ? { code: 'rest.methodMissing', method: 'sale.payment.update' }
    : { code: 'rest.noRights' }
  probing.known.set(
    'write.details',
    state === null
      ? { state: 'unknown', fault: null }
      : { state: allowed ? 'yes' : 'no', fault: allowed ? null : fault },
  )
}

async function probeJoins(probing: Probing): Promise<void> {
  await Promise.all([
    probe(probing, 'join.orders', orderEntities({ order: { orderId: 'asc' }, start: 0 })),
    probe(probing, null, orders({ select: ['id', 'accountNumber'], order: { id: 'asc' }, start: -1 })),
    probe(
      probing,
      'join.requisites',
      requisites({ filter: { ENTITY_TYPE_ID: 4 }, order: { ID: 'asc' }, start: -1 }),
    ),
  ])
}

async function probeUsers(probing: Probing): Promise<void> {
  await probe(probing, 'users', currentUser())
}

/** Names of the active pay systems that may print a receipt when a payment becomes paid. */
async function probePaySystems(probing: Probing): Promise<string[]> {
  const page = await probe(probing, 'paysystems', paySystems())
  return (page?.rows ?? [])
    .filter((system) => system.printsReceipt && system.active)
    .map((system) => system.name)
}

/** The documents and public experience contradict each other on batching payment methods: only trying tells. */
async function probeBatch(
  { client, known, signal }: Probing,
  sample: readonly number[],
  owner: ProbedOwner | null,
): Promise<void> {
  const tried = [
    profile(),
    ...(isYes(known, 'list.payments') ? [paymentIds({ order: { id: 'asc' }, start: 0 })] : []),
    ...(owner === null ? [] : [objectPayments(owner)]),
    ...sample.slice(0, 1).map((id) => shortPayment(id)),
  ]
  const commands = Object.fromEntries(
    tried.map(({ method, params }, index) => [`c${index}`, { method, params }]),
  )
  const events = probeEvents()
  const outcomes = await client.batch(
    { ...commands, ...events.commands },
    {
      kind: 'read',
      urgent: true,
      ...(signal === undefined ? {} : { signal }),
    },
  )
  known.set('events', events.judge(outcomes, isYes(known, 'administrator')))
  const plain = outcomes['c0']
  const faultOf = (outcome: typeof plain): Fault | null =>
    outcome === undefined || outcome.class === 'executed' ? null : outcome.fault
  known.set('batch', { state: plain?.class === 'executed' ? 'yes' : 'no', fault: faultOf(plain) })
  const payments = tried.slice(1).map((_, index) => outcomes[`c${index + 1}`])
  if (plain?.class !== 'executed' || payments.length === 0) {
    known.set('batch.payments', { state: plain?.class === 'executed' ? 'unknown' : 'no', fault: null })
    return
  }
  // A command refused for lack of rights was let into the batch all the same.
  const barred = payments.find(
    (outcome) => outcome === undefined || (outcome.class !== 'executed' && outcome.class !== 'refused'),
  )
  const every = payments.every((outcome) => outcome?.class === 'executed' || outcome?.class === 'refused')
  known.set('batch.payments', { state: every ? 'yes' : 'no', fault: faultOf(barred) })
}

function choosePath(known: Known): PortalCheck['path'] {
  if (isYes(known, 'administrator') && isYes(known, 'list.payments')) return 'administrator'
  return isYes(known, 'join.objects') ? 'objects' : 'none'
}

/** The offset of the portal's own clock, for a profile without a zone; UTC when it does not tell. */
async function readOffset(client: PortalClient, signal: AbortSignal | undefined): Promise<string> {
  const outcome = await client.send(
    'profile',
    {},
    { kind: 'read', urgent: true, ...(signal === undefined ? {} : { signal }) },
  )
  const printed = outcome.attempt.time?.dateFinish ?? ''
  return /[+-]\d{2}:\d{2}$/.exec(printed)?.[0] ?? 'UTC'
}

function isYes(known: Known, ability: Ability): boolean {
  return known.get(ability)?.state === 'yes'
}
