import { expect, it } from 'vitest'
import { createFormat } from '../../../renderer/src/text/format.ts'
import { editableFields } from '../../../electron/contract/operation.ts'
import {
  changedFields,
  fieldGroups,
  groupOrder,
  needsNumber,
} from '../../../renderer/src/areas/payments/edit-fields.ts'
import { fieldKey, fieldText } from '../../../renderer/src/areas/payments/field-words.ts'

const shown = groupOrder.flatMap((group) => fieldGroups[group].map(({ name }) => name))

it('shows every writable field once, and never whether it is paid', () => {
  expect([...shown].sort()).toEqual([...editableFields].sort())
  expect(shown).not.toContain('paid')
})

it('keeps what other programs live by behind the warning', () => {
  const integration = fieldGroups.integration.map(({ name }) => name)
  for (const name of editableFields.filter((one) => /^ps|1c$|^xmlId$|^externalPayment$/i.test(one)))
    expect(integration).toContain(name)
})

it('offers no value only for the one flag that may have none', () => {
  const kinds = new Map(
    groupOrder.flatMap((group) => fieldGroups[group].map(({ name, kind }) => [name, kind])),
  )
  expect(['isReturn', 'marked', 'updated1c'].map((name) => kinds.get(name as never))).toEqual([
    'flag',
    'flag',
    'flag',
  ])
  expect([kinds.get('psStatus'), kinds.get('externalPayment')]).toEqual(['answer', 'external'])
})

it('writes only what was changed; an emptied field is a change', () => {
  expect(
    changedFields(
      { comments: 'old', sum: '100' },
      { comments: '', sum: '100', payVoucherNum: '482', xmlId: '' },
    ),
  ).toEqual({
    comments: '',
    payVoucherNum: '482',
  })
})

it('wants the number typed for the sum and the pay system alone', () => {
  expect(needsNumber({ comments: 'x' })).toBe(false)
  expect(needsNumber({ comments: 'x', sum: '1' })).toBe(true)
  expect(needsNumber({ paySystemId: '7' })).toBe(true)
})

it('has a word for every field it may change, and none for what it does not know', () => {
  for (const name of editableFields) expect(fieldKey(name)).toBe(`payments.field.${name}`)
  expect(fieldKey('toString')).toBeNull()
})

it('reads a moment as the day of its own offset, and leaves other texts alone', () => {
  const format = createFormat('en-GB', 'America/New_York')
  expect(fieldText('2026-11-19T00:30:00+03:00', format)).toBe('19/11/2026')
  expect(fieldText('2026-11-19', format)).toBe('19/11/2026')
  expect(fieldText('2026-11-19/7', format)).toBe('2026-11-19/7')
  expect(fieldText('', format)).toBe('')
})
