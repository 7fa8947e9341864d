// Starts the real program over the loopback host, as `npm start` does, for end-to-end specs and measurements.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../electron/loopback/main.ts', import.meta.url))

export interface RunningApp {
  /** Opens the window in a browser: once, within a minute. */
  address: string
  /** The profile's folder. */
  data: string
  /** What the program wrote on stderr so far. */
  complaints: string[]
  /** Ends the program and, unless `data` was given, deletes the profile. Answers its exit code. */
  close(): Promise<number | null>
}

export interface AppOptions {
  /** A profile that stays; without one a temporary folder is made. */
  data?: string
  env?: Record<string, string>
  arguments?: readonly string[]
}

/** Rejects with the program's own words when it ends before it has printed an address. */
export async function openApp(options: AppOptions = {}): Promise<RunningApp> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'sverka-app-'))
  const given = ['--no-open', '--memory-vault', '--data', data, ...(options.arguments ?? [])]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...given], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const complaints: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)
      if (found) resolve(found[0])
    })
    child.once('exit', (code) =>
      reject(new Error(`the program ended with ${code}: ${complaints.join('\n')}`)),
    )
  })
  return {
    address,
    data,
    complaints,
    async close() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      if (options.data === undefined) rmSync(data, { recursive: true, force: true })
      return child.exitCode
    },
  }
}
