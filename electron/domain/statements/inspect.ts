// A whole file read at once for looking at it: nothing is stored, nothing is decided.

import type { ColumnMapping, GivenFacts } from '../../contract/statement-file.ts'
import type { StatementEncoding, StatementFormat, StatementPreview } from '../../contract/statement.ts'
import { detect, detectEncoding } from './detect.ts'
import type { Detected, ReaderOptions, StatementReader, StatementSink } from './reader.ts'
import { createReader } from './readers.ts'
import { createStatementSet } from './statement-set.ts'

/** What a person may overrule or add. */
export interface ReadingChoice {
  encoding?: StatementEncoding | undefined
  format?: StatementFormat | undefined
  mapping?: ColumnMapping | undefined
  given?: GivenFacts | undefined
}

/** How many bytes of a file's start detection is given: the more, the surer the first foreign letter is among them. */
export const headBytes = 1024 * 1024

/** Detection with a person's choices put over it; a format that was chosen is not doubted. Throws what `detect` throws. */
export function detectWith(head: Uint8Array, choice: ReadingChoice = {}): Detected {
  const detected = choice.format === undefined ? detect(head) : chosenFormat(head, choice.format)
  return choice.encoding === undefined
    ? detected
    : { ...detected, encoding: choice.encoding, encodingBy: 'chosen' }
}

function chosenFormat(head: Uint8Array, format: StatementFormat): Detected {
  const { encoding, by } = detectEncoding(head)
  return { format, encoding, encodingBy: by }
}

/** The reader for what was detected, with what a person said. */
export function readerFor(detected: Detected, choice: ReadingChoice, sink: StatementSink): StatementReader {
  const options: ReaderOptions = {
    encoding: detected.encoding,
    ...(choice.mapping && { mapping: choice.mapping }),
    ...(choice.given && { given: choice.given }),
  }
  return createReader(detected.format)(options, sink)
}

/**
 * Reads a file given whole or by chunks. With `lines`, reading ends after so many: the statements are then as far as they
 * were read and nothing is proved. Throws the Refusals of detection and of the format's reader.
 */
export function inspectStatement(
  source: Uint8Array | Iterable<Uint8Array>,
  choice: ReadingChoice = {},
  lines = Number.POSITIVE_INFINITY,
): StatementPreview {
  const chunks = source instanceof Uint8Array ? [source] : source
  const set = createStatementSet(lines)
  const head = createHead()
  let begun: { detected: Detected; reader: StatementReader } | undefined
  const begin = () => {
    const detected = detectWith(head.bytes(), choice)
    const reader = readerFor(detected, choice, set.sink)
    for (const chunk of head.chunks) feed(reader, chunk)
    return (begun = { detected, reader })
  }
  // Small pieces, so that looking at the first lines of a large file ends soon after them.
  const feed = (reader: StatementReader, chunk: Uint8Array): void => {
    for (let from = 0; from < chunk.length && !set.full(); from += pieceBytes)
      reader.write(chunk.subarray(from, from + pieceBytes))
  }

  for (const chunk of chunks) {
    if (set.full()) break
    if (begun) feed(begun.reader, chunk)
    else if (head.add(chunk)) begin()
  }
  const { detected, reader } = begun ?? begin()
  if (!set.full()) reader.end()
  return {
    format: detected.format,
    encoding: detected.encoding,
    statements: set.statements(),
    issues: set.issues,
    members: [],
  }
}

const pieceBytes = 64 * 1024

/** Gathers a file's first chunks until detection has enough of them. */
function createHead(): { chunks: Uint8Array[]; add(chunk: Uint8Array): boolean; bytes(): Uint8Array } {
  const chunks: Uint8Array[] = []
  let length = 0
  return {
    chunks,
    add(chunk) {
      chunks.push(chunk)
      length += chunk.length
      return length >= headBytes
    },
    bytes() {
      const [only] = chunks
      if (chunks.length === 1 && only !== undefined) return only.subarray(0, headBytes)
      const whole = new Uint8Array(length)
      let at = 0
      for (const chunk of chunks) {
        whole.set(chunk, at)
        at += chunk.length
      }
      return whole
    },
  }
}
