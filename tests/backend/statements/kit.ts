// A backend of its own with nothing but statements in it, and small files that look as banks make them.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { createBackend } from '../../../electron/backend/backend.ts'
import type { CallName, InputOf, ResultOf } from '../../../electron/contract/api.ts'
import type { Fault } from '../../../electron/contract/fault.ts'
import type { JobResult, JobSnapshot } from '../../../electron/contract/job.ts'
import { openClient } from '../../../electron/host/in-process-client.ts'
import { systemClock } from '../../../electron/host/system-clock.ts'
import { memoryVault } from '../../../electron/vault/memory-vault.ts'
import { portsFor } from '../../kit/backend-world.ts'
import { createLog } from '../portal/kit/fake-portal.ts'

export type Imported = Extract<JobResult, { kind: 'import' }>['files'][number]
type Options = Omit<InputOf<'statements.import'>['files'][number], 'ticket'>

export interface Desk {
  folder: string
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>>
  fault<N extends CallName>(name: N, input: InputOf<N>): Promise<Fault>
  ticket(name: string, content: string | Uint8Array): Promise<never>
  ended(id: string): Promise<JobSnapshot>
  /** Areas of the ledger that were told to have changed since the last asking. */
  changes(): string[]
  /** Imports one file in one job; answers what became of it, of an archive its first member. */
  bring(name: string, content: string | Uint8Array, options?: Options): Promise<Imported>
  bringAll(name: string, content: string | Uint8Array, options?: Options): Promise<Imported[]>
  /** Names in the folder of kept files, and in that of temporary ones but for what a test put there. */
  kept(): string[]
  left(): string[]
  /** Closes the backend; `close` takes the folder away as well. */
  end(): Promise<void>
  close(): Promise<void>
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'sverka-statements-'))

export async function openDesk(folder = newFolder(), clock = systemClock()): Promise<Desk> {
  const backend = await createBackend(
    await portsFor(folder, { vault: memoryVault('a test'), clock, log: createLog() }),
  )
  const client = openClient(backend)
  const shown: JobSnapshot[] = []
  client.on('jobs.changed', (job) => shown.push(job))
  const changed: string[] = []
  client.on('ledger.changed', ({ areas }) => changed.push(...areas))
  const dropped = join(folder, 'dropped')
  mkdirSync(dropped, { recursive: true })
  const namesIn = (name: string): string[] => {
    try {
      return readdirSync(join(folder, name))
    } catch {
      return []
    }
  }
  const desk: Desk = {
    folder,
    call: async (name, input) => {
      const result = await client.call(name, input)
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.fault)}`)
      return result.value
    },
    fault: async (name, input) => {
      const result = await client.call(name, input)
      if (result.ok) throw new Error(`${name} was not refused`)
      return result.fault
    },
    ticket: async (name, content) => {
      const path = join(dropped, name)
      writeFileSync(path, content)
      return (await backend.tickets.claim(path, name, false)) as never
    },
    ended: (id) =>
      new Promise((resolve) => {
        const look = (): void => {
          const job = shown.find((found) => found.id === id && found.endedAt !== null)
          if (job) resolve(job)
          else setTimeout(look, 2)
        }
        look()
      }),
    changes: () => changed.splice(0),
    bringAll: async (name, content, options = {}) => {
      const files = [{ ticket: await desk.ticket(name, content), ...options }]
      const job = await desk.ended((await desk.call('statements.import', { files })).id)
      if (job.result?.kind !== 'import') throw new Error(`the import ended ${JSON.stringify(job)}`)
      return job.result.files
    },
    bring: async (name, content, options) => {
      const [only] = await desk.bringAll(name, content, options)
      if (!only) throw new Error('nothing was imported')
      return only
    },
    kept: () => namesIn('files'),
    left: () => namesIn('temp'),
    end: async () => {
      client.close()
      await backend.close()
    },
    close: async () => {
      await desk.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return desk
}

export const own = 'DE89370400440532013000'

/** A camt file of one account in euros; entries are XML. */
export function camt(kind: '053' | '054', entries: readonly string[]): string {
  const [root, part] =
    kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : (['BkToCstmrDbtCdtNtfctn', 'Ntfctn'] as const)
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.08"><${root}>
<GrpHdr><MsgId>G1</MsgId><CreDtTm>2026-10-06T00:00:00Z</CreDtTm></GrpHdr>
<${part}><Id>S1</Id><Acct><Id><IBAN>${own}</IBAN></Id><Ccy>EUR</Ccy></Acct>
${entries.join('\n')}
</${part}></${root}></Document>`
}

/** One booked credit; `details` stands inside, `NtryDtls` and all. */
export function entry(amount: string, details: string, day = '2026-10-05'): string {
  return `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>${details}</Ntry>`
}

export function zip(files: Record<string, string>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])),
  )
}

/** An MT940 message of one account in euros: its lines are `:61:` and `:86:` tags. */
export function mt940(lines: readonly string[]): string {
  return [':20:S1', `:25:${own}`, ':28C:1/1', ':60F:C261001EUR0,00', ...lines, ''].join('\r\n')
}
