import type { HandlersOf } from './context.ts'

export const journal: HandlersOf<'journal'> = {
  'journal.page': (input, { ledger }) => ledger.read('pageJournal', input),
  'journal.verify': (input, { ledger }) => ledger.read('verifyJournal', input),
}
