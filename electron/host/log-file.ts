// The log: one JSON object per line in `<logs>/sverka.log`, cut of secrets, turned over before it grows too large.

import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Log } from '../backend/ports.ts'
import { redact } from '../backend/redact.ts'

type Level = 'info' | 'warn' | 'error'

export interface LogFileOptions {
  /** Bytes after which a file is turned over. */
  maxBytes?: number
  /** Older files kept besides the living one: `sverka.log.1` is the youngest. */
  keep?: number
}

/**
 * Writes at once and never throws: a full disk must not stop the work that is being logged.
 * Several processes may append to one file; the one that finds it too large turns it over.
 */
export function openLogFile(folder: string, clock: Clock, options: LogFileOptions = {}): Log {
  const { maxBytes = 2_000_000, keep = 4 } = options
  const file = join(folder, 'sverka.log')
  let bytes = sizeOf(file)

  function write(level: Level, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
    try {
      const at = new Date(clock.now()).toISOString()
      const line = `${JSON.stringify({ at, level, event, pid: process.pid, ...cleared(fields) })}\n`
      if (bytes + line.length > maxBytes) {
        // Another process may have turned it over meanwhile.
        if (sizeOf(file) + line.length > maxBytes) turnOver(file, keep)
        bytes = sizeOf(file)
      }
      appendFileSync(file, line, { mode: 0o600 })
      bytes += Buffer.byteLength(line)
    } catch {
      bytes = 0
    }
  }

  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  }
}

function cleared(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = redact(fields)
  return typeof copy === 'object' && copy !== null ? { ...copy } : {}
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function turnOver(file: string, keep: number): void {
  rmSync(`${file}.${keep}`, { force: true })
  for (let age = keep - 1; age >= 1; age--) {
    if (sizeOf(`${file}.${age}`) > 0) renameSync(`${file}.${age}`, `${file}.${age + 1}`)
  }
  renameSync(file, `${file}.1`)
}
