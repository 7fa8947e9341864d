import { startReport } from '../jobs/kinds/report.ts'
import type { HandlersOf } from './context.ts'

export const reports: HandlersOf<'reports'> = {
  'reports.start': (input, context) => startReport(context, input),
  'reports.overview': (input, { ledger, today }) => ledger.read('overview', { ...input, today: today() }),
}
