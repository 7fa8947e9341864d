// What is said of a job: what it does, how far it is, how it ended.

import type { JobNote, JobResult, JobSnapshot } from '../../../electron/contract/job.ts'
import type { Text } from '../text/language.ts'

type ImportedFile = Extract<JobResult, { kind: 'import' }>['files'][number]

/** The share that is done, 0..1; null while the whole is unknown. */
export function shareOf(job: JobSnapshot): number | null {
  if (job.total === null) return null
  return job.total === 0 ? 1 : Math.min(1, job.done / job.total)
}

export function progressWords(job: JobSnapshot, { t, format }: Text): string {
  const count = format.value.count
  const unit = t(`jobs.unit.${job.unit}`)
  if (job.total === null) return t('jobs.progressOpen', { done: count(job.done), unit })
  return t('jobs.progress', { done: count(job.done), total: count(job.total), unit })
}

/** `18 s left`; '' when nobody knows. */
export function leftWords(job: JobSnapshot, now: Date, { t, format }: Text): string {
  if (job.expectedEnd === null || job.state !== 'running') return ''
  const left = new Date(job.expectedEnd).getTime() - now.getTime()
  return left > 0 ? t('jobs.left', { time: format.value.duration(left) }) : ''
}

export function noteWords(note: JobNote, now: Date, { t, format }: Text): string {
  switch (note.kind) {
    case 'none':
      return ''
    case 'waiting':
      return t(`jobs.waiting.${note.reason}`, { until: format.value.recent(note.until, now) })
    case 'settling':
      return t('jobs.settling', { until: format.value.recent(note.until, now) }, note.items)
    case 'file':
      return t('jobs.file', { name: note.name })
    case 'step':
      return t(`jobs.step.${note.step}`)
  }
}

export function resultWords(result: JobResult, { t, format }: Text): string {
  const count = format.value.count
  switch (result.kind) {
    case 'refresh': {
      const counts = {
        payments: count(result.payments),
        added: count(result.added),
        changed: count(result.changed),
        gone: count(result.gone),
      }
      if (result.whole === null) return t('jobs.result.refreshSome', counts)
      return t('jobs.result.refresh', { ...counts, why: t(`jobs.result.refreshWhy.${result.whole}`) })
    }
    case 'refreshAll':
      return t('jobs.result.refreshAll', { portals: count(result.portals), failed: count(result.failed) })
    case 'import': {
      const total = (pick: (file: ImportedFile) => number) =>
        count(result.files.reduce((sum, file) => sum + pick(file), 0))
      const words = t('jobs.result.import', {
        lines: total((file) => file.lines - file.known - file.doubtful),
        known: total((file) => file.known),
        problems: total((file) => file.problems),
      })
      const failed = result.files.filter((file) => file.fault).length
      const doubtful = result.files.reduce((sum, file) => sum + file.doubtful, 0)
      return [
        words,
        doubtful > 0 ? t('jobs.result.importDoubtful', {}, doubtful) : '',
        failed > 0 ? t('jobs.result.importFailed', {}, failed) : '',
      ]
        .filter(Boolean)
        .join('. ')
    }
    case 'match':
      return t('jobs.result.match', {
        certain: count(result.certain),
        likely: count(result.likely),
        doubtful: count(result.doubtful),
        none: count(result.none),
      })
    case 'apply': {
      const words = t('jobs.result.apply', {
        confirmed: count(result.confirmed),
        alreadySo: count(result.alreadySo),
        conflict: count(result.conflict),
        refused: count(result.refused),
        unknown: count(result.unknown),
        notSent: count(result.notSent),
      })
      return result.partly === 0 ? words : `${words}. ${t('jobs.result.applyPartly', {}, result.partly)}`
    }
    case 'report':
      return t('jobs.result.report', { rows: count(result.rows) })
  }
}
