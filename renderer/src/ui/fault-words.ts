// A fault in words: what happened, what it means for the money, what to do next.

import type { Fault } from '../../../electron/contract/fault.ts'
import { useText } from '../text/language.ts'
import type { Params, Text, TextKey } from '../text/language.ts'
import { keyOf } from '../text/shape.ts'

export interface FaultWords {
  title: string
  money: string
  next: string
  /** The internal reference under which the log tells more; '' where there is none. */
  reference: string
}

/** The part of the words that depends on the fault's own fields. */
function paramsOf(fault: Fault, text: Text): Params {
  const { t, format } = text
  const params: Params = {}
  for (const [name, value] of Object.entries(fault)) {
    if (name === 'code') continue
    if (typeof value === 'number') params[name] = format.value.count(value)
    else params[name] = typeof value === 'string' ? value : ''
  }
  const reason = reasonKey(fault)
  if (reason) params['reason'] = t(reason)
  if (fault.code === 'statement.otherKind')
    params['advice'] = t(`faults.reasons.otherKindNext.${fault.kind === 'archive' ? 'unpack' : 'bank'}`)
  if (fault.code === 'statement.givenNeeded') params['reason'] = needsWords(fault.needs, text)
  if (fault.code === 'rest.timeBudget')
    params['resetAt'] = fault.resetAt ? format.value.recent(fault.resetAt, new Date()) : '…'
  if (fault.code === 'rest.serverFailure' || fault.code === 'portal.unreadable')
    params['status'] = String(fault.status)
  if (fault.code === 'oauth.port') params['port'] = String(fault.port)
  return params
}

/** What the person still has to say about a file, in words; unknown names are left out. */
function needsWords(needs: string, { t, format }: Text): string {
  const known = (['mapping', 'account', 'currency', 'dateOrder'] as const).filter((need) =>
    needs.includes(need),
  )
  return format.value.list(known.map((need) => t(`faults.reasons.needs.${need}`)))
}

function reasonKey(fault: Fault): TextKey | null {
  switch (fault.code) {
    case 'ledger.folder':
      return `faults.reasons.folder.${fault.reason}`
    case 'portal.address':
      return `faults.reasons.address.${fault.reason}`
    case 'portal.unreachable':
      return `faults.reasons.unreachable.${fault.reason}`
    case 'policy.forbids':
      return `faults.reasons.policy.${fault.rule}`
    case 'not.found':
      return `faults.reasons.missing.${fault.what}`
    case 'statement.otherKind':
      return `faults.reasons.otherKind.${fault.kind}`
    case 'statement.workbook':
      return `faults.reasons.workbook.${fault.reason}`
    case 'vault.failed':
      return `faults.reasons.vault.${fault.step}`
    default:
      return null
  }
}

/** The words of a fault in the language of the moment. */
export function faultWords(fault: Fault, text: Text): FaultWords {
  const params = paramsOf(fault, text)
  const key = keyOf(fault.code)
  return {
    title: text.t(`faults.words.${key}.title`, params),
    money: text.t(`faults.words.${key}.money`, params),
    next: text.t(`faults.words.${key}.next`, params),
    reference: fault.code === 'internal' ? fault.reference : '',
  }
}

export function useFaultWords(): (fault: Fault) => FaultWords {
  const text = useText()
  return (fault) => faultWords(fault, text)
}
