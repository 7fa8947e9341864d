// The desktop host, from the first line to the window.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app, dialog } from 'electron'
import type { Ports } from '../backend/ports.ts'
import type { Backend } from '../backend/session.ts'
import { Refusal } from '../contract/fault.ts'
import { dataFolderOf, openPorts } from '../host/ports.ts'
import { desktopNetwork } from './desktop-network.ts'
import { desktopShell } from './desktop-shell.ts'
import { endWell } from './ending.ts'
import { carryFrames } from './frames.ts'
import { guardContents, guardSession } from './guards.ts'
import { openMainWindow } from './main-window.ts'
import { followPreferences } from './preferences.ts'
import { claimScheme, serveScheme } from './scheme.ts'
import { words } from './words.ts'

export interface DesktopParts {
  createBackend(ports: Ports): Promise<Backend>
  /** Folder of the bundle: `main`, `preload` and `renderer` lie in it. */
  out: string
  workers: Ports['workers']
}

/** Resolves when the window is on its way, or when there is none to come. */
export async function startDesktop(parts: DesktopParts): Promise<void> {
  const data = dataFolderOf(wishedData())
  claimScheme()
  app.enableSandbox()
  // Chromium's own files, and the lock that lets one window per profile, live with the profile.
  app.setPath('userData', join(data, 'window'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  guardContents()
  await app.whenReady()
  guardSession()
  serveScheme(join(parts.out, 'renderer'))
  const opened = await open(parts, data)
  if (!opened) return app.exit(1)
  showWindow(parts, opened)
}

interface Opened {
  ports: Ports
  backend: Backend
}

function showWindow(parts: DesktopParts, { ports, backend }: Opened): void {
  const preferences = followPreferences(backend)
  const window = openMainWindow({ data: ports.paths.data, preload: join(parts.out, 'preload', 'index.cjs') })
  carryFrames(window, backend, ports.log)
  endWell({ window, backend, language: () => preferences.language(), ending: () => preferences.close() })
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  })
}

/** Says why and answers undefined where the profile cannot be opened. */
async function open({ createBackend, workers }: DesktopParts, data: string): Promise<Opened | undefined> {
  try {
    const shell = desktopShell()
    const ports = await openPorts({
      name: 'desktop',
      data,
      workers,
      shell,
      network: desktopNetwork,
      tell: (address) => void shell.open(address),
    })
    return { ports, backend: await createBackend(ports) }
  } catch (error) {
    const say = words[app.getLocale().startsWith('ru') ? 'ru' : 'en']
    dialog.showErrorBox(say.cannotStart, error instanceof Refusal ? say.why(error.fault) : String(error))
    return undefined
  }
}

/** Chromium's own switches stand among the arguments too: only ours are looked for. */
function wishedData(): string | undefined {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { data: { type: 'string' } },
    strict: false,
  })
  return typeof values.data === 'string' ? values.data : undefined
}
