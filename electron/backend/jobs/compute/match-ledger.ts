// Matching everything that is open in the ledger, and storing the proposals.

import type { ProposeOutcome } from '../../../contract/match.ts'
import { matchLines } from '../../../domain/matching/match-lines.ts'
import type { MatchSettings } from '../../../domain/matching/types.ts'
import { openLedgerFile } from '../../ledger/open.ts'
import {
  knownAliases,
  matchPayments,
  openMatchLines,
  rejectedPairs,
} from '../../ledger/tables/match-input.ts'
import { writerOf } from './tools.ts'
import type { TaskTools } from './tools.ts'

const linesAChunk = 500

/**
 * Matches all open lines, not only those of one account: conflicts are solved over the whole set. Stored in
 * chunks; a stop between them leaves the proposals of some lines new and of the others as they were.
 */
export async function matchLedger(
  input: { settings: MatchSettings },
  tools: TaskTools,
): Promise<ProposeOutcome> {
  const db = openLedgerFile(tools.ledgerPath, { readOnly: true })
  const gather = () => {
    const lines = openMatchLines(db, { account: null })
    tools.progress(0, lines.length, 'reading')
    return {
      lines,
      payments: matchPayments(db, {}),
      rejected: rejectedPairs(db, null),
      aliases: knownAliases(db, null),
    }
  }
  db.exec('BEGIN')
  const gathered = gather()
  db.exec('COMMIT')
  db.close()
  tools.checkStop()
  tools.progress(0, gathered.lines.length, 'scoring')
  const { lines: matches } = matchLines({ ...gathered, settings: input.settings })
  const left = new Map(gathered.lines.map((line) => [line.id, line.leftMinor]))
  const outcome: ProposeOutcome = { lines: matches.length, certain: 0, likely: 0, doubtful: 0, none: 0 }
  for (let from = 0; from < matches.length; from += linesAChunk) {
    tools.checkStop()
    const chunk = matches.slice(from, from + linesAChunk)
    for (const match of chunk) outcome[match.zone] += 1
    await writerOf(tools).write('storeProposals', {
      matches: chunk.map((match) => ({ ...match, leftMinor: left.get(match.lineId) ?? 0 })),
    })
    tools.progress(Math.min(from + linesAChunk, matches.length), matches.length, 'storing')
  }
  return outcome
}
