// What the wizard holds while it is open: the columns as the person says them now, and how they read.

import { computed, onScopeDispose, ref, watch } from 'vue'
import type { ColumnMapping, GivenFacts } from '../../../../electron/contract/statement-file.ts'
import type { Ticket } from '../../../../electron/contract/files.ts'
import { useQuery } from '../../ui/use-query.ts'
import { noCurrency } from './currencies.ts'
import { refOf } from './inbox-file.ts'
import type { InboxFile } from './inbox-file.ts'
import { blankMapping, missingOf } from './mapping-model.ts'
import type { MissingPart } from './mapping-model.ts'
import { useCarriedColumns } from './sheet-carrying.ts'

const quietMs = 250
/** Lines of the live preview; reading ends after them, however large the file is. */
const previewLines = 50

export function useMappingDraft(file: InboxFile) {
  const table = file.glance?.table ?? null
  const first = file.mapping ?? table?.mapping ?? blankMapping
  // What a person types for one file stays with that file: a remembered table serves other accounts too.
  const { account, currency, ...rest } = first
  const mapping = ref<ColumnMapping>({ ...rest, account: '' })
  const given = ref<GivenFacts>({
    ...(account ? { account } : {}),
    ...(currency ? { currency } : {}),
    ...file.given,
  })
  const settled = ref({ mapping: mapping.value, given: given.value })
  let timer: ReturnType<typeof setTimeout> | undefined
  watch([mapping, given], () => {
    clearTimeout(timer)
    timer = setTimeout(() => (settled.value = { mapping: mapping.value, given: given.value }), quietMs)
  })
  onScopeDispose(() => clearTimeout(timer))

  const missing = computed(() => missingOf(mapping.value))
  const asked = computed(() =>
    refOf({ ...file, mapping: settled.value.mapping, given: settled.value.given }, file.ticket as Ticket),
  )
  const preview = useQuery('statements.inspect', () =>
    missingOf(settled.value.mapping).includes('sum') ? null : { ...asked.value, lines: previewLines },
  )
  /** Another delimiter or sheet cuts the rows anew. */
  const cutAnew = computed(
    () =>
      table === null ||
      mapping.value.delimiter !== table.mapping.delimiter ||
      mapping.value.sheet !== table.mapping.sheet,
  )
  const anew = useQuery('statements.glance', () => (cutAnew.value ? asked.value : null))
  const shown = computed(() => (cutAnew.value ? anew.data.value?.table : table) ?? null)
  const rows = computed(() => shown.value?.rows ?? [])
  const sheets = computed(() => table?.sheets ?? anew.data.value?.table?.sheets ?? [])
  const carried = useCarriedColumns(mapping, () => {
    const sheet = shown.value?.mapping.sheet
    return sheet === undefined ? null : { sheet, rows: rows.value, proposed: shown.value?.proposed ?? null }
  })

  const unsaid = computed<(MissingPart | 'account' | 'currency')[]>(() => {
    const statements = preview.data.value?.statements ?? []
    return [
      ...missing.value,
      ...(statements.some((one) => one.account === '') ? (['account'] as const) : []),
      ...(statements.some((one) => one.currency === noCurrency) ? (['currency'] as const) : []),
    ]
  })

  return { mapping, given, preview, rows, sheets, carried, missing, unsaid }
}
