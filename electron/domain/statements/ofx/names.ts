// The tags of OFX that a statement is read from. All others are passed over, wherever they stand.

import type { RecordField } from './record.ts'

export type StatementField = 'currencyText' | 'start' | 'end'

/** What a leaf fills. */
export type Target =
  | { of: 'record'; field: RecordField }
  | { of: 'statement'; field: StatementField }
  | { of: 'account' }
  | { of: 'balance'; field: 'text' | 'day' }
  | { of: 'status'; field: 'code' | 'severity' | 'message' }
  | { of: 'nothing' }

const nothing: Target = { of: 'nothing' }
const record = (field: RecordField): Target => ({ of: 'record', field })
const head = (field: StatementField): Target => ({ of: 'statement', field })

/** Leaves of a record, and of a statement around its records. */
export const leavesOf: Readonly<Record<'record' | 'statement', ReadonlyMap<string, Target>>> = {
  record: new Map([
    ['TRNTYPE', record('kind')],
    ['DTPOSTED', record('posted')],
    // A pending entry has no day of posting; this is when it was made.
    ['DTTRAN', record('posted')],
    ['DTUSER', record('initiated')],
    ['DTAVAIL', record('available')],
    ['TRNAMT', record('amount')],
    ['FITID', record('id')],
    ['CORRECTFITID', record('corrects')],
    ['CORRECTACTION', record('correction')],
    ['CHECKNUM', record('check')],
    ['REFNUM', record('reference')],
    ['NAME', record('name')],
    ['EXTDNAME', record('longName')],
    ['MEMO', record('memo')],
    ['MEMO2', record('memo')],
  ]),
  statement: new Map([
    ['CURDEF', head('currencyText')],
    ['DTSTART', head('start')],
    ['DTEND', head('end')],
  ]),
}

/** Aggregates inside a record or a statement, with the leaves that mean something else there than outside. */
export const parts: ReadonlyMap<string, ReadonlyMap<string, Target>> = new Map([
  ['PAYEE', new Map([['NAME', record('payee')]])],
  ['EXTDPAYEE', new Map([['NAME', record('payee')]])],
  [
    'BANKACCTTO',
    new Map([
      ['ACCTID', record('otherAccount')],
      ['BANKID', record('otherBank')],
    ]),
  ],
  ['CCACCTTO', new Map([['ACCTID', record('otherAccount')]])],
  ['CURRENCY', new Map([['CURSYM', record('currency')]])],
  ['ORIGCURRENCY', new Map([['CURSYM', nothing]])],
  ['BANKACCTFROM', new Map([['ACCTID', { of: 'account' }]])],
  ['CCACCTFROM', new Map([['ACCTID', { of: 'account' }]])],
  ['INVACCTFROM', new Map([['ACCTID', { of: 'account' }]])],
  ['LOANACCTFROM', new Map([['LOANACCTID', { of: 'account' }]])],
  [
    'LEDGERBAL',
    new Map([
      ['BALAMT', { of: 'balance', field: 'text' }],
      ['DTASOF', { of: 'balance', field: 'day' }],
    ]),
  ],
  // What may be drawn, credit line and blocked sums counted in, is no balance of booked lines.
  ['AVAILBAL', new Map([['BALAMT', nothing]])],
  ['BAL', new Map([['NAME', nothing]])],
  [
    'STATUS',
    new Map([
      ['CODE', { of: 'status', field: 'code' }],
      ['SEVERITY', { of: 'status', field: 'severity' }],
      ['MESSAGE', { of: 'status', field: 'message' }],
    ]),
  ],
] satisfies [string, ReadonlyMap<string, Target>][])

/** Parts that stand beside records, never in one: a record that is still open there lost its end. */
export const partsOfStatement: ReadonlySet<string> = new Set([
  'BANKACCTFROM',
  'CCACCTFROM',
  'LEDGERBAL',
  'AVAILBAL',
  'BAL',
  'STATUS',
])

export type Group = 'root' | 'answer' | 'statement' | 'unsupported' | 'list' | 'record' | 'messages'

/** Aggregates that make up the skeleton of a file. */
export const groups: ReadonlyMap<string, Group> = new Map([
  ['OFX', 'root'],
  ['BANKMSGSRSV1', 'messages'],
  ['CREDITCARDMSGSRSV1', 'messages'],
  ['INVSTMTMSGSRSV1', 'messages'],
  ['LOANMSGSRSV1', 'messages'],
  ['SIGNONMSGSRSV1', 'messages'],
  ['SIGNUPMSGSRSV1', 'messages'],
  ['SECLISTMSGSRSV1', 'messages'],
  ['STMTTRNRS', 'answer'],
  ['CCSTMTTRNRS', 'answer'],
  ['INVSTMTTRNRS', 'answer'],
  ['LOANSTMTTRNRS', 'answer'],
  ['STMTRS', 'statement'],
  ['CCSTMTRS', 'statement'],
  ['INVSTMTRS', 'unsupported'],
  ['LOANSTMTRS', 'unsupported'],
  ['AMRTSTMTRS', 'unsupported'],
  ['BANKTRANLIST', 'list'],
  ['BANKTRANLISTP', 'list'],
  ['CCTRANLIST', 'list'],
  ['STMTTRN', 'record'],
  ['STMTTRNP', 'record'],
])

type TagKind = 'leaf' | 'part' | 'group'

const leaves = [leavesOf.record, leavesOf.statement, ...parts.values()].flatMap((part) => [...part.keys()])

const kinds: ReadonlyMap<string, TagKind> = new Map([
  ...leaves.map((name): [string, TagKind] => [name, 'leaf']),
  ...[...parts.keys()].map((name): [string, TagKind] => [name, 'part']),
  ...[...groups.keys()].map((name): [string, TagKind] => [name, 'group']),
])

/** The tag's name in the standard's capitals and what it is; no kind for one that says nothing here. */
export function tagOf(written: string): { name: string; kind: TagKind | undefined } {
  const kind = kinds.get(written)
  if (kind !== undefined) return { name: written, kind }
  const name = written.toUpperCase()
  return { name, kind: kinds.get(name) }
}
