// Lists whose ids have gaps: offsets, chained cursors, and what happens when the list changes while it is read.

import { afterEach, describe, expect, it } from 'vitest'
import type { PortalCheck } from '../../../electron/contract/portal.ts'
import { abilities } from '../../../electron/contract/portal.ts'
import { createPortalClient, defaultSettings } from '../../../electron/backend/portal/create-client.ts'
import { gatherPayments } from '../../../electron/backend/portal/gather/gather.ts'
import type { GatheredChunk } from '../../../electron/backend/portal/gather/gather.ts'
import { createFastClock } from './kit/clocks.ts'
import { createLog, directNetwork, fixedEndpoint, startFakePortal } from './kit/fake-portal.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

interface Sparse {
  ids: number[]
  total: 'exact' | 'absent' | 'tooSmall'
  references: 'honoured' | 'ignored'
  /** Called before each page of payments is made. */
  before?: (page: number) => void
}

/** `sale.payment.list` alone, singly and in batches, with `$result` references into earlier commands. */
async function startSparse(sparse: Sparse) {
  let pages = 0
  const starts: string[] = []
  const list = (params: URLSearchParams): { result: unknown; total?: number; next?: number } => {
    pages += 1
    sparse.before?.(pages)
    const start = Number(params.get('start') ?? 0)
    const after = params.get('filter[>id]')
    starts.push(after === null ? `offset ${start}` : 'cursor')
    const up = params.get('order[id]') !== 'desc'
    const rows = sparse.ids
      .filter((id) => id > Number(after ?? 0) && id <= Number(params.get('filter[<=id]') ?? Infinity))
      .sort((a, b) => (up ? a - b : b - a))
    const from = Math.max(0, start)
    const page = rows.slice(from, from + 50).map((id) => ({
      id,
      orderId: id,
      accountNumber: `${id}/1`,
      paid: 'N',
      sum: 1,
      currency: 'RUB',
      paySystemId: 1,
    }))
    const total = sparse.total === 'tooSmall' ? Math.max(0, rows.length - 120) : rows.length
    const counted = start >= 0 && sparse.total !== 'absent'
    return {
      result: { payments: page },
      ...(counted ? { total } : {}),
      ...(counted && from + 50 < rows.length ? { next: from + 50 } : {}),
    }
  }
  const portal = await startFakePortal(({ method, params }) => {
    if (method === 'sale.payment.list') return { json: list(flat(params)) }
    if (method !== 'batch') return { json: { result: [] } }
    const results: Record<string, unknown> = {}
    const totals: Record<string, number> = {}
    for (const [label, command] of Object.entries(params['cmd'] as Record<string, string>)) {
      const [name, query = ''] = command.split('?')
      const given = new URLSearchParams(query)
      for (const [key, value] of given) {
        const reference = /^\$result\[(\w+)\]\[payments\]\[(\d+)\]\[id\]$/.exec(value)
        if (reference === null) continue
        const rows = (results[reference[1] ?? ''] as { payments?: { id: number }[] } | undefined)?.payments
        const id = sparse.references === 'honoured' ? rows?.[Number(reference[2])]?.id : undefined
        given.set(key, String(id ?? ''))
      }
      const answered = name === 'sale.payment.list' ? list(given) : { result: [] }
      results[label] = answered.result
      if ('total' in answered && answered.total !== undefined) totals[label] = answered.total
    }
    return {
      json: {
        result: { result: results, result_error: [], result_total: totals, result_next: [], result_time: [] },
      },
    }
  })
  const client = createPortalClient({
    portalId: 'p_x',
    endpoint: fixedEndpoint(portal),
    ports: { clock: createFastClock(200), network: directNetwork, log: createLog() },
    settings: () => defaultSettings,
    version: '0',
  })
  open.push(client, portal)
  return { client, starts }
}

function flat(params: Record<string, unknown>): URLSearchParams {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value)) out.set(`${name}[${key}]`, String(part))
    else out.set(name, String(value))
  }
  return out
}

function checkOf(batch: boolean): PortalCheck {
  return {
    at: '',
    user: { id: '1', name: '' },
    administrator: true,
    scopes: [],
    timeZone: 'UTC',
    path: 'administrator',
    invoicesWithoutPayment: null,
    receipts: [],
    requests: 0,
    tookMs: 0,
    abilities: abilities.map((ability) => ({
      ability,
      state: ability.startsWith('batch') && !batch ? 'no' : 'yes',
      fault: null,
    })),
  }
}

async function idsOf(sparse: Sparse, batch: boolean) {
  const { client, starts } = await startSparse(sparse)
  const chunks: GatheredChunk[] = []
  for await (const chunk of gatherPayments(client, checkOf(batch))) chunks.push(chunk)
  return { ids: chunks.flatMap((chunk) => chunk.payments.map((payment) => payment.id)), starts, chunks }
}
const gaps = (count: number): number[] => Array.from({ length: count }, (_, index) => 7 + index * 10)

describe('a list with gaps', () => {
  it.each([
    [true, 'exact'],
    [false, 'exact'],
    [true, 'tooSmall'],
    [false, 'tooSmall'],
    [true, 'absent'],
    [false, 'absent'],
  ] as const)('is read whole (batches: %s, total: %s)', async (batch, total) => {
    const wanted = gaps(730)
    const { ids, starts, chunks } = await idsOf({ ids: wanted, total, references: 'honoured' }, batch)
    expect([...ids].sort((a, b) => a - b)).toEqual(wanted)
    expect(chunks.at(-1)).toMatchObject({ done: 730 })
    expect(starts.includes('offset 100')).toBe(total !== 'absent')
    expect(starts.includes('cursor')).toBe(total !== 'exact')
  })
  it('is read whole although references are ignored', async () => {
    const wanted = gaps(330)
    const { ids } = await idsOf({ ids: wanted, total: 'absent', references: 'ignored' }, true)
    expect([...ids].sort((a, b) => a - b)).toEqual(wanted)
  })
  it('ends at a page that is exactly full', async () => {
    for (const total of ['exact', 'absent'] as const) {
      const { ids } = await idsOf({ ids: gaps(100), total, references: 'honoured' }, true)
      expect(ids.length).toBe(100)
    }
  })
  it('misses nothing when a payment is deleted while pages are read', async () => {
    const sparse: Sparse = { ids: gaps(400), total: 'exact', references: 'honoured' }
    sparse.before = (page) => {
      if (page === 5) sparse.ids = sparse.ids.filter((id) => id !== 17)
    }
    const { ids } = await idsOf(sparse, false)
    const there = new Set(ids)
    expect(sparse.ids.filter((id) => !there.has(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })
  it('is no work when it is empty', async () => {
    const { ids, chunks } = await idsOf({ ids: [], total: 'exact', references: 'honoured' }, true)
    expect(ids).toEqual([])
    expect(chunks.length).toBeLessThanOrEqual(1)
  })
})
