import { expect, it } from 'vitest'
import type { LedgerChanged } from '../../../electron/contract/app.ts'
import { openWorld, preparing, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'

const today = '2026-11-21'

/** Changes that quiet looks told of. */
function told({ frames }: World): LedgerChanged[] {
  return frames.flatMap((frame) => {
    if (!('event' in frame) || frame.event !== 'ledger.changed') return []
    const change = frame.data as LedgerChanged
    return change.unasked && change.portalId !== null ? [change] : []
  })
}

/** Waits until looks that began after this call have told of themselves. */
async function looks(world: World, count = 1): Promise<void> {
  const wanted = told(world).length + count
  while (told(world).length < wanted) await world.clock.sleep(1000)
}

const methodsOf = ({ demo }: World): string[] =>
  demo.state.log.requests.filter(({ command }) => command === null).map(({ method }) => method)

async function lookEvery(world: World, minutes: number): Promise<void> {
  await world.call('app.changeSettings', { lookEveryMinutes: minutes })
}

/** Signs in by the local application: allow, copy the code, paste it. */
async function signInByApp(world: World): Promise<void> {
  const { clientId, clientSecret } = world.demo.oauth
  const asked = await world.call('portals.connect', {
    kind: 'oauth',
    portal: world.demo.url,
    clientId,
    clientSecret,
  })
  if (asked.state !== 'signIn') throw new Error('no sign-in was begun')
  const page = await (await fetch(`${asked.signIn.authorizeUrl}&allow=yes`)).text()
  const code = /<code id="code">([^<]+)</.exec(page)?.[1] ?? ''
  await world.call('portals.finishSignIn', { signInId: asked.signIn.signInId, code })
}

it(
  'a quiet look finds what became paid, unpaid, new or gone, for a few requests, and tells it as news until it was looked at',
  { timeout: preparing },
  async () => {
    const world = await openWorld({ window: true, portal: { today } })
    const { demo, portal, call } = world
    const portalId = portal.id
    try {
      const [toPay, toRemove, toChange] = await world.unpaid(3)
      const [toUnpay] = await world.paid(1)
      if (!toPay || !toRemove || !toChange || !toUnpay) throw new Error('too few payments')
      await lookEvery(world, 1)
      await looks(world)
      expect(await call('payments.news', { portalId })).toEqual({
        added: 0,
        paid: 0,
        unpaid: 0,
        changed: 0,
        gone: 0,
      })
      demo.state.log.clear()
      await looks(world)
      expect(methodsOf(world).length).toBeLessThanOrEqual(4)

      demo.state.payments.change(toPay.id, { paid: 'Y' })
      demo.state.payments.change(toUnpay.id, { paid: 'N' })
      demo.state.payments.change(toChange.id, { sum: 77.5 })
      demo.state.payments.remove(toRemove.id)
      const added = demo.state.payments.addBeside(toPay.id)
      await looks(world, 2)
      expect(await call('payments.news', { portalId })).toEqual({
        added: 1,
        paid: 1,
        unpaid: 1,
        changed: 1,
        gone: 1,
      })
      const news = await call('payments.page', { filter: { portalId, news: true } })
      const seen = news.rows.map(({ id, news: kind, paid, sumMinor, gone }) => [
        id,
        kind,
        paid,
        sumMinor,
        gone,
      ])
      expect(seen).toEqual([
        [added, 'added', false, 12_345, false],
        ...[
          [toPay.id, 'paid', true, toPay.sumMinor, false],
          [toUnpay.id, 'unpaid', false, toUnpay.sumMinor, false],
          [toChange.id, 'changed', false, 7750, false],
          [toRemove.id, 'gone', false, toRemove.sumMinor, true],
        ].sort((a, b) => Number(b[0]) - Number(a[0])),
      ])
      expect(demo.state.log.writes).toEqual([])
      const left = await call('payments.lookedAt', { portalId, ids: [toPay.id as never] })
      expect(left.paid).toBe(0)
      expect(Object.values(await call('payments.lookedAt', { portalId }))).toEqual([0, 0, 0, 0, 0])
    } finally {
      await world.close()
    }
  },
)

it(
  'looks stay away while a refresh or a change of statuses runs on the portal, and when they are off',
  { timeout: preparing },
  async () => {
    const world = await openWorld({ window: true, portal: { today } })
    try {
      await lookEvery(world, 1)
      await looks(world)
      const rows = await world.unpaid(1)
      const plan = await world.call('operations.plan', {
        kind: 'pay',
        selection: these(rows),
        writeDetails: false,
      })
      world.demo.state.faults.add({
        method: 'crm.item.payment.pay',
        times: 1,
        do: { kind: 'delay', seconds: 40, when: 'before' },
      })
      const job = await world.call('operations.apply', { planId: plan.id, digest: plan.digest })
      await world.clock.sleep(5_000)
      world.demo.state.log.clear()
      await world.ended(job)
      expect(methodsOf(world).filter((method) => method === 'sale.payment.list')).toEqual([])
      await lookEvery(world, 0)
      await world.clock.sleep(30_000)
      const before = told(world).length
      await world.clock.sleep(150_000)
      expect(told(world).length).toBe(before)
    } finally {
      await world.close()
    }
  },
)

it(
  'money rule 2: the portal is asked for its event queue only while writing is allowed, journalled before, and it is given up with it',
  { timeout: preparing },
  async () => {
    const world = await openWorld({ window: true, ready: false, portal: { today } })
    const { demo, call } = world
    const portalId = world.portal.id
    const bound = ['ONPAYMENTENTITYSAVED', 'ONPAYMENTDELETED', 'ONSALEORDERSAVED', 'ONORDERENTITYSAVED']
    try {
      await signInByApp(world)
      await call('portals.changeSettings', { portalId, bucketSize: 1000, drainPerSecond: 100 })
      await world.ended(await call('payments.refresh', { portalId }))
      await lookEvery(world, 1)
      await looks(world, 2)
      expect(demo.state.events().bound).toEqual([])

      await call('portals.allowWriting', { portalId, allowed: true })
      await looks(world, 2)
      expect(demo.state.events().bound).toEqual(bound)
      demo.state.log.clear()
      await looks(world)
      expect(new Set(methodsOf(world))).toEqual(new Set(['event.offline.get']))

      const [first, second, third] = demo.state.payments.ids()
      if (!first || !second || !third) throw new Error('too few payments')
      demo.state.payments.change(first, { sum: 11 })
      demo.state.payments.remove(second)
      const added = demo.state.payments.addBeside(third)
      await looks(world, 2)
      const ids = (await call('payments.page', { filter: { portalId, news: true } })).rows
      expect(new Map(ids.map((row) => [row.id, row.news]))).toEqual(
        new Map([
          [first, 'changed'],
          [second, 'gone'],
          [added, 'added'],
        ]),
      )
      expect(demo.state.events().waiting).toBe(0)

      // Without a word of what it is about, an event is no hint: the look goes round by itself.
      demo.state.turn({ eventData: 'absent' })
      demo.state.payments.change(third, {
        paid: demo.state.payments.get(third)?.['paid'] === 'Y' ? 'N' : 'Y',
      })
      await looks(world, 2)
      const [row] = (await call('payments.page', { filter: { portalId, news: true } })).rows.filter(
        ({ id }) => id === third,
      )
      expect(['paid', 'unpaid']).toContain(row?.news)
      expect(demo.state.events().waiting).toBe(0)

      await call('portals.allowWriting', { portalId, allowed: false })
      expect(demo.state.events().bound).toEqual([])
      const { rows } = await call('journal.page', {
        filter: { kind: ['portal.eventsBound', 'portal.eventsUnbound'] },
      })
      expect(rows.map(({ kind }) => kind)).toEqual(['portal.eventsUnbound', 'portal.eventsBound'])
      expect(demo.state.log.writes).toEqual([])
    } finally {
      await world.close()
    }
  },
)

it(
  'events whose clearing was never answered are read once more, and disconnecting takes the binding away',
  { timeout: preparing },
  async () => {
    const world = await openWorld({ window: true, ready: false, portal: { today } })
    const { demo, call } = world
    const portalId = world.portal.id
    try {
      await signInByApp(world)
      await call('portals.changeSettings', { portalId, bucketSize: 1000, drainPerSecond: 100 })
      await world.ended(await call('payments.refresh', { portalId }))
      await call('portals.allowWriting', { portalId, allowed: true })
      await lookEvery(world, 1)
      while (demo.state.events().bound.length < 4) await world.clock.sleep(1000)
      demo.state.faults.add({
        method: 'event.offline.clear',
        times: 1,
        do: { kind: 'reset', when: 'before' },
      })
      const [first] = demo.state.payments.ids()
      demo.state.payments.change(first ?? 0, { sum: 22 })
      while (demo.state.log.countRequests('event.offline.clear') < 2) await world.clock.sleep(1000)
      await looks(world)
      expect(demo.state.events().waiting).toBe(0)
      const [row] = (await call('payments.page', { filter: { portalId, news: true } })).rows
      expect(row).toMatchObject({ id: first, sumMinor: 2200 })
      await call('portals.disconnect', { portalId })
      expect(demo.state.events().bound).toEqual([])
    } finally {
      await world.close()
    }
  },
)
