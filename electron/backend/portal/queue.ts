// Who goes next to a portal: a person's calls before those of jobs, but never so that a job starves; jobs in turn.

export interface Waiting {
  /** How many calls of each method the request makes. */
  calls: ReadonlyMap<string, number>
  kind: 'read' | 'write'
  urgent: boolean
  lane: string
  admit(): void
  refuse(reason: unknown): void
}

export interface Queue {
  readonly size: number
  add(entry: Waiting): void
  remove(entry: Waiting): void
  /** The next whose methods have time left; undefined when all must wait for theirs. */
  next(): Waiting | undefined
  /** Notes that the entry goes, for the turn of the others. */
  gone(entry: Waiting): void
  /** Of those whose methods have no time left, the one that waits the least. */
  soonest(): Waiting | undefined
  empty(): Waiting[]
}

/** A person's calls pass three at a time, then one request of a job goes. */
const urgentInARow = 3

/** `waitMs` tells how long so many calls of a method must wait for its time; 0 when they may go. */
export function createQueue(waitMs: (method: string, calls: number) => number): Queue {
  let entries: Waiting[] = []
  let urgent = 0
  let turns = 0
  const lastTurn = new Map<string, number>()
  const shortOf = ({ calls }: Waiting): string[] =>
    [...calls].flatMap(([method, count]) => (waitMs(method, count) > 0 ? [method] : []))
  const heldMs = ({ calls }: Waiting): number =>
    Math.max(...[...calls].map(([method, count]) => waitMs(method, count)))
  const turnOf = ({ lane }: Waiting): number => lastTurn.get(lane) ?? 0
  return {
    get size() {
      return entries.length
    },
    add: (entry) => void entries.push(entry),
    remove(entry) {
      entries = entries.filter((other) => other !== entry)
    },
    next() {
      const ready = readyOf(entries, shortOf)
      const person = ready.find((entry) => entry.urgent)
      const jobs = ready.filter((entry) => !entry.urgent)
      const [first] = jobs
      if (person && (first === undefined || urgent < urgentInARow)) return person
      return first && jobs.reduce((best, entry) => (turnOf(entry) < turnOf(best) ? entry : best), first)
    },
    gone(entry) {
      entries = entries.filter((other) => other !== entry)
      urgent = entry.urgent ? urgent + 1 : 0
      if (!entry.urgent) lastTurn.set(entry.lane, (turns += 1))
    },
    soonest() {
      const held = entries.filter((entry) => shortOf(entry).length > 0)
      const [first] = held
      return first && held.reduce((best, entry) => (heldMs(entry) < heldMs(best) ? entry : best), first)
    },
    empty() {
      const all = entries
      entries = []
      return all
    },
  }
}

/**
 * One exhausted method holds nobody else up. Who waits for a method's time is not overtaken by a smaller request for
 * the same method, or it might wait for ever.
 */
function readyOf(entries: readonly Waiting[], shortOf: (entry: Waiting) => string[]): Waiting[] {
  const claimed = new Set<string>()
  return entries.filter((entry) => {
    if ([...entry.calls.keys()].some((method) => claimed.has(method))) return false
    const short = shortOf(entry)
    for (const method of short) claimed.add(method)
    return short.length === 0
  })
}
