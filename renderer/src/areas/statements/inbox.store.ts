// Files that were dropped or chosen and wait for the person's word: what each holds, how it is to be read.

import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Ticket } from '../../../../electron/contract/files.ts'
import type { JobSnapshot } from '../../../../electron/contract/job.ts'
import type { RefusedFile, TakenFile } from '../../../../electron/contract/statement-file.ts'
import { useBackend } from '../../backend.ts'
import { useNotices } from '../../frame/notices.store.ts'
import { useJobs } from '../../jobs/jobs.store.ts'
import { useLive } from '../../ui/use-live.ts'
import { resultsByFile } from './import-results.ts'
import { choiceFor, hasRepeats, isReady, isText, newInboxFile, refOf } from './inbox-file.ts'
import type { Duplicates, InboxChoice, InboxFile } from './inbox-file.ts'
import { createLooking } from './looking.ts'

/** Two cores read, the window's own work and the ledger share the rest. */
const lookedAtOnce = 3
/** The contract's bound for one import. */
const mostAtOnce = 200
const mostReleased = 1000

type WaitingFile = (Omit<TakenFile, 'ticket'> & { ticket: string }) | RefusedFile

export const useInbox = defineStore('inbox', () => {
  const { call, claim } = useBackend()
  const jobs = useJobs()
  const notices = useNotices()
  const looking = createLooking(lookedAtOnce)
  const files = ref<InboxFile[]>([])
  const open = ref(false)
  const stopping = new Map<number, AbortController>()
  let lastKey = 0
  let counting: Promise<void> = Promise.resolve()

  const ready = computed(() => files.value.filter(isReady))
  /** Files with lines that another file has, or may have. */
  const repeating = computed(() => files.value.filter(hasRepeats))
  const reading = computed(() => files.value.filter((file) => file.busy).length)
  const importing = computed(() => files.value.some((file) => file.importing))

  function create({ name, bytes, ...found }: WaitingFile): InboxFile {
    const file = newInboxFile(++lastKey, name, bytes, found.ticket as Ticket | null)
    return 'fault' in found ? { ...file, busy: false, fault: found.fault } : file
  }

  /** Copies of ours are kept no longer than their files stand here. */
  function release(tickets: readonly (Ticket | null)[]): void {
    const held = tickets.filter((ticket) => ticket !== null)
    for (let from = 0; from < held.length; from += mostReleased)
      void call('statements.release', { tickets: held.slice(from, from + mostReleased) })
  }

  function find(key: number): InboxFile | undefined {
    return files.value.find((file) => file.key === key)
  }

  /** A new signal for this file; what was asked about it before is given up. */
  function signalOf(key: number): AbortSignal {
    stopping.get(key)?.abort()
    const stop = new AbortController()
    stopping.set(key, stop)
    return stop.signal
  }

  function refuse(key: number, fault: NonNullable<InboxFile['fault']>): void {
    const file = find(key)
    if (file) Object.assign(file, { busy: false, fault })
  }

  /** Reads the file as it is now to be read; nothing is stored. An older answer never overwrites a newer one. */
  async function glance(key: number, signal: AbortSignal): Promise<void> {
    const file = find(key)
    if (!file?.ticket || signal.aborted) return
    const answer = await call('statements.glance', refOf(file, file.ticket), { signal })
    const unknown = !answer.ok && answer.fault.code === 'statement.unknownFormat'
    const tabular = unknown && (await readsAsTable(file, file.ticket, signal))
    const still = find(key)
    if (!still || signal.aborted) return
    still.busy = false
    still.tabular = tabular
    still.fault = answer.ok ? null : answer.fault
    if (!answer.ok) return
    still.glance = answer.value
    still.bytes = answer.value.bytes
  }

  /** Whether a file of no known format is text, so that a person may say where its columns are. */
  async function readsAsTable(file: InboxFile, ticket: Ticket, signal: AbortSignal): Promise<boolean> {
    if (file.format !== null) return false
    const answer = await call('statements.glance', { ...refOf(file, ticket), format: 'csv' }, { signal })
    return answer.ok && isText(answer.value.table?.rows ?? [])
  }

  /** An archive's row gives way to one row for each of its files. */
  async function unpack(key: number, ticket: Ticket, signal: AbortSignal): Promise<void> {
    const answer = await call('statements.unpack', { ticket }, { signal })
    const at = files.value.findIndex((file) => file.key === key)
    if (at < 0 || signal.aborted) {
      if (answer.ok) release(answer.value.map((one) => one.ticket))
      return
    }
    if (!answer.ok) return refuse(key, answer.fault)
    const [only] = answer.value
    if (only?.ticket === ticket && answer.value.length === 1) return glance(key, signal)
    const members = answer.value.map(create)
    files.value.splice(at, 1, ...members)
    void lookAtAll(members)
  }

  async function lookAtAll(placed: readonly InboxFile[]): Promise<void> {
    await Promise.all(placed.map(({ key }) => look(key)))
  }

  /** Looks at a file again after something about its reading changed. */
  async function look(key: number): Promise<void> {
    const file = find(key)
    if (!file?.ticket) return
    file.busy = true
    const signal = signalOf(key)
    await looking.run(() => glance(key, signal))
  }

  async function add(chosen: readonly File[]): Promise<void> {
    open.value = true
    const placed = chosen.map((file) => ({
      file,
      entry: newInboxFile(++lastKey, file.name, file.size, null),
    }))
    files.value.push(...placed.map(({ entry }) => entry))
    await Promise.all(
      placed.map(({ file, entry: { key } }) => {
        const signal = signalOf(key)
        return looking.run(async () => {
          const answer = await claim(file)
          const entry = find(key)
          if (!entry || signal.aborted) return release(answer.ok ? [answer.value] : [])
          if (!answer.ok) return refuse(key, answer.fault)
          entry.ticket = answer.value
          await unpack(key, answer.value, signal)
        })
      }),
    )
  }

  /** Files that the backend already holds, such as the demo's samples or what waits in the watched folder. */
  async function addTickets(waiting: readonly WaitingFile[]): Promise<void> {
    open.value = true
    const placed = waiting.map(create)
    files.value.push(...placed)
    await lookAtAll(placed)
  }

  async function change(key: number, patch: Partial<InboxChoice>): Promise<void> {
    const file = find(key)
    if (!file) return
    Object.assign(file, patch)
    if (Object.keys(patch).some((name) => name !== 'duplicates')) await look(key)
  }

  /** One word about repeats for all files that have any. */
  function repeatsInAll(choice: Duplicates): void {
    for (const file of repeating.value) file.duplicates = choiceFor(file, choice)
  }

  function remove(key: number): void {
    removeAll(files.value.filter((file) => file.key === key))
  }

  function removeAll(gone: readonly InboxFile[]): void {
    for (const { key } of gone) {
      stopping.get(key)?.abort()
      stopping.delete(key)
    }
    const keys = new Set(gone.map(({ key }) => key))
    files.value = files.value.filter((file) => !keys.has(file.key))
    if (files.value.length === 0) open.value = false
    release(gone.map(({ ticket }) => ticket))
  }

  function clear(): void {
    looking.letGo()
    removeAll(files.value.filter((one) => !one.importing))
  }

  /** Stops reading what is not read yet; what is read stays. */
  function stopReading(): void {
    looking.letGo()
    for (const file of files.value.filter((one) => one.busy)) {
      stopping.get(file.key)?.abort()
      refuse(file.key, { code: 'call.abandoned' })
    }
  }

  /** Takes out what was imported; what was refused stays with its reason, and everything after a stop. */
  function settle(taken: readonly InboxFile[], end: JobSnapshot | null): void {
    const results = end?.result?.kind === 'import' ? end.result.files : []
    const byFile = resultsByFile(
      taken.map(({ name }) => name),
      results,
    )
    for (const [at, { key }] of taken.entries()) {
      const file = find(key)
      if (!file) continue
      file.importing = false
      const own = byFile[at] ?? []
      const fault = own.find((result) => result.fault)?.fault
      if (fault) file.fault = fault
      else if (own.length > 0) remove(key)
    }
  }

  async function importSome(taken: readonly InboxFile[]): Promise<boolean> {
    for (const file of taken) file.importing = true
    const answer = await call('statements.import', {
      files: taken.flatMap((file) =>
        file.ticket ? [{ ...refOf(file, file.ticket), duplicates: file.duplicates }] : [],
      ),
    })
    const end = answer.ok ? await jobs.followed(answer.value) : null
    if (!answer.ok) notices.fault(answer.fault)
    settle(taken, end)
    return end?.state === 'done'
  }

  /** Imports everything that is ready; what is not stays in the inbox. Answers whether it ended well. */
  async function importReady(): Promise<boolean> {
    // A file whose repeats are just being counted anew belongs to what the person saw as ready.
    await counting
    const taken = ready.value
    let well = taken.length > 0
    for (let from = 0; from < taken.length && well; from += mostAtOnce)
      well = await importSome(taken.slice(from, from + mostAtOnce))
    lookAgain()
    return well
  }

  /** What is new and what is known changes with every import, forgetting and judging. */
  function lookAgain(): void {
    if (importing.value) return
    counting = lookAtAll(files.value.filter((file) => file.glance && !file.busy))
  }
  useLive(['statements'], lookAgain)

  return {
    files,
    open,
    ready,
    repeating,
    reading,
    importing,
    add,
    addTickets,
    look,
    change,
    repeatsInAll,
    remove,
    clear,
    stopReading,
    importReady,
  }
})
