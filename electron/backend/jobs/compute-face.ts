// Computing that must not hold up the backend's own thread: each task runs in a worker thread of its own.

import { Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import type { Tasks } from './compute/tasks.ts'

export type TaskName = keyof Tasks
export type TaskInput<N extends TaskName> = Parameters<Tasks[N]>[0]
export type TaskResult<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>

export interface TaskOptions {
  signal?: AbortSignal
  onProgress?: (done: number, total: number | null, note: string) => void
  /** A port to the ledger's writing thread, for tasks that write. */
  writer?: MessagePort
}

export interface Compute {
  /** Runs a task; rejects with the task's Refusal, or with the signal's reason after a stop that left nothing behind. */
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: TaskOptions): Promise<TaskResult<N>>
}

export interface ComputeWorkerData {
  name: string
  input: unknown
  ledgerPath: string
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

export function createCompute(options: { worker: URL; ledgerPath: string }): Compute {
  return {
    run: <N extends TaskName>(
      name: N,
      input: TaskInput<N>,
      { signal, onProgress, writer }: TaskOptions = {},
    ) =>
      new Promise<TaskResult<N>>((resolve, reject) => {
        const stop = new SharedArrayBuffer(4)
        const data: ComputeWorkerData = {
          name,
          input,
          ledgerPath: options.ledgerPath,
          writer: writer ?? null,
          stop,
        }
        const worker = new Worker(options.worker, { workerData: data, transferList: writer ? [writer] : [] })
        const halt = (): void => {
          Atomics.store(new Int32Array(stop), 0, 1)
        }
        if (signal?.aborted) halt()
        signal?.addEventListener('abort', halt, { once: true })
        const end = (): void => {
          signal?.removeEventListener('abort', halt)
          void worker.terminate()
        }
        worker.on('message', (message: ComputeMessage) => {
          if ('progress' in message) {
            onProgress?.(...message.progress)
            return
          }
          if ('value' in message) resolve(message.value as TaskResult<N>)
          else if ('fault' in message) reject(new Refusal(message.fault))
          else if ('stopped' in message)
            reject(signal?.reason instanceof Error ? signal.reason : new Refusal({ code: 'call.abandoned' }))
          else reject(new Error(message.error))
          end()
        })
        worker.on('error', (error) => {
          reject(error instanceof Error ? error : new Error(String(error)))
          end()
        })
        worker.on('exit', () => {
          reject(new Error('the computing thread ended before its task'))
          end()
        })
      }),
  }
}
