// A piece of a file by which a person judges whether its encoding was found.

import type { Detected } from '../../../domain/statements/reader.ts'

const longest = 400
/** Letters of the same line that are shown before the first foreign one. */
const before = 100

/** Around the first letters beyond ASCII, as the encoding reads them; '' where there are none, and for workbooks. */
export function letterSample(head: Uint8Array, { format, encoding }: Detected): string {
  if (format === 'xlsx' || format === 'xls') return ''
  const text = new TextDecoder(encoding).decode(head)
  const first = text.search(/[^\0-\x7f]/)
  if (first < 0) return ''
  const line = text.lastIndexOf('\n', first) + 1
  const from = Math.max(line, first - before)
  return text.slice(from, from + longest)
}
