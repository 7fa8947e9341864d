// The desktop host against the stand-in of Electron and a fake backend.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from '../../electron/contract/fault.ts'
import { startDesktop } from '../../electron/main/desktop.ts'
import { desktopNetwork, proxyOfPac } from '../../electron/main/desktop-network.ts'
import { desktopShell } from '../../electron/main/desktop-shell.ts'
import { recallWindow } from '../../electron/main/window-state.ts'
import * as electron from './electron-stand-in/stand-in.ts'
import { fakeBackend } from './fake-backend.ts'
import type { Answer, FakeBackend } from './fake-backend.ts'
import { silentLog } from './loopback-kit.ts'

let folder: string
let data: string
const givenArguments = process.argv
beforeEach(() => {
  electron.reset()
  folder = mkdtempSync(join(tmpdir(), 'sverka-desktop-'))
  data = join(folder, 'data')
  mkdirSync(join(folder, 'out', 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'out', 'renderer', 'index.html'), '<!doctype html><p>page</p>')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  process.argv = ['electron', '.', '--data', data]
})
afterEach(() => {
  process.argv = givenArguments
  rmSync(folder, { recursive: true, force: true })
})

const settle = () => new Promise((resolve) => setTimeout(resolve, 20))
const settings = { language: 'ru', theme: 'dark' }

interface Desktop {
  window: electron.BrowserWindow
  backend: FakeBackend
}

function begin(backend: FakeBackend): Promise<void> {
  return startDesktop({
    createBackend: () => Promise.resolve(backend),
    out: join(folder, 'out'),
    workers: { ledger: new URL('file:///none/ledger.js'), compute: new URL('file:///none/compute.js') },
  })
}

async function desktop(answers: Record<string, Answer> = {}): Promise<Desktop> {
  const backend = fakeBackend({ 'app.settings': () => settings, ...answers })
  const started = begin(backend)
  electron.becomeReady()
  await started
  await settle()
  const [window] = electron.record.windows
  if (!window) throw new Error('no window')
  return { window, backend }
}

/** An event as a frame of the window's page would send it. */
const from = (window: electron.BrowserWindow, more: { sender?: unknown; senderFrame?: unknown } = {}) => ({
  sender: window.webContents,
  senderFrame: window.webContents.mainFrame,
  ...more,
})

