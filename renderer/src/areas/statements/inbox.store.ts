// Files that were dropped or chosen and wait for the person's word: what each holds, how it is to be read.

import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Fault } from '../../../../electron/contract/fault.ts'
import type { Ticket } from '../../../../electron/contract/files.ts'
import type {
  ColumnMapping,
  StatementEncoding,
  StatementFormat,
  StatementGlance,
} from '../../../../electron/contract/statement.ts'
import { useBackend } from '../../backend.ts'
import { useNotices } from '../../frame/notices.store.ts'
import { useJobs } from '../../jobs/jobs.store.ts'

export interface InboxFile {
  key: number
  name: string
  bytes: number
  ticket: Ticket | null
  glance: StatementGlance | null
  fault: Fault | null
  busy: boolean
  /** What the person overruled. */
  encoding: StatementEncoding | null
  format: StatementFormat | null
  mapping: ColumnMapping | null
  duplicates: 'skip' | 'keep'
  included: boolean
}

/** Whether the file can be imported as it stands. */
export function isReady(file: InboxFile): boolean {
  if (!file.included || file.busy || file.fault || !file.glance || file.glance.importedAs !== null)
    return false
  return !needsMapping(file)
}

/** A table whose columns are not certain waits for the person. */
export function needsMapping(file: InboxFile): boolean {
  if (file.fault?.code === 'statement.mappingNeeded') return true
  return file.glance?.table != null && !file.glance.table.certain && file.mapping === null
}

export const useInbox = defineStore('inbox', () => {
  const { call, claim } = useBackend()
  const jobs = useJobs()
  const notices = useNotices()
  const files = ref<InboxFile[]>([])
  const open = ref(false)
  const importing = ref(false)
  const stopping = new Map<number, AbortController>()
  let lastKey = 0

  const ready = computed(() => files.value.filter(isReady))
  const reading = computed(() => files.value.some((file) => file.busy))

  function place(name: string, bytes: number, ticket: Ticket | null): InboxFile {
    const file: InboxFile = {
      key: ++lastKey,
      name,
      bytes,
      ticket,
      glance: null,
      fault: null,
      busy: true,
      encoding: null,
      format: null,
      mapping: null,
      duplicates: 'skip',
      included: true,
    }
    files.value.push(file)
    return file
  }

  function find(key: number): InboxFile | undefined {
    return files.value.find((file) => file.key === key)
  }

  /** Reads the file again as it is now to be read; nothing is stored. */
  async function look(key: number): Promise<void> {
    const file = find(key)
    if (!file?.ticket) return
    stopping.get(key)?.abort()
    const stop = new AbortController()
    stopping.set(key, stop)
    file.busy = true
    const answer = await call(
      'statements.glance',
      {
        ticket: file.ticket,
        ...(file.encoding ? { encoding: file.encoding } : {}),
        ...(file.format ? { format: file.format } : {}),
        ...(file.mapping ? { mapping: file.mapping } : {}),
      },
      { signal: stop.signal },
    )
    const still = find(key)
    if (!still || stop.signal.aborted) return
    still.busy = false
    still.fault = answer.ok ? null : answer.fault
    if (answer.ok) {
      still.glance = answer.value
      still.name = answer.value.name
      still.bytes = answer.value.bytes
    }
  }

  async function add(chosen: readonly File[]): Promise<void> {
    open.value = true
    const placed = chosen.map((file) => ({ file, key: place(file.name, file.size, null).key }))
    for (const { file, key } of placed) {
      const answer = await claim(file)
      const entry = find(key)
      if (!entry) continue
      if (answer.ok) {
        entry.ticket = answer.value
        await look(key)
      } else {
        entry.busy = false
        entry.fault = answer.fault
      }
    }
  }

  /** Files that the backend already holds, such as the demo's samples. */
  async function addTickets(
    waiting: readonly { ticket: string; name: string; bytes: number }[],
  ): Promise<void> {
    open.value = true
    const keys = waiting.map(({ ticket, name, bytes }) => place(name, bytes, ticket as Ticket).key)
    for (const key of keys) await look(key)
  }

  async function change(
    key: number,
    patch: Partial<Pick<InboxFile, 'encoding' | 'format' | 'mapping' | 'duplicates' | 'included'>>,
  ): Promise<void> {
    const file = find(key)
    if (!file) return
    Object.assign(file, patch)
    if ('encoding' in patch || 'format' in patch || 'mapping' in patch) await look(key)
  }

  function remove(key: number): void {
    stopping.get(key)?.abort()
    files.value = files.value.filter((file) => file.key !== key)
    if (files.value.length === 0) open.value = false
  }

  function clear(): void {
    for (const stop of stopping.values()) stop.abort()
    files.value = []
    open.value = false
  }

  /** Stops reading what is not read yet; what is read stays. */
  function stopReading(): void {
    for (const file of files.value.filter((one) => one.busy)) {
      stopping.get(file.key)?.abort()
      file.busy = false
      file.fault = { code: 'call.abandoned' }
    }
  }

  /** Starts the import of everything that is ready; what is not stays in the inbox. Answers whether it ended well. */
  async function importReady(): Promise<boolean> {
    const taken = ready.value
    importing.value = true
    const answer = await call('statements.import', {
      files: taken.flatMap((file) =>
        file.ticket
          ? [
              {
                ticket: file.ticket,
                duplicates: file.duplicates,
                ...(file.encoding ? { encoding: file.encoding } : {}),
                ...(file.format ? { format: file.format } : {}),
                ...(file.mapping ? { mapping: file.mapping } : {}),
              },
            ]
          : [],
      ),
    })
    importing.value = false
    if (!answer.ok) {
      notices.fault(answer.fault)
      return false
    }
    const keys = new Set(taken.map((file) => file.key))
    files.value = files.value.filter((file) => !keys.has(file.key))
    if (files.value.length === 0) open.value = false
    const end = await jobs.followed(answer.value)
    return end.state === 'done'
  }

  return {
    files,
    open,
    ready,
    reading,
    importing,
    add,
    addTickets,
    look,
    change,
    remove,
    clear,
    stopReading,
    importReady,
  }
})
