// The entry of a computing thread: runs one task after another, telling how each goes.

import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../contract/fault.ts'
import type { EndMessage } from '../end-thread.ts'
import { writesOver } from '../ledger/ledger.ts'
import type { ComputeMessage, ComputeThreadData, ComputeTask } from './compute-thread.ts'
import { TaskStopped, tasks } from './compute/tasks.ts'
import type { TaskTools } from './compute/tasks.ts'

const { ledgerPath } = workerData as ComputeThreadData
const tell = (message: ComputeMessage): void => parentPort?.postMessage(message)

let running = false
let ending = false

parentPort?.on('message', (message: ComputeTask | EndMessage) => {
  if ('end' in message) ending = true
  else take(message)
  endWhenFree()
})

/** Without its port nothing keeps the thread; a task that is under way is stopped by its flag, and closes what it opened. */
function endWhenFree(): void {
  if (ending && !running) parentPort?.close()
}

function take(task: ComputeTask): void {
  running = true
  const flag = new Int32Array(task.stop)
  const writer = task.writer && writesOver(task.writer)
  const tools: TaskTools = {
    ledgerPath,
    writer,
    progress: (done, total, note) => tell({ progress: [done, total, note] }),
    checkStop: () => {
      if (Atomics.load(flag, 0) === 1) throw new TaskStopped()
    },
  }
  run(task, tools)
    .then(
      (value) => tell({ value }),
      (error: unknown) => tell(endOf(error)),
    )
    .finally(() => {
      writer?.close()
      running = false
      endWhenFree()
    })
}

async function run({ name, input }: ComputeTask, tools: TaskTools): Promise<unknown> {
  const task = Object.hasOwn(tasks, name) ? tasks[name as keyof typeof tasks] : undefined
  if (!task) throw new Error(`there is no task ${name}`)
  return (task as (input: unknown, tools: TaskTools) => unknown)(input, tools)
}

function endOf(error: unknown): ComputeMessage {
  if (error instanceof TaskStopped) return { stopped: true }
  if (error instanceof Refusal) return { fault: error.fault }
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
