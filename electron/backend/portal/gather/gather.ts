// Reading all payments with everything that belongs to them, by the way the portal check found.

import type { PortalCheck } from '../../../contract/portal.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { PortalClient } from '../client.ts'
import { changedPayments, everyPayment } from './administrator.ts'
import type { KnownState } from './administrator.ts'
import { createAsker } from './asker.ts'
import type { GatheredChunk } from './gathered.ts'
import { createJoin } from './join.ts'
import { paymentsOfObjects } from './objects.ts'

export type { KnownState } from './administrator.ts'
export type { GatheredChunk, GatheredOwner, GatheredPayment, Payer, PayerAccount } from './gathered.ts'

export interface GatherOptions {
  /** Reads only what may have changed since; ignored on the way by objects, where nothing tells what changed. */
  since?: KnownState
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}

/**
 * Yields chunks of joined payments, each payment once. Throws Refusal (`rest.noRights` when there is no way at all),
 * or the signal's reason.
 */
export async function* gatherPayments(
  client: PortalClient,
  check: PortalCheck,
  options: GatherOptions = {},
): AsyncGenerator<GatheredChunk> {
  if (check.path === 'none') throw new Refusal({ code: 'rest.noRights' })
  const can = (ability: string): boolean =>
    check.abilities.some((entry) => entry.ability === ability && entry.state === 'yes')
  const asker = createAsker(client, { any: can('batch'), payments: can('batch.payments') }, options.signal)
  const join = createJoin(asker)
  const source = { client, asker, join, cursor: can('cursor') }
  const chunks =
    check.path === 'objects'
      ? paymentsOfObjects({ asker, join, orderEntities: can('join.orders') })
      : options.since === undefined
        ? everyPayment(source)
        : changedPayments(source, options.since)
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted()
    options.onProgress?.(chunk.done, chunk.total)
    yield chunk
  }
}
