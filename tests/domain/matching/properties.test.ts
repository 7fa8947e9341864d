import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import { isSought } from '../../../electron/domain/matching/purpose-number.ts'
import { readPurpose } from '../../../electron/domain/matching/read-purpose.ts'
import type { MatchInput, MatchPayment, MatchResult } from '../../../electron/domain/matching/types.ts'
import { buildWorld } from '../../kit/matching-world.ts'
import { input, line, payment, romashka } from '../../kit/matching-rows.ts'

const seeds = fc.integer({ min: 1, max: 1_000_000 })

function worldOf(seed: number): MatchInput {
  return buildWorld({ lines: 60, payments: 120, seed }).input
}

/** Everything the answer says, as text; equal texts are equal answers. */
function told(result: MatchResult): string {
  return JSON.stringify(result.lines)
}

/** Purposes, sums and days from small sets, so that lines and payments collide in every way. */
const tangle = fc.record({
  lines: fc.array(
    fc.record({
      purpose: fc.constantFrom(
        'счет 3650',
        'счет 3651/1',
        'счета 3650, 3651',
        'за услуги',
        'счета 3650-3652',
        'заказ 3652',
        'счет 3650/1',
        'возврат по счету 3650/1',
      ),
      leftMinor: fc.constantFrom(100, 200, 300, 400, 600, -100),
      day: fc.integer({ min: 10, max: 20 }),
      isBound: fc.boolean(),
      isRomashka: fc.boolean(),
    }),
    { maxLength: 14 },
  ),
  payments: fc.array(
    fc.record({
      order: fc.integer({ min: 3650, max: 3653 }),
      part: fc.integer({ min: 1, max: 2 }),
      sumMinor: fc.constantFrom(100, 200, 300, 400),
      used: fc.constantFrom(0, 0, 50),
      paid: fc.boolean(),
      ownCompanyId: fc.constantFrom(1, 1, 2, null),
      isElsewhere: fc.boolean(),
    }),
    { maxLength: 14 },
  ),
})

function tangled({
  lines,
  payments,
}: typeof tangle extends fc.Arbitrary<infer Value> ? Value : never): MatchInput {
  return input(
    lines.map((one, at) =>
      line({
        id: at + 1,
        purpose: one.purpose,
        leftMinor: one.leftMinor,
        bankDay: `2026-09-${one.day}`,
        bound: one.isBound ? { portalId: 'p_first001', ownCompanyId: 1 } : null,
        counterparty: one.isRomashka
          ? line().counterparty
          : { name: '', taxId: '', account: '', bankCode: '' },
      }),
    ),
    payments.map((one, at) =>
      payment({
        id: at + 1,
        accountNumber: `${one.order}/${one.part}`,
        orderNumber: String(one.order),
        sumMinor: one.sumMinor,
        leftMinor: one.sumMinor - one.used,
        paid: one.paid,
        paidAt: one.paid ? '2026-09-15T10:00:00.000Z' : null,
        ownCompanyId: one.ownCompanyId,
        portalId: one.isElsewhere ? 'p_other002' : 'p_first001',
        payer: romashka,
      }),
    ),
  )
}

