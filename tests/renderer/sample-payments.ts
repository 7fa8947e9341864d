// Payments of every standing, as many as are asked for.

import type { PaymentRow, Standing } from '../../electron/contract/payment.ts'
import { portalId } from './sample-world.ts'

const payers = [
  'ООО «Ромашка-Север»',
  'ИП Иванов Пётр Сергеевич',
  'АО «Вектор плюс»',
  'Петрова Мария',
  'ООО «Торговый дом Северо-Западный»',
]
const cycle: readonly Standing[] = [
  'toPay',
  'reconciled',
  'open',
  'paidWithoutMoney',
  'reconciled',
  'partlyReceived',
  'open',
  'outside',
  'overpaid',
  'toPaySurplus',
  'paidSumDiffers',
  'refunded',
]
const paidStandings: ReadonlySet<Standing> = new Set([
  'reconciled',
  'paidWithoutMoney',
  'overpaid',
  'paidSumDiffers',
  'refunded',
  'outside',
])

export function payment(index: number): PaymentRow {
  const standing = cycle[index % cycle.length] ?? 'open'
  const paid = paidStandings.has(standing)
  const matched = ['reconciled', 'toPay', 'overpaid', 'toPaySurplus'].includes(standing)
  const sumMinor = 120_000 + ((index * 7_919) % 4_000_000)
  return {
    portalId,
    id: 1000 + index,
    accountNumber: `${3653 + index}/1`,
    orderId: 3653 + index,
    orderNumber: String(3653 + index),
    owner: {
      kind: index % 3 === 0 ? 'deal' : 'invoice',
      id: 118 + index,
      title: index % 3 === 0 ? `Поставка оборудования № ${118 + index}` : `Счёт ${2000 + index}`,
    },
    payer: {
      key: `company:${index % 50}`,
      name: payers[index % payers.length] ?? '',
      taxId: `77010012${String(index % 90).padStart(2, '0')}`,
    },
    sumMinor,
    currency: index % 17 === 5 ? 'USD' : 'RUB',
    paid,
    paidAt: paid ? `2026-11-${String(1 + (index % 19)).padStart(2, '0')}T09:20:00.000Z` : null,
    billDay: `2026-${String(9 + (index % 3)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
    paySystemName: 'Банковский перевод (Компания)',
    voucherNumber: paid ? String(400 + (index % 300)) : '',
    voucherDay: paid ? '2026-11-12' : null,
    ownCompanyName: 'ООО «Ромашка»',
    matchedMinor: matched ? sumMinor : standing === 'partlyReceived' ? 50_000 : 0,
    bankDay: matched ? `2026-11-${String(1 + (index % 19)).padStart(2, '0')}` : null,
    documentNumber: matched ? String(482 + (index % 400)) : '',
    standing,
    gone: false,
    news: null,
  }
}
