// The one plan that is being looked at: made, made again, confirmed.

import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { InputOf } from '../../../../electron/contract/api.ts'
import type { Fault, Result } from '../../../../electron/contract/fault.ts'
import type { OperationPlan, PlanRequest } from '../../../../electron/contract/operation.ts'
import type { JobId } from '../../../../electron/contract/values.ts'
import { useBackend } from '../../backend.ts'
import { usePortals } from '../../frame/portals.store.ts'
import { useStatus } from '../../frame/status.store.ts'
import { useJobs } from '../../jobs/jobs.store.ts'
import { useLive } from '../../ui/use-live.ts'
import { blockOf, needsReason, offersDetails, portalOf, withDetails } from './plan-words.ts'

/** Where a plan comes from: a request, or an operation that is to be undone or retried. */
export type PlanSource =
  { kind: 'request'; request: PlanRequest } | { kind: 'undo'; jobId: JobId } | { kind: 'retry'; jobId: JobId }

export const usePlan = defineStore('plan', () => {
  const { call } = useBackend()
  const portals = usePortals()
  const status = useStatus()
  const jobs = useJobs()

  const open = ref(false)
  const source = ref<PlanSource | null>(null)
  const plan = ref<OperationPlan | null>(null)
  const fault = ref<Fault | null>(null)
  const making = ref(false)
  const applying = ref(false)
  const listOpened = ref(false)
  const draftReason = ref('')
  const now = ref(new Date().toISOString())
  let lastAsked = 0
  let afterApplied: (() => void) | undefined

  const request = computed(() => (source.value?.kind === 'request' ? source.value.request : null))
  /** Of the plan, else of what was asked for; an undo without an answer belongs to the portal that is shown. */
  const portal = computed(() => {
    const id = plan.value?.portalId ?? (request.value ? portalOf(request.value) : portals.currentId)
    return portals.list.find((one) => one.id === id) ?? null
  })
  const readOnly = computed(() => block.value === 'writingOff' || fault.value?.code === 'portal.writingOff')
  /** Payments that show something else by now than the plan was made from. */
  const drifted = ref(0)
  const stale = computed(
    () => fault.value?.code === 'plan.stale' || fault.value?.code === 'plan.expired' || drifted.value > 0,
  )
  const wantsReason = computed(
    () =>
      fault.value?.code === 'plan.reasonNeeded' ||
      (plan.value !== null && needsReason(request.value, plan.value)),
  )
  const detailsOffered = computed(() =>
    offersDetails(request.value, portal.value?.check?.administrator ?? false),
  )
  const givenReason = computed(() => (request.value?.kind === 'unpay' ? (request.value.reason ?? '') : ''))
  const block = computed(() =>
    plan.value === null
      ? null
      : blockOf({
          plan: plan.value,
          request: request.value,
          writingAllowed: portal.value?.writingAllowed ?? false,
          listOpened: listOpened.value,
          reason: givenReason.value,
          now: now.value,
        }),
  )
  const policyReadOnly = computed(() => status.status?.policy.forceReadOnly ?? false)

  /** Opens the dialog and asks for the plan; `applied` runs once it was confirmed. */
  async function make(from: PlanSource, applied?: () => void): Promise<void> {
    open.value = true
    plan.value = null
    listOpened.value = false
    draftReason.value = ''
    afterApplied = applied
    await ask(from)
  }

  async function ask(from: PlanSource): Promise<void> {
    const mine = ++lastAsked
    source.value = from
    fault.value = null
    making.value = true
    const answer = await planOf(from)
    if (mine !== lastAsked) return
    making.value = false
    now.value = new Date().toISOString()
    if (answer.ok) plan.value = answer.value
    else {
      fault.value = answer.fault
      plan.value = null
    }
  }

  function planOf(from: PlanSource): Promise<Result<OperationPlan>> {
    switch (from.kind) {
      case 'request':
        return call('operations.plan', from.request as InputOf<'operations.plan'>)
      case 'undo':
        return call('operations.undo', { jobId: from.jobId })
      case 'retry':
        return call('operations.retry', { jobId: from.jobId })
    }
  }

  async function seeWhetherDrifted(): Promise<void> {
    const planId = plan.value?.id
    if (planId === undefined || applying.value) return
    const answer = await call('operations.planDrift', { planId })
    if (answer.ok && plan.value?.id === planId) drifted.value = answer.value.changed
  }
  useLive(['payments'], () => void seeWhetherDrifted())
  watch(
    () => plan.value?.id,
    () => (drifted.value = 0),
  )

  /** The same question once more: after the payments changed, or when the plan grew old. */
  async function again(): Promise<void> {
    if (source.value) await ask(source.value)
  }

  async function writeDetails(on: boolean): Promise<void> {
    if (request.value) await ask({ kind: 'request', request: withDetails(request.value, on) })
  }

  /** The reason is part of what is confirmed, so it makes a new plan. */
  async function takeReason(): Promise<void> {
    if (request.value?.kind !== 'unpay' || draftReason.value.trim() === '') return
    await ask({ kind: 'request', request: { ...request.value, reason: draftReason.value.trim() } })
  }

  async function allowWriting(): Promise<void> {
    if (!portal.value) return
    await portals.allowWriting(portal.value.id, true)
    if (plan.value === null && portal.value.writingAllowed) await again()
  }

  /** Sends exactly what was seen. Answers the job, or null with `fault` set. */
  async function confirm(): Promise<JobId | null> {
    now.value = new Date().toISOString()
    if (!plan.value || block.value !== null || applying.value) return null
    applying.value = true
    const answer = await call('operations.apply', { planId: plan.value.id, digest: plan.value.digest })
    applying.value = false
    if (!answer.ok) {
      fault.value = answer.fault
      return null
    }
    jobs.track(answer.value)
    afterApplied?.()
    close()
    return answer.value.id
  }

  function close(): void {
    lastAsked++
    open.value = false
    making.value = false
    source.value = null
    plan.value = null
    fault.value = null
    afterApplied = undefined
  }

  return {
    open,
    plan,
    request,
    portal,
    fault,
    stale,
    making,
    applying,
    listOpened,
    draftReason,
    givenReason,
    wantsReason,
    detailsOffered,
    block,
    readOnly,
    policyReadOnly,
    make,
    again,
    writeDetails,
    takeReason,
    allowWriting,
    confirm,
    close,
  }
})
