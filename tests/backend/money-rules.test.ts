// The money rules that a change of payments rests on, each by its number.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '../../electron/backend/ports.ts'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import { startDemoPortal } from '../../electron/demo-portal/start.ts'
import { importFiles, openWorld, preparing, reconcile, these } from '../kit/backend-world.ts'
import type { World } from '../kit/backend-world.ts'
import { createFastClock } from './portal/kit/clocks.ts'

const pay = 'crm.item.payment.pay'
const states = (items: readonly { state: string }[]): string[] => items.map(({ state }) => state)
const writing = [
  'crm.item.payment.pay',
  'crm.item.payment.unpay',
  'crm.item.payment.delete',
  'sale.payment.update',
]

/** The fast clock, which a test can put forward. */
function adjustable(): Clock & { forward(ms: number): void } {
  const clock = createFastClock(100)
  let ahead = 0
  return { now: () => clock.now() + ahead, sleep: clock.sleep, forward: (ms) => void (ahead += ms) }
}

describe('money rules of plans', () => {
  let world: World
  const clock = adjustable()
  beforeAll(async () => {
    world = await openWorld({ portal: { payments: 200 }, clock })
  }, preparing)
  afterAll(() => world.close())

  it('money rule 1: nothing is written without a confirmed plan', async () => {
    await reconcile(world)
    const rows = await world.unpaid(2)
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
    await world.call('operations.planItems', { planId: plan.id })
    expect((await world.fault('operations.apply', { planId: plan.id, digest: '0'.repeat(64) })).code).toBe(
      'plan.stale',
    )
    expect(world.demo.state.log.writes).toEqual([])
    expect(world.demo.state.log.requests.filter(({ method }) => writing.includes(method))).toEqual([])
  })

  it('money rule 2: a portal is read only until writing is switched on, and again when it is switched off', async () => {
    const rows = await world.unpaid(2)
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
    const allow = (allowed: boolean) =>
      world.call('portals.allowWriting', { portalId: world.portal.id, allowed })
    await allow(false)
    // A plan may be looked at; nothing of it is carried out.
    expect((await world.call('operations.plan', { kind: 'pay', selection: these(rows) })).count).toBe(2)
    expect((await world.fault('operations.apply', { planId: plan.id, digest: plan.digest })).code).toBe(
      'portal.writingOff',
    )
    await allow(true)
    const journal = await world.call('journal.page', {
      filter: { kind: ['portal.writingOn', 'portal.writingOff'] },
    })
    expect(journal.rows.map(({ kind }) => kind)).toEqual([
      'portal.writingOn',
      'portal.writingOff',
      'portal.writingOn',
    ])
  })

  it('money rule 3: a plan names what it does, applies once, and expires after 24 hours', async () => {
    const [paidRow] = await world.paid(1)
    const rows = await world.unpaid(3)
    const selection = these([...rows, ...(paidRow ? [paidRow] : [])])
    const plan = await world.call('operations.plan', { kind: 'pay', selection })
    const minor = rows.reduce((sum, { sumMinor }) => sum + sumMinor, 0)
    expect(plan).toMatchObject({
      portalId: world.portal.id,
      count: 3,
      sums: [{ currency: 'RUB', minor }],
      refused: [{ reason: 'alreadySo', count: 1 }],
      state: 'open',
    })
    expect(plan.expectMs).toBeGreaterThan(0)
    const confirm = { planId: plan.id, digest: plan.digest }
    const [first, second] = await Promise.all([
      world.call('operations.apply', confirm),
      world.call('operations.apply', confirm),
    ])
    expect(second.id).toBe(first.id)
    await world.ended(first)
    expect((await world.call('operations.apply', confirm)).id).toBe(first.id)
    for (const { id } of rows) expect(world.demo.state.log.countWrites(id)).toBe(1)

    const old = await world.call('operations.plan', { kind: 'pay', selection: these(await world.unpaid(1)) })
    clock.forward(24 * 3600_000 - 60_000)
    const nearly = await world.call('operations.plan', {
      kind: 'pay',
      selection: these(await world.unpaid(1)),
    })
    clock.forward(60_000)
    expect((await world.fault('operations.apply', { planId: old.id, digest: old.digest })).code).toBe(
      'plan.expired',
    )
    await world.confirm(nearly)
  })

  it('money rule 6: the second step follows only after the first was read back as paid', async () => {
    const ids = (
      await world.call('payments.page', {
        filter: { portalId: world.portal.id, standing: ['toPay'] },
        limit: 3,
      })
    ).rows
    world.demo.state.log.clear()
    world.demo.state.faults.add({
      method: pay,
      paymentId: ids[0]?.id ?? 0,
      do: { kind: 'refusal', status: 400, code: 0, description: 'no' },
    })
    const { items } = await world.carryOut({ kind: 'pay', selection: these(ids), writeDetails: true })
    const refused = items.find(({ paymentId }) => paymentId === ids[0]?.id)
    expect([refused?.state, refused?.details]).toEqual(['refused', 'notWritten'])
    expect(world.demo.state.log.countWrites(ids[0]?.id ?? 0, 'sale.payment.update')).toBe(0)
    const order = world.demo.state.log.requests
      .filter(({ params }) => Number((params as { id?: unknown }).id) === ids[1]?.id)
      .map(({ method }) => method)
    expect(order).toEqual([
      'crm.item.payment.get',
      pay,
      'crm.item.payment.get',
      'sale.payment.get',
      'sale.payment.update',
      'sale.payment.get',
    ])
  })

  it('money rules 7 and 8: an update says paid and pay system, and days as noon with the portal’s offset', async () => {
    const { requests } = world.demo.state.log
    const updates = requests
      .filter(({ method }) => method === 'sale.payment.update')
      .map(({ params }) => (params as { fields: Record<string, string> }).fields)
    expect(updates.length).toBeGreaterThan(0)
    for (const fields of updates) {
      expect(fields.paid).toBe('Y')
      expect(Number(fields.paySystemId)).toBeGreaterThan(0)
      expect(
        [fields.datePaid, fields.payVoucherDate].every((day) =>
          /^\d{4}-\d{2}-\d{2}T12:00:00\+03:00$/.test(day ?? ''),
        ),
      ).toBe(true)
      expect(Object.keys(fields)).not.toContain('comments')
    }
  })

  it('money rule 13: delete needs the number typed, and is refused while paid', async () => {
    const [row] = await world.unpaid(1)
    const [paidRow] = await world.paid(1)
    const of = (one: typeof row, typedNumber: string) => ({
      kind: 'delete' as const,
      portalId: world.portal.id,
      paymentId: one?.id as never,
      typedNumber,
    })
    expect((await world.fault('operations.plan', of(row, '1'))).code).toBe('plan.numberTyped')
    expect((await world.fault('operations.plan', of(paidRow, paidRow?.accountNumber ?? ''))).code).toBe(
      'plan.paid',
    )
    // Paid by somebody else between plan and delete: the check before the write finds it.
    const plan = await world.call('operations.plan', of(row, row?.accountNumber ?? ''))
    expect(plan.warnings).toEqual([{ warning: 'noUndo', count: 1 }])
    world.demo.state.payments.change(row?.id ?? 0, { paid: 'Y' })
    expect(states((await world.confirm(plan)).items)).toEqual(['conflict'])
    expect(world.demo.state.payments.get(row?.id ?? 0)).toBeDefined()
  })

  it('money rule 15: the status is not in the form, integration fields stand behind a warning', async () => {
    const [row] = await world.unpaid(1)
    const edit = (fields: Record<string, string>) => ({
      kind: 'edit' as const,
      portalId: world.portal.id,
      paymentId: row?.id as never,
      fields,
    })
    expect((await world.fault('operations.plan', edit({ paid: 'Y' }))).code).toBe('input.invalid')
    expect((await world.call('operations.plan', edit({ xmlId: 'abc' }))).warnings).toEqual([
      { warning: 'integrationFields', count: 1 },
    ])
  })

  it('money rule 16: taking back many payments without money asks for a reason', async () => {
    await world.call('app.changeSettings', { proofDaysBefore: 0, proofDaysAfter: 0 })
    const filter = { portalId: world.portal.id, standing: ['paidWithoutMoney' as const] }
    const { rows } = await world.call('payments.page', { filter, limit: 2 })
    expect(rows).toHaveLength(2)
    expect((await world.fault('operations.plan', { kind: 'unpay', selection: these(rows) })).code).toBe(
      'plan.reasonNeeded',
    )
    expect(
      (
        await world.call('operations.plan', {
          kind: 'unpay',
          selection: these(rows),
          reason: 'денег не было',
        })
      ).count,
    ).toBe(2)
  })

  it('money rule 23: the journal says who did it, on which computer, as which user of the portal', async () => {
    const { rows } = await world.call('journal.page', { filter: { kind: ['write.intended'] }, limit: 1 })
    expect(rows[0]?.actor).toEqual({ account: 'anna', computer: 'desk', portalUser: 'Анна Орлова' })
    const { lastSeq, lastHash } = await world.call('journal.verify', undefined)
    expect(await world.call('journal.verify', { seq: lastSeq, hash: lastHash })).toMatchObject({
      pair: true,
      brokenAt: null,
    })
  })
})

