import { expect, it } from 'vitest'
import { sameValue } from '../../../electron/backend/jobs/kinds/apply/field-values.ts'

it.each([
  // Money rule 8: a bank day is noon in the portal's zone, and compared by its day there.
  ['2026-11-18T11:00:00+02:00', '2026-11-18T12:00:00+03:00', true],
  ['2026-11-18T00:00:00+03:00', '2026-11-18T12:00:00+03:00', true],
  ['2026-11-17T23:30:00+02:00', '2026-11-18T12:00:00+03:00', true],
  ['2026-11-17T23:30:00+03:00', '2026-11-18T12:00:00+03:00', false],
  ['2026-11-18', '2026-11-18T12:00:00+03:00', true],
  // Another moment of a day was meant as that moment.
  ['2026-11-18T10:00:00+03:00', '2026-11-18T15:30:00+03:00', false],
  ['2026-11-18T14:30:00+02:00', '2026-11-18T15:30:00+03:00', true],
  ['100', '100.00', true],
  ['100.01', '100.00', false],
  ['', '0', false],
  ['0.0000', '', true],
  ['', '', true],
  ['old', '', false],
  ['Y', 'N', false],
])('shows %j where %j was wanted: %s', (shown, wanted, same) => {
  expect(sameValue(shown, wanted, 'Europe/Moscow')).toBe(same)
})
