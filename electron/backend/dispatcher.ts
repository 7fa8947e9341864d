// The one door to the backend: frames come in, are parsed, run and answered; the only catch-all is here.

import { api, topics } from '../contract/api.ts'
import type { CallName, DataOf, TopicName } from '../contract/api.ts'
import type { Fault } from '../contract/fault.ts'
import { Refusal } from '../contract/fault.ts'
import { ClientFrame } from '../contract/frames.ts'
import type { ServerFrame } from '../contract/frames.ts'
import type { AnyHandlers, CommandContext } from './handlers/context.ts'
import type { Log } from './ports.ts'
import type { Session } from './session.ts'

type Emit = (frame: ServerFrame) => void

export interface Dispatcher {
  open(emit: Emit): Session
  publish<T extends TopicName>(topic: T, data: DataOf<T>): void
  /** Calls under way; a host that ends waits for them. */
  underWay(): number
  close(): void
}

export interface DispatcherOptions {
  version: string
  handlers: AnyHandlers
  context: (signal: AbortSignal) => CommandContext
  /** The fault that every command gets, or null: another process owns the profile. */
  commandsRefused: () => Promise<Fault | null>
  log: Log
  /** A short word to find an internal error in the log by. */
  reference: () => string
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const sessions = new Set<Emit>()
  let running = 0
  let closing = false

  const open = (emit: Emit): Session => {
    const calls = new Map<number, AbortController>()
    sessions.add(emit)
    emit({ hello: { version: options.version, protocol: 1 } })

    const run = async (id: number, name: string, input: unknown): Promise<void> => {
      const controller = new AbortController()
      calls.set(id, controller)
      running += 1
      try {
        emit({ id, value: await answer(options, name, input, controller.signal, closing) })
      } catch (error) {
        emit({ id, fault: faultOf(options, name, error) })
      } finally {
        running -= 1
        if (calls.get(id) === controller) calls.delete(id)
      }
    }

    return {
      receive: (raw) => {
        const frame = ClientFrame.safeParse(raw)
        if (!frame.success) {
          emit({ id: idOf(raw), fault: { code: 'input.invalid', path: '', reason: 'frame' } })
          return
        }
        if ('call' in frame.data) {
          if (calls.has(frame.data.id))
            emit({ id: frame.data.id, fault: { code: 'input.invalid', path: 'id', reason: 'taken' } })
          else void run(frame.data.id, frame.data.call, frame.data.input)
        } else if ('abandon' in frame.data)
          calls.get(frame.data.id)?.abort(new Refusal({ code: 'call.abandoned' }))
        else emit({ id: frame.data.id, fault: { code: 'call.unknown', name: 'claim' } })
      },
      close: () => {
        sessions.delete(emit)
        for (const controller of calls.values()) controller.abort(new Refusal({ code: 'call.abandoned' }))
      },
    }
  }

  return {
    open,
    publish: (topic, data) => {
      topics[topic] satisfies { kind: 'topic' }
      for (const emit of sessions) emit({ event: topic, data })
    },
    underWay: () => running,
    close: () => {
      closing = true
    },
  }
}

async function answer(
  options: DispatcherOptions,
  name: string,
  input: unknown,
  signal: AbortSignal,
  closing: boolean,
): Promise<unknown> {
  if (closing) throw new Refusal({ code: 'backend.closing' })
  if (!Object.hasOwn(api, name)) throw new Refusal({ code: 'call.unknown', name: name.slice(0, 100) })
  const call = api[name as CallName]
  if (call.kind === 'command') {
    const refused = await options.commandsRefused()
    if (refused) throw new Refusal(refused)
  }
  const parsed = call.input.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Refusal({
      code: 'input.invalid',
      path: issue ? issue.path.join('.') : '',
      reason: issue?.code ?? '',
    })
  }
  const handler = options.handlers[name as CallName] as (
    input: unknown,
    context: CommandContext,
  ) => Promise<unknown>
  const value = await handler(parsed.data, options.context(signal))
  return value ?? null
}

/** A refusal is an answer; anything else is our mistake: logged with a reference, told without details. */
function faultOf(options: DispatcherOptions, name: string, error: unknown): Fault {
  if (error instanceof Refusal) return error.fault
  const reference = options.reference()
  options.log.error('call.failed', {
    name,
    reference,
    error: error instanceof Error ? error.stack : String(error),
  })
  return { code: 'internal', reference }
}

function idOf(raw: unknown): number {
  if (
    typeof raw === 'object' &&
    raw !== null &&
    'id' in raw &&
    typeof raw.id === 'number' &&
    Number.isSafeInteger(raw.id)
  )
    return raw.id
  return -1
}
