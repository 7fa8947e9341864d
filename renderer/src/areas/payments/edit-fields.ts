// The writable fields of a payment, in the groups of the edit form (money rule 15).

import type { EditableField } from '../../../../electron/contract/operation.ts'

/** `answer` is a flag that may also be neither yes nor no. */
export type FieldKind =
  'text' | 'long' | 'number' | 'decimal' | 'moment' | 'day' | 'flag' | 'answer' | 'external'

export interface FieldOfForm {
  name: EditableField
  kind: FieldKind
}
export type FieldGroup = 'bank' | 'return' | 'dates' | 'people' | 'comments' | 'money' | 'integration'

/** `money` needs the payment's number typed, `integration` stands behind a warning; `paid` is in none. */
export const fieldGroups: Readonly<Record<FieldGroup, readonly FieldOfForm[]>> = {
  bank: [
    { name: 'payVoucherNum', kind: 'text' },
    { name: 'payVoucherDate', kind: 'day' },
    { name: 'datePaid', kind: 'day' },
  ],
  return: [
    { name: 'isReturn', kind: 'flag' },
    { name: 'payReturnNum', kind: 'text' },
    { name: 'payReturnDate', kind: 'day' },
    { name: 'payReturnComment', kind: 'long' },
  ],
  dates: [
    { name: 'dateBill', kind: 'day' },
    { name: 'datePayBefore', kind: 'day' },
  ],
  people: [
    { name: 'responsibleId', kind: 'number' },
    { name: 'empPaidId', kind: 'number' },
    { name: 'empReturnId', kind: 'number' },
    { name: 'empResponsibleId', kind: 'number' },
    { name: 'companyId', kind: 'number' },
  ],
  comments: [
    { name: 'comments', kind: 'long' },
    { name: 'marked', kind: 'flag' },
    { name: 'reasonMarked', kind: 'long' },
    { name: 'empMarkedId', kind: 'number' },
  ],
  money: [
    { name: 'sum', kind: 'decimal' },
    { name: 'paySystemId', kind: 'number' },
    { name: 'priceCod', kind: 'decimal' },
  ],
  integration: [
    { name: 'xmlId', kind: 'text' },
    { name: 'id1c', kind: 'text' },
    { name: 'version1c', kind: 'text' },
    { name: 'updated1c', kind: 'flag' },
    { name: 'externalPayment', kind: 'external' },
    { name: 'psInvoiceId', kind: 'text' },
    { name: 'psStatus', kind: 'answer' },
    { name: 'psStatusCode', kind: 'text' },
    { name: 'psStatusDescription', kind: 'text' },
    { name: 'psStatusMessage', kind: 'text' },
    { name: 'psSum', kind: 'decimal' },
    { name: 'psCurrency', kind: 'text' },
    { name: 'psResponseDate', kind: 'moment' },
  ],
}
export const groupOrder: readonly FieldGroup[] = [
  'bank',
  'return',
  'dates',
  'people',
  'comments',
  'money',
  'integration',
]

const numberNeeded: ReadonlySet<EditableField> = new Set<EditableField>(['sum', 'paySystemId'])

export type FieldValues = Partial<Record<EditableField, string>>

/** What the person changed: only these fields go into the plan; '' empties one. */
export function changedFields(before: FieldValues, now: FieldValues): FieldValues {
  const changed: FieldValues = {}
  for (const group of groupOrder) {
    for (const { name } of fieldGroups[group]) {
      const value = now[name]
      if (value !== undefined && value !== (before[name] ?? '')) changed[name] = value
    }
  }
  return changed
}

/** Whether the change must be confirmed by typing the payment's number. */
export function needsNumber(changed: FieldValues): boolean {
  return (Object.keys(changed) as EditableField[]).some((name) => numberNeeded.has(name))
}
