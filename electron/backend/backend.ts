// The composition root: everything is made here, once, and handed down; nothing below reaches for a global.

import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppStatus, LedgerChanged } from '../contract/app.ts'
import { Refusal } from '../contract/fault.ts'
import type { JobSnapshot } from '../contract/job.ts'
import type { Actor } from '../contract/values.ts'
import { checkConnection } from './check-connection.ts'
import { createDispatcher } from './dispatcher.ts'
import { createLooks } from './freshness/looks.ts'
import { createFileStore } from './files/file-store.ts'
import { sweepTemporary } from './files/temporary.ts'
import { createTickets } from './files/tickets.ts'
import { accounts } from './handlers/accounts.ts'
import { app } from './handlers/app.ts'
import type { AnyHandlers, CommandContext } from './handlers/context.ts'
import { jobs } from './handlers/jobs.ts'
import { journal } from './handlers/journal.ts'
import { matches } from './handlers/matches.ts'
import { operations } from './handlers/operations.ts'
import { payments } from './handlers/payments.ts'
import { portals } from './handlers/portals.ts'
import { reports } from './handlers/reports.ts'
import { statements } from './handlers/statements.ts'
import { createCompute } from './jobs/compute-face.ts'
import { matchOnce } from './jobs/kinds/match.ts'
import { createRematch } from './jobs/rematch.ts'
import { createJobRunner } from './jobs/runner.ts'
import { restoreWaits } from './ledger/backup.ts'
import { prepareFolder } from './ledger/folder.ts'
import type { Ledger } from './ledger/ledger.ts'
import { ownershipOf } from './ledger/owner.ts'
import type { Ownership } from './ledger/owner.ts'
import { openProfile, recover } from './open-profile.ts'
import { createPortalNews } from './portal-news.ts'
import { noteSecrets } from './portal-state.ts'
import { createPortalBook } from './portals.ts'
import type { Ports, RunningDemo } from './ports.ts'
import type { Backend } from './session.ts'
import { openSettings } from './settings.ts'
import { createSuccession } from './succession.ts'
import { createIntake } from './watch/intake.ts'
import { createWatch } from './watch/watch.ts'

const handlers: AnyHandlers = {
  ...app,
  ...portals,
  ...accounts,
  ...payments,
  ...statements,
  ...matches,
  ...operations,
  ...jobs,
  ...reports,
  ...journal,
}

const allAreas: LedgerChanged['areas'] = [
  'portals',
  'payments',
  'statements',
  'matches',
  'operations',
  'journal',
  'settings',
  'accounts',
]

/**
 * Opens the profile and everything on it. The first process to open a profile owns it; another one gets a backend
 * whose commands are refused with `ledger.busy` until the owner has gone. Throws Refusal when the profile cannot be opened
 * at all; then nothing of it stays open.
 */
export async function createBackend(ports: Ports): Promise<Backend> {
  const folder = prepareFolder(ports.paths.data)
  const ownership = ownershipOf(
    folder,
    `${ports.operator.account}@${ports.operator.computer}, process ${process.pid} (${ports.host.name})`,
  )
  let ledger: Ledger | null = null
  try {
    const owned = ownership.take()
    ledger = await openProfile(ports, owned, join(folder, 'ledger.sqlite'))
    return await createOver(ports, { folder, ownership, owned, ledger })
  } catch (error) {
    await ledger?.close()
    ownership.release()
    throw error
  }
}

interface Profile {
  folder: string
  ownership: Ownership
  owned: boolean
  ledger: Ledger
}

