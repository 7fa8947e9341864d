// What a killed program, or a thread that was, left of an import.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '../../../electron/backend/ledger/migrate.ts'
import { openLedgerFile } from '../../../electron/backend/ledger/open.ts'
import { importLines, line, migrationsFolder, rows } from '../../ledger/book.ts'
import { camt, entry, newFolder, openDesk } from './kit.ts'

const cut = 'c'.repeat(64)
const whole = 'd'.repeat(64)

/** A profile as a program leaves it that is killed in the middle of an import. */
function killedProfile(): string {
  const folder = newFolder()
  const path = join(folder, 'ledger.sqlite')
  const db = openLedgerFile(path, { readOnly: false })
  migrate(db, path, migrationsFolder)
  importLines(db, [line(1)], { sha: whole })
  importLines(db, [line(2)], { sha: cut, whole: false })
  db.close()
  mkdirSync(join(folder, 'files'))
  for (const name of [cut, whole, `${'e'.repeat(64)}.part`]) writeFileSync(join(folder, 'files', name), 'x')
  return folder
}

it('is gone at the next start: its lines, the copy of its bytes, a copy that was being made', async () => {
  const folder = killedProfile()
  const desk = await openDesk(folder)
  try {
    expect(readdirSync(join(folder, 'files'))).toEqual([whole])
    expect((await desk.call('statements.lines', {})).total).toBe(1)
  } finally {
    await desk.close()
  }
})

it('is gone once the next import was refused', async () => {
  const desk = await openDesk()
  try {
    await desk.bring('a.xml', camt('053', [entry('7.00', '')]))
    const path = join(desk.folder, 'ledger.sqlite')
    const db = openLedgerFile(path, { readOnly: false })
    importLines(db, [line(2)], { sha: cut, whole: false })
    writeFileSync(join(desk.folder, 'files', cut), 'x')
    await desk.bring('b.txt', 'nothing here')
    expect(rows(db, 'SELECT count(*) AS n FROM file')).toEqual([{ n: 1 }])
    db.close()
    expect(desk.kept()).toHaveLength(1)
    expect(desk.kept()).not.toContain(cut)
  } finally {
    await desk.close()
  }
})
