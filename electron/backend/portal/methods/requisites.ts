// Requisites of companies and contacts: tax numbers, bank accounts, and which of them an object uses. Scope `crm`. These
// older methods spell fields in capitals and print every id as text.

import { idOf, listParams, readPage, requireId, textOf } from './reading.ts'
import type { ListInput, ListPage, Reading, Row } from './reading.ts'
import type { BankDetail, Requisite, RequisiteLink } from './shapes.ts'

/** Numbers that banks print for a payer, per country; the order is the order of trust. */
const taxFields = ['RQ_INN', 'RQ_BIN', 'RQ_IIN', 'RQ_VAT_ID', 'RQ_EDRPOU', 'RQ_OGRN', 'RQ_OGRNIP']

export function requisites(input: ListInput): Reading<ListPage<Requisite>> {
  const method = 'crm.requisite.list'
  const select = [
    'ID',
    'ENTITY_TYPE_ID',
    'ENTITY_ID',
    'NAME',
    'RQ_COMPANY_NAME',
    'RQ_COMPANY_FULL_NAME',
    'RQ_NAME',
    ...taxFields,
  ]
  return {
    method,
    params: listParams({ select, ...input }),
    parse: (answer) => readPage(method, answer, answer.result, readRequisite),
  }
}

function readRequisite(row: Row): Requisite {
  const names = ['RQ_COMPANY_NAME', 'RQ_COMPANY_FULL_NAME', 'RQ_NAME', 'NAME'].map((field) =>
    textOf(row[field]).trim(),
  )
  return {
    id: requireId(row, 'ID'),
    entityTypeId: requireId(row, 'ENTITY_TYPE_ID'),
    entityId: requireId(row, 'ENTITY_ID'),
    name: names.find((name) => name !== '') ?? '',
    taxIds: [
      ...new Set(taxFields.map((field) => textOf(row[field]).trim()).filter((number) => number !== '')),
    ],
  }
}

/** `crm.requisite.bankdetail.list`; `ENTITY_ID` is a requisite's id. */
export function bankDetails(input: ListInput): Reading<ListPage<BankDetail>> {
  const method = 'crm.requisite.bankdetail.list'
  const select = [
    'ID',
    'ENTITY_ID',
    'RQ_BANK_NAME',
    'RQ_BIK',
    'RQ_ACC_NUM',
    'RQ_IBAN',
    'RQ_SWIFT',
    'RQ_IIK',
    'RQ_ACC_CURRENCY',
  ]
  return {
    method,
    params: listParams({ select, ...input }),
    parse: (answer) => readPage(method, answer, answer.result, readBankDetail),
  }
}

function readBankDetail(row: Row): BankDetail {
  const text = (field: string): string => textOf(row[field]).trim()
  return {
    id: requireId(row, 'ID'),
    requisiteId: requireId(row, 'ENTITY_ID'),
    bankName: text('RQ_BANK_NAME'),
    // Kazakhstan keeps its account in a field of its own.
    account: text('RQ_ACC_NUM') || text('RQ_IIK'),
    bankCode: text('RQ_BIK'),
    iban: text('RQ_IBAN'),
    swift: text('RQ_SWIFT'),
    currency: text('RQ_ACC_CURRENCY'),
  }
}

/** `crm.requisite.link.list`; `ENTITY_TYPE_ID` 2 deal, 31 invoice. */
export function requisiteLinks(input: ListInput): Reading<ListPage<RequisiteLink>> {
  const method = 'crm.requisite.link.list'
  return {
    method,
    params: listParams(input),
    parse: (answer) =>
      readPage(method, answer, answer.result, (row) => ({
        entityTypeId: requireId(row, 'ENTITY_TYPE_ID'),
        entityId: requireId(row, 'ENTITY_ID'),
        requisiteId: idOf(row['REQUISITE_ID']),
        bankDetailId: idOf(row['BANK_DETAIL_ID']),
        ownRequisiteId: idOf(row['MC_REQUISITE_ID']),
        ownBankDetailId: idOf(row['MC_BANK_DETAIL_ID']),
      })),
  }
}
