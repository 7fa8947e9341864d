// How each item of an operation ended, in words; and which ends belong together in filters.

import type {
  ItemState,
  OperationItem,
  OperationRow,
  PlanKind,
} from '../../../../electron/contract/operation.ts'
import type { Speech, Words } from './words.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'calm'

const tones: Readonly<Record<ItemState, Tone>> = {
  waiting: 'info',
  checking: 'info',
  sent: 'info',
  unknown: 'warn',
  confirmed: 'good',
  confirmedPartly: 'warn',
  alreadySo: 'calm',
  conflict: 'bad',
  refused: 'bad',
  notSent: 'calm',
  stopped: 'calm',
}

export function toneOf(state: ItemState): Tone {
  return tones[state]
}

/** The states in the order in which a person asks for them: what went wrong before what went well. */
export const stateOrder: readonly ItemState[] = [
  'conflict',
  'refused',
  'unknown',
  'confirmedPartly',
  'notSent',
  'stopped',
  'sent',
  'checking',
  'waiting',
  'alreadySo',
  'confirmed',
]

const notEnded: ReadonlySet<ItemState> = new Set<ItemState>(['waiting', 'checking', 'sent', 'unknown'])

/** Only the states that occur, in `stateOrder`. */
export function countsOf(row: Pick<OperationRow, 'byState'>): { state: ItemState; count: number }[] {
  return stateOrder.flatMap((state) => {
    const count = row.byState[state] ?? 0
    return count > 0 ? [{ state, count }] : []
  })
}

/** Items that have come to an end. */
export function endedCount(row: Pick<OperationRow, 'byState'>): number {
  return countsOf(row).reduce((sum, { state, count }) => (notEnded.has(state) ? sum : sum + count), 0)
}

/** The sentence of one item under `operations.outcome.*`. */
export function outcomeWords(item: OperationItem, kind: PlanKind, say: Speech): Words {
  const at = item.at ? say.exactMoment(item.at) : '—'
  switch (item.state) {
    case 'confirmed':
      return confirmed(item, kind, at)
    case 'confirmedPartly':
      return {
        key: `operations.outcome.partly.${item.details === 'unknown' ? 'unknown' : 'notWritten'}`,
        params: { at },
      }
    case 'alreadySo':
      return alreadySo(item, say)
    case 'conflict':
      return conflict(item, kind, say)
    default:
      return { key: `operations.outcome.${item.state}`, params: { at } }
  }
}

function confirmed(item: OperationItem, kind: PlanKind, at: string): Words {
  const how = item.settledBy === 'reading' ? 'reading' : 'answer'
  const what =
    kind === 'edit' || kind === 'delete' ? kind : (item.after?.paid ?? kind === 'pay') ? 'paid' : 'unpaid'
  return { key: `operations.outcome.${what}.${how}`, params: { at } }
}

function alreadySo({ before }: OperationItem, say: Speech): Words {
  if (!before) return { key: 'operations.outcome.already.unread' }
  if (!before.paid) return { key: 'operations.outcome.already.unpaid' }
  if (!before.paidAt) return { key: 'operations.outcome.already.paid' }
  return { key: 'operations.outcome.already.paidAt', params: { at: say.moment(before.paidAt) } }
}

/** `after` is there when something changed although nobody asked for it (money rule 7). */
function conflict({ before, after, fault }: OperationItem, kind: PlanKind, say: Speech): Words {
  if (fault?.code === 'rest.paymentMissing' || fault?.code === 'rest.notFoundOrDenied')
    return { key: 'operations.outcome.conflict.gone' }
  if (kind === 'edit' && !after) return { key: 'operations.outcome.conflict.edited' }
  if (after) return { key: 'operations.outcome.conflict.changedUnasked' }
  if (before?.paid && before.paidAt && kind !== 'unpay') {
    return { key: 'operations.outcome.conflict.paidByOther', params: { at: say.moment(before.paidAt) } }
  }
  if (before && !before.paid && kind !== 'pay' && kind !== 'delete')
    return { key: 'operations.outcome.conflict.unpaidByOther' }
  return { key: 'operations.outcome.conflict.changed' }
}
