// Every function that only reads, by the name under which other threads ask for it.

import { readAccepted } from './accepted.ts'
import { readAccounts, readChainBreaks } from './accounts.ts'
import {
  differing,
  listAtHand,
  listDisagreeing,
  listTurn,
  listUnpaid,
  listUnseen,
  ownersOf,
  paymentsUnder,
  readFreshness,
} from './freshness.ts'
import { readJob, readJobs } from './jobs.ts'
import { lastOfJournal, pageJournal, verifyJournal } from './journal.ts'
import { pageLines, readLine } from './lines.ts'
import { matchLine, matchPayments } from './match-input.ts'
import { countNews, planDrift } from './news.ts'
import { pageOperationItems, pageOperations, readOperation, readUndoBasis } from './operation-pages.ts'
import { busyElsewhere, countDetailsLeft, countItems, readWork, seenDurations } from './operations.ts'
import { overview } from './overview.ts'
import {
  countStandings,
  facetPayments,
  pagePayments,
  readPayment,
  selectPayments,
  totalPayments,
} from './payments.ts'
import { busyPayments, pagePlanItems, readFrozen, readPlan } from './plans.ts'
import { findPortal, mayWrite, readOwnCompanies, readPortal, readPortals } from './portals.ts'
import { pageReconcile, readProposals, summariseReconcile } from './proposals.ts'
import { readMarks } from './forget-file.ts'
import { readTables } from './remembered-tables.ts'
import { readSettings } from './settings.ts'
import { readIssues, readStatements } from './statement-rows.ts'
import { findFile } from './files.ts'
import { readUndoable } from './undone.ts'
import { readWaiting } from './waiting.ts'
import { readWatched } from './watched.ts'

export const reads = {
  readSettings,
  readPortals,
  readWaiting,
  readPortal,
  mayWrite,
  findPortal,
  readOwnCompanies,
  readAccounts,
  readChainBreaks,
  pagePayments,
  totalPayments,
  countStandings,
  facetPayments,
  selectPayments,
  readPayment,
  readFreshness,
  listUnpaid,
  listUnseen,
  listDisagreeing,
  listTurn,
  listAtHand,
  differing,
  paymentsUnder,
  ownersOf,
  countNews,
  planDrift,
  readAccepted,
  readStatements,
  readIssues,
  readMarks,
  findFile,
  readTables,
  readWatched,
  pageLines,
  readLine,
  matchLine,
  matchPayments,
  pageReconcile,
  summariseReconcile,
  readProposals,
  readUndoable,
  readPlan,
  pagePlanItems,
  readFrozen,
  busyPayments,
  busyElsewhere,
  pageOperations,
  readOperation,
  readUndoBasis,
  pageOperationItems,
  readWork,
  countItems,
  countDetailsLeft,
  seenDurations,
  readJobs,
  readJob,
  overview,
  pageJournal,
  verifyJournal,
  lastOfJournal,
}
export type Reads = typeof reads
