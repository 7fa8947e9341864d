// Fetching a portal's payments into the ledger: all of them the first time and now and then, else what may have changed.

import { Refusal } from '../../../contract/fault.ts'
import type { JobResult, JobSnapshot } from '../../../contract/job.ts'
import type { Portal, PortalCheck } from '../../../contract/portal.ts'
import { checkConnection } from '../../check-connection.ts'
import { storeOwnCompanies } from '../../freshness/own-companies.ts'
import { newTally, storeRead } from '../../freshness/store-read.ts'
import type { Reading, ReadTally } from '../../freshness/store-read.ts'
import { coverageOf, whatMayHaveChanged, whyWhole } from '../../freshness/what-to-read.ts'
import type { WholeReason } from '../../freshness/what-to-read.ts'
import { knownPayments } from '../../freshness/known-payments.ts'
import type { CommandContext } from '../../handlers/context.ts'
import type { Freshness, FreshnessChange } from '../../ledger/tables/freshness.ts'
import type { PortalClient } from '../../portal/client.ts'
import { countPayments, countWindows, marksOf } from '../../portal/gather/gather.ts'
import type { KnownState, Marks } from '../../portal/gather/gather.ts'
import type { JobControl, JobEnd } from '../runner.ts'

/**
 * Starts a refresh, or answers the one that runs already; `whole` reads everything again. Refuses
 * `portal.disconnected`, `rest.noRights`.
 */
export async function refreshPortal(
  context: CommandContext,
  input: { portalId: string; whole?: boolean | undefined },
): Promise<JobSnapshot> {
  const { portalId, whole = false } = input
  const record = await context.ledger.read('readPortal', { portalId })
  if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
  const portal = record.portal.check ? record.portal : await checkConnection(context, portalId)
  const { check } = portal
  if (!check) throw new Refusal({ code: 'portal.disconnected' })
  const running = context.jobs.running().find((job) => job.kind === 'refresh' && job.portalId === portalId)
  if (running) return running
  const client = await context.portals.client(portalId)
  return context.jobs.start({
    kind: 'refresh',
    unit: 'payments',
    total: null,
    portalId,
    request: { portalId, whole },
    actor: context.actor(check.user.name),
    key: `refresh ${portalId}`,
    work: async (control) => {
      await context.looks.giveWay(portalId)
      const reading: Reading = {
        client: client.lane(control.id),
        check,
        portalId,
        seenIn: control.id,
        askedAt: context.now(),
        news: false,
        signal: control.signal,
      }
      return refresh(context, reading, { portal, check, whole }, control)
    },
  })
}

async function refresh(
  context: CommandContext,
  reading: Reading,
  asked: { portal: Portal; check: PortalCheck; whole: boolean },
  control: JobControl,
): Promise<JobEnd> {
  const { client, portalId } = reading
  const sentBefore = client.pace().requestsSent
  const tally = newTally()
  control.progress({ note: { kind: 'step', step: 'payments' } })
  const { wholeRefreshDays } = context.settings.get()
  const freshness = await context.ledger.read('readFreshness', { portalId })
  const marks = await marksOf(client, asked.check, control.signal)
  let why: WholeReason | null = whyWhole({
    asked: asked.whole,
    freshness,
    coverage: asked.portal.coverage,
    path: asked.check.path,
    now: context.ports.clock.now(),
    wholeRefreshDays,
  })
  if (why === null) why = (await readChanged(context, reading, tally, marks, control)) ? null : 'count'
  if (why !== null) await readWhole(context, { ...reading, askedAt: context.now() }, tally, marks, control)
  const result: JobResult = {
    kind: 'refresh',
    whole: why,
    payments: tally.read,
    added: tally.added,
    changed: tally.changed,
    gone: tally.gone,
    requests: client.pace().requestsSent - sentBefore,
  }
  control.progress({ done: tally.read, total: tally.read })
  context.publish('ledger.changed', {
    areas: ['payments', 'portals', 'accounts', 'matches'],
    portalId,
    at: context.now(),
  })
  context.rematch()
  return { result }
}

/**
 * Where the portal counts other than the ledger afterwards, something paid was deleted or escaped: the windows of ids
 * that disagree are read. Answers false when the counts disagree even then.
 */
async function readChanged(
  context: CommandContext,
  reading: Reading,
  tally: ReadTally,
  marks: Marks,
  control: JobControl,
): Promise<boolean> {
  const { ledger, settings } = context
  const { portalId, client, check, signal } = reading
  const freshness = await ledger.read('readFreshness', { portalId })
  const now = context.ports.clock.now()
  const { since, turn } = await whatMayHaveChanged(ledger, {
    portalId,
    freshness,
    now,
    wholeRefreshDays: settings.get().wholeRefreshDays,
  })
  await storeRead(context, reading, tally, { since, onProgress: progressOf(context, reading, control) })
  control.progress({ failed: tally.unread })
  await storeNewOwn(context, reading, tally)
  if (!(await countsAgree(context, reading, freshness))) {
    const counted = await countWindows(client, check, freshness.maxId, signal)
    const ids = await ledger.read('listDisagreeing', { portalId, counted })
    await storeRead(context, reading, tally, { since: justThese(context, portalId, ids) })
    if (!(await countsAgree(context, reading, freshness))) return false
  }
  await finish(context, reading, tally, { ...turn.change, ...advanced(marks, freshness) }, false)
  return true
}

