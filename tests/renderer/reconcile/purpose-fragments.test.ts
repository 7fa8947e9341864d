import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cutPurpose,
  fragmentsOf,
  numbersIn,
} from '../../../renderer/src/areas/reconcile/purpose-fragments.ts'

describe('cutting a purpose', () => {
  it('marks what a reason points at', () => {
    expect(cutPurpose('Оплата по счету № 3653/1 от 12.09', [{ from: 18, to: 24 }])).toEqual([
      { text: 'Оплата по счету № ', marked: false },
      { text: '3653/1', marked: true },
      { text: ' от 12.09', marked: false },
    ])
  })

  it('joins fragments that overlap or touch, in whatever order they come', () => {
    expect(
      cutPurpose('abcdefgh', [
        { from: 4, to: 6 },
        { from: 1, to: 3 },
        { from: 2, to: 4 },
      ]),
    ).toEqual([
      { text: 'a', marked: false },
      { text: 'bcdef', marked: true },
      { text: 'gh', marked: false },
    ])
  })

  it('leaves out what lies beyond the text', () => {
    expect(
      cutPurpose('abc', [
        { from: -2, to: 1 },
        { from: 2, to: 90 },
        { from: 50, to: 60 },
        { from: 2, to: 1 },
      ]),
    ).toEqual([
      { text: 'a', marked: true },
      { text: 'b', marked: false },
      { text: 'c', marked: true },
    ])
  })

  it('never loses or doubles a letter', () => {
    const fragment = fc.record({
      from: fc.integer({ min: -5, max: 60 }),
      to: fc.integer({ min: -5, max: 60 }),
    })
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), fc.array(fragment, { maxLength: 6 }), (text, fragments) => {
        expect(
          cutPurpose(text, fragments)
            .map((one) => one.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})

it('takes the fragments of the reasons that have one', () => {
  expect(
    fragmentsOf([
      { kind: 'number', agrees: true, number: '3653/1', of: 'payment', fragment: { from: 3, to: 9 } },
      { kind: 'onlyCandidate', agrees: true },
      { kind: 'numberOfOther', agrees: false, number: '7', fragment: null },
    ]),
  ).toEqual([{ from: 3, to: 9 }])
})

it('finds numbers as they are written, and none for what is not there', () => {
  expect(numbersIn('счета 3611/1, 3612/1', ['3612/1', '9999', ''])).toEqual([{ from: 14, to: 20 }])
})
