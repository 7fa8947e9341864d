// Why a line was ignored, as the ledger keeps it, in words.

import type { ignoreReasons } from '../../../../electron/contract/match.ts'
import type { TextKey } from '../../text/language.ts'

type IgnoreReason = (typeof ignoreReasons)[number]

/** Mirrors the contract's list, which may be imported as a type only. */
const keys: Record<IgnoreReason, TextKey> = {
  fee: 'reconcile.ignoredReason.fee',
  ownTransfer: 'reconcile.ignoredReason.ownTransfer',
  unrelated: 'reconcile.ignoredReason.unrelated',
  other: 'reconcile.ignoredReason.other',
}
export const ignoreReasonList = Object.keys(keys) as readonly IgnoreReason[]

/** Null for a text that is none of the reasons. */
export function ignoredKey(reason: string | null): TextKey | null {
  return ignoreReasonList.find((one) => one === reason) ? keys[reason as IgnoreReason] : null
}
