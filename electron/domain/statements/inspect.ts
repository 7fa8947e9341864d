// A whole file read at once for looking at it: nothing is stored, nothing is decided.

import type {
  ColumnMapping,
  StatementEncoding,
  StatementFormat,
  StatementPreview,
} from '../../contract/statement.ts'
import { detect, detectEncoding } from './detect.ts'
import type { Detected, ReaderOptions } from './reader.ts'
import { createReader } from './readers.ts'
import { createStatementSet } from './statement-set.ts'

/** What a person may overrule. */
export interface ReadingChoice {
  encoding?: StatementEncoding | undefined
  format?: StatementFormat | undefined
  mapping?: ColumnMapping | undefined
}

/** How many bytes of a file's start detection is given: the more, the surer the first foreign letter is among them. */
export const headBytes = 1024 * 1024

/** Detection with a person's choices put over it; a format that was chosen is not doubted. Throws what `detect` throws. */
export function detectWith(head: Uint8Array, choice: ReadingChoice = {}): Detected {
  const detected: Detected =
    choice.format === undefined
      ? detect(head)
      : { format: choice.format, encoding: choice.encoding ?? detectEncoding(head) }
  return choice.encoding === undefined ? detected : { ...detected, encoding: choice.encoding }
}

/** Reads a file given whole or by chunks. Throws the Refusals of detection and of the format's reader. */
export function inspectStatement(
  source: Uint8Array | Iterable<Uint8Array>,
  choice: ReadingChoice = {},
): StatementPreview {
  const chunks = source instanceof Uint8Array ? [source] : source
  const set = createStatementSet()
  const held: Uint8Array[] = []
  let heldBytes = 0
  let feed: ((chunk: Uint8Array) => void) | undefined
  let begun: { detected: Detected; end(): void } | undefined

  const begin = () => {
    const detected = detectWith(joined(held, heldBytes), choice)
    const options: ReaderOptions = {
      encoding: detected.encoding,
      ...(choice.mapping && { mapping: choice.mapping }),
    }
    const reader = createReader(detected.format)(options, set.sink)
    for (const chunk of held) reader.write(chunk)
    held.length = 0
    feed = (chunk) => reader.write(chunk)
    begun = { detected, end: () => reader.end() }
    return begun
  }

  for (const chunk of chunks) {
    if (feed !== undefined) {
      feed(chunk)
      continue
    }
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes >= headBytes) begin()
  }
  const { detected, end } = begun ?? begin()
  end()
  return {
    format: detected.format,
    encoding: detected.encoding,
    statements: set.statements(),
    issues: set.issues,
  }
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const [only] = chunks
  if (chunks.length === 1 && only !== undefined) return only.subarray(0, headBytes)
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
