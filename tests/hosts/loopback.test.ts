import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { askRunningHost } from '../../electron/loopback/rendezvous.ts'
import { contentDisposition } from '../../electron/loopback/files.ts'
import { withBridge } from '../../electron/loopback/page.ts'
import { ask, comeIn, openHouse } from './loopback-kit.ts'
import type { Ask, House } from './loopback-kit.ts'

const houses: House[] = []
async function house(...given: Parameters<typeof openHouse>): Promise<House> {
  const one = await openHouse(...given)
  houses.push(one)
  return one
}
afterEach(async () => {
  for (const one of houses.splice(0)) await one.close()
})

describe('the door', () => {
  it('turns a token into a cookie that scripts and other sites never get, and takes it out of the address', async () => {
    const one = await house()
    const { search } = new URL(one.host.address())
    const reply = await ask(one, `/${search}`)
    expect(reply.status).toBe(303)
    expect(reply.headers.location).toBe('/')
    expect(reply.headers['set-cookie']?.[0]).toMatch(
      /^sverka-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  it('takes a token once', async () => {
    const one = await house()
    const { search } = new URL(one.host.address())
    await ask(one, `/${search}`)
    const again = await ask(one, `/${search}`)
    expect(again.status).toBe(403)
    expect(again.headers['set-cookie']).toBeUndefined()
    expect(again.body).toContain('npm start')
  })

  it('takes a token for a minute', async () => {
    const one = await house()
    const early = new URL(one.host.address()).search
    const late = new URL(one.host.address()).search
    one.pass(59_000)
    expect((await ask(one, `/${early}`)).status).toBe(303)
    one.pass(2_000)
    expect((await ask(one, `/${late}`)).status).toBe(403)
  })

  it.each(['/', '/assets/app.js', '/bridge.js', '/files/t_aaaaaaaaaaaaaaaaaaaaa', '/?token=x'])(
    'is shut for %s without a cookie',
    async (path) => {
      const one = await house()
      expect((await ask(one, path)).status).toBe(403)
      expect((await ask(one, path, { headers: { cookie: `sverka-${one.port}=wrong` } })).status).toBe(403)
    },
  )

  it.each<[string, Record<string, string>]>([
    ['a name that leads here', { host: 'evil.example' }],
    ['localhost', { host: 'localhost' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['an opaque origin', { origin: 'null' }],
    [
      'a script of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    ],
  ])('refuses %s even with the cookie', async (_name, headers) => {
    const one = await house()
    const cookie = await comeIn(one)
    expect((await ask(one, '/', { headers: { cookie } })).status).toBe(200)
    expect((await ask(one, '/', { headers: { cookie, ...headers } })).status).toBe(403)
  })

  it('gives a new address to whoever can read the profile, and to nobody else', async () => {
    const one = await house()
    const note = join(one.folder, 'data', 'loopback.json')
    const address = await askRunningHost(join(one.folder, 'data'))
    expect((await ask(one, `/${new URL(address ?? '').search}`)).status).toBe(303)
    expect(statSync(note).mode & 0o777).toBe(0o600)
    expect((await ask(one, '/again', { method: 'POST', headers: { 'x-sverka-key': 'wrong' } })).status).toBe(
      403,
    )
    await one.host.close()
    expect(existsSync(note)).toBe(false)
    expect(await askRunningHost(join(one.folder, 'data'))).toBeNull()
    houses.length = 0
  })
})

describe('the page', () => {
  it('comes with the headers that bind it and with the bridge before the program', async () => {
    const one = await house()
    const reply = await ask(one, '/', { headers: { cookie: await comeIn(one) } })
    expect(reply.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
    expect(reply.headers['referrer-policy']).toBe('no-referrer')
    expect(reply.headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(reply.headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.body).toMatch(/<script src="\/bridge\.js"><\/script>\s*<script type="module"/)
  })

  it('has a bridge without a trace of types', async () => {
    const one = await house()
    const reply = await ask(one, '/bridge.js', { headers: { cookie: await comeIn(one) } })
    expect(reply.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(reply.body).not.toMatch(/^\s*import|: Bridge/m)
    expect(() => new Function(reply.body)).not.toThrow()
  })

  it.each([
    '/../outside.js',
    '/assets/../../outside.js',
    '/%2e%2e/outside.js',
    '/..%2foutside.js',
    '/assets/%2e%2e%2f%2e%2e%2foutside.js',
    '/..\\outside.js',
    '/link.js',
    '//outside.js',
    '/assets',
    '/%00.js',
    '/index.html%00.js',
    '/none.js',
    '/%zz',
  ])('does not lead out of its folder by %s', async (path) => {
    const one = await house()
    symlinkSync(join(one.folder, 'outside.js'), join(one.page, 'link.js'))
    const reply = await ask(one, path, { headers: { cookie: await comeIn(one) } })
    expect([403, 404]).toContain(reply.status)
    expect(reply.body).not.toContain('secret')
  })

  it('refuses other methods', async () => {
    const one = await house()
    const headers = { cookie: await comeIn(one), origin: one.host.origin }
    expect((await ask(one, '/', { method: 'PUT', headers })).status).toBe(405)
    expect((await ask(one, '/', { method: 'POST', headers })).status).toBe(405)
  })

  it('cannot be built without a place for the bridge', () => {
    expect(() => withBridge('<p>')).toThrow()
  })
})

describe('files', () => {
  const upload = (one: House, cookie: string, more: Ask = {}) =>
    ask(one, '/files', {
      method: 'POST',
      body: 'bytes',
      ...more,
      headers: {
        cookie,
        origin: one.host.origin,
        'x-file-name': encodeURIComponent('выписка.txt'),
        ...more.headers,
      },
    })

  it('become tickets for copies of ours', async () => {
    const one = await house()
    const reply = await upload(one, await comeIn(one))
    const { ticket } = JSON.parse(reply.body) as { ticket: string }
    const file = one.backend.files.get(ticket)
    expect(reply.status).toBe(200)
    expect(file).toMatchObject({ name: 'выписка.txt', disposable: true })
    expect(readFileSync(file?.path ?? '', 'utf8')).toBe('bytes')
    expect(statSync(file?.path ?? '').mode & 0o777).toBe(0o600)
  })

  it("are refused without the page's origin or with a wrong name", async () => {
    const one = await house()
    const cookie = await comeIn(one)
    expect(
      (await ask(one, '/files', { method: 'POST', headers: { cookie, 'x-file-name': 'a' }, body: 'a' }))
        .status,
    ).toBe(403)
    expect((await upload(one, '')).status).toBe(403)
    expect((await upload(one, cookie, { headers: { 'x-file-name': '%' } })).status).toBe(400)
    expect((await upload(one, cookie, { headers: { 'x-file-name': 'a%0Ab' } })).status).toBe(400)
    expect(one.backend.files.size).toBe(0)
  })

  it('lose the folders of their names', async () => {
    const one = await house()
    await upload(one, await comeIn(one), { headers: { 'x-file-name': '..%2F..%2Fetc%2Fpasswd' } })
    expect([...one.backend.files.values()].map(({ name }) => name)).toEqual(['passwd'])
  })

  it('that are too large are refused and leave nothing, whether their length is told or not', async () => {
    const one = await house({}, { maxUploadBytes: 2_097_152 })
    const cookie = await comeIn(one)
    const told = await upload(one, cookie, {
      headers: { 'content-length': '3000000' },
      body: Buffer.alloc(3_000_000),
    }).catch(() => null)
    const untold = await upload(one, cookie, {
      headers: { 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(3_000_000),
    }).catch(() => null)
    for (const reply of [told, untold]) {
      if (reply)
        expect([reply.status, reply.body]).toEqual([413, '{"fault":{"code":"file.tooLarge","limitMb":2}}'])
    }
    expect(readdirSync(join(one.folder, 'temp'))).toEqual([])
    expect(one.backend.files.size).toBe(0)
  })

  it('that the backend refuses answer its fault', async () => {
    const one = await house()
    const reply = await upload(one, await comeIn(one), { body: '' })
    expect([reply.status, reply.body]).toEqual([422, '{"fault":{"code":"file.empty"}}'])
    expect(readdirSync(join(one.folder, 'temp'))).toEqual([])
  })

  it('go out as downloads under their own names', async () => {
    const one = await house()
    writeFileSync(join(one.folder, 'out'), 'a;b')
    one.backend.files.set('t_aaaaaaaaaaaaaaaaaaaaa', {
      path: join(one.folder, 'out'),
      name: 'Сверка "1".csv',
      disposable: true,
    })
    const headers = { cookie: await comeIn(one) }
    const reply = await ask(one, '/files/t_aaaaaaaaaaaaaaaaaaaaa', { headers })
    expect([reply.status, reply.body]).toEqual([200, 'a;b'])
    expect(reply.headers['content-disposition']).toBe(
      'attachment; filename="______ _1_.csv"; filename*=UTF-8\'\'%D0%A1%D0%B2%D0%B5%D1%80%D0%BA%D0%B0%20%221%22.csv',
    )
    expect((await ask(one, '/files/t_bbbbbbbbbbbbbbbbbbbbb', { headers })).status).toBe(404)
  })

  it('have names that headers can carry', () => {
    expect(contentDisposition("a'(1)*.csv")).toBe(
      "attachment; filename=\"a'(1)*.csv\"; filename*=UTF-8''a%27%281%29%2A.csv",
    )
  })
})

describe('frames', () => {
  async function connect(
    one: House,
    headers: Record<string, string>,
  ): Promise<{ socket: WebSocket; frames: unknown[] } | number> {
    const socket = new WebSocket(`ws://127.0.0.1:${one.port}/ws`, { headers })
    const frames: unknown[] = []
    socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString())))
    return new Promise((resolve) => {
      socket.on('open', () => resolve({ socket, frames }))
      socket.on('unexpected-response', (_request, response) => {
        response.destroy()
        resolve(response.statusCode ?? 0)
      })
      socket.on('error', () => undefined)
    })
  }
  const until = async (met: () => boolean) => {
    for (let tries = 0; tries < 200 && !met(); tries++)
      await new Promise((resolve) => setTimeout(resolve, 10))
  }

  it('flow for the page with its cookie', async () => {
    const one = await house({ 'app.settings': () => ({ language: 'ru' }) })
    const opened = await connect(one, { cookie: await comeIn(one), origin: one.host.origin })
    if (typeof opened === 'number') throw new Error(`refused with ${opened}`)
    opened.socket.send('{"id":7,"call":"app.settings"}')
    await until(() => opened.frames.length === 2)
    expect(opened.frames).toEqual([
      { hello: { version: '0.0.0-fake', protocol: 1 } },
      { id: 7, value: { language: 'ru' } },
    ])
    expect(one.backend.sessions).toBe(1)
    opened.socket.close()
    await until(() => one.backend.sessions === 0)
    expect(one.backend.sessions).toBe(0)
  })

  it('are refused without cookie, without origin and from another one', async () => {
    const one = await house()
    const cookie = await comeIn(one)
    expect(await connect(one, { origin: one.host.origin })).toBe(403)
    expect(await connect(one, { cookie })).toBe(403)
    expect(await connect(one, { cookie, origin: 'http://evil.example' })).toBe(403)
    expect(await connect(one, { cookie, origin: one.host.origin, host: 'evil.example' })).toBe(403)
    expect(one.backend.sessions).toBe(0)
  })

  it.each(['nonsense', '{"id":1}', '{"id":1,"claim":"/etc/passwd"}', '[]'])(
    'end the conversation when they are none of ours: %s',
    async (text) => {
      const one = await house()
      const opened = await connect(one, { cookie: await comeIn(one), origin: one.host.origin })
      if (typeof opened === 'number') throw new Error(`refused with ${opened}`)
      const closed = once(opened.socket, 'close')
      opened.socket.send(text)
      const [code] = (await closed) as [number]
      expect(code).toBe(1008)
      expect(one.backend.received).toEqual([])
    },
  )

  it('larger than the limit end the conversation', async () => {
    const one = await house()
    const opened = await connect(one, { cookie: await comeIn(one), origin: one.host.origin })
    if (typeof opened === 'number') throw new Error(`refused with ${opened}`)
    const closed = once(opened.socket, 'close')
    opened.socket.send(`{"id":1,"call":"a","input":"${'x'.repeat(8 * 1_048_576)}"}`)
    const [code] = (await closed) as [number]
    expect(code).toBe(1009)
  })

  it('keep the host while a tab or a job lasts, and let it end afterwards', async () => {
    const one = await house({}, { lingerMs: 40, firstMs: 10_000 })
    const opened = await connect(one, { cookie: await comeIn(one), origin: one.host.origin })
    if (typeof opened === 'number') throw new Error(`refused with ${opened}`)
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(one.ends).toBe(0)
    one.backend.running = 1
    opened.socket.close()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(one.ends).toBe(0)
    one.backend.running = 0
    await until(() => one.ends > 0)
    expect(one.ends).toBe(1)
  })
})
