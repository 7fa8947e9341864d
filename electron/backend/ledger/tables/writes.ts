// Every function that writes, by the name under which other threads ask for it; each runs in one transaction.

import type { DatabaseSync } from 'node:sqlite'
import { bindAccount } from './accounts.ts'
import { acceptCertain, acceptMatch, holdLine, ignoreLines, rejectMatch, unmatchLine } from './decisions.ts'
import { judgeLines } from './verdicts.ts'
import { clearFile, dropFile, dropUnfinished } from './files.ts'
import { forgetFile } from './forget-file.ts'
import { noteFreshness, noteSame } from './freshness.ts'
import { createJob, interruptJobs, saveJob } from './jobs.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { intendWrites, markItems, reopenItems, stopItems } from './operations.ts'
import { confirmPlan, createItems, storePlan } from './plans.ts'
import { changePortal, dropCredentials, erasePortal, joinPortal } from './portals.ts'
import { storeProposals } from './proposals.ts'
import { finishRefresh, noteLook, storeSeen } from './refreshed.ts'
import { forgetTable } from './remembered-tables.ts'
import { changeSettings } from './settings.ts'
import { deriveMatched, deriveStandings, proofDaysOf } from './standing.ts'
import { addLines, beginFile, finishFile } from './statements.ts'
import { lookedAtNews } from './news.ts'
import { markGone, storePayments } from './store-payments.ts'
import { undoDecision } from './undone.ts'
import { forgetFolder, noteWatched } from './watched.ts'

export const writes = {
  changeSettings,
  journal: (db: DatabaseSync, input: NewJournalRow): number => appendJournal(db, input),
  joinPortal,
  changePortal,
  dropCredentials,
  erasePortal,
  storePayments,
  noteSame,
  markGone,
  finishRefresh,
  noteLook,
  noteFreshness,
  lookedAtNews,
  storeSeen,
  bindAccount,
  beginFile,
  addLines,
  finishFile,
  dropFile,
  dropUnfinished,
  forgetFile,
  clearFile,
  judgeLines,
  forgetTable,
  noteWatched,
  forgetFolder,
  storeProposals,
  acceptMatch,
  acceptCertain,
  rejectMatch,
  ignoreLines,
  holdLine,
  unmatchLine,
  undoDecision,
  storePlan,
  confirmPlan,
  createItems,
  intendWrites,
  markItems,
  stopItems,
  reopenItems,
  createJob,
  saveJob,
  interruptJobs,
  /** Everything derived, derived again: after settings changed what it rests on. */
  deriveAgain: (db: DatabaseSync, input: { portalId: string }): null => {
    deriveMatched(db, input.portalId, null)
    deriveStandings(db, input.portalId, null, proofDaysOf(db))
    return null
  },
}
export type Writes = typeof writes
