// What a line's counterparty and the names in its purpose say about a payment's payer.

import { isAmong, knownAlias } from './candidates.ts'
import type { Found } from './candidates.ts'
import { findMention } from './mentions.ts'
import type { Mention } from './mentions.ts'
import type { NameForm } from './normalise.ts'
import { mayBeOneName, nameLikeness } from './normalise.ts'
import type { Owing } from './portal-index.ts'
import type { ReadyLine, ReadyPayer, ReadyPayment } from './prepare.ts'
import { lay, scaleOf } from './weights.ts'
import type { Scale, Sign } from './weights.ts'

export interface PayerEvidence {
  logOdds: number
  verdict: 'agrees' | 'silent' | 'contradicts'
  /** True or false where both sides have one, else null. */
  taxId: boolean | null
  account: boolean | null
  likeness: number | null
  /** The portal's name that is most like the line's. */
  name: string
  /** Only an earlier decision ties this name or account to the payer. */
  alias: boolean
  /** The purpose names the payer; looked for only where the counterparty does not tell. */
  mention: Mention | null
  /** The tax number or account is the payer's: more than a name. */
  proven: boolean
  /** Proven, or of a name that nobody else in the portal has: money may go by it without a look. */
  sure: boolean
}

const noPayer: PayerEvidence = {
  logOdds: 0,
  verdict: 'silent',
  taxId: null,
  account: null,
  likeness: null,
  name: '',
  alias: false,
  mention: null,
  proven: false,
  sure: false,
}

export function weighPayer(
  line: ReadyLine,
  ready: ReadyPayment,
  found: Pick<Found, 'index' | 'who'>,
  seen: Sign[] | null = null,
): PayerEvidence {
  const { payer } = ready
  if (!payer) return noPayer
  const { isBank } = line.name
  const taxId =
    isBank || line.taxId === '' || payer.taxIds.length === 0 ? null : payer.taxIds.includes(line.taxId)
  const hasAccounts = line.account !== '' && payer.accounts.length > 0
  const account = !hasAccounts ? null : payer.accounts.includes(line.account) ? true : isBank ? null : false
  const { likeness, name } = likestName(line.name, payer)
  const proven = taxId === true || (account === true && taxId !== false)
  const isOther = !proven && isAnother(payer, found, likeness)
  const says = isOther ? 'contradicts' : nameSays(likeness, line.name, payer)
  const alias = !proven && (says !== 'agrees' || taxId === false) && knownAlias(line, payer, found.index)
  const isTold = proven || alias || (says === 'agrees' && taxId !== false)
  const mention = isTold ? null : findMention(line, payer)
  const scale = scaleOf(found.index.weights, seen)
  layRequisites(scale, taxId, account)
  layName(scale, { says, likeness, taxId, proven, excused: alias || mention !== null })
  if (alias) lay(scale, 'alias')
  else if (mention) lay(scale, 'payerMentioned')
  if (isOther && !alias && !mention) lay(scale, 'payerIsOther')
  const against = taxId === false || isOther || (taxId === null && account !== true && says === 'contradicts')
  return {
    logOdds: scale.logOdds,
    verdict: verdictOf({ against, taxId, alias, mention, agrees: proven || says === 'agrees' }),
    taxId,
    account,
    likeness,
    name,
    alias,
    mention,
    proven,
    sure: proven || (says === 'agrees' && taxId !== false && isOnlyName(line.name, payer, found)),
  }
}

function verdictOf(about: {
  against: boolean
  taxId: boolean | null
  alias: boolean
  mention: Mention | null
  agrees: boolean
}): PayerEvidence['verdict'] {
  if (about.alias) return about.taxId === false ? 'silent' : 'agrees'
  if (about.mention) return 'agrees'
  if (about.against) return 'contradicts'
  return about.agrees ? 'agrees' : 'silent'
}

function layRequisites(scale: Scale, taxId: boolean | null, account: boolean | null): void {
  if (taxId !== null) lay(scale, taxId ? 'taxIdEqual' : 'taxIdDiffers')
  if (account === true) lay(scale, taxId === true ? 'accountBeside' : 'accountEqual')
  else if (account === false && taxId !== true) lay(scale, 'accountDiffers')
}

function layName(
  scale: Scale,
  about: {
    says: 'agrees' | 'contradicts' | 'nothing'
    likeness: number | null
    taxId: boolean | null
    proven: boolean
    excused: boolean
  },
): void {
  if (about.says === 'agrees') {
    const isBeside = about.proven || about.taxId === false
    lay(scale, isBeside ? 'nameBeside' : (about.likeness ?? 0) >= 0.85 ? 'nameEqual' : 'nameClose')
  } else if (about.says === 'contradicts' && !about.proven && !about.excused) lay(scale, 'nameDiffers')
}

/**
 * The tax number, account, exact name or mention on the line is another payer's of this portal and not this one's. An
 * equal name outweighs it: a company may stand in the portal twice.
 */
function isAnother(payer: ReadyPayer, { who }: Pick<Found, 'who'>, likeness: number | null): boolean {
  if ((likeness ?? 0) >= 1) return false
  return (
    isNotAmong(payer, who.byTaxId) ||
    isNotAmong(payer, who.byAccount) ||
    isNotAmong(payer, who.byName) ||
    isNotAmong(payer, who.byMention)
  )
}

function isNotAmong(payer: ReadyPayer, some: readonly Owing[]): boolean {
  return some.length > 0 && !isAmong(payer, some)
}

/** The very name, and nobody else in the portal is called so: «Вектор» is not «Вектор-М». */
function isOnlyName(name: NameForm, payer: ReadyPayer, { who }: Pick<Found, 'who'>): boolean {
  if (!payer.names.some(({ key }) => key === name.key)) return false
  return who.byName.every((own) => own.payer.key === payer.key)
}

/** A bank's name on the line contradicts nobody: banks and acquirers pay for others. */
function nameSays(
  likeness: number | null,
  name: NameForm,
  { names }: ReadyPayer,
): 'agrees' | 'contradicts' | 'nothing' {
  if (likeness === null) return 'nothing'
  if (likeness >= 0.6) return 'agrees'
  if (likeness >= 0.35 || name.isBank) return 'nothing'
  return names.some((other) => mayBeOneName(name, other)) ? 'nothing' : 'contradicts'
}

function likestName(name: NameForm, payer: ReadyPayer): { likeness: number | null; name: string } {
  if (name.key === '' || payer.names.length === 0) return { likeness: null, name: payer.written[0] ?? '' }
  let likeness = -1
  let written = ''
  for (const [at, form] of payer.names.entries()) {
    const one = nameLikeness(name, form)
    if (one > likeness) [likeness, written] = [one, payer.written[at] ?? '']
  }
  return { likeness, name: written }
}

/** The payer is known by more than chance: requisites, an earlier decision, nearly the same name, or a mention. */
export function identifies(payer: PayerEvidence): boolean {
  if (payer.verdict !== 'agrees') return false
  return payer.proven || payer.alias || payer.mention !== null || (payer.likeness ?? 0) >= 0.85
}
