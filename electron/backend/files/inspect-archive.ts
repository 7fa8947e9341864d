// Looking at an archive: each of its files is read as if it were dropped by itself, and nothing is stored.

import { Refusal } from '../../contract/fault.ts'
import type {
  ArchiveMember,
  Place,
  StatementIssue,
  StatementOfFile,
  StatementPreview,
} from '../../contract/statement.ts'
import type { FileRef } from '../../contract/statement-file.ts'
import { keepIssue } from '../../domain/statements/statement-set.ts'
import type { QueryContext } from '../handlers/context.ts'
import { unpackArchive } from './archive.ts'
import type { Member } from './archive.ts'

type Choice = Omit<FileRef, 'ticket'> & { lines?: number | undefined }
type Surroundings = Pick<QueryContext, 'compute' | 'ports' | 'signal'>

/**
 * All statements of an archive, each with the `part` it was read from. A member that is refused is told with its fault
 * and stops nothing. With `lines`, reading ends after so many in all; members after them are only recognised. Throws
 * what `unpackArchive` throws.
 */
export async function inspectArchive(
  { compute, ports, signal }: Surroundings,
  archive: { path: string; name: string },
  { lines, ...choice }: Choice,
): Promise<StatementPreview> {
  const unpacked = await unpackArchive({ ...archive, temp: ports.paths.temp, signal })
  const preview: StatementPreview & { format: 'zip' } = {
    format: 'zip',
    encoding: 'utf-8',
    statements: [],
    issues: [],
    members: [],
  }
  let left = lines ?? Number.POSITIVE_INFINITY
  const inspect = async ({ path }: Member): Promise<StatementPreview> => {
    const limit = left === Number.POSITIVE_INFINITY ? {} : { lines: Math.max(1, left) }
    return compute.run('inspectFile', { ...choice, ...limit, path }, { signal })
  }
  try {
    for (const one of unpacked.members) {
      signal.throwIfAborted()
      try {
        const found = await inspect(one)
        preview.members.push(toldOf(one, found))
        if (left <= 0) continue
        preview.statements.push(...found.statements.map((statement) => statementIn(one, statement)))
        for (const issue of found.issues) keepIssue(preview.issues, issueIn(one, issue))
        left -= linesOf(found)
      } catch (error) {
        if (signal.aborted || !(error instanceof Refusal)) throw error
        preview.members.push({ ...toldOf(one, null), fault: error.fault })
      }
    }
    for (const one of unpacked.refused) preview.members.push({ ...toldOf(one, null), fault: one.fault })
    return preview
  } finally {
    await unpacked.drop()
  }
}

const linesOf = ({ statements }: StatementPreview): number =>
  statements.reduce((sum, { lines }) => sum + lines.length, 0)

function toldOf(
  { member, bytes }: Pick<Member, 'member' | 'bytes'>,
  found: StatementPreview | null,
): ArchiveMember {
  // What is unpacked is no archive any more; the type cannot know it.
  const format = found === null || found.format === 'zip' ? null : found.format
  return {
    name: member,
    bytes,
    format,
    encoding: found?.encoding ?? null,
    lines: found ? linesOf(found) : 0,
    fault: null,
  }
}

/** A workbook's sheet stands after the member that is the workbook. */
function placeIn({ member }: Member, place: Place): Place {
  return { ...place, part: place.part === undefined ? member : `${member} › ${place.part}` }
}

function statementIn(one: Member, statement: StatementOfFile): StatementOfFile {
  const lines = statement.lines.map((line) => ({ ...line, place: placeIn(one, line.place) }))
  return { ...statement, lines, part: one.member }
}

function issueIn(one: Member, issue: StatementIssue): StatementIssue {
  return { ...issue, place: placeIn(one, issue.place) }
}
