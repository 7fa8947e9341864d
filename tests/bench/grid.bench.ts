// How soon the payments grid answers with 100,000 payments in the ledger, through the whole backend.

import { openLedgerFile } from '../../electron/backend/ledger/open.ts'
import type { InputOf } from '../../electron/contract/api.ts'
import { median, ms, say, timed, times } from './kit/figures.ts'
import { benchPortal, fillPayments } from './kit/ledger-world.ts'
import { openProfile, openProgram } from './kit/program.ts'

const count = 100_000
const bound = 100
const runs = 15

const profile = await openProfile()
const filling = performance.now()
fillPayments(profile.ledgerPath, count)
say(`${count} payments stored in ${((performance.now() - filling) / 1000).toFixed(1)} s`)
const program = await openProgram({ data: profile.data })

const portalId = benchPortal as never
const sort = (
  column: NonNullable<NonNullable<InputOf<'payments.page'>>['sort']>['column'],
  descending = false,
) => ({ column, descending })
const pages: readonly (readonly [string, InputOf<'payments.page'>])[] = [
  ['first page of everything', {}],
  ['first page of one portal', { filter: { portalId } }],
  ['not paid', { filter: { portalId, paid: false } }],
  ['to be decided', { filter: { portalId, standing: ['open', 'toPay'] } }],
  ['of a quarter', { filter: { portalId, from: '2026-07-01', to: '2026-09-30' } }],
  ['search for a number', { filter: { portalId, text: '34567/1' } }],
  ['search for two words', { filter: { portalId, text: 'гранит 7700000' } }],
  ['search that finds nothing', { filter: { portalId, text: 'nowhere' } }],
  ['sorted by payer', { filter: { portalId }, sort: sort('payer') }],
  ['sorted by sum', { filter: { portalId }, sort: sort('sum', true) }],
  ['sorted by bank day', { filter: { portalId }, sort: sort('bankDay', true) }],
  ['everything sorted by payer', { sort: sort('payer') }],
  ['offset 99,000', { filter: { portalId }, offset: 99_000 }],
  ['offset 99,000, sorted by payer', { filter: { portalId }, sort: sort('payer'), offset: 99_000 }],
]
const cold = performance.now()
const first = await program.call('payments.page', {})
say(
  `very first page after opening: ${ms(performance.now() - cold)} (${first.rows.length} rows of ${first.total})`,
)

// What any question about every row costs at that moment on this machine: reading the table once, without the program.
const table = openLedgerFile(profile.ledgerPath, { readOnly: true })
const scan = table.prepare("SELECT count(*) FROM payment WHERE document_number = 'none'")
const bare = median(await timed(runs, () => program.call('app.settings', undefined)))
say(`a call that only reads settings: ${ms(bare)}`)
for (const [name, input] of pages) await show(name, () => program.call('payments.page', input))
await show('standings, everything', () => program.call('payments.standings', {}))
await show('standings, one portal', () => program.call('payments.standings', { filter: { portalId } }))
await show('standings beside a search', () =>
  program.call('payments.standings', { filter: { portalId, text: 'гранит' } }),
)
const selection = (filter: object) => ({ selection: { kind: 'filter' as const, filter } })
await show('totals, everything', () => program.call('payments.totals', selection({})))
await show('totals, one portal', () => program.call('payments.totals', selection({ portalId })))
await show('facets, one portal', () => program.call('payments.facets', { portalId }))
await show('portals', () => program.call('portals.list', undefined))

table.close()
await program.close()
await profile.remove()

async function show(name: string, ask: () => Promise<unknown>): Promise<void> {
  const scanned = median(await timed(5, () => scan.get()))
  const taken = await timed(runs, ask)
  const middle = median(taken)
  const ratios = `${(middle / bound).toFixed(2)} of the ${bound} ms bound, ${times(middle / scanned)} one reading of the table`
  say(
    `${name.padEnd(34)} median ${ms(middle).padStart(8)}, worst ${ms(Math.max(...taken)).padStart(8)}, ${ratios}`,
  )
}
