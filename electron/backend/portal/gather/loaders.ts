// Which records the join loads, by which keys, and how many per request.

import { companies, contacts, owners } from '../methods/items.ts'
import { orderEntities, orders } from '../methods/orders.ts'
import { bankDetails, requisiteLinks, requisites } from '../methods/requisites.ts'
import type {
  BankDetail,
  Company,
  Contact,
  Order,
  OrderEntity,
  OwnerItem,
  OwnerType,
  Requisite,
  RequisiteLink,
} from '../methods/shapes.ts'
import type { Asker } from './asker.ts'
import { createLoader } from './loader.ts'
import type { Loader } from './loader.ts'

export interface Loaders {
  entities: Loader<number, OrderEntity>
  orders: Loader<number, Order>
  deals: Loader<number, OwnerItem>
  invoices: Loader<number, OwnerItem>
  dealLinks: Loader<number, RequisiteLink>
  invoiceLinks: Loader<number, RequisiteLink>
  companies: Loader<number, Company>
  contacts: Loader<number, Contact>
  companyRequisites: Loader<number, Requisite>
  contactRequisites: Loader<number, Requisite>
  requisites: Loader<number, Requisite>
  accounts: Loader<number, BankDetail>
}

const ascending = { order: { id: 'asc' } } as const
const ascendingUpper = { order: { ID: 'asc' } } as const

/** One loader per kind of record; each remembers for the whole run. */
export function createLoaders(asker: Asker): Loaders {
  const links = (type: OwnerType): Loader<number, RequisiteLink> =>
    createLoader({
      asker,
      perRequest: 50,
      keyOf: (row) => row.entityId,
      reading: (ids, start) =>
        requisiteLinks({
          filter: { ENTITY_TYPE_ID: type, '@ENTITY_ID': ids },
          order: { ENTITY_ID: 'asc' },
          start,
        }),
    })
  const items = (type: OwnerType): Loader<number, OwnerItem> =>
    createLoader({
      asker,
      perRequest: 50,
      keyOf: (row) => row.id,
      reading: (ids, start) => owners(type, { filter: { '@id': ids }, ...ascending, start }),
    })
  const requisitesOf = (type: 3 | 4): Loader<number, Requisite> =>
    createLoader({
      asker,
      perRequest: 30,
      keyOf: (row) => row.entityId,
      reading: (ids, start) =>
        requisites({ filter: { ENTITY_TYPE_ID: type, '@ENTITY_ID': ids }, ...ascendingUpper, start }),
    })
  return {
    entities: createLoader({
      asker,
      perRequest: 50,
      keyOf: (row) => row.orderId,
      reading: (ids, start) =>
        orderEntities({ filter: { '@orderId': ids }, order: { orderId: 'asc' }, start }),
    }),
    orders: createLoader({
      asker,
      perRequest: 50,
      keyOf: (row) => row.id,
      reading: (ids, start) =>
        orders({
          select: ['id', 'accountNumber', 'price', 'currency', 'payed', 'canceled'],
          filter: { '@id': ids },
          ...ascending,
          start,
        }),
    }),
    deals: items(2),
    invoices: items(31),
    dealLinks: links(2),
    invoiceLinks: links(31),
    companies: createLoader({
      asker,
      perRequest: 50,
      keyOf: (row) => row.id,
      reading: (ids, start) => companies({ filter: { '@id': ids }, ...ascending, start }),
    }),
    contacts: createLoader({
      asker,
      perRequest: 50,
      keyOf: (row) => row.id,
      reading: (ids, start) => contacts({ filter: { '@id': ids }, ...ascending, start }),
    }),
    companyRequisites: requisitesOf(4),
    contactRequisites: requisitesOf(3),
    requisites: createLoader({
      asker,
      perRequest: 50,
      keyOf: (row) => row.id,
      reading: (ids, start) => requisites({ filter: { '@ID': ids }, ...ascendingUpper, start }),
    }),
    accounts: createLoader({
      asker,
      perRequest: 30,
      keyOf: (row) => row.requisiteId,
      reading: (ids, start) => bankDetails({ filter: { '@ENTITY_ID': ids }, ...ascendingUpper, start }),
    }),
  }
}
