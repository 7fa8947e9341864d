import { describe, expect, it } from 'vitest'
import { createFormat, localeTag } from '../../../renderer/src/text/format.ts'

const russian = createFormat('ru-RU', 'Europe/Moscow')
const english = createFormat('en-GB', 'Europe/London')
/** No-break spaces of both kinds as plain ones, so that expected values can be read. */
const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')

describe('sums', () => {
  it('are written as the locale does, with all digits of the currency', () => {
    expect(plain(russian.amount(1_243_000, 'RUB'))).toBe('12 430,00')
    expect(english.amount(1_243_000, 'GBP')).toBe('12,430.00')
    expect(plain(russian.sum(5, 'RUB'))).toBe('0,05 RUB')
  })

  it('take the digits of the currency: none of yen, three of dinars', () => {
    expect(english.amount(1_243, 'JPY')).toBe('1,243')
    expect(english.amount(1_243_005, 'KWD')).toBe('1,243.005')
  })

  it('keep every kopeck of the largest safe sum', () => {
    expect(plain(russian.amount(9_007_199_254_740_991, 'RUB'))).toBe('90 071 992 547 409,91')
  })

  it('say the direction of a movement and show a minus that is no hyphen', () => {
    expect(plain(russian.movement(15_000, 'RUB'))).toBe('+150,00')
    expect(plain(russian.movement(-15_000, 'RUB'))).toBe('−150,00')
    expect(plain(russian.amount(-5, 'RUB'))).toBe('−0,05')
  })

  it('stand side by side for several currencies', () => {
    expect(
      plain(
        russian.sums([
          { minor: 184_231_050, currency: 'RUB' },
          { minor: 310_000, currency: 'USD' },
        ]),
      ),
    ).toBe('1 842 310,50 RUB · 3 100,00 USD')
    expect(russian.sums([])).toBe('—')
  })
})

describe('days and moments', () => {
  it('writes a bank day without shifting it by a zone', () => {
    expect(createFormat('ru-RU', 'Pacific/Auckland').day('2026-11-19')).toBe('19.11.2026')
    expect(createFormat('en-GB', 'America/Los_Angeles').day('2026-11-19')).toBe('19/11/2026')
    expect(russian.shortDay('2026-11-19')).toBe('19.11')
    expect(russian.day(null)).toBe('')
    expect(russian.day('nonsense')).toBe('')
  })

  it('writes a moment in the zone of the computer', () => {
    expect(plain(russian.moment('2026-11-21T06:02:11.000Z'))).toBe('21.11.2026, 09:02')
    expect(plain(russian.exactMoment('2026-11-21T06:02:11.000Z'))).toBe('21.11.2026, 09:02:11')
  })

  it('writes only the time of today', () => {
    const now = new Date('2026-11-21T20:30:00.000Z')
    expect(russian.recent('2026-11-21T06:02:11.000Z', now)).toBe('09:02')
    expect(plain(russian.recent('2026-11-20T20:59:00.000Z', now))).toBe('20.11.2026, 23:59')
    expect(russian.recent(null, now)).toBe('')
  })
})

describe('amounts of things', () => {
  it('groups counts', () => expect(plain(russian.count(100_000))).toBe('100 000'))
  it('rounds shares to whole percents', () => expect(english.percent(0.976)).toBe('98%'))

  it('says how long something takes', () => {
    expect(plain(russian.duration(18_000))).toBe('18 с')
    expect(plain(russian.duration(240_000))).toBe('4 мин')
    expect(plain(russian.duration(4_800_000))).toBe('1 ч 20 мин')
    expect(plain(russian.duration(10))).toBe('1 с')
  })

  it('says how large a file is', () => {
    expect(plain(english.bytes(903))).toBe('903 bytes')
    expect(plain(russian.bytes(2))).toBe('2 байта')
    expect(plain(english.bytes(48_230))).toBe('47 kB')
    expect(plain(english.bytes(18_432_000))).toBe('17.6 MB')
  })
})

describe('the locale', () => {
  it('is the person’s own where it fits the language', () => {
    expect(localeTag('en', ['ru-RU', 'en-US', 'en-GB'])).toBe('en-US')
    expect(localeTag('ru', ['en-US'])).toBe('ru-RU')
    expect(localeTag('en', [])).toBe('en-GB')
  })
})
