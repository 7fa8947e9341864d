// Debits whose sums have no sign. Whether that is a habit of their kind alone (French banks call CHECK what they have no
// other word for) or the whole list has no signs shows when another sum has a minus.

import type { Place, StatementIssue } from '../../../contract/statement.ts'

/** Told as they come from here on: so many may wait for a minus. */
const mostWaiting = 200

export class UnsignedDebits {
  readonly #tell: (weight: StatementIssue['weight'], place: Place, text: string) => void
  #waiting: { place: Place; text: string }[] = []
  #proved = false

  constructor(tell: (weight: StatementIssue['weight'], place: Place, text: string) => void) {
    this.#tell = tell
  }

  add(place: Place, text: string): void {
    if (this.#proved) this.#tell('note', place, text)
    else if (this.#waiting.length < mostWaiting) this.#waiting.push({ place: { ...place }, text })
    else this.#tell('problem', place, text)
  }

  /** A sum with a minus was seen: the list has signs. */
  prove(): void {
    this.#proved = true
    this.#flush('note')
  }

  /** Call once, at the statement's end. */
  end(): void {
    this.#flush('problem')
  }

  #flush(weight: StatementIssue['weight']): void {
    for (const { place, text } of this.#waiting) this.#tell(weight, place, text)
    this.#waiting = []
  }
}
