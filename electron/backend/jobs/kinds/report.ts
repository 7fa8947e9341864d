// A report as a job: written in a thread of its own, then offered for saving.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../../contract/fault.ts'
import type { JobSnapshot } from '../../../contract/job.ts'
import type { ReportRequest } from '../../../contract/report.ts'
import type { CommandContext } from '../../handlers/context.ts'

export async function startReport(context: CommandContext, request: ReportRequest): Promise<JobSnapshot> {
  const portalId = request.kind === 'reconciliation' ? request.portalId : null
  if (portalId !== null && !(await context.ledger.read('readPortal', { portalId })))
    throw new Refusal({ code: 'not.found', what: 'portal' })
  if (
    request.kind === 'operation' &&
    !(await context.ledger.read('readOperation', { jobId: request.jobId }))
  ) {
    throw new Refusal({ code: 'not.found', what: 'operation' })
  }
  return context.jobs.start({
    kind: 'report',
    unit: 'rows',
    total: null,
    portalId,
    request,
    actor: context.actor(),
    work: async (control) => {
      const path = join(context.ports.paths.temp, `${control.id}.${request.format}`)
      const now = context.now()
      control.progress({ note: { kind: 'step', step: 'writing' } })
      try {
        const { rows } = await context.compute.run(
          'writeReport',
          { request, path, today: context.today(), now, actor: context.actor() },
          { signal: control.signal, onProgress: (done) => control.progress({ done }) },
        )
        control.progress({ done: rows, total: rows })
        const file = await context.tickets.offer(
          path,
          `${nameOf(request)}-${context.today()}.${request.format}`,
        )
        await context.ledger.write('journal', {
          at: now,
          kind: 'report.made',
          actor: context.actor(),
          portalId,
          jobId: control.id,
          body: { kind: request.kind, format: request.format, rows },
        })
        return { result: { kind: 'report', file, rows } }
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
    },
  })
}

const names: Readonly<Record<ReportRequest['kind'], { ru: string; en: string }>> = {
  payments: { ru: 'оплаты', en: 'payments' },
  lines: { ru: 'строки', en: 'lines' },
  proposals: { ru: 'сопоставление', en: 'matching' },
  operation: { ru: 'операция', en: 'operation' },
  journal: { ru: 'журнал', en: 'journal' },
  reconciliation: { ru: 'сверка', en: 'reconciliation' },
}

function nameOf(request: ReportRequest): string {
  return names[request.kind][request.locale]
}