async function readWhole(
  context: CommandContext,
  reading: Reading,
  tally: ReadTally,
  marks: Marks,
  control: JobControl,
): Promise<void> {
  const { portalId, client, check, signal } = reading
  const administrator = check.path === 'administrator'
  tally.read = 0
  tally.unread = 0
  await storeRead(context, reading, tally, { onProgress: progressOf(context, reading, control) })
  control.progress({ failed: tally.unread })
  if (administrator) await askForUnseen(context, reading, tally)
  await storeOwnCompanies(context, client, { ...reading, own: tally.own })
  const counted = await countPayments(client, check, signal)
  const freshness = await context.ledger.read('readFreshness', { portalId })
  const at = context.now()
  await finish(
    context,
    reading,
    tally,
    {
      wholeAt: at,
      countOff: counted === null ? null : counted - freshness.known,
      paidBelow: null,
      turnedAt: at,
      unpaidBelow: null,
      ...advanced(marks, freshness),
    },
    // What merely could not be read must not be taken for gone.
    !administrator && tally.unread === 0,
  )
}

async function countsAgree(
  { ledger }: CommandContext,
  { client, check, portalId, signal }: Reading,
  { countOff }: Freshness,
): Promise<boolean> {
  if (countOff === null) return true
  const counted = await countPayments(client, check, signal)
  const { known } = await ledger.read('readFreshness', { portalId })
  return counted === null || counted - known === countOff
}

function justThese(context: CommandContext, portalId: string, ids: readonly number[]): KnownState {
  const ledger = knownPayments(context.ledger, portalId)
  return { maxId: null, listUnpaid: false, ids, touchedFrom: null, maxOrderId: 0, ledger }
}

/** A list that changes while it is paged may pass over a payment: what was not met is asked for by itself. */
async function askForUnseen(context: CommandContext, reading: Reading, tally: ReadTally): Promise<void> {
  const { portalId, seenIn } = reading
  const ids = await context.ledger.read('listUnseen', { portalId, seenIn })
  if (ids.length === 0) return
  await storeRead(context, reading, tally, { since: justThese(context, portalId, ids) })
}

async function finish(
  context: CommandContext,
  reading: Reading,
  tally: ReadTally,
  freshness: FreshnessChange,
  unseenAreGone: boolean,
): Promise<void> {
  const at = context.now()
  const { gone } = await context.ledger.write('finishRefresh', {
    portalId: reading.portalId,
    seenIn: reading.seenIn,
    at,
    coverage: coverageOf(reading.check.path),
    whole: unseenAreGone,
    ...(freshness.wholeAt === undefined ? { changed: tally.ids } : {}),
    freshness: { lookedAt: at, ...freshness },
  })
  tally.gone += gone
}

/** Own companies that the ledger does not know yet; the others' accounts are read again by complete refreshes. */
async function storeNewOwn(context: CommandContext, reading: Reading, tally: ReadTally): Promise<void> {
  const { portalId, client } = reading
  const known = await context.ledger.read('readOwnCompanies', null)
  const ids = new Set(known.filter((company) => company.portalId === portalId).map(({ id }) => id))
  const own = new Map([...tally.own].filter(([id]) => !ids.has(id)))
  await storeOwnCompanies(context, client, { ...reading, own })
}

/** Marks never go back, and where the portal shows none now, the old ones stand. */
function advanced(marks: Marks, before: Marks): FreshnessChange {
  return {
    touchedFrom: marks.touchedFrom ?? before.touchedFrom,
    maxOrderId: Math.max(marks.maxOrderId, before.maxOrderId),
  }
}

function progressOf(
  context: CommandContext,
  { client }: Reading,
  control: JobControl,
): (done: number, total: number) => void {
  const perRequest = 50
  return (done, total) => {
    const left = Math.ceil((total - done) / perRequest)
    const end = new Date(context.ports.clock.now() + client.expectMs(left)).toISOString()
    const note = waitNote(context, client)
    control.progress({ done, total, note, expectedEnd: done === 0 || left <= 0 ? null : end })
  }
}

/** A shorter wait is not worth a word. */
const noticedMs = 2_000

function waitNote(context: CommandContext, client: PortalClient): JobSnapshot['note'] {
  const { waiting } = client.pace()
  return waiting && waiting.until - context.ports.clock.now() > noticedMs
    ? { kind: 'waiting', reason: waiting.reason, until: new Date(waiting.until).toISOString() }
    : { kind: 'step', step: 'payments' }
}
