// A refresh of 100,000 payments through a portal's real rate limit: how near the limit's own bound it comes, by the
// administrator's way and by the way of everybody else; and what the next refresh costs, when nothing changed and when
// one payment in a hundred did. `--payments`, `--scale` (seconds of wall time per second), `--user` for one way alone.

import { parseArgs } from 'node:util'
import { createFastClock } from '../backend/portal/kit/clocks.ts'
import { sayLoop, watchLoop } from './kit/event-loop.ts'
import { percent, say } from './kit/figures.ts'
import { forkPortal } from './kit/portal-process.ts'
import { openProfile, openProgram } from './kit/program.ts'

const { values } = parseArgs({
  options: { payments: { type: 'string' }, scale: { type: 'string' }, user: { type: 'string' } },
})
const payments = Number(values.payments ?? 100_000)
const scale = Number(values.scale ?? 0.25)
const bucket = { size: 50, drain: 2 }

const ways = (['administrator', 'user'] as const).filter(
  (way) => values.user === undefined || values.user === way,
)

for (const user of ways) {
  const portal = await forkPortal({ payments, scale, bucket, today: '2026-11-21' })
  const profile = await openProfile()
  const clock = createFastClock(1 / scale)
  const program = await openProgram({ data: profile.data, clock })
  const connected = await program.call('portals.connect', { kind: 'webhook', url: portal.webhooks[user] })
  if (connected.state !== 'connected') throw new Error(connected.state)
  const { id, check } = connected.portal
  // The bucket runs empty first, so that the check's own requests do not count.
  await clock.sleep((bucket.size / bucket.drain) * 1000)
  const loop = watchLoop()
  await loop.start()
  const start = clock.now()
  const result = await program.follow('refresh', () => program.call('payments.refresh', { portalId: id }))
  const took = (clock.now() - start) / 1000
  const figures = await loop.stop()
  const bound = Math.max(0, result.requests - bucket.size) / bucket.drain
  say(
    `${user} (${check?.path ?? 'no'} path): ${result.payments} payments in ${result.requests} requests, ${took.toFixed(0)} s of the portal's time`,
  )
  say(`  the rate limit allows them in ${bound.toFixed(0)} s: ${percent(bound / took)} of the bound`)
  sayLoop(figures)
  const refreshAgain = async (what: string): Promise<void> => {
    const next = await program.follow('refresh', () => program.call('payments.refresh', { portalId: id }))
    const kind = next.whole === null ? 'what may have changed' : `everything (${next.whole})`
    say(
      `  ${what}: ${next.requests} requests, ${percent(next.requests / result.requests)} of the first; read ${kind}, ${next.payments} payments: ${next.added} new, ${next.changed} changed, ${next.gone} gone`,
    )
  }
  await refreshAgain('refreshed again with nothing changed')
  const changes = await portal.change(100)
  await refreshAgain(`after ${changes} changes`)
  await loop.close()
  await program.close()
  await profile.remove()
  portal.close()
}
