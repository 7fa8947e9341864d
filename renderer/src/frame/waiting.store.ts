// What waits in every portal. Asked only where there is more than one: a single portal has its counters in the sidebar.

import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import type { Portal, PortalWaiting } from '../../../electron/contract/portal.ts'
import { useQuery } from '../ui/use-query.ts'
import { usePortals } from './portals.store.ts'
import { urgencyOf } from './urgency.ts'

export interface PortalWork {
  portal: Portal
  /** Null until the first answer. */
  waiting: PortalWaiting | null
}

export const useWaiting = defineStore('waiting', () => {
  const portals = usePortals()
  const many = computed(() => portals.list.length > 1)
  const { data, reload } = useQuery('portals.waiting', () => (many.value ? undefined : null) as undefined, {
    live: ['payments', 'statements', 'matches', 'accounts', 'operations', 'portals'],
  })
  // To the query no input and none to be asked look alike.
  watch(many, () => void reload())
  const byPortal = computed(() => new Map((data.value ?? []).map((one) => [one.portalId, one])))
  /** The most urgent first; those alike by name. */
  const work = computed<PortalWork[]>(() =>
    portals.list
      .map((portal) => ({ portal, waiting: byPortal.value.get(portal.id) ?? null }))
      .sort(
        (a, b) =>
          urgencyOf(b.portal, b.waiting) - urgencyOf(a.portal, a.waiting) ||
          a.portal.name.localeCompare(b.portal.name, undefined, { numeric: true }),
      ),
  )

  return { many, work, of: (id: string) => byPortal.value.get(id as Portal['id']) ?? null }
})
