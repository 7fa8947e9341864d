// Rules that a person sets up for recurring lines: fees, own transfers, acquirers, money that is none of ours. A
// rule only ever proposes (money rule 1); what it would reach is shown beforehand.

import { foldText } from './fold.ts'
import { accountKey, nameForm, taxIdKey } from './normalise.ts'
import type { MatchLine, PayerAlias } from './types.ts'

/** All that are given must hold; a rule without any condition reaches nothing. */
export interface RuleConditions {
  /** In the purpose, without regard to case, look-alike blanks and ё; each text of a list is enough. */
  purposeHas?: readonly string[]
  purposeHasNot?: readonly string[]
  /** Bounds of the amount without its sign, both included. */
  fromMinor?: number
  toMinor?: number
  currency?: string
  direction?: 'in' | 'out'
  /** Own accounts on which the line stands. */
  accounts?: readonly string[]
  /** The counterparty's account, tax number, or words of its name. */
  partyAccounts?: readonly string[]
  partyTaxIds?: readonly string[]
  partyName?: string
}

export type RuleEffect =
  | { kind: 'ignore'; reason: 'fee' | 'ownTransfer' | 'unrelated' | 'other' }
  /** The line is money of this payer, whoever the bank says it is from. */
  | { kind: 'prefer'; portalId: string; payerKey: string }

export interface MatchRule {
  name: string
  conditions: RuleConditions
  effect: RuleEffect
}

export interface RuleHit {
  lineId: number
  /** Position of the rule in the list, and its name. */
  rule: number
  name: string
  effect: RuleEffect
}

/** A rule made ready once. */
interface ReadyRule {
  rule: number
  given: MatchRule
  holds: ((line: RuleLine) => boolean)[]
}

interface RuleLine {
  line: MatchLine
  purpose: string
  words: ReadonlySet<string>
}

/** What the first rule that holds for each line proposes, in the order of the lines. Applies nothing. */
export function dryRun(rules: readonly MatchRule[], lines: readonly MatchLine[]): RuleHit[] {
  const ready = rules.map((given, rule) => ({ rule, given, holds: conditionsOf(given.conditions) }))
  return lines.flatMap((line) => {
    const hit = firstHit(ready, line)
    return hit ? [{ lineId: line.id, rule: hit.rule, name: hit.given.name, effect: hit.given.effect }] : []
  })
}

function firstHit(rules: readonly ReadyRule[], line: MatchLine): ReadyRule | undefined {
  const told: RuleLine = {
    line,
    purpose: foldText(line.purpose).replaceAll(/ +/g, ' '),
    words: new Set(nameForm(line.counterparty.name).words),
  }
  return rules.find(({ holds }) => holds.length > 0 && holds.every((one) => one(told)))
}

function conditionsOf(conditions: RuleConditions): ((line: RuleLine) => boolean)[] {
  const { purposeHas, purposeHasNot, fromMinor, toMinor, currency, direction } = conditions
  const holds: ((line: RuleLine) => boolean)[] = []
  if (purposeHas) holds.push(({ purpose }) => sought(purposeHas).some((text) => purpose.includes(text)))
  if (purposeHasNot)
    holds.push(({ purpose }) => !sought(purposeHasNot).some((text) => purpose.includes(text)))
  if (fromMinor !== undefined) holds.push(({ line }) => Math.abs(line.leftMinor) >= fromMinor)
  if (toMinor !== undefined) holds.push(({ line }) => Math.abs(line.leftMinor) <= toMinor)
  if (currency !== undefined) holds.push(({ line }) => line.currency === currency)
  if (direction) holds.push(({ line }) => (direction === 'in' ? line.leftMinor > 0 : line.leftMinor < 0))
  return [...holds, ...partyConditions(conditions)]
}

/** An empty text stands in every purpose: it says nothing. */
function sought(texts: readonly string[]): string[] {
  return texts.map((text) => foldText(text).replaceAll(/ +/g, ' ').trim()).filter((text) => text !== '')
}

function partyConditions(conditions: RuleConditions): ((line: RuleLine) => boolean)[] {
  const { accounts, partyAccounts, partyTaxIds, partyName } = conditions
  const holds: ((line: RuleLine) => boolean)[] = []
  const isOneOf = (keys: readonly string[], key: string): boolean => key !== '' && keys.includes(key)
  if (accounts) {
    const keys = accounts.map(accountKey)
    holds.push(({ line }) => isOneOf(keys, accountKey(line.account)))
  }
  if (partyAccounts) {
    const keys = partyAccounts.map(accountKey)
    holds.push(({ line }) => isOneOf(keys, accountKey(line.counterparty.account)))
  }
  if (partyTaxIds) {
    const keys = partyTaxIds.map(taxIdKey)
    holds.push(({ line }) => isOneOf(keys, taxIdKey(line.counterparty.taxId)))
  }
  if (partyName !== undefined) {
    const { words } = nameForm(partyName)
    holds.push((told) => words.length > 0 && words.every((word) => told.words.has(word)))
  }
  return holds
}

/**
 * What `prefer` rules say about the payers of lines, as aliases for matching: certain by such a rule is nothing,
 * as with any alias. A line without name and account of its counterparty gives none.
 */
export function preferredPayers(rules: readonly MatchRule[], lines: readonly MatchLine[]): PayerAlias[] {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const known = new Map<string, PayerAlias>()
  for (const { lineId, effect } of dryRun(rules, lines)) {
    const party = byId.get(lineId)?.counterparty
    if (effect.kind !== 'prefer' || !party || party.name + party.account === '') continue
    const { portalId, payerKey } = effect
    const alias = { portalId, payerKey, name: party.name, account: party.account }
    known.set(JSON.stringify(alias), alias)
  }
  return [...known.values()]
}
