// Counts equal lines within one file, for files of a million lines: typed arrays instead of a map of texts.

/**
 * Counts how often an identity was seen: two payments of the same sum by the same payer on one day are two movements, and
 * the second one's number tells it from the first. An identity holds its account and day, so numbers run within both. Twelve characters of the hash are kept, 72 bits folded to 64: that two
 * different lines of a million are taken for equal has a chance of one in thirty million.
 */
export interface OccurrenceCounter {
  /** 1 for the first line with this identity, 2 for the second. The identity is base64url of a hash, 12 characters or more. */
  next(identity: string): number
}

const firstSlots = 1 << 12
/** Beyond this share of taken slots, seeking a free one takes long. */
const fullest = 0.8

export function createOccurrenceCounter(): OccurrenceCounter {
  let slots = firstSlots
  let table = emptyTable(slots)
  let taken = 0

  const slotOf = (within: Int32Array, mask: number, high: number, low: number): number => {
    // Three numbers a slot: both halves of the key, and the count, 0 while the slot is free.
    let slot = (high ^ low) & mask
    for (;;) {
      const at = slot * 3
      if (within[at + 2] === 0 || (within[at] === high && within[at + 1] === low)) return at
      slot = (slot + 1) & mask
    }
  }

  const grow = (): void => {
    const larger = emptyTable(slots * 2)
    for (let at = 0; at < table.length; at += 3) {
      const [high, low, count] = [table[at] ?? 0, table[at + 1] ?? 0, table[at + 2] ?? 0]
      if (count === 0) continue
      const to = slotOf(larger, slots * 2 - 1, high, low)
      larger[to] = high
      larger[to + 1] = low
      larger[to + 2] = count
    }
    table = larger
    slots *= 2
  }

  return {
    next(identity) {
      const high = bitsOf(identity, 0)
      const low = bitsOf(identity, 6)
      const at = slotOf(table, slots - 1, high, low)
      const count = (table[at + 2] ?? 0) + 1
      table[at] = high
      table[at + 1] = low
      table[at + 2] = count
      if (count === 1) taken += 1
      if (taken > slots * fullest) grow()
      return count
    },
  }
}

function emptyTable(slots: number): Int32Array {
  return new Int32Array(slots * 3)
}

/** Six characters are 36 bits, of which the last 32 stay. */
function bitsOf(identity: string, from: number): number {
  let bits = 0
  for (let at = from; at < from + 6; at += 1) bits = (bits << 6) | sixBitsOf(identity.charCodeAt(at))
  return bits
}

/** The value of a base64url character (RFC 4648, section 5). */
function sixBitsOf(code: number): number {
  if (code >= 97) return code - 71
  if (code >= 65) return code === 95 ? 63 : code - 65
  return code === 45 ? 62 : code + 4
}
