// Writing a report's file: rows are read one by one in one consistent view of the ledger and never gathered.

import type { DatabaseSync } from 'node:sqlite'
import type { ReportRequest } from '../../../contract/report.ts'
import type { Actor } from '../../../contract/values.ts'
import { textCell } from '../../../domain/reports/cells.ts'
import type { Sheet } from '../../../domain/reports/cells.ts'
import {
  journalSheet,
  lineSheet,
  operationSheet,
  paymentSheet,
  proposalSheet,
} from '../../../domain/reports/grids.ts'
import { reconciliationSheets } from '../../../domain/reports/reconciliation.ts'
import { wordsIn } from '../../../domain/reports/words.ts'
import { writeCsv } from '../../files/writers/csv.ts'
import { writeXlsx } from '../../files/writers/xlsx.ts'
import { openLedgerFile } from '../../ledger/open.ts'
import { iterateJournal, lastOfJournal } from '../../ledger/tables/journal.ts'
import { iterateLines } from '../../ledger/tables/lines.ts'
import { iterateOperationItems } from '../../ledger/tables/operation-pages.ts'
import { iteratePayments } from '../../ledger/tables/payments.ts'
import { iterateReconcile, readProposals } from '../../ledger/tables/proposals.ts'
import { readReconciliation } from '../../ledger/tables/reconciliation.ts'
import type { TaskTools } from './tools.ts'

export interface ReportInput {
  request: ReportRequest
  path: string
  today: string
  now: string
  actor: Actor
}

/** Answers how many rows were written. A stop leaves an unfinished file, which the caller removes. */
export async function writeReport(input: ReportInput, tools: TaskTools): Promise<{ rows: number }> {
  const db = openLedgerFile(tools.ledgerPath, { readOnly: true })
  const tick = (rows: number): void => {
    tools.checkStop()
    tools.progress(rows, null, 'writing')
  }
  try {
    db.exec('BEGIN')
    const sheets = marked(db, sheetsOf(db, input), input)
    const { format, locale } = input.request
    const rows =
      format === 'csv'
        ? writeCsv(input.path, sheets, locale, tick)
        : await writeXlsx(input.path, sheets, tick)
    return { rows }
  } finally {
    db.close()
  }
}

function sheetsOf(db: DatabaseSync, input: ReportInput): Sheet[] {
  const { request, today } = input
  switch (request.kind) {
    case 'payments':
      return [
        paymentSheet(iteratePayments(db, request.filter, request.sort), request.locale, request.columns),
      ]
    case 'lines':
      return [lineSheet(iterateLines(db, request.filter, today), request.locale)]
    case 'proposals':
      return [proposalSheet(withReasons(db, input, request.filter), request.locale)]
    case 'operation':
      return [operationSheet(iterateOperationItems(db, request.jobId), request.locale)]
    case 'journal':
      return [journalSheet(iterateJournal(db, request.filter), request.locale)]
    case 'reconciliation':
      return reconciliationSheets(
        readReconciliation(db, { ...request, today, now: input.now, actor: input.actor }),
        request.locale,
      )
  }
}

function* withReasons(
  db: DatabaseSync,
  input: ReportInput,
  filter: Extract<ReportRequest, { kind: 'proposals' }>['filter'],
) {
  for (const row of iterateReconcile(db, filter, input.today)) {
    const [best] = readProposals(db, { lineId: row.line.id })
    yield { ...row, reasons: best?.reasons ?? [] }
  }
}

/** Every file ends with the journal's last number and hash, by which the chain can be checked later (money rule 23). */
function marked(db: DatabaseSync, sheets: readonly Sheet[], input: ReportInput): Sheet[] {
  const words = wordsIn(input.request.locale)
  const { seq, hash } = lastOfJournal(db)
  const mark = [textCell(words.journalMark), textCell(`${seq} ${hash}`)]
  return sheets.map((sheet, index) =>
    index === 0 ? { ...sheet, footer: () => [...(sheet.footer?.() ?? []), [], mark] } : sheet,
  )
}