describe('the start', () => {
  it('asks for what must come early before the app is ready, and for the rest after', async () => {
    await desktop()
    expect(electron.record.order).toEqual([
      'schemes',
      'enableSandbox',
      'setPath',
      'lock',
      'whenReady',
      'ready',
      'serve',
      'window',
      'load',
    ])
    expect(electron.privileges.get('app')).toEqual({
      standard: true,
      secure: true,
      supportFetchAPI: true,
      codeCache: true,
    })
    expect(electron.record.paths.get('userData')).toBe(join(data, 'window'))
  })

  it('opens a window that is sandboxed and isolated', async () => {
    const { window } = await desktop()
    expect(window.webContents.url).toBe('app://sverka/')
    expect(window.options.webPreferences).toEqual({
      preload: join(folder, 'out', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
    })
    expect(window.shown).toBe(false)
    window.emit('ready-to-show')
    expect(window.shown).toBe(true)
  })

  it('leaves the developer tools out of what people install', async () => {
    electron.tell.packaged = true
    const { window } = await desktop()
    expect(window.options.webPreferences?.devTools).toBe(false)
    expect(JSON.stringify(electron.record.menu)).not.toContain('toggleDevTools')
  })

  it('follows theme and language as they change', async () => {
    let theme = 'dark'
    const { backend } = await desktop({ 'app.settings': () => ({ language: 'ru', theme }) })
    expect(electron.nativeTheme.themeSource).toBe('dark')
    expect(electron.record.menu.map(({ label }) => label)).toEqual(['Правка', 'Вид'])
    theme = 'light'
    backend.tell('ledger.changed', { areas: ['settings'] })
    await settle()
    expect(electron.nativeTheme.themeSource).toBe('light')
  })

  it('is one per profile; a second start shows the first one', async () => {
    electron.tell.lock = false
    await begin(fakeBackend())
    expect(electron.record.windows).toEqual([])
    expect(electron.record.quits).toBe(1)
    electron.reset()
    const { window } = await desktop()
    electron.app.emit('second-instance')
    expect([window.shown, window.focused]).toEqual([true, 1])
  })

  it('says why a profile cannot be opened, and ends', async () => {
    electron.tell.locale = 'ru'
    const started = startDesktop({
      createBackend: () => Promise.reject(new Refusal({ code: 'ledger.newer', version: 5, known: 1 })),
      out: folder,
      workers: { ledger: new URL('file:///none'), compute: new URL('file:///none') },
    })
    electron.becomeReady()
    await started
    expect(electron.record.errorBoxes).toEqual([
      {
        title: 'Сверка не может запуститься',
        text: 'Данные записаны более новой версией Сверки. Установите её.',
      },
    ])
    expect(electron.record.exitCode).toBe(1)
  })
})

describe('the page', () => {
  const get = async (address: string, method = 'GET') => {
    const handler = electron.schemes.get('app')
    if (!handler) throw new Error('the scheme is not served')
    return handler(new Request(address, { method }))
  }

  it('is served under the strict policy, refusals too', async () => {
    await desktop()
    const found = await get('app://sverka/')
    expect([found.status, await found.text()]).toEqual([200, '<!doctype html><p>page</p>'])
    for (const response of [found, await get('app://sverka/none.js'), await get('app://other/')]) {
      expect(response.headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'",
      )
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it.each([
    ['app://sverka/none.js', 404],
    ['app://sverka/../secret.js', 404],
    ['app://sverka/%2e%2e/%2e%2e/secret.js', 404],
    ['app://sverka/..%2f..%2fsecret.js', 404],
    ['app://other/index.html', 403],
  ])('does not lead out of its folder: %s', async (address, status) => {
    await desktop()
    const response = await get(address)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
  })

  it('takes no other method', async () => {
    await desktop()
    expect((await get('app://sverka/', 'POST')).status).toBe(403)
  })
})

describe('choosing a folder', () => {
  it("asks with the system's dialog over the window, and answers nothing for a person who gave up", async () => {
    const { window } = await desktop()
    const { chooseFolder } = desktopShell()
    expect(await chooseFolder?.()).toBe(null)
    electron.tell.folder = { canceled: false, filePaths: ['/home/anna/bank'] }
    expect(await chooseFolder?.()).toBe('/home/anna/bank')
    expect(electron.record.openDialogs).toEqual([
      { window, options: { properties: ['openDirectory'] } },
      { window, options: { properties: ['openDirectory'] } },
    ])
  })
})

describe('the guards', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'refuse %s',
    async (name) => {
      const { window } = await desktop()
      expect(electron.emitPreventable(window.webContents, name, { url: 'https://evil.example/' })).toBe(false)
    },
  )

  it('refuse new windows, whatever their address', async () => {
    const { window } = await desktop()
    expect(window.webContents.openHandler?.({ url: 'https://example.com' })).toEqual({ action: 'deny' })
    expect(window.webContents.openHandler?.({ url: 'app://sverka/' })).toEqual({ action: 'deny' })
  })

  it('grant nothing but copying, and that to our page alone', async () => {
    const { window } = await desktop()
    const ask = (permission: string, isMainFrame = true) => {
      const answers: boolean[] = []
      electron.guards.request?.(
        window.webContents as never,
        permission as never,
        (granted) => answers.push(granted),
        { isMainFrame } as never,
      )
      answers.push(
        electron.guards.check?.(window.webContents as never, permission as never, '', {
          isMainFrame,
        }) ?? true,
      )
      return answers
    }
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'fileSystem',
      'hid',
    ]) {
      expect(ask(permission)).toEqual([false, false])
    }
    expect(ask('clipboard-sanitized-write')).toEqual([true, true])
    expect(ask('clipboard-sanitized-write', false)).toEqual([false, false])
    window.webContents.url = 'https://evil.example/'
    expect(ask('clipboard-sanitized-write')).toEqual([false, false])
    expect(electron.guards.device?.({} as never)).toBe(false)
  })

  it('let the window load nothing from elsewhere', async () => {
    await desktop()
    const cancelled = (url: string) => {
      let answer: boolean | undefined
      electron.guards.before?.({ url }, ({ cancel }) => (answer = cancel))
      return answer
    }
    expect(cancelled('https://evil.example/x.js')).toBe(true)
    expect(cancelled('http://127.0.0.1:80/')).toBe(true)
    expect(cancelled('file:///etc/passwd')).toBe(true)
    expect(cancelled('app://other/')).toBe(true)
    expect(cancelled('app://sverka/assets/a.js')).toBe(false)
    expect(cancelled('data:image/png;base64,AA==')).toBe(false)
  })
})

