// What may explain the line under review: asked for again with every line and every search.

import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import type { Fault } from '../../../../electron/contract/fault.ts'
import type { Candidates, Proposal } from '../../../../electron/contract/match.ts'
import { useBackend } from '../../backend.ts'

/** What an explanation is known by when it is answered again. */
function namesOf({ portalId, allotments }: Proposal): string {
  return [portalId, ...allotments.map((one) => `${one.paymentId}:${one.amountMinor}`)].join(' ')
}

/** In a component's setup. `chosen` is the place of the explanation that "accept" would take. */
export function useCandidates(lineId: Readonly<Ref<number | null>>) {
  const { call } = useBackend()
  const search = ref('')
  const chosen = ref(0)
  const looking = ref(false)
  const fault = ref<Fault | null>(null)
  const answered = shallowRef<Candidates | null>(null)
  let asking = new AbortController()

  /** The answer for another line is not this one's. */
  const current = computed(() => (answered.value?.line.id === lineId.value ? answered.value : null))
  const proposals = computed(() => current.value?.proposals ?? [])
  const proposal = computed<Proposal | null>(() => proposals.value[chosen.value] ?? null)

  async function look(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    if (lineId.value === null) {
      answered.value = null
      looking.value = false
      return
    }
    looking.value = true
    const answer = await call(
      'matches.candidates',
      { lineId: lineId.value, search: search.value },
      { signal },
    )
    if (signal.aborted) return
    looking.value = false
    fault.value = answer.ok ? null : answer.fault
    if (answer.ok) take(answer.value)
  }

  /** The same line asked again keeps the explanation that the person had chosen. */
  function take(answer: Candidates): void {
    const before = proposal.value && namesOf(proposal.value)
    answered.value = answer
    chosen.value = Math.max(
      0,
      answer.proposals.findIndex((one) => namesOf(one) === before),
    )
  }

  function chooseNext(): void {
    if (proposals.value.length > 0) chosen.value = (chosen.value + 1) % proposals.value.length
  }

  watch([lineId, search], () => void look(), { immediate: true })
  onScopeDispose(() => asking.abort())

  return { search, chosen, looking, fault, current, proposals, proposal, look, chooseNext }
}
