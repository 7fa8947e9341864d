import { afterEach, describe, expect, it } from 'vitest'
import type { Proposal, ReconcileRow } from '../../../electron/contract/match.ts'
import ReconcileArea from '../../../renderer/src/areas/reconcile/ReconcileArea.vue'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { line, portalId } from '../sample-world.ts'
import { click, find, has, openWindow, press, settle, type } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let open: WorkWindow | undefined
afterEach(() => open?.close())

function allotment(
  paymentId: number,
  accountNumber: string,
  amountMinor: number,
  paymentSumMinor = amountMinor,
): Proposal['allotments'][number] {
  return {
    paymentId,
    amountMinor,
    accountNumber,
    paymentSumMinor,
    paid: false,
    payerName: 'ООО «Ромашка»',
    ownerTitle: '',
    billDay: null,
  }
}

function proposal(patch: Partial<Proposal> = {}): Proposal {
  return {
    rank: 1,
    zone: 'likely',
    confidence: 0.8,
    portalId,
    allotments: [allotment(901, '3653/1', 1_243_000)],
    restMinor: 0,
    reasons: [],
    ...patch,
  }
}

const left = (ids: number[]): ReconcileRow[] =>
  ids.map((id) => ({
    line: { ...line(0), id: id as never, amountMinor: 1_243_000, standing: 'proposed' },
    zone: 'likely',
    best: null,
    decision: null,
  }))

/** Three lines, 11, 12 and 13; what is accepted, ignored or held leaves them. */
async function threeLines(proposals: Proposal[], answers: Answers = {}): Promise<WorkWindow> {
  let ids = [11, 12, 13]
  const decided = (kind: 'accept' | 'ignore' | 'hold', id: number) => {
    ids = ids.filter((one) => one !== id)
    return ok({ decisionId: 700 + id, kind, lines: 1, sums: [{ minor: 1_243_000, currency: 'RUB' }] })
  }
  open = await openWindow(ReconcileArea, {
    hash: '#/reconcile',
    answers: {
      'matches.page': () => ok({ rows: left(ids), total: ids.length, revision: 1 }),
      'matches.candidates': ({ lineId }) =>
        ok({ line: { ...line(0), id: lineId as never }, proposals, leftMinor: 1_243_000 }),
      'matches.accept': ({ lineId }) => decided('accept', lineId),
      'matches.ignore': ({ lineIds }) => decided('ignore', lineIds[0] ?? 0),
      'matches.hold': ({ lineId }) => decided('hold', lineId),
      'matches.reject': () => ok({ decisionId: 1, kind: 'reject', lines: 1, sums: [] }),
      'matches.undo': () => {
        ids = [11, 12, 13]
        return ok({ decisionId: 2, kind: 'release', lines: 1, sums: [] })
      },
      ...answers,
    },
  })
  return open
}

const lastAsked = (window: WorkWindow) => window.bridge.inputsOf('matches.candidates').at(-1)?.lineId

