// The tasks of computing threads, by name.

import { glanceStatement } from './glance-statement.ts'
import { importFile } from './import-file.ts'
import { inspectFile } from './inspect-file.ts'
import { matchLedger } from './match-ledger.ts'
import { readSheetRow } from './read-sheet-row.ts'
import { writeReport } from './write-report.ts'

export const tasks = { inspectFile, glanceStatement, readSheetRow, importFile, matchLedger, writeReport }
export type Tasks = typeof tasks
export { TaskStopped } from './tools.ts'
export type { TaskTools } from './tools.ts'
