// Payers whose names are nearly a line's name: one letter wrong, swapped, lost, or the end cut off.

import { nameLikeness } from './normalise.ts'
import type { NameForm } from './normalise.ts'
import type { Owing, PortalIndex } from './portal-index.ts'
import { push } from './portal-index.ts'

/** A word that more payers share (a given name, «сервис») leads to none of them. */
const sharersLimit = 150
const likenessFrom = 0.75
const shown = 12

export function findLikelyPayers(name: NameForm, index: PortalIndex): Owing[] {
  if (name.isBank || name.words.length === 0) return []
  const found = new Map<Owing, number>()
  for (const word of name.words) {
    if (word.length < 4) continue
    for (const own of sharersOf(word, index)) {
      if (found.has(own)) continue
      const likeness = Math.max(...own.payer.names.map((form) => nameLikeness(name, form)))
      if (likeness >= likenessFrom) found.set(own, likeness)
    }
  }
  return [...found]
    .sort(([a, likenessA], [b, likenessB]) => likenessB - likenessA || (a.payer.key < b.payer.key ? -1 : 1))
    .slice(0, shown)
    .map(([own]) => own)
}

function sharersOf(word: string, index: PortalIndex): Owing[] {
  const same = index.words.get(word) ?? []
  if (same.length > 0) return same.length > sharersLimit ? [] : same
  return word.length < 5
    ? []
    : nearWords(word, index)
        .flatMap((near) => index.words.get(near) ?? [])
        .slice(0, sharersLimit)
}

/** Words of names that differ from `word` by one letter, or by the swap of two neighbours. */
function nearWords(word: string, index: PortalIndex): string[] {
  index.nearWords ??= buildNearWords(index)
  const near = new Set(index.nearWords.get(word))
  for (const shorter of withoutOne(word)) {
    if (index.words.has(shorter)) near.add(shorter)
    for (const other of index.nearWords.get(shorter) ?? []) near.add(other)
  }
  for (let length = Math.ceil(word.length * 0.75); length < word.length; length += 1)
    if (length >= 6 && index.words.has(word.slice(0, length))) near.add(word.slice(0, length))
  return [...near].sort()
}

function buildNearWords(index: PortalIndex): Map<string, string[]> {
  const near = new Map<string, string[]>()
  for (const word of index.words.keys()) {
    if (word.length < 5) continue
    for (const shorter of withoutOne(word)) push(near, shorter, word)
    for (let length = Math.max(6, Math.ceil(word.length * 0.75)); length < word.length - 1; length += 1)
      push(near, word.slice(0, length), word)
  }
  return near
}

function withoutOne(word: string): Set<string> {
  const shorter = new Set<string>()
  for (let at = 0; at < word.length; at += 1) shorter.add(word.slice(0, at) + word.slice(at + 1))
  return shorter
}
