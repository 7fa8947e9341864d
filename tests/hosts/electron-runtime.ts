// An Electron runtime where one is; it is never fetched by tests.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const executables: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Path of the runtime's executable; undefined when there is none, or no screen (or only root) to run it for. */
export function findElectron(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const { platform } = process
  if (platform === 'linux' && (!(env['DISPLAY'] || env['WAYLAND_DISPLAY']) || process.getuid?.() === 0))
    return undefined
  const dist =
    env['ELECTRON_OVERRIDE_DIST_PATH'] ??
    fileURLToPath(new URL('../../node_modules/electron/dist', import.meta.url))
  const path = join(dist, executables[platform] ?? 'electron')
  return existsSync(path) ? path : undefined
}
