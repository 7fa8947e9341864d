/** Small directories: pay systems, currencies, stages, funnels. */
import type { PaySystem } from '../data/model.ts'
import { PortalError, refusals } from '../errors.ts'
import { type FieldSpec, compileFilter } from '../listing/filter.ts'
import { printMoment } from '../moments.ts'
import type { Method, MethodCall } from '../portal.ts'
import { type Value, type ValueMap, integerOf, listOf, textOf } from '../values.ts'

function printPaySystem(row: PaySystem): ValueMap {
  return {
    NAME: row.name,
    PSA_NAME: row.name,
    DESCRIPTION: '',
    ACTION_FILE: row.cash === 'Y' ? 'cash' : 'bill',
    RESULT_FILE: null,
    NEW_WINDOW: 'N',
    HAVE_PAYMENT: 'N',
    ACTIVE: row.active ? 'Y' : 'N',
    ALLOW_EDIT_PAYMENT: 'Y',
    IS_CASH: row.cash,
    AUTO_CHANGE_1C: 'N',
    CAN_PRINT_CHECK: row.printsCheck ? 'Y' : 'N',
    ENTITY_REGISTRY_TYPE: 'ORDER',
    XML_ID: row.xmlId,
    ID: row.id,
    PERSON_TYPE_ID: 3,
    SORT: 100,
  }
}

const paySystemFields = new Map<string, FieldSpec<PaySystem>>([
  ['ID', { kind: 'number', read: (row) => row.id }],
  ['NAME', { kind: 'text', read: (row) => row.name }],
  ['ACTIVE', { kind: 'flag', read: (row) => (row.active ? 'Y' : 'N') }],
  ['IS_CASH', { kind: 'text', read: (row) => row.cash }],
  ['ENTITY_REGISTRY_TYPE', { kind: 'text', read: () => 'ORDER' }],
])

const paySystemList: Method = {
  name: 'sale.paysystem.list',
  scopes: ['pay_system'],
  run: (call) => {
    if (!call.caller.user.admin) throw new PortalError(refusals.paySystemDenied)
    const { params, portal } = call
    const test = compileFilter(params.FILTER ?? params.filter, paySystemFields, 'UTC')
    const names = listOf(params.SELECT ?? params.select).map(textOf)
    const rows = portal.store.paySystems.filter(test).map(printPaySystem)
    if (names.length === 0 || names.includes('*')) return { result: rows }
    return {
      result: rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([field]) => names.includes(field))),
      ),
    }
  },
}

const currencies: readonly [string, string, string, string][] = [
  ['RUB', '1.0000', 'Российский рубль', '# ₽'],
  ['USD', '92.5000', 'Доллар США', '$#'],
  ['EUR', '99.8000', 'Евро', '# €'],
  ['BYN', '28.1000', 'Белорусский рубль', '# Br'],
]

function currencyRow(call: MethodCall, row: (typeof currencies)[number], index: number): ValueMap {
  const [currency, amount, name, format] = row
  return {
    CURRENCY: currency,
    AMOUNT_CNT: '1',
    AMOUNT: amount,
    SORT: String((index + 1) * 100),
    BASE: index === 0 ? 'Y' : 'N',
    FULL_NAME: name,
    LID: 'ru',
    FORMAT_STRING: format,
    DEC_POINT: ',',
    THOUSANDS_SEP: ' ',
    DECIMALS: '2',
    DATE_UPDATE: printMoment(call.portal.settings.startAtMs, call.portal.switches.printZone),
  }
}

const currencyList: Method = {
  name: 'crm.currency.list',
  scopes: ['crm'],
  run: (call) => ({ result: currencies.map((row, index) => currencyRow(call, row, index)), total: 0 }),
}

const stages: readonly [entity: string, status: string, name: string, semantics: string | null][] = [
  ['DEAL_STAGE', 'NEW', 'Новая', null],
  ['DEAL_STAGE', 'PREPAYMENT_INVOICE', 'Счёт на предоплату', null],
  ['DEAL_STAGE', 'WON', 'Сделка успешна', 'S'],
  ['DEAL_STAGE', 'LOSE', 'Сделка провалена', 'F'],
  ['SMART_INVOICE_STAGE_11', 'DT31_11:N', 'Новый', null],
  ['SMART_INVOICE_STAGE_11', 'DT31_11:S', 'Отправлен клиенту', null],
  ['SMART_INVOICE_STAGE_11', 'DT31_11:P', 'Оплачен', 'S'],
  ['SMART_INVOICE_STAGE_11', 'DT31_11:D', 'Не оплачен', 'F'],
]

const stageRows: readonly ValueMap[] = stages.map(([entity, status, name, semantics], index) => ({
  ID: String(101 + index * 2),
  ENTITY_ID: entity,
  STATUS_ID: status,
  NAME: name,
  NAME_INIT: '',
  SORT: String((index + 1) * 10),
  SYSTEM: 'Y',
  CATEGORY_ID: entity === 'DEAL_STAGE' ? null : '11',
  COLOR: '#39A8EF',
  SEMANTICS: semantics,
}))

const statusFields = new Map<string, FieldSpec<ValueMap>>(
  ['ID', 'ENTITY_ID', 'STATUS_ID', 'NAME', 'SEMANTICS', 'CATEGORY_ID'].map((name) => [
    name,
    { kind: 'text', read: (row: ValueMap) => textOf(row[name]) },
  ]),
)

const statusList: Method = {
  name: 'crm.status.list',
  scopes: ['crm'],
  run: (call) => {
    const result: Value[] = stageRows.filter(compileFilter(call.params.filter, statusFields, 'UTC'))
    return { result, total: result.length }
  },
}

const categoryList: Method = {
  name: 'crm.category.list',
  scopes: ['crm'],
  run: (call) => {
    const entityTypeId = integerOf(call.params.entityTypeId)
    if (entityTypeId !== 2 && entityTypeId !== 31) throw new PortalError(refusals.itemTypeAbsent)
    const category: ValueMap = {
      id: entityTypeId === 2 ? 0 : 11,
      name: entityTypeId === 2 ? 'Общая' : 'Счета',
      sort: 300,
      entityTypeId,
      isDefault: 'Y',
    }
    return { result: { categories: [category] }, total: 1 }
  },
}

export const directoryMethods: readonly Method[] = [paySystemList, currencyList, statusList, categoryList]
