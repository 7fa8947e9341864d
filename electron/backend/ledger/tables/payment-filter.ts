// Filters and selections of payments as conditions.

import type { z } from 'zod'
import type { PaymentFilter, PaymentSelection } from '../../../contract/payment.ts'
import type { Bind } from '../prepared.ts'
import { searchedWords } from './search-text.ts'

type Filter = z.output<typeof PaymentFilter>

/** WHERE of a selection said as a sentence. */
export function selectionWhere(selection: PaymentSelection): { where: string; bind: Bind } {
  if (selection.kind === 'ids') {
    return {
      where: 'WHERE portal_id = :portal AND id IN (SELECT value FROM json_each(:ids))',
      bind: { portal: selection.portalId, ids: JSON.stringify(selection.ids) },
    }
  }
  const { where, bind } = paymentWhere(selection.filter, false)
  if (selection.except.length === 0) return { where, bind }
  const except = 'id NOT IN (SELECT value FROM json_each(:except))'
  return {
    where: where === '' ? `WHERE ${except}` : `${where} AND ${except}`,
    bind: { ...bind, except: JSON.stringify(selection.except) },
  }
}

/**
 * Whether a query has to look at every row. Then no index may be used for the portal (SQLite leaves a column with a
 * plus alone): going through an index row by row takes three times as long as reading the table.
 */
export function readsAll(filter: Filter, ordered: boolean): boolean {
  const narrowed = [
    filter.standing,
    filter.paid,
    filter.payerKey,
    filter.minMinor,
    filter.maxMinor,
    filter.news,
  ].some((value) => value !== undefined)
  const sought = [
    filter.text,
    filter.from,
    filter.to,
    filter.paidFrom,
    filter.paidTo,
    filter.paySystemId,
    filter.currency,
  ]
  return !narrowed && (!ordered || sought.some((value) => value !== undefined))
}

/** `ordered`: an index gives the order that is wanted, or everything that is asked for. */
export function paymentWhere(filter: Filter, ordered: boolean): { where: string; bind: Bind } {
  const parts: string[] = []
  const bind: Bind = {}
  const add = (sql: string, name: string, value: string | number | undefined): void => {
    if (value === undefined) return
    parts.push(sql)
    bind[name] = value
  }
  const list = (values: readonly (string | number)[] | undefined): string | undefined =>
    values && values.length > 0 ? JSON.stringify(values) : undefined
  add(readsAll(filter, ordered) ? '+portal_id = :portal' : 'portal_id = :portal', 'portal', filter.portalId)
  add('standing IN (SELECT value FROM json_each(:standing))', 'standing', list(filter.standing))
  add('paid = :paid', 'paid', filter.paid === undefined ? undefined : Number(filter.paid))
  add('ifnull(bill_day, paid_day) >= :from', 'from', filter.from)
  add('ifnull(bill_day, paid_day) <= :to', 'to', filter.to)
  add('paid_day >= :paidFrom', 'paidFrom', filter.paidFrom)
  add('paid_day <= :paidTo', 'paidTo', filter.paidTo)
  add('pay_system_id IN (SELECT value FROM json_each(:paySystems))', 'paySystems', list(filter.paySystemId))
  add('currency IN (SELECT value FROM json_each(:currencies))', 'currencies', list(filter.currency))
  add('payer_key = :payer', 'payer', filter.payerKey)
  add('sum_minor >= :minMinor', 'minMinor', filter.minMinor)
  add('sum_minor <= :maxMinor', 'maxMinor', filter.maxMinor)
  if (filter.news) parts.push('news IS NOT NULL')
  searchedWords(filter.text).forEach((word, index) =>
    add(`instr(search, :word${index}) > 0`, `word${index}`, word),
  )
  return { where: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', bind }
}
