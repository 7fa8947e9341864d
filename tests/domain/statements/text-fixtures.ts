// Small statements built in the tests, in whatever encoding a bank would use.

import type {
  StatementEncoding,
  StatementLine,
  StatementPreview,
} from '../../../electron/contract/statement.ts'
import { Refusal, type Fault } from '../../../electron/contract/fault.ts'
import { inspectStatement, type ReadingChoice } from '../../../electron/domain/statements/inspect.ts'

/** Encodes text; throws for a letter that the encoding does not have, so that no test passes by accident. */
export function bytesOf(text: string, encoding: StatementEncoding = 'utf-8'): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = new Uint8Array(text.length * 2)
    const view = new DataView(bytes.buffer)
    for (let at = 0; at < text.length; at += 1)
      view.setUint16(at * 2, text.charCodeAt(at), encoding === 'utf-16le')
    return bytes
  }
  const decoder = new TextDecoder(encoding)
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]))
  return Uint8Array.from(text, (letter) => {
    const code = codes.get(letter)
    if (code === undefined) throw new Error(`${letter} is not in ${encoding}`)
    return code
  })
}

export function joinBytes(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

export function read(
  text: string,
  encoding: StatementEncoding = 'utf-8',
  choice: ReadingChoice = {},
): StatementPreview {
  return inspectStatement(bytesOf(text, encoding), choice)
}

export function linesOf(preview: StatementPreview): StatementLine[] {
  return preview.statements.flatMap((statement) => statement.lines).sort((a, b) => a.index - b.index)
}

/** The only line of a file that has one. */
export function onlyLine(preview: StatementPreview): StatementLine {
  const [line, ...others] = linesOf(preview)
  if (line === undefined || others.length > 0)
    throw new Error(`expected one line, got ${others.length + (line ? 1 : 0)}`)
  return line
}

export function codesOf(preview: StatementPreview): string[] {
  return preview.issues.map((issue) => issue.code)
}

/** The fault with which the work refuses; fails when it does not. */
export function refusal(work: () => unknown): Fault {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.fault
    throw error
  }
  throw new Error('nothing was refused')
}
