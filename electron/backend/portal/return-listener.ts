// Waits on this computer for the browser that comes back from the portal's sign-in page. One fixed port, because the
// address stands in the local app's settings; one use; nothing but the right path and state is listened to.

import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

export const defaultReturnPort = 53_682
export const returnPath = '/sverka'

/** What must stand in the settings of the portal's local app. */
export function returnAddress(port: number): string {
  return `http://127.0.0.1:${port}${returnPath}`
}

export interface ReturnListener {
  close(): Promise<void>
}

export interface ReturnListenerInput {
  port: number
  /** The state of the sign-in that is waited for; a return with another is answered with a plain no and changes nothing. */
  state: string
  /** Called once with the whole return address; the page says whether it resolved or rejected. */
  onReturn(address: string): Promise<void>
}

/** Null when the port is busy: the person then copies the address from the browser. Other errors are thrown. */
export async function startReturnListener({
  port,
  state,
  onReturn,
}: ReturnListenerInput): Promise<ReturnListener | null> {
  let used = false
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      const address = expected(request, port)
      if (address === null) return answer(response, 404, pages.nothing)
      if (used || address.searchParams.get('state') !== state) return answer(response, 400, pages.stale)
      used = true
      onReturn(address.href).then(
        () => answer(response, 200, pages.done),
        () => answer(response, 400, pages.failed),
      )
    },
  )
  const listening = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true))
  })
  if (!listening) return null
  server.unref()
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

/** The return address where the request is one; null for any other path, method or host (a page that rebinds its name). */
function expected(request: IncomingMessage, port: number): URL | null {
  const host = request.headers.host ?? ''
  if (request.method !== 'GET' || ![`127.0.0.1:${port}`, `localhost:${port}`].includes(host)) return null
  const text = `http://127.0.0.1:${port}${request.url ?? '/'}`
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return url.pathname === returnPath && url.searchParams.has('code') ? url : null
}

const pages = {
  done: [
    'Вход выполнен. Вернитесь в Сверку: эту вкладку можно закрыть.',
    'You are signed in. Go back to Sverka; this tab can be closed.',
  ],
  failed: ['Войти не удалось. Причина показана в Сверке.', 'Signing in failed. Sverka shows the reason.'],
  stale: [
    'Эта ссылка уже не действует. Начните вход в Сверке заново.',
    'This link is no longer valid. Start signing in again in Sverka.',
  ],
  nothing: ['Здесь ничего нет.', 'There is nothing here.'],
} as const

function answer(
  response: ServerResponse,
  status: number,
  [russian, english]: readonly [string, string],
): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  })
  response.end(
    `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Sverka</title>` +
      `<body style="font:18px/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1rem">` +
      `<p>${russian}</p><p lang="en">${english}</p></body></html>`,
  )
}
