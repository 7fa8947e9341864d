// Payers named in the words of a purpose: «за ООО Ромашка», «Плательщик: Иванов И. И.», «ИНН 7702123456», or behind
// the bank's name in the counterparty. Somebody else's money may be theirs, and a bank's is.

import type { Fragment } from '../../contract/match.ts'
import type { Owing, PortalIndex } from './portal-index.ts'
import type { ReadyLine, ReadyPayer, SpokenWord } from './prepare.ts'
import { isAlike, weightOfWord } from './normalise.ts'

/** A word that more payers share begins the search only for those of whom another word is heard as it stands. */
const sharersLimit = 40
/** A given name, a patronymic: too common to begin any search. */
const commonLimit = 400
/** A name of one word that more payers bear tells none of them. */
const namesakesLimit = 8
const window = 4
const shareFrom = 0.8

export interface Mention {
  payer: ReadyPayer
  /** The payer's name as the portal has it. */
  name: string
  fragment: Fragment | null
}

export function findMentions(line: ReadyLine, index: PortalIndex): Map<Owing, Mention> {
  const found = new Map<Owing, Mention>()
  for (const { taxId, fragment } of line.spokenTaxIds) {
    for (const own of (index.payers.get(`t${taxId}`) ?? []).slice(0, 3))
      found.set(own, { payer: own.payer, name: own.payer.written[0] ?? '', fragment })
  }
  const words = line.spoken()
  const heard = new Set(words.map(({ word }) => word))
  for (const [at, { word }] of words.entries()) {
    if (word.length < 4) continue
    for (const stem of [word, word.slice(0, -1), word.slice(0, -2)]) {
      const sharers = stem.length < 4 ? [] : (index.words.get(stem) ?? [])
      if (sharers.length > commonLimit) continue
      const isCommon = sharers.length > sharersLimit
      for (const own of sharers) {
        if (found.has(own) || (isCommon && !isHeardTwice(own, heard))) continue
        const mention = readMention(words, at, own.payer, sharers.length)
        if (mention) found.set(own, mention)
      }
    }
  }
  return found
}

function isHeardTwice({ payer }: Owing, heard: ReadonlySet<string>): boolean {
  return payer.names.some(({ words }) => words.filter((word) => heard.has(word)).length >= 2)
}

/** Whether the purpose names this very payer, however many share its words. */
export function findMention(line: ReadyLine, payer: ReadyPayer): Mention | null {
  for (const { taxId, fragment } of line.spokenTaxIds)
    if (payer.taxIds.includes(taxId)) return { payer, name: payer.written[0] ?? '', fragment }
  const words = line.spoken()
  for (const [at, { word }] of words.entries()) {
    if (word.length < 4 || !payer.names.some((form) => form.words.some((own) => isSpokenAs(word, own))))
      continue
    const mention = readMention(words, at, payer, 1)
    if (mention) return mention
  }
  return null
}

function readMention(
  words: readonly SpokenWord[],
  at: number,
  payer: ReadyPayer,
  sharers: number,
): Mention | null {
  const near = words.slice(Math.max(0, at - window), at + window + 1)
  for (const [which, form] of payer.names.entries()) {
    const isOneWord = form.words.length === 1
    if (isOneWord && !(words[at]?.isTitled && sharers <= namesakesLimit)) continue
    const taken = new Set<SpokenWord>()
    let shared = 0
    let all = 0
    for (const word of form.words) {
      all += weightOfWord(word)
      const partner = near.find((other) => !taken.has(other) && isSpokenAs(other.word, word))
      if (!partner) continue
      taken.add(partner)
      shared += weightOfWord(word)
    }
    if (all === 0 || shared / all < shareFrom || taken.size < Math.min(2, form.words.length)) continue
    return { payer, name: payer.written[which] ?? '', fragment: fragmentOf(taken) }
  }
  return null
}

/** Equal, one letter off, another case ending («Иванова» of «Иванов»), or its initial. */
function isSpokenAs(spoken: string, word: string): boolean {
  if (isAlike(spoken, word)) return true
  if (spoken.length === 1) return word.startsWith(spoken)
  const stem = Math.min(spoken.length, word.length) - (Math.min(spoken.length, word.length) > 5 ? 2 : 1)
  return (
    stem >= 3 && Math.abs(spoken.length - word.length) <= 2 && spoken.slice(0, stem) === word.slice(0, stem)
  )
}

/** Null where a word stands in the counterparty's name instead of the purpose. */
function fragmentOf(words: ReadonlySet<SpokenWord>): Fragment | null {
  const places = [...words].map(({ from, to }) => ({ from, to }))
  if (places.some(({ from }) => from < 0)) return null
  return { from: Math.min(...places.map(({ from }) => from)), to: Math.max(...places.map(({ to }) => to)) }
}
