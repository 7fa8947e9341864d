// Which lines of one file may be the same money as lines of others, all of one account, currency, day and sum. Two
// lines are told apart only by what both of them say differently.

import type { StatementFormat } from '../../contract/statement.ts'

/** What tells one line from another; '' where a line does not say. */
export interface Alike {
  id: number
  format: StatementFormat
  partyAccount: string
  partyTaxId: string
  documentNumber: string
  bankReference: string
}

/** Banks number documents and references anew in every format, so between formats they tell nothing. */
const acrossFormats = ['account', 'taxId'] as const
const withinFormat = ['account', 'taxId', 'document', 'reference'] as const
type Mark = (typeof withinFormat)[number]
type Marks = Record<Mark, string>

interface Marked {
  id: number
  format: StatementFormat
  marks: Marks
  taken: boolean
}

/**
 * Pairs each of `mine` with one of `theirs` that it may equal, each used once: as many as there can be money told
 * twice. Those that say most are paired first, each with what says the most of the same. The time is proportional to
 * the number of lines however many are of one sum and day.
 */
export function pairAlike(mine: readonly Alike[], theirs: readonly Alike[]): { id: number; twin: number }[] {
  const lines = mine.map(marked).toSorted((a, b) => said(b.marks) - said(a.marks))
  const others = theirs.map(marked)
  const pools = new Map<StatementFormat, Pool[]>()
  const poolsOf = (format: StatementFormat): Pool[] => {
    let known = pools.get(format)
    if (!known) {
      const own = others.filter((line) => line.format === format)
      const foreign = others.filter((line) => line.format !== format)
      known = [createPool(own, withinFormat), createPool(foreign, acrossFormats)]
      pools.set(format, known)
    }
    return known
  }
  const pairs: { id: number; twin: number }[] = []
  for (const line of lines) {
    const twin = poolsOf(line.format).reduce<Marked | undefined>(
      (found, pool) => found ?? pool.find(line.marks),
      undefined,
    )
    if (!twin) continue
    twin.taken = true
    pairs.push({ id: line.id, twin: twin.id })
  }
  return pairs
}

interface Pool {
  /** A line not yet taken that says nothing else than these marks, where both say something. */
  find(marks: Marks): Marked | undefined
}

function createPool(lines: readonly Marked[], names: readonly Mark[]): Pool {
  // By the marks that the seeking line has: lines under the text of exactly those marks.
  const views = new Map<string, Map<string, Marked[]>>()
  const viewOf = (own: readonly Mark[]): Map<string, Marked[]> => {
    const name = own.join()
    let view = views.get(name)
    if (!view) {
      // Reversed, so that taking from the end gives the first of them.
      view = Map.groupBy(lines.toReversed(), ({ marks }) => keyOf(own.map((mark) => marks[mark])))
      views.set(name, view)
    }
    return view
  }
  return {
    find: (marks) => {
      if (lines.length === 0) return undefined
      const own = names.filter((name) => marks[name] !== '')
      const view = viewOf(own)
      for (const key of keysOf(own.map((name) => marks[name]))) {
        const found = view.get(key)
        while (found?.at(-1)?.taken) found.pop()
        const last = found?.at(-1)
        if (last) return last
      }
      return undefined
    },
  }
}

const keyOf = (values: readonly string[]): string => values.join('\n')

/** Every way in which another line may agree: each mark the same or unsaid; most of the same first. */
function keysOf(values: readonly string[]): string[] {
  const ways = values.reduce<string[][]>(
    (sofar, value) => [...sofar.map((way) => [...way, value]), ...sofar.map((way) => [...way, ''])],
    [[]],
  )
  const same = (way: readonly string[]): number => way.filter((value) => value !== '').length
  return ways.toSorted((a, b) => same(b) - same(a)).map(keyOf)
}

function said(marks: Marks): number {
  return withinFormat.filter((name) => marks[name] !== '').length
}

function marked(line: Alike): Marked {
  const marks = {
    account: accountEnd(line.partyAccount),
    taxId: withoutZeros((line.partyTaxId.split('/')[0] ?? '').replaceAll(/\D/g, '')),
    document: withoutZeros(tight(line.documentNumber)),
    reference: tight(line.bankReference),
  }
  return { id: line.id, format: line.format, marks, taken: false }
}

/**
 * One account is written as IBAN (ISO 13616), as bank code with number, or as number alone; what these have in common
 * is how they end.
 */
function accountEnd(account: string): string {
  const plain = account.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  return withoutZeros(plain.slice(-6))
}

function withoutZeros(text: string): string {
  return text.replace(/^0+/, '')
}

function tight(text: string): string {
  return text.replaceAll(/\s+/g, '').toLowerCase()
}
