// Computing that must not hold up the backend's own thread. Threads that read statements are kept warm for a while:
// starting one takes longer than a look at a small file.

import { Refusal } from '../../contract/fault.ts'
import { reasonOf, startThread } from './compute-thread.ts'
import type { ComputeThread, TaskOptions, ThreadLimits } from './compute-thread.ts'
import type { Tasks } from './compute/tasks.ts'

export type TaskName = keyof Tasks
export type TaskInput<N extends TaskName> = Parameters<Tasks[N]>[0]
export type TaskResult<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>
export type { TaskOptions } from './compute-thread.ts'

export interface Compute {
  /**
   * Runs a task; rejects with the task's Refusal, with `memory.spent`, or with the signal's reason after a stop that left
   * nothing behind.
   */
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: TaskOptions): Promise<TaskResult<N>>
  /** Ends all threads; what they do is cut off. */
  close(): Promise<void>
}

/** Looks at files that run at a time: a hundred dropped files must not start a hundred threads. */
const mostLooks = 2
/** How long a thread without a task is kept. */
const idleMs = 60_000

/**
 * Tasks that read statements have the heap that a workbook of the largest size needs, and little room for what is new:
 * a stream of short-lived lines would fill it many times over before anything is collected. Others hold all of the ledger.
 */
const readingLimits = { heapMb: 512, youngMb: 16 }
const wholeLimits = { heapMb: 4096 }

const looks: ReadonlySet<TaskName> = new Set(['inspectFile', 'glanceStatement', 'readSheetRow'])
const wholes: ReadonlySet<TaskName> = new Set(['matchLedger', 'writeReport'])

export function createCompute(options: { worker: URL; ledgerPath: string }): Compute {
  const threads = new Set<ComputeThread>()
  const idle: { thread: ComputeThread; timer: ReturnType<typeof setTimeout> }[] = []
  const turns = createTurns(mostLooks)
  let closed = false

  const start = (limits: ThreadLimits): ComputeThread => {
    const thread = startThread({ ...options, limits })
    threads.add(thread)
    return thread
  }
  const end = async (thread: ComputeThread): Promise<void> => {
    // Known until it is gone: a program that ended while one of its threads was still ending has crashed.
    await thread.end()
    threads.delete(thread)
  }
  const takeIdle = (): ComputeThread | undefined => {
    const kept = idle.pop()
    clearTimeout(kept?.timer)
    if (!kept || kept.thread.sound()) return kept?.thread
    void end(kept.thread)
    return takeIdle()
  }
  const giveBack = (thread: ComputeThread): void => {
    if (closed || !thread.sound() || idle.length >= mostLooks) {
      void end(thread)
      return
    }
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((kept) => kept.thread === thread),
        1,
      )
      void end(thread)
    }, idleMs)
    timer.unref()
    idle.push({ thread, timer })
  }
  const runOn = async (
    thread: ComputeThread,
    name: TaskName,
    input: unknown,
    given: TaskOptions,
  ): Promise<unknown> => {
    try {
      return await thread.run(name, input, given)
    } finally {
      if (wholes.has(name)) void end(thread)
      else giveBack(thread)
    }
  }

  const inTurn = async (name: TaskName, input: unknown, given: TaskOptions): Promise<unknown> => {
    const release = looks.has(name) ? await turns.take(given.signal) : () => undefined
    try {
      if (closed) throw new Refusal({ code: 'backend.closing' })
      if (given.signal?.aborted) throw reasonOf(given.signal)
      const thread = wholes.has(name) ? start(wholeLimits) : (takeIdle() ?? start(readingLimits))
      return await runOn(thread, name, input, given)
    } finally {
      release()
    }
  }

  return {
    run: <N extends TaskName>(name: N, input: TaskInput<N>, given: TaskOptions = {}) =>
      inTurn(name, input, given) as Promise<TaskResult<N>>,
    close: async () => {
      closed = true
      for (const { timer } of idle.splice(0)) clearTimeout(timer)
      await Promise.all([...threads].map(end))
    },
  }
}

/** At most so many at a time; the others wait in the order in which they came. */
function createTurns(most: number): { take(signal: AbortSignal | undefined): Promise<() => void> } {
  let running = 0
  const waiting: (() => void)[] = []
  // Whoever waits takes the turn over, so that nobody who comes meanwhile can slip in between.
  const release = (): void => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return {
    take: async (signal) => {
      if (running < most) running += 1
      else {
        await new Promise<void>((resolve, reject) => {
          const leave = (): void => {
            waiting.splice(waiting.indexOf(enter), 1)
            reject(reasonOf(signal))
          }
          const enter = (): void => {
            signal?.removeEventListener('abort', leave)
            resolve()
          }
          signal?.addEventListener('abort', leave, { once: true })
          waiting.push(enter)
        })
      }
      return release
    },
  }
}
