// The entry of a computing thread: runs one task, tells how it goes, ends.

import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../contract/fault.ts'
import { writesOver } from '../ledger/ledger.ts'
import type { ComputeMessage, ComputeWorkerData } from './compute-face.ts'
import { TaskStopped, tasks } from './compute/tasks.ts'
import type { TaskTools } from './compute/tasks.ts'

const data = workerData as ComputeWorkerData
const flag = new Int32Array(data.stop)
const tell = (message: ComputeMessage): void => parentPort?.postMessage(message)

const tools: TaskTools = {
  ledgerPath: data.ledgerPath,
  writer: data.writer && writesOver(data.writer),
  progress: (done, total, note) => tell({ progress: [done, total, note] }),
  checkStop: () => {
    if (Atomics.load(flag, 0) === 1) throw new TaskStopped()
  },
}

async function run(): Promise<void> {
  const task = Object.hasOwn(tasks, data.name) ? tasks[data.name as keyof typeof tasks] : undefined
  if (!task) throw new Error(`there is no task ${data.name}`)
  tell({ value: await (task as (input: unknown, tools: TaskTools) => unknown)(data.input, tools) })
}

run().catch((error: unknown) => {
  if (error instanceof TaskStopped) tell({ stopped: true })
  else if (error instanceof Refusal) tell({ fault: error.fault })
  else tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
})
