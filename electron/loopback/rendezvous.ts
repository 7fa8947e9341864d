// How a second start finds the host that already runs for the profile, and gets a new address from it.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Note = z.object({ port: z.int().min(1).max(65_535), key: z.string().min(32), pid: z.int() })
type Note = z.infer<typeof Note>

/** Header that carries the key; a browser page cannot send it to another origin without being refused first. */
export const keyHeader = 'x-sverka-key'

export interface Rendezvous {
  isKey(given: unknown): boolean
  remove(): void
}

/** Leaves a note in the profile's folder, for its owner's eyes only. */
export function leaveNote(data: string, port: number): Rendezvous {
  const key = randomBytes(32).toString('hex')
  const file = noteFile(data)
  rmSync(file, { force: true })
  writeFileSync(file, JSON.stringify({ port, key, pid: process.pid } satisfies Note), {
    flag: 'wx',
    mode: 0o600,
  })
  return {
    isKey: (given) => typeof given === 'string' && timingSafeEqual(digest(given), digest(key)),
    remove() {
      // Another host may have left its own meanwhile.
      if (readNote(data)?.key === key) rmSync(file, { force: true })
    },
  }
}

/** A new address of the host that runs for this profile; null when none answers. */
export async function askRunningHost(data: string): Promise<string | null> {
  const note = readNote(data)
  if (!note) return null
  try {
    const response = await fetch(`http://127.0.0.1:${note.port}/again`, {
      method: 'POST',
      headers: { [keyHeader]: note.key },
      redirect: 'error',
      signal: AbortSignal.timeout(3000),
    })
    return response.ok ? await response.text() : null
  } catch {
    return null
  }
}

function noteFile(data: string): string {
  return join(data, 'loopback.json')
}

function readNote(data: string): Note | undefined {
  try {
    return Note.safeParse(JSON.parse(readFileSync(noteFile(data), 'utf8'))).data
  } catch {
    return undefined
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
