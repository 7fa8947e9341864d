// The stand-in portal as a process of its own, so that its work is not mistaken for the program's.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import type { DemoPortalOptions } from '../../../electron/demo-portal/start.ts'

export interface PortalProcess {
  /** Of an administrator, and of a user who is none. */
  webhooks: { administrator: string; user: string }
  close(): void
}

const own = fileURLToPath(import.meta.url)

export function forkPortal(options: DemoPortalOptions): Promise<PortalProcess> {
  const child = fork(own, [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  return new Promise((resolve, reject) => {
    child.once('message', (webhooks: PortalProcess['webhooks']) =>
      resolve({ webhooks, close: () => void child.kill() }),
    )
    child.once('exit', (code) => reject(new Error(`the portal ended with ${code}`)))
  })
}

const [, entry, given] = process.argv
if (entry === own && given !== undefined && process.send) {
  process.once('disconnect', () => process.exit())
  const portal = await startDemoPortal(JSON.parse(given) as DemoPortalOptions)
  const of = (admin: boolean): string => portal.webhooks.find((webhook) => webhook.admin === admin)?.url ?? ''
  process.send({ administrator: of(true), user: of(false) })
}