describe('money rules of writing', () => {
  it('money rule 2: a policy forces read only and forbids delete', async () => {
    const world = await openWorld({ policy: { forbidDelete: true } })
    const [row] = await world.unpaid(1)
    expect(
      await world.fault('operations.plan', {
        kind: 'delete',
        portalId: world.portal.id,
        paymentId: row?.id as never,
        typedNumber: row?.accountNumber ?? '',
      }),
    ).toEqual({ code: 'policy.forbids', rule: 'delete' })
    await world.close()
    const readOnly = await openWorld({ ready: false, policy: { forceReadOnly: true } })
    expect(
      await readOnly.fault('portals.allowWriting', { portalId: readOnly.portal.id, allowed: true }),
    ).toEqual({ code: 'policy.forbids', rule: 'writing' })
    await readOnly.close()
  })

  it('money rule 2: switched off in the middle, nothing more is sent', async () => {
    const world = await openWorld({ portal: { payments: 200, latency: { [pay]: 2, '*': 0 } } })
    const plan = await world.call('operations.plan', {
      kind: 'pay',
      selection: these(await world.unpaid(20)),
    })
    const job = await world.call('operations.apply', { planId: plan.id, digest: plan.digest })
    await expect.poll(() => world.demo.state.log.writes.length, { interval: 2 }).toBeGreaterThan(0)
    await world.call('portals.allowWriting', { portalId: world.portal.id, allowed: false })
    expect((await world.ended(job)).fault).toEqual({ code: 'portal.writingOff' })
    expect(world.demo.state.log.writes.length).toBeLessThanOrEqual(10)
    await world.close()
  })

  it(
    'money rule 5: lines that are not booked, or of a file that does not add up, are not accepted as certain',
    async () => {
      const world = await openWorld({ portal: { payments: 600 } })
      const broken = world.demo.statements
        .filter(({ name }) => name.endsWith('.sta'))
        .map(({ name, bytes }) => {
          const text = Buffer.from(bytes).toString('latin1')
          // Every closing balance is some hundredths off.
          return {
            name,
            bytes: Buffer.from(
              text.replace(
                /(:62F:[CD]\d{6}[A-Z]{3})(\d+),(\d*)/g,
                (_, head: string, whole: string, cents: string) =>
                  `${head}${whole},${cents === '00' ? '01' : '00'}`,
              ),
              'latin1',
            ),
          }
        })
      expect(broken).toHaveLength(1)
      const end = await importFiles(world, broken)
      expect(end.state).toBe('done')
      for (const { account, currency, proposals } of await world.call('accounts.list', undefined)) {
        await world.call('accounts.bind', {
          account,
          currency,
          portalId: world.portal.id,
          ownCompanyId: proposals[0]?.ownCompanyId ?? null,
        })
      }
      await world.ended(await world.call('matches.propose', undefined))
      const statement = (await world.call('statements.list', undefined)).find(
        ({ balanceOffMinor }) => balanceOffMinor !== 0,
      )
      expect(statement?.balanceOffMinor).not.toBe(0)
      expect((await world.call('matches.summary', {})).certain.count).toBe(0)
      await world.call('statements.clear', { fileId: statement?.fileId as never })
      await world.ended(await world.call('matches.propose', undefined))
      expect((await world.call('matches.summary', {})).certain.count).toBeGreaterThan(0)
      await world.close()
    },
    preparing,
  )

  it('money rule 10: the write leaves within ten seconds of its check, in a request of its own, journalled before', async () => {
    // Every check is answered, then the method's budget holds the write back for a minute: each such check is thrown away.
    const world = await openWorld({ portal: { payments: 60 } })
    world.demo.state.faults.add({ method: pay, do: { kind: 'system', name: 'OPERATION_TIME_LIMIT' } })
    const { items } = await world.carryOut({ kind: 'pay', selection: these(await world.unpaid(1)) })
    expect(states(items)).toEqual(['confirmed'])
    const { requests } = world.demo.state.log
    const written = requests.findLastIndex(({ method, status }) => method === pay && status === 200)
    const check = requests.slice(0, written).findLast(({ method }) => method === 'crm.item.payment.get')
    expect(Date.parse(requests[written]?.at ?? '') - Date.parse(check?.at ?? '')).toBeLessThan(10_000)
    const { rows } = await world.call('journal.page', { filter: { paymentId: items[0]?.paymentId as never } })
    expect(
      rows
        .map(({ kind }) => kind)
        .toReversed()
        .slice(0, 2),
    ).toEqual(['write.intended', 'write.answered'])
    await world.close()
  })

  it('money rule 11: what is in doubt is never sent again', async () => {
    const world = await openWorld({ portal: { payments: 60, switches: { batchablePayments: false } } })
    world.demo.state.faults.add({ method: pay, do: { kind: 'html', status: 502, when: 'before' }, times: 0 })
    await world.carryOut({ kind: 'pay', selection: these(await world.unpaid(2)) })
    expect(world.demo.state.log.countRequests(pay)).toBe(2)
    await world.close()
  })

  it('money rule 12: the old state settles an unknown outcome only after the portal’s limit, others go on meanwhile', async () => {
    const world = await openWorld({ portal: { payments: 60, switches: { batchablePayments: false } } })
    const rows = await world.unpaid(4)
    world.demo.state.faults.add({
      method: pay,
      paymentId: rows[0]?.id ?? 0,
      do: { kind: 'reset', when: 'before' },
    })
    const { job, items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    expect(states(items).sort()).toEqual(['confirmed', 'confirmed', 'confirmed', 'notSent'])
    const struck = items.find(({ state }) => state === 'notSent')
    const { rows: journal } = await world.call('journal.page', { filter: { jobId: job.id }, limit: 1000 })
    const of = (kind: string) =>
      journal.find((row) => row.kind === kind && row.paymentId === struck?.paymentId)
    const waited = Date.parse(of('write.settled')?.at ?? '') - Date.parse(of('write.intended')?.at ?? '')
    expect(waited).toBeGreaterThanOrEqual(75_000)
    const others = journal.filter(
      ({ kind, paymentId }) => kind === 'write.readBack' && paymentId !== struck?.paymentId,
    )
    expect(others.every(({ at }) => at < (of('write.settled')?.at ?? ''))).toBe(true)
    // At once, then after 1, 2, 4, 8 and 15 seconds again and again.
    const reads = world.demo.state.log.requests.filter(
      ({ method, params }) =>
        method.endsWith('.get') && Number((params as { id?: unknown }).id) === struck?.paymentId,
    )
    expect(reads.length).toBeGreaterThan(5)
    expect(reads.length).toBeLessThan(14)
    await world.close()
  })

  it('money rule 12: two operations on one payment write it once', async () => {
    const world = await openWorld({ portal: { payments: 120, latency: { [pay]: 3, '*': 0 } } })
    const rows = await world.unpaid(15)
    const plans = [
      await world.call('operations.plan', { kind: 'pay', selection: these(rows) }),
      await world.call('operations.plan', { kind: 'pay', selection: these(rows) }),
    ]
    const ends = await Promise.all(plans.map((plan) => world.confirm(plan)))
    for (const { id } of rows) expect(world.demo.state.log.countWrites(id)).toBe(1)
    const both = ends.flatMap(({ items }) => items)
    expect(both.filter(({ state }) => state === 'confirmed')).toHaveLength(15)
    expect(both.filter(({ state }) => ['alreadySo', 'notSent'].includes(state))).toHaveLength(15)
    await world.close()
  })

  it('money rule 17: with a webhook nothing is sent to a new host before the person agreed', async () => {
    const world = await openWorld({ portal: { payments: 60 } })
    const rows = await world.unpaid(6)
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
    const elsewhere = new URL(world.demo.state.rename()).host
    const { job, items } = await world.confirm(plan)
    expect([job.state, job.fault]).toEqual(['failed', { code: 'portal.moved', host: elsewhere }])
    expect(states(items)).toEqual(Array(6).fill('stopped'))
    expect(
      world.demo.state.log.requests.filter(
        ({ method, status }) => method.includes('payment') && status !== 302,
      ),
    ).toEqual([])
    await expect.poll(async () => (await world.call('portals.list', undefined))[0]?.state).toBe('moved')
    const moved = await world.call('portals.confirmMove', { portalId: world.portal.id })
    expect([moved.host, moved.state]).toEqual([elsewhere, 'ok'])
    await world.ended(await world.call('jobs.resume', { jobId: job.id }))
    expect(states(await world.items(job.id))).toEqual(Array(6).fill('confirmed'))
    await world.close()
  })

  it('money rule 21: a second process may ask, and its commands find the ledger busy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sverka-two-'))
    const demo = await startDemoPortal({ payments: 60, bucket: 'off', scale: 0.01 })
    const vault = memoryVault('a test')
    const first = await openWorld({ demo, folder, vault })
    const second = await openWorld({ demo, folder, vault })
    const status = await second.call('app.status', undefined)
    expect([status.ledger.owned, status.ledger.owner]).toEqual([
      false,
      `anna@desk, process ${process.pid} (terminal)`,
    ])
    expect((await second.call('payments.page', { limit: 5 })).total).toBe(first.portal.payments)
    expect(
      (await second.fault('portals.allowWriting', { portalId: first.portal.id, allowed: false })).code,
    ).toBe('ledger.busy')
    expect(
      (await second.fault('operations.plan', { kind: 'pay', selection: these(await first.unpaid(1)) })).code,
    ).toBe('ledger.busy')
    await second.close()
    await first.close()
    const third = await openWorld({ demo, folder, vault })
    expect((await third.call('app.status', undefined)).ledger.owned).toBe(true)
    await third.close()
    await demo.close()
    await rm(folder, { recursive: true })
  })
})
