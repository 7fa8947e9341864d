import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pairAlike } from '../../electron/backend/ledger/doubtful-pairs.ts'
import type { Alike } from '../../electron/backend/ledger/doubtful-pairs.ts'

const alike = (id: number, given: Partial<Alike> = {}): Alike => ({
  id,
  format: '1c',
  partyAccount: '',
  partyTaxId: '',
  documentNumber: '',
  bankReference: '',
  ...given,
})

it('takes what both say differently as proof, and silence as none', () => {
  const theirs = [alike(10, { partyAccount: '40702810000000000099', partyTaxId: '7700000001' })]
  expect(pairAlike([alike(1)], theirs)).toEqual([{ id: 1, twin: 10 }])
  expect(pairAlike([alike(1, { partyTaxId: '7700000002' })], theirs)).toEqual([])
  expect(pairAlike([alike(1, { partyAccount: '40702810000000000098' })], theirs)).toEqual([])
})

it.each([
  ['an IBAN and the bank code with the number in it', 'DE89370400440532013000', '37040044/532013000'],
  ['an IBAN in groups', 'DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
  ['a number with zeros before it', '0000012345', '12345'],
])('knows one account by its end: %s', (_, mine, theirs) => {
  expect(pairAlike([alike(1, { partyAccount: mine })], [alike(2, { partyAccount: theirs })])).toEqual([
    { id: 1, twin: 2 },
  ])
})

it('reads a tax id with a branch code, and a nought as none', () => {
  const theirs = [alike(2, { partyTaxId: '7700000001' })]
  expect(pairAlike([alike(1, { partyTaxId: '7700000001/770001001' })], theirs)).toHaveLength(1)
  expect(pairAlike([alike(1, { partyTaxId: '0' })], theirs)).toHaveLength(1)
})

it('pairs those that say most first, each with what says the most of the same', () => {
  const named = { partyAccount: '40702810000000000099' }
  expect(pairAlike([alike(1), alike(2, named)], [alike(10, named), alike(11)])).toEqual([
    { id: 2, twin: 10 },
    { id: 1, twin: 11 },
  ])
})

const lines = (first: number) =>
  fc
    .array(
      fc.record({
        format: fc.constantFrom('1c' as const, 'camt.053' as const),
        partyAccount: fc.constantFrom('', '111111', '222222'),
        partyTaxId: fc.constantFrom('', '7', '8'),
        documentNumber: fc.constantFrom('', '1', '2'),
        bankReference: fc.constantFrom('', 'A', 'B'),
      }),
      { maxLength: 12 },
    )
    .map((found) => found.map((line, index) => ({ ...line, id: first + index })))

const differ = (a: string, b: string): boolean => a !== '' && b !== '' && a !== b
const apart = (a: Alike, b: Alike): boolean =>
  differ(a.partyAccount, b.partyAccount) ||
  differ(a.partyTaxId, b.partyTaxId) ||
  (a.format === b.format &&
    (differ(a.documentNumber, b.documentNumber) || differ(a.bankReference, b.bankReference)))

it('pairs only what may be equal, each line once, and leaves no pair over', () => {
  fc.assert(
    fc.property(lines(0), lines(100), (mine, theirs) => {
      const pairs = pairAlike(mine, theirs)
      const by = new Map([...mine, ...theirs].map((line) => [line.id, line]))
      const at = (id: number): Alike => by.get(id) ?? alike(-1)
      expect(pairs.every(({ id, twin }) => !apart(at(id), at(twin)))).toBe(true)
      expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length)
      expect(new Set(pairs.map(({ twin }) => twin)).size).toBe(pairs.length)
      const freeMine = mine.filter((line) => !pairs.some(({ id }) => id === line.id))
      const freeTheirs = theirs.filter((line) => !pairs.some(({ twin }) => twin === line.id))
      expect(freeMine.every((line) => freeTheirs.every((found) => apart(line, found)))).toBe(true)
    }),
  )
})

it('needs no more than a moment for a hundred thousand lines of one sum and day', () => {
  const many = (first: number, format: Alike['format']): Alike[] =>
    Array.from({ length: 50_000 }, (_, index) =>
      alike(first + index, {
        format,
        documentNumber: String(first + index),
        partyTaxId: index % 2 ? '' : String(7_700_000_000 + index),
      }),
    )
  const before = performance.now()
  // Every document differs, so that each line has to look at all others, were they not sorted by what they say.
  expect(pairAlike(many(1, '1c'), many(100_000, '1c'))).toEqual([])
  expect(pairAlike(many(1, '1c'), many(100_000, 'ofx'))).toHaveLength(50_000)
  expect(performance.now() - before).toBeLessThan(10_000)
})
