import { onScopeDispose } from 'vue'
import type { LedgerChanged } from '../../../electron/contract/app.ts'
import { useBackend } from '../backend.ts'

export type LedgerArea = LedgerChanged['areas'][number]

const gatherMs = 150

/**
 * Runs `again` after the ledger changed in one of `areas`; a burst of changes runs it once. `unasked` is true when all
 * of it was found by quiet looks: nobody waits for it to be shown.
 */
export function useLive(areas: readonly LedgerArea[], again: (change: { unasked: boolean }) => void): void {
  const { on, connection } = useBackend()
  let timer: ReturnType<typeof setTimeout> | undefined
  let unasked = true
  const stop = on('ledger.changed', (changed) => {
    if (!changed.areas.some((area) => areas.includes(area)) || connection.value === 'lost') return
    unasked &&= changed.unasked === true
    timer ??= setTimeout(() => {
      const change = { unasked }
      timer = undefined
      unasked = true
      again(change)
    }, gatherMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
