import type { Portal, PortalState } from '../../../electron/contract/portal.ts'
import type { Tone } from '../ui/tones.ts'

/** How a portal's state looks; a word always stands beside it. */
export const portalTones: Readonly<Record<PortalState, { tone: Tone; dot: string }>> = {
  ok: { tone: 'good', dot: 'bg-good-fill' },
  signInAgain: { tone: 'warn', dot: 'bg-warn-fill' },
  secretGone: { tone: 'warn', dot: 'bg-warn-fill' },
  moved: { tone: 'warn', dot: 'bg-warn-fill' },
  blocked: { tone: 'bad', dot: 'bg-bad-fill' },
  shutOut: { tone: 'bad', dot: 'bg-bad-fill' },
  noRest: { tone: 'bad', dot: 'bg-bad-fill' },
  closed: { tone: 'bad', dot: 'bg-bad-fill' },
  unreachable: { tone: 'bad', dot: 'bg-bad-fill' },
  disconnected: { tone: 'calm', dot: 'bg-line-strong' },
}

/** Whether there is anything to ask the portal with. */
export function isOpenable({ state }: Portal): boolean {
  return state !== 'disconnected' && state !== 'secretGone'
}
