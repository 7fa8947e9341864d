import { afterEach, describe, expect, it } from 'vitest'
import { checkPortal } from '../../../electron/backend/portal/check.ts'
import { gatherPayments } from '../../../electron/backend/portal/gather/gather.ts'
import type {
  GatheredChunk,
  GatheredPayment,
  GatherOptions,
  KnownState,
} from '../../../electron/backend/portal/gather/gather.ts'
import { connectDemo } from './kit/demo.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function gather(options: Parameters<typeof connectDemo>[0], gathering: GatherOptions = {}) {
  const world = await connectDemo(options)
  open.push(world)
  const check = await checkPortal(world.client, world.clock)
  const chunks: GatheredChunk[] = []
  for await (const chunk of gatherPayments(world.client, check, gathering)) chunks.push(chunk)
  const payments = chunks.flatMap((chunk) => chunk.payments)
  return {
    ...world,
    check,
    chunks,
    payments,
    ids: payments.map((payment) => payment.id).sort((a, b) => a - b),
  }
}
const sorted = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b)

describe('every payment, for administrators', () => {
  const quirks: [string, Parameters<typeof connectDemo>[0]][] = [
    ['as documented', {}],
    ['payment methods not in batches', { switches: { batchablePayments: false } }],
    ['ids and sums as text', { switches: { idsAsStrings: true, sumType: 'string' } }],
    ['no total', { switches: { saleTotal: 'absent' } }],
    ['a wrong total', { switches: { saleTotal: 'wrong' } }],
    ['no cursors', { switches: { saleStartMinusOne: 'ignored' } }],
    ['no time', { switches: { time: 'absent' } }],
    ['empty codes', { switches: { codeType: 'empty' } }],
  ]
  it.each(quirks)('reads all of them once: %s', async (_name, options) => {
    const { demo, ids, chunks, client } = await gather(options)
    expect(ids).toEqual(sorted(demo.state.payments.ids()))
    expect(chunks.flatMap((chunk) => chunk.unreadable)).toEqual([])
    expect(chunks.at(-1)?.done).toBe(ids.length)
    expect(client.pace().limitErrors).toBe(0)
  })

  it('gets through limits, broken batches, resets and failing servers', async () => {
    const { demo, ids } = await gather({
      faults: [
        { method: 'batch', after: 2, times: 1, do: { kind: 'system', name: 'QUERY_LIMIT_EXCEEDED' } },
        { method: 'batch', after: 1, times: 1, do: { kind: 'html', status: 502, when: 'after' } },
        { method: 'batch', after: 2, times: 1, do: { kind: 'reset', when: 'before' } },
        { method: 'batch', after: 3, times: 1, do: { kind: 'truncated' } },
        { method: 'sale.payment.list', within: 'batch', after: 2, times: 2, do: { kind: 'missing-command' } },
        {
          method: 'sale.payment.list',
          within: 'batch',
          after: 3,
          times: 1,
          do: { kind: 'system', name: 'INTERNAL_SERVER_ERROR' },
        },
        {
          method: 'crm.item.list',
          within: 'batch',
          after: 1,
          times: 1,
          do: { kind: 'system', name: 'OPERATION_TIME_LIMIT' },
        },
      ],
    })
    expect(ids).toEqual(sorted(demo.state.payments.ids()))
    // The time budget comes back after ten minutes of the portal, six seconds here.
  }, 30_000)

  it('uses few requests', async () => {
    const { client, demo } = await gather({ payments: 2_000 })
    expect(demo.state.payments.count()).toBeGreaterThan(2_000)
    expect(client.pace().requestsSent).toBeLessThan(60)
  })

  it('stops when told to', async () => {
    const stop = new AbortController()
    const world = await connectDemo({ payments: 3_000 })
    open.push(world)
    const check = await checkPortal(world.client, world.clock)
    const reading = async (): Promise<void> => {
      for await (const _chunk of gatherPayments(world.client, check, { signal: stop.signal }))
        stop.abort(new Error('enough'))
    }
    await expect(reading()).rejects.toThrow('enough')
  })

  it("ends with the portal's reason when the block falls", async () => {
    await expect(
      gather({
        faults: [{ method: 'batch', after: 2, times: 0, do: { kind: 'system', name: 'OVERLOAD_LIMIT' } }],
      }),
    ).rejects.toMatchObject({
      fault: { code: 'rest.overloadBlocked' },
    })
  })
})

