// Memory of the whole process, its threads included. Pages of the ledger's file that the system maps and may drop at
// will are not the program's own, so where the system tells them apart only anonymous memory counts.

import { readFileSync } from 'node:fs'
import { memoryUsage } from 'node:process'

export function ownMemory(): number {
  try {
    const found = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    if (found?.[1] !== undefined) return Number(found[1]) * 1024
  } catch {
    // Not Linux: the resident size is the next best.
  }
  return memoryUsage.rss()
}

/** Looks forty times a second; answers how far the highest look was above the first, in bytes. */
export function watchMemory(): { stop(): { growth: number } } {
  const first = ownMemory()
  let highest = first
  const look = (): void => {
    highest = Math.max(highest, ownMemory())
  }
  const timer = setInterval(look, 25)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      return { growth: highest - first }
    },
  }
}
