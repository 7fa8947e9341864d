// Working ahead: several steps under way, results in the order of the inputs.

/**
 * Applies `work` to the inputs, at most `width` at a time, and yields in order. When the consumer stops, or one
 * fails, nothing new begins; what is under way is left to end and its failures are swallowed.
 */
export async function* ahead<In, Out>(
  inputs: Iterable<In>,
  width: number,
  work: (input: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const underWay: Promise<Out>[] = []
  const iterator = inputs[Symbol.iterator]()
  const begin = (): void => {
    const next = iterator.next()
    if (next.done === true) return
    const going = work(next.value)
    going.catch(() => undefined)
    underWay.push(going)
  }
  for (let index = 0; index < width; index++) begin()
  for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
    const value = await first
    begin()
    yield value
  }
}

/** Lets at most `width` pieces of work run at once, in the order of asking. */
export function createGate(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = width
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}

export function chunksOf<T>(values: readonly T[], size: number): T[][] {
  const chunks: T[][] = []
  for (let at = 0; at < values.length; at += size) chunks.push(values.slice(at, at + size))
  return chunks
}
