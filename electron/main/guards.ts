// What no page in any window may do, whatever it holds.

import { app, session } from 'electron'
import type { WebContents } from 'electron'
import { isOurPage } from './scheme.ts'

/** The one permission that is granted: copying rows as a table writes text to the clipboard. */
const granted = new Set(['clipboard-sanitized-write'])

/** Holds for every web contents that will ever be created; call it before the first. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Call it when the app is ready: sessions do not exist before. */
export function guardSession(): void {
  const own = session.defaultSession
  own.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(isGranted(contents, permission, details.isMainFrame))
  })
  own.setPermissionCheckHandler((contents, permission, _origin, details) => {
    return isGranted(contents, permission, details.isMainFrame)
  })
  own.setDevicePermissionHandler(() => false)
  // Nothing is ever fetched by the window but the window: the backend is the one that talks to portals.
  own.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOurPage(details.url) && !/^(?:data|blob|devtools):/.test(details.url) })
  })
}

function isGranted(contents: WebContents | null, permission: string, isMainFrame: boolean): boolean {
  return isMainFrame && granted.has(permission) && contents !== null && isOurPage(contents.getURL())
}
