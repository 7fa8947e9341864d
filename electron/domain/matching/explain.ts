// Evidence turned into the reasons that a person reads, strongest first.

import type { Reason } from '../../contract/match.ts'
import type { Named } from './candidates.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import type { PurposeNumber } from './purpose-number.ts'
import type { DateEvidence, PairEvidence } from './score.ts'
import type { NumberEvidence } from './weigh-numbers.ts'
import type { PayerEvidence } from './weigh-payer.ts'

const reasonsOfNumbersLimit = 20

/** Reasons of one payment for one line, without those that come from comparing proposals. */
export function explainPair(line: ReadyLine, ready: ReadyPayment, evidence: PairEvidence): Reason[] {
  return [
    ...(evidence.number.best ? [explainNumber(evidence.number.best, ready)] : []),
    ...explainNumberDate(evidence.number),
    ...[...evidence.number.ofOthers, ...evidence.number.elsewhere]
      .filter((number) => number !== evidence.number.mistyped)
      .slice(0, reasonsOfNumbersLimit)
      .map(explainOther),
    ...explainMistyped(evidence.number, ready),
    explainSum(line, ready),
    ...explainTolerance(line, evidence),
    ...explainPayer(line, ready, evidence.payer),
    ...explainDate(evidence.date),
    ...explainState(line, ready),
  ]
}

export function explainNumber({ number, of }: Named, ready: ReadyPayment): Reason {
  const borne =
    of === 'payment'
      ? ready.payment.accountNumber
      : of === 'order'
        ? ready.orderNumber
        : ready.payment.ownerNumber
  return { kind: 'number', agrees: true, number: borne, of, fragment: number.fragment }
}

export function explainOther(number: PurposeNumber): Reason {
  return { kind: 'numberOfOther', agrees: false, number: number.text, fragment: number.fragment }
}

function explainNumberDate({ dated, best }: NumberEvidence): Reason[] {
  if (dated !== false || !best) return []
  return [{ kind: 'numberDate', agrees: false, fragment: best.number.fragment }]
}

function explainMistyped({ mistyped }: NumberEvidence, ready: ReadyPayment): Reason[] {
  if (!mistyped) return []
  const { text, fragment } = mistyped
  return [
    { kind: 'numberMistyped', agrees: null, written: text, number: ready.payment.accountNumber, fragment },
  ]
}

function explainTolerance({ line }: ReadyLine, { sumFit }: PairEvidence): Reason[] {
  if (sumFit.kind !== 'tolerated') return []
  const { reason: because, differenceMinor } = sumFit
  return [{ kind: 'sumWithin', agrees: null, because, differenceMinor, currency: line.currency }]
}

function explainSum(line: ReadyLine, ready: ReadyPayment): Reason {
  const lineMinor = line.line.leftMinor
  const paymentMinor = ready.payment.leftMinor
  return {
    kind: 'sum',
    agrees: Math.abs(lineMinor) === paymentMinor,
    lineMinor,
    paymentMinor,
    currency: line.line.currency,
  }
}

export function explainPayer(line: ReadyLine, ready: ReadyPayment, payer: PayerEvidence): Reason[] {
  const reasons: Reason[] = []
  if (payer.taxId !== null) {
    const paymentTaxId = payer.taxId ? line.taxId : (ready.payer?.taxIds[0] ?? '')
    reasons.push({ kind: 'taxId', agrees: payer.taxId, line: line.taxId, payment: paymentTaxId })
  }
  if (payer.account !== null && (payer.account || payer.taxId !== true)) {
    reasons.push({ kind: 'account', agrees: payer.account, account: line.line.counterparty.account })
  }
  if (payer.likeness !== null && (payer.likeness >= 0.6 || (payer.taxId !== true && !line.name.isBank))) {
    const likeness = Math.round(payer.likeness * 100) / 100
    reasons.push({
      kind: 'name',
      agrees: payer.likeness >= 0.6,
      line: line.line.counterparty.name,
      payment: payer.name,
      likeness,
    })
  }
  if (payer.mention) {
    reasons.push({
      kind: 'mention',
      agrees: true,
      payment: payer.mention.name,
      fragment: payer.mention.fragment,
    })
  }
  return reasons
}

export function explainDate({ days }: DateEvidence): Reason[] {
  if (days === null) return []
  const agrees = days >= 0 && days <= 60 ? true : days < -5 || days > 400 ? false : null
  return [{ kind: 'date', agrees, days }]
}

/** What keeps a proposal from being certain whatever the evidence, and that the payment is paid already. */
export function explainState(line: ReadyLine, ready: ReadyPayment): Reason[] {
  const reasons: Reason[] = []
  const { bound, provedFile } = line.line
  if (bound === null || bound.ownCompanyId === null || ready.payment.ownCompanyId === null) {
    reasons.push({ kind: 'ownCompanyUnknown', agrees: null })
  }
  if (ready.payment.paid) reasons.push({ kind: 'alreadyPaid', agrees: null, paidAt: ready.payment.paidAt })
  if (line.reversedBy !== null) reasons.push({ kind: 'reversed', agrees: false, lineId: line.reversedBy })
  if (!provedFile) reasons.push({ kind: 'fileUnproved', agrees: false })
  return reasons
}
