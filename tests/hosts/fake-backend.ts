// A backend that answers what a test tells it, for the hosts' own tests.

import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { ClientFrame } from '../../electron/contract/frames.ts'
import type { ServerFrame } from '../../electron/contract/frames.ts'
import { Refusal } from '../../electron/contract/fault.ts'
import { Ticket } from '../../electron/contract/files.ts'
import type { Backend } from '../../electron/backend/session.ts'

export interface FakeBackend extends Backend {
  /** Every frame that reached a session, as it came. */
  received: unknown[]
  sessions: number
  closed: boolean
  /** What `locate` knows: tickets by claim, or put here by a test. */
  files: Map<string, { path: string; name: string; disposable: boolean }>
  running: number
  tell(event: string, data: unknown): void
}

export type Answer = (input: unknown, backend: FakeBackend) => unknown

/** `answers` by call name; a thrown Refusal becomes the fault, a call without an answer `call.unknown`. */
export function fakeBackend(answers: Record<string, Answer> = {}): FakeBackend {
  const emits = new Set<(frame: ServerFrame) => void>()
  const backend: FakeBackend = {
    received: [],
    sessions: 0,
    closed: false,
    files: new Map(),
    running: 0,
    tell(event, data) {
      for (const emit of [...emits]) emit({ event, data })
    },
    open(emit) {
      emits.add(emit)
      backend.sessions++
      emit({ hello: { version: '0.0.0-fake', protocol: 1 } })
      return {
        receive(frame) {
          backend.received.push(frame)
          const read = ClientFrame.safeParse(frame)
          if (!read.success || !('call' in read.data)) return
          const { id, call, input } = read.data
          void answer(call, input).then((part) => emits.has(emit) && emit({ id, ...part }))
        },
        close() {
          if (emits.delete(emit)) backend.sessions--
        },
      }
    },
    tickets: {
      async claim(path, name, disposable) {
        const bytes = statSync(path, { throwIfNoEntry: false })?.size
        if (bytes === undefined) throw new Refusal({ code: 'file.gone' })
        if (bytes === 0) {
          if (disposable) await rm(path)
          throw new Refusal({ code: 'file.empty' })
        }
        const ticket = Ticket.parse(`t_${randomBytes(16).toString('base64url')}`)
        backend.files.set(ticket, { path, name, disposable })
        return ticket
      },
      locate: (ticket) => backend.files.get(ticket),
    },
    runningJobs: () => backend.running,
    close() {
      backend.closed = true
      return Promise.resolve()
    },
  }

  async function answer(
    call: string,
    input: unknown,
  ): Promise<{ value: unknown } | { fault: Refusal['fault'] }> {
    try {
      const handler = answers[call]
      if (!handler) throw new Refusal({ code: 'call.unknown', name: call })
      return { value: await handler(input, backend) }
    } catch (error) {
      if (error instanceof Refusal) return { fault: error.fault }
      throw error
    }
  }
  return backend
}
