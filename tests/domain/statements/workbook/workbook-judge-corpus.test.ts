// Real workbooks, reached through STATEMENT_CORPUS: every cell of every sheet is what the library reads in its place.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detect } from '../../../../electron/domain/statements/detect.ts'
import { ourCells, theirCells } from './workbook-judge.ts'

const corpus = process.env['STATEMENT_CORPUS']
const folder = corpus === undefined || corpus === '' ? '' : join(corpus, 'xlsx')
const files =
  folder === '' || !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.xls[xm]?$/i.test(name))

describe.runIf(files.length > 0)('workbooks of the corpus, cell by cell', () => {
  it.each(files)('%s', (file) => {
    const bytes = new Uint8Array(readFileSync(join(folder, file)))
    const { format, encoding } = detect(bytes.subarray(0, 1024 * 1024))
    expect(['xlsx', 'xls']).toContain(format)
    expect(ourCells(bytes, encoding)).toEqual(theirCells(bytes))
  })
})
