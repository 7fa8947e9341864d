// Where a process is killed: before or after its n-th write to the ledger or request to the portal, or at a moment.

import http from 'node:http'
import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

export interface KillPoint {
  /** `sent`: the request's bytes are gone and no answer has come. */
  at: 'write:before' | 'write:after' | 'request:before' | 'request:sent' | 'request:after' | 'moment'
  /** Only writes of this name, or requests of this method; all of them where it is ''. */
  name: string
  /** The how-manieth of them; milliseconds for a moment. */
  nth: number
  /** Strikes at this one of all writes or requests at the latest, so that a life waits for no rare name for ever. */
  latest: number
}

/** Ends this process without a word to anybody but the one who asked for it. */
function die(point: KillPoint, met: string): void {
  writeSync(1, `killed ${JSON.stringify({ at: point.at, met })}\n`)
  process.kill(process.pid, 'SIGKILL')
}

/** Lays the trap. Nothing of the product knows of it: Node's own request and thread functions are wrapped. */
export function dieAt(point: KillPoint): void {
  if (point.at === 'moment') return
  let all = 0
  let met = 0
  const hit = (name: string): boolean => {
    all += 1
    if (point.name === '' || point.name === name) met += 1
    return met === point.nth || all === point.latest
  }
  if (point.at.startsWith('write')) trapWrites(point, hit)
  else trapRequests(point, hit)
}

interface Asked {
  id?: number
  name?: string
}

function trapWrites(point: KillPoint, hit: (name: string) => boolean): void {
  const writes = new Map<Worker, Map<number, string>>()
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (this: Worker, message: Asked, ...rest) {
    const { id, name } = message
    if (id !== undefined && name !== undefined && isWrite(name)) {
      if (point.at === 'write:before' && hit(name)) die(point, name)
      if (!writes.has(this)) {
        writes.set(this, new Map())
        this.prependListener('message', (reply: Asked) => {
          const answered = writes.get(this)?.get(reply.id ?? 0)
          if (answered !== undefined && point.at === 'write:after' && hit(answered)) die(point, answered)
        })
      }
      writes.get(this)?.set(id, name)
    }
    postMessage.call(this, message, ...rest)
  }
}

/** What an apply job writes on its way. */
export const ledgerWrites = [
  'confirmPlan',
  'createJob',
  'createItems',
  'intendWrites',
  'markItems',
  'storeSeen',
  'stopItems',
  'reopenItems',
  'saveJob',
  'interruptJobs',
] as const
const isWrite = (name: string): boolean => (ledgerWrites as readonly string[]).includes(name)

function trapRequests(point: KillPoint, hit: (name: string) => boolean): void {
  const { request } = http
  http.request = ((url: URL, options: http.RequestOptions) => {
    const method = url.pathname.split('/').at(-1) ?? ''
    const mine = hit(method)
    if (mine && point.at === 'request:before') die(point, method)
    const sent = request(url, options)
    if (mine && point.at === 'request:sent')
      sent.once('finish', () => setTimeout(() => die(point, method), 1))
    if (mine && point.at === 'request:after') sent.prependOnceListener('response', () => die(point, method))
    return sent
  }) as typeof http.request
}
