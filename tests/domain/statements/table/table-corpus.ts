// The corpus index as rows by column name.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type CorpusRow = Record<string, string> & {
  file: string
  stated_tx: string
  stated_other: string
  raw_tx: string
  stated_sum: string
}

export function corpusRows(corpus: string, format: string): CorpusRow[] {
  const [header = '', ...rows] = readFileSync(join(corpus, 'INDEX.tsv'), 'utf8').split('\n')
  const columns = header.split('\t')
  return rows
    .map((row) => row.split('\t'))
    .filter((cells) => cells[1] === format)
    .map((cells) => {
      const row: Record<string, string> = Object.fromEntries(
        columns.map((column, i) => [column, cells[i] ?? '']),
      )
      const { file = '', stated_tx = '', stated_other = '', raw_tx = '', stated_sum = '' } = row
      return { ...row, file, stated_tx, stated_other, raw_tx, stated_sum }
    })
}
