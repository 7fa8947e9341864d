// The tasks of computing threads, by name.

import { importFile } from './import-file.ts'
import { glanceStatement, inspectFile } from './inspect-file.ts'
import { matchLedger } from './match-ledger.ts'
import { writeReport } from './write-report.ts'

export const tasks = { inspectFile, glanceStatement, importFile, matchLedger, writeReport }
export type Tasks = typeof tasks
export { TaskStopped } from './tools.ts'
export type { TaskTools } from './tools.ts'