async function createOver(ports: Ports, profile: Profile): Promise<Backend> {
  const { folder, ownership, ledger } = profile
  const ledgerPath = ledger.path
  const moment = (): string => new Date(ports.clock.now()).toISOString()
  const settings = await openSettings(ledger)
  const tickets = createTickets()
  const files = createFileStore(join(folder, 'files'))
  const compute = createCompute({ worker: ports.workers.compute, ledgerPath })
  const reference = (): string => randomBytes(4).toString('hex')
  const actor = (portalUser: string | null = null): Actor => ({ ...ports.operator, portalUser })
  const publish: CommandContext['publish'] = (topic, data) => dispatcher.publish(topic, data)
  const shown = (snapshot: JobSnapshot): void => {
    publish('jobs.changed', snapshot)
    if (snapshot.kind === 'import' && snapshot.endedAt !== null) watch.importEnded()
    if (snapshot.kind === 'apply' && snapshot.endedAt === null) void looks.giveWay(snapshot.portalId ?? '')
    news.job(snapshot)
  }
  const runner = createJobRunner({ ledger, clock: ports.clock, log: ports.log, publish: shown, reference })
  const news = createPortalNews({
    ledger,
    log: ports.log,
    publish,
    now: moment,
    check: async (portalId) => void (await checkConnection(context(closing.signal), portalId)),
  })
  const book = createPortalBook({ ports, ledger, settings, actor, ...news.ofBook })
  const closing = new AbortController()
  /** Windows and other listeners that are open. */
  let sessions = 0
  const watch = createWatch({
    clock: ports.clock,
    log: ports.log,
    profile: folder,
    canChoose: ports.shell.chooseFolder !== undefined,
    intake: createIntake(() => context(closing.signal)),
    shelf: {
      read: (watched) => ledger.read('readWatched', { folder: watched }),
      note: (watched, seen) =>
        ledger.write('noteWatched', { folder: watched, files: [...seen] }).then(() => undefined),
      forget: (watched) => ledger.write('forgetFolder', { folder: watched }).then(() => undefined),
    },
    remembered: settings.watchedFolder,
    remember: settings.watchFolder,
    changed: () => publish('ledger.changed', { areas: ['statements'], portalId: null, at: moment() }),
  })
  const looks = createLooks({ context: (signal) => context(signal), watched: () => sessions > 0 })
  const demo = startOnce(ports)
  const rematching = createRematch(ports, (signal) =>
    matchOnce(context(signal), signal, { unasked: true }).then(() => undefined),
  )

  const status = async (): Promise<AppStatus> => ({
    version: ports.host.version,
    host: ports.host.name,
    vault: await ports.vault.strength(),
    ledger: {
      path: folder,
      owned: succession.commands(),
      owner: succession.holder(),
      bytes: await sizeOf(ledgerPath),
    },
    operator: { ...ports.operator },
    policy: ports.policy,
    demoRunning: demo.running(),
    interruptedJobs: (await ledger.read('readJobs', { running: false })).filter(
      ({ state, resumable }) => resumable && (state === 'interrupted' || state === 'failed'),
    ).length,
    restartNeeded: restoreWaits(ledgerPath),
    troubles: [...ports.troubles],
  })

  const context = (signal: AbortSignal): CommandContext => ({
    ports,
    ledger,
    settings,
    tickets,
    files,
    compute,
    watch,
    looks,
    signal,
    today: () => localDay(ports.clock.now()),
    now: moment,
    actor,
    status,
    liveJob: (id): JobSnapshot | undefined => runner.get(id),
    jobs: runner,
    portals: book,
    publish,
    demo: demo.start,
    ledgerPort: () => ledger.writerPort(),
    rematch: () => {
      if (succession.commands()) rematching.soon()
    },
  })

  const dispatcher = createDispatcher({
    version: ports.host.version,
    handlers,
    context,
    commandsRefused: () => succession.refused(),
    log: ports.log,
    reference,
  })

  /** What an owner begins with. */
  const begin = async (): Promise<void> => {
    await sweepTemporary(ports.paths.temp)
    await noteSecrets(context(closing.signal), ports.log)
    await recover(context(closing.signal), ports)
    await watch.start()
    if (ports.window) looks.start()
  }

  const open: Backend['open'] = (emit) => {
    const session = dispatcher.open(emit)
    sessions += 1
    let closed = false
    return {
      receive: session.receive,
      close: () => {
        if (!closed) sessions -= 1
        closed = true
        session.close()
      },
    }
  }
  const succession = createSuccession({
    ownership,
    owned: profile.owned,
    clock: ports.clock,
    log: ports.log,
    restoreWaits: () => restoreWaits(ledgerPath),
    takeOver: async () => {
      await ledger.own()
      await settings.load()
      await begin()
    },
    stepBack: () => ledger.disown(),
    changed: () => publish('ledger.changed', { areas: [...allAreas], portalId: null, at: moment() }),
  })
  if (profile.owned) await begin()
  else succession.watch()

  return {
    open,
    tickets,
    runningJobs: () => runner.running().length,
    close: async () => {
      dispatcher.close()
      closing.abort(new Refusal({ code: 'backend.closing' }))
      await succession.close()
      await watch.close()
      await looks.close()
      await rematching.close()
      await runner.close()
      await compute.close()
      await book.close()
      await demo.close()
      await tickets.close()
      await ledger.close()
      ownership.release()
    },
  }
}

function startOnce(ports: Ports): {
  start(): Promise<RunningDemo>
  running(): boolean
  close(): Promise<void>
} {
  let demo: Promise<RunningDemo> | null = null
  return {
    start: () => (demo ??= ports.demoPortal.start()),
    running: () => demo !== null,
    close: async () => {
      const running = await demo?.catch(() => null)
      await running?.close()
    },
  }
}

/** The ledger with what waits in its write-ahead log. */
async function sizeOf(ledgerPath: string): Promise<number> {
  const sizes = [ledgerPath, `${ledgerPath}-wal`].map(
    async (path) => (await stat(path).catch(() => null))?.size ?? 0,
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** The calendar day on this computer, where the accountant sits. */
function localDay(ms: number): string {
  const at = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
