// A bridge without a backend: answers written out by a test, and everything the window sent kept for looking at.

import type { CallName, DataOf, InputOf, ResultOf, TopicName } from '../../electron/contract/api.ts'
import type { Fault, Result } from '../../electron/contract/fault.ts'
import type { Ticket } from '../../electron/contract/files.ts'
import type { Bridge, ClientFrame, ServerFrame } from '../../electron/contract/frames.ts'

type Answer<N extends CallName> = (input: InputOf<N>) => Result<ResultOf<N>> | Promise<Result<ResultOf<N>>>
export type Answers = { [N in CallName]?: Answer<N> }

export interface FakeBridge extends Bridge {
  /** Every frame that was sent, oldest first. */
  readonly sent: ClientFrame[]
  /** Names of the calls that were sent, oldest first. */
  calls(): string[]
  /** The inputs of every call of this name. */
  inputsOf<N extends CallName>(name: N): InputOf<N>[]
  /** Answers by hand the call with this id. */
  answer(id: number, result: Result<unknown>): void
  tell<T extends TopicName>(topic: T, data: DataOf<T>): void
  connection(state: 'lost' | 'open'): void
  readonly delivered: { ticket: string; name: string }[]
  answers: Answers
}

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function no(fault: Fault): Result<never> {
  return { ok: false, fault }
}

/** Calls without an answer stay open until `answer` is called. */
export function fakeBridge(answers: Answers = {}): FakeBridge {
  const receivers = new Set<(frame: ServerFrame) => void>()
  const sent: ClientFrame[] = []
  const delivered: { ticket: string; name: string }[] = []
  let claims = 0

  const emit = (frame: ServerFrame) => receivers.forEach((receive) => receive(structuredClone(frame)))
  const settle = (id: number, result: Result<unknown>) =>
    emit(result.ok ? { id, value: result.value } : { id, fault: result.fault })

  const fake: FakeBridge = {
    sent,
    delivered,
    answers,
    calls: () => sent.flatMap((frame) => ('call' in frame ? [frame.call] : [])),
    inputsOf: (name) =>
      sent.flatMap((frame) => ('call' in frame && frame.call === name ? [frame.input as never] : [])),
    answer: settle,
    tell: (topic, data) => emit({ event: topic, data }),
    connection: (state) => emit({ event: 'connection', data: state }),
    send(frame) {
      // A host clones what it carries; a reactive proxy would throw there, and does here.
      const carried = structuredClone(frame)
      sent.push(carried)
      if (!('call' in carried)) return
      const answer = fake.answers[carried.call as CallName] as
        ((input: unknown) => Result<unknown> | Promise<Result<unknown>>) | undefined
      if (answer)
        void Promise.resolve(carried.input)
          .then(answer)
          .then((result) => settle(carried.id, result))
    },
    listen(receive) {
      receivers.add(receive)
      return () => receivers.delete(receive)
    },
    claim: async () => `t_${String(++claims).padStart(24, '0')}` as Ticket,
    async deliver(ticket, name) {
      delivered.push({ ticket, name })
      return true
    },
  }
  return fake
}
