// Whatever becomes of a portal between refreshes, the ledger never claims to have seen what it has not: after a complete
// refresh it equals the portal, after a cheap one in all that such a refresh sees.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JobSnapshot } from '../../../electron/contract/job.ts'
import { openWorld, preparing } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'

const changes = [
  'pay',
  'unpay',
  'sum',
  'paySystem',
  'remove',
  'add',
  'rename',
  'move',
  'hide',
  'show',
] as const
type Change = (typeof changes)[number]
type Step = { kind: Change; pick: number; other: number } | { kind: 'cheap' } | { kind: 'whole' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(...changes),
      pick: fc.nat({ max: 9999 }),
      other: fc.nat({ max: 9999 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'cheap' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'whole' }) },
)

interface Facts {
  id: number
  accountNumber: string
  paid: boolean
  sumMinor: number
  paySystem: string
  owner: string
  title: string
}

const me = 8
const somebodyElse = 12

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the portal shows to the user of the world. */
function portalFacts({ demo }: World, user: 0 | 1): Map<number, Facts> {
  const { payments, owners } = demo.state
  const facts = payments.ids().flatMap((id) => {
    const printed = payments.get(id)
    const owner = owners.of(id)
    if (!printed || (user === 1 && (!owner || owners.assignedTo(owner) !== me))) return []
    return [
      {
        id,
        accountNumber: textOf(printed['accountNumber']),
        paid: printed['paid'] === 'Y',
        sumMinor: Math.round(Number(printed['sum']) * 100),
        paySystem: textOf(printed['paySystemName']),
        owner: owner ? `${owner.type === 2 ? 'deal' : 'invoice'}:${owner.id}` : '',
        title: titles.get(owner ? `${owner.type}:${owner.id}` : '') ?? '',
      },
    ]
  })
  return new Map(facts.map((one) => [one.id, one]))
}

/** Titles that were given in this run; the others are not compared. */
const titles = new Map<string, string>()

async function ledgerFacts({ call, portal }: World): Promise<Map<number, Facts>> {
  const { rows } = await call('payments.page', { filter: { portalId: portal.id }, limit: 1000 })
  const there = rows.filter(({ gone }) => !gone)
  return new Map(
    there.map((row) => [
      row.id,
      {
        id: row.id,
        accountNumber: row.accountNumber,
        paid: row.paid,
        sumMinor: row.sumMinor,
        paySystem: row.paySystemName,
        owner: row.owner ? `${row.owner.kind}:${row.owner.id}` : '',
        title: titles.has(keyOf(row.owner)) ? (row.owner?.title ?? '') : '',
      },
    ]),
  )
}

function keyOf(owner: { kind: 'deal' | 'invoice'; id: number } | null): string {
  return owner ? `${owner.kind === 'deal' ? 2 : 31}:${owner.id}` : ''
}

/** Answers the objects it changed. */
function change(
  world: World,
  { kind, pick, other }: { kind: Change; pick: number; other: number },
): string[] {
  const { payments, owners } = world.demo.state
  const ids = payments.ids()
  const id = ids[pick % ids.length] ?? 0
  const owner = owners.of(id)
  const named = (one: { type: 2 | 31; id: number }): string =>
    `${one.type === 2 ? 'deal' : 'invoice'}:${one.id}`
  switch (kind) {
    case 'pay':
      payments.change(id, { paid: 'Y', datePaid: '2026-11-20T10:00:00+03:00' })
      return []
    case 'unpay':
      payments.change(id, { paid: 'N', datePaid: null })
      return []
    case 'sum':
      payments.change(id, { sum: 10 + (other % 500) })
      return []
    case 'paySystem':
      payments.change(id, { paySystemId: [1, 2, 3, 4, 6][other % 5] ?? 1 })
      return []
    case 'remove':
      payments.remove(id)
      return []
    case 'add':
      payments.addBeside(id)
      return []
    case 'rename':
      if (!owner) return []
      titles.set(`${owner.type}:${owner.id}`, `Title ${other}`)
      owners.rename(owner, `Title ${other}`)
      return [named(owner)]
    case 'move': {
      const to = owners.of(ids[other % ids.length] ?? 0)
      if (!owner || !to) return []
      owners.move(id, to)
      return [named(owner), named(to)]
    }
    case 'hide':
    case 'show':
      if (!owner) return []
      owners.assign(owner, kind === 'hide' ? somebodyElse : me)
      return [named(owner)]
  }
}

/** The payments about which a cheap refresh must be right, by what was known before it. */
function claimed(
  user: 0 | 1,
  now: ReadonlyMap<number, Facts>,
  before: ReadonlyMap<number, Facts>,
  touched: ReadonlySet<string>,
): number[] {
  const highest = Math.max(0, ...before.keys())
  const held = [...before.values()]
  const openOwners = new Set(held.filter(({ paid }) => !paid).map(({ owner }) => owner))
  const visible = new Set([...now.values()].map(({ owner }) => owner))
  const ids = new Set([...now.keys(), ...before.keys()])
  return [...ids].filter((id) => {
    const [shown, known] = [now.get(id), before.get(id)]
    if (user === 0)
      return (
        id > highest ||
        shown?.paid === false ||
        known?.paid === false ||
        touched.has(shown?.owner ?? '') ||
        // What was removed shows in the count.
        shown === undefined
      )
    const owner = shown?.owner ?? known?.owner ?? ''
    return visible.has(owner) && (touched.has(owner) || openOwners.has(owner))
  })
}

const seenJobs = new Set<string>()

async function refresh(world: World, whole: boolean) {
  let job: JobSnapshot
  // A refresh that has ended a moment ago may still be the one that runs.
  do job = await world.ended(await world.call('payments.refresh', { portalId: world.portal.id, whole }))
  while (seenJobs.has(job.id))
  seenJobs.add(job.id)
  if (job.state !== 'done' || job.result?.kind !== 'refresh') throw new Error(JSON.stringify(job))
  return job.result
}

async function live(user: 0 | 1, steps: readonly Step[]): Promise<void> {
  titles.clear()
  const world = await openWorld({ user, speed: 20, portal: { payments: 150, today: '2026-11-21' } })
  try {
    const touched = new Set<string>()
    let before = await ledgerFacts(world)
    for (const one of [...steps, { kind: 'cheap' } as const, { kind: 'whole' } as const]) {
      if (one.kind !== 'cheap' && one.kind !== 'whole') {
        for (const owner of change(world, one)) touched.add(owner)
        continue
      }
      const { whole } = await refresh(world, one.kind === 'whole')
      const [ledger, portal] = [await ledgerFacts(world), portalFacts(world, user)]
      const ids = whole
        ? [...new Set([...ledger.keys(), ...portal.keys()])]
        : claimed(user, portal, before, touched)
      expect(ids.map((id) => [id, ledger.get(id)])).toEqual(ids.map((id) => [id, portal.get(id)]))
      before = ledger
      touched.clear()
    }
  } finally {
    await world.close()
  }
}

it.each([
  ['an administrator', 0],
  ['another user', 1],
] as const)(
  'the ledger of %s equals the portal in all that a refresh claims to have seen',
  async (_name, user) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), (steps) => live(user, steps)),
      { numRuns: 3, endOnFailure: true },
    )
  },
  2 * preparing,
)
