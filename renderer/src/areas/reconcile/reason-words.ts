// Evidence as data becomes a mark and a sentence: which words, filled with which values.

import type { Reason } from '../../../../electron/contract/match.ts'
import type { Speech, Words } from '../operations/words.ts'

export type Mark = 'agrees' | 'differs' | 'note'

/** ✓, ✗ or ~ as the reason itself says. */
export function markOf(reason: Reason): Mark {
  if (reason.agrees === null) return 'note'
  return reason.agrees ? 'agrees' : 'differs'
}

/** The sentence of one reason. Sums are shown without their sign: the line's own sign stands in the list. */
export function reasonWords(reason: Reason, say: Speech): Words {
  switch (reason.kind) {
    case 'number':
      return { key: `reconcile.reason.number.${reason.of}`, params: { number: reason.number } }
    case 'numberOfOther':
      return { key: 'reconcile.reason.numberOfOther', params: { number: reason.number } }
    case 'sum':
      return sumWords(reason, say)
    case 'sumOfSeveral':
      return sumOfSeveralWords(reason, say)
    case 'taxId':
      return {
        key: reason.agrees ? 'reconcile.reason.taxId.agrees' : 'reconcile.reason.taxId.differs',
        params: { line: reason.line, payment: reason.payment },
      }
    case 'account':
      return {
        key: reason.agrees ? 'reconcile.reason.account.agrees' : 'reconcile.reason.account.differs',
        params: { account: reason.account },
      }
    case 'name':
      return {
        key: reason.agrees ? 'reconcile.reason.name.agrees' : 'reconcile.reason.name.differs',
        params: { line: reason.line, payment: reason.payment },
      }
    case 'date':
      if (reason.days === 0) return { key: 'reconcile.reason.date.same' }
      return {
        key: reason.days > 0 ? 'reconcile.reason.date.after' : 'reconcile.reason.date.before',
        count: Math.abs(reason.days),
      }
    case 'numberMistyped':
      return {
        key: 'reconcile.reason.numberMistyped',
        params: { written: reason.written, number: reason.number },
      }
    case 'sumWithin':
      return {
        key: `reconcile.reason.sumWithin.${reason.because}`,
        params: { difference: say.sum(Math.abs(reason.differenceMinor), reason.currency) },
      }
    case 'mention':
      return { key: 'reconcile.reason.mention', params: { payment: reason.payment } }
    case 'otherCandidates':
      return { key: 'reconcile.reason.otherCandidates', count: reason.count }
    case 'alreadyPaid':
      if (!reason.paidAt) return { key: 'reconcile.reason.alreadyPaid.unknown' }
      return { key: 'reconcile.reason.alreadyPaid.at', params: { at: say.moment(reason.paidAt) } }
    default:
      return { key: `reconcile.reason.${reason.kind}` }
  }
}

function sumWords(reason: Extract<Reason, { kind: 'sum' }>, say: Speech): Words {
  const line = Math.abs(reason.lineMinor)
  const payment = Math.abs(reason.paymentMinor)
  if (reason.agrees)
    return { key: 'reconcile.reason.sum.agrees', params: { sum: say.sum(payment, reason.currency) } }
  return {
    key: line > payment ? 'reconcile.reason.sum.more' : 'reconcile.reason.sum.less',
    params: {
      payment: say.sum(payment, reason.currency),
      difference: say.sum(Math.abs(line - payment), reason.currency),
    },
  }
}

function sumOfSeveralWords(reason: Extract<Reason, { kind: 'sumOfSeveral' }>, say: Speech): Words {
  const payments = Math.abs(reason.paymentsMinor)
  const rest = Math.abs(Math.abs(reason.lineMinor) - payments)
  return {
    key: reason.agrees ? 'reconcile.reason.sumOfSeveral.agrees' : 'reconcile.reason.sumOfSeveral.differs',
    params: { sum: say.sum(payments, reason.currency), difference: say.sum(rest, reason.currency) },
    count: reason.count,
  }
}
