import { Refusal } from '../../contract/fault.ts'
import { resumeApply } from '../jobs/kinds/start-apply.ts'
import type { HandlersOf, QueryContext } from './context.ts'

export const jobs: HandlersOf<'jobs'> = {
  'jobs.list': async ({ running }, context) => {
    const known = await context.ledger.read('readJobs', { running })
    return known.map((snapshot) => context.liveJob(snapshot.id) ?? snapshot)
  },

  'jobs.get': async ({ jobId }, context) => find(context, jobId),

  'jobs.stop': ({ jobId }, { jobs: runner }) => runner.stop(jobId),

  'jobs.resume': async ({ jobId }, context) => {
    const snapshot = await find(context, jobId)
    if (snapshot.kind !== 'apply' || !snapshot.resumable) throw new Refusal({ code: 'job.notResumable' })
    return resumeApply(context, jobId, false)
  },
}

async function find(context: QueryContext, jobId: string) {
  const live = context.liveJob(jobId)
  if (live) return live
  const record = await context.ledger.read('readJob', { jobId })
  if (!record) throw new Refusal({ code: 'not.found', what: 'job' })
  return record.snapshot
}
