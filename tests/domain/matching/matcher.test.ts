import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Matcher } from '../../../electron/domain/matching/matcher.ts'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import type {
  MatchChange,
  MatchInput,
  MatchLine,
  MatchPayment,
  PayerAlias,
} from '../../../electron/domain/matching/types.ts'
import { input, line, payment } from '../../kit/matching-rows.ts'
import { buildBooks } from '../../kit/matching-books.ts'
import { chanceOf, pick } from '../../kit/matching-truth.ts'
import type { Random } from '../../kit/matching-truth.ts'

/** A decision as a person could make it: what changes, and the input as it stands afterwards. */
interface Step {
  change: MatchChange
  after: MatchInput
}

function decide(data: MatchInput, matcher: Matcher, random: Random): Step {
  const one = pick(data.lines, random)
  const best = matcher.result().lines.find(({ lineId }) => lineId === one.id)?.proposals[0]
  const kinds = best ? [accept, accept, accept, reject, ignore, unpay, alter] : [ignore, unpay, alter]
  return pick(kinds, random)(data, one, best?.allotments ?? [], random)
}

type Decide = (
  data: MatchInput,
  one: MatchLine,
  allotments: readonly { paymentId: number; amountMinor: number }[],
  random: Random,
) => Step

/** The line's best proposal is accepted: its money and the payments' money is used up, the payer is remembered. */
const accept: Decide = (data, one, allotments) => {
  const given = allotments.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const lines = [{ ...one, leftMinor: one.leftMinor - given }]
  const payments = data.payments.flatMap((own) => {
    const part = allotments.find(({ paymentId }) => paymentId === own.id)
    return part ? [{ ...own, leftMinor: Math.max(0, own.leftMinor - Math.abs(part.amountMinor)) }] : []
  })
  const aliases: PayerAlias[] = payments.flatMap(({ portalId, payer }) =>
    payer
      ? [{ portalId, payerKey: payer.key, name: one.counterparty.name, account: one.counterparty.account }]
      : [],
  )
  return {
    change: { lines, payments, aliases },
    after: { ...withRows(data, lines, payments), aliases: [...data.aliases, ...aliases] },
  }
}

const reject: Decide = (data, one, allotments, random) => {
  const owner = data.payments.find(({ id }) => id === pick(allotments, random).paymentId)
  const rejected = [{ lineId: one.id, portalId: owner?.portalId ?? '', paymentId: owner?.id ?? 0 }]
  return { change: { rejected }, after: { ...data, rejected: [...data.rejected, ...rejected] } }
}

const ignore: Decide = (data, one) => ({
  change: { removedLines: [one.id] },
  after: { ...data, lines: data.lines.filter(({ id }) => id !== one.id) },
})

/** A payment is opened again, or marked paid in the portal. */
const unpay: Decide = (data, _one, _allotments, random) => {
  const own = pick(data.payments, random)
  const paid = random() < 0.5
  const payments = [
    { ...own, leftMinor: own.sumMinor, paid, paidAt: paid ? `${own.billDay}T09:00:00.000Z` : null },
  ]
  return { change: { payments }, after: withRows(data, [], payments) }
}

/** A line comes back with another sum, as after an undone match; sometimes as the bank's reversal of another. */
const alter: Decide = (data, one, _allotments, random) => {
  const other = pick(data.lines, random)
  const lines = [
    { ...one, leftMinor: random() < 0.3 ? -other.leftMinor : other.leftMinor, reversal: random() < 0.3 },
  ]
  return { change: { lines }, after: withRows(data, lines, []) }
}

function withRows(data: MatchInput, lines: MatchLine[], payments: MatchPayment[]): MatchInput {
  return {
    ...data,
    lines: data.lines.map((own) => lines.find(({ id }) => id === own.id) ?? own),
    payments: data.payments.map(
      (own) => payments.find(({ id, portalId }) => id === own.id && portalId === own.portalId) ?? own,
    ),
  }
}

describe('Matcher', () => {
  it('answers after every decision what matching everything anew would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (seed) => {
        const random = chanceOf(seed)
        let data: MatchInput = buildBooks({ lines: 120, payments: 160, seed }).input
        const matcher = new Matcher(data)
        for (let step = 0; step < 10; step += 1) {
          const { change, after } = decide(data, matcher, random)
          expect(matcher.update(change)).not.toBeNull()
          data = after
          const anew = matchLines(data).lines
          const kept = matcher.result().lines
          expect(kept.map(({ lineId }) => lineId)).toEqual(anew.map(({ lineId }) => lineId))
          for (const [at, match] of kept.entries()) expect(match).toEqual(anew[at])
        }
      }),
      { numRuns: 8 },
    )
  })

  it('takes back what a decision taught', () => {
    const data = input(
      [
        line({
          purpose: 'за услуги',
          counterparty: { ...line().counterparty, name: 'Петров', taxId: '', account: '' },
        }),
      ],
      [payment()],
    )
    const alias = { portalId: 'p_first001', payerKey: 'company:1', name: 'Петров', account: '' }
    const matcher = new Matcher(data)
    const zones = [
      matcher.result(),
      { lines: matcher.update({ aliases: [alias] }) ?? [] },
      { lines: matcher.update({ forgottenAliases: [alias] }) ?? [] },
    ].map(({ lines }) => lines[0]?.zone)
    expect(zones).toEqual(['doubtful', 'likely', 'doubtful'])
  })

  it('takes a rejection back', () => {
    const pair = { lineId: 1, portalId: 'p_first001', paymentId: 1036 }
    const matcher = new Matcher(input([line()], [payment()], { rejected: [pair] }))
    expect(matcher.result().lines[0]?.zone).toBe('none')
    expect(matcher.update({ unrejected: [pair] })?.[0]?.zone).toBe('certain')
  })

  it('cannot follow a payment it does not know, nor one of another number, nor a new own account', () => {
    const matcher = new Matcher(input([line()], [payment()]))
    expect(matcher.update({ payments: [payment({ id: 5 })] })).toBeNull()
    expect(matcher.update({ payments: [payment({ accountNumber: '1/1' })] })).toBeNull()
    expect(matcher.update({ lines: [line({ id: 9, account: '40702810100000000077' })] })).toBeNull()
    expect(matcher.result().lines[0]?.zone).toBe('certain')
  })

  it('takes in a new line of a known account', () => {
    const matcher = new Matcher(input([line()], [payment()]))
    const zones = matcher.update({ lines: [line({ id: 2, bankDay: '2026-09-15' })] })?.map(({ zone }) => zone)
    expect(zones).toEqual(['doubtful', 'doubtful'])
  })
})
