// How long the main thread's event loop stands still. The clock alone would also count the time in which the machine
// gave the thread no processor, so three figures are taken: the longest gap between two turns by the clock, the most
// that the thread computed between two turns, and the longest gap of a thread of this process that has nothing to do.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { threadCpuUsage } from 'node:process'
import { Worker } from 'node:worker_threads'
import { say } from './figures.ts'

export interface LoopFigures {
  clockMs: number
  computedMs: number
  idleMs: number
}

export interface LoopWatch {
  start(): Promise<void>
  stop(): Promise<LoopFigures>
  close(): Promise<void>
}

const idleThread = `
  const { monitorEventLoopDelay } = require('node:perf_hooks')
  const { parentPort } = require('node:worker_threads')
  const delay = monitorEventLoopDelay({ resolution: 1 })
  parentPort.on('message', (word) => {
    if (word === 'start') { delay.reset(); delay.enable() } else delay.disable()
    parentPort.postMessage(delay.max / 1e6)
  })`

export function watchLoop(): LoopWatch {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const idle = new Worker(idleThread, { eval: true })
  let computedMs = 0
  let timer: NodeJS.Timeout | undefined
  const ask = (word: string): Promise<number> =>
    new Promise((resolve) => {
      idle.once('message', resolve)
      idle.postMessage(word)
    })
  return {
    start: async () => {
      await ask('start')
      computedMs = 0
      let before = threadCpuUsage()
      timer = setInterval(() => {
        const { user, system } = threadCpuUsage(before)
        before = threadCpuUsage()
        computedMs = Math.max(computedMs, (user + system) / 1000)
      }, 1)
      delay.reset()
      delay.enable()
    },
    stop: async () => {
      delay.disable()
      clearInterval(timer)
      return { clockMs: delay.max / 1e6, computedMs, idleMs: await ask('stop') }
    },
    close: async () => {
      await idle.terminate()
    },
  }
}

export function sayLoop({ clockMs, computedMs, idleMs }: LoopFigures): void {
  const ratio = (computedMs / 50).toFixed(2)
  say(
    `  main thread between two turns: computed ${computedMs.toFixed(1)} ms at most, ${ratio} of the 50 ms bound; by the clock ${clockMs.toFixed(1)} ms (an idle thread meanwhile ${idleMs.toFixed(1)} ms)`,
  )
}
