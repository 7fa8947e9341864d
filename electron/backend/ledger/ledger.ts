// The async face of the ledger: typed calls to the functions of `tables/`, which run in worker threads.

import { MessageChannel, Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import { endThread } from '../end-thread.ts'
import type { Reads } from './tables/reads.ts'
import type { Writes } from './tables/writes.ts'

type InputOf<F> = F extends (db: never, input: infer I) => unknown ? I : never
type ResultOf<F> = F extends (db: never, input: never) => infer R ? R : never

/** Only reading: what the handler of a query is handed. */
export interface LedgerReads {
  /** Where the file lies. */
  readonly path: string
  read<N extends keyof Reads>(name: N, input: InputOf<Reads[N]>): Promise<ResultOf<Reads[N]>>
}
/** Every write is one transaction; when it resolves, it is on the disk. */
export interface LedgerFace extends LedgerReads {
  write<N extends keyof Writes>(name: N, input: InputOf<Writes[N]>): Promise<ResultOf<Writes[N]>>
}

export interface Ledger extends LedgerFace {
  /** Begins to write, where it was opened only to read and its owner has gone. Throws like `openLedger`. */
  own(): Promise<void>
  /** Only reads again. */
  disown(): Promise<void>
  /** A port that speaks to the writing thread directly, for worker threads with much to write. */
  writerPort(): MessagePort
  close(): Promise<void>
}

export interface LedgerRequest {
  id: number
  name: string
  input: unknown
}
export type LedgerReply =
  { id: number; value: unknown } | { id: number; fault: Fault } | { id: number; error: string }
export interface LedgerWorkerData {
  path: string
  readOnly: boolean
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** Calls over one port or worker. */
class Line {
  private readonly waiting = new Map<number, Waiting>()
  private last = 0
  private ended: Error | null = null
  private readonly port: MessagePort | Worker

  constructor(port: MessagePort | Worker) {
    this.port = port
    port.on('message', (reply: LedgerReply) => this.settle(reply))
    port.on(port instanceof Worker ? 'exit' : 'close', () => this.end(new Error('the ledger was closed')))
    if (port instanceof Worker) port.on('error', (error: Error) => this.end(error))
  }

  ask(name: string, input: unknown): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended)
    const id = ++this.last
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.port.postMessage({ id, name, input } satisfies LedgerRequest)
    })
  }

  private settle(reply: LedgerReply): void {
    const waiting = this.waiting.get(reply.id)
    if (!waiting) return
    this.waiting.delete(reply.id)
    if ('value' in reply) waiting.resolve(reply.value)
    else if ('fault' in reply) waiting.reject(new Refusal(reply.fault))
    else waiting.reject(new Error(reply.error))
  }

  private end(error: Error): void {
    this.ended ??= error
    for (const waiting of this.waiting.values()) waiting.reject(error)
    this.waiting.clear()
  }
}

/**
 * Opens the ledger file: one thread writes (none when `readOnly`), another reads, so that a page of the grid
 * never waits for an import. Throws Refusal `ledger.newer`, `ledger.damaged`.
 */
export async function openLedger(options: { path: string; readOnly: boolean; worker: URL }): Promise<Ledger> {
  const start = async (readOnly: boolean): Promise<{ worker: Worker; line: Line }> => {
    const worker = new Worker(options.worker, {
      workerData: { path: options.path, readOnly } satisfies LedgerWorkerData,
    })
    const line = new Line(worker)
    try {
      await line.ask('open', null)
    } catch (error) {
      await endThread(worker)
      throw error
    }
    return { worker, line }
  }
  let writer = options.readOnly ? null : await start(false)
  const reader = await start(true).catch(async (error: unknown) => {
    if (writer) await endThread(writer.worker)
    throw error
  })
  return {
    path: options.path,
    read: (name, input) => reader.line.ask(name, input) as never,
    write: (name, input) => {
      if (!writer) return Promise.reject(new Refusal({ code: 'ledger.busy', owner: '' }))
      return writer.line.ask(name, input) as never
    },
    own: async () => {
      writer ??= await start(false)
    },
    disown: async () => {
      const before = writer
      writer = null
      if (before) await endThread(before.worker)
    },
    writerPort: () => {
      if (!writer) throw new Refusal({ code: 'ledger.busy', owner: '' })
      const { port1, port2 } = new MessageChannel()
      writer.worker.postMessage({ connect: port1 }, [port1])
      return port2
    },
    close: async () => {
      // The writer last: the connection that goes last tidies the write-ahead log away.
      for (const side of [reader, writer]) if (side) await endThread(side.worker)
    },
  }
}

/** The writing face over a port from `writerPort`, for use inside another thread. */
export function writesOver(port: MessagePort): Pick<LedgerFace, 'write'> & { close(): void } {
  const line = new Line(port)
  return {
    write: (name, input) => line.ask(name, input) as never,
    close: () => port.close(),
  }
}
