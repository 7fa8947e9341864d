import { Refusal } from '../../contract/fault.ts'
import type { PaymentDetail } from '../../contract/payment.ts'
import { fieldText } from '../jobs/kinds/apply/field-values.ts'
import { refreshPortal } from '../jobs/kinds/refresh.ts'
import type { HandlersOf } from './context.ts'

const historyLimit = 100

export const payments: HandlersOf<'payments'> = {
  'payments.page': (input, { ledger }) => ledger.read('pagePayments', input),
  'payments.totals': (input, { ledger }) => ledger.read('totalPayments', input),
  'payments.standings': (input, { ledger }) => ledger.read('countStandings', input),
  'payments.facets': (input, { ledger }) => ledger.read('facetPayments', input),

  'payments.detail': async (input, { ledger }) => {
    const found = await ledger.read('readPayment', input)
    if (!found) throw new Refusal({ code: 'not.found', what: 'payment' })
    const matches = await ledger.read('readAccepted', {
      portalId: input.portalId,
      paymentIds: [input.paymentId],
    })
    const history = await ledger.read('pageJournal', { filter: input, offset: 0, limit: historyLimit })
    const fields = Object.entries(found.fields).map(([name, value]) => ({ name, value: fieldText(value) }))
    return {
      row: found.row,
      fields,
      complete: found.complete,
      payer: found.payer && {
        name: found.payer.name,
        kind: found.payer.kind,
        taxIds: found.payer.taxIds,
        accounts: found.payer.accounts,
      },
      matches: matches.map(({ paymentId: _, documentDay: __, ...match }) => match),
      history: history.rows,
      readAt: found.readAt,
    } satisfies PaymentDetail
  },

  'payments.open': async (input, { ledger, ports }) => {
    const found = await ledger.read('readPayment', input)
    const record = await ledger.read('readPortal', input)
    if (!found || !record) throw new Refusal({ code: 'not.found', what: 'payment' })
    await ports.shell.open(addressOf(record.portal.host, found.row))
    return null
  },

  'payments.news': (input, { ledger }) => ledger.read('countNews', input),

  'payments.lookedAt': async (input, context) => {
    const seen = await context.ledger.write('lookedAtNews', input)
    if (seen > 0)
      context.publish('ledger.changed', {
        areas: ['payments'],
        portalId: input.portalId,
        at: context.now(),
        unasked: true,
      })
    return context.ledger.read('countNews', input)
  },

  'payments.refresh': (input, context) => refreshPortal(context, input),
}

/** Where the portal shows it: the deal or invoice it belongs to, else the order. */
function addressOf(host: string, row: PaymentDetail['row']): string {
  const scheme = /^(127\.|localhost|\[::1\])/.test(host) ? 'http' : 'https'
  const base = `${scheme}://${host}`
  if (row.owner)
    return row.owner.kind === 'deal'
      ? `${base}/crm/deal/details/${row.owner.id}/`
      : `${base}/crm/type/31/details/${row.owner.id}/`
  return row.orderId === null ? `${base}/` : `${base}/shop/orders/details/${row.orderId}/payment/${row.id}/`
}
