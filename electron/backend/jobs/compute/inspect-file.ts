// Reading a statement without storing anything.

import { closeSync, readSync } from 'node:fs'
import type { StatementPreview } from '../../../contract/statement.ts'
import { inspectStatement } from '../../../domain/statements/inspect.ts'
import { chooseReading, openFile } from './table-choice.ts'
import type { FileChoice } from './table-choice.ts'
import type { TaskTools } from './tools.ts'

/** The content of a file, or as many of its lines as are asked for; throws Refusals of detection and of the format. */
export function inspectFile(
  input: FileChoice & { lines?: number | undefined },
  tools: TaskTools,
): StatementPreview {
  const { choice } = chooseReading(input, tools)
  return inspectStatement(chunksOf(input.path, tools), choice, input.lines)
}

/** Chunks of a file, one megabyte each, with a look at the stop between them. */
export function* chunksOf(
  path: string,
  tools: Pick<TaskTools, 'checkStop'>,
  after?: (read: number) => void,
): Generator<Uint8Array> {
  const file = openFile(path)
  try {
    let read = 0
    for (;;) {
      tools.checkStop()
      const chunk = new Uint8Array(1 << 20)
      const bytes = readSync(file, chunk)
      if (bytes === 0) return
      read += bytes
      yield chunk.subarray(0, bytes)
      after?.(read)
    }
  } finally {
    closeSync(file)
  }
}