describe('frames', () => {
  it('flow between our page and its session', async () => {
    const { window, backend } = await desktop()
    electron.ipcMain.emit('sverka:open', from(window))
    electron.ipcMain.emit('sverka:frame', from(window), { id: 1, call: 'app.settings' })
    await settle()
    expect(window.webContents.sent).toEqual([
      { channel: 'sverka:frame', value: { hello: { version: '0.0.0-fake', protocol: 1 } } },
      { channel: 'sverka:frame', value: { id: 1, value: settings } },
    ])
    expect(backend.sessions).toBe(2)
    electron.ipcMain.emit('sverka:open', from(window))
    expect(backend.sessions).toBe(2)
  })

  it('of strangers are dropped', async () => {
    const { window, backend } = await desktop()
    electron.ipcMain.emit('sverka:open', from(window))
    const before = backend.received.length
    const strangers = [
      { sender: new electron.ContentsStandIn() },
      { senderFrame: { url: 'app://sverka/' } },
      { senderFrame: null },
    ]
    for (const stranger of strangers) {
      electron.ipcMain.emit('sverka:frame', from(window, stranger), { id: 1, call: 'app.settings' })
      expect(
        await electron.invokes.get('sverka:claim')?.(from(window, stranger), '/etc/passwd', 'a'),
      ).toMatchObject({ ok: false })
      expect(await electron.invokes.get('sverka:deliver')?.(from(window, stranger), 't', 'a')).toMatchObject({
        ok: false,
      })
    }
    window.webContents.mainFrame.url = 'https://evil.example/'
    electron.ipcMain.emit('sverka:frame', from(window), { id: 1, call: 'app.settings' })
    expect(backend.received).toHaveLength(before)
    expect(backend.files.size).toBe(0)
  })

  it.each([[{ id: 1, claim: '/etc/passwd' }], ['nonsense'], [{ id: 1 }], [null]])(
    'that are none are dropped: %j',
    async (frame) => {
      const { window, backend } = await desktop()
      electron.ipcMain.emit('sverka:open', from(window))
      const before = backend.received.length
      electron.ipcMain.emit('sverka:frame', from(window), frame)
      expect(backend.received).toHaveLength(before)
    },
  )

  it('stop with the page that spoke them', async () => {
    const { window, backend } = await desktop()
    electron.ipcMain.emit('sverka:open', from(window))
    expect(backend.sessions).toBe(2)
    window.webContents.emit('render-process-gone')
    expect(backend.sessions).toBe(1)
  })
})

describe('files', () => {
  it('come in by the path that Electron tells the preload', async () => {
    const { window, backend } = await desktop()
    writeFileSync(join(folder, 'a.txt'), 'a')
    const answer = await electron.invokes.get('sverka:claim')?.(from(window), join(folder, 'a.txt'), 'a.txt')
    expect(answer).toEqual({ ok: true, value: [...backend.files.keys()][0] })
    expect(await electron.invokes.get('sverka:claim')?.(from(window), '', '')).toEqual({
      ok: false,
      fault: { code: 'file.gone' },
    })
    expect(await electron.invokes.get('sverka:claim')?.(from(window), 7, 'a')).toMatchObject({
      ok: false,
      fault: { code: 'input.invalid' },
    })
  })

  it('go out to where the person saves them', async () => {
    const { window, backend } = await desktop()
    writeFileSync(join(folder, 'report'), 'a;b')
    backend.files.set('t_1', { path: join(folder, 'report'), name: 'r', disposable: true })
    const deliver = (ticket: string) =>
      electron.invokes.get('sverka:deliver')?.(from(window), ticket, 'report.csv')
    expect(await deliver('t_1')).toEqual({ ok: true, value: false })
    electron.tell.save = { canceled: false, filePath: join(folder, 'saved.csv') }
    expect(await deliver('t_1')).toEqual({ ok: true, value: true })
    expect(readFileSync(join(folder, 'saved.csv'), 'utf8')).toBe('a;b')
    expect(await deliver('t_none')).toEqual({ ok: false, fault: { code: 'file.gone' } })
  })
})

