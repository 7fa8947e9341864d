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
      const onProgress = (done: number, total: number | null, note: string): void => {
        const step = note === 'reading' || note === 'scoring' || note === 'storing' ? note : 'scoring'
        control.progress({ done, total, note: { kind: 'step', step } })
      }
      const outcome = await matchOnce(context, control.signal, { onProgress })
      return { result: { kind: 'match', ...outcome } }
    },
  })
}

/** `unasked`: in the background, where nobody waits for the end. */
export async function matchOnce(
  context: CommandContext,
  signal: AbortSignal,
  options: {
    onProgress?: (done: number, total: number | null, note: string) => void
    unasked?: true
  },
) {
  const { onProgress = () => undefined, unasked } = options
  const { certainFrom, likelyFrom } = context.settings.get()
  const outcome = await context.compute.run(
    'matchLedger',
    { settings: { certainFrom, likelyFrom } },
    { signal, onProgress, writer: context.ledgerPort() },
  )
  context.publish('ledger.changed', {
    areas: ['matches', 'statements'],
    portalId: null,
    at: context.now(),
    ...(unasked && { unasked }),
  })
  return outcome
}
