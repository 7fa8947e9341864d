// The stand-in portal as a process of its own, so that its work is not mistaken for the program's.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { secondsOf } from '../../../electron/demo-portal/call/timing.ts'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import type { DemoPortal, DemoPortalOptions } from '../../../electron/demo-portal/start.ts'

/** What came to the portal since it was last asked. */
export interface PortalFigures {
  requests: number
  /** Requests, and commands of batches, refused for their rate and for a method's time. */
  rateLimited: number
  timeLimited: number
  writes: number
  /** Seconds of work of the method that took the most. */
  dearestSeconds: number
}

/** What an OAuth client needs besides the portal's address. */
export interface Grant {
  url: string
  memberId: string
  clientId: string
  clientSecret: string
  accessToken: string
  refreshToken: string
  expiresAtMs: number
}

export interface PortalProcess {
  /** Of an administrator, and of a user who is none. */
  webhooks: { administrator: string; user: string }
  /** Changes payments as somebody else would, one of each `every`: paid, unpaid, another sum, gone, new, in turn. */
  change(every: number): Promise<number>
  grant: Grant
  /** Counts and forgets. */
  figures(): Promise<PortalFigures>
  /** Empties the request bucket and the methods' time budgets. */
  rest(): Promise<void>
  close(): void
}

function change({ state: { payments } }: DemoPortal, every: number): number {
  const ids = payments.ids().filter((_, index) => index % every === 0)
  ids.forEach((id, index) => {
    const kind = index % 10
    if (kind < 4) payments.change(id, { paid: 'Y' })
    else if (kind < 5) payments.change(id, { paid: 'N' })
    else if (kind < 6) payments.change(id, { sum: 100 + index })
    else if (kind < 7) payments.remove(id)
    else payments.addBeside(id)
  })
  return ids.length
}

/** What the process is asked. */
type Word = 'figures' | 'rest' | { change: number }

const own = fileURLToPath(import.meta.url)

export function forkPortal(options: DemoPortalOptions): Promise<PortalProcess> {
  const child = fork(own, [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const ask = <T>(word: Word): Promise<T> =>
    new Promise((resolve) => {
      child.once('message', (answer) => resolve(answer as T))
      child.send(word)
    })
  return new Promise((resolve, reject) => {
    child.once('message', (told) =>
      resolve({
        ...(told as Pick<PortalProcess, 'webhooks' | 'grant'>),
        figures: () => ask<PortalFigures>('figures'),
        rest: () => ask<PortalFigures>('rest').then(() => undefined),
        change: (every) => ask<number>({ change: every }),
        close: () => void child.kill(),
      }),
    )
    child.once('exit', (code) => reject(new Error(`the portal ended with ${code}`)))
  })
}

/** By the documented times, of all calls of one method, in batches or not. */
function dearestOf(methods: readonly string[]): number {
  const calls = Map.groupBy(methods, (method) => method)
  return Math.max(0, ...[...calls].map(([method, { length }]) => length * secondsOf('documented', method)))
}

function figuresOf({ state }: DemoPortal): PortalFigures {
  const { requests, writes } = state.log
  const refused = (code: string): number => requests.filter((entry) => entry.code === code).length
  const figures = {
    requests: requests.filter(({ command }) => command === null).length,
    rateLimited: refused('QUERY_LIMIT_EXCEEDED'),
    timeLimited: refused('OPERATION_TIME_LIMIT'),
    writes: writes.length,
    dearestSeconds: dearestOf(requests.map(({ method }) => method)),
  }
  state.log.clear()
  return figures
}

const [, entry, given] = process.argv
if (entry === own && given !== undefined && process.send) {
  process.once('disconnect', () => process.exit())
  const portal = await startDemoPortal(JSON.parse(given) as DemoPortalOptions)
  const of = (admin: boolean): string => portal.webhooks.find((webhook) => webhook.admin === admin)?.url ?? ''
  const { accessToken, refreshToken, expiresAtMs } = portal.state.tokens.grant(1)
  const { clientId, clientSecret, memberId } = portal.oauth
  process.on('message', (word: Word) => {
    if (word === 'rest') {
      portal.state.emptyBucket()
      portal.state.clearOperating()
    }
    process.send?.(typeof word === 'object' ? change(portal, word.change) : figuresOf(portal))
  })
  process.send({
    webhooks: { administrator: of(true), user: of(false) },
    grant: { url: portal.url, memberId, clientId, clientSecret, accessToken, refreshToken, expiresAtMs },
  })
}
