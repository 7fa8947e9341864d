// The official SDK with its own defaults in a process of its own, whose clock and timers run at the portal's scale: its
// limits are counted in seconds of the wall, and would otherwise be kept ten times too well.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { B24OAuth } from '@bitrix24/b24jssdk'
import type { Grant } from './portal-process.ts'

export type SdkTask = { kind: 'list' } | { kind: 'pay'; ids: number[] }

export interface SdkOutcome {
  /** Rows read, or payments that the SDK says it has paid. */
  done: number
  /** What it ended with, where it did not come to its end. */
  error: string | null
}

const own = fileURLToPath(import.meta.url)

export function runSdk(grant: Grant, scale: number, task: SdkTask): Promise<SdkOutcome> {
  const child = fork(own, [JSON.stringify({ grant, scale })], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child.send(task)
  return new Promise((resolve, reject) => {
    child.once('message', (outcome) => {
      resolve(outcome as SdkOutcome)
      child.kill()
    })
    child.once('exit', (code) => reject(new Error(`the SDK ended with ${code}`)))
  })
}

function scaleTime(scale: number): void {
  const [timeout, now, began] = [globalThis.setTimeout, Date.now, Date.now()]
  const scaled = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): NodeJS.Timeout =>
    timeout(run, ms * scale, ...given)
  globalThis.setTimeout = Object.assign(scaled, timeout) as typeof timeout
  Date.now = () => Math.floor(began + (now() - began) / scale)
}

function clientOf(grant: Grant): B24OAuth {
  const b24 = new B24OAuth(
    {
      applicationToken: 'none',
      userId: 1,
      memberId: grant.memberId,
      accessToken: grant.accessToken,
      refreshToken: grant.refreshToken,
      expires: Math.floor(grant.expiresAtMs / 1000),
      expiresIn: 3600,
      scope: 'crm,sale',
      domain: grant.url,
      clientEndpoint: `${grant.url}/rest/`,
      serverEndpoint: `${grant.url}/rest/`,
      status: 'L',
    },
    { clientId: grant.clientId, clientSecret: grant.clientSecret },
  )
  b24.offClientSideWarning()
  return b24
}

async function list(b24: B24OAuth): Promise<SdkOutcome> {
  let done = 0
  const chunks = b24.actions.v2.fetchList.make<{ id: number }>({
    method: 'sale.payment.list',
    idKey: 'id',
    customKeyForResult: 'payments',
  })
  for await (const chunk of chunks) done += chunk.length
  return { done, error: null }
}

async function pay(b24: B24OAuth, ids: readonly number[]): Promise<SdkOutcome> {
  const answer = await b24.actions.v2.batchByChunk.make<boolean>({
    calls: ids.map((id) => ({ method: 'crm.item.payment.pay', params: { id } })),
    options: { isHaltOnError: false },
  })
  const results = answer.getData() ?? []
  const [error] = answer.getErrorMessages()
  return { done: results.filter((result) => result === true).length, error: error ?? null }
}

const [, entry, given] = process.argv
if (entry === own && given !== undefined) {
  const { grant, scale } = JSON.parse(given) as { grant: Grant; scale: number }
  process.once('disconnect', () => process.exit())
  process.once('message', (task: SdkTask) => {
    scaleTime(scale)
    const b24 = clientOf(grant)
    const work = task.kind === 'list' ? list(b24) : pay(b24, task.ids)
    void work
      .catch((error: unknown): SdkOutcome => ({ done: 0, error: String(error) }))
      .then((outcome) => process.send?.(outcome))
  })
}