describe('only what may have changed', () => {
  it('reads unpaid, new and chosen payments and names those that are gone', async () => {
    const world = await connectDemo()
    open.push(world)
    const { demo, client } = world
    const check = await checkPortal(client, world.clock)
    const paidOf = (id: number): boolean => demo.state.payments.get(id)?.['paid'] === 'Y'
    const all = sorted(demo.state.payments.ids())
    const [unpaid, paid] = [all.filter((id) => !paidOf(id)), all.filter(paidOf)]
    const [becamePaid, removed] = unpaid as [number, number]
    const [becameUnpaid, polled, removedPaid, unpolled] = paid as [number, number, number, number]
    const newest = all.slice(-2)
    const raws = new Map<number, unknown>()
    for await (const chunk of gatherPayments(client, check)) {
      for (const { id, raw } of chunk.payments) raws.set(id, raw)
    }
    demo.state.payments.change(becamePaid, { paid: 'Y' })
    demo.state.payments.change(becameUnpaid, { paid: 'N' })
    demo.state.payments.remove(removed)
    demo.state.payments.remove(removedPaid)
    const since: KnownState = {
      maxId: newest[0] ?? 0,
      listUnpaid: true,
      ids: [...unpaid.filter((id) => !newest.includes(id)), polled, removedPaid],
      touchedFrom: null,
      maxOrderId: 0,
      ledger: {
        differing: async (payments) =>
          new Set(
            payments
              .filter(
                ({ id, raw }) => newest[1] === id || JSON.stringify(raw) !== JSON.stringify(raws.get(id)),
              )
              .map(({ id }) => id),
          ),
        under: async () => [],
        ownersOf: async () => [],
      },
    }
    const chunks: GatheredChunk[] = []
    for await (const chunk of gatherPayments(client, check, { since })) chunks.push(chunk)
    const seen = new Map(
      chunks.flatMap((chunk) => chunk.payments).map((payment) => [payment.id, payment.paid]),
    )
    expect(seen.get(becamePaid)).toBe(true)
    expect(seen.get(becameUnpaid)).toBe(false)
    expect(seen.has(newest[1] ?? 0)).toBe(true)
    // What is as it was known is told as such and not joined anew.
    const same = chunks.flatMap((chunk) => chunk.same)
    expect(seen.size).toBe(3)
    expect(same).toContain(polled)
    expect([...seen.keys(), ...same]).not.toContain(unpolled)
    expect(sorted(same)).toEqual(
      sorted([...unpaid, polled].filter((id) => ![becamePaid, removed, newest[1]].includes(id))),
    )
    expect(sorted(chunks.flatMap((chunk) => chunk.gone))).toEqual(sorted([removed, removedPaid]))
  })
})

describe('object by object, for everybody else', () => {
  it('reads the same payments in batches and singly, none twice', async () => {
    const batched = await gather({ user: 1, payments: 200 })
    const single = await gather({ user: 1, payments: 200, switches: { batchablePayments: false } })
    expect(batched.check.path).toBe('objects')
    expect(batched.ids.length).toBeGreaterThan(20)
    expect(new Set(batched.ids).size).toBe(batched.ids.length)
    expect(single.ids).toEqual(batched.ids)
    const known = new Set(batched.demo.state.payments.ids())
    expect(batched.ids.every((id) => known.has(id))).toBe(true)
    expect(batched.payments.every((payment) => payment.full === null && payment.owner !== null)).toBe(true)
    const last = batched.chunks.at(-1)
    expect(last?.done).toBe(last?.total)
  })
  it('counts objects whose payments stay hidden, believes a refusal only twice, and ends where nothing can be read', async () => {
    const denied = { kind: 'refusal', status: 400, code: 0, description: 'no' } as const
    const whole = await gather({ user: 1, payments: 200 })
    const method = 'crm.item.payment.list'
    const once = await gather({
      user: 1,
      payments: 200,
      faults: [{ method, after: 5, times: 1, do: denied }],
    })
    expect(once.ids).toEqual(whole.ids)
    expect(once.chunks.reduce((sum, chunk) => sum + chunk.withheld, 0)).toBe(0)
    const hidden = await gather({
      user: 1,
      payments: 200,
      faults: [{ method, after: 5, times: 0, do: denied }],
    })
    const total = hidden.chunks.at(-1)?.total ?? 0
    // The check itself makes two of the five calls that pass.
    expect(hidden.chunks.reduce((sum, chunk) => sum + chunk.withheld, 0)).toBe(total - 3)
    const missing = { kind: 'refusal', status: 404, code: 'ERROR_METHOD_NOT_FOUND', description: '' } as const
    await expect(
      gather({ user: 1, faults: [{ method, after: 5, times: 0, do: missing }] }),
    ).rejects.toMatchObject({
      fault: { code: 'rest.methodMissing' },
    })
  })
  it("agrees with the administrator's reading in everything both see", async () => {
    const [mine, all] = [await gather({ user: 1, payments: 200 }), await gather({ payments: 200 })]
    const byId = new Map(all.payments.map((payment) => [payment.id, payment]))
    const facts = ({ id, accountNumber, paid, paidAt, sum, owner, payer }: GatheredPayment) => ({
      id,
      accountNumber,
      paid,
      paidAt,
      sum,
      owner,
      payer,
    })
    for (const payment of mine.payments) {
      const other = byId.get(payment.id)
      expect(other && facts(other)).toEqual(facts(payment))
    }
  })
})