describe('deciding by keyboard', () => {
  it('Enter accepts what is shown, and the next line comes by itself', async () => {
    const window = await threeLines([proposal()])
    await press('Enter')
    expect(window.bridge.inputsOf('matches.accept')).toEqual([
      { lineId: 11, portalId, allotments: [{ paymentId: 901, amountMinor: 1_243_000 }], overAllowed: false },
    ])
    expect(lastAsked(window)).toBe(12)
    await press('Enter')
    expect(window.bridge.inputsOf('matches.accept')[1]?.lineId).toBe(12)
  })

  it('a second Enter before the next proposal is there accepts nothing', async () => {
    const window = await threeLines([proposal()])
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    )
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    )
    await settle()
    expect(window.bridge.inputsOf('matches.accept')).toHaveLength(1)
  })

  it('a line of which something remains stays under review', async () => {
    const window = await threeLines([
      proposal({ restMinor: 5_000, allotments: [allotment(901, '3653/1', 1_238_000)] }),
    ])
    await press('Enter')
    expect(lastAsked(window)).toBe(11)
  })

  it('J and K move, C takes the next candidate', async () => {
    const window = await threeLines([
      proposal(),
      proposal({ rank: 2, allotments: [allotment(902, '3611/1', 1_243_000)] }),
    ])
    await press('j')
    await press('j')
    await press('k')
    expect(lastAsked(window)).toBe(12)
    await press('c')
    await press('Enter')
    expect(window.bridge.inputsOf('matches.accept')[0]).toMatchObject({
      lineId: 12,
      allotments: [{ paymentId: 902, amountMinor: 1_243_000 }],
    })
  })

  it('X rejects the payments of the proposal and stays on the line', async () => {
    const window = await threeLines([proposal()])
    await press('x')
    expect(window.bridge.inputsOf('matches.reject')).toEqual([{ lineId: 11, portalId, paymentIds: [901] }])
    expect(lastAsked(window)).toBe(11)
  })

  it('U takes the last decision back and returns to its line', async () => {
    const window = await threeLines([proposal()])
    await press('Enter')
    await press('u')
    expect(window.bridge.inputsOf('matches.undo')).toEqual([{ decisionId: 711 }])
    expect(lastAsked(window)).toBe(11)
  })

  it('U asks before it takes back many lines at once, with how many and how much', async () => {
    const many = {
      decisionId: 801,
      kind: 'acceptCertain' as const,
      lines: 163,
      sums: [{ minor: 190_422_000, currency: 'RUB' }],
    }
    const window = await threeLines([proposal()], { 'matches.undoable': () => ok(many) })
    await press('u')
    expect(window.bridge.inputsOf('matches.undo')).toEqual([])
    expect(document.querySelector('[role="dialog"]')?.textContent).toMatch(
      /Take back 163 matches, 1,904,220\.00\sRUB\?/,
    )
    document.querySelector('#confirm-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(window.bridge.inputsOf('matches.undo')).toEqual([{ decisionId: 801 }])
  })

  it('opens the plan that was asked for elsewhere, once', async () => {
    const some = { count: 3, sums: [{ minor: 3_729_000, currency: 'RUB' }] }
    const none = { count: 0, sums: [] }
    const summary = {
      left: 5,
      leftSums: [],
      byZone: { certain: none, likely: none, doubtful: none, none },
      decided: 3,
      toPay: some,
      certain: { ...none, digest: 'd' },
    }
    open = await openWindow(ReconcileArea, {
      hash: '#/reconcile?plan=1',
      answers: { 'matches.summary': () => ok(summary) },
    })
    await settle()
    expect(open.bridge.inputsOf('operations.plan')).toHaveLength(1)
    expect(open.bridge.inputsOf('operations.plan')[0]).toMatchObject({ kind: 'payMatched' })
    expect(open.router.place.value.query).toEqual({})
  })

  it('works with Russian letters on the same keys', async () => {
    const window = await threeLines([proposal()])
    await press('о')
    expect(lastAsked(window)).toBe(12)
    await press('ч')
    expect(window.bridge.inputsOf('matches.reject')[0]?.lineId).toBe(12)
  })

  it('accepts nothing where there is no proposal', async () => {
    const window = await threeLines([])
    await press('Enter')
    expect(window.bridge.inputsOf('matches.accept')).toEqual([])
    expect(has('no-proposal')).toBe(true)
  })
})

describe('a payment that would get more than its sum', () => {
  it('is asked about before it is accepted', async () => {
    const window = await threeLines([
      proposal({ allotments: [allotment(901, '3653/1', 1_243_000, 1_000_000)] }),
    ])
    await press('Enter')
    expect(window.bridge.inputsOf('matches.accept')).toEqual([])
    await click('accept-over')
    expect(window.bridge.inputsOf('matches.accept')[0]?.overAllowed).toBe(true)
  })

  it('is asked about when only the backend knew', async () => {
    const window = await threeLines([proposal()], {
      'matches.accept': () => no({ code: 'match.overPayment', leftMinor: 0 }),
    })
    await press('Enter')
    expect(has('accept-over')).toBe(true)
    expect(lastAsked(window)).toBe(11)
  })
})

