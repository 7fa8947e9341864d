// Stands in for the `electron` module where there is no runtime: remembers what the desktop host asks for, plays
// what Electron would do, and is typed against Electron's own declarations so that it cannot drift from them.

import { EventEmitter } from 'node:events'
import type {
  App,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  MenuItemConstructorOptions,
  NativeTheme,
  Protocol,
  Rectangle,
  Screen,
  Session,
  Shell,
  WebContents,
  WebFrameMain,
} from 'electron'

export interface Recorded {
  /** What was asked for, in order, by name. */
  order: string[]
  windows: BrowserWindow[]
  opened: string[]
  errorBoxes: { title: string; text: string }[]
  messageBoxes: Electron.MessageBoxOptions[]
  openDialogs: { window: unknown; options: Electron.OpenDialogOptions }[]
  paths: Map<string, string>
  exitCode: number | undefined
  quits: number
  menu: MenuItemConstructorOptions[]
}

/** What the stand-in answers where a person or a system would. */
export interface Told {
  lock: boolean
  locale: string
  packaged: boolean
  /** Index of the button pressed in a message box. */
  button: number
  save: { canceled: boolean; filePath: string }
  folder: { canceled: boolean; filePaths: string[] }
  proxy: string
  displays: Rectangle[]
}

const recorded = (): Recorded => ({
  order: [],
  windows: [],
  opened: [],
  errorBoxes: [],
  messageBoxes: [],
  openDialogs: [],
  paths: new Map(),
  exitCode: undefined,
  quits: 0,
  menu: [],
})
const told = (): Told => ({
  lock: true,
  locale: 'en-US',
  packaged: false,
  button: 0,
  save: { canceled: true, filePath: '' },
  folder: { canceled: true, filePaths: [] },
  proxy: 'DIRECT',
  displays: [{ x: 0, y: 0, width: 1920, height: 1080 }],
})

export const record: Recorded = recorded()
export const tell: Told = told()

let markReady: () => void = () => undefined
let whenReady: Promise<void> = Promise.resolve()
let ready = false

type Handler = (request: Request) => Response | Promise<Response>
export const schemes = new Map<string, Handler>()
export const privileges = new Map<string, unknown>()
type Invoke = (event: unknown, ...given: unknown[]) => unknown
export const invokes = new Map<string, Invoke>()

