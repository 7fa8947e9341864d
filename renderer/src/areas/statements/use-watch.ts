// The watched folder as the backend tells it; asked again while its screen is open, since a folder changes by itself.

import { computed, onScopeDispose, ref } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { Fault } from '../../../../electron/contract/fault.ts'
import type { WatchStatus } from '../../../../electron/contract/statement-file.ts'
import { useBackend } from '../../backend.ts'
import type { Tone } from '../../ui/tones.ts'
import { useQuery } from '../../ui/use-query.ts'
import { useInbox } from './inbox.store.ts'

const askAgainMs = 10_000
const tones: Readonly<Record<WatchStatus['state'], Tone>> = {
  off: 'calm',
  watching: 'good',
  unreachable: 'bad',
}

export interface Watch {
  status: ShallowRef<WatchStatus | null>
  tone: ComputedRef<Tone>
  /** Why the last change was refused. */
  refused: Ref<Fault | null>
  busy: Ref<boolean>
  reload(): Promise<void>
  /** Begins to watch `folder`; null ends it. Answers whether it was done. */
  change(folder: string | null): Promise<boolean>
  /** The folder chosen in the system's dialog; null when none was. */
  choose(): Promise<string | null>
  /** Puts a waiting file into the inbox. */
  take(name: string): Promise<void>
}

export function useWatch(): Watch {
  const { call } = useBackend()
  const inbox = useInbox()
  const query = useQuery('statements.watched', () => undefined, { live: ['statements'] })
  const refused = ref<Fault | null>(null)
  const busy = ref(false)
  const timer = setInterval(() => {
    if (query.data.value?.folder != null) void query.reload()
  }, askAgainMs)
  onScopeDispose(() => clearInterval(timer))

  async function change(folder: string | null): Promise<boolean> {
    busy.value = true
    const answer = await call('statements.watch', { folder })
    busy.value = false
    refused.value = answer.ok ? null : answer.fault
    if (answer.ok) query.data.value = answer.value
    return answer.ok
  }

  async function choose(): Promise<string | null> {
    const answer = await call('statements.chooseFolder')
    refused.value = answer.ok ? null : answer.fault
    return answer.ok ? answer.value.folder : null
  }

  async function take(name: string): Promise<void> {
    const answer = await call('statements.takeWatched', { name })
    refused.value = answer.ok ? null : answer.fault
    if (answer.ok) await inbox.addTickets(answer.value)
  }

  return {
    status: query.data,
    tone: computed(() => tones[query.data.value?.state ?? 'off']),
    refused,
    busy,
    reload: query.reload,
    change,
    choose,
    take,
  }
}
