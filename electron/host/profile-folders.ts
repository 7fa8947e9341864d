// Where a profile lives: one data folder, the same for every host, readable by its owner only (money rule 21).

import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { Paths } from '../backend/ports.ts'
import { Refusal } from '../contract/fault.ts'

export interface Surroundings {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  home: string
}

export function surroundings(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() }
}

/**
 * The data folder of a person who named none: `%LOCALAPPDATA%\Sverka`, `~/Library/Application Support/Sverka` or
 * `$XDG_DATA_HOME/sverka`. A relative XDG_DATA_HOME is ignored, as the XDG Base Directory Specification demands.
 */
export function defaultDataFolder({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Sverka')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Sverka')
  const xdg = env['XDG_DATA_HOME']
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'sverka')
}

/**
 * Makes the profile's folders and answers them by their real paths.
 * Throws Refusal `ledger.folder` (unwritable) where they cannot be made or written.
 */
export function openFolders(data: string): Paths {
  const wanted = resolve(data)
  try {
    makePrivate(wanted)
    const root = realpathSync(wanted)
    accessSync(root, constants.R_OK | constants.W_OK)
    const paths = { data: root, temp: join(root, 'temp'), logs: join(root, 'logs') }
    makePrivate(paths.temp)
    makePrivate(paths.logs)
    return paths
  } catch (cause) {
    throw new Refusal({ code: 'ledger.folder', reason: 'unwritable', path: wanted }, { cause })
  }
}

/** A folder that was there before keeps its mode only if it is ours to change; on Windows modes mean nothing. */
function makePrivate(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32') chmodSync(path, 0o700)
}

/**
 * The profile's own id (16 hex digits), made at its first start. It names the profile's secrets in the keychain:
 * kept in a file and not derived from the path, so that a moved folder finds its secrets again.
 */
export function profileId(data: string): string {
  const file = join(data, 'profile-id')
  if (!existsSync(file)) {
    try {
      writeFileSync(file, `${randomBytes(8).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
    } catch (cause) {
      // Another process of ours was faster: its id is the profile's.
      if (!existsSync(file))
        throw new Refusal({ code: 'ledger.folder', reason: 'unwritable', path: data }, { cause })
    }
  }
  const id = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{16}$/.test(id)) throw new Refusal({ code: 'ledger.damaged', detail: 'profile-id' })
  return id
}
