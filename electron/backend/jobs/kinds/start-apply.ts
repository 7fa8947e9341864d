// Starting and resuming the apply job.

import { Refusal } from '../../../contract/fault.ts'
import type { JobSnapshot } from '../../../contract/job.ts'
import type { JobId } from '../../../contract/values.ts'
import type { CommandContext } from '../../handlers/context.ts'
import { durationsOf } from '../../plans/durations.ts'
import { writablePortal, zoneOf } from '../../plans/plannable.ts'
import { batchesWrites, hasAbility } from '../../portals.ts'
import { newJobId } from '../runner.ts'
import type { JobControl, JobEnd } from '../runner.ts'
import { applyPlan } from './apply.ts'
import { firstGroups } from './apply/groups.ts'

/** Confirms a plan and starts its job; a repeated confirmation answers the same job (money rule 3). */
export async function startApply(
  context: CommandContext,
  input: { planId: string; digest: string },
): Promise<JobSnapshot> {
  const now = context.now()
  const record = await context.ledger.read('readPlan', { planId: input.planId, now })
  if (!record) throw new Refusal({ code: 'not.found', what: 'plan' })
  const { portalId } = record.plan
  const already = record.plan.jobId
  if (already === null || !(await knownJob(context, already))) await writablePortal(context, portalId)
  if (record.plan.kind === 'delete' && context.ports.policy.forbidDelete)
    throw new Refusal({ code: 'policy.forbids', rule: 'delete' })
  // A plan is confirmed once: not for a portal that cannot even be opened.
  if (already === null) await context.portals.client(portalId)
  const jobId = newJobId()
  const confirmed = await context.ledger.write('confirmPlan', {
    ...input,
    jobId,
    now,
    journal: {
      at: now,
      kind: 'plan.confirmed',
      actor: context.actor(),
      portalId,
      jobId,
      body: { planId: input.planId, digest: input.digest, count: record.plan.count },
    },
  })
  const known = confirmed.fresh ? undefined : await knownJob(context, confirmed.jobId)
  if (known) return known
  // Also where a crash came between confirming and starting: the plan's job is started under the id it was given.
  return context.jobs.start({
    kind: 'apply',
    unit: 'items',
    total: record.plan.count,
    portalId,
    request: { planId: input.planId },
    actor: context.actor(),
    id: confirmed.jobId as JobId,
    work: async (control) => {
      await context.ledger.write('createItems', { planId: input.planId, jobId: control.id, portalId })
      return work(context, portalId, control, false)
    },
  })
}

async function knownJob(context: CommandContext, jobId: string): Promise<JobSnapshot | undefined> {
  return context.liveJob(jobId) ?? (await context.ledger.read('readJob', { jobId }))?.snapshot
}

/** Goes on with an interrupted or stopped job; `settleOnly` just finds out what became of what was sent. */
export async function resumeApply(
  context: CommandContext,
  jobId: string,
  settleOnly: boolean,
): Promise<JobSnapshot> {
  const record = await context.ledger.read('readJob', { jobId })
  const portalId = record?.snapshot.portalId
  if (!record || !portalId) throw new Refusal({ code: 'not.found', what: 'job' })
  if (!settleOnly) {
    await writablePortal(context, portalId)
    await context.portals.client(portalId)
  }
  return context.jobs.start({
    kind: 'apply',
    unit: 'items',
    total: record.snapshot.total,
    portalId,
    request: record.request,
    actor: context.actor(),
    key: `apply ${jobId}`,
    resume: record.snapshot,
    work: async (control) => {
      if (!settleOnly) await reopen(context, jobId, portalId, record.request as { planId: string })
      return work(context, portalId, control, settleOnly)
    },
  })
}

/** Takes up what was stopped; a job that was cut off before it had its items gets them now. */
async function reopen(
  context: CommandContext,
  jobId: string,
  portalId: string,
  { planId }: { planId: string },
): Promise<void> {
  await context.ledger.write('createItems', { planId, jobId, portalId })
  await context.ledger.write('reopenItems', { jobId })
  // The person asked to try again: a portal's block that has been lifted meanwhile is forgotten here too.
  const client = await context.portals.client(portalId)
  client.lift()
}

async function work(
  context: CommandContext,
  portalId: string,
  control: JobControl,
  settleOnly: boolean,
): Promise<JobEnd> {
  const portal = await context.ledger.read('readPortal', { portalId })
  if (!portal) throw new Refusal({ code: 'not.found', what: 'portal' })
  const client = (await context.portals.client(portalId)).lane(control.id)
  const durations = await durationsOf(context.ledger, portal)
  const batch = {
    reads: hasAbility(portal.portal, 'batch.payments'),
    writes: batchesWrites(portal.portal),
    forbidden: false,
  }
  try {
    return await applyPlan(
      {
        client,
        ledger: context.ledger,
        clock: context.ports.clock,
        jobId: control.id,
        portalId,
        actor: context.actor(portal.portal.credentials[0]?.user ?? null),
        batch,
        groups: firstGroups(durations),
        unreadGroups: 0,
        durations,
        userId: portal.portal.check?.user.id ?? '',
        serverLimitSeconds: portal.settings.serverLimitSeconds,
        zone: zoneOf(portal),
        signal: control.signal,
      },
      control,
      settleOnly,
    )
  } finally {
    if (batch.forbidden) await rememberRefusedBatch(context, portalId)
    context.publish('ledger.changed', {
      areas: ['payments', 'operations', 'matches', 'journal', 'portals'],
      portalId,
      at: context.now(),
    })
  }
}

/** What no check can find out: from now on plans and jobs of this portal go one by one, until it is checked anew. */
async function rememberRefusedBatch(context: CommandContext, portalId: string): Promise<void> {
  const check = (await context.ledger.read('readPortal', { portalId }))?.portal.check
  if (!check) return
  const others = check.abilities.filter(({ ability }) => ability !== 'batch.writes')
  const refused = { ability: 'batch.writes', state: 'no', fault: { code: 'rest.batchForbidden' } } as const
  await context.ledger.write('changePortal', {
    portalId,
    check: { ...check, abilities: [...others, refused] },
  })
}
