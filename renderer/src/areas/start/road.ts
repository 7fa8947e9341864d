// The way from a connected portal to a report, and where on it the person is.

export const stepNames = ['payments', 'statements', 'accounts', 'reconcile', 'apply', 'report'] as const
export type StepName = (typeof stepNames)[number]

export interface Facts {
  payments: number
  refreshed: boolean
  statements: number
  accountsUnbound: number
  linesLeft: number
  decided: number
  toPay: number
  operations: number
}

export interface Step {
  name: StepName
  state: 'done' | 'now' | 'later'
}

function isDone(name: StepName, facts: Facts): boolean {
  switch (name) {
    case 'payments':
      return facts.refreshed
    case 'statements':
      return facts.statements > 0
    case 'accounts':
      return facts.statements > 0 && facts.accountsUnbound === 0
    case 'reconcile':
      return facts.decided > 0 && facts.linesLeft === 0
    case 'apply':
      return facts.operations > 0 && facts.toPay === 0
    case 'report':
      return false
  }
}

/**
 * Every step with its state; exactly one is `now`: the first that is not done. Accepted matches may be paid
 * while lines are still left, so the plan comes before them as soon as something can be paid.
 */
export function roadOf(facts: Facts): Step[] {
  const open = stepNames.filter((name) => !isDone(name, facts))
  const payable = facts.toPay > 0 && open[0] === 'reconcile'
  const now = payable ? 'apply' : open[0]
  return stepNames.map((name) => ({
    name,
    state: isDone(name, facts) ? 'done' : name === now ? 'now' : 'later',
  }))
}
