// Matching as a job that the person sees, and quietly after decisions.

import type { JobSnapshot } from '../../../contract/job.ts'
import type { CommandContext } from '../../handlers/context.ts'

export async function proposeMatches(context: CommandContext): Promise<JobSnapshot> {
  return context.jobs.start({
    kind: 'match',
    unit: 'lines',
    total: null,
    portalId: null,
    request: {},
    actor: context.actor(),
    key: 'match',
    work: async (control) => {
      const outcome = await matchOnce(context, control.signal, (done, total, note) => {
        const step = note === 'reading' || note === 'scoring' || note === 'storing' ? note : 'scoring'
        control.progress({ done, total, note: { kind: 'step', step } })
      })
      return { result: { kind: 'match', ...outcome } }
    },
  })
}

export async function matchOnce(
  context: CommandContext,
  signal: AbortSignal,
  onProgress: (done: number, total: number | null, note: string) => void = () => undefined,
) {
  const { certainFrom, likelyFrom } = context.settings.get()
  const outcome = await context.compute.run(
    'matchLedger',
    { settings: { certainFrom, likelyFrom } },
    { signal, onProgress, writer: context.ledgerPort() },
  )
  context.publish('ledger.changed', { areas: ['matches', 'statements'], portalId: null, at: context.now() })
  return outcome
}
