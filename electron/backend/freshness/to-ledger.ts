// A gathered payment in the ledger's words.

import type { LedgerPayment } from '../ledger/tables/store-payments.ts'
import type { GatheredPayment } from '../portal/gather/gather.ts'
import { dayIn, dayOf } from '../portal/zone.ts'

/** Days are calendar days of the portal's zone. */
export function toLedger(payment: GatheredPayment, zone: string): LedgerPayment {
  const { full, payer, owner, paySystem } = payment
  return {
    id: payment.id,
    accountNumber: payment.accountNumber,
    paid: payment.paid,
    paidAt: payment.paidAt,
    paidDay: payment.paidAt && dayIn(payment.paidAt, zone),
    sumMinor: payment.sum.minor,
    currency: payment.sum.currency,
    paySystemId: paySystem?.id ?? 0,
    paySystemName: paySystem?.name ?? '',
    bankTransfer: paySystem?.isCash !== true,
    receipts: paySystem?.printsReceipt === true,
    orderId: payment.order?.id ?? null,
    orderNumber: payment.order?.number ?? '',
    owner: owner && {
      kind: owner.type === 2 ? 'deal' : 'invoice',
      id: owner.id,
      title: owner.title,
      number: owner.number ?? '',
    },
    payer: payer && {
      key: `${payer.kind}:${payer.id}`,
      kind: payer.kind,
      id: payer.id,
      name: payer.name,
      taxIds: payer.taxIds,
      accounts: [
        ...payer.accounts.map(({ account, bankCode }) => ({ account, bankCode })),
        ...payer.ibans.map((account) => ({ account, bankCode: '' })),
      ],
    },
    ownCompany: payment.ownCompany,
    billDay: full?.dateBill ? dayIn(full.dateBill, zone) : null,
    voucherNumber: full?.payVoucherNum ?? '',
    voucherDay: full ? dayOf(full.payVoucherDate, zone) : null,
    isReturn: full?.isReturn ?? false,
    complete: full !== null,
    fields: { ...payment.raw },
  }
}
