// What the Reconcile screen remembers while the person looks elsewhere: its filter and the line under review.

import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { InputOf } from '../../../../electron/contract/api.ts'
import type { Zone } from '../../../../electron/contract/match.ts'
import { usePortals } from '../../frame/portals.store.ts'

export interface ReconcileDraft {
  state: 'left' | 'decided' | 'all'
  direction: 'in' | 'out' | 'both'
  zones: Zone[]
  account: string
  text: string
}

const emptyDraft = (): ReconcileDraft => ({
  state: 'left',
  direction: 'both',
  zones: [],
  account: '',
  text: '',
})

export type ReconcileQuestion = NonNullable<NonNullable<InputOf<'matches.page'>>['filter']>

export const useReconcile = defineStore('reconcile', () => {
  const portals = usePortals()
  const draft = ref<ReconcileDraft>(emptyDraft())
  const lineId = ref<number | null>(null)

  /** Everything but the zones and the state: what the counts of the header are asked with. */
  const scope = computed<ReconcileQuestion>(() => ({
    ...(portals.currentId && { portalId: portals.currentId }),
    ...(draft.value.account && { account: draft.value.account }),
    ...(draft.value.text && { text: draft.value.text }),
    direction: draft.value.direction,
  }))
  const filter = computed<ReconcileQuestion>(() => ({
    ...scope.value,
    state: draft.value.state,
    ...(draft.value.zones.length > 0 && { zone: draft.value.zones }),
  }))
  const narrowed = computed(
    () =>
      draft.value.zones.length > 0 ||
      draft.value.account !== '' ||
      draft.value.direction !== 'both' ||
      draft.value.text !== '',
  )

  function toggleZone(zone: Zone): void {
    const has = draft.value.zones.includes(zone)
    draft.value.zones = has ? draft.value.zones.filter((one) => one !== zone) : [...draft.value.zones, zone]
  }

  function clear(): void {
    draft.value = { ...emptyDraft(), state: draft.value.state }
  }

  return { draft, lineId, scope, filter, narrowed, toggleZone, clear }
})
