// The life of a sign-in over real HTTP, against the demo portal and its authorization server: tokens that expire in the
// middle of work, a dead one, a renamed portal (money rules 17 to 19).

import { afterEach, describe, expect, it } from 'vitest'
import type { PaymentRow } from '../../../electron/contract/payment.ts'
import type { DemoPortal } from '../../../electron/demo-portal/start.ts'
import { oauthEndpoint } from '../../../electron/backend/portal/oauth-session.ts'
import type { Tokens } from '../../../electron/backend/portal/oauth-tokens.ts'
import { createWire } from '../../../electron/backend/portal/request.ts'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import { memoryVault } from '../../../electron/vault/memory-vault.ts'
import { openWorld, preparing, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'
import { createFastClock } from './kit/clocks.ts'
import { createLog, directNetwork } from './kit/fake-portal.ts'
import { beginSignIn, codeOf, finishSignIn, signIn } from './kit/sign-in.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function signedIn(): Promise<World> {
  // The clocks run fast; the code's half minute is not what is tried here.
  const world = await openWorld({ portal: { oauth: { codeSeconds: 3_600 } } })
  open.push(world)
  await signIn(world)
  return world
}

const exchanges = (demo: DemoPortal): number => demo.state.log.countRequests('oauth/token')
/** How often the portal carried out `pay` on these payments. */
const paidBy = (world: World, rows: readonly PaymentRow[]): number =>
  rows.reduce((sum, { id }) => sum + world.demo.state.log.countWrites(id, 'crm.item.payment.pay'), 0)

/** Confirms a plan of so many payments and strikes once the portal has carried out two of them. */
async function strikeMidway(world: World, count: number, strike: () => void) {
  const rows = await world.unpaid(count)
  // One payment at a time, so that there is a middle.
  world.demo.state.turn({ batchablePayments: false })
  await world.call('portals.check', { portalId: world.portal.id })
  world.demo.state.log.clear()
  const paid = new Promise<void>((resolve) => {
    const looking = setInterval(() => {
      if (paidBy(world, rows) < 2) return
      clearInterval(looking)
      resolve()
    }, 1)
  })
  const [done] = await Promise.all([
    world.carryOut({ kind: 'pay', selection: these(rows), writeDetails: false }),
    paid.then(() => {
      strike()
      expect(paidBy(world, rows)).toBeLessThan(count)
    }),
  ])
  return { ...done, rows }
}

describe('an access token that expires in the middle of an apply job', { timeout: preparing }, () => {
  it('is renewed once, and every payment is paid once', async () => {
    const world = await signedIn()
    const { job, items, rows } = await strikeMidway(world, 12, () => world.demo.state.tokens.expireAccess())
    expect(job).toMatchObject({ state: 'done', failed: 0 })
    expect(items.map(({ state }) => state)).toEqual(Array(12).fill('confirmed'))
    expect(exchanges(world.demo)).toBe(1)
    expect(paidBy(world, rows)).toBe(12)
  })
})