describe('matchLines, whatever the input', () => {
  it('does not depend on the order of lines and payments', () => {
    fc.assert(
      fc.property(seeds, fc.integer(), (seed, shuffle) => {
        const world = worldOf(seed)
        const mixed = <Value>(list: readonly Value[]): Value[] =>
          list
            .map((value, at) => ({ value, key: Math.imul(at + 1, shuffle | 1) >>> 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value)
        expect(
          told(matchLines({ ...world, lines: mixed(world.lines), payments: mixed(world.payments) })),
        ).toBe(told(matchLines(world)))
      }),
      { numRuns: 25 },
    )
  })

  it('does not change by a payment that has nothing to do with any line', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const world = worldOf(seed)
        const unrelated: MatchPayment = {
          ...payment({ id: 999_999, accountNumber: '88888888/1', orderNumber: '88888888', sumMinor: 1 }),
          portalId: world.payments[0]?.portalId ?? 'p_world0001',
          payer: {
            key: 'company:999999',
            names: ['Zzyzx Qwxrt'],
            taxIds: ['9999999999'],
            accounts: ['99999999999999999999'],
          },
        }
        expect(told(matchLines({ ...world, payments: [unrelated, ...world.payments] }))).toBe(
          told(matchLines(world)),
        )
      }),
      { numRuns: 25 },
    )
  })

  it('adds up: allotments and rest are the line, no allotment exceeds its payment', () => {
    fc.assert(
      fc.property(tangle, (knot) => {
        const data = tangled(knot)
        for (const { lineId, proposals } of matchLines(data).lines) {
          const left = data.lines.find(({ id }) => id === lineId)?.leftMinor ?? NaN
          for (const { allotments, restMinor, portalId } of proposals) {
            expect(allotments.reduce((sum, { amountMinor }) => sum + amountMinor, restMinor)).toBe(left)
            expect(new Set(allotments.map(({ paymentId }) => paymentId)).size).toBe(allotments.length)
            for (const { paymentId, amountMinor } of allotments) {
              const own = data.payments.find((one) => one.id === paymentId && one.portalId === portalId)
              expect(Math.sign(amountMinor)).toBe(Math.sign(left))
              expect(Math.abs(amountMinor)).toBeLessThanOrEqual(
                left > 0 ? (own?.leftMinor ?? -1) : (own?.sumMinor ?? -1),
              )
            }
            expect(Math.abs(restMinor)).toBeLessThanOrEqual(Math.abs(left))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never gives a payment away twice in certain and likely proposals', () => {
    fc.assert(
      fc.property(tangle, (knot) => {
        const data = tangled(knot)
        const given = new Map<string, number>()
        for (const { zone, proposals } of matchLines(data).lines) {
          if (zone !== 'certain' && zone !== 'likely') continue
          for (const { paymentId, amountMinor } of proposals[0]?.allotments ?? []) {
            const key = `${proposals[0]?.portalId} ${paymentId}`
            given.set(key, (given.get(key) ?? 0) + amountMinor)
          }
        }
        for (const one of data.payments)
          expect(given.get(`${one.portalId} ${one.id}`) ?? 0).toBeLessThanOrEqual(one.leftMinor)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps to the portal and own company of the account, and is certain only there', () => {
    fc.assert(
      fc.property(tangle, (knot) => {
        const data = tangled(knot)
        for (const { lineId, proposals } of matchLines(data).lines) {
          const bound = data.lines.find(({ id }) => id === lineId)?.bound ?? null
          for (const { portalId, allotments, zone } of proposals) {
            const companies = allotments.map(
              ({ paymentId }) =>
                data.payments.find((one) => one.id === paymentId && one.portalId === portalId)?.ownCompanyId,
            )
            if (bound) expect(portalId).toBe(bound.portalId)
            if (bound) for (const company of companies) expect([1, null]).toContain(company)
            if (zone === 'certain')
              expect([bound, ...companies]).toEqual([
                { portalId, ownCompanyId: 1 },
                ...companies.map(() => 1),
              ])
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('ranks from one, best zone and first', () => {
    fc.assert(
      fc.property(tangle, (knot) => {
        for (const { zone, proposals } of matchLines(tangled(knot)).lines) {
          expect(proposals.map(({ rank }) => rank)).toEqual(proposals.map((_, at) => at + 1))
          expect(zone).toBe(proposals[0]?.zone ?? 'none')
          expect(proposals.slice(1).every((other) => other.zone === 'doubtful')).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('readPurpose, whatever the text', () => {
  const texts = fc
    .array(
      fc.constantFrom(
        'счет',
        ' ',
        '№',
        '3653',
        '/',
        '1',
        '-',
        ',',
        'от',
        '12.09.2026',
        'НДС',
        '20%',
        'договор',
        '𝓐',
        'и',
        '(',
        '\n',
        'İ',
        '００１',
        'руб',
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join(''))

  it('shows every number at its place and never fails', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'grapheme', maxLength: 80 })), (text) => {
        for (const number of readPurpose(text).numbers) {
          const { from, to } = number.fragment ?? { from: -1, to: -1 }
          expect(from).toBeGreaterThanOrEqual(0)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(text.length)
          if (isSought(number)) expect(/\d|[０-９]/.test(text.slice(from, to))).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
