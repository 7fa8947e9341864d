import { onScopeDispose } from 'vue'
import type { LedgerChanged } from '../../../electron/contract/app.ts'
import { useBackend } from '../backend.ts'

export type LedgerArea = LedgerChanged['areas'][number]

const gatherMs = 150

/** Runs `again` after the ledger changed in one of `areas`; a burst of changes runs it once. */
export function useLive(areas: readonly LedgerArea[], again: () => void): void {
  const { on, connection } = useBackend()
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = on('ledger.changed', (changed) => {
    if (!changed.areas.some((area) => areas.includes(area)) || connection.value === 'lost') return
    timer ??= setTimeout(() => {
      timer = undefined
      again()
    }, gatherMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
