// The short form of `npm run fuzz`: the same mutations from a fixed seed, a hundred cases a format.

import { describe, expect, it } from 'vitest'
import { createRandom } from '../../electron/demo-portal/data/random.ts'
import { cutAnywhere, readSpoilt } from './check.ts'
import { mutate } from './mutate.ts'
import { fuzzFormats, seedsOf } from './seeds.ts'

const cases = 100

describe('spoilt statements are read or refused, and nothing else', () => {
  it.each(fuzzFormats)('%s', (format) => {
    const seeds = seedsOf(format)
    let read = 0
    for (let number = 1; number <= cases; number += 1) {
      const random = createRandom(`test/${format}/${number}`)
      const bytes = mutate(seeds, random)
      const pieces = cutAnywhere(bytes, () => random.integer(1, 20_000))
      if (readSpoilt(pieces, random.chance(0.6) ? format : null).refused === null) read += 1
    }
    // Were everything refused, nothing would have been tried.
    expect(read).toBeGreaterThan(0)
  })

  it.each(fuzzFormats)('%s: its whole seeds are read', (format) => {
    const [own] = seedsOf(format)
    if (!own) throw new Error(`no seed for ${format}`)
    const reading = readSpoilt([own.bytes], null)
    expect(reading).toMatchObject({ refused: null })
    expect(reading.lines).toBeGreaterThan(0)
  })
})
