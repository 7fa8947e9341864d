// Charges as an entry or one of its details tells them. What they are is told by arithmetic alone: banks tell them
// both where they are already inside the amount and where they were booked together with it.

import type { XmlNode } from './node.ts'
import { amountOf, directionOf, nodeAt, nodesOf, textAt } from './node.ts'

export interface CamtCharges {
  /** Signed sum in the entry's currency: charges lower the account unless they are marked as given back. */
  minor: number
  /** What the file calls them. */
  text: string
}

export const noCharges: CamtCharges = { minor: 0, text: '' }

/** Bare in .02, in records or as one total since .04. `sign` is that of charges without an indicator. */
export function chargesOf(node: XmlNode, currency: string, sign: 1 | -1): CamtCharges {
  const elements = nodesOf(node, 'Chrgs')
  if (elements.length === 0) return noCharges
  let minor = 0
  const texts: string[] = []
  for (const charges of elements) {
    const records = nodesOf(charges, 'Rcrd')
    for (const part of records.length > 0 ? records : [charges]) {
      const read = amountOf(nodeAt(part, 'Amt') ?? nodeAt(part, 'TtlChrgsAndTaxAmt'), currency)
      if (!read.ok || read.currency !== currency) continue
      minor += (directionOf(part) || sign) * Math.abs(read.minor)
      texts.push(kindOf(part))
    }
  }
  return { minor, text: joined(texts) }
}

function kindOf(part: XmlNode): string {
  return textAt(part, 'Tp', 'Cd') || textAt(part, 'Tp', 'Prtry', 'Id') || textAt(part, 'Tp', 'Prtry')
}

/** Texts one after the other, each once. */
export function joined(texts: readonly string[]): string {
  return [...new Set(texts)].filter((text) => text !== '').join(' ')
}

/**
 * Whether charges make up the difference between an entry and its details. Charges marked as credit count as well
 * where the account was lowered: some banks mark them from their own side.
 */
export function explains(rest: number, entry: CamtCharges, details: number): boolean {
  const sums = [entry.minor, details, entry.minor + details]
  return sums.some((sum) => sum !== 0 && (sum === rest || (rest < 0 && sum === -rest)))
}