describe('the end', () => {
  it('closes the backend, then the app', async () => {
    const { window, backend } = await desktop()
    window.close()
    await settle()
    expect(backend.closed).toBe(true)
    expect(backend.sessions).toBe(0)
    expect(electron.record.order.at(-1)).toBe('quit')
    expect(electron.record.messageBoxes).toEqual([])
  })

  it('asks when a job runs, in the language of the settings, and stays when told so', async () => {
    const { window, backend } = await desktop()
    backend.running = 2
    window.close()
    await settle()
    expect(electron.record.messageBoxes[0]).toMatchObject({
      message: 'Ещё выполняются задания: 2.',
      buttons: ['Продолжить работу', 'Остановить и выйти'],
      defaultId: 0,
      cancelId: 0,
    })
    expect(backend.closed).toBe(false)
    expect(window.isDestroyed()).toBe(false)
    electron.tell.button = 1
    electron.app.quit()
    await settle()
    expect(backend.closed).toBe(true)
    expect(window.isDestroyed()).toBe(true)
  })

  it('asks once, however often it is called', async () => {
    const { window, backend } = await desktop()
    backend.running = 1
    window.close()
    electron.app.quit()
    await settle()
    expect(electron.record.messageBoxes).toHaveLength(1)
  })

  it('remembers where the window stood', async () => {
    const { window } = await desktop()
    window.maximize()
    window.close()
    await settle()
    expect(JSON.parse(readFileSync(join(data, 'window.json'), 'utf8'))).toEqual({
      x: 10,
      y: 20,
      width: 1360,
      height: 860,
      maximized: true,
    })
    expect(statSync(join(data, 'window.json')).mode & 0o777).toBe(0o600)
  })

  it('forgets a place that no screen shows any more, and a file that is none', () => {
    mkdirSync(data, { recursive: true })
    const state = { x: 3000, y: 100, width: 1000, height: 700, maximized: false }
    writeFileSync(join(data, 'window.json'), JSON.stringify(state))
    expect(recallWindow(data, [{ x: 0, y: 0, width: 1920, height: 1080 }])).toBeUndefined()
    expect(recallWindow(data, [{ x: 1920, y: 0, width: 1920, height: 1080 }])).toEqual(state)
    writeFileSync(join(data, 'window.json'), '{"x":1}')
    expect(recallWindow(data, [{ x: 0, y: 0, width: 1920, height: 1080 }])).toBeUndefined()
  })
})

describe('the proxy', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.example:8080', 'http://proxy.example:8080'],
    ['HTTPS secure.example:443; DIRECT', 'https://secure.example:443'],
    ['SOCKS5 s:1080; PROXY p:3128', 'http://p:3128'],
    ['SOCKS5 s:1080', undefined],
    ['', undefined],
  ])('of %j is %j', (answer, proxy) => {
    expect(proxyOfPac(answer)).toBe(proxy)
  })

  it("is the administrator's where there is one, and never in the way of this computer", async () => {
    electron.tell.proxy = 'PROXY system:1'
    const free = {
      forceReadOnly: false,
      forbidDelete: false,
      forbidUpdateCheck: false,
      proxy: null,
      updateFeed: null,
    }
    expect(await desktopNetwork(silentLog, free).proxyFor('https://a.bitrix24.ru/')).toBe('http://system:1')
    expect(
      await desktopNetwork(silentLog, { ...free, proxy: 'http://admin:2' }).proxyFor(
        'https://a.bitrix24.ru/',
      ),
    ).toBe('http://admin:2')
    expect(
      await desktopNetwork(silentLog, { ...free, proxy: 'http://admin:2' }).proxyFor('http://127.0.0.1:9/'),
    ).toBeNull()
  })
})
