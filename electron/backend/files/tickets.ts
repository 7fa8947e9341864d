// Opaque ids for files: the only way in which a file is spoken of across the bridge.

import { randomBytes } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { Refusal } from '../../contract/fault.ts'
import type { FileOut, Ticket } from '../../contract/files.ts'
import type { Tickets } from '../session.ts'

/** Statements of more than this are refused before a byte is read. */
const limitBytes = 2 * 1024 ** 3

interface Held {
  path: string
  name: string
  disposable: boolean
}

export interface TicketBook extends Tickets {
  /** The file behind a ticket. Throws Refusal `file.gone`. */
  take(ticket: string): { path: string; name: string }
  /** A file that we made and that waits for the person; it goes with the backend. */
  offer(path: string, name: string): Promise<FileOut>
  /** Forgets a ticket; its file goes too when it was disposable. */
  release(ticket: string): Promise<void>
  /** The same for a disposable file that has served; a person's own keeps its ticket. */
  spend(ticket: string): Promise<void>
  /** Removes disposable files. */
  close(): Promise<void>
}

/** Throws Refusal `file.empty`, `file.tooLarge`. */
export function requireImportable(bytes: number): void {
  if (bytes === 0) throw new Refusal({ code: 'file.empty' })
  if (bytes > limitBytes) throw new Refusal({ code: 'file.tooLarge', limitMb: limitBytes / 1024 ** 2 })
}

export function createTickets(): TicketBook {
  const held = new Map<string, Held>()
  const hold = (entry: Held): Ticket => {
    const ticket = `t_${randomBytes(18).toString('base64url')}` as Ticket
    held.set(ticket, entry)
    return ticket
  }
  const release = async (ticket: string): Promise<void> => {
    const entry = held.get(ticket)
    held.delete(ticket)
    if (entry?.disposable) await rm(entry.path, { force: true })
  }
  return {
    claim: async (path, name, disposable) => {
      const found = await stat(path).catch(() => null)
      if (!found?.isFile()) throw new Refusal({ code: 'file.gone' })
      requireImportable(found.size)
      return hold({ path, name, disposable })
    },
    locate: (ticket) => {
      const entry = held.get(ticket)
      return entry && { path: entry.path, name: entry.name }
    },
    take: (ticket) => {
      const entry = held.get(ticket)
      if (!entry) throw new Refusal({ code: 'file.gone' })
      return { path: entry.path, name: entry.name }
    },
    offer: async (path, name) => {
      const { size } = await stat(path)
      return { ticket: hold({ path, name, disposable: true }), name, bytes: size }
    },
    release,
    spend: async (ticket) => {
      if (held.get(ticket)?.disposable) await release(ticket)
    },
    close: async () => {
      await Promise.all(
        [...held.values()]
          .filter(({ disposable }) => disposable)
          .map(({ path }) => rm(path, { force: true })),
      )
      held.clear()
    },
  }
}
