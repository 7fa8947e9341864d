// The loopback host's start: the window in the person's browser, the backend in this process.

import { parseArgs } from 'node:util'
import { Refusal } from '../contract/fault.ts'
import { systemLanguage } from '../host/language.ts'
import { dataFolderOf, fromRoot, openPorts } from '../host/ports.ts'
import { hasScreen, systemShell } from '../host/system-shell.ts'
import { askRunningHost } from './rendezvous.ts'
import { startLoopback } from './server.ts'
import { words } from './words.ts'

const say = words[systemLanguage(process.env)]
const print = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

interface Wishes {
  data: string | undefined
  port: number
  open: boolean
  memoryVault: boolean
}

function readWishes(): Wishes | null {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        'memory-vault': { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return null
    return { data: values.data, port, open: !values['no-open'], memoryVault: values['memory-vault'] }
  } catch {
    return null
  }
}

async function show(address: string, wishes: Wishes): Promise<void> {
  if (!wishes.open) return
  if (hasScreen(process.platform, process.env)) await systemShell(() => complain(say.noBrowser)).open(address)
  else print(say.noBrowser)
}

async function start(wishes: Wishes): Promise<void> {
  const running = await askRunningHost(dataFolderOf(wishes.data))
  if (running !== null) {
    print(say.again(running))
    return show(running, wishes)
  }
  const ports = await openPorts({
    name: 'loopback',
    data: wishes.data,
    memoryVault: wishes.memoryVault,
    tell: (address) => print(address),
  })
  const { createBackend } = await import('../backend/backend.ts')
  const backend = await createBackend(ports)
  let ending = false
  const end = async (reason: string) => {
    if (ending) return
    ending = true
    print(reason)
    await host.close()
    await backend.close()
    // A keychain that never answered must not keep the process.
    setTimeout(() => process.exit(), 2000).unref()
  }
  const host = await startLoopback({
    backend,
    clock: ports.clock,
    log: ports.log,
    paths: ports.paths,
    page: fromRoot('out/renderer'),
    port: wishes.port,
    idle: () => void end(say.idle),
  }).catch(async (error: unknown) => {
    await backend.close()
    throw error
  })
  endOnSignals(
    () => backend.runningJobs(),
    () => void end(say.closing),
  )
  const address = host.address()
  print(say.open(address))
  await show(address, wishes)
}

/** A job that runs is asked about; whoever insists, or a system that shuts down, ends it. */
function endOnSignals(runningJobs: () => number, end: () => void): void {
  let asked = false
  process.on('SIGINT', () => {
    if (runningJobs() === 0 || asked) return end()
    asked = true
    complain(say.jobRuns(runningJobs()))
  })
  process.once('SIGTERM', end)
  process.once('SIGHUP', end)
}

async function main(): Promise<void> {
  const wishes = readWishes()
  if (!wishes) {
    complain(say.usage)
    process.exitCode = 2
    return
  }
  try {
    await start(wishes)
  } catch (error) {
    process.exitCode = 1
    if (error instanceof Refusal) complain(JSON.stringify(error.fault))
    else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      complain(say.portTaken(wishes.port))
    else complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
    // Nothing is served, so nothing may keep the process.
    setTimeout(() => process.exit(), 2000).unref()
  }
}

await main()
