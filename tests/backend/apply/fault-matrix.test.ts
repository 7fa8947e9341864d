// Every fault against every way of writing: each item ends as the portal shows it, with the right words, and nothing
// is written twice. Jobs of one world run at once, so that their waits overlap.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldText } from '../../../electron/backend/jobs/kinds/apply/field-values.ts'
import type { PlanRequest } from '../../../electron/contract/operation.ts'
import type { OperationItem } from '../../../electron/contract/operation.ts'
import type { PaymentRow } from '../../../electron/contract/payment.ts'
import type { FaultRule } from '../../../electron/demo-portal/start.ts'
import { openWorld, reconcile, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'
import { faultRows } from './fault-rows.ts'
import type { FaultRow } from './fault-rows.ts'

const speed = 60
const jobsAtOnce = 24

type Kind = 'pay' | 'unpay' | 'edit' | 'delete' | 'details'

interface Column {
  name: string
  kind: Kind
  batch: boolean
  /** Which of a row's ends it is measured by. */
  end: 0 | 1 | 2 | 3 | 4
}
const columns: readonly Column[] = [
  { name: 'pay', kind: 'pay', batch: false, end: 0 },
  { name: 'unpay', kind: 'unpay', batch: false, end: 0 },
  { name: 'update', kind: 'edit', batch: false, end: 2 },
  { name: 'delete', kind: 'delete', batch: false, end: 4 },
  { name: 'pay, batch', kind: 'pay', batch: true, end: 1 },
  { name: 'unpay, batch', kind: 'unpay', batch: true, end: 1 },
  { name: 'update, batch', kind: 'details', batch: true, end: 3 },
]

const methods: Record<Kind, { write: string; read: string }> = {
  pay: { write: 'crm.item.payment.pay', read: 'crm.item.payment.get' },
  unpay: { write: 'crm.item.payment.unpay', read: 'crm.item.payment.get' },
  delete: { write: 'crm.item.payment.delete', read: 'crm.item.payment.get' },
  edit: { write: 'sale.payment.update', read: 'sale.payment.get' },
  details: { write: 'sale.payment.update', read: 'sale.payment.get' },
}
const comment = 'matrix'

/** How a cell came out: `end` in the words of the table, and whatever does not hold beside it. */
interface Cell {
  end: string
  wrong: string[]
}
const cells = new Map<string, Cell>()
const keyOf = (row: FaultRow, column: Column): string => `${row.place} ${row.name} / ${column.name}`

function rulesOf(row: FaultRow, { kind, batch }: Column, paymentId: number): FaultRule[] {
  const { write, read } = methods[kind]
  const method = row.place === 'write' ? write : read
  const since = row.place === 'back' ? { since: write } : {}
  const paid = kind !== 'unpay' && kind !== 'details'
  return row.do(paid).map((action) => {
    if (batch && row.of === 'request') return { method: 'batch', holding: method, paymentId, do: action }
    return { method, paymentId, ...since, ...(batch ? { within: 'batch' as const } : {}), do: action }
  })
}

function requestOf({ kind }: Column, rows: readonly PaymentRow[]): PlanRequest {
  const [first] = rows
  const one = { portalId: first?.portalId as never, paymentId: first?.id as never }
  const typedNumber = first?.accountNumber ?? ''
  switch (kind) {
    case 'pay':
      return { kind: 'pay', selection: these(rows), writeDetails: false }
    case 'details':
      return { kind: 'pay', selection: these(rows), writeDetails: true }
    case 'unpay':
      return { kind: 'unpay', selection: these(rows), reason: 'a test' }
    case 'edit':
      return { kind: 'edit', ...one, fields: { comments: comment }, typedNumber }
    case 'delete':
      return { kind: 'delete', ...one, typedNumber }
  }
}

async function runCell(
  world: World,
  row: FaultRow,
  column: Column,
  rows: readonly PaymentRow[],
): Promise<Cell> {
  const struck = rows[0]?.id ?? 0
  const plan = await world.call('operations.plan', requestOf(column, rows))
  const ids = rulesOf(row, column, struck).map((rule) => world.demo.state.faults.add(rule))
  let job = await world.ended(await world.call('operations.apply', { planId: plan.id, digest: plan.digest }))
  for (const id of ids) world.demo.state.faults.remove(id)
  const halted = job.state === 'failed' ? (job.fault?.code ?? '') : null
  if (halted !== null && job.resumable)
    job = await world.ended(await world.call('jobs.resume', { jobId: job.id }))
  const items = await world.items(job.id)
  const wrong: string[] = []
  for (const item of items) wrong.push(...(await wrongWith(world, column, item)))
  const item = items.find(({ paymentId }) => paymentId === struck)
  for (const other of items) if (other !== item) wrong.push(...wrongNeighbour(row, other))
  const end = item ? told(item, column) : 'no item'
  if (halted !== null && job.state === 'done')
    return { end: `halts ${halted}${end === 'confirmed answer' ? '' : `, ${end}`}`, wrong }
  if (job.state !== 'done' && !end.startsWith('touched')) wrong.push(`the job is ${job.state}`)
  return { end, wrong }
}

/** State, how it became certain, fault; of bank details what became of them. */
function told({ state, details, settledBy, fault }: OperationItem, { kind }: Column): string {
  const words: Record<string, string> = {
    'confirmed written': 'confirmed',
    'confirmedPartly notWritten': fault === null ? 'partly' : settledBy === 'answer' ? 'refused' : 'notSent',
    'conflict notWritten': 'conflict',
    'conflict unknown': 'touched',
  }
  const touched = fault?.code === 'write.touched' ? 'touched' : state
  const word = kind === 'details' ? (words[`${state} ${details}`] ?? `${state} ${details}`) : touched
  return [word, settledBy, fault?.code].filter(Boolean).join(' ')
}

/** What holds for every item, whatever happened: it has ended, the ledger shows what the portal shows, one write at most. */
async function wrongWith(world: World, { kind }: Column, item: OperationItem): Promise<string[]> {
  const { paymentId, state } = item
  const wrong: string[] = []
  const say = (holds: boolean, what: string): void => void (holds || wrong.push(`${paymentId}: ${what}`))
  const ends = ['confirmed', 'confirmedPartly', 'alreadySo', 'conflict', 'refused', 'notSent']
  say(ends.includes(state), `is left ${state}`)
  say(state !== 'refused' && state !== 'notSent' ? true : item.fault !== null, `${state} without a reason`)
  const { row, fields } = await world.call('payments.detail', {
    portalId: world.portal.id,
    paymentId: paymentId,
  })
  const portal = world.demo.state.payments.get(paymentId)
  say(row.gone === (portal === undefined), `gone ${row.gone}, the portal has ${portal ? 'it' : 'none'}`)
  if (portal) {
    say(row.paid === (portal.paid === 'Y'), `paid ${row.paid}, the portal says something else`)
    say(row.sumMinor === Math.round(Number(portal.sum) * 100), 'another sum than the portal’s')
    const known = new Map<string, string>(fields.map(({ name, value }) => [name, value]))
    for (const name of ['comments', 'payVoucherNum'])
      if (kind === 'edit' || kind === 'details')
        say((known.get(name) ?? '') === fieldText(portal[name]), `${name} differs from the portal’s`)
  }
  const writes = world.demo.state.log.countWrites(paymentId, methods[kind].write)
  say(writes <= 1, `written ${writes} times`)
  const done = state === 'confirmed' && item.fault === null
  if (done) say(writes === 1 || kind === 'delete', 'confirmed without a write')
  if (done && kind === 'edit')
    say(portal?.comments === comment, 'confirmed, and the portal shows another comment')
  if (done && (kind === 'pay' || kind === 'unpay'))
    say((portal?.paid === 'Y') === (kind === 'pay'), 'confirmed in the other state')
  if (['notSent', 'refused', 'alreadySo'].includes(state)) say(writes === 0, `${state}, and written`)
  return wrong
}

/** The struck item's neighbour is confirmed, or shares the fate of a request that was cut. */
function wrongNeighbour(row: FaultRow, item: OperationItem): string[] {
  const fine = item.state === 'confirmed' || row.of === 'request' || row.place === 'back'
  const halted = item.fault?.code === 'write.touched'
  return fine || halted ? [] : [`the neighbour is ${item.state}`]
}

type Job = () => Promise<void>
async function pool(jobs: readonly Job[], atOnce: number): Promise<void> {
  const left = [...jobs]
  const worker = async (): Promise<void> => {
    for (let job = left.shift(); job; job = left.shift()) await job()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

const endsOf = (row: FaultRow, column: Column): string[] => row.ends[column.end].split(' or ')
const isSensible = (row: FaultRow, column: Column): boolean => row.ends[column.end] !== '—'

async function runAll(world: World, batch: boolean): Promise<void> {
  const size = batch ? 2 : 1
  const mine = columns.filter((column) => column.batch === batch)
  const count = (kinds: Kind[]): number =>
    mine
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap((column) => faultRows.filter((row) => isSensible(row, column))).length * size
  const matched = batch ? await matchedRows(world, count(['details'])) : []
  const taken = new Set(matched.map(({ id }) => id))
  const open = (await world.unpaid(count(['pay', 'edit', 'delete']) + taken.size)).filter(
    ({ id }) => !taken.has(id),
  )
  const pools: Record<Kind, PaymentRow[]> = {
    pay: open,
    edit: open,
    delete: open,
    unpay: await world.paid(count(['unpay'])),
    details: matched,
  }
  const jobsOf = (shared: FaultRow['shared']): Job[] =>
    faultRows
      .filter((row) => row.shared === shared)
      .flatMap((row) => mine.filter((column) => isSensible(row, column)).map((column) => ({ row, column })))
      .map(({ row, column }) => {
        const rows = pools[column.kind].splice(0, size)
        return async () => void cells.set(keyOf(row, column), await runCell(world, row, column, rows))
      })
  await pool(jobsOf(undefined), jobsAtOnce)
  await pool(jobsOf('together'), jobsAtOnce)
  await pool(jobsOf('alone'), 1)
  for (const job of jobsOf('last')) {
    await job()
    await world.call('portals.check', { portalId: world.portal.id })
  }
}

async function matchedRows(world: World, count: number): Promise<PaymentRow[]> {
  await reconcile(world)
  const filter = { portalId: world.portal.id, standing: ['toPay' as const] }
  const { rows } = await world.call('payments.page', { filter, limit: count })
  if (rows.length < count) throw new Error(`only ${rows.length} payments are to be paid, ${count} are needed`)
  return rows
}

function printTable(): void {
  const wide = Math.max(...faultRows.map(({ name, place }) => name.length + place.length + 1))
  const short = (text: string): string =>
    text
      .replace('confirmed', 'ok')
      .replace('answer', 'a')
      .replace('reading', 'r')
      .replace('conflict', 'CONFL')
  const lines = faultRows.map((row) => {
    const shown = columns.map((column) => {
      if (!isSensible(row, column)) return 'n/a'
      const cell = cells.get(keyOf(row, column))
      const right = cell !== undefined && endsOf(row, column).includes(cell.end) && cell.wrong.length === 0
      return `${right ? '' : '!! '}${short(cell?.end ?? 'did not end')}`
    })
    return [`${row.place} ${row.name}`.padEnd(wide), ...shown.map((one) => one.padEnd(34))].join('| ')
  })
  const head = ['fault'.padEnd(wide), ...columns.map(({ name }) => name.padEnd(34))].join('| ')
  process.stdout.write(`\n${[head, ...lines].join('\n')}\n\n`)
}

describe('the fault matrix', () => {
  const worlds: World[] = []
  beforeAll(async () => {
    // What cuts a request is told row by row.
    const portal = { requestLimit: 'off' as const }
    const [singly, inBatches] = await Promise.all([
      openWorld({ speed, portal: { ...portal, payments: 700, switches: { batchablePayments: false } } }),
      openWorld({ speed, portal: { ...portal, payments: 1600 } }),
    ])
    worlds.push(singly, inBatches)
    await Promise.all([runAll(singly, false), runAll(inBatches, true)])
    printTable()
  }, 240_000)
  afterAll(() => Promise.all(worlds.map((world) => world.close())))

  const sensible = faultRows.flatMap((row) =>
    columns
      .filter((column) => isSensible(row, column))
      .map((column) => ({ row, column, name: keyOf(row, column) })),
  )
  it.each(sensible)('$name', ({ row, column, name }) => {
    const ends = endsOf(row, column)
    expect(cells.get(name)).toEqual({ end: ends.length === 1 ? ends[0] : expect.toBeOneOf(ends), wrong: [] })
  })

  it('leaves the journal whole', async () => {
    for (const world of worlds) expect((await world.call('journal.verify', undefined)).brokenAt).toBeNull()
  })
})
