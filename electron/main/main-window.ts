import { BrowserWindow, app, nativeTheme, screen } from 'electron'
import { pageAddress } from './scheme.ts'
import { recallWindow, rememberWindow } from './window-state.ts'

export interface WindowOptions {
  /** The profile's folder, where the window's place is remembered. */
  data: string
  preload: string
}

/** The one window: sandboxed, isolated, shown when it has something to show. */
export function openMainWindow({ data, preload }: WindowOptions): BrowserWindow {
  const remembered = recallWindow(
    data,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const place = remembered && {
    x: remembered.x,
    y: remembered.y,
    width: remembered.width,
    height: remembered.height,
  }
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    ...place,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Sverka',
    autoHideMenuBar: true,
    // What shows for a moment before the page does.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f5f7fa',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (remembered?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => rememberWindow(data, window))
  void window.loadURL(pageAddress)
  return window
}
