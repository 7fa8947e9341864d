import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../electron/backend/ledger/migrate.ts'
import { migrations } from '../../electron/backend/ledger/migrations/list.ts'
import { openLedgerFile } from '../../electron/backend/ledger/open.ts'
import { readWaiting } from '../../electron/backend/ledger/tables/waiting.ts'
import { migrationsFolder } from './book.ts'

let folder = ''
let db: DatabaseSync
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sverka-waiting-'))
  const path = join(folder, 'ledger')
  db = openLedgerFile(path, { readOnly: false })
  migrate(db, path, migrationsFolder, migrations)
  db.exec(
    `INSERT INTO portal (id, name, host, connected_at) VALUES ('p_a', 'A', 'a', '2026-01'), ('p_b', 'B', 'b', '2026-02')`,
  )
  db.exec(
    `INSERT INTO bank_account (account, currency, portal_id) VALUES ('1', 'RUB', 'p_a'), ('2', 'RUB', NULL), ('3', 'RUB', 'p_b')`,
  )
  db.exec(`INSERT INTO file (id, sha256, name, bytes, format, encoding, imported_at, complete)
    VALUES (1, 'x', 'x', 1, '1c', 'utf-8', '2026', 1)`)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

let index = 0
function line(account: string, over: Record<string, number | string | null> = {}): void {
  const row = { amount_minor: 500, allotted_minor: 0, live: 1, ...over }
  const names = Object.keys(row)
  db.prepare(
    `INSERT INTO line (file_id, idx, account, currency, bank_day, party_name, party_tax_id, party_account, party_bank_code,
       purpose, document_number, bank_reference, reversal, booked, place_line, place_from, place_to, identity, occurrence, search, ${names.join(', ')})
     VALUES (1, ${++index}, '${account}', 'RUB', '2026-11-20', '', '', '', '', '', '', '', 0, 1, 1, 0, 9, '${index}', 1, '', ${names.map(() => '?').join(', ')})`,
  ).run(...Object.values(row))
}

function payment(portal: string, id: number, standing: string, sum: number, currency = 'RUB'): void {
  db.exec(`INSERT INTO payment (portal_id, id, account_number, paid, sum_minor, currency, pay_system_id, read_at, standing)
    VALUES ('${portal}', ${id}, '${id}/1', 0, ${sum}, '${currency}', 1, '2026', '${standing}')`)
}

const none = { toPay: { count: 0, sums: [] }, linesLeft: 0, linesDoubtful: 0, unknown: 0, paused: 0 }
const waiting = () => readWaiting(db, { today: '2026-11-28' })

it('shows every portal, also one in which nothing waits', () => {
  expect(waiting()).toEqual([
    { portalId: 'p_a', ...none },
    { portalId: 'p_b', ...none },
  ])
})

it('counts payments whose money came, by currency, and no payment that is gone', () => {
  payment('p_a', 1, 'toPay', 100)
  payment('p_a', 2, 'toPaySurplus', 50)
  payment('p_a', 3, 'toPay', 7, 'USD')
  payment('p_a', 4, 'open', 900)
  payment('p_a', 5, 'toPay', 900)
  db.exec('UPDATE payment SET gone = 1 WHERE id = 5')
  expect(waiting()[0]?.toPay).toEqual({
    count: 3,
    sums: [
      { minor: 150, currency: 'RUB' },
      { minor: 7, currency: 'USD' },
    ],
  })
})

it('counts lines that are not decided, doubtful ones apart, of bound accounts only', () => {
  line('1')
  line('1', { allotted_minor: 200 })
  line('1', { amount_minor: -500 })
  line('1', { zone: 'certain' })
  line('1', { allotted_minor: 500 })
  line('1', { ignored_reason: 'fee' })
  line('1', { duplicate: 1 })
  line('1', { live: 0 })
  line('1', { doubtful: 1 })
  line('1', { held: 1 })
  line('1', { held: 1, held_until: '2026-11-27' })
  line('2')
  line('3')
  expect(waiting()).toMatchObject([
    { linesLeft: 4, linesDoubtful: 1 },
    { linesLeft: 1, linesDoubtful: 0 },
  ])
})

it('counts outcomes that are not known, and operations that can go on', () => {
  const job = (id: string, state: string, resumable: boolean): void => {
    db.prepare(`INSERT INTO job VALUES (?, 'apply', ?, 'p_b', '{}', '{}', ?, '2026', '2026')`).run(
      id,
      state,
      JSON.stringify({ resumable }),
    )
  }
  job('j_1', 'failed', true)
  job('j_2', 'failed', false)
  job('j_3', 'interrupted', true)
  job('j_4', 'done', false)
  for (const [seq, state] of ['unknown', 'sent', 'confirmed'].entries())
    db.exec(`INSERT INTO operation_item (job_id, seq, portal_id, payment_id, account_number, payer_name, sum_minor, currency, intent_json, state)
      VALUES ('j_1', ${seq}, 'p_b', ${seq}, '', '', 1, 'RUB', '{}', '${state}')`)
  expect(waiting()[1]).toEqual({ portalId: 'p_b', ...none, unknown: 2, paused: 2 })
})

it('seeks undecided lines by the index that holds only them', () => {
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT count(*) FROM bank_account AS bound CROSS JOIN line ON line.account = bound.account
         AND line.currency = bound.currency AND line.live = 1 AND line.ignored_reason IS NULL AND line.allotted_minor <> line.amount_minor`,
    )
    .all()
  expect(JSON.stringify(plan)).toContain('line_undecided')
})
