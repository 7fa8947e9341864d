import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DateOrder } from '../../../../electron/domain/statements/table/dates.ts'
import { findDateOrder, readDate } from '../../../../electron/domain/statements/table/dates.ts'

const day = (cell: string, order: DateOrder = 'dmy'): string => {
  const read = readDate(cell, order)
  return read.ok ? read.day : read.code
}

describe('a day in a cell', () => {
  it('is read in the column order, with any separator, with two digits of the year, with a time behind', () => {
    expect(day('05.03.2026')).toBe('2026-03-05')
    expect(day('5/3/26')).toBe('2026-03-05')
    expect(day('3/5/2026', 'mdy')).toBe('2026-03-05')
    expect(day('26-03-05', 'ymd')).toBe('2026-03-05')
    expect(day('1. 2. 2005')).toBe('2005-02-01')
    expect(day('05.03.2026 23:59:59')).toBe('2026-03-05')
    expect(day('31.12.99')).toBe('1999-12-31')
    expect(day('05.03.202612:34')).toBe('2026-03-05')
    expect(day('05.03.2026_12:34')).toBe('2026-03-05')
    expect(day('20260305123456')).toBe('2026-03-05')
  })

  it('with the year in front is read so in any order', () => {
    for (const text of [
      '2026-03-05',
      '2026/3/5',
      '2026.03.05',
      '20260305',
      '2026-03-05T10:00:00Z',
      '2018-02-25 12:34:56 +0000',
    ]) {
      expect(day(text.replace('2018-02-25', '2026-03-05'), 'mdy')).toBe('2026-03-05')
    }
  })

  it('with the name of its month is read in the languages of the banks', () => {
    for (const text of [
      '5 марта 2026',
      '5 мар. 2026 г.',
      '05-Mar-2026',
      '5. März 2026',
      '5 March 26',
      'March 5, 2026',
      '5 наурыз 2026',
      'Thu, 5 Mar 2026',
      '5 de marzo de 2026',
      '5 mars 2026',
      '5 mrt 2026',
      '5 marca 2026',
      '5. března 2026',
      '5 сакавіка 2026',
      '05MAR2026',
    ]) {
      expect(day(text, 'mdy')).toBe('2026-03-05')
    }
    expect(day('5 června 2026')).toBe('2026-06-05')
    expect(day('5 července 2026')).toBe('2026-07-05')
    expect(day('5 listopada 2026')).toBe('2026-11-05')
    expect(day('5 agosto 2026')).toBe('2026-08-05')
    expect(day('5 май 2026')).toBe('2026-05-05')
    expect(day('5 мамыр 2026')).toBe('2026-05-05')
    expect(day('5 маусым 2026')).toBe('2026-06-05')
  })

  it('that the calendar or the column order does not have is impossible, not another day', () => {
    expect(day('30.02.2026')).toBe('date.impossible')
    expect(day('29.02.2024')).toBe('2024-02-29')
    expect(day('12/31/2026', 'dmy')).toBe('date.impossible')
    expect(day('31/12/2026', 'mdy')).toBe('date.impossible')
    expect(day('05/03/2026', 'ymd')).toBe('date.impossible')
    expect(day('05.03.2026', 'ymd')).toBe('2026-03-05')
  })

  it('that is a word or empty says so', () => {
    for (const text of ['Reserverat', 'Invalid date', '12345', '5 foo 2026', '40702810900000000001'])
      expect(day(text)).toBe('date.unreadable')
    expect(day('  ')).toBe('date.missing')
  })
})

describe('the order of a column', () => {
  it('is settled by one day beyond the twelfth', () => {
    expect(findDateOrder(['05/03/2026', '13/03/2026'])).toEqual({ order: 'dmy', certain: true })
    expect(findDateOrder(['05/03/2026', '03/13/2026'])).toEqual({ order: 'mdy', certain: true })
  })

  it('is settled by a year in front, a month name, and by points', () => {
    expect(findDateOrder(['2026-03-05'])).toEqual({ order: 'ymd', certain: true })
    expect(findDateOrder(['5 марта 2026'])).toEqual({ order: 'dmy', certain: true })
    expect(findDateOrder(['05.03.2026'])).toEqual({ order: 'dmy', certain: true })
    expect(findDateOrder(['05.03.26'])).toEqual({ order: 'dmy', certain: true })
  })

  it('stays a question when every cell fits two orders, and when cells fit none together', () => {
    expect(findDateOrder(['05/03/2026', '06/03/2026'])).toEqual({ order: 'dmy', certain: false })
    expect(findDateOrder(['13/03/2026', '03/13/2026'])?.certain).toBe(false)
    expect(findDateOrder(['05-03-06'])?.certain).toBe(false)
  })

  it('is nothing where there are no dates', () => {
    expect(findDateOrder(['', 'abc'])).toBeNull()
  })

  it('reads back what was written in it', () => {
    const orders: DateOrder[] = ['dmy', 'mdy', 'ymd']
    const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2070-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(date, fc.constantFrom(...orders), fc.constantFrom('.', '/', '-'), (value, order, mark) => {
        const iso = value.toISOString().slice(0, 10)
        const [y = '', m = '', d = ''] = iso.split('-')
        const text = { dmy: [d, m, y], mdy: [m, d, y], ymd: [y, m, d] }[order].join(mark)
        expect(day(text, order)).toBe(iso)
      }),
    )
  })
})
