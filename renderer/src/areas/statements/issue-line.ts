// Finds the line that a remark of a file is about: lines stand in the file's order, so few questions are enough.

import type { Client } from '../../backend.ts'
import type { Place, StatementIssue } from '../../../../electron/contract/statement.ts'
import type { FileId, LineId } from '../../../../electron/contract/values.ts'

/** Whether a line's place begins after `at`. In a workbook the rows tell, elsewhere the bytes. */
function beginsAfter(line: Place, at: Place): boolean {
  return at.to === 0 ? line.line > at.line : line.from > at.from
}

function holds(line: Place, at: Place): boolean {
  if ((line.part ?? '') !== (at.part ?? '')) return false
  return at.to === 0 ? line.line === at.line : line.from <= at.from && at.from < line.to
}

/** The line whose bytes (or row) hold the remark's place; null when none does or it cannot be told. */
export async function findLineOf(
  call: Client['call'],
  fileId: FileId,
  { place }: StatementIssue,
): Promise<LineId | null> {
  const at = async (offset: number) => {
    const answer = await call('statements.lines', {
      offset,
      limit: 1,
      filter: { fileId },
      sort: { column: 'index', descending: false },
    })
    return answer.ok ? answer.value : null
  }
  const first = await at(0)
  if (!first || first.total === 0) return null
  let low = 0
  let high = first.total - 1
  let last = first.rows[0]
  while (low <= high) {
    const middle = (low + high) >> 1
    const row = (await at(middle))?.rows[0]
    if (!row) return null
    if (beginsAfter(row.place, place)) high = middle - 1
    else {
      last = row
      low = middle + 1
    }
  }
  return last && holds(last.place, place) ? last.id : null
}
