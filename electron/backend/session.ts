// What a host sees of the backend: sessions that carry frames, and the tickets behind which files wait.

import type { Ticket } from '../contract/files.ts'
import type { ServerFrame } from '../contract/frames.ts'

export interface Session {
  /** Takes whatever came over the wire; answers through the session's `emit`. Never throws. */
  receive(frame: unknown): void
  /** Ends the session: its calls are abandoned, its jobs go on. */
  close(): void
}

export interface Tickets {
  /**
   * Takes a file that the person chose. `disposable`: it is a copy of ours (an upload) and is deleted with the
   * ticket. Throws Refusal `file.gone`, `file.empty`, `file.tooLarge`.
   */
  claim(path: string, name: string, disposable: boolean): Promise<Ticket>
  /** The file behind a ticket; undefined when the ticket is unknown. */
  locate(ticket: string): { path: string; name: string } | undefined
}

export interface Backend {
  /** The first frame that `emit` receives is the hello. */
  open(emit: (frame: ServerFrame) => void): Session
  tickets: Tickets
  /** Jobs that run at this moment; a host asks before it ends with any. */
  runningJobs(): number
  /** Lets writes in the air land, stops the rest, closes the ledger. */
  close(): Promise<void>
}
