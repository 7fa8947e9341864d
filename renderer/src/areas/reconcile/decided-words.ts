// What a decision did, in one sentence.

import type { Decided } from '../../../../electron/contract/match.ts'
import type { Speech, Words } from '../operations/words.ts'

export function decidedWords(decided: Decided, say: Speech): Words {
  const key = `reconcile.done.${decided.kind}` as const
  if (decided.kind === 'acceptCertain')
    return { key, params: { sums: say.sums(decided.sums) }, count: decided.lines }
  if (decided.kind === 'accept') return { key, params: { sums: say.sums(decided.sums) } }
  return decided.kind === 'ignore' ? { key, count: decided.lines } : { key }
}
