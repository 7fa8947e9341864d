// The order in which portals are shown: what may be wrong before what stands still, and that before ordinary work.

import type { Portal, PortalWaiting } from '../../../electron/contract/portal.ts'
import { portalTones } from './portal-tones.ts'

/** Higher comes first; portals of one rank are alike. */
export function urgencyOf(portal: Portal, waiting: PortalWaiting | null): number {
  if (waiting && waiting.unknown > 0) return 6
  if (waiting && waiting.paused > 0) return 5
  if (portal.state !== 'ok' && portalTones[portal.state].tone !== 'calm') return 4
  if (waiting && waiting.toPay.count > 0) return 3
  if (waiting && waiting.linesLeft + waiting.linesDoubtful > 0) return 2
  if (waiting && waiting.breaks > 0) return 1
  return 0
}

/** A portal by what a person types of it: each word somewhere in its name or address. */
export function isFound({ name, host }: Portal, typed: string): boolean {
  const text = `${name} ${host}`.toLocaleLowerCase()
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
