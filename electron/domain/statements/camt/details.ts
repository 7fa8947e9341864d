// The details of one entry: a batch of any length keeps only what its lines need.

import { joined } from './charges.ts'
import type { CamtDetail } from './detail.ts'
import { PackedDetails } from './packed.ts'

/** So many details, and so many bytes of the file, stay as they are; those of longer batches are packed. */
const mostLoose = 500
const mostLooseBytes = 2 * 1024 * 1024

/** The details of one entry with their sums, which decide what becomes of them. */
export class DetailList {
  count = 0
  /** Whether every detail tells its amount in the entry's currency. */
  complete = true
  /** Sum of the details' charges, signed. */
  chargesMinor = 0
  /** What the file calls those charges, each word once. */
  chargesText = ''
  firstSettled: string | null = null
  #credits = 0
  #debits = 0
  #undirected = 0
  /** Bytes of the file that the details took. */
  #bytes = 0
  readonly #loose: CamtDetail[] = []
  #packed: PackedDetails | null = null

  /** Throws Refusal `statement.recordTooLong` for a batch that would not fit into memory. */
  push(detail: CamtDetail): void {
    this.count++
    this.firstSettled ??= detail.settledOn
    this.chargesMinor += detail.charges.minor
    if (!this.chargesText.includes(detail.charges.text) && this.chargesText.length < 500)
      this.chargesText = joined([this.chargesText, detail.charges.text])
    if (detail.minor === null) this.complete = false
    else if (detail.direction === 1) this.#credits += detail.minor
    else if (detail.direction === -1) this.#debits += detail.minor
    else this.#undirected += detail.minor
    this.#bytes += detail.place.to - detail.place.from
    if (this.#loose.length < mostLoose && this.#bytes < mostLooseBytes) this.#loose.push(detail)
    else (this.#packed ??= new PackedDetails()).push(detail)
  }

  /** What the details make together, by their own indicators or, told `asEntry`, all by the entry's. */
  sum(sign: 1 | -1, asEntry: boolean): number {
    return asEntry
      ? sign * (this.#credits + this.#debits + this.#undirected)
      : this.#credits - this.#debits + sign * this.#undirected
  }

  *each(): Generator<CamtDetail> {
    yield* this.#loose
    if (this.#packed) yield* this.#packed.each()
  }
}
