// The accounts of own companies, so that binding a bank account can be proposed (money rule 4).

import { Refusal } from '../../contract/fault.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { PortalClient } from '../portal/client.ts'
import { ask } from '../portal/methods/reading.ts'
import { bankDetails, requisites } from '../portal/methods/requisites.ts'

/** Where the accounts may not be read, the companies are stored without. */
export async function storeOwnCompanies(
  context: CommandContext,
  client: PortalClient,
  input: { portalId: string; own: ReadonlyMap<number, string>; seenIn: string; signal: AbortSignal },
): Promise<void> {
  const { portalId, own, seenIn, signal } = input
  if (own.size === 0) return
  const accounts = await ownAccounts(client, [...own.keys()], signal).catch((error: unknown) => {
    if (error instanceof Refusal && !signal.aborted) return new Map<number, string[]>()
    throw error
  })
  const ownCompanies = [...own].map(([id, name]) => ({ id, name, accounts: accounts.get(id) ?? [] }))
  await context.ledger.write('storePayments', {
    portalId,
    seenIn,
    at: context.now(),
    payments: [],
    ownCompanies,
  })
}

async function ownAccounts(
  client: PortalClient,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<Map<number, string[]>> {
  const found = await ask(client, requisites({ filter: { ENTITY_TYPE_ID: 4, '@ENTITY_ID': ids } }), {
    signal,
  })
  const owners = new Map(found.rows.map((requisite) => [requisite.id, requisite.entityId]))
  const accounts = new Map<number, string[]>()
  if (owners.size === 0) return accounts
  const details = await ask(client, bankDetails({ filter: { '@ENTITY_ID': [...owners.keys()] } }), { signal })
  for (const detail of details.rows) {
    const id = owners.get(detail.requisiteId)
    if (id === undefined) continue
    const written = [detail.account, detail.iban]
      .map((account) => account.replaceAll(/\s/g, '').toUpperCase())
      .filter((account) => account !== '')
    accounts.set(id, [...(accounts.get(id) ?? []), ...written])
  }
  return accounts
}
