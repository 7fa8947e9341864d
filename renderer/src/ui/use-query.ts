import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { InputOf, QueryName, ResultOf } from '../../../electron/contract/api.ts'
import type { Fault } from '../../../electron/contract/fault.ts'
import { useBackend } from '../backend.ts'
import { useLive } from './use-live.ts'
import type { LedgerArea } from './use-live.ts'

export interface Query<T> {
  /** The last answer; kept while a newer one is awaited and when that one fails. */
  data: ShallowRef<T | null>
  fault: Ref<Fault | null>
  loading: Ref<boolean>
  reload(): Promise<void>
}

export interface QueryOptions {
  /** Ask again when the ledger changes here. */
  live?: readonly LedgerArea[]
}

/**
 * Asks at once, again whenever what `input` answers changes, and again when the ledger does. An older answer
 * never overwrites a newer one. `null` as input asks nothing and forgets the answer.
 */
export function useQuery<N extends QueryName>(
  name: N,
  input: () => InputOf<N> | null,
  options: QueryOptions = {},
): Query<ResultOf<N>> {
  const { call } = useBackend()
  const data: ShallowRef<ResultOf<N> | null> = shallowRef(null)
  const fault = ref<Fault | null>(null)
  const loading = ref(false)
  let running: AbortController | undefined

  async function reload(): Promise<void> {
    running?.abort()
    running = undefined
    const asked = input()
    if (asked === null) {
      data.value = null
      fault.value = null
      loading.value = false
      return
    }
    const mine = new AbortController()
    running = mine
    loading.value = true
    const ask = call as (
      name: N,
      input: unknown,
      options: { signal: AbortSignal },
    ) => ReturnType<typeof call<N>>
    const answer = await ask(name, asked, { signal: mine.signal })
    if (running !== mine) return
    loading.value = false
    fault.value = answer.ok ? null : answer.fault
    if (answer.ok) data.value = answer.value
  }

  watch(() => JSON.stringify(input() ?? null), reload, { immediate: true })
  if (options.live) useLive(options.live, () => void reload())
  onScopeDispose(() => running?.abort())

  return { data, fault, loading, reload }
}
