import { Refusal } from '../../contract/fault.ts'
import { startApply } from '../jobs/kinds/start-apply.ts'
import { makePlan } from '../plans/make-plan.ts'
import { planRetry, planUndo } from '../plans/follow-up.ts'
import type { HandlersOf } from './context.ts'

export const operations: HandlersOf<'operations'> = {
  'operations.plan': (request, context) => makePlan(context, request),

  'operations.planItems': async (input, { ledger, now }) => {
    if (!(await ledger.read('readPlan', { planId: input.planId, now: now() })))
      throw new Refusal({ code: 'not.found', what: 'plan' })
    return ledger.read('pagePlanItems', input)
  },

  'operations.planDrift': async (input, { ledger }) => ({ changed: await ledger.read('planDrift', input) }),
  'operations.apply': (input, context) => startApply(context, input),
  'operations.list': (input, { ledger }) => ledger.read('pageOperations', input),
  'operations.items': (input, { ledger }) => ledger.read('pageOperationItems', input),
  'operations.undo': ({ jobId }, context) => planUndo(context, jobId),
  'operations.retry': ({ jobId }, context) => planRetry(context, jobId),
}
