// One file that waits in the inbox: what is known of it, and what may be done with it as it stands.

import type { Fault } from '../../../../electron/contract/fault.ts'
import type { Ticket } from '../../../../electron/contract/files.ts'
import type {
  ColumnMapping,
  FileRef,
  GivenFacts,
  StatementGlance,
} from '../../../../electron/contract/statement-file.ts'
import type { StatementEncoding, StatementFormat } from '../../../../electron/contract/statement.ts'

export type Duplicates = 'ask' | 'skip' | 'keep'

export interface InboxFile {
  key: number
  name: string
  bytes: number
  ticket: Ticket | null
  glance: StatementGlance | null
  fault: Fault | null
  busy: boolean
  /** Its import runs; it comes back when that is stopped or the file is refused. */
  importing: boolean
  /** What the person overruled or added. */
  encoding: StatementEncoding | null
  format: StatementFormat | null
  mapping: ColumnMapping | null
  given: GivenFacts
  duplicates: Duplicates
  /** No statement format is known by its look, but its bytes are text that may be read as a table. */
  tabular: boolean
}

export type InboxChoice = Pick<InboxFile, 'encoding' | 'format' | 'mapping' | 'given' | 'duplicates'>

export function newInboxFile(key: number, name: string, bytes: number, ticket: Ticket | null): InboxFile {
  return {
    key,
    name,
    bytes,
    ticket,
    glance: null,
    fault: null,
    busy: true,
    importing: false,
    encoding: null,
    format: null,
    mapping: null,
    given: {},
    duplicates: 'ask',
    tabular: false,
  }
}

/** How the file is to be read, as every call about it is told. */
export function refOf(file: InboxFile, ticket: Ticket): FileRef {
  const { encoding, format, mapping, given } = file
  return {
    ticket,
    ...(encoding ? { encoding } : {}),
    ...(format ? { format } : {}),
    ...(mapping ? { mapping } : {}),
    ...(Object.keys(given).length > 0 ? { given } : {}),
  }
}

/** Whether the file can be imported as it stands. */
export function isReady(file: InboxFile): boolean {
  if (file.busy || file.importing || file.fault || !file.glance) return false
  return file.glance.importedAs === null && file.glance.needs.length === 0 && !needsMapping(file)
}

/** What a file waits for; one that is ready may have problems all the same. */
export const inboxFilters = ['all', 'asked', 'problems', 'ready'] as const
export type InboxFilter = (typeof inboxFilters)[number]

export function isShownBy(file: InboxFile, filter: InboxFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'asked':
      return isAsked(file)
    case 'problems':
      return file.fault !== null || (file.glance?.problems ?? 0) > 0
    case 'ready':
      return isReady(file)
  }
}

/** Whether the person has to say something before the file can be imported. */
export function isAsked(file: InboxFile): boolean {
  if (file.busy || file.importing || file.glance?.importedAs != null) return false
  if (file.fault) return needsMapping(file) || file.tabular || file.fault.code === 'statement.givenNeeded'
  return file.glance !== null && !isReady(file)
}

/** A table whose columns are not certain waits for the person. */
export function needsMapping({ fault, glance, mapping }: InboxFile): boolean {
  if (fault?.code === 'statement.mappingNeeded') return true
  if (!glance || mapping !== null) return false
  return glance.needs.includes('mapping') || glance.table?.certain === false
}

export interface LineCounts {
  fresh: number
  known: number
  doubtful: number
}

export function countsOf({ glance }: InboxFile): LineCounts {
  const counts = { fresh: 0, known: 0, doubtful: 0 }
  for (const one of glance?.statements ?? []) {
    counts.fresh += one.newLines
    counts.known += one.knownLines
    counts.doubtful += one.doubtfulLines
  }
  return counts
}

/** Lines that will count as money once the file is imported as chosen. */
export function linesToImport(file: InboxFile): number {
  const { fresh, known, doubtful } = countsOf(file)
  return file.duplicates === 'keep' ? fresh + known + doubtful : fresh
}

/** Whether lines of the file are known or doubtful, so that something is to be said about them. */
export function hasRepeats(file: InboxFile): boolean {
  const { known, doubtful } = countsOf(file)
  return file.glance?.importedAs === null && !file.fault && !needsMapping(file) && known + doubtful > 0
}

/** The choice as it holds for one file: without doubtful lines there are none to leave out. */
export function choiceFor(file: InboxFile, choice: Duplicates): Duplicates {
  return choice === 'skip' && countsOf(file).doubtful === 0 ? 'ask' : choice
}

/** The choice that all these files have in common; null when they differ. */
export function commonChoice(files: readonly InboxFile[]): Duplicates | null {
  const all: readonly Duplicates[] = ['ask', 'skip', 'keep']
  return all.find((choice) => files.every((file) => file.duplicates === choiceFor(file, choice))) ?? null
}

/** Whether rows of cells are text and not the letters of some other kind of bytes. */
export function isText(rows: readonly (readonly string[])[]): boolean {
  return rows.length > 0 && !rows.some((row) => row.some((cell) => /[^\P{Cc}\t\r\n]|\uFFFD/u.test(cell)))
}

/** Between an archive's name and the name of a file in it. */
export const memberMark = ' › '

/** The archive that a file came out of, and its name inside; '' for a file that was dropped itself. */
export function nameParts(name: string): { archive: string; own: string } {
  const at = name.indexOf(memberMark)
  return at < 0
    ? { archive: '', own: name }
    : { archive: name.slice(0, at), own: name.slice(at + memberMark.length) }
}

/** Faults after which looking again may go better. */
export function mayLookAgain(fault: Fault): boolean {
  return ['call.abandoned', 'connection.lost', 'internal', 'memory.spent'].includes(fault.code)
}
