/** Repeatable randomness: the same seed gives the same portal on every machine. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number
  /** Whole number, both ends included. */
  integer(low: number, high: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  digits(count: number): string
  /** A stream of its own, so that adding a draw in one place leaves the others as they were. */
  fork(name: string): Random
}

function seedOf(text: string): number {
  let hash = 2166136261
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619)
  }
  return hash >>> 0
}

/** Mulberry32 over a 32-bit seed. */
export function createRandom(seed: number | string): Random {
  let state = seedOf(String(seed))
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    chance: (share) => next() < share,
    pick: (list) => {
      const picked = list[integer(0, list.length - 1)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
    digits: (count) => {
      let text = ''
      while (text.length < count) text += String(integer(0, 9))
      return text
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}
