// CORRECTFITID: a later record takes back an earlier one. What was handed on cannot be taken back, so the last
// lines of a statement are held for a while: banks list a correction near what it corrects.

import type { OfxLine } from './record.ts'

/** Characters of the records whose lines are held. */
const heldLength = 256 * 1024

interface Held {
  /** Null once it was taken back. */
  line: OfxLine | null
  id: string
  size: number
}

/** Holds lines in order while their records together have at most 256 KB; `hand` gets the oldest beyond that. */
export class HeldLines {
  readonly #hand: (line: OfxLine) => void
  #lines: Held[] = []
  #first = 0
  #size = 0
  #handed = false

  constructor(hand: (line: OfxLine) => void) {
    this.#hand = hand
  }

  add(line: OfxLine, id: string, size: number): void {
    this.#lines.push({ line, id, size })
    this.#size += size
    while (this.#size > heldLength) this.#handFirst()
    if (this.#first > 1000 && this.#first > this.#lines.length / 2) {
      this.#lines = this.#lines.slice(this.#first)
      this.#first = 0
    }
  }

  /**
   * Takes back the held line of this bank's id; 'absent' when the statement had none so far, 'unclear' when more than one has
   * it or it may stand among those that were handed on.
   */
  takeBack(id: string): 'done' | 'absent' | 'unclear' {
    let found: Held | undefined
    for (let at = this.#first; at < this.#lines.length; at++) {
      const held = this.#lines[at]
      if (held?.id !== id || held.line === null) continue
      if (found) return 'unclear'
      found = held
    }
    if (!found) return this.#handed ? 'unclear' : 'absent'
    found.line = null
    return 'done'
  }

  flush(): void {
    while (this.#first < this.#lines.length) this.#handFirst()
    this.#lines = []
    this.#first = 0
  }

  #handFirst(): void {
    const held = this.#lines[this.#first]
    if (!held) return
    this.#first += 1
    this.#size -= held.size
    if (held.line !== null) this.#hand(held.line)
    this.#handed = true
    // The slots before the first are cut off only now and then; they must not keep their lines.
    held.line = null
  }
}
