// Transfers between two accounts of one file. A bank writes such a document once with both dates, once with
// one date, or once for each account: every side must count exactly once.

import type { StatementLine } from '../../contract/statement.ts'

export type TransferSide = 'payer' | 'payee'

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
