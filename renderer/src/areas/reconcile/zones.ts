// How sure a proposal is, for the eye: order, tone, and how many of three dots are filled.

import type { Zone } from '../../../../electron/contract/match.ts'
import type { Tone } from '../../ui/tones.ts'

const shapes: Record<Zone, { tone: Tone; dots: 0 | 1 | 2 | 3 }> = {
  certain: { tone: 'good', dots: 3 },
  likely: { tone: 'warn', dots: 2 },
  doubtful: { tone: 'bad', dots: 1 },
  none: { tone: 'calm', dots: 0 },
}
export const zoneOrder = Object.keys(shapes) as readonly Zone[]
export const toneOfZone = (zone: Zone): Tone => shapes[zone].tone
export const dotsOf = (zone: Zone): number => shapes[zone].dots
