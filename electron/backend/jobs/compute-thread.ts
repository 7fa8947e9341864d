// One worker thread and the task it has in hand.

import { Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import { endThread } from '../end-thread.ts'

export interface ComputeThreadData {
  ledgerPath: string
}
export interface ComputeTask {
  name: string
  input: unknown
  writer: MessagePort | null
  /** One 32-bit flag; 1 means stop. Shared memory, because a computing thread does not look at messages. */
  stop: SharedArrayBuffer
}
export type ComputeMessage =
  | { progress: [done: number, total: number | null, note: string] }
  | { value: unknown }
  | { fault: Fault }
  | { stopped: true }
  | { error: string }

export interface TaskOptions {
  signal?: AbortSignal
  onProgress?: (done: number, total: number | null, note: string) => void
  /** A port to the ledger's writing thread, for tasks that write. */
  writer?: MessagePort
}

export interface ComputeThread {
  /** One task at a time. Rejects with its Refusal, with `memory.spent`, or with the signal's reason after a stop. */
  run(name: string, input: unknown, options: TaskOptions): Promise<unknown>
  /** Whether it can take another task: false once it died, or failed in a way that nobody expected. */
  sound(): boolean
  /** Stops the task in hand, lets the thread close what it holds, and resolves when it is gone. */
  end(): Promise<void>
}

/** In megabytes: the whole heap, and that of its part for new values. */
export interface ThreadLimits {
  heapMb: number
  youngMb?: number
}

/** Starts a thread whose heap is bounded: what needs more is refused instead of taking the program down. */
export function startThread(options: {
  worker: URL
  ledgerPath: string
  limits: ThreadLimits
}): ComputeThread {
  const { heapMb, youngMb } = options.limits
  const worker = new Worker(options.worker, {
    workerData: { ledgerPath: options.ledgerPath } satisfies ComputeThreadData,
    resourceLimits: {
      maxOldGenerationSizeMb: heapMb,
      ...(youngMb === undefined ? {} : { maxYoungGenerationSizeMb: youngMb }),
    },
  })
  let sound = true
  let stopTask = (): void => undefined
  // A thread that waits for its next task must not keep the program from ending.
  worker.unref()
  worker.on('error', () => (sound = false))
  worker.on('exit', () => (sound = false))
  return {
    sound: () => sound,
    end: async () => {
      sound = false
      stopTask()
      await endThread(worker)
    },
    run: (name, input, { signal, onProgress, writer }) =>
      new Promise((resolve, reject) => {
        const stop = new SharedArrayBuffer(4)
        const halt = (): void => {
          Atomics.store(new Int32Array(stop), 0, 1)
        }
        const hear = (message: ComputeMessage): void => {
          if ('progress' in message) onProgress?.(...message.progress)
          else if ('value' in message) leave(() => resolve(message.value))
          else if ('fault' in message) leave(() => reject(new Refusal(message.fault)))
          else if ('stopped' in message) leave(() => reject(reasonOf(signal)))
          else {
            sound = false
            leave(() => reject(new Error(message.error)))
          }
        }
        const fail = (error: unknown): void => leave(() => reject(failureOf(error, heapMb)))
        const die = (): void => leave(() => reject(new Error('the computing thread ended before its task')))
        const leave = (settle: () => void): void => {
          signal?.removeEventListener('abort', halt)
          worker.off('message', hear).off('error', fail).off('exit', die)
          stopTask = () => undefined
          // One that is on its way out is waited for.
          if (sound) worker.unref()
          settle()
        }
        stopTask = halt
        if (signal?.aborted) halt()
        signal?.addEventListener('abort', halt, { once: true })
        worker.on('message', hear).on('error', fail).on('exit', die)
        worker.ref()
        const task: ComputeTask = { name, input, writer: writer ?? null, stop }
        worker.postMessage(task, writer ? [writer] : [])
      }),
  }
}

export function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Refusal({ code: 'call.abandoned' })
}

function failureOf(error: unknown, heapMb: number): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const spent = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return spent ? new Refusal({ code: 'memory.spent', limitMb: heapMb }, { cause: error }) : error
}
