// How fast statements are read, beside what nobody can do without: decoding the bytes, and for tables and XML the bare
// parser of a known library.

import { parse } from 'csv-parse/sync'
import { SaxesParser } from 'saxes'
import { median, megabytes, ms, say, timed, times } from './kit/figures.ts'
import { chunksOf, readBare } from './kit/reading.ts'
import { writeStatement } from './kit/statement-files.ts'
import type { BenchFormat } from './kit/statement-files.ts'

const lines = 100_000
const runs = 5
const encodings: Record<BenchFormat, string> = {
  '1c': 'windows-1251',
  'camt.053': 'utf-8',
  mt940: 'utf-8',
  csv: 'windows-1251',
}

for (const format of ['1c', 'camt.053', 'mt940', 'csv'] as const) {
  const { bytes } = writeStatement(format, lines)
  const reading = median(await timed(runs, () => readBare(format, bytes, lines)))
  const decoding = median(await timed(runs, () => decode(bytes, encodings[format])))
  say(
    `${format.padEnd(9)} ${megabytes(bytes.length)}: median ${ms(reading)}, ${Math.round(lines / (reading / 1000))} lines a second, ` +
      `${times(reading / decoding)} the bare decoding (${ms(decoding)})`,
  )
  if (format === 'csv')
    peer(
      'csv-parse',
      reading,
      median(
        await timed(3, () =>
          parse(decode(bytes, 'windows-1251'), { delimiter: ';', relaxColumnCount: true }),
        ),
      ),
    )
  if (format === 'camt.053') peer('saxes', reading, median(await timed(3, () => parseXml(bytes))))
}

function peer(name: string, reading: number, other: number): void {
  say(
    `          ${name} alone, without meaning: median ${ms(other)}; our reading takes ${times(reading / other)} that`,
  )
}

function decode(bytes: Uint8Array, encoding: string): string {
  const decoder = new TextDecoder(encoding)
  let text = ''
  for (const chunk of chunksOf(bytes)) text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}

function parseXml(bytes: Uint8Array): number {
  const parser = new SaxesParser({ xmlns: true })
  let events = 0
  parser.on('opentag', () => (events += 1))
  parser.on('text', () => (events += 1))
  const decoder = new TextDecoder()
  for (const chunk of chunksOf(bytes)) parser.write(decoder.decode(chunk, { stream: true }))
  parser.close()
  return events
}
