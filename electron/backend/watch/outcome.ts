// What an import says about the file it was of.

import type { Fault } from '../../contract/fault.ts'
import type { JobSnapshot } from '../../contract/job.ts'
import type { FileId } from '../../contract/values.ts'
import type { WatchedRow } from './watched-files.ts'

export type Outcome = Pick<WatchedRow, 'outcome' | 'fileId' | 'lines' | 'fault'>

const refused = (fault: Fault): Outcome => ({ outcome: 'refused', fileId: null, lines: 0, fault })

/**
 * Null for an import that was stopped: nothing was decided. Of an archive's files the first one that waits for a person
 * makes it wait, so that nothing of it is overlooked; a refused one is told beside those that were imported.
 */
export function outcomeOf(job: JobSnapshot): Outcome | null {
  if (job.state === 'failed') return refused(job.fault ?? { code: 'call.abandoned' })
  if (job.state !== 'done' || job.result?.kind !== 'import') return null
  const { files } = job.result
  const taken = files.find(({ fileId }) => fileId !== null)
  const twin = files.map(({ fault }) => twinOf(fault)).find((id) => id !== null)
  const faults = files.map(({ fault }) => fault).filter((fault) => fault !== null)
  const whole = {
    fileId: (taken?.fileId ?? twin ?? null) as FileId | null,
    lines: files.reduce((sum, { lines }) => sum + lines, 0),
  }
  const waiting = faults.find(needsPerson)
  if (waiting) return { ...whole, outcome: 'waiting', fault: waiting }
  const fault = faults.find((one) => twinOf(one) === null) ?? faults[0] ?? null
  if (taken ?? faults.some((one) => twinOf(one) !== null)) return { ...whole, outcome: 'imported', fault }
  return fault ? refused(fault) : null
}

/** Columns, a currency, the order of dates: what a person says in the import screen. */
function needsPerson({ code }: Fault): boolean {
  return (
    code === 'statement.mappingNeeded' || code === 'statement.givenNeeded' || code === 'statement.unwatched'
  )
}

/** The file that holds the same bytes already. */
function twinOf(fault: Fault | null): number | null {
  return fault?.code === 'statement.alreadyImported' ? Number(fault.fileId) : null
}
