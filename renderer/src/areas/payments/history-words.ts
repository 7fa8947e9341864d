// What a journal record means for the payment it names.

import type { JournalKind } from '../../../../electron/contract/journal.ts'
import type { TextKey } from '../../text/language.ts'

const words: Partial<Record<JournalKind, TextKey>> = {
  'plan.made': 'payments.history.planMade',
  'plan.confirmed': 'payments.history.planConfirmed',
  'write.intended': 'payments.history.intended',
  'write.answered': 'payments.history.answered',
  'write.settled': 'payments.history.settled',
  'write.readBack': 'payments.history.readBack',
  'decision.made': 'payments.history.decided',
  'decision.undone': 'payments.history.undone',
}

export function historyKey(kind: JournalKind): TextKey {
  return words[kind] ?? 'payments.history.other'
}
