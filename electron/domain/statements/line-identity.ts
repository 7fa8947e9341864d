// What makes two lines of statements the same movement of money, so that a line which two overlapping exports
// both hold is stored once. The text is hashed by whoever stores it.

import type { StatementLine } from '../../contract/statement.ts'

type IdentityFields = Pick<
  StatementLine,
  | 'bankDay'
  | 'amountMinor'
  | 'currency'
  | 'counterparty'
  | 'documentNumber'
  | 'bankReference'
  | 'purpose'
  | 'reversal'
>

/** Rises when the text below changes its meaning: identities of different versions never equal each other. */
const version = 1

/**
 * The text that equal lines have in common: own account, bank day, signed amount, currency, the other party's
 * account (its name where there is none), document number, the bank's reference, the purpose. Left out is what
 * a later export of the same bank fills in or words otherwise: value day, whether it is booked yet, names beside
 * an account, blanks, case and the place of line breaks.
 */
export function lineIdentity(account: string, line: IdentityFields): string {
  const { counterparty } = line
  const other = letters(counterparty.account)
  return [
    version,
    letters(account),
    line.bankDay,
    line.amountMinor,
    line.currency,
    line.reversal ? 'R' : '',
    other === '' ? tight(counterparty.name) : other,
    tight(line.documentNumber).replace(/^0+(?=.)/, ''),
    tight(line.bankReference),
    tight(line.purpose),
  ].join('\n')
}

/** Letters and figures only, upper case: `DE12 3456` and `de123456` are one account. */
function letters(text: string): string {
  return /^[A-Z0-9]*$/.test(text) ? text : text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function tight(text: string): string {
  return text.replaceAll(/\s+/g, '').toLowerCase()
}
