// Which calls may be repeated. Written out, because taking the call table itself would bring all schemas into
// the window; the type below makes a forgotten or wrong name an error.

import type { CallName, QueryName } from '../../electron/contract/api.ts'

const queries: Record<QueryName, true> = {
  'app.status': true,
  'app.settings': true,
  'app.updates': true,
  'app.diagnostics': true,
  'portals.list': true,
  'portals.waiting': true,
  'portals.settings': true,
  'portals.ownCompanies': true,
  'accounts.list': true,
  'payments.page': true,
  'payments.news': true,
  'payments.totals': true,
  'payments.standings': true,
  'payments.facets': true,
  'payments.detail': true,
  'statements.inspect': true,
  'statements.glance': true,
  'statements.list': true,
  'statements.marks': true,
  'statements.chain': true,
  'statements.lines': true,
  'statements.line': true,
  'statements.issues': true,
  'statements.tables': true,
  'statements.watched': true,
  'matches.page': true,
  'matches.summary': true,
  'matches.candidates': true,
  'matches.undoable': true,
  'operations.planItems': true,
  'operations.planDrift': true,
  'operations.list': true,
  'operations.items': true,
  'jobs.list': true,
  'jobs.get': true,
  'reports.overview': true,
  'journal.page': true,
  'journal.verify': true,
}

export function isQuery(name: CallName): boolean {
  return Object.hasOwn(queries, name)
}
