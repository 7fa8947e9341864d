// One `TxDtls` of an entry, taken out of the tree as soon as it is closed, so that a batch of any length
// keeps only what its lines need.

import type { Place } from '../../contract/statement.ts'
import type { Counterparty } from '../../contract/statement.ts'
import type { XmlNode } from './camt-node.ts'
import { dayOf, directionOf, firstText, nodeAt, nodesOf, stated, textAt } from './camt-node.ts'

export interface CamtDetail {
  place: Place
  /** The elements that may say the amount booked, the likeliest first; empty where the detail has none. */
  amounts: XmlNode[]
  /** The detail's own indicator, 0 where it has none (versions before .04). */
  direction: 1 | -1 | 0
  charges: XmlNode[]
  debtor: Counterparty
  creditor: Counterparty
  /** `Ustrd` untrimmed: whether one was full decides how the next is joined. */
  unstructured: string[]
  structured: string[]
  additional: string
  bankReference: string
  documentNumber: string
  transactionId: string
  settledOn: string | null
}

/** Reads a closed `TxDtls` element. */
export function detailOf(node: XmlNode, place: Place): CamtDetail {
  const refs = nodeAt(node, 'Refs')
  return {
    place,
    amounts: amountsOf(node),
    direction: directionOf(node),
    charges: chargesOf(node),
    debtor: partyOf(node, 'Dbtr'),
    creditor: partyOf(node, 'Cdtr'),
    unstructured: nodesOf(nodeAt(node, 'RmtInf'), 'Ustrd').map((child) => child.text),
    structured: structuredOf(node),
    additional: textAt(node, 'AddtlTxInf'),
    bankReference: textAt(refs, 'AcctSvcrRef'),
    documentNumber: firstText(refs, ['EndToEndId'], ['ChqNb'], ['InstrId'], ['PmtInfId']),
    transactionId: textAt(refs, 'TxId'),
    settledOn: dayOf(nodeAt(node, 'RltdDts', 'IntrBkSttlmDt')) ?? dayOf(nodeAt(node, 'RltdDts', 'TxDtTm')),
  }
}

/** `TxDtls/Amt` since .04, `AmtDtls/TxAmt/Amt` in .02; instructed and counter values serve in their currency only. */
function amountsOf(node: XmlNode): XmlNode[] {
  const paths = [
    ['Amt'],
    ['AmtDtls', 'TxAmt', 'Amt'],
    ['AmtDtls', 'CntrValAmt', 'Amt'],
    ['AmtDtls', 'InstdAmt', 'Amt'],
  ]
  return paths.map((path) => nodeAt(node, ...path)).filter((found) => found !== undefined)
}

/** Charges of an entry or a detail: bare in .02, in records or as one total since .04. */
export function chargesOf(node: XmlNode): XmlNode[] {
  return nodesOf(node, 'Chrgs').flatMap((charges) => {
    const records = nodesOf(charges, 'Rcrd').flatMap((record) => nodesOf(record, 'Amt'))
    const bare = nodesOf(charges, 'Amt')
    return records.length > 0 ? records : bare.length > 0 ? bare : nodesOf(charges, 'TtlChrgsAndTaxAmt')
  })
}

function structuredOf(node: XmlNode): string[] {
  return nodesOf(nodeAt(node, 'RmtInf'), 'Strd')
    .flatMap((part) => [
      firstText(part, ['CdtrRefInf', 'Ref'], ['CdtrRefInf', 'CdtrRef']),
      ...nodesOf(part, 'RfrdDocInf').map((document) => firstText(document, ['Nb'], ['RfrdDocNb'])),
      ...nodesOf(part, 'AddtlRmtInf').map((child) => stated(child.text)),
    ])
    .filter((text) => text !== '')
}

/** Debtor or creditor: the name may sit in the party, in its inner `Pty` (.08 on), in an agent, or only in the ultimate party. */
function partyOf(node: XmlNode, side: 'Dbtr' | 'Cdtr'): Counterparty {
  const parties = nodeAt(node, 'RltdPties')
  const own = nodeAt(parties, side)
  const party = nodeAt(own, 'Pty') ?? own
  const ultimate = nodeAt(parties, `Ultmt${side}`)
  const agent = nodeAt(node, 'RltdAgts', `${side}Agt`, 'FinInstnId')
  const account = nodeAt(parties, `${side}Acct`, 'Id')
  return {
    name: firstText(party, ['Nm'], ['Agt', 'FinInstnId', 'Nm']) || firstText(ultimate, ['Pty', 'Nm'], ['Nm']),
    taxId: taxIdOf(party) || taxIdOf(nodeAt(ultimate, 'Pty') ?? ultimate),
    account: firstText(account, ['IBAN'], ['Othr', 'Id']).replace(/\s/g, ''),
    bankCode: firstText(agent, ['BICFI'], ['BIC'], ['ClrSysMmbId', 'MmbId']),
  }
}

/** A tax number only where the identification says that it is one: customer numbers stand in the same element. */
function taxIdOf(party: XmlNode | undefined): string {
  for (const kind of ['OrgId', 'PrvtId']) {
    for (const other of nodesOf(nodeAt(party, 'Id', kind), 'Othr')) {
      const scheme = firstText(other, ['SchmeNm', 'Cd'], ['SchmeNm', 'Prtry'], ['Issr'])
      if (/TXID|TAX|VAT|INN|ИНН|БИН|ИИН/i.test(scheme)) return textAt(other, 'Id')
    }
  }
  return ''
}
