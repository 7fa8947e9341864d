// What the Payments screen remembers while the person looks elsewhere: filter, sort, selection.

import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { PaymentColumn, PaymentFilter, PaymentSelection } from '../../../../electron/contract/payment.ts'
import { paymentColumnIds } from './payment-columns.ts'
import { usePortals } from '../../frame/portals.store.ts'
import { nothingSelected } from '../../grid/selection.ts'
import type { RowSelection } from '../../grid/selection.ts'
import { sentenceOf } from './payment-selection.ts'
import { emptyDraft, filterOf } from './quick-filters.ts'
import type { FilterDraft } from './quick-filters.ts'

function isColumn(name: string): name is PaymentColumn {
  return (paymentColumnIds as readonly string[]).includes(name)
}

export const usePayments = defineStore('payments', () => {
  const portals = usePortals()
  const draft = ref<FilterDraft>(emptyDraft())
  const sort = ref<{ column: PaymentColumn; descending: boolean } | null>(null)
  const selection = ref<RowSelection>(nothingSelected)
  /** Rows that match the filter; null until the first page answered. */
  const total = ref<number | null>(null)

  const filter = computed<PaymentFilter>(() => {
    const chosen = filterOf(draft.value)
    return portals.currentId ? { ...chosen, portalId: portals.currentId } : chosen
  })
  const sentence = computed<PaymentSelection | null>(() =>
    portals.currentId ? sentenceOf(selection.value, portals.currentId, filter.value) : null,
  )

  /** Takes what the grid says; a column the contract does not know is no sort. */
  function sortBy(next: { column: string; descending: boolean } | null): void {
    sort.value = next && isColumn(next.column) ? { column: next.column, descending: next.descending } : null
  }

  function clearFilter(): void {
    draft.value = { ...emptyDraft(), text: draft.value.text }
  }

  function clearSelection(): void {
    selection.value = nothingSelected
  }

  // "All that match" means the filter that was seen when it was ticked: another filter ends that selection.
  watch(
    () => JSON.stringify(filter.value),
    () => {
      total.value = null
      if (selection.value.kind === 'all') clearSelection()
    },
  )
  watch(() => portals.currentId, clearSelection)

  return { draft, filter, sort, selection, sentence, total, sortBy, clearFilter, clearSelection }
})
