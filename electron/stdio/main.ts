// The terminal host's start: the process as a terminal, the real ports, the real backend.

import { resolve } from 'node:path'
import { systemLanguage } from '../host/language.ts'
import { openPorts } from '../host/ports.ts'
import { runTerminal } from './run.ts'
import type { OpenBackend, Terminal } from './terminal.ts'

const terminal: Terminal = {
  arguments: process.argv.slice(2),
  language: systemLanguage(process.env),
  // npm runs scripts in the project's folder; the person may have been elsewhere.
  folder: (process.env['npm_lifecycle_event'] === 'sverka' && process.env['INIT_CWD']) || process.cwd(),
  input: process.stdin,
  print: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  onInterrupt(react) {
    // Once: who presses Ctrl-C a second time wants it to end here and now.
    process.once('SIGINT', react)
    process.once('SIGTERM', react)
    return () => {
      process.off('SIGINT', react)
      process.off('SIGTERM', react)
    }
  },
}

const openBackend: OpenBackend = async (options) => {
  // Help and wrong usage need no backend: it is loaded when it is wanted.
  const { createBackend } = await import('../backend/backend.ts')
  const data = options.data === undefined ? undefined : resolve(terminal.folder, options.data)
  const ports = await openPorts({
    name: 'terminal',
    ...options,
    data,
    tell: (address) => terminal.note(address),
  })
  return { backend: await createBackend(ports), vault: ports.vault }
}

// A reader that left (`… | head`) is no fault of the call.
process.stdout.on('error', () => undefined)

process.exitCode = await runTerminal(terminal, openBackend)
// Whatever still holds the process (a keychain that never answered) must not keep it, unless a result is on its way.
setInterval(() => process.stdout.writableLength === 0 && process.exit(), 2000).unref()
