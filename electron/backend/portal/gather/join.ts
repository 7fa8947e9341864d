// From a payment to its order, deal or invoice, payer, tax numbers, accounts and own company. Every record is fetched
// once per run; the joins answer sets, since several owners, payers and requisites are all normal.

import { setImmediate as breathe } from 'node:timers/promises'
import { Refusal } from '../../../contract/fault.ts'
import { isForbidden, paySystems } from '../methods/directory.ts'
import type {
  FullPayment,
  Order,
  OrderEntity,
  OwnerItem,
  OwnerType,
  PaySystem,
  ShortPayment,
} from '../methods/shapes.ts'
import type { Asker } from './asker.ts'
import type { GatheredOwner, GatheredPayment, Payer } from './gathered.ts'
import type { Loader } from './loader.ts'
import { createLoaders } from './loaders.ts'
import { keyOf, readWorld } from './world.ts'
import type { World } from './world.ts'

export interface Join {
  /** Payments of the administrator's way: their orders lead to the objects. */
  byOrder(payments: readonly FullPayment[]): Promise<GatheredPayment[]>
  /** Payments read object by object. `orderId` where the object has exactly one order. */
  byOwner(
    payments: readonly { payment: ShortPayment; owner: OwnerItem; orderId: number | null }[],
  ): Promise<GatheredPayment[]>
  /** Owners that were listed anyway need not be read again. */
  seedOwners(items: readonly OwnerItem[]): void
  owners(type: OwnerType, ids: Iterable<number>): Promise<OwnerItem[]>
}

export function createJoin(asker: Asker): Join {
  const loaders = createLoaders(asker)
  const loaderOf = (type: OwnerType): Loader<number, OwnerItem> =>
    type === 2 ? loaders.deals : loaders.invoices
  let systems: Promise<Map<number, PaySystem>> | null = null
  const paySystemsOnce = (): Promise<Map<number, PaySystem>> => (systems ??= readPaySystems(asker))

  async function loadOwners(type: OwnerType, ids: Iterable<number>): Promise<OwnerItem[]> {
    return [...(await loaderOf(type).load(ids)).values()].flat()
  }

  return {
    owners: loadOwners,
    seedOwners(items) {
      for (const item of items) loaderOf(item.type).seed(item.id, [item])
    },
    async byOrder(payments) {
      const orderIds = payments.map((payment) => payment.orderId)
      const [entities, numbers, known] = await Promise.all([
        loaders.entities.load(orderIds),
        // Singly, the orders' numbers would cost as much as the payments; the payment's own number begins with them.
        asker.batches('sale.order.list') ? loaders.orders.load(orderIds) : new Map<number, Order[]>(),
        paySystemsOnce(),
      ])
      const idsOf = (type: number): number[] =>
        [...entities.values()]
          .flat()
          .filter((entity) => entity.ownerTypeId === type)
          .map((entity) => entity.ownerId)
      // The links are wanted by the world below; asked for beside the objects, they cost no round of their own.
      const [invoices, deals] = await Promise.all([
        loadOwners(31, idsOf(31)),
        loadOwners(2, idsOf(2)),
        loaders.invoiceLinks.load(idsOf(31)),
        loaders.dealLinks.load(idsOf(2)),
      ])
      const items = [...invoices, ...deals]
      const world = await readWorld(loaders, items)
      return inBreaths(payments, (payment) => {
        const keys = sortedKeys(entities.get(payment.orderId) ?? [])
        const objects = keys.map((key) => world.owners.get(key)).filter((item) => item !== undefined)
        const number = numbers.get(payment.orderId)?.[0]?.accountNumber ?? null
        return compose(payment, payment, objects, { id: payment.orderId, number }, world, known)
      })
    },
    async byOwner(payments) {
      const [world, known] = await Promise.all([
        readWorld(
          loaders,
          payments.map(({ owner }) => owner),
        ),
        paySystemsOnce(),
      ])
      return inBreaths(payments, ({ payment, owner, orderId }) =>
        compose(payment, null, [owner], { id: orderId, number: null }, world, known),
      )
    },
  }
}

