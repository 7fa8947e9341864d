// Says so when the watched folder brought a file that nobody imported by hand.

import { onScopeDispose } from 'vue'
import type { JobResult, JobSnapshot } from '../../../../electron/contract/job.ts'
import { useBackend } from '../../backend.ts'
import { useNotices } from '../../frame/notices.store.ts'
import { useText } from '../../text/language.ts'

type ImportedFile = Extract<JobResult, { kind: 'import' }>['files'][number]

const bookWrittenMs = 2000
const fewNames = 3

/** Tells of every import whose files the watched folder names as its own. Once per window. */
export function useWatchNews(): void {
  const { call, on } = useBackend()
  const { t, format } = useText()
  const notices = useNotices()
  const told = new Set<string>()

  /** The files of this import that the folder brought; null when no folder is watched. */
  async function broughtBy(job: JobSnapshot): Promise<ImportedFile[] | null> {
    const answer = await call('statements.watched')
    if (!answer.ok || answer.value.folder === null || job.result?.kind !== 'import') return null
    const own = new Set(answer.value.files.map(({ fileId }) => Number(fileId)))
    return job.result.files.filter(({ fileId }) => fileId !== null && own.has(fileId))
  }

  async function tell(job: JobSnapshot): Promise<void> {
    let files = await broughtBy(job)
    if (files?.length === 0) {
      // The folder's own book is written a moment after the job ends.
      await new Promise((later) => setTimeout(later, bookWrittenMs))
      files = await broughtBy(job)
    }
    if (!files || files.length === 0) return
    const names = files.slice(0, fewNames).map(({ name }) => name)
    const more = files.length - names.length
    if (more > 0) names.push(t('statements.inbox.importFiles', {}, more))
    const lines = files.reduce((sum, file) => sum + file.lines, 0)
    notices.done(
      t('statements.watch.news', {
        files: format.value.list(names),
        lines: t('statements.inbox.importLines', {}, lines),
      }),
    )
  }

  onScopeDispose(
    on('jobs.changed', (job) => {
      if (job.kind !== 'import' || job.state !== 'done' || told.has(job.id)) return
      told.add(job.id)
      void tell(job)
    }),
  )
}
