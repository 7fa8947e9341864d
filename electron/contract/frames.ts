// The few frames of the protocol. Every host carries these and nothing else.

import { z } from 'zod'
import type { Fault } from './fault.ts'
import type { Ticket } from './files.ts'

/** What a client may send. `claim` names a file by path and exists in the terminal host only. */
export const ClientFrame = z.union([
  z.strictObject({ id: z.int().nonnegative(), call: z.string().max(100), input: z.unknown().optional() }),
  z.strictObject({ id: z.int().nonnegative(), abandon: z.literal(true) }),
  z.strictObject({ id: z.int().nonnegative(), claim: z.string().max(4096) }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

export interface Hello {
  version: string
  protocol: 1
}

/** What a client may receive. */
export type ServerFrame =
  | { hello: Hello }
  | { id: number; value: unknown }
  | { id: number; fault: Fault }
  | { event: string; data: unknown }

/**
 * All that a window knows of where it runs. `send` and `listen` carry frames; `claim` hands a chosen or
 * dropped file to the backend and answers its ticket; `deliver` lets the person save what a ticket names.
 */
export interface Bridge {
  send(frame: ClientFrame): void
  /** Calls back for every frame; answers the undo. A lost connection is told as `{ event: 'connection', data: 'lost' | 'open' }`. */
  listen(receive: (frame: ServerFrame) => void): () => void
  /** `file` is the window's File object. Rejects with a Fault-shaped value when the file cannot be taken. */
  claim(file: unknown): Promise<Ticket>
  /** Answers true when the person saved the file, false when they thought better of it. */
  deliver(ticket: Ticket, name: string): Promise<boolean>
}
