// Who stands on the two sides of a payment, in the words of all versions.

import type { Counterparty } from '../../../contract/statement.ts'
import type { XmlNode } from './node.ts'
import { nodeAt, nodesOf, textAt } from './node.ts'

/** Debtor or creditor: the name may sit in the party, in its inner `Pty` (.08 on), in an agent, or only in the ultimate party. */
export function partyOf(node: XmlNode, side: 'Dbtr' | 'Cdtr'): Counterparty {
  const parties = nodeAt(node, 'RltdPties')
  const own = nodeAt(parties, side)
  const party = nodeAt(own, 'Pty') ?? own
  const direct = textAt(party, 'Nm') || textAt(party, 'Agt', 'FinInstnId', 'Nm')
  const ultimate = nodeAt(parties, side === 'Dbtr' ? 'UltmtDbtr' : 'UltmtCdtr')
  const last = nodeAt(ultimate, 'Pty') ?? ultimate
  const { name, taxId } = splitName(direct || textAt(last, 'Nm'))
  return {
    name,
    // The number of one party is never put beside the name of another.
    taxId: taxIdOf(party) || taxId || (direct === '' ? taxIdOf(last) : ''),
    account: accountOf(nodeAt(parties, side === 'Dbtr' ? 'DbtrAcct' : 'CdtrAcct')),
    bankCode: bankCodeOf(nodeAt(node, 'RltdAgts', side === 'Dbtr' ? 'DbtrAgt' : 'CdtrAgt')),
  }
}

/** The number of an account element as written, blanks removed: IBAN, or whatever the version calls another. */
export function accountOf(node: XmlNode | undefined): string {
  const id = nodeAt(node, 'Id')
  if (!id) return ''
  const number =
    textAt(id, 'IBAN') ||
    textAt(id, 'Othr', 'Id') ||
    textAt(id, 'PrtryAcct', 'Id') ||
    textAt(id, 'BBAN') ||
    textAt(id, 'UPIC')
  return number.replace(/\s/g, '')
}

function bankCodeOf(agent: XmlNode | undefined): string {
  const id = nodeAt(agent, 'FinInstnId')
  if (!id) return ''
  return (
    textAt(id, 'BICFI') ||
    textAt(id, 'BIC') ||
    textAt(id, 'ClrSysMmbId', 'MmbId') ||
    textAt(id, 'CmbndId', 'BIC') ||
    textAt(id, 'Othr', 'Id')
  )
}

const taxSchemes = new Set(
  'TXID TAX TAXID TIN VAT INN BIN IIN UNP KIO ИНН БИН ИИН УНП КИО ЖСН БСН'.split(' '),
)
const marked = /^(?:INN|BIN|IIN|UNP|ИНН|БИН|ИИН|УНП)[\s:./\\-]*(\d{9,12})(?!\d)/i

/** A tax number only where the identification says that it is one: customer numbers stand in the same element. */
function taxIdOf(party: XmlNode | undefined): string {
  const id = nodeAt(party, 'Id')
  if (!id) return ''
  for (const kind of id.children) {
    if (kind.name !== 'OrgId' && kind.name !== 'PrvtId') continue
    for (const other of nodesOf(kind, 'Othr')) {
      const text = textAt(other, 'Id')
      const itself = marked.exec(text)?.[1]
      if (itself !== undefined) return itself
      if (isTaxScheme(schemeOf(other))) return text
    }
  }
  return ''
}

function schemeOf(other: XmlNode): string {
  return (
    textAt(other, 'SchmeNm', 'Cd') ||
    textAt(other, 'SchmeNm', 'Prtry') ||
    textAt(other, 'Issr')
  ).toUpperCase()
}

/** Whole words only: BIN is also a part of COMBINED. */
function isTaxScheme(scheme: string): boolean {
  return scheme !== '' && scheme.split(/[^\p{L}]+/u).some((word) => taxSchemes.has(word))
}

/** Payments in roubles carry the number in the name: `INN7702000000 OOO Name`, `ИНН 7702000000, КПП 770201001 Name`. */
function splitName(text: string): { name: string; taxId: string } {
  const found =
    /^(?:INN|BIN|ИНН|БИН|ИИН)[\s:.]*(\d{12}|\d{10})(?!\d)(?:[\s,;\\/]*(?:KPP|КПП)[\s:.]*\d{9}(?!\d))?[\s,;./\\]*(?=\S)/i.exec(
      text,
    )
  if (!found) return { name: text, taxId: '' }
  return { name: text.slice(found[0].length), taxId: found[1] ?? '' }
}
