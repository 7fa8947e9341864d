// What a file of a poor format leaves unsaid, found while it is read.

import type { StatementGlance } from '../../../contract/statement-file.ts'
import type { StatementIssue } from '../../../contract/statement.ts'
import type { ReadingChoice } from '../../../domain/statements/inspect.ts'
import { noCurrency } from '../../ledger/tables/accounts.ts'

type Need = StatementGlance['needs'][number]

export interface NeedsFinder {
  issue(issue: Pick<StatementIssue, 'code'>): void
  /** Known once the file was read to its end. */
  needs(statements: readonly { account: string; currency: string; lines: number }[]): Need[]
}

export function createNeedsFinder(choice: ReadingChoice): NeedsFinder {
  let order = false
  return {
    issue: ({ code }) => {
      // Whoever chose the columns of a table has said the order of its dates as well.
      if (code === 'date.ambiguous' && choice.given?.dateOrder === undefined && !choice.mapping) order = true
    },
    needs: (statements) => [
      // Lines without an account would stand together with those of other banks.
      ...(statements.some(({ account, lines }) => account === '' && lines > 0) ? (['account'] as const) : []),
      ...(statements.some(({ currency, lines }) => currency === noCurrency && lines > 0)
        ? (['currency'] as const)
        : []),
      ...(order ? (['dateOrder'] as const) : []),
    ],
  }
}