export const guards: {
  request?: Parameters<Session['setPermissionRequestHandler']>[0] | undefined
  check?: Parameters<Session['setPermissionCheckHandler']>[0] | undefined
  device?: Parameters<Session['setDevicePermissionHandler']>[0] | undefined
  before?: ((details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void) | undefined
} = {}

/** Electron's own objects emit any event: their declared overloads are not repeated here. */
class AppStandIn extends EventEmitter {
  name = 'Sverka'
  get isPackaged(): boolean {
    return tell.packaged
  }
  enableSandbox(): void {
    early('enableSandbox')
  }
  setPath(name: string, path: string): void {
    early('setPath')
    record.paths.set(name, path)
  }
  getPath(name: string): string {
    return record.paths.get(name) ?? '/'
  }
  requestSingleInstanceLock(): boolean {
    record.order.push('lock')
    return tell.lock
  }
  whenReady(): Promise<void> {
    record.order.push('whenReady')
    return whenReady
  }
  getLocale(): string {
    return tell.locale
  }
  exit(code = 0): void {
    record.order.push('exit')
    record.exitCode = code
  }
  /** As Electron does it: asks everybody, closes the windows unless somebody objected, and is gone. */
  quit(): void {
    record.quits++
    if (!emitPreventable(this, 'before-quit')) return
    for (const window of record.windows) if (!window.isDestroyed()) window.close()
    const gone = record.windows.every((window) => window.isDestroyed())
    if (gone && !record.order.includes('quit')) record.order.push('quit')
  }
}

function early(name: string): void {
  record.order.push(name)
  if (ready) throw new Error(`${name} after the app was ready`)
}

function late(name: string): void {
  record.order.push(name)
  if (!ready) throw new Error(`${name} before the app was ready`)
}

/** Whether nobody objected. */
export function emitPreventable(
  emitter: EventEmitter,
  name: string,
  more: Record<string, unknown> = {},
): boolean {
  let prevented = false
  emitter.emit(name, { ...more, preventDefault: () => (prevented = true) })
  return !prevented
}

export class ContentsStandIn extends EventEmitter {
  url = ''
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  mainFrame: { url: string } = { url: '' }
  sent: { channel: string; value: unknown }[] = []
  send(channel: string, value: unknown): void {
    // What crosses is cloned, as Electron clones it: what cannot be throws here too.
    this.sent.push({ channel, value: structuredClone(value) })
  }
  getURL(): string {
    return this.url
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows(): BrowserWindow[] {
    return record.windows
  }
  options: BrowserWindowConstructorOptions
  webContents = new ContentsStandIn()
  shown = false
  maximized = false
  focused = 0
  private destroyed = false
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    late('window')
    this.options = options
    record.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.webContents.url = url
    this.webContents.mainFrame = { url }
    record.order.push('load')
    return Promise.resolve()
  }
  show(): void {
    this.shown = true
  }
  hide(): void {
    this.shown = false
  }
  focus(): void {
    this.focused++
  }
  restore(): void {
    record.order.push('restore')
  }
  isMinimized(): boolean {
    return true
  }
  maximize(): void {
    this.maximized = true
  }
  isMaximized(): boolean {
    return this.maximized
  }
  getNormalBounds(): Rectangle {
    const { x = 10, y = 20, width = 0, height = 0 } = this.options
    return { x, y, width, height }
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  close(): void {
    if (!emitPreventable(this, 'close')) return
    this.destroyed = true
    this.emit('closed')
    app.emit('window-all-closed')
  }
}

export const app = new AppStandIn()
export const ipcMain = Object.assign(new EventEmitter(), {
  handle: (channel: string, handler: Invoke) => void invokes.set(channel, handler),
})
export const protocol = {
  registerSchemesAsPrivileged(list: { scheme: string; privileges?: unknown }[]) {
    early('schemes')
    for (const { scheme, privileges: given } of list) privileges.set(scheme, given)
  },
  handle(scheme: string, handler: Handler) {
    late('serve')
    schemes.set(scheme, handler)
  },
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: typeof guards.request) => void (guards.request = handler),
    setPermissionCheckHandler: (handler: typeof guards.check) => void (guards.check = handler),
    setDevicePermissionHandler: (handler: typeof guards.device) => void (guards.device = handler),
    resolveProxy: (_url: string) => Promise.resolve(tell.proxy),
    webRequest: { onBeforeRequest: (handler: typeof guards.before) => void (guards.before = handler) },
  },
}
export const dialog = {
  showErrorBox: (title: string, text: string) => void record.errorBoxes.push({ title, text }),
  showMessageBox(_window: unknown, options: Electron.MessageBoxOptions) {
    record.messageBoxes.push(options)
    return Promise.resolve({ response: tell.button, checkboxChecked: false })
  },
  showSaveDialog: () => Promise.resolve(tell.save),
  showOpenDialog(window: unknown, options: Electron.OpenDialogOptions) {
    record.openDialogs.push({ window, options })
    return Promise.resolve(tell.folder)
  },
}
export const shell = {
  openExternal: (url: string) => Promise.resolve(void record.opened.push(url)),
  showItemInFolder: (path: string) => void record.opened.push(path),
}
export const screen = { getAllDisplays: () => tell.displays.map((workArea) => ({ workArea })) }
export const nativeTheme = { themeSource: 'system' as NativeTheme['themeSource'], shouldUseDarkColors: false }
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: MenuItemConstructorOptions[]) => void (record.menu = menu),
}

// A name or an argument that Electron does not have does not compile here.
app satisfies Pick<
  App,
  | 'name'
  | 'isPackaged'
  | 'enableSandbox'
  | 'setPath'
  | 'getPath'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'getLocale'
  | 'exit'
  | 'quit'
>
protocol satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>
shell satisfies Pick<Shell, 'openExternal' | 'showItemInFolder'>
nativeTheme satisfies Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
dialog satisfies Pick<Dialog, 'showErrorBox'> &
  Record<keyof Pick<Dialog, 'showMessageBox' | 'showSaveDialog' | 'showOpenDialog'>, unknown>
session.defaultSession satisfies Record<
  keyof Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'resolveProxy'
    | 'webRequest'
  >,
  unknown
>
screen satisfies Record<keyof Pick<Screen, 'getAllDisplays'>, unknown>
ipcMain satisfies Record<keyof Pick<IpcMain, 'handle' | 'on'>, unknown>
export type WindowMembers = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'close'
>
BrowserWindow satisfies new (options: BrowserWindowConstructorOptions) => WindowMembers
export type ContentsMembers = Record<
  keyof Pick<WebContents, 'send' | 'getURL' | 'setWindowOpenHandler' | 'mainFrame'>,
  unknown
>
ContentsStandIn satisfies new () => ContentsMembers
export type FrameMembers = Pick<WebFrameMain, 'url'>

/** A new app that nothing was asked of yet. */
export function reset(): void {
  app.removeAllListeners()
  ipcMain.removeAllListeners()
  Object.assign(record, recorded())
  Object.assign(tell, told())
  for (const map of [schemes, privileges, invokes]) map.clear()
  nativeTheme.themeSource = 'system'
  ready = false
  whenReady = new Promise((resolve) => (markReady = resolve))
}

/** Electron becomes ready once the entry has been evaluated, never before. */
export function becomeReady(): void {
  ready = true
  record.order.push('ready')
  markReady()
}

reset()
