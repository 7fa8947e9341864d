/** The queue of offline events that a portal keeps for an app: one record per object, the last state only. */
import { randomBytes } from 'node:crypto'
import type { StoreEvent } from '../data/store.ts'

export interface QueuedEvent {
  id: number
  atMs: number
  name: string
  objectId: number
  messageId: string
  /** Set while the record is hidden under a process that reserved it. */
  process: string | null
}

/** Every event an app may bind here; names are compared without regard to case. */
export const offlineEvents = [
  'ONPAYMENTENTITYSAVED',
  'ONPAYMENTDELETED',
  'ONSALEORDERSAVED',
  'ONORDERENTITYSAVED',
  'ONORDERDELETED',
] as const

const namesOf: Record<StoreEvent['kind'], readonly string[]> = {
  paymentSaved: ['ONPAYMENTENTITYSAVED'],
  paymentDeleted: ['ONPAYMENTDELETED'],
  orderSaved: ['ONSALEORDERSAVED', 'ONORDERENTITYSAVED'],
}

export class EventQueue {
  readonly bound = new Set<string>()
  private records: QueuedEvent[] = []
  private last = 0

  note(event: StoreEvent, atMs: number): void {
    for (const name of namesOf[event.kind]) {
      if (!this.bound.has(name)) continue
      const waiting = this.records.find(
        (record) => record.name === name && record.objectId === event.id && record.process === null,
      )
      if (waiting) waiting.atMs = atMs
      else {
        this.last += 1
        const messageId = randomBytes(16).toString('hex')
        this.records.push({ id: this.last, atMs, name, objectId: event.id, messageId, process: null })
      }
    }
  }

  /** Records that nobody reserved, oldest first; with a process, those it reserved before. */
  waiting(process: string | null): readonly QueuedEvent[] {
    return this.records
      .filter((record) => record.process === process)
      .sort((left, right) => left.atMs - right.atMs || left.id - right.id)
  }

  drop(dropped: readonly QueuedEvent[]): void {
    this.records = this.records.filter((record) => !dropped.includes(record))
  }

  /** Hides records under a process of their own. */
  reserve(reserved: readonly QueuedEvent[]): string {
    const process = randomBytes(16).toString('hex')
    for (const record of reserved) record.process = process
    return process
  }

  size(): number {
    return this.records.length
  }
}
