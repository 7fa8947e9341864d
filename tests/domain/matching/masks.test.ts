import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import { parseMask, shortKeysOf } from '../../../electron/domain/matching/masks.ts'
import type { NumberMask } from '../../../electron/domain/matching/masks.ts'
import { isSought } from '../../../electron/domain/matching/purpose-number.ts'
import { readPurpose } from '../../../electron/domain/matching/read-purpose.ts'
import { input, line, payment } from '../../kit/matching-rows.ts'

function masks(...texts: string[]): NumberMask[] {
  return texts.flatMap((text) => {
    const read = parseMask(text)
    return 'mask' in read ? [read.mask] : []
  })
}

/** What the purpose names to a portal that writes its numbers so; `!` = as sure as with «счет» before it. */
function sought(purpose: string, ...texts: string[]): string {
  return readPurpose(purpose, null, masks(...texts))
    .numbers.filter(isSought)
    .map(({ text, strength }) => text + (strength === 'named' ? '!' : ''))
    .join(' ')
}

describe('parseMask', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['СЧ-{n', 'unclosed'],
    ['СЧ-n}', 'unclosed'],
    ['СЧ-{x}', 'unknown'],
    ['СЧ-{n:0}', 'unknown'],
    ['СЧ-{n:13}', 'unknown'],
    ['СЧ-{yyyy}', 'noNumber'],
    ['СЧ', 'noNumber'],
    ['{n}-{n}', 'twoNumbers'],
    ['{n}{yy}', 'touching'],
    ['{n}15', 'touching'],
    ['СЧ*{n}', 'sign'],
    ['(a+)+{n}', 'sign'],
    [`${'А'.repeat(40)}{n}`, 'long'],
  ])('refuses «%s» as %s', (text, fault) => {
    expect(parseMask(text)).toEqual({ fault })
  })

  it.each(['СЧ-{n}', 'INV{yyyy}-{n}', 'А-{n}/{yy}', '{n}', '{yyyy}{mm}{dd}-{n:3}', 'Счет №{n}'])(
    'reads «%s»',
    (text) => {
      expect(parseMask(text)).toMatchObject({ mask: { text } })
    },
  )

  it('never fails on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (mask, purpose) => {
        const { numbers } = readPurpose(purpose, null, masks(mask))
        for (const { fragment } of numbers) expect(fragment?.to).toBeLessThanOrEqual(purpose.length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a purpose read by the masks of a portal', () => {
  it.each<[string, string, string]>([
    ['СЧ-{n}', 'Оплата СЧ-3653', 'сч-3653!'],
    ['А-{n}/{yy}', 'Оплата А-15/26 за услуги', 'а-15/26!'],
    ['А-{n}/{yy}', 'оплата a-15/26', 'a-15/26!'],
    ['А-{n}/{yy}', 'оплата А15/26', 'а15/26!'],
    ['А-{n}/{yy}', 'оплата А № 15/26', 'а№15/26!'],
    ['А-{n}/{yy}', 'оплата А-15/26/2', 'а-15/26/2!'],
    ['INV{yyyy}-{n}', 'transfer INV2026-15', 'inv2026-15!'],
    ['К-{yyyy}-{n:4}', 'за обучение К-2026-0041', 'к-2026-0041!'],
    ['{yyyy}/{n}', 'оплата 2026/15', '2026/15!'],
    ['М{n}', 'оплата М50012, М50013', 'м50012! м50013!'],
  ])('%s finds its number without «счет»: %s', (mask, purpose, expected) => {
    expect(sought(purpose, mask)).toBe(expected)
  })

  it.each<[string, string]>([
    ['СЧ-{n}', 'оплата 3653 за услуги'],
    ['А-{n}/{yy}', 'счет ВОРС-12'],
    ['А-{n}/{yy}', 'счет Б-15/26'],
    ['А-{n}/{yy}', 'по договору А-15/26'],
    ['А-{n}/{yy}', 'накладная А-15/26'],
    ['А-{n}/{yy}', 'КРАА-15/26'],
    ['А-{n}/{yy}', 'А-15/265'],
    ['А-{n}/{yy}', 'А-15/26-3'],
    ['{n:6}', 'счет 3653'],
    ['К-{yyyy}-{n:4}', 'К-1926-0041'],
    ['К-{yyyy}-{n:4}', 'К-2026-041'],
    ['{dd}.{mm}.{yyyy}-{n}', 'от 41.13.2026-5'],
  ])('%s refuses «%s»', (mask, purpose) => {
    expect(sought(purpose, mask)).toBe('')
  })

  it.each<[string, string, string]>([
    ['А-{n}/{yy}', 'счет 15/26', '15/26!'],
    ['А-{n}/{yy}', 'счет 15', '15!'],
    ['СЧ-{n}', 'счет 3653 и 3654', '3653! 3654!'],
    ['{n}', 'оплата 3653/1', '3653/1'],
  ])('%s takes «%s», which people shortened', (mask, purpose, expected) => {
    expect(sought(purpose, mask)).toBe(expected)
  })

  it('takes no date and no sum for a number', () => {
    expect(sought('от 12.09.2026 сумма 15.20', '{n}.{mm}')).toBe('')
  })
})

describe('matching by masks', () => {
  const own = payment({ accountNumber: 'А-15/26/1', orderNumber: 'А-15/26' })
  const other = { portalId: 'p_first001', masks: ['Б-{n}/{yy}', 'not a {mask}'] }
  const byMask = { portalId: 'p_first001', masks: ['А-{n}/{yy}'] }

  it('is certain by a number of the portal’s form without «счет», and not without the mask', () => {
    const data = input([line({ purpose: 'за услуги А-15/26' })], [own])
    expect(matchLines({ ...data, masks: [byMask] }).lines[0]?.zone).toBe('certain')
    expect(matchLines(data).lines[0]?.zone).toBe('likely')
  })

  it('finds the payment by its running number alone', () => {
    const data = input([line({ purpose: 'счет 15' })], [own], { masks: [byMask] })
    expect(matchLines(data).lines[0]?.proposals[0]?.reasons[0]).toMatchObject({
      kind: 'number',
      number: 'А-15/26',
    })
  })

  it('reads a line by the masks of the portal its account is bound to', () => {
    const data = input([line({ purpose: 'за услуги А-15/26' })], [own], { masks: [other] })
    expect(matchLines(data).lines[0]?.zone).toBe('likely')
    expect(matchLines(data).lines[0]?.proposals[0]?.reasons.map(({ kind }) => kind)).not.toContain('number')
  })
})

describe('shortKeysOf', () => {
  it('leaves the letters out, then everything but the running number', () => {
    expect(shortKeysOf(masks('А-{n}/{yy}'), 'А-15/26')).toEqual(['15/26', '15'])
    expect(shortKeysOf(masks('А-{n}/{yy}'), 'А-15/26/2')).toEqual(['15/26/2', '15/2'])
    expect(shortKeysOf(masks('А-{n}/{yy}'), 'Б-15/26')).toEqual([])
  })
})
