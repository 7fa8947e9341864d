// The counters of the navigation: work left, not totals.

import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useBackend } from '../backend.ts'
import { useLive } from '../ui/use-live.ts'
import type { AreaName } from './areas.ts'
import { usePortals } from './portals.store.ts'
import { useStatus } from './status.store.ts'

export const useWork = defineStore('work', () => {
  const { call } = useBackend()
  const portals = usePortals()
  const status = useStatus()
  const toPay = ref(0)
  const linesLeft = ref(0)
  const filesInDoubt = ref(0)
  const accountsUnbound = ref(0)

  const counters = computed<Partial<Record<AreaName, number>>>(() => ({
    payments: toPay.value,
    statements: filesInDoubt.value + accountsUnbound.value,
    reconcile: linesLeft.value,
    operations: status.status?.interruptedJobs ?? 0,
    portals: portals.list.filter((portal) => portal.state !== 'ok' && portal.state !== 'disconnected').length,
  }))

  async function load(): Promise<void> {
    const filter = portals.currentId ? { portalId: portals.currentId } : {}
    const [standings, summary, statements, accounts] = await Promise.all([
      call('payments.standings', { filter }),
      call('matches.summary', {}),
      call('statements.list'),
      call('accounts.list'),
    ])
    if (standings.ok) toPay.value = standings.value.byStanding.toPay + standings.value.byStanding.toPaySurplus
    if (summary.ok) linesLeft.value = summary.value.left
    if (statements.ok) {
      const doubtful = statements.value.filter(
        (one) => !one.cleared && one.balanceOffMinor !== null && one.balanceOffMinor !== 0,
      )
      filesInDoubt.value = new Set(doubtful.map((one) => one.fileId)).size
    }
    if (accounts.ok) accountsUnbound.value = accounts.value.filter((one) => one.portalId === null).length
  }

  watch(
    () => portals.currentId,
    () => void load(),
  )
  useLive(['payments', 'statements', 'matches', 'accounts', 'portals'], () => void load())

  return { counters, accountsUnbound, load }
})
