// Around deals and invoices: the companies and contacts that may pay, their numbers and accounts, and our own company.

import type { OwnerItem, OwnerType, Requisite, RequisiteLink } from '../methods/shapes.ts'
import type { Payer } from './gathered.ts'
import type { Loaders } from './loaders.ts'

/** Everything about the objects of one chunk of payments. */
export interface World {
  owners: Map<string, OwnerItem>
  payers: Map<string, Payer>
  ownCompanies: Map<string, { id: number; name: string }>
}

export const keyOf = (item: OwnerItem): string => `${item.type}:${item.id}`

/** Loads everything that belongs to the objects. */
export async function readWorld(loaders: Loaders, items: readonly OwnerItem[]): Promise<World> {
  const idsOf = (type: OwnerType): number[] =>
    items.filter((item) => item.type === type).map((item) => item.id)
  const [dealLinks, invoiceLinks] = await Promise.all([
    loaders.dealLinks.load(idsOf(2)),
    loaders.invoiceLinks.load(idsOf(31)),
  ])
  const links = new Map(
    [...dealLinks.values(), ...invoiceLinks.values()]
      .flat()
      .map((link) => [`${link.entityTypeId}:${link.entityId}`, link]),
  )
  const [payers, ownCompanies] = await Promise.all([
    readPayers(loaders, items, links),
    readOwnCompanies(loaders, items, links),
  ])
  return { owners: new Map(items.map((item) => [keyOf(item), item])), payers, ownCompanies }
}

async function readPayers(
  loaders: Loaders,
  items: readonly OwnerItem[],
  links: ReadonlyMap<string, RequisiteLink>,
): Promise<Map<string, Payer>> {
  const companyIds = items.map((item) => item.companyId).filter((id) => id !== null)
  const contactIds = items.flatMap((item) => item.contactIds)
  const [firms, people, ofFirms, ofPeople] = await Promise.all([
    loaders.companies.load(companyIds),
    loaders.contacts.load(contactIds),
    loaders.companyRequisites.load(companyIds),
    loaders.contactRequisites.load(contactIds),
  ])
  const all = [...ofFirms.values(), ...ofPeople.values()].flat()
  const accounts = await loaders.accounts.load(all.map((requisite) => requisite.id))
  const used = new Set([...links.values()].map((link) => link.requisiteId))
  const make = (kind: Payer['kind'], id: number, name: string, requisitesOf: readonly Requisite[]): Payer => {
    const ordered = [...requisitesOf].sort(
      (a, b) => Number(used.has(b.id)) - Number(used.has(a.id)) || a.id - b.id,
    )
    const details = ordered.flatMap((requisite) => accounts.get(requisite.id) ?? [])
    return {
      kind,
      id,
      name: name === '' ? (ordered[0]?.name ?? '') : name,
      taxIds: unique(ordered.flatMap((requisite) => requisite.taxIds)),
      accounts: details
        .filter(({ account }) => account !== '')
        .map(({ account, bankCode, bankName }) => ({ account, bankCode, bankName })),
      ibans: unique(details.map(({ iban }) => iban).filter((iban) => iban !== '')),
    }
  }
  const payers = new Map<string, Payer>()
  for (const id of companyIds)
    payers.set(`4:${id}`, make('company', id, firms.get(id)?.[0]?.title ?? '', ofFirms.get(id) ?? []))
  for (const id of contactIds)
    payers.set(`3:${id}`, make('contact', id, people.get(id)?.[0]?.name ?? '', ofPeople.get(id) ?? []))
  return payers
}

/** An invoice names its own company; a deal has it through the requisite chosen for our side. */
async function readOwnCompanies(
  loaders: Loaders,
  items: readonly OwnerItem[],
  links: ReadonlyMap<string, RequisiteLink>,
): Promise<World['ownCompanies']> {
  const chosen = (item: OwnerItem): number | null => links.get(keyOf(item))?.ownRequisiteId ?? null
  const rows = await loaders.requisites.load(
    items
      .filter((item) => item.ownCompanyId === null)
      .map(chosen)
      .filter((id) => id !== null),
  )
  const idOf = (item: OwnerItem): number | null => {
    const requisite = rows.get(chosen(item) ?? 0)?.[0]
    return item.ownCompanyId ?? (requisite?.entityTypeId === 4 ? requisite.entityId : null)
  }
  const ids = new Map(items.map((item) => [keyOf(item), idOf(item)]))
  const firms = await loaders.companies.load([...ids.values()].filter((id) => id !== null))
  const companiesByOwner = new Map<string, { id: number; name: string }>()
  for (const [key, id] of ids)
    if (id !== null) companiesByOwner.set(key, { id, name: firms.get(id)?.[0]?.title ?? '' })
  return companiesByOwner
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
