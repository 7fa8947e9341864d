// The end: asks when a job runs, lets the backend finish, and only then lets go (money rule 22).

import { app, dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Backend } from '../backend/session.ts'
import type { Language } from '../host/language.ts'
import { words } from './words.ts'

export interface EndingOptions {
  window: BrowserWindow
  backend: Backend
  language(): Language
  /** Called once, before the backend closes. */
  ending(): void
}

export function endWell({ window, backend, language, ending }: EndingOptions): void {
  let state: 'open' | 'asking' | 'closing' | 'closed' = 'open'

  async function tryToEnd(): Promise<void> {
    if (state !== 'open') return
    state = 'asking'
    if (!(await mayEnd())) {
      state = 'open'
      return
    }
    state = 'closing'
    ending()
    // A write in the air may take a minute to land; nobody needs to look at a dead window meanwhile.
    window.hide()
    await backend.close()
    state = 'closed'
    app.quit()
  }

  async function mayEnd(): Promise<boolean> {
    const running = backend.runningJobs()
    if (running === 0) return true
    const say = words[language()]
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: say.jobRuns(running),
      detail: say.jobRunsDetail,
      buttons: [say.keepWorking, say.stopAndQuit],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    return response === 1
  }

  const hold = (event: { preventDefault(): void }) => {
    if (state === 'closed') return
    event.preventDefault()
    void tryToEnd()
  }
  window.on('close', hold)
  app.on('before-quit', hold)
  app.on('window-all-closed', () => app.quit())
}
