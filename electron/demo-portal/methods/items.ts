/** crm.item.list for deals (2), contacts (3), companies (4) and smart invoices (31). */
import type { Company, Contact, CrmItem } from '../data/model.ts'
import { printSum } from '../data/print-payment.ts'
import { PortalError, refusals } from '../errors.ts'
import { type Fields, splitKey } from '../listing/filter.ts'
import { type Collection, type ListPage, findPage } from '../listing/page.ts'
import { printMoment } from '../moments.ts'
import type { Caller, Method, MethodAnswer, MethodCall } from '../portal.ts'
import { type Value, type ValueMap, entriesOf, integerOf, isEmpty, isMap, listOf, textOf } from '../values.ts'

function printItem(item: CrmItem, call: MethodCall): ValueMap {
  const zone = call.portal.switches.printZone
  const printed: ValueMap = {
    id: item.id,
    xmlId: null,
    title: item.title,
    createdBy: item.assignedById,
    updatedBy: item.assignedById,
    createdTime: printMoment(item.createdAt, zone),
    updatedTime: printMoment(item.updatedAt, zone),
    assignedById: item.assignedById,
    opened: 'Y',
    begindate: printMoment(item.createdAt, zone),
    closedate: printMoment(item.closeAt, zone),
    companyId: item.companyId,
    contactId: item.contactId === 0 ? null : item.contactId,
    contactIds: item.contactId === 0 ? [] : [item.contactId],
    opportunity: printSum(item.opportunityMinor, call.portal.switches),
    isManualOpportunity: 'N',
    taxValue: 0,
    currencyId: item.currency,
    mycompanyId: item.myCompanyId,
    sourceId: null,
    stageId: item.stageId,
    categoryId: item.entityTypeId === 31 ? 11 : 0,
    entityTypeId: item.entityTypeId,
  }
  if (item.entityTypeId === 31) {
    printed.accountNumber = item.accountNumber
    printed.parentId2 = item.dealId === 0 ? null : item.dealId
  }
  return printed
}

function printContact(contact: Contact): ValueMap {
  return {
    id: contact.id,
    name: contact.name,
    secondName: contact.secondName,
    lastName: contact.lastName,
    companyId: contact.companyId === 0 ? null : contact.companyId,
    assignedById: contact.assignedById,
    entityTypeId: 3,
  }
}

function printCompany(company: Company): ValueMap {
  return {
    id: company.id,
    title: company.title,
    isMyCompany: company.own ? 'Y' : 'N',
    assignedById: company.assignedById,
    entityTypeId: 4,
  }
}

/** Phones and e-mails come only with `select: ["*"]`. */
function contactPoints(row: Contact | Company): Value[] {
  return [
    { id: row.id * 2, typeId: 'PHONE', valueType: 'WORK', value: row.phone },
    { id: row.id * 2 + 1, typeId: 'EMAIL', valueType: 'WORK', value: row.email },
  ]
}

function selected(whole: ValueMap, names: readonly string[]): ValueMap {
  if (names.length === 0 || names.includes('*')) return whole
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name === 'id' || names.includes(name)))
}

function knownField(fields: Fields<never>, name: string): boolean {
  return fields.has(name) || /^uf/i.test(name) || /^parentId\d+$/.test(name)
}

function checkFilter(filter: Value | undefined, fields: Fields<never>): void {
  for (const [key, given] of entriesOf(filter)) {
    if (key.toLowerCase() === 'logic') continue
    if (/^\d+$/.test(key) && (isMap(given) || Array.isArray(given))) checkFilter(given, fields)
    else if (!knownField(fields, splitKey(key).field)) {
      const name = splitKey(key).field
      throw new PortalError(refusals.itemFilterInvalid, {
        en: `Invalid filter: field '${name}' is not allowed in filter`,
        ru: `Недопустимый фильтр: поле '${name}' нельзя использовать в фильтре`,
      })
    }
  }
}

function checkOrder(order: Value | undefined, fields: Fields<never>): void {
  for (const [name, direction] of entriesOf(order)) {
    if (!knownField(fields, name) || !/^(asc|desc)$/i.test(textOf(direction))) {
      throw new PortalError(refusals.itemOrderInvalid)
    }
  }
}

function ownOnly(caller: Caller): { key: string; test: (row: CrmItem) => boolean } | undefined {
  if (caller.user.admin) return undefined
  return { key: `own ${caller.user.id}`, test: (row) => row.assignedById === caller.user.id }
}

function pageOf<Row>(
  call: MethodCall,
  table: Collection<Row>,
  visible?: { key: string; test: (row: Row) => boolean },
): ListPage<Row> {
  const { params, portal } = call
  checkFilter(params.filter, table.fields)
  checkOrder(params.order, table.fields)
  return findPage(table, {
    filter: params.filter,
    order: params.order,
    start: integerOf(params.start),
    visible,
    zone: portal.switches.offsetlessZone,
  })
}

function answer<Row>(page: ListPage<Row>, print: (row: Row) => ValueMap): MethodAnswer {
  return { result: { items: page.rows.map(print) }, total: page.total ?? 0, next: page.next }
}

const itemList: Method = {
  name: 'crm.item.list',
  scopes: ['crm'],
  run: (call) => {
    const { tables } = call.portal
    if (isEmpty(call.params.entityTypeId)) throw new PortalError(refusals.ownerTypeMissing)
    const names = listOf(call.params.select).map(textOf)
    const whole = names.includes('*')
    switch (integerOf(call.params.entityTypeId)) {
      case 2:
      case 31: {
        const table = integerOf(call.params.entityTypeId) === 2 ? tables.deals : tables.invoices
        const page = pageOf(call, table, ownOnly(call.caller))
        return answer(page, (row) => selected(printItem(row, call), names))
      }
      case 3: {
        const fm = (row: Contact): ValueMap => (whole ? { fm: contactPoints(row) } : {})
        return answer(pageOf(call, tables.contacts), (row) =>
          selected({ ...printContact(row), ...fm(row) }, names),
        )
      }
      case 4: {
        const fm = (row: Company): ValueMap => (whole ? { fm: contactPoints(row) } : {})
        return answer(pageOf(call, tables.companies), (row) =>
          selected({ ...printCompany(row), ...fm(row) }, names),
        )
      }
      case 14:
        throw new PortalError(refusals.itemTypeUnsupported)
      default:
        throw new PortalError(refusals.itemTypeAbsent)
    }
  },
}

export const itemMethods: readonly Method[] = [itemList]
