// THE table: everything the program can do. Types of handlers, of the client and of the terminal fall out of it.

import { command, query, topic } from './define.ts'
import type { DataTypeOf, InputTypeOf, ParsedTypeOf, ResultTypeOf } from './define.ts'
import type * as account from './account.ts'
import * as app from './app.ts'
import type { Fault } from './fault.ts'
import type { FileOut } from './files.ts'
import * as job from './job.ts'
import * as journal from './journal.ts'
import * as match from './match.ts'
import * as operation from './operation.ts'
import * as payment from './payment.ts'
import * as portal from './portal.ts'
import * as report from './report.ts'
import type * as statement from './statement.ts'
import * as statementFile from './statement-file.ts'
import * as statementRow from './statement-row.ts'
import { NoInput } from './values.ts'
import type { Page } from './values.ts'

export const api = {
  'app.status': query(NoInput).returns<app.AppStatus>(),
  'app.settings': query(NoInput).returns<app.Settings>(),
  'app.changeSettings': command(app.SettingsChange).returns<app.Settings>(),
  'app.updates': query(NoInput).returns<app.UpdateNews>(),
  'app.diagnostics': query(NoInput).returns<app.Diagnostics>(),
  'app.backup': command(NoInput).returns<FileOut>(),
  'app.restore': command(app.RestoreRequest).returns<app.AppStatus>(),

  'portals.list': query(NoInput).returns<portal.Portal[]>(),
  'portals.waiting': query(NoInput).returns<portal.PortalWaiting[]>(),
  'portals.refreshAll': command(NoInput).returns<job.JobSnapshot>(),
  'portals.connect': command(portal.ConnectPortal).returns<portal.Connected>(),
  'portals.finishSignIn': command(portal.FinishSignIn).returns<portal.Connected>(),
  'portals.cancelSignIn': command(portal.FinishSignIn.pick({ signInId: true })).returns<null>(),
  'portals.check': command(portal.PortalRef).returns<portal.Portal>(),
  'portals.allowWriting': command(portal.AllowWriting).returns<portal.Portal>(),
  'portals.settings': query(portal.PortalRef).returns<portal.PortalSettingsRow>(),
  'portals.changeSettings': command(portal.PortalSettings).returns<portal.PortalSettingsRow>(),
  'portals.confirmMove': command(portal.PortalRef).returns<portal.Portal>(),
  'portals.disconnect': command(portal.PortalRef).returns<portal.Disconnected>(),
  'portals.erase': command(portal.ErasePortal).returns<null>(),
  'portals.openDemo': command(portal.OpenDemo).returns<portal.DemoOpened>(),
  'portals.ownCompanies': query(NoInput).returns<portal.OwnCompany[]>(),

  'accounts.list': query(NoInput).returns<account.BankAccount[]>(),
  'accounts.bind': command(portal.BindAccount).returns<account.BankAccount[]>(),

  'payments.refresh': command(payment.RefreshRequest).returns<job.JobSnapshot>(),
  'payments.page': query(payment.PaymentPageRequest).returns<Page<payment.PaymentRow>>(),
  'payments.totals': query(payment.PaymentTotalsRequest).returns<payment.PaymentTotals>(),
  'payments.standings': query(payment.StandingCountsRequest).returns<payment.StandingCounts>(),
  'payments.facets': query(payment.FacetsRequest).returns<payment.PaymentFacets>(),
  'payments.detail': query(payment.PaymentRef).returns<payment.PaymentDetail>(),
  'payments.news': query(payment.NewsRequest).returns<payment.PaymentNews>(),
  'payments.lookedAt': command(payment.LookedAt).returns<payment.PaymentNews>(),
  'payments.open': command(payment.PaymentRef).returns<null>(),

  'statements.inspect': query(statementFile.InspectRequest).returns<statement.StatementPreview>(),
  'statements.unpack': command(statementFile.FileRef).returns<statementFile.UnpackedFile[]>(),
  'statements.release': command(statementFile.ReleaseRequest).returns<null>(),
  'statements.glance': query(statementFile.FileRef).returns<statementFile.StatementGlance>(),
  'statements.import': command(statementFile.ImportRequest).returns<job.JobSnapshot>(),
  'statements.list': query(NoInput).returns<statementRow.StatementRow[]>(),
  'statements.chain': query(NoInput).returns<account.ChainBreak[]>(),
  'statements.lines': query(statementRow.LinePageRequest).returns<Page<statementRow.LineRow>>(),
  'statements.line': query(statementRow.LineRef).returns<statementRow.LineDetail>(),
  'statements.issues': query(statementRow.FileOfStatements).returns<statement.StatementIssue[]>(),
  'statements.clear': command(statementRow.FileOfStatements).returns<null>(),
  'statements.marks': query(statementRow.FileOfStatements).returns<statementRow.LineMarkCounts>(),
  'statements.forget': command(statementRow.ForgetFile).returns<null>(),
  'statements.judge': command(statementRow.JudgeLines).returns<{ lines: number }>(),
  'statements.tables': query(NoInput).returns<statementFile.RememberedTable[]>(),
  'statements.forgetTable': command(statementFile.RememberedTableRef).returns<null>(),
  'statements.watched': query(NoInput).returns<statementFile.WatchStatus>(),
  'statements.watch': command(statementFile.WatchRequest).returns<statementFile.WatchStatus>(),
  'statements.chooseFolder': command(NoInput).returns<{ folder: string | null }>(),
  'statements.takeWatched': command(statementFile.WatchedRef).returns<statementFile.UnpackedFile[]>(),

  'matches.propose': command(match.ProposeRequest).returns<job.JobSnapshot>(),
  'matches.page': query(match.ReconcilePageRequest).returns<Page<match.ReconcileRow>>(),
  'matches.summary': query(match.ReconcileFilter.prefault({})).returns<match.ReconcileSummary>(),
  'matches.candidates': query(match.CandidatesRequest).returns<match.Candidates>(),
  'matches.accept': command(match.AcceptRequest).returns<match.Decided>(),
  'matches.acceptCertain': command(match.AcceptCertainRequest).returns<match.Decided>(),
  'matches.reject': command(match.RejectRequest).returns<match.Decided>(),
  'matches.ignore': command(match.IgnoreRequest).returns<match.Decided>(),
  'matches.hold': command(match.HoldRequest).returns<match.Decided>(),
  'matches.unmatch': command(match.UnmatchRequest).returns<match.Decided>(),
  'matches.undoable': query(NoInput).returns<match.Decided | null>(),
  'matches.undo': command(match.UndoDecisionRequest).returns<match.Decided>(),

  'operations.plan': command(operation.PlanRequest).returns<operation.OperationPlan>(),
  'operations.planItems': query(operation.PlanItemsRequest).returns<Page<operation.PlanItem>>(),
  'operations.planDrift': query(operation.PlanRef).returns<{ changed: number }>(),
  'operations.apply': command(operation.ConfirmPlan).returns<job.JobSnapshot>(),
  'operations.list': query(operation.OperationPageRequest).returns<Page<operation.OperationRow>>(),
  'operations.items': query(operation.OperationItemsRequest).returns<Page<operation.OperationItem>>(),
  'operations.undo': command(operation.OperationRef).returns<operation.OperationPlan>(),
  'operations.retry': command(operation.OperationRef).returns<operation.OperationPlan>(),

  'jobs.list': query(job.JobListRequest).returns<job.JobSnapshot[]>(),
  'jobs.get': query(job.JobRef).returns<job.JobSnapshot>(),
  'jobs.stop': command(job.JobRef).returns<job.JobSnapshot>(),
  'jobs.resume': command(job.JobRef).returns<job.JobSnapshot>(),

  'reports.start': command(report.ReportRequest).returns<job.JobSnapshot>(),
  'reports.overview': query(report.OverviewRequest).returns<report.ReportOverview>(),

  'journal.page': query(journal.JournalPageRequest).returns<Page<journal.JournalRow>>(),
  'journal.verify': query(journal.VerifyRequest).returns<journal.Verified>(),
} as const

export const topics = {
  /** At most ten a second and job, the last one always. */
  'jobs.changed': topic<job.JobSnapshot>(),
  'ledger.changed': topic<app.LedgerChanged>(),
  /** A browser that came back from a sign-in; without a portal, with the reason. */
  'portals.signedIn': topic<{ signInId: string; portalId: string | null; fault: Fault | null }>(),
} as const

export type Api = typeof api
export type CallName = keyof Api
export type QueryName = { [N in CallName]: Api[N]['kind'] extends 'query' ? N : never }[CallName]
export type CommandName = Exclude<CallName, QueryName>
export type TopicName = keyof typeof topics

/** What a caller gives (defaults may be left out), what a handler receives, and what comes back. */
export type InputOf<N extends CallName> = InputTypeOf<Api[N]>
export type ParsedOf<N extends CallName> = ParsedTypeOf<Api[N]>
export type ResultOf<N extends CallName> = ResultTypeOf<Api[N]>
export type DataOf<T extends TopicName> = DataTypeOf<(typeof topics)[T]>

/** The names of one area: `CallsOf<'payments'>`. */
export type CallsOf<Area extends string> = Extract<CallName, `${Area}.${string}`>
