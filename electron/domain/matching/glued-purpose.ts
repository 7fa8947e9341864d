// Two readings of one purpose, as written and glued at the format's line breaks, brought together.

import type { Fragment } from '../../contract/match.ts'
import { isSought } from './purpose-number.ts'
import type { PurposeNumber } from './purpose-number.ts'

/** For each unit of the glued text its place in the purpose; null where the two are not the same text. */
export function placesInPurpose(purpose: string, glued: string): Int32Array | null {
  const places = new Int32Array(glued.length)
  let at = 0
  for (let g = 0; g < glued.length; g += 1) {
    while (at < purpose.length && purpose[at] !== glued[g]) {
      if (!/\s/.test(purpose.charAt(at))) return null
      at += 1
    }
    if (at === purpose.length) return null
    places[g] = at
    at += 1
  }
  return places
}

/** Numbers of both readings; those that only one of them has are unsure. */
export function joinReadings(
  plain: PurposeNumber[],
  glued: PurposeNumber[],
  places: Int32Array | null,
): PurposeNumber[] {
  const placed = glued.map((number) => ({ ...number, fragment: placeOf(number.fragment, places) }))
  const known = new Map(plain.map((number) => [identityOf(number), number]))
  const added = placed.filter((number) => !known.has(identityOf(number)))
  const kept = new Set(placed.map(identityOf))
  const days = new Map(placed.map((number) => [identityOf(number), number.day]))
  const out = plain.map((number) => {
    if (!isSought(number)) return number
    if (!kept.has(identityOf(number))) return { ...number, unsure: true }
    return days.get(identityOf(number)) === number.day ? number : { ...number, day: null }
  })
  for (const number of added) if (isSought(number)) out.push({ ...number, unsure: true })
  return out.sort((a, b) => (a.fragment?.from ?? 0) - (b.fragment?.from ?? 0))
}

function identityOf(number: PurposeNumber): string {
  return `${number.kind} ${number.key} ${number.fragment?.from} ${number.fragment?.to}`
}

function placeOf(fragment: Fragment | null, places: Int32Array | null): Fragment | null {
  if (fragment === null || places === null) return null
  const from = places[fragment.from]
  const last = places[fragment.to - 1]
  return from === undefined || last === undefined ? null : { from, to: last + 1 }
}
