// One `TxDtls` of an entry, taken out of the tree as soon as it is closed.

import type { Counterparty, Place } from '../../../contract/statement.ts'
import { chargesOf } from './charges.ts'
import type { CamtCharges } from './charges.ts'
import type { XmlNode } from './node.ts'
import { amountOf, dayOf, directionOf, nodeAt, textAt } from './node.ts'
import { partyOf } from './party.ts'
import { purposeOf } from './purpose.ts'

export interface CamtDetail {
  place: Place
  /** Without sign, in the entry's currency; null where the detail tells none (zero stands for that as well). */
  minor: number | null
  /** The detail's own indicator, 0 where it has none (versions before .04). */
  direction: 1 | -1 | 0
  charges: CamtCharges
  debtor: Counterparty
  creditor: Counterparty
  purpose: string
  purposeGlued: string | null
  bankReference: string
  documentNumber: string
  transactionId: string
  settledOn: string | null
}

/** Reads a closed `TxDtls` element of an entry in that currency; `chargeSign` is that of charges without an indicator. */
export function detailOf(node: XmlNode, place: Place, currency: string, chargeSign: 1 | -1): CamtDetail {
  const refs = nodeAt(node, 'Refs')
  const days = nodeAt(node, 'RltdDts')
  const { purpose, purposeGlued } = purposeOf(node)
  return {
    place,
    minor: amountIn(node, currency),
    direction: directionOf(node),
    charges: chargesOf(node, currency, chargeSign),
    debtor: partyOf(node, 'Dbtr'),
    creditor: partyOf(node, 'Cdtr'),
    purpose,
    purposeGlued,
    bankReference: textAt(refs, 'AcctSvcrRef'),
    documentNumber:
      textAt(refs, 'EndToEndId') ||
      textAt(refs, 'ChqNb') ||
      textAt(refs, 'InstrId') ||
      textAt(refs, 'PmtInfId'),
    transactionId: textAt(refs, 'TxId'),
    settledOn: days ? (dayOf(nodeAt(days, 'IntrBkSttlmDt')) ?? dayOf(nodeAt(days, 'TxDtTm'))) : null,
  }
}

/** `TxDtls/Amt` since .04, `AmtDtls/TxAmt/Amt` in .02; counter and instructed values serve in the entry's currency only. */
function amountIn(node: XmlNode, currency: string): number | null {
  const direct = minorOf(nodeAt(node, 'Amt'), currency)
  if (direct !== null) return direct
  const amounts = nodeAt(node, 'AmtDtls')
  if (!amounts) return null
  return (
    minorOf(nodeAt(amounts, 'TxAmt', 'Amt'), currency) ??
    minorOf(nodeAt(amounts, 'CntrValAmt', 'Amt'), currency) ??
    minorOf(nodeAt(amounts, 'InstdAmt', 'Amt'), currency)
  )
}

function minorOf(node: XmlNode | undefined, currency: string): number | null {
  if (!node) return null
  const read = amountOf(node, currency)
  return read.ok && read.currency === currency && read.minor > 0 ? read.minor : null
}