const paymentsABreath = 500

/** Maps many rows without holding the thread up. */
async function inBreaths<In, Out>(rows: readonly In[], map: (row: In) => Out): Promise<Out[]> {
  const done: Out[] = []
  for (const row of rows) {
    done.push(map(row))
    if (done.length % paymentsABreath === 0) await breathe()
  }
  return done
}

/** Invoices before deals, lower ids first: the same choice in every run. */
function sortedKeys(entities: readonly OrderEntity[]): string[] {
  const known = entities.filter(({ ownerTypeId }) => ownerTypeId === 2 || ownerTypeId === 31)
  const sorted = known.sort((a, b) => b.ownerTypeId - a.ownerTypeId || a.ownerId - b.ownerId)
  return [...new Set(sorted.map(({ ownerTypeId, ownerId }) => `${ownerTypeId}:${ownerId}`))]
}

function compose(
  payment: ShortPayment,
  full: FullPayment | null,
  objects: readonly OwnerItem[],
  order: { id: number | null; number: string | null },
  world: World,
  systems: ReadonlyMap<number, PaySystem>,
): GatheredPayment {
  const [owner, ...otherOwners] = objects.map(ownerOf)
  const [payer, ...otherPayers] = payersOf(objects, world)
  const number =
    order.number === null || order.number === '' ? orderPart(payment.accountNumber) : order.number
  return {
    id: payment.id,
    accountNumber: payment.accountNumber,
    paid: payment.paid,
    paidAt: payment.datePaid,
    empPaidId: payment.empPaidId,
    sum: payment.sum,
    paySystem: paySystemOf(payment, full, systems),
    full,
    raw: payment.raw,
    order: order.id === null && number === null ? null : { id: order.id, number },
    owner: owner ?? null,
    otherOwners,
    payer: payer ?? null,
    otherPayers,
    ownCompany:
      objects.map((item) => world.ownCompanies.get(keyOf(item))).find((company) => company !== undefined) ??
      null,
  }
}

/** A payment's number is the order's, a slash and a sequence: the part before the last slash. */
export function orderPart(accountNumber: string): string | null {
  const slash = accountNumber.lastIndexOf('/')
  return slash > 0 ? accountNumber.slice(0, slash) : null
}

function ownerOf(item: OwnerItem): GatheredOwner {
  return {
    type: item.type,
    id: item.id,
    title: item.title,
    number: item.accountNumber,
    stage: item.stageId,
    opportunity: item.opportunity,
  }
}

function payersOf(objects: readonly OwnerItem[], world: World): Payer[] {
  const keys = objects.flatMap((item) => [
    ...(item.companyId === null ? [] : [`4:${item.companyId}`]),
    ...item.contactIds.map((id) => `3:${id}`),
  ])
  return [...new Set(keys)].map((key) => world.payers.get(key)).filter((payer) => payer !== undefined)
}

function paySystemOf(
  payment: ShortPayment,
  full: FullPayment | null,
  systems: ReadonlyMap<number, PaySystem>,
): GatheredPayment['paySystem'] {
  if (payment.paySystemId === null) return null
  const known = systems.get(payment.paySystemId)
  return {
    id: payment.paySystemId,
    name: payment.paySystemName === '' ? (known?.name ?? '') : payment.paySystemName,
    isCash: known === undefined ? (full?.paySystemIsCash ?? null) : known.isCash === 'Y',
    printsReceipt: known?.printsReceipt ?? null,
  }
}

async function readPaySystems(asker: Asker): Promise<Map<number, PaySystem>> {
  const [end] = await asker.settle([paySystems()])
  if (end?.ok === true) return new Map(end.value.rows.map((system) => [system.id, system]))
  if (end !== undefined && !isForbidden(new Refusal(end.fault))) throw new Refusal(end.fault)
  return new Map()
}
