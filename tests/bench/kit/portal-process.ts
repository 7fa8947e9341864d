// The stand-in portal as a process of its own, so that its work is not mistaken for the program's.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import type { DemoPortal, DemoPortalOptions } from '../../../electron/demo-portal/start.ts'

export interface PortalProcess {
  /** Of an administrator, and of a user who is none. */
  webhooks: { administrator: string; user: string }
  /** Changes payments as somebody else would, one of each `every`: paid, unpaid, another sum, gone, new, in turn. */
  change(every: number): Promise<number>
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

const own = fileURLToPath(import.meta.url)

export function forkPortal(options: DemoPortalOptions): Promise<PortalProcess> {
  const child = fork(own, [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  return new Promise((resolve, reject) => {
    child.once('message', (webhooks: PortalProcess['webhooks']) =>
      resolve({
        webhooks,
        change: (every) =>
          new Promise((changed) => {
            child.once('message', (count: number) => changed(count))
            child.send(every)
          }),
        close: () => void child.kill(),
      }),
    )
    child.once('exit', (code) => reject(new Error(`the portal ended with ${code}`)))
  })
}

const [, entry, given] = process.argv
if (entry === own && given !== undefined && process.send) {
  process.once('disconnect', () => process.exit())
  const portal = await startDemoPortal(JSON.parse(given) as DemoPortalOptions)
  const of = (admin: boolean): string => portal.webhooks.find((webhook) => webhook.admin === admin)?.url ?? ''
  process.on('message', (every: number) => process.send?.(change(portal, every)))
  process.send({ administrator: of(true), user: of(false) })
}
