// One plain line and one plain payment that belong together, for tests to change a field of.

import { defaultSettings } from '../../electron/domain/matching/types.ts'
import type { MatchInput, MatchLine, MatchPayer, MatchPayment } from '../../electron/domain/matching/types.ts'

export const romashka: MatchPayer = {
  key: 'company:1',
  names: ['ООО "Ромашка"'],
  taxIds: ['7702123456'],
  accounts: ['40702810900000000009'],
}
export const vektor: MatchPayer = {
  key: 'company:2',
  names: ['ООО "Вектор"'],
  taxIds: ['5001987654'],
  accounts: ['40702810300000000003'],
}

/** Payment 3653/1 of Ромашка over 12 430,00 roubles, not paid, own company 1 of portal p_first001. */
export function payment(change: Partial<MatchPayment> = {}): MatchPayment {
  const sumMinor = change.sumMinor ?? 1_243_000
  return {
    portalId: 'p_first001',
    id: 1036,
    accountNumber: '3653/1',
    orderNumber: '3653',
    ownerNumber: '',
    sumMinor,
    leftMinor: sumMinor,
    currency: 'RUB',
    paid: false,
    paidAt: null,
    billDay: '2026-09-10',
    payBeforeDay: null,
    payer: romashka,
    ownCompanyId: 1,
    isReturn: false,
    paySystemIsCash: false,
    gone: false,
    ...change,
  }
}

/** The line by which Ромашка pays it, on an account bound to own company 1, from a proved file. */
export function line(change: Partial<MatchLine> = {}): MatchLine {
  return {
    id: 1,
    account: '40702810100000000001',
    bound: { portalId: 'p_first001', ownCompanyId: 1 },
    bankDay: '2026-09-14',
    leftMinor: 1_243_000,
    currency: 'RUB',
    counterparty: {
      name: 'ООО "РОМАШКА"',
      taxId: '7702123456',
      account: '40702810900000000009',
      bankCode: '044525225',
    },
    purpose: 'Оплата по счету № 3653/1 от 10.09.2026. В т.ч. НДС 20% - 2071,67',
    purposeGlued: null,
    documentNumber: '57',
    reversal: false,
    provedFile: true,
    booked: true,
    ...change,
  }
}

export function input(
  lines: MatchLine[],
  payments: MatchPayment[],
  change: Partial<MatchInput> = {},
): MatchInput {
  return { lines, payments, rejected: [], aliases: [], settings: defaultSettings, ...change }
}

export const unknownParty = { name: '', taxId: '', account: '', bankCode: '' }
export const vektorParty = {
  name: 'ООО "ВЕКТОР"',
  taxId: '5001987654',
  account: '40702810300000000003',
  bankCode: '044525225',
}
