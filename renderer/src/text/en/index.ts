import { frame } from './frame.ts'
import { ui } from './ui.ts'
import { jobs } from './jobs.ts'
import { start } from './start.ts'
import { portals } from './portals.ts'
import { statements } from './statements.ts'
import { audit } from './audit.ts'
import { settings } from './settings.ts'
import { payments } from './payments.ts'
import { reconcile } from './reconcile.ts'
import { operations } from './operations.ts'
import { reports } from './reports.ts'
import { faults } from './faults.ts'
import { issues } from './issues.ts'

export const en = {
  frame,
  ui,
  jobs,
  start,
  portals,
  statements,
  audit,
  settings,
  payments,
  reconcile,
  operations,
  reports,
  faults,
  issues,
} as const
