// What handlers are handed. A query's context cannot write: the type is the guard.

import type { MessagePort } from 'node:worker_threads'
import type { AppStatus } from '../../contract/app.ts'
import type {
  CallName,
  CommandName,
  DataOf,
  ParsedOf,
  QueryName,
  ResultOf,
  TopicName,
} from '../../contract/api.ts'
import type { JobSnapshot } from '../../contract/job.ts'
import type { Actor } from '../../contract/values.ts'
import type { FileStore } from '../files/file-store.ts'
import type { TicketBook } from '../files/tickets.ts'
import type { Compute } from '../jobs/compute-face.ts'
import type { JobRunner } from '../jobs/runner.ts'
import type { LedgerFace, LedgerReads } from '../ledger/ledger.ts'
import type { PortalBook } from '../portal-book.ts'
import type { Ports, RunningDemo } from '../ports.ts'
import type { SettingsBook } from '../settings.ts'
import type { Looks } from '../freshness/looks.ts'
import type { FolderWatch } from '../watch/watch.ts'

export type Publish = <T extends TopicName>(topic: T, data: DataOf<T>) => void

export interface QueryContext {
  ports: Ports
  ledger: LedgerReads
  settings: SettingsBook
  tickets: TicketBook
  files: FileStore
  compute: Compute
  watch: Pick<FolderWatch, 'status'>
  signal: AbortSignal
  /** Today's bank day on this computer. */
  today(): string
  /** This moment, ISO 8601 in UTC. */
  now(): string
  actor(portalUser?: string | null): Actor
  status(): Promise<AppStatus>
  /** The snapshot of a job that runs in this process. */
  liveJob(id: string): JobSnapshot | undefined
}

export interface CommandContext extends QueryContext {
  ledger: LedgerFace
  jobs: JobRunner
  portals: PortalBook
  watch: FolderWatch
  /** Quiet looks at the portals. */
  looks: Pick<Looks, 'giveWay'>
  publish: Publish
  /** The stand-in portal, started at the first call. */
  demo(): Promise<RunningDemo>
  /** A fresh port to the ledger's writing thread, for one computing task. */
  ledgerPort(): MessagePort
  /** Matches anew in the background, soon and once, after something that proposals rest on has changed. */
  rematch(): void
}

export type HandlersOf<Area extends string> = {
  [N in Extract<QueryName, `${Area}.${string}`>]: (
    input: ParsedOf<N>,
    context: QueryContext,
  ) => Promise<ResultOf<N>>
} & {
  [N in Extract<CommandName, `${Area}.${string}`>]: (
    input: ParsedOf<N>,
    context: CommandContext,
  ) => Promise<ResultOf<N>>
}

export type AnyHandlers = {
  [N in CallName]: (input: ParsedOf<N>, context: CommandContext) => Promise<ResultOf<N>>
}
