// The connected portals and the one the person works with.

import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref } from 'vue'
import type { Fault } from '../../../electron/contract/fault.ts'
import type { Portal } from '../../../electron/contract/portal.ts'
import type { PortalId } from '../../../electron/contract/values.ts'
import { useBackend } from '../backend.ts'
import { useJobs } from '../jobs/jobs.store.ts'
import { useNotices } from './notices.store.ts'
import { recall, remember } from './remembered.ts'

export const usePortals = defineStore('portals', () => {
  const { call, on } = useBackend()
  const notices = useNotices()
  const jobs = useJobs()
  const list = ref<Portal[]>([])
  const loaded = ref(false)
  const fault = ref<Fault | null>(null)
  const chosenId = ref(recall('portal'))

  const current = computed<Portal | null>(
    () => list.value.find((portal) => portal.id === chosenId.value) ?? list.value[0] ?? null,
  )
  const currentId = computed<PortalId | null>(() => current.value?.id ?? null)
  const writable = computed(() => current.value?.writingAllowed ?? false)

  async function reload(): Promise<void> {
    const answer = await call('portals.list')
    fault.value = answer.ok ? null : answer.fault
    if (answer.ok) {
      list.value = answer.value
      loaded.value = true
    }
  }

  function choose(id: PortalId): void {
    chosenId.value = id
    remember('portal', id)
  }

  /** Takes a portal that a call answered in place of the one that was shown. */
  function put(portal: Portal): void {
    const others = list.value.filter((one) => one.id !== portal.id)
    const at = list.value.findIndex((one) => one.id === portal.id)
    list.value = at < 0 ? [...others, portal] : others.toSpliced(at, 0, portal)
    loaded.value = true
  }

  async function refresh(id: PortalId, whole = false): Promise<void> {
    const answer = await call('payments.refresh', { portalId: id, ...(whole && { whole }) })
    if (answer.ok) jobs.track(answer.value)
    else notices.fault(answer.fault)
  }

  async function allowWriting(id: PortalId, allowed: boolean): Promise<void> {
    const answer = await call('portals.allowWriting', { portalId: id, allowed })
    if (answer.ok) put(answer.value)
    else notices.fault(answer.fault)
  }

  onScopeDispose(
    on('ledger.changed', ({ areas }) => {
      if (areas.includes('portals') || areas.includes('payments')) void reload()
    }),
  )

  return { list, loaded, fault, current, currentId, writable, reload, choose, put, refresh, allowWriting }
})
