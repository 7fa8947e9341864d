/** What may happen to a payment at the bank, and how often. */
import type { Random } from '../data/random.ts'

export type Scenario =
  | 'exact'
  | 'exact-already-paid'
  | 'paid-without-money'
  | 'group'
  | 'split'
  | 'partial'
  | 'over'
  | 'fee-withheld'
  | 'third-party'
  | 'refund'
  | 'open'

const scenarios: readonly [Scenario, number][] = [
  ['exact', 0.5],
  ['exact-already-paid', 0.07],
  ['paid-without-money', 0.025],
  ['group', 0.07],
  ['split', 0.03],
  ['partial', 0.035],
  ['over', 0.025],
  ['fee-withheld', 0.025],
  ['third-party', 0.035],
  ['refund', 0.015],
]

export function drawScenario(random: Random, foreign: boolean): Scenario {
  if (foreign && random.chance(0.12)) return 'fee-withheld'
  let drawn = random.next()
  for (const [scenario, share] of scenarios) {
    if (drawn < share) return scenario
    drawn -= share
  }
  return 'open'
}
