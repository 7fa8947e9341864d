// A loopback host over a fake backend and a page of a few lines, for tests.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../electron/backend/ports.ts'
import { startLoopback } from '../../electron/loopback/server.ts'
import type { LoopbackHost, LoopbackOptions } from '../../electron/loopback/server.ts'
import { fakeBackend } from './fake-backend.ts'
import type { Answer, FakeBackend } from './fake-backend.ts'

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface House {
  host: LoopbackHost
  backend: FakeBackend
  folder: string
  page: string
  port: number
  ends: number
  /** Moves the host's clock. */
  pass(ms: number): void
  close(): Promise<void>
}

export async function openHouse(
  answers: Record<string, Answer> = {},
  more: Partial<LoopbackOptions> = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'sverka-loopback-'))
  const paths = { data: join(folder, 'data'), temp: join(folder, 'temp'), logs: join(folder, 'logs') }
  const page = join(folder, 'page')
  for (const path of [...Object.values(paths), join(page, 'assets')]) mkdirSync(path, { recursive: true })
  writeFileSync(
    join(page, 'index.html'),
    '<!doctype html><html><head><title>t</title><script type="module" src="./assets/app.js"></script></head></html>',
  )
  writeFileSync(join(page, 'assets', 'app.js'), 'globalThis.appSawBridge = Boolean(window.bridge)')
  writeFileSync(join(folder, 'outside.js'), 'secret')
  const backend = fakeBackend(answers)
  let ahead = 0
  const house: House = {
    backend,
    folder,
    page,
    port: 0,
    ends: 0,
    host: await startLoopback({
      backend,
      paths,
      page,
      port: 0,
      log: silentLog,
      clock: { now: () => Date.now() + ahead, sleep: () => Promise.resolve() },
      idle: () => void house.ends++,
      ...more,
    }),
    pass: (ms) => void (ahead += ms),
    async close() {
      await house.host.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  house.port = Number(new URL(house.host.origin).port)
  return house
}

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface Ask {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** A request whose every header, `Host` included, is the test's. The path goes out as it is written. */
export function ask(
  house: House,
  path: string,
  { method = 'GET', headers = {}, body }: Ask = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: house.port, path, method, headers, agent: false },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        )
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Uses an address's token and answers the cookie. */
export async function comeIn(house: House): Promise<string> {
  const { search } = new URL(house.host.address())
  const { headers } = await ask(house, `/${search}`)
  return String(headers['set-cookie']?.[0]).split(';')[0] ?? ''
}
