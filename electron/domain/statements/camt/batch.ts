// How an entry stands to the payments it was booked for: announced and told elsewhere, or told here.

import type { BatchLink } from '../../../contract/statement.ts'
import type { XmlNode } from './node.ts'
import { nodesOf, textAt } from './node.ts'

export interface CamtBatch {
  /** Whether the entry speaks of a batch at all. */
  told: boolean
  /** How many payments it announces, 0 where it gives no number. */
  announced: number
  /** Payment information ids and message ids, as written. */
  paymentIds: string[]
  messageIds: string[]
}

/** `Btch` stands in `NtryDtls`, in version .01 in the entry itself; there may be several. */
export function batchOf(node: XmlNode): CamtBatch {
  const batch: CamtBatch = { told: false, announced: 0, paymentIds: [], messageIds: [] }
  for (const part of node.children) {
    if (part.name === 'Btch') take(batch, part)
    else if (part.name === 'NtryDtls') for (const inner of nodesOf(part, 'Btch')) take(batch, inner)
  }
  return batch
}

function take(batch: CamtBatch, node: XmlNode): void {
  batch.told = true
  const number = textAt(node, 'NbOfTxs')
  if (/^\d{1,9}$/.test(number)) batch.announced += Number(number)
  const payment = textAt(node, 'PmtInfId')
  if (payment !== '') batch.paymentIds.push(payment)
  const message = textAt(node, 'MsgId')
  if (message !== '') batch.messageIds.push(message)
}

/**
 * What an entry and its payments in another file have in common. An entry reference that is a mere counter
 * is none: every statement has an entry number 1.
 */
export function batchLink(role: BatchLink['role'], node: XmlNode, batch: CamtBatch): { batch?: BatchLink } {
  const entry = textAt(node, 'NtryRef')
  const all = [
    ...batch.paymentIds,
    textAt(node, 'AcctSvcrRef'),
    ...batch.messageIds,
    /^\d{1,6}$/.test(entry) ? '' : entry,
  ]
  const references = [...new Set(all.map((text) => text.replace(/\s/g, '')))].filter((text) => text !== '')
  return references.length === 0 ? {} : { batch: { role, references } }
}