describe('a refresh token that two clients meet at once', () => {
  async function twoClients() {
    const demo = await startDemoPortal({ payments: 5, bucket: 'off' })
    open.push(demo)
    const granted = demo.state.tokens.grant(1)
    const host = new URL(demo.url).host
    const tokens: Tokens = {
      ...granted,
      expiresAt: 0,
      memberId: demo.oauth.memberId,
      clientEndpoint: `${demo.url}/rest/`,
      oauthHost: host,
      scopes: ['crm'],
      userId: '1',
    }
    const vault = memoryVault('a test')
    await vault.put('pair', JSON.stringify(tokens))
    const clock = createFastClock(20)
    const log = createLog()
    const session = () => {
      const wire = createWire({ clock, network: directNetwork, version: '0' })
      open.push(wire)
      const { clientId, clientSecret } = demo.oauth
      return oauthEndpoint({
        app: { clientId, clientSecret, portalHost: demo.url, oauthHost: null },
        tokens,
        wire,
        clock,
        log,
        load: async () => JSON.parse((await vault.take('pair')) ?? 'null') as Tokens | null,
        store: async (fresh) => {
          // As slow as a keychain may be: the other one meets a pair that is exchanged and not yet kept.
          await clock.sleep(400)
          await vault.put('pair', JSON.stringify(fresh))
        },
      })
    }
    return { demo, vault, sessions: [session(), session()] as const }
  }

  it('is not lost: the slower one takes over the pair of the quicker', async () => {
    const { demo, vault, sessions } = await twoClients()
    const stale = await sessions[0].current()
    const [one, other] = await Promise.all(sessions.map(async (session) => session.renew?.(stale)))
    const kept = JSON.parse((await vault.take('pair')) ?? '') as Tokens
    expect(one?.auth).toBe(kept.accessToken)
    expect(other?.auth).toBe(kept.accessToken)
    expect(kept.accessToken).not.toBe(stale.auth)
    // The pair that is kept is the living one.
    demo.state.tokens.expireAccess()
    const again = await sessions[1].renew?.(other ?? stale)
    expect(again?.auth).not.toBe(kept.accessToken)
  })

  it('is kept in the vault before the new access token is used', async () => {
    const { vault, sessions } = await twoClients()
    const stale = await sessions[0].current()
    const renewing = sessions[0].renew?.(stale)
    let usedBefore: unknown = null
    void renewing?.then(async (fresh) => {
      const kept = JSON.parse((await vault.take('pair')) ?? '') as Tokens
      usedBefore = kept.accessToken === fresh.auth
    })
    expect((await sessions[0].current()).auth).toBe(stale.auth)
    await renewing
    await Promise.resolve()
    const kept = JSON.parse((await vault.take('pair')) ?? '') as Tokens
    expect(kept.accessToken).toBe((await sessions[0].current()).auth)
    expect(usedBefore).toBe(true)
  })

  it('costs one exchange for many calls of one client', async () => {
    const { demo, sessions } = await twoClients()
    const stale = await sessions[0].current()
    const ends = await Promise.all(Array.from({ length: 6 }, async () => sessions[0].renew?.(stale)))
    expect(new Set(ends.map((end) => end?.auth)).size).toBe(1)
    expect(exchanges(demo)).toBe(1)
  })
})

describe('a dead refresh token', { timeout: preparing }, () => {
  it('pauses the job; after signing in again, without typing the application, it goes on by one press', async () => {
    const world = await signedIn()
    const { job, items, rows } = await strikeMidway(world, 12, () => world.demo.state.tokens.revokeAll())
    expect(job).toMatchObject({ state: 'failed', resumable: true, fault: { code: 'oauth.invalidGrant' } })
    expect(items.filter(({ state }) => !['confirmed', 'stopped', 'unknown'].includes(state))).toEqual([])
    const before = items.filter(({ state }) => state === 'confirmed').length
    expect(before).toBeLessThan(12)
    await expect.poll(async () => (await world.call('portals.list', undefined))[0]?.state).toBe('signInAgain')
    expect((await world.call('app.status', undefined)).interruptedJobs).toBe(1)
    expect((await world.call('portals.waiting', undefined))[0]).toMatchObject({ paused: 1 })
    const again = await world.call('portals.connect', { kind: 'again', portalId: world.portal.id })
    if (again.state !== 'signIn') throw new Error('OAuth goes on in the browser')
    expect((await finishSignIn(world, again.signIn)).state).toBe('ok')
    const resumed = await world.ended(await world.call('jobs.resume', { jobId: job.id }))
    expect(resumed).toMatchObject({ state: 'done', failed: 0 })
    expect((await world.items(job.id)).map(({ state }) => state)).toEqual(Array(12).fill('confirmed'))
    expect(paidBy(world, rows)).toBe(12)
  })
})

