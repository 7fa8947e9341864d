// What every host lends to the backend, gathered. A host replaces what its surroundings do better.

import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Policy } from '../contract/app.ts'
import type { Log, Network, Paths, Ports, Shell, Vault, Workers } from '../backend/ports.ts'
import { memoryVault } from '../vault/memory-vault.ts'
import { openVault } from '../vault/open-vault.ts'
import { lendDemoPortal } from './demo-portal.ts'
import { openLogFile } from './log-file.ts'
import { thisOperator } from './operator.ts'
import { policyLocation, readPolicy } from './policy-file.ts'
import { defaultDataFolder, openFolders, profileId, surroundings } from './profile-folders.ts'
import { selfTest } from './self-test.ts'
import { systemClock } from './system-clock.ts'
import { systemNetwork } from './system-network.ts'
import { systemShell } from './system-shell.ts'
import { version } from './version.ts'

export interface HostOptions {
  name: Ports['host']['name']
  /** The data folder; undefined takes the person's own. */
  data?: string | undefined
  /** Keeps secrets in memory even where there is a keychain. */
  memoryVault?: boolean
  /** Called with an address that no browser could be started for. */
  tell(address: string): void
  workers?: Workers
  shell?: Shell
  network?(log: Log, policy: Policy): Network
  /** For tests: an administrator's file elsewhere. */
  policyFile?: string
}

/** The entries of the threads in a checkout, where Node runs the sources themselves. */
const checkoutWorkers: Workers = {
  ledger: new URL('../backend/ledger/worker.ts', import.meta.url),
  compute: new URL('../backend/jobs/compute.ts', import.meta.url),
}

/** Throws Refusal `ledger.folder` where the profile's folders cannot be made. */
export async function openPorts(options: HostOptions): Promise<Ports> {
  const around = surroundings()
  const clock = systemClock()
  const paths = openFolders(dataFolderOf(options.data))
  const log = openLogFile(paths.logs, clock)
  const policy = readPolicy(options.policyFile ?? policyLocation(around), log)
  const memoryWanted = options.memoryVault ?? false
  const vault = await chooseVault(paths, memoryWanted, log)
  const workers = options.workers ?? checkoutWorkers
  const troubles = await selfTest(vault, workers, !memoryWanted)
  log.info('host.started', {
    host: options.name,
    version,
    node: process.versions.node,
    data: paths.data,
    troubles,
  })
  return {
    vault,
    clock,
    shell: options.shell ?? systemShell((address) => options.tell(address)),
    log,
    paths,
    network: options.network?.(log, policy) ?? systemNetwork(around.env, policy.proxy, log),
    demoPortal: lendDemoPortal(),
    workers,
    operator: thisOperator(),
    window: options.name !== 'terminal',
    host: { name: options.name, version },
    policy,
    troubles,
  }
}

function chooseVault(paths: Paths, memoryWanted: boolean, log: Log): Promise<Vault> {
  return memoryWanted
    ? Promise.resolve(memoryVault('memory was asked for'))
    : openVault({ profile: profileId(paths.data), log })
}

/** The data folder a host will use, before it is opened. */
export function dataFolderOf(data: string | undefined): string {
  return data === undefined ? defaultDataFolder(surroundings()) : resolve(data)
}

/** The root of the checkout or of the packaged program, by a path relative to this file. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}