describe('the forms', () => {
  it('S splits with amounts to the kopeck and shows what remains', async () => {
    const window = await threeLines([proposal()])
    await press('s')
    await type('split-amount-3653/1', '12 429,99')
    expect(find('split-rest').textContent?.replaceAll('\u00a0', ' ').trim()).toBe('Remains: 0.01 RUB')
    await click('split-accept')
    expect(window.bridge.inputsOf('matches.accept')[0]?.allotments).toEqual([
      { paymentId: 901, amountMinor: 1_242_999 },
    ])
  })

  it('a split of a refund keeps its sign', async () => {
    const window = await threeLines(
      [proposal({ allotments: [allotment(901, '3653/1', -1_243_000, 1_243_000)] })],
      {
        'matches.candidates': ({ lineId }) =>
          ok({
            line: { ...line(0), id: lineId as never, amountMinor: -1_243_000 },
            proposals: [proposal({ allotments: [allotment(901, '3653/1', -1_243_000, 1_243_000)] })],
            leftMinor: -1_243_000,
          }),
      },
    )
    await press('s')
    await click('split-accept')
    expect(window.bridge.inputsOf('matches.accept')[0]?.allotments).toEqual([
      { paymentId: 901, amountMinor: -1_243_000 },
    ])
  })

  it('a split beyond the line cannot be accepted', async () => {
    const window = await threeLines([proposal()])
    await press('s')
    await type('split-amount-3653/1', '12430,01')
    await click('split-accept')
    expect(window.bridge.inputsOf('matches.accept')).toEqual([])
  })

  it('I ignores with a reason', async () => {
    const window = await threeLines([proposal()])
    await press('i')
    await click('ignore-accept')
    expect(window.bridge.inputsOf('matches.ignore')).toEqual([{ lineIds: [11], reason: 'fee', note: '' }])
    expect(lastAsked(window)).toBe(12)
  })

  it('Escape leaves a form without deciding', async () => {
    const window = await threeLines([proposal()])
    await press('h')
    expect(has('hold-form')).toBe(true)
    await press('Escape', find('hold-form'))
    expect(has('hold-form')).toBe(false)
    expect(window.bridge.inputsOf('matches.hold')).toEqual([])
  })
})

describe('accept all certain', () => {
  const certain = { count: 163, sums: [{ minor: 190_422_000, currency: 'RUB' }], digest: 'seen-digest' }

  it('says count and sums once more and sends back the digest that was seen', async () => {
    const window = await threeLines([proposal()], {
      'matches.summary': () =>
        ok({
          left: 3,
          leftSums: [],
          byZone: { certain, likely: certain, doubtful: certain, none: certain },
          decided: 0,
          toPay: { count: 0, sums: [] },
          certain,
        }),
      'matches.acceptCertain': () =>
        ok({ decisionId: 9, kind: 'acceptCertain', lines: 163, sums: certain.sums }),
    })
    await click('certain-ask')
    expect(window.bridge.inputsOf('matches.acceptCertain')).toEqual([])
    expect(find('certain-confirm').textContent?.replaceAll('\u00a0', ' ').trim()).toBe(
      'Accept 163, 1,904,220.00 RUB',
    )
    await click('certain-confirm')
    expect(window.bridge.inputsOf('matches.acceptCertain')).toEqual([
      { digest: 'seen-digest', filter: { portalId, direction: 'both', state: 'left' } },
    ])
  })

  it('asks again when the proposals changed meanwhile', async () => {
    await threeLines([proposal()], { 'matches.acceptCertain': () => no({ code: 'match.changed' }) })
    await click('certain-ask')
    await click('certain-confirm')
    expect(has('certain-confirm')).toBe(false)
    expect(document.body.textContent).toContain('The proposals changed meanwhile')
  })
})

it('says which account is not bound and where to bind it', async () => {
  const window = await threeLines([proposal()])
  expect(find('unbound').textContent).toContain('DE89370400440532013000')
  find('unbound').querySelector('button')?.click()
  expect(window.router.place.value).toEqual({ area: 'statements', query: { view: 'accounts' } })
})
