// Portals, their credentials (never a secret), own companies, pay systems' marks.

import type { DatabaseSync } from 'node:sqlite'
import type {
  Portal,
  PortalCheck,
  PortalLimits,
  PortalSettingsRow,
  PortalState,
} from '../../../contract/portal.ts'
import type { OwnCompany } from '../../../contract/portal.ts'
import { all, flag, insert, number, one, run, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { rankLine } from './proposals.ts'
import { deriveAllotted } from './standing.ts'

export interface CredentialRow {
  id: string
  portalId: string
  kind: 'webhook' | 'oauth'
  userId: string
  userName: string
  /** `https://portal.example/rest/` — without the webhook's user and code. */
  baseUrl: string
  oauthHost: string | null
}

export interface PortalRecord {
  portal: Portal
  settings: PortalSettingsRow
  credentials: CredentialRow[]
  memberId: string | null
}

const portalSql = `SELECT portal.*, whole_at, looked_at, ifnull(events_bound, 0) AS events_bound,
    (SELECT count(*) FROM payment WHERE portal_id = portal.id AND gone = 0) AS payments,
    (SELECT count(*) FROM payment WHERE portal_id = portal.id AND gone = 0 AND paid = 0) AS unpaid
  FROM portal LEFT JOIN freshness ON freshness.portal_id = portal.id`

export function readPortals(db: DatabaseSync, _: null): PortalRecord[] {
  return all(db, `${portalSql} ORDER BY connected_at, id`).map((row) => toRecord(db, row))
}

export function readPortal(db: DatabaseSync, input: { portalId: string }): PortalRecord | undefined {
  const row = one(db, `${portalSql} WHERE id = :id`, { id: input.portalId })
  return row && toRecord(db, row)
}

/** Whether writing is switched on and a credential is there; asked before every group of a long job. */
export function mayWrite(db: DatabaseSync, input: { portalId: string }): boolean {
  const row = one(
    db,
    'SELECT writing_allowed AND EXISTS (SELECT 1 FROM credential WHERE portal_id = portal.id) AS may FROM portal WHERE id = :id',
    {
      id: input.portalId,
    },
  )
  return row !== undefined && flag(row, 'may')
}

export function findPortal(
  db: DatabaseSync,
  input: { host: string; memberId: string | null },
): PortalRecord | undefined {
  const row = one(
    db,
    `${portalSql} WHERE host = :host OR (member_id IS NOT NULL AND member_id = :member)
     ORDER BY member_id IS :member DESC LIMIT 1`,
    {
      host: input.host,
      member: input.memberId,
    },
  )
  return row && toRecord(db, row)
}

function toRecord(db: DatabaseSync, row: Row): PortalRecord {
  const id = text(row, 'id')
  const credentials = all(
    db,
    'SELECT * FROM credential WHERE portal_id = :id ORDER BY connected_at DESC, id',
    { id },
  ).map(toCredential)
  const check = textOrNull(row, 'check_json')
  return {
    portal: {
      id: id as Portal['id'],
      name: text(row, 'name'),
      host: text(row, 'host'),
      demo: flag(row, 'demo'),
      state: text(row, 'state') as PortalState,
      movedTo: textOrNull(row, 'moved_to'),
      credentials: credentials.map(({ kind, userName, userId }) => ({ kind, user: userName || userId })),
      writingAllowed: flag(row, 'writing_allowed'),
      check: check === null ? null : (JSON.parse(check) as PortalCheck),
      lastRefreshAt: textOrNull(row, 'last_refresh_at'),
      wholeRefreshAt: textOrNull(row, 'whole_at'),
      lookedAt: textOrNull(row, 'looked_at'),
      eventQueue: flag(row, 'events_bound'),
      coverage: text(row, 'coverage') as Portal['coverage'],
      payments: number(row, 'payments'),
      unpaid: number(row, 'unpaid'),
    },
    settings: {
      name: text(row, 'name'),
      limits: text(row, 'limits') as PortalLimits,
      bucketSize: number(row, 'bucket_size'),
      drainPerSecond: number(row, 'drain_per_second'),
      learnt: learntOf(row),
      serverLimitSeconds: number(row, 'server_limit_seconds'),
    },
    credentials,
    memberId: textOrNull(row, 'member_id'),
  }
}

function learntOf(row: Row): PortalSettingsRow['learnt'] {
  const at = textOrNull(row, 'learnt_at')
  if (at === null) return null
  return {
    bucketSize: number(row, 'learnt_bucket_size'),
    drainPerSecond: number(row, 'learnt_drain_per_second'),
    at,
  }
}

function toCredential(row: Row): CredentialRow {
  return {
    id: text(row, 'id'),
    portalId: text(row, 'portal_id'),
    kind: text(row, 'kind') as CredentialRow['kind'],
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    baseUrl: text(row, 'base_url'),
    oauthHost: textOrNull(row, 'oauth_host'),
  }
}

/** Joins a credential to a portal: a new portal, or another credential of a known host (money rule 19). */
export function joinPortal(
  db: DatabaseSync,
  input: {
    portalId: string
    name: string
    host: string
    memberId: string | null
    demo: boolean
    credential: Omit<CredentialRow, 'portalId'>
    at: string
    journal: NewJournalRow
  },
): null {
  run(
    db,
    `INSERT INTO portal (id, name, host, member_id, demo, connected_at) VALUES (:id, :name, :host, :member, :demo, :at)
     ON CONFLICT (id) DO UPDATE SET state = 'ok', host = excluded.host, member_id = ifnull(excluded.member_id, member_id), demo = excluded.demo`,
    {
      id: input.portalId,
      name: input.name,
      host: input.host,
      member: input.memberId,
      demo: Number(input.demo),
      at: input.at,
    },
  )
  const { credential } = input
  run(
    db,
    `INSERT INTO credential VALUES (:id, :portal, :kind, :userId, :userName, :base, :oauth, :at)
     ON CONFLICT (id) DO UPDATE SET user_name = excluded.user_name, base_url = excluded.base_url,
       oauth_host = excluded.oauth_host, connected_at = excluded.connected_at`,
    {
      id: credential.id,
      portal: input.portalId,
      kind: credential.kind,
      userId: credential.userId,
      userName: credential.userName,
      base: credential.baseUrl,
      oauth: credential.oauthHost,
      at: input.at,
    },
  )
  appendJournal(db, input.journal)
  return null
}

/** Changes what is given of a portal; what is left out stays. */
export function changePortal(
  db: DatabaseSync,
  input: {
    portalId: string
    state?: PortalState
    name?: string
    host?: string
    memberId?: string
    movedTo?: string | null
    writingAllowed?: boolean
    check?: PortalCheck
    coverage?: Portal['coverage']
    lastRefreshAt?: string
    settings?: Partial<PortalSettingsRow>
    journal?: NewJournalRow
  },
): null {
  const set = (column: string, value: string | number | null | undefined): void => {
    if (value === undefined) return
    run(db, `UPDATE portal SET ${column} = :value WHERE id = :id`, { value, id: input.portalId })
  }
  set('state', input.state)
  set('name', input.name ?? input.settings?.name)
  set('host', input.host)
  set('member_id', input.memberId)
  set('moved_to', input.movedTo)
  set('writing_allowed', input.writingAllowed === undefined ? undefined : Number(input.writingAllowed))
  set('check_json', input.check && JSON.stringify(input.check))
  set('coverage', input.coverage)
  set('last_refresh_at', input.lastRefreshAt)
  set('limits', input.settings?.limits)
  if (input.settings?.learnt !== undefined) {
    const { learnt } = input.settings
    set('learnt_bucket_size', learnt?.bucketSize ?? null)
    set('learnt_drain_per_second', learnt?.drainPerSecond ?? null)
    set('learnt_at', learnt?.at ?? null)
  }
  set('bucket_size', input.settings?.bucketSize)
  set('drain_per_second', input.settings?.drainPerSecond)
  set('server_limit_seconds', input.settings?.serverLimitSeconds)
  if (input.host)
    run(
      db,
      'UPDATE credential SET base_url = replace(base_url, :from, :to) WHERE portal_id = :id',
      hostChange(db, input.portalId, input.host),
    )
  if (input.journal) appendJournal(db, input.journal)
  return null
}

function hostChange(
  db: DatabaseSync,
  portalId: string,
  host: string,
): { id: string; from: string; to: string } {
  const row = one(db, 'SELECT base_url FROM credential WHERE portal_id = :id LIMIT 1', { id: portalId })
  const before = row ? new URL(text(row, 'base_url')).host : host
  return { id: portalId, from: `//${before}/`, to: `//${host}/` }
}

/** Forgets the credentials of a portal; its payments stay. */
export function dropCredentials(db: DatabaseSync, input: { portalId: string; journal: NewJournalRow }): null {
  run(db, 'DELETE FROM credential WHERE portal_id = :id', { id: input.portalId })
  run(db, "UPDATE portal SET state = 'disconnected', writing_allowed = 0 WHERE id = :id", {
    id: input.portalId,
  })
  appendJournal(db, input.journal)
  return null
}

/** Removes a portal with all that the ledger knows of it. The journal keeps its rows: it is append-only. */
export function erasePortal(db: DatabaseSync, input: { portalId: string; journal: NewJournalRow }): null {
  const portal = { id: input.portalId }
  const touched = all(
    db,
    'SELECT line_id FROM allotment WHERE portal_id = :id UNION SELECT line_id FROM proposal WHERE portal_id = :id',
    portal,
  ).map((row) => number(row, 'line_id'))
  run(db, 'DELETE FROM operation_item WHERE portal_id = :id', portal)
  run(db, 'UPDATE bank_account SET own_company_id = NULL, bound_at = NULL WHERE portal_id = :id', portal)
  run(db, 'DELETE FROM portal WHERE id = :id', portal)
  deriveAllotted(db, touched)
  for (const lineId of touched) rankLine(db, lineId)
  appendJournal(db, input.journal)
  return null
}

export function readOwnCompanies(db: DatabaseSync, _: null): OwnCompany[] {
  return all(db, 'SELECT * FROM own_company ORDER BY portal_id, name').map((row) => ({
    portalId: text(row, 'portal_id') as OwnCompany['portalId'],
    id: number(row, 'id'),
    name: text(row, 'name'),
    accounts: JSON.parse(text(row, 'accounts_json')) as string[],
  }))
}

export function storeOwnCompanies(
  db: DatabaseSync,
  portalId: string,
  companies: readonly Omit<OwnCompany, 'portalId'>[],
): void {
  for (const company of companies) {
    insert(
      db,
      `INSERT INTO own_company VALUES (:portal, :id, :name, :accounts)
       ON CONFLICT (portal_id, id) DO UPDATE SET name = excluded.name, accounts_json = excluded.accounts_json`,
      { portal: portalId, id: company.id, name: company.name, accounts: JSON.stringify(company.accounts) },
    )
  }
}
