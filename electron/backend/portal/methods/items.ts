// `crm.item.list`: deals, invoices, companies, contacts. Objects the user may not read are silently left out.

import { momentOf } from '../zone.ts'
import { flagOf, idOf, listParams, moneyOf, partOf, readPage, requireId, textOf } from './reading.ts'
import type { ListInput, ListPage, Reading, Row } from './reading.ts'
import type { Company, Contact, OwnerItem, OwnerType } from './shapes.ts'

const method = 'crm.item.list'

function items<T>(
  entityTypeId: number,
  select: readonly string[],
  input: ListInput,
  read: (row: Row) => T,
): Reading<ListPage<T>> {
  return {
    method,
    params: { entityTypeId, ...listParams({ select, ...input }) },
    parse: (answer) => readPage(method, answer, partOf(answer.result, 'items'), read),
  }
}

const ownerFields = [
  'id',
  'title',
  'companyId',
  'contactId',
  'contactIds',
  'opportunity',
  'currencyId',
  'stageId',
  'updatedTime',
]
const invoiceFields = [...ownerFields, 'accountNumber', 'parentId2', 'mycompanyId']

/** Deals (2) or smart invoices (31). */
export function owners(type: OwnerType, input: ListInput): Reading<ListPage<OwnerItem>> {
  return items(type, type === 31 ? invoiceFields : [...ownerFields, 'mycompanyId'], input, (row) =>
    readOwner(type, row),
  )
}

function readOwner(type: OwnerType, row: Row): OwnerItem {
  const contactIds = Array.isArray(row['contactIds'])
    ? row['contactIds'].map(idOf).filter((id) => id !== null)
    : []
  const primary = idOf(row['contactId'])
  return {
    type,
    id: requireId(row, 'id'),
    title: textOf(row['title']),
    accountNumber: type === 31 && textOf(row['accountNumber']) !== '' ? textOf(row['accountNumber']) : null,
    stageId: textOf(row['stageId']),
    opportunity: moneyOf(row['opportunity'], row['currencyId']),
    companyId: idOf(row['companyId']),
    contactIds: [...new Set(primary === null ? contactIds : [primary, ...contactIds])],
    ownCompanyId: idOf(row['mycompanyId']),
    dealId: type === 31 ? idOf(row['parentId2']) : null,
    updatedTime: momentOf(row['updatedTime']),
  }
}

export function companies(input: ListInput): Reading<ListPage<Company>> {
  return items(4, ['id', 'title', 'isMyCompany'], input, (row) => ({
    id: requireId(row, 'id'),
    title: textOf(row['title']),
    own: flagOf(row['isMyCompany']),
  }))
}

export function contacts(input: ListInput): Reading<ListPage<Contact>> {
  return items(3, ['id', 'name', 'secondName', 'lastName', 'companyId'], input, (row) => ({
    id: requireId(row, 'id'),
    name: [row['lastName'], row['name'], row['secondName']]
      .map(textOf)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join(' '),
    companyId: idOf(row['companyId']),
  }))
}
