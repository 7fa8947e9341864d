// Files are spoken of by ticket: an opaque id, so that no path crosses the bridge.

import { z } from 'zod'

export const Ticket = z
  .string()
  .regex(/^t_[A-Za-z0-9_-]{20,40}$/)
  .brand<'ticket'>()
export type Ticket = z.infer<typeof Ticket>

/** A file that waits to be taken by the person: bytes on disk behind `ticket`. */
export interface FileOut {
  ticket: Ticket
  name: string
  bytes: number
}
