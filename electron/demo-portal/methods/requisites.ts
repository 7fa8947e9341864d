/** crm.requisite.*: old methods with UPPER_CASE fields, where every id is printed as text. */
import type { BankDetail, Requisite, RequisiteLink } from '../data/model.ts'
import { type Collection, findPage } from '../listing/page.ts'
import type { Method, MethodCall } from '../portal.ts'
import { type ValueMap, integerOf, listOf, textOf } from '../values.ts'

function orNull(text: string): string | null {
  return text === '' ? null : text
}

function printRequisite(row: Requisite): ValueMap {
  const russian = row.country === 'RU'
  return {
    ID: String(row.id),
    ENTITY_TYPE_ID: String(row.entityTypeId),
    ENTITY_ID: String(row.entityId),
    PRESET_ID: row.entityTypeId === 3 ? '5' : row.soleTrader ? '3' : '1',
    NAME: row.name,
    ACTIVE: 'Y',
    SORT: '500',
    CODE: null,
    XML_ID: null,
    RQ_NAME: orNull(row.soleTrader || row.entityTypeId === 3 ? row.fullName : ''),
    RQ_COMPANY_NAME: orNull(row.companyName),
    RQ_COMPANY_FULL_NAME: orNull(row.entityTypeId === 4 ? row.fullName : ''),
    RQ_INN: orNull(row.inn),
    RQ_KPP: orNull(row.kpp),
    RQ_OGRN: orNull(row.soleTrader ? '' : row.ogrn),
    RQ_OGRNIP: orNull(row.soleTrader ? row.ogrn : ''),
    RQ_IIN: null,
    RQ_BIN: null,
    RQ_VAT_ID: orNull(russian ? '' : row.vatId),
    RQ_EDRPOU: null,
  }
}

function printBankDetail(row: BankDetail): ValueMap {
  return {
    ID: String(row.id),
    ENTITY_TYPE_ID: '8',
    ENTITY_ID: String(row.requisiteId),
    COUNTRY_ID: row.iban === '' ? '1' : '46',
    NAME: row.name,
    ACTIVE: 'Y',
    SORT: '500',
    RQ_BANK_NAME: row.bank.name,
    RQ_BANK_ADDR: orNull(row.bank.city),
    RQ_BIK: orNull(row.bank.bic),
    RQ_ACC_NUM: orNull(row.iban === '' ? row.account : ''),
    RQ_ACC_CURRENCY: row.currency,
    RQ_COR_ACC_NUM: orNull(row.bank.corAccount),
    RQ_IBAN: orNull(row.iban),
    RQ_SWIFT: orNull(row.bank.swift),
    RQ_IIK: null,
  }
}

function printLink(row: RequisiteLink): ValueMap {
  return {
    ENTITY_TYPE_ID: String(row.entityTypeId),
    ENTITY_ID: String(row.entityId),
    REQUISITE_ID: String(row.requisiteId),
    BANK_DETAIL_ID: String(row.bankDetailId),
    MC_REQUISITE_ID: String(row.ownRequisiteId),
    MC_BANK_DETAIL_ID: String(row.ownBankDetailId),
  }
}

function listMethod<Row>(
  name: string,
  tableOf: (call: MethodCall) => Collection<Row>,
  print: (row: Row) => ValueMap,
): Method {
  return {
    name,
    scopes: ['crm'],
    run: (call) => {
      const { params, portal } = call
      const page = findPage(tableOf(call), {
        filter: params.filter ?? params.FILTER,
        order: params.order ?? params.ORDER,
        start: integerOf(params.start),
        zone: portal.switches.offsetlessZone,
      })
      const names = listOf(params.select ?? params.SELECT).map(textOf)
      const every = names.length === 0 || names.includes('*')
      const result = page.rows.map((row) => {
        const whole = print(row)
        return every
          ? whole
          : Object.fromEntries(Object.entries(whole).filter(([field]) => names.includes(field)))
      })
      return { result, total: page.total ?? 0, next: page.next }
    },
  }
}

export const requisiteMethods: readonly Method[] = [
  listMethod('crm.requisite.list', (call) => call.portal.tables.requisites, printRequisite),
  listMethod('crm.requisite.bankdetail.list', (call) => call.portal.tables.bankDetails, printBankDetail),
  listMethod('crm.requisite.link.list', (call) => call.portal.tables.links, printLink),
]
