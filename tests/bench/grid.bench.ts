// How soon the payments grid answers with 100,000 payments in the ledger, through the whole backend.

import type { InputOf } from '../../electron/contract/api.ts'
import { median, ms, say, timed } from './kit/figures.ts'
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
const sort = (column: NonNullable<NonNullable<InputOf<'payments.page'>>['sort']>['column'], descending = false) => ({ column, descending })
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
say(`very first page after opening: ${ms(performance.now() - cold)} (${first.rows.length} rows of ${first.total})`)

const bare = median(await timed(runs, () => program.call('app.settings', undefined)))
say(`a call that only reads settings: ${ms(bare)}`)
for (const [name, input] of pages) show(name, await timed(runs, () => program.call('payments.page', input)))
show('standings, everything', await timed(runs, () => program.call('payments.standings', {})))
show('standings, one portal', await timed(runs, () => program.call('payments.standings', { filter: { portalId } })))
show('standings beside a search', await timed(runs, () => program.call('payments.standings', { filter: { portalId, text: 'гранит' } })))
const selection = (filter: object) => ({ selection: { kind: 'filter' as const, filter } })
show('totals, everything', await timed(runs, () => program.call('payments.totals', selection({}))))
show('totals, one portal', await timed(runs, () => program.call('payments.totals', selection({ portalId }))))
show('facets, one portal', await timed(runs, () => program.call('payments.facets', { portalId })))
show('portals', await timed(runs, () => program.call('portals.list', undefined)))

await program.close()
await profile.remove()

function show(name: string, taken: readonly number[]): void {
  const middle = median(taken)
  const worst = Math.max(...taken)
  say(`${name.padEnd(34)} median ${ms(middle).padStart(8)}, worst ${ms(worst).padStart(8)}, ${(middle / bound).toFixed(2)} of the ${bound} ms bound`)
}
