// Reads one spoilt statement and says what is wrong with how it was read: anything thrown that is no Refusal, and
// anything told that no caller could rely on.

import { Refusal } from '../../electron/contract/fault.ts'
import type { StatementFormat, StatementLine } from '../../electron/contract/statement.ts'
import { detectWith, headBytes, readerFor } from '../../electron/domain/statements/inspect.ts'
import { createStatementTotals } from '../../electron/domain/statements/statement-set.ts'

export interface Reading {
  bytes: number
  lines: number
  issues: number
  /** The code of the refusal it ended with; null when it was read to its end. */
  refused: string | null
}

/**
 * Reads the chunks with the format's reader. `format` null leaves it to detection. Throws an Error that names what
 * was promised and not kept.
 */
export function readSpoilt(chunks: Iterable<Uint8Array>, format: StatementFormat | null): Reading {
  const reading: Reading = { bytes: 0, lines: 0, issues: 0, refused: null }
  const { sink, totals } = createStatementTotals({
    line: (line) => {
      reading.lines += 1
      judgeLine(line)
    },
    issue: (issue) => {
      reading.issues += 1
      if (issue.text.length > 500) throw new Error(`an issue of ${issue.text.length} characters`)
      if (issue.place.from > issue.place.to || issue.place.from < 0)
        throw new Error(`an issue ${issue.code} at bytes ${issue.place.from} to ${issue.place.to}`)
    },
  })
  try {
    const iterator = chunks[Symbol.iterator]()
    const head = takeHead(iterator)
    const choice = format === null ? {} : { format }
    const reader = readerFor(detectWith(head, choice), choice, sink)
    reader.write(head)
    reading.bytes += head.length
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      reader.write(next.value)
      reading.bytes += next.value.length
    }
    reader.end()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    reading.refused = error.fault.code
  }
  for (const { from, to, balanceOffMinor } of totals()) {
    if (from !== null) judgeDay(from)
    if (to !== null) judgeDay(to)
    if (Number.isNaN(balanceOffMinor)) throw new Error('a proof that is no number')
  }
  return reading
}

function takeHead(iterator: Iterator<Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = []
  let length = 0
  while (length < headBytes) {
    const next = iterator.next()
    if (next.done) break
    parts.push(next.value)
    length += next.value.length
  }
  return new Uint8Array(Buffer.concat(parts))
}

function judgeLine(line: StatementLine): void {
  judgeDay(line.bankDay)
  if (line.valueDay !== null) judgeDay(line.valueDay)
  if (line.documentDay !== null) judgeDay(line.documentDay)
  if (!Number.isSafeInteger(line.amountMinor) || Object.is(line.amountMinor, -0))
    throw new Error(`a sum of ${String(line.amountMinor)}`)
  if (!/^[A-Z]{3}$/.test(line.currency)) throw new Error(`a currency ${JSON.stringify(line.currency)}`)
  if (line.place.from > line.place.to || line.place.line < 1)
    throw new Error(`a line at bytes ${line.place.from} to ${line.place.to}, line ${line.place.line}`)
}

function judgeDay(day: string): void {
  const parsed = new Date(`${day}T00:00:00Z`)
  if (
    !/^\d{4}-\d\d-\d\d$/.test(day) ||
    Number.isNaN(parsed.getTime()) ||
    parsed.toISOString().slice(0, 10) !== day
  )
    throw new Error(`a day ${JSON.stringify(day)}`)
}

/** The bytes in pieces cut anywhere. */
export function* cutAnywhere(bytes: Uint8Array, sizes: () => number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const size = Math.max(1, sizes())
    yield bytes.subarray(at, at + size)
    at += size
  }
}
