import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBackend } from '../backend/backend.ts'
import { startDesktop } from './desktop.ts'

// This file is `out/main/index.js` when it runs: paths are those of the bundle. Not awaited: Electron is not ready
// before this module has been evaluated, and the start waits for it to be ready.
void startDesktop({
  createBackend,
  out: dirname(dirname(fileURLToPath(import.meta.url))),
  workers: {
    ledger: new URL('./ledger-worker.js', import.meta.url),
    compute: new URL('./compute-worker.js', import.meta.url),
  },
})
