// What is built for Electron, run under Node: the real backend and its threads from the bundle, Electron stood in for.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const out = at('../../out')
const folder = mkdtempSync(join(tmpdir(), 'sverka-bundle-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Seen {
  order: string[]
  webPreferences: Record<string, unknown>
  page: { status: number; policy: string; text: string }
  frames: [unknown, ...{ id: number; value: unknown }[]]
}

describe('the built main process', () => {
  let seen: Seen
  beforeAll(() => {
    if (!existsSync(join(out, 'main', 'index.js'))) throw new Error('nothing is built: npm run build')
    const given = [
      '--disable-warning=ExperimentalWarning',
      at('./electron-stand-in/drive-bundle.ts'),
      join(out, 'main', 'index.js'),
      '--data',
      folder,
    ]
    const { stdout, stderr, status } = spawnSync(process.execPath, given, {
      encoding: 'utf8',
      timeout: 60_000,
    })
    if (status !== 0) throw new Error(`ended with ${status}: ${stderr}`)
    seen = JSON.parse(stdout) as Seen
  })

  it('starts in the order that Electron demands and ends by itself', () => {
    expect(seen.order).toEqual([
      'schemes',
      'enableSandbox',
      'setPath',
      'lock',
      'whenReady',
      'ready',
      'serve',
      'window',
      'load',
      'quit',
    ])
  })

  it('opens the sandboxed window with the built preload', () => {
    expect(seen.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
    expect(existsSync(String(seen.webPreferences['preload']))).toBe(true)
  })

  it('serves the built page under the policy', () => {
    expect(seen.page.status).toBe(200)
    expect(seen.page.policy).toContain("default-src 'none'; script-src 'self'")
    expect(seen.page.text).toBe(readFileSync(join(out, 'renderer', 'index.html'), 'utf8'))
  })

  it('answers frames from the real backend, its threads and its ledger', () => {
    const status = seen.frames.find(
      (frame) => typeof frame === 'object' && frame !== null && 'id' in frame && frame.id === 1,
    )
    expect(seen.frames[0]).toMatchObject({ hello: { protocol: 1 } })
    expect(status).toMatchObject({ value: { host: 'desktop', ledger: { owned: true, path: folder } } })
    const { troubles } = (status as { value: { troubles: { part: string }[] } }).value
    // Where the tests run there may be no keychain; the rest of the bundle must be whole.
    expect(troubles.filter(({ part }) => part !== 'keychain')).toEqual([])
    expect(seen.frames).toContainEqual({ id: 2, value: [] })
  })
})

describe('the built preload', () => {
  /** Loads the one file as a sandboxed preload would: nothing can be required but Electron. */
  function load() {
    const sent: unknown[][] = []
    const invoked: unknown[][] = []
    const heard = new Set<(event: unknown, frame: unknown) => void>()
    let bridge: Record<string, (...given: unknown[]) => unknown> = {}
    class File {
      name = 'a.txt'
    }
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, value: typeof bridge) => name === 'bridge' && (bridge = value),
      },
      ipcRenderer: {
        send: (...given: unknown[]) => sent.push(given),
        on: (_channel: string, hear: (event: unknown, frame: unknown) => void) => heard.add(hear),
        off: (_channel: string, hear: (event: unknown, frame: unknown) => void) => heard.delete(hear),
        invoke: (...given: unknown[]) => {
          invoked.push(given)
          return Promise.resolve(
            given[1] === '' ? { ok: false, fault: { code: 'file.gone' } } : { ok: true, value: 't_1' },
          )
        },
      },
      webUtils: { getPathForFile: () => '/chosen/a.txt' },
    }
    const require = (name: string) => {
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`)
      return electron
    }
    runInContext(
      readFileSync(join(out, 'preload', 'index.cjs'), 'utf8'),
      createContext({ require, File, Promise, exports: {}, module: {} }),
    )
    return { bridge, sent, invoked, heard, File }
  }

  it('is one file that exposes the bridge and nothing of Electron', () => {
    const { bridge } = load()
    expect(Object.keys(bridge).sort()).toEqual(['claim', 'deliver', 'listen', 'send'])
  })

  it('opens the session with the first listener and gives listeners their undo', () => {
    const { bridge, sent, heard } = load()
    const frames: unknown[] = []
    const undo = bridge['listen']?.((frame: unknown) => frames.push(frame)) as () => void
    bridge['listen']?.(() => undefined)
    expect(sent).toEqual([['sverka:open']])
    for (const hear of heard) hear({ sender: 'electron' }, { event: 'x', data: 1 })
    expect(frames).toEqual([{ event: 'x', data: 1 }])
    undo()
    expect(heard.size).toBe(1)
    bridge['send']?.({ id: 1, call: 'app.status' })
    expect(sent.at(-1)).toEqual(['sverka:frame', { id: 1, call: 'app.status' }])
  })

  it('asks Electron for the path of a chosen file, and rejects with the fault itself', async () => {
    const { bridge, invoked, File } = load()
    expect(await bridge['claim']?.(new File())).toBe('t_1')
    expect(invoked.at(-1)).toEqual(['sverka:claim', '/chosen/a.txt', 'a.txt'])
    await expect(bridge['claim']?.({ path: '/etc/passwd', name: 'x' })).rejects.toEqual({ code: 'file.gone' })
    expect(invoked.at(-1)).toEqual(['sverka:claim', '', ''])
    expect(await bridge['deliver']?.('t_2', 'name.csv')).toBe('t_1')
    expect(invoked.at(-1)).toEqual(['sverka:deliver', 't_2', 'name.csv'])
  })
})
