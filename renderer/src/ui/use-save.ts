import type { InputOf } from '../../../electron/contract/api.ts'
import type { FileOut } from '../../../electron/contract/files.ts'
import { useBackend } from '../backend.ts'
import { useNotices } from '../frame/notices.store.ts'
import { useJobs } from '../jobs/jobs.store.ts'
import { useText } from '../text/language.ts'

/** Ways to give the person a file: one that is ready, or a report that is made first. */
export function useSave() {
  const { call, deliver } = useBackend()
  const notices = useNotices()
  const jobs = useJobs()
  const { t } = useText()

  /** Answers whether the file was saved; a refusal is shown. */
  async function save(file: FileOut): Promise<boolean> {
    const answer = await deliver(file.ticket, file.name)
    if (!answer.ok) {
      notices.fault(answer.fault)
      return false
    }
    if (answer.value) notices.done(t('ui.saved', { name: file.name }))
    return answer.value
  }

  /** Makes the report, shows its progress in the tray and offers the file when it is whole. */
  async function exportReport(request: InputOf<'reports.start'>): Promise<boolean> {
    const answer = await call('reports.start', request)
    if (!answer.ok) {
      notices.fault(answer.fault)
      return false
    }
    const end = await jobs.followed(answer.value)
    if (end.state === 'done' && end.result?.kind === 'report') return save(end.result.file)
    if (end.fault) notices.fault(end.fault)
    return false
  }

  return { save, exportReport }
}
