// What the tests need of the system: found, installed where that is ours to do, or named.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from '../../tests/hosts/chromium.ts'

interface Need {
  /** Debian's name. */
  name: string
  isThere(): boolean
}

const onPath = (program: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

const libraryFolders = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/usr/local/lib']
function hasLibrary(file: string): boolean {
  return libraryFolders.some((folder) => {
    if (!existsSync(folder)) return false
    if (existsSync(join(folder, file))) return true
    return readdirSync(folder).some((name) => name.includes('linux') && existsSync(join(folder, name, file)))
  })
}

const needs: readonly Need[] = [
  { name: 'chromium', isThere: () => findChromium() !== undefined },
  ...(process.platform === 'linux'
    ? [
        { name: 'libsecret-1-0', isThere: () => hasLibrary('libsecret-1.so.0') },
        { name: 'gnome-keyring', isThere: () => onPath('gnome-keyring-daemon') },
        { name: 'dbus', isThere: () => onPath('dbus-run-session') },
      ]
    : []),
  { name: 'openssl', isThere: () => onPath('openssl') || onPath('openssl.exe') },
]

const missing = () => needs.filter((need) => !need.isThere()).map(({ name }) => name)

/** Names of what is still missing after everything that could be done was done. */
export function provideSystemPackages(say: (line: string) => void): string[] {
  const wanted = missing()
  if (wanted.length === 0) return []
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say(`installing ${wanted.join(', ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    })
  }
  const left = missing()
  if (left.length > 0)
    say(`missing: ${left.join(', ')}. On Debian or Ubuntu: sudo apt-get install ${left.join(' ')}`)
  return left
}
