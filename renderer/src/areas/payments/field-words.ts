// Names of the portal's payment fields in the person's language.

import { payments } from '../../text/en/payments.ts'
import type { TextKey } from '../../text/language.ts'

type FieldName = keyof typeof payments.field

const isKnown = (name: string): name is FieldName => Object.hasOwn(payments.field, name)

/** Null for a field this program has no word for; its own name is shown then. */
export function fieldKey(name: string): TextKey | null {
  return isKnown(name) ? `payments.field.${name}` : null
}
