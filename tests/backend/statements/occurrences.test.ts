import { hash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createOccurrenceCounter } from '../../../electron/backend/jobs/compute/occurrences.ts'

const identity = (text: string): string => hash('sha256', text, 'base64url').slice(0, 24)

it('counts as a map of all texts would', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 }), (numbers) => {
      const counter = createOccurrenceCounter()
      const counts = new Map<number, number>()
      for (const value of numbers) {
        const expected = (counts.get(value) ?? 0) + 1
        counts.set(value, expected)
        expect(counter.next(identity(String(value)))).toBe(expected)
      }
    }),
  )
})

it('tells identities apart by any of their first twelve characters, and grows without forgetting', () => {
  const counter = createOccurrenceCounter()
  const plain = 'A'.repeat(24)
  expect(counter.next(plain)).toBe(1)
  // The first character of each half gives two bits only.
  for (let at = 1; at < 12; at += 1) {
    const other = `${plain.slice(0, at)}D${plain.slice(at + 1)}`
    expect(counter.next(other)).toBe(1)
  }
  for (const sign of ['-', '_', '0', '9', 'a', 'z', 'Z'])
    expect(counter.next(`AAAAA${sign}${'B'.repeat(18)}`)).toBe(1)
  for (let index = 0; index < 20_000; index += 1) expect(counter.next(identity(String(index)))).toBe(1)
  for (let index = 0; index < 20_000; index += 7) expect(counter.next(identity(String(index)))).toBe(2)
  expect(counter.next(plain)).toBe(2)
})
