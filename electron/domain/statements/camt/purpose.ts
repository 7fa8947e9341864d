// What a payment is for, out of the pieces that a detail says it in.

import type { StatementLine } from '../../../contract/statement.ts'
import type { XmlNode } from './node.ts'
import { nodeAt, nodesOf, stated, textAt } from './node.ts'

export type Purpose = Pick<StatementLine, 'purpose' | 'purposeGlued'>

/** A line of `Ustrd` of this length was cut by the bank, perhaps inside a number; any other ends a phrase. */
const fullLine = 140

/** The purpose of a `TxDtls`: free text, structured references, additions; nothing twice. */
export function purposeOf(node: XmlNode): Purpose {
  const information = nodeAt(node, 'RmtInf')
  let text = ''
  let glued = ''
  let full = true
  for (const child of information?.children ?? []) {
    if (child.name !== 'Ustrd' || stated(child.text) === '') continue
    const part = lineOf(child.text)
    text += full ? part : ` ${part}`
    glued += part
    full = part.length >= fullLine
  }
  let found: Purpose = { purpose: text.trim(), purposeGlued: glued.trim() }
  for (const part of nodesOf(information, 'Strd')) {
    found = withText(found, textAt(part, 'CdtrRefInf', 'Ref') || textAt(part, 'CdtrRefInf', 'CdtrRef'))
    for (const document of nodesOf(part, 'RfrdDocInf'))
      found = withText(found, textAt(document, 'Nb') || textAt(document, 'RfrdDocNb'))
    for (const more of nodesOf(part, 'AddtlRmtInf')) found = withText(found, lineOf(stated(more.text)))
  }
  return settled(withText(found, lineOf(textAt(node, 'AddtlTxInf'))))
}

/** The purpose with one more text behind it, unless it says that already. */
export function purposeWith(purpose: Purpose, extra: string): Purpose {
  return settled(withText(purpose, extra))
}

function withText({ purpose, purposeGlued }: Purpose, extra: string): Purpose {
  const glued = purposeGlued ?? purpose
  if (extra === '' || purpose.includes(extra)) return { purpose, purposeGlued: glued }
  return { purpose: purpose === '' ? extra : `${purpose} ${extra}`, purposeGlued: glued + extra }
}

function settled({ purpose, purposeGlued }: Purpose): Purpose {
  return { purpose, purposeGlued: purposeGlued === purpose ? null : purposeGlued }
}

/**
 * An element's text on one line. Line breaks inside it are the writer's indentation; blanks at the end of a full line are its
 * own.
 */
export function lineOf(raw: string): string {
  if (!/[\r\n]/.test(raw)) return raw.length >= fullLine ? raw : raw.trim()
  return raw
    .split(/[\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')
}
