// Opens addresses and folders with what the system has for it, without a shell in between.

import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import type { Shell } from '../backend/ports.ts'

export interface Opener {
  command: string
  arguments: readonly string[]
}

/** The system's way to open an address; null where there is no screen to show it on. */
export function openerFor(
  target: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Opener | null {
  if (platform === 'win32')
    return { command: 'rundll32.exe', arguments: ['url.dll,FileProtocolHandler', target] }
  if (platform === 'darwin') return { command: 'open', arguments: [target] }
  if (!hasScreen(platform, env)) return null
  return { command: 'xdg-open', arguments: [target] }
}

/** Whether windows can be shown; on Linux and the BSDs a display server must be named. */
export function hasScreen(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/** Whether an address may be handed to the browser: https, or http to this computer. */
export function isOpenable(address: string): boolean {
  const url = URL.parse(address)
  if (!url || url.username || url.password) return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
}

/** `tell` is called with an address that could not be opened, so that the host can print it. */
export function systemShell(tell: (address: string) => void): Shell {
  return {
    async open(address) {
      if (!isOpenable(address)) throw new Error('not an address to open')
      const opener = openerFor(address, process.platform, process.env)
      if (!opener || !(await launch(opener))) tell(address)
    },
    async reveal(path) {
      const opener =
        process.platform === 'darwin'
          ? { command: 'open', arguments: ['-R', path] }
          : process.platform === 'win32'
            ? { command: 'explorer.exe', arguments: [`/select,${path}`] }
            : openerFor(dirname(path), process.platform, process.env)
      if (opener) await launch(opener)
    },
  }
}

function launch({ command, arguments: list }: Opener): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, list, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
