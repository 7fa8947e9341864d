// The window's frames: who may send them, and the session behind them.

import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, dialog, ipcMain } from 'electron'
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import type { Log } from '../backend/ports.ts'
import type { Backend, Session } from '../backend/session.ts'
import { Refusal } from '../contract/fault.ts'
import type { Result } from '../contract/fault.ts'
import { ClientFrame } from '../contract/frames.ts'
import { safeName } from '../host/safe-name.ts'
import { channels } from './channels.ts'
import { isOurPage } from './scheme.ts'

/** Carries frames between the one window and the backend for as long as the app lives. */
export function carryFrames(window: BrowserWindow, backend: Backend, log: Log): void {
  let session: Session | undefined
  const end = () => {
    session?.close()
    session = undefined
  }

  const ours = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    if (isOurs(event, window)) return true
    log.error('frames.stranger', { address: event.senderFrame?.url ?? 'gone' })
    return false
  }

  ipcMain.on(channels.open, (event) => {
    if (!ours(event)) return
    // A page that was loaded anew begins anew.
    end()
    session = backend.open((frame) => {
      if (!window.isDestroyed()) window.webContents.send(channels.frame, frame)
    })
  })
  ipcMain.on(channels.frame, (event, frame: unknown) => {
    if (!ours(event)) return
    const read = ClientFrame.safeParse(frame)
    // Files come in by `claim` below, where the preload asks Electron for the path.
    if (!read.success || 'claim' in read.data) return log.error('frames.unreadable', {})
    session?.receive(read.data)
  })
  ipcMain.handle(channels.claim, (event, path: unknown, name: unknown) =>
    answer(ours(event), log, () => backend.tickets.claim(textOf(path), safeName(textOf(name)), false)),
  )
  ipcMain.handle(channels.deliver, (event, ticket: unknown, name: unknown) =>
    answer(ours(event), log, () => deliver(window, backend, textOf(ticket), textOf(name))),
  )
  window.webContents.on('render-process-gone', end)
  window.on('closed', end)
}

/** Main frame of our window, at our address: a frame of anything else within it is a stranger. */
export function isOurs(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow): boolean {
  if (window.isDestroyed() || event.sender !== window.webContents) return false
  return (
    event.senderFrame !== null &&
    event.senderFrame === window.webContents.mainFrame &&
    isOurPage(event.senderFrame.url)
  )
}

/** Errors lose their fields on the way to a window: what crosses is a Result. */
async function answer<T>(ours: boolean, log: Log, work: () => Promise<T>): Promise<Result<T>> {
  if (!ours) return { ok: false, fault: { code: 'input.invalid', path: '', reason: 'sender' } }
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault }
    const reference = Date.now().toString(36)
    log.error('frames.failed', { reference, error })
    return { ok: false, fault: { code: 'internal', reference } }
  }
}

async function deliver(
  window: BrowserWindow,
  backend: Backend,
  ticket: string,
  name: string,
): Promise<boolean> {
  const file = backend.tickets.locate(ticket)
  if (!file) throw new Refusal({ code: 'file.gone' })
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('downloads'), safeName(name)),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  if (canceled || filePath === '') return false
  await copyFile(file.path, filePath)
  return true
}

function textOf(value: unknown): string {
  if (typeof value === 'string' && value.length <= 32_768) return value
  throw new Refusal({ code: 'input.invalid', path: '', reason: 'text' })
}
