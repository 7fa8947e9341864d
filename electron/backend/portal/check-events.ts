// Whether the portal can keep a queue of its events for us: for an app, an administrator, and by the plan. Asked within
// the batch that is tried anyway.

import type { PortalCheck } from '../../contract/portal.ts'
import type { Command } from './client.ts'
import { appInfo, keepsEvents } from './methods/events.ts'
import type { Outcome } from './outcome.ts'

type Judged = Omit<PortalCheck['abilities'][number], 'ability'>

export function probeEvents(): {
  commands: Record<'app' | 'kept', Command>
  judge(outcomes: Readonly<Record<string, Outcome>>, administrator: boolean): Judged
} {
  const kept = keepsEvents()
  const commandOf = ({ method, params }: Command): Command => ({ method, params })
  return {
    commands: { app: commandOf(appInfo()), kept: commandOf(kept) },
    judge: (outcomes, administrator) => {
      for (const outcome of [outcomes['app'], outcomes['kept']]) {
        if (outcome === undefined) return { state: 'unknown', fault: null }
        // A webhook is told that it has no rights, which no other user of the portal would mend.
        if (outcome.class !== 'executed') return { state: 'no', fault: null }
      }
      const answer = outcomes['kept']
      const yes =
        administrator &&
        answer?.class === 'executed' &&
        kept.parse({ result: answer.result, total: null, next: null })
      return { state: yes ? 'yes' : 'no', fault: null }
    },
  }
}
