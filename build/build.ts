// Builds main, preload and window into `out/`, and stamps the moment for `npm start`.

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const startedAt = new Date().toISOString()
const { status } = spawnSync(
  process.execPath,
  [`${root}node_modules/electron-vite/bin/electron-vite.js`, 'build', '--logLevel', 'warn'],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
if (status === 0) {
  mkdirSync(`${root}out`, { recursive: true })
  writeFileSync(`${root}out/built`, `${startedAt}\n`)
}
process.exitCode = status ?? 1