describe('a renamed portal', { timeout: preparing }, () => {
  it('money rule 17: a signed-in account follows after a read there; its address is stored and journalled', async () => {
    const world = await signedIn()
    const host = new URL(world.demo.otherUrl).host
    const { job, rows } = await strikeMidway(world, 6, () => world.demo.state.rename())
    expect(job).toMatchObject({ state: 'done', failed: 0 })
    expect(paidBy(world, rows)).toBe(6)
    const [portal] = await world.call('portals.list', undefined)
    expect(portal).toMatchObject({ id: world.portal.id, host, state: 'ok', movedTo: null })
    const journal = await world.call('journal.page', { filter: { kind: ['portal.moved'] } })
    expect(journal.rows.map(({ body }) => body)).toEqual([{ host, movedFrom: world.portal.host }])
  })

  it('money rule 17: nothing of a webhook goes to the new host before the person confirmed it', async () => {
    const world = await openWorld()
    open.push(world)
    const host = new URL(world.demo.otherUrl).host
    const { job, items, rows } = await strikeMidway(world, 6, () => world.demo.state.rename())
    expect(job).toMatchObject({ state: 'failed', resumable: true, fault: { code: 'portal.moved', host } })
    const confirmed = items.filter(({ state }) => state === 'confirmed').length
    await expect.poll(async () => (await world.call('portals.list', undefined))[0]?.movedTo).toBe(host)
    // The one that was under way cannot be read back there; it is settled by reading once the move is confirmed.
    expect(paidBy(world, rows)).toBe(confirmed + items.filter(({ state }) => state === 'unknown').length)
    expect(await world.fault('portals.check', { portalId: world.portal.id })).toMatchObject({
      code: 'portal.moved',
    })
    const moved = await world.call('portals.confirmMove', { portalId: world.portal.id })
    expect(moved).toMatchObject({ id: world.portal.id, host, state: 'ok', movedTo: null })
    const resumed = await world.ended(await world.call('jobs.resume', { jobId: job.id }))
    expect(resumed).toMatchObject({ state: 'done', failed: 0 })
    expect(paidBy(world, rows)).toBe(6)
  })
})

describe('connecting again', { timeout: preparing }, () => {
  it('refuses the sign-in and the webhook of another portal', async () => {
    const world = await signedIn()
    const other = await startDemoPortal({ payments: 5, bucket: 'off', seed: 2 })
    open.push(other)
    const { clientId, clientSecret } = other.oauth
    const begun = await world.call('portals.connect', {
      kind: 'oauth',
      portal: other.url,
      clientId,
      clientSecret,
      portalId: world.portal.id,
    })
    if (begun.state !== 'signIn') throw new Error('OAuth goes on in the browser')
    const code = await codeOf(begun.signIn.authorizeUrl)
    const finish = { signInId: begun.signIn.signInId, code }
    expect(await world.fault('portals.finishSignIn', finish)).toEqual({ code: 'portal.mismatch' })
    const webhook = { kind: 'webhook' as const, url: other.webhookUrl, portalId: world.portal.id as never }
    expect(await world.fault('portals.connect', webhook)).toEqual({ code: 'portal.mismatch' })
    expect(await world.call('portals.list', undefined)).toHaveLength(1)
  })

  it('after a restart with a vault in memory the portal says at once that its secret is gone, and joins again', async () => {
    const demo = await startDemoPortal({ payments: 20, bucket: 'off' })
    open.push(demo)
    const first = await openWorld({ demo })
    const folder = first.folder
    await first.backend.close()
    const second = await openWorld({ demo, folder })
    open.push(second)
    const [portal] = await second.call('portals.list', undefined)
    expect(portal).toMatchObject({ id: first.portal.id, state: 'secretGone', payments: 25 })
    expect(await second.fault('payments.refresh', { portalId: first.portal.id })).toEqual({
      code: 'portal.secretGone',
    })
    const again = await second.call('portals.connect', { kind: 'webhook', url: demo.webhookUrl })
    expect(again).toMatchObject({ portal: { id: first.portal.id, state: 'ok', writingAllowed: true } })
  })

  it('ends the sign-in that waits when another one begins, and after ten minutes', async () => {
    const world = await openWorld({ ready: false, speed: 2_000 })
    open.push(world)
    const first = await beginSignIn(world)
    const second = await beginSignIn(world)
    expect([first.listening, second.listening]).toEqual([true, true])
    const code = { signInId: first.signInId, code: 'abcd1234' }
    expect(await world.fault('portals.finishSignIn', code)).toEqual({ code: 'oauth.expired' })
    await world.clock.sleep(601_000)
    const late = { signInId: second.signInId, code: 'abcd1234' }
    expect(await world.fault('portals.finishSignIn', late)).toEqual({ code: 'oauth.expired' })
  })
})
