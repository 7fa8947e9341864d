import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import type { MatchInput, MatchPayer } from '../../../electron/domain/matching/types.ts'
import { buildBooks } from '../../kit/matching-books.ts'
import { buildMarket } from '../../kit/matching-market.ts'
import { input, line, payment } from '../../kit/matching-rows.ts'
import { isTruth, tally } from '../../kit/matching-tally.ts'

/** A payer and how a bank prints them. */
interface Somebody {
  payer: MatchPayer
  name: string
  taxId: string
  account: string
}

const words = [
  'Ромашка',
  'Вектор',
  'Ромашка Плюс',
  'Вектор-М',
  'Северный ветер',
  'Строй Сервис',
  'Иванов Иван Иванович',
  'Иванов Игорь Ильич',
  'Петрова Анна',
]

/** What the portal knows of each of two different payers, and what the bank shows of the one who pays. */
const pairs = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...words), { minLength: 2, maxLength: 2 }),
    knownTaxIds: fc.tuple(fc.boolean(), fc.boolean()),
    knownAccounts: fc.tuple(fc.boolean(), fc.boolean()),
    shownName: fc.constantFrom('whole', 'upper', 'none', 'bank', 'cut'),
    shownTaxId: fc.boolean(),
    shownAccount: fc.boolean(),
    isKnown: fc.boolean(),
    purpose: fc.constantFrom(
      'Оплата по счету № 3653/1 от 10.09.2026',
      'СЧЕТУ3653/1',
      'счет 3653',
      'Заказ № 3653/1',
      'Invoice 3653/1',
      '3653/1',
      'Оплата по счету № 36\n53/1',
    ),
    hasOwn: fc.boolean(),
    hasSiblings: fc.boolean(),
    isEarlier: fc.boolean(),
  })
  .map((about) => ({ ...about, somebody: about.names.map((name, at) => somebody(name, at, about)) }))

function somebody(
  name: string,
  at: number,
  about: { knownTaxIds: [boolean, boolean]; knownAccounts: [boolean, boolean] },
): Somebody {
  const taxId = `770212345${at}`
  const account = `4070281090000000000${at}`
  const payer = {
    key: `company:${at + 1}`,
    names: [name],
    taxIds: about.knownTaxIds[at] ? [taxId] : [],
    accounts: about.knownAccounts[at] ? [account] : [],
  }
  return { payer, name, taxId, account }
}

function shownName(name: string, how: string): string {
  if (how === 'none') return ''
  if (how === 'bank') return 'ПАО СБЕРБАНК'
  if (how === 'cut') return name.slice(0, Math.ceil(name.length * 0.7))
  return how === 'upper' ? `ООО "${name.toUpperCase()}"` : name
}

describe('a payer who writes the number and the exact sum of somebody else’s invoice', () => {
  it('never gets it into the certain zone', () => {
    fc.assert(
      fc.property(pairs, (about) => {
        const [victim, writer] = about.somebody
        if (!victim || !writer) return
        const theirs = payment({ id: 1, payer: victim.payer })
        const own = payment({ id: 2, accountNumber: '4000/1', orderNumber: '4000', payer: writer.payer })
        const sibling = payment({ id: 3, accountNumber: '3653/2', payer: victim.payer })
        const data: MatchInput = input(
          [
            line({
              purpose: about.purpose,
              purposeGlued: about.purpose.includes('\n') ? about.purpose.replace('\n', '') : null,
              bankDay: about.isEarlier ? '2026-09-11' : '2026-09-20',
              counterparty: {
                name: shownName(writer.name, about.shownName),
                taxId: about.shownTaxId ? writer.taxId : '',
                account: about.shownAccount ? writer.account : '',
                bankCode: '',
              },
            }),
          ],
          [theirs, ...(about.hasOwn || about.isKnown ? [own] : []), ...(about.hasSiblings ? [sibling] : [])],
        )
        const [match] = matchLines(data).lines
        const isNamesake = about.shownName === 'cut' && victim.name.startsWith(shownName(writer.name, 'cut'))
        if (match?.zone === 'certain' && !isNamesake)
          expect(match.proposals[0]?.allotments.map(({ paymentId }) => paymentId)).not.toContain(1)
      }),
      { numRuns: 1500 },
    )
  })

  it('does not get it in worlds made of such lines among others', () => {
    for (const world of [
      buildBooks({ lines: 2500, payments: 5000, seed: 7 }),
      buildMarket({ lines: 2500, payments: 5000, seed: 7 }),
    ]) {
      const wrong = matchLines(world.input).lines.filter(({ lineId, zone, proposals }) => {
        const truth = world.truth.get(lineId)
        return zone === 'certain' && !isTruth(proposals[0]?.allotments ?? [], truth?.paymentIds ?? [])
      })
      expect(wrong).toEqual([])
    }
  })
})

describe.each([
  ['books', buildBooks, 0.95],
  ['market', buildMarket, 0.95],
] as const)('the world of %s', (_name, build, share) => {
  it('has most lines that a person could tell certain or likely, and right', () => {
    const world = build({ lines: 2500, payments: 5000, seed: 21 })
    const found = tally(matchLines(world.input), world.truth)
    expect(found.certain.wrong).toBe(0)
    expect(found.told).toBeGreaterThan(1500)
    expect(found.toldFound / found.told).toBeGreaterThan(share)
    expect(found.likely.wrong).toBeLessThan(found.likely.right * 0.02)
  })
})

describe('money that does not stay', () => {
  const back = line({
    id: 2,
    leftMinor: -1_243_000,
    bankDay: '2026-09-15',
    purpose: 'Сторно по счету 3653/1',
    reversal: true,
  })

  it('is believed no more than doubtfully once the bank took it back, and says by which line', () => {
    const [first] = matchLines(input([line(), back], [payment()])).lines
    expect(first?.zone).toBe('doubtful')
    expect(first?.proposals[0]?.reasons).toContainEqual({ kind: 'reversed', agrees: false, lineId: 2 })
  })

  it.each([
    ['came back before it came', { bankDay: '2026-09-01' }],
    ['is another sum', { leftMinor: -1_000 }],
    ['stands on another account', { account: '40702810100000000002' }],
    [
      'is of another payer and names nothing',
      {
        purpose: 'Сторно',
        counterparty: {
          ...line().counterparty,
          name: 'Вектор',
          taxId: '5001987654',
          account: '40702810300000000003',
        },
      },
    ],
  ])('is not taken back by money that %s', (_title, change) => {
    expect(matchLines(input([line(), { ...back, ...change }], [payment()])).lines[0]?.zone).toBe('certain')
  })

  it('pays once when it is sent twice: the first line is likely, the later one doubtful', () => {
    const lines = [line({ id: 1, bankDay: '2026-09-20' }), line({ id: 2, bankDay: '2026-09-14' })]
    expect(matchLines(input(lines, [payment()])).lines.map(({ zone }) => zone)).toEqual([
      'doubtful',
      'likely',
    ])
  })

  it('pays nothing between own accounts', () => {
    const between = line({ counterparty: { ...line().counterparty, account: '40702810100000000099' } })
    const other = line({ id: 2, account: '40702810100000000099', purpose: 'за услуги', leftMinor: 1 })
    expect(matchLines(input([between, other], [payment()])).lines[0]?.zone).toBe('none')
    const ownAccounts = ['40702810100000000099']
    expect(matchLines(input([between], [payment()], { ownAccounts })).lines[0]?.zone).toBe('none')
  })
})
