// Names of the portal's payment fields in the person's language.

import { payments } from '../../text/en/payments.ts'
import type { Format } from '../../text/format.ts'
import type { TextKey } from '../../text/language.ts'

type FieldName = keyof typeof payments.field

const isKnown = (name: string): name is FieldName => Object.hasOwn(payments.field, name)

/** Null for a field this program has no word for; its own name is shown then. */
export function fieldKey(name: string): TextKey | null {
  return isKnown(name) ? `payments.field.${name}` : null
}

/** A field's text for reading: of a moment its own day, as it stands at its own offset; all else as it is. */
export function fieldText(value: string, format: Pick<Format, 'day'>): string {
  const [day] = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(value) ?? []
  return day ? format.day(day) : value
}
