// How long the main thread's event loop stands still, beside a thread of the same process that does nothing at all:
// what that one waits for is the machine's doing, not the program's.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { say } from './figures.ts'

export interface LoopFigures {
  /** Longest time between two turns of the main thread's loop. */
  mainMs: number
  /** The same of a thread that has nothing to do. */
  idleMs: number
}

const idleThread = `
  const { monitorEventLoopDelay } = require('node:perf_hooks')
  const { parentPort } = require('node:worker_threads')
  const delay = monitorEventLoopDelay({ resolution: 1 })
  parentPort.on('message', (word) => {
    if (word === 'start') { delay.reset(); delay.enable() } else delay.disable()
    parentPort.postMessage(delay.max / 1e6)
  })`

export interface LoopWatch {
  start(): Promise<void>
  stop(): Promise<LoopFigures>
  close(): Promise<void>
}

export function watchLoop(): LoopWatch {
  const main = monitorEventLoopDelay({ resolution: 1 })
  const idle = new Worker(idleThread, { eval: true })
  const ask = (word: string): Promise<number> =>
    new Promise((resolve) => {
      idle.once('message', resolve)
      idle.postMessage(word)
    })
  return {
    start: async () => {
      await ask('start')
      main.reset()
      main.enable()
    },
    stop: async () => {
      main.disable()
      const mainMs = main.max / 1e6
      return { mainMs, idleMs: await ask('stop') }
    },
    close: async () => {
      await idle.terminate()
    },
  }
}

export function sayLoop({ mainMs, idleMs }: LoopFigures): void {
  say(`  longest block of the main thread: ${mainMs.toFixed(1)} ms of 50 ms (an idle thread meanwhile: ${idleMs.toFixed(1)} ms)`)
}
