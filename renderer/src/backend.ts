// The window's one way to the backend. Where the window runs is the bridge's business alone.

import { inject, readonly, ref } from 'vue'
import type { InjectionKey, Ref } from 'vue'
import type { CallName, DataOf, InputOf, ResultOf, TopicName } from '../../electron/contract/api.ts'
import type { Fault, Result } from '../../electron/contract/fault.ts'
import type { Ticket } from '../../electron/contract/files.ts'
import type { Bridge, ClientFrame, ServerFrame } from '../../electron/contract/frames.ts'
import { isQuery } from './query-names.ts'

declare global {
  interface Window {
    /** Put there by the host before the program starts. */
    bridge?: Bridge
  }
}

export type Connection = 'open' | 'lost'

export interface CallOptions {
  /** Gives the call up: the backend is told, the call resolves to `call.abandoned`. */
  signal?: AbortSignal
}

/** `undefined` may be left out as a call's input. */
type InputArgument<N extends CallName> =
  undefined extends InputOf<N>
    ? [input?: InputOf<N>, options?: CallOptions]
    : [input: InputOf<N>, options?: CallOptions]

export interface Client {
  /** Never rejects: what goes wrong comes back as a fault. A query outlives a lost connection, a command does not. */
  call<N extends CallName>(name: N, ...rest: InputArgument<N>): Promise<Result<ResultOf<N>>>
  /** Answers the undo. */
  on<T extends TopicName>(topic: T, hear: (data: DataOf<T>) => void): () => void
  /** Hands a chosen or dropped file over. */
  claim(file: File): Promise<Result<Ticket>>
  /** Lets the person save what a ticket names; true when it was saved. */
  deliver(ticket: Ticket, name: string): Promise<Result<boolean>>
  readonly connection: Readonly<Ref<Connection>>
  /** Version of the backend as its hello told it; '' before. */
  readonly version: Readonly<Ref<string>>
  close(): void
}

interface Waiting {
  frame: ClientFrame
  repeatable: boolean
  settle(result: Result<unknown>): void
}

/** The client over a bridge; one per window. */
export function createClient(bridge: Bridge): Client {
  const connection = ref<Connection>('open')
  const version = ref('')
  const waiting = new Map<number, Waiting>()
  const hearers = new Map<string, Set<(data: unknown) => void>>()
  let lastId = 0

  function settle(id: number, result: Result<unknown>): void {
    const one = waiting.get(id)
    waiting.delete(id)
    one?.settle(result)
  }

  function connectionChanged(state: Connection): void {
    if (state === connection.value) return
    connection.value = state
    for (const [id, one] of [...waiting]) {
      if (state === 'open') bridge.send(one.frame)
      else if (!one.repeatable) settle(id, { ok: false, fault: { code: 'connection.lost' } })
    }
  }

  function receive(frame: ServerFrame): void {
    if ('hello' in frame) version.value = frame.hello.version
    else if ('event' in frame) {
      if (frame.event === 'connection') connectionChanged(frame.data === 'lost' ? 'lost' : 'open')
      else for (const hear of [...(hearers.get(frame.event) ?? [])]) hear(frame.data)
    } else if ('fault' in frame) settle(frame.id, { ok: false, fault: frame.fault })
    else settle(frame.id, { ok: true, value: frame.value })
  }

  function ask(name: CallName, input: unknown, options: CallOptions | undefined): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const id = ++lastId
      const repeatable = isQuery(name)
      if (options?.signal?.aborted) return resolve({ ok: false, fault: { code: 'call.abandoned' } })
      if (connection.value === 'lost' && !repeatable)
        return resolve({ ok: false, fault: { code: 'connection.lost' } })
      const frame: ClientFrame =
        input === undefined ? { id, call: name } : { id, call: name, input: plainCopy(input) }
      const abandon = () => {
        if (!waiting.has(id)) return
        settle(id, { ok: false, fault: { code: 'call.abandoned' } })
        if (connection.value === 'open') bridge.send({ id, abandon: true })
      }
      waiting.set(id, {
        frame,
        repeatable,
        settle(result) {
          options?.signal?.removeEventListener('abort', abandon)
          resolve(result)
        },
      })
      options?.signal?.addEventListener('abort', abandon, { once: true })
      if (connection.value === 'open') bridge.send(frame)
    })
  }

  const stopListening = bridge.listen(receive)

  return {
    call: (name, ...rest) => ask(name, rest[0], rest[1]) as never,
    on(topic, hear) {
      const set = hearers.get(topic) ?? new Set()
      hearers.set(topic, set)
      const one = (data: unknown) => hear(data as never)
      set.add(one)
      return () => set.delete(one)
    },
    claim: (file) => settled(() => bridge.claim(file)),
    deliver: (ticket, name) => settled(() => bridge.deliver(ticket, name)),
    connection: readonly(connection),
    version: readonly(version),
    close() {
      stopListening()
      for (const id of [...waiting.keys()]) settle(id, { ok: false, fault: { code: 'connection.lost' } })
    },
  }
}

export const clientKey: InjectionKey<Client> = Symbol('client')

/** The window's client, in a component's or a store's setup. */
export function useBackend(): Client {
  const client = inject(clientKey)
  if (!client) throw new Error('no client was provided')
  return client
}

/** Reactive proxies cannot cross to the host: what crosses is JSON anyway. */
function plainCopy(input: unknown): unknown {
  return JSON.parse(JSON.stringify(input))
}

async function settled<T>(run: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await run() }
  } catch (thrown) {
    return { ok: false, fault: isFault(thrown) ? thrown : { code: 'internal', reference: '' } }
  }
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}
