// Outgoing lines: they match nothing but what gives money of a paid payment back, and never more than doubtfully.

import { findWho, mayPay } from './candidates.ts'
import type { Named, Who } from './candidates.ts'
import type { Draft } from './draft.ts'
import { explainDate, explainNumber, explainPayer, explainState } from './explain.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import type { PortalIndex } from './portal-index.ts'
import { weighDates } from './score.ts'
import { isAnnounced } from './weigh-numbers.ts'
import { weighPayer } from './weigh-payer.ts'

const bearersLimit = 60

/** Payments that an outgoing line may give back: paid ones whose number it names and whose sum it does not exceed. */
export function draftRefunds(line: ReadyLine, index: PortalIndex): Draft[] {
  if (!line.refund && !line.line.reversal) return []
  const named = new Map<ReadyPayment, Named>()
  for (const number of line.sought) {
    for (const { ready, of, loose } of (index.byNumber.get(number.key) ?? []).slice(0, bearersLimit)) {
      if (!named.has(ready)) named.set(ready, { number, of, loose })
    }
  }
  if (named.size === 0) return []
  const found = { index, who: findWho(line, index) }
  return [...named]
    .filter(([ready]) => mayBeRefunded(line, ready))
    .map(([ready, one]) => draftRefund(line, ready, one, found))
}

function mayBeRefunded(line: ReadyLine, ready: ReadyPayment): boolean {
  const { payment } = ready
  return (payment.paid || payment.isReturn) && mayPay(line, ready) && -line.line.leftMinor <= payment.sumMinor
}

function draftRefund(
  line: ReadyLine,
  ready: ReadyPayment,
  named: Named,
  found: { index: PortalIndex; who: Who },
): Draft {
  const { index } = found
  const { weights } = index
  const amountMinor = -line.line.leftMinor
  const payer = weighPayer(line, ready, found)
  const date = weighDates(line, { ...ready, paidDay: null }, weights)
  const whole = amountMinor === ready.payment.sumMinor
  const number = isAnnounced(named.number) ? weights.numberNamed : weights.numberBareLong
  const sum = whole ? weights.sumExact : weights.sumPartial
  return {
    portalId: index.portalId,
    parts: [{ ready, amountMinor }],
    score: weights.prior + number + sum + payer.logOdds + date.logOdds,
    ceiling: 'doubtful',
    claim: 0,
    explain: () => [
      explainNumber(named, ready),
      {
        kind: 'sum',
        agrees: whole,
        lineMinor: line.line.leftMinor,
        paymentMinor: ready.payment.sumMinor,
        currency: line.line.currency,
      },
      ...explainPayer(line, ready, payer),
      ...explainDate(date),
      ...explainState(line, ready),
    ],
  }
}
