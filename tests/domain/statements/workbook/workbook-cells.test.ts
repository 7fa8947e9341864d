import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cellOfNumber,
  dayOfBareNumber,
  dayOfSerial,
  hasLostDigits,
  numberText,
  styleOfFormat,
} from '../../../../electron/domain/statements/workbook/cells.ts'

describe('serial dates', () => {
  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, '1900-02-29'],
    [61, '1900-03-01'],
    [45_358, '2024-03-07'],
    [45_358.0416, '2024-03-07'],
    [45_357.999_999_999_99, '2024-03-07'],
    [45_357.999_988_43, '2024-03-06'],
    [36_525, '1999-12-31'],
    [36_585, '2000-02-29'],
  ])('%d of 1900 is %s', (serial, day) => {
    expect(dayOfSerial(serial, false)).toBe(day)
  })

  it.each([
    [0, '1904-01-01'],
    [43_896, '2024-03-07'],
    [60, '1904-03-01'],
  ])('%d of 1904 is %s', (serial, day) => {
    expect(dayOfSerial(serial, true)).toBe(day)
  })

  it('are none outside of the calendar', () => {
    expect(dayOfSerial(0.5, false)).toBeUndefined()
    expect(dayOfSerial(-3, false)).toBeUndefined()
    expect(dayOfSerial(2_958_466, false)).toBeUndefined()
  })

  it('agree with the calendar on every day after the one that never was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 73_000 }),
        fc.double({ min: 0, max: 0.999_99, noNaN: true }),
        (day, time) => {
          const expected = new Date(Date.UTC(1899, 11, 30 + day)).toISOString().slice(0, 10)
          expect(dayOfSerial(day + time, false)).toBe(expected)
          expect(dayOfSerial(day - 1462 + time, true)).toBe(day >= 1462 ? expected : undefined)
        },
      ),
    )
  })

  it('a bare number in a column of dates is one only where statements can be', () => {
    expect(dayOfBareNumber(45_358.0416, false)).toBe('2024-03-07')
    expect(dayOfBareNumber(20_240_307, false)).toBeUndefined()
    expect(dayOfBareNumber(100, false)).toBeUndefined()
    expect(dayOfBareNumber(43_896, true)).toBe('2024-03-07')
  })
})

describe('numbers as text', () => {
  it.each([
    [30.000000000000004, '30'],
    [0.1 + 0.2, '0.3'],
    [0.7999999999999999, '0.8'],
    [9.87357142857143, '9.87357142857143'],
    [1234567.8900000001, '1234567.89'],
    [-59.06, '-59.06'],
    [1e15, '1000000000000000'],
    [4.07028109e19, '40702810900000000000'],
    [1e-7, '0.0000001'],
    [1.5e-7, '0.00000015'],
    [7_702_070_139, '7702070139'],
    [0, '0'],
  ])('%d is %s', (value, text) => {
    expect(numberText(value, '.')).toBe(text)
  })

  it('take the mark that the table uses', () => {
    expect(numberText(1234.5, ',')).toBe('1234,5')
  })

  it('are exact for every sum with two digits, whatever was computed to get it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (minor) => {
        const digits = String(Math.abs(minor)).padStart(3, '0')
        const exact = `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(
          /\.?0+$/,
          '',
        )
        expect(numberText(minor / 100, '.')).toBe(exact === '' || exact === '-' ? '0' : whole(exact, minor))
      }),
    )
  })

  it('with more than fifteen digits have lost some', () => {
    expect(hasLostDigits(Number('40702810900000000001'))).toBe(true)
    expect(hasLostDigits(770207013912345)).toBe(false)
    expect(hasLostDigits('40702810900000000001')).toBe(false)
  })
})

/** The pattern above also takes the zeros of whole numbers. */
function whole(exact: string, minor: number): string {
  return minor % 100 === 0 ? String(minor / 100) : exact
}

describe('number formats', () => {
  it.each([
    'dd.mm.yyyy',
    'm/d/yy',
    '[$-419]d mmm yyyy;@',
    '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
    'yyyy-mm-dd hh:mm:ss.000',
    'ДД.ММ.ГГГГ',
    'TT.MM.JJJJ',
    'jj/mm/aaaa',
  ])('%s is a date', (code) => {
    expect(styleOfFormat(code).date).toBe(true)
  })

  it.each([
    'General',
    'Standard',
    'Основной',
    '#,##0.00',
    '0.00"дней"',
    '#,##0.00\\ "RUB";[Red]-#,##0.00',
    '[h]:mm:ss',
    'h:mm',
    '@',
    '_-* #,##0.00_-;-* #,##0.00_-',
    '0.00;[Red]"yd"0',
  ])('%s is none', (code) => {
    expect(styleOfFormat(code).date).toBe(false)
  })

  it('zeros only keep the leading zeros that a person sees', () => {
    expect(cellOfNumber(44_525_593, styleOfFormat('000000000'), false)).toBe('044525593')
    expect(cellOfNumber(44_525_593.5, styleOfFormat('000000000'), false)).toBe(44_525_593.5)
    expect(cellOfNumber(5, styleOfFormat('0'), false)).toBe(5)
  })
})
