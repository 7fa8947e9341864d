// A stand-in portal as a process of its own, and what a test may do to it behind the program's back.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FaultRule } from '../../../electron/demo-portal/start.ts'

const entry = fileURLToPath(new URL('../../../electron/demo-portal/cli.ts', import.meta.url))

export interface Write {
  method: string
  paymentId: number
  /** False when the payment already stood as asked. */
  changed: boolean
}

export interface PortalProcess {
  webhookUrl: string
  addFaults(rules: readonly FaultRule[]): Promise<void>
  clearFaults(): Promise<void>
  /** Rules with how often each has struck. */
  faults(): Promise<{ method: string; struck: number }[]>
  /** The payment as `sale.payment.get` prints it. */
  payment(id: number): Promise<Record<string, unknown>>
  writes(): Promise<Write[]>
  close(): Promise<void>
}

/** Starts it on a free port, with `given` as further options of its command line. */
export async function startPortal(given: readonly string[] = []): Promise<PortalProcess> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', entry, '--port', '0', ...given],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let said = ''
  const { control, token, webhookUrl } = await new Promise<Record<string, string>>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the portal ended with ${code}`)))
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      const webhook = /^webhook +(\S+) .*administrator/m.exec(said)
      const found = /^control +(\S+) +x-demo-token: (\S+)/m.exec(said)
      if (webhook?.[1] && found?.[1] && found[2])
        resolve({ webhookUrl: webhook[1], control: found[1], token: found[2] })
    })
  })

  async function ask(path: string, method = 'GET', body?: unknown): Promise<unknown> {
    const answer = await fetch(new URL(path, control), {
      method,
      headers: { 'x-demo-token': token ?? '' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  return {
    webhookUrl: webhookUrl ?? '',
    addFaults: async (rules) => void (await ask('faults', 'POST', rules)),
    clearFaults: async () => void (await ask('faults', 'DELETE')),
    faults: async () => (await ask('faults')) as { method: string; struck: number }[],
    payment: async (id) => (await ask(`payments/${id}`)) as Record<string, unknown>,
    writes: async () => ((await ask('log')) as { writes: Write[] }).writes,
    async close() {
      child.removeAllListeners('exit')
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
