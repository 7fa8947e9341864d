import { expect, it } from 'vitest'
import { sameValue } from '../../../electron/backend/jobs/kinds/apply/field-values.ts'

it.each([
  // Money rule 8: a bank day is noon in the portal's zone, and compared by its day there.
  ['payVoucherDate', '2026-11-18T11:00:00+02:00', '2026-11-18T12:00:00+03:00', true],
  ['payVoucherDate', '2026-11-18T00:00:00+03:00', '2026-11-18T12:00:00+03:00', true],
  ['datePaid', '2026-11-17T23:30:00+02:00', '2026-11-18T12:00:00+03:00', true],
  ['datePaid', '2026-11-17T23:30:00+03:00', '2026-11-18T12:00:00+03:00', false],
  ['payReturnDate', '2026-11-18', '2026-11-18T12:00:00+03:00', true],
  ['payReturnDate', '2026-11-19', '2026-11-18T12:00:00+03:00', false],
  // Another moment of a day was meant as that moment.
  ['dateBill', '2026-11-18T10:00:00+03:00', '2026-11-18T15:30:00+03:00', false],
  ['dateBill', '2026-11-18T14:30:00+02:00', '2026-11-18T15:30:00+03:00', true],
  ['dateBill', '2026-11-18T14:30:00+02:00', '', false],
  ['sum', '100', '100.00', true],
  ['sum', '100.01', '100.00', false],
  ['companyId', '', '0', false],
  ['priceCod', '0.0000', '', true],
  ['companyId', '0', '', true],
  ['comments', '', '', true],
  ['comments', 'old', '', false],
  ['isReturn', 'Y', 'N', false],
  ['isReturn', 'N', '', true],
  ['externalPayment', '', 'N', true],
  ['externalPayment', 'F', 'Y', false],
  ['psStatus', 'N', '', false],
  // A text is itself: bank documents are numbered with leading zeros, and a comment may look like a day.
  ['payVoucherNum', '7', '007', false],
  ['payVoucherNum', '100', '100.0', false],
  ['payVoucherNum', '0', '', false],
  ['id1c', '1e2', '100', false],
  ['comments', '2026-11-18', '2026-11-18T12:00:00+03:00', false],
])('%s shows %j where %j was wanted: %s', (field, shown, wanted, same) => {
  expect(sameValue(field, shown, wanted, 'Europe/Moscow')).toBe(same)
})
