// A client beside the backend in one process: for the terminal's single call and for the hosts' own questions.

import type { CallName, DataOf, InputOf, ResultOf, TopicName } from '../contract/api.ts'
import type { Result } from '../contract/fault.ts'
import type { ServerFrame } from '../contract/frames.ts'
import type { Backend } from '../backend/session.ts'

export interface InProcessClient {
  /** Never rejects: what goes wrong comes back as a fault. */
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<Result<ResultOf<N>>>
  /** The same for a name known only while running; the backend parses name and input. */
  callByName(name: string, input: unknown): Promise<Result<unknown>>
  /** Answers the undo. */
  on<T extends TopicName>(topic: T, hear: (data: DataOf<T>) => void): () => void
  close(): void
}

export function openClient(backend: Backend): InProcessClient {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const hearers = new Set<{ topic: string; hear: (data: unknown) => void }>()
  let lastId = 0

  const session = backend.open((frame: ServerFrame) => {
    if ('hello' in frame) return
    if ('event' in frame) {
      for (const one of [...hearers]) if (one.topic === frame.event) one.hear(frame.data)
      return
    }
    const settle = waiting.get(frame.id)
    waiting.delete(frame.id)
    settle?.('fault' in frame ? { ok: false, fault: frame.fault } : { ok: true, value: frame.value })
  })

  function callByName(name: string, input: unknown): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const id = ++lastId
      waiting.set(id, resolve)
      session.receive(input === undefined ? { id, call: name } : { id, call: name, input })
    })
  }

  return {
    callByName,
    // The table's types say what a name's result is; the frames carry it as unknown.
    call: (name, input) => callByName(name, input) as never,
    on(topic, hear) {
      const one = { topic, hear: (data: unknown) => hear(data as never) }
      hearers.add(one)
      return () => hearers.delete(one)
    },
    close() {
      session.close()
      for (const settle of waiting.values()) settle({ ok: false, fault: { code: 'call.abandoned' } })
      waiting.clear()
    },
  }
}
