// Whether a newer version exists, asked where an administrator said; it only tells.

import { z } from 'zod'
import type { Settings, UpdateNews } from '../contract/app.ts'
import { createWire } from './portal/request.ts'
import type { Ports } from './ports.ts'

const Feed = z.object({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  page: z.url({ protocol: /^https$/ }).max(500),
})

/** Asks once; `unknown` for a feed that cannot be reached or understood, `off` where nobody wants or allows the question. */
export async function lookForUpdate(
  ports: Ports,
  settings: Settings,
  signal: AbortSignal,
): Promise<UpdateNews> {
  const { updateFeed, forbidUpdateCheck } = ports.policy
  if (updateFeed === null || forbidUpdateCheck || !settings.checkForUpdates) return { state: 'off' }
  const wire = createWire({
    clock: ports.clock,
    network: ports.network,
    version: ports.host.version,
    maxBytes: 65_536,
  })
  try {
    const ending = await wire.post({
      address: updateFeed,
      verb: 'GET',
      body: '',
      contentType: 'application/json',
      kind: 'read',
      timeoutMs: 10_000,
      signal,
    })
    if (ending.status !== 200 || ending.body === null) return { state: 'unknown' }
    const feed = Feed.parse(JSON.parse(ending.body))
    return isNewer(feed.version, ports.host.version) ? { state: 'newer', ...feed } : { state: 'current' }
  } catch {
    return { state: 'unknown' }
  } finally {
    wire.close()
  }
}

/** Compares versions of three numbers; a suffix of ours (`1.2.0-beta`) counts as the version itself. */
export function isNewer(offered: string, ours: string): boolean {
  const parts = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10))
  const [theirs, mine] = [parts(offered), parts(ours)]
  for (let index = 0; index < 3; index += 1) {
    const difference = (theirs[index] ?? 0) - (mine[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
