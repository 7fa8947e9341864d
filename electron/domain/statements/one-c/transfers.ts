// Transfers between two accounts of one file. A bank writes such a document once with both dates, once with
// one date, or once for each account: every side must count exactly once.

import type { StatementLine } from '../../../contract/statement.ts'
import type { OneCDocument } from './document.ts'
import { slot } from './keys.ts'

export type TransferSide = 'payer' | 'payee'

/** What a side of a transfer is known by; '' for a document without a number, which cannot be told from another. */
export function transferKey(document: OneCDocument, side: TransferSide): string {
  const number = document.at(slot.number)
  if (number === '') return ''
  const parties = [...document.accounts('payer'), ...document.accounts('payee')]
  return [side, ...parties, number, document.at(slot.day), document.at(slot.amount)].join('|')
}

export class OwnTransfers<Own> {
  readonly #counted = new Set<string>()
  readonly #waiting = new Map<string, { own: Own; line: Omit<StatementLine, 'index'> }>()

  /**
   * Whether a side counts now. `key` names document and side, '' where the document has no number and cannot be
   * told from another. A dated side counts once; an undated one waits for a second copy of the document that dates it.
   */
  judge(key: string, dated: boolean): 'count' | 'wait' | 'skip' {
    if (key === '') return dated ? 'count' : 'skip'
    if (this.#counted.has(key)) return 'skip'
    if (!dated) return this.#waiting.has(key) ? 'skip' : 'wait'
    this.#counted.add(key)
    this.#waiting.delete(key)
    return 'count'
  }

  wait(key: string, own: Own, line: Omit<StatementLine, 'index'>): void {
    this.#waiting.set(key, { own, line })
  }

  /** The sides that no copy of their document dated, in the file's order. */
  undated(): Iterable<{ own: Own; line: Omit<StatementLine, 'index'> }> {
    return this.#waiting.values()
  }
}
