// What a plan freezes for one payment, and what the job later carries out: nothing else is ever done.

import type { PlanItem } from '../../contract/operation.ts'
import type { Moment } from '../../contract/values.ts'

/** The steps of one payment's change, in order; each has its own intent, classification and read-back (money rule 6). */
export type Step = 'status' | 'details' | 'edit' | 'delete'

export interface Intent {
  steps: readonly Step[]
  /** The status that must stand at the end; null where the steps leave it alone. */
  wantPaid: boolean | null
  /** What the person saw; a payment that shows something else is a conflict and is not touched. */
  seen: { paid: boolean; sumMinor: number; currency: string; accountNumber: string }
  /** What the details or edit step sends besides `paySystemId` and `paid`, by the portal's field names. */
  fields: Readonly<Record<string, string>>
  /** The fields' values when the plan was made, for conflicts and for undo; absent where they were not known. */
  fieldsBefore: Readonly<Record<string, string>>
  /** For undo: the payment must still show this, or it is somebody else's by now (money rule 14). */
  mustShow: { paid: boolean; paidAt: Moment | null } | null
}

export interface FrozenItem {
  item: PlanItem
  intent: Intent
}
