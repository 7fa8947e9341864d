// Other programs' readers on the same bytes. None of them has our contract (places, issues, integer sums, bounded memory);
// each is given what it wants: whole files, as text where it cannot take bytes.

import { parseCamt053 } from 'camt-parser'
import { parse as parseCsv } from 'csv-parse/sync'
import { read as readMt940 } from 'mt940-js'
import { parse as parseOfx } from 'ofx-js'
import { SaxesParser } from 'saxes'
import type { BenchFormat } from './statement-files.ts'

export interface Peer {
  name: string
  /** What is asked of us beside it: our speed is to be so many times its own. */
  aim: number
  /** Answers how many lines it read, where it can tell. */
  read(bytes: Uint8Array): Promise<number | null>
}

export const peers: Partial<Record<BenchFormat, Peer[]>> = {
  'camt.053': [
    {
      name: 'camt-parser',
      aim: 5,
      read: async (bytes) => {
        const { statements } = await parseCamt053(new TextDecoder().decode(bytes))
        return statements.reduce((sum, { transactions }) => sum + transactions.length, 0)
      },
    },
    { name: 'saxes alone, without meaning', aim: 1, read: (bytes) => Promise.resolve(parseXml(bytes)) },
  ],
  mt940: [
    {
      name: 'mt940-js',
      aim: 5,
      read: async (bytes) =>
        (await readMt940(Buffer.from(bytes))).reduce((sum, { transactions }) => sum + transactions.length, 0),
    },
  ],
  ofx: [
    {
      name: 'ofx-js',
      aim: 5,
      read: async (bytes) => {
        await parseOfx(new TextDecoder().decode(bytes))
        return null
      },
    },
  ],
  csv: [
    {
      name: 'csv-parse alone, without meaning',
      aim: 0.5,
      read: (bytes) => {
        const text = new TextDecoder('windows-1251').decode(bytes)
        const rows: string[][] = parseCsv(text, { delimiter: ';', relaxColumnCount: true })
        return Promise.resolve(rows.length)
      },
    },
  ],
}

function parseXml(bytes: Uint8Array): null {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', () => undefined)
  parser.on('text', () => undefined)
  parser.write(new TextDecoder().decode(bytes))
  parser.close()
  return null
}
