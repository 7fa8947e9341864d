import { expect, it } from 'vitest'
import { addDays, localDay, periodNameOf, periodOf } from '../../../renderer/src/areas/operations/days.ts'

it('counts days by the calendar', () => {
  expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
  expect(addDays('2028-02-27', 2)).toBe('2028-02-29')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
})

it('writes the day of the computer’s own clock', () => {
  expect(localDay(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})

it('knows the named periods', () => {
  expect(periodOf('month', '2026-02-10')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(periodOf('lastMonth', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(periodOf('quarter', '2026-11-21')).toEqual({ from: '2026-10-01', to: '2026-12-31' })
  expect(periodOf('year', '2026-11-21')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
})

it('names a period by its days', () => {
  expect(periodNameOf('', '', '2026-11-21')).toBe('any')
  expect(periodNameOf('2026-11-01', '2026-11-30', '2026-11-21')).toBe('month')
  expect(periodNameOf('2026-11-02', '2026-11-30', '2026-11-21')).toBe('custom')
  expect(periodNameOf('2026-11-02', '', '2026-11-21')).toBe('custom')
})
