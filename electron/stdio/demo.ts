// The whole main job against the demo portal, in the terminal: connect, refresh, import, match, plan, apply, report.

import { copyFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createBackend } from '../backend/backend.ts'
import type { CallName, InputOf, ResultOf } from '../contract/api.ts'
import type { JobResult, JobSnapshot } from '../contract/job.ts'
import { currencyOf, formatDecimal } from '../contract/money.ts'
import type { Portal } from '../contract/portal.ts'
import type { Sum } from '../contract/values.ts'
import { openClient } from '../host/in-process-client.ts'
import type { InProcessClient } from '../host/in-process-client.ts'
import { openPorts } from '../host/ports.ts'
import { watchJobs } from './follow-job.ts'
import type { Terminal } from './terminal.ts'

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } })
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Progress of jobs is not shown here: every step prints its figures once. */
const quiet: Terminal = {
  arguments: [],
  language: 'en',
  folder: process.cwd(),
  input: process.stdin,
  print: () => undefined,
  note: () => undefined,
  onInterrupt: () => () => undefined,
}

async function main(): Promise<void> {
  const data = values.data ?? (await mkdtemp(join(tmpdir(), 'sverka-demo-')))
  const ports = await openPorts({ name: 'terminal', data, memoryVault: true, tell: say })
  const backend = await createBackend(ports)
  const client = openClient(backend)
  try {
    await walk(client, data, (ticket) => backend.tickets.locate(ticket)?.path)
  } finally {
    client.close()
    await backend.close()
  }
}

async function walk(
  client: InProcessClient,
  data: string,
  pathOf: (ticket: string) => string | undefined,
): Promise<void> {
  const jobs = watchJobs(client)
  const call = async <N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> => {
    const result = await client.call(name, input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.fault)}`)
    return result.value
  }
  const follow = async <K extends JobResult['kind']>(
    kind: K,
    first: JobSnapshot,
  ): Promise<Extract<JobResult, { kind: K }>> => {
    const job = await jobs.follow(first, quiet)
    if (job.state !== 'done' || job.result?.kind !== kind)
      throw new Error(`${kind}: ${JSON.stringify(job.fault ?? job.state)}`)
    return job.result as Extract<JobResult, { kind: K }>
  }

  const { portal, statements } = await call('portals.openDemo', undefined)
  say(
    `1 connect    ${portal.host}, ${portal.check?.path ?? 'no'} path, ${portal.check?.requests ?? 0} requests in ${portal.check?.tookMs ?? 0} ms`,
  )

  const refreshed = await follow('refresh', await call('payments.refresh', { portalId: portal.id }))
  say(`2 refresh    ${refreshed.payments} payments in ${refreshed.requests} requests`)

  const files = statements.map(({ ticket }) => ({ ticket: ticket as never }))
  const imported = await follow('import', await call('statements.import', { files }))
  for (const file of imported.files)
    say(
      `3 import     ${file.name}: ${file.fault ? JSON.stringify(file.fault) : `${file.lines} lines, ${file.known} known, ${file.problems} problems`}`,
    )
  await bindAll(call, portal)

  const matched = await follow('match', await call('matches.propose', undefined))
  say(
    `4 match      ${matched.lines} lines: ${matched.certain} certain, ${matched.likely} likely, ${matched.doubtful} doubtful, ${matched.none} without a proposal`,
  )

  const { certain } = await call('matches.summary', {})
  const accepted = await call('matches.acceptCertain', { digest: certain.digest })
  say(`5 accept     ${accepted.lines} lines, ${sumsOf(accepted.sums)}`)

  await call('portals.allowWriting', { portalId: portal.id, allowed: true })
  const plan = await call('operations.plan', { kind: 'payMatched', portalId: portal.id })
  say(
    `6 plan       ${plan.count} payments, ${sumsOf(plan.sums)}; ${plan.requests} requests, about ${Math.ceil(plan.expectMs / 1000)} s`,
  )

  const applied = await follow(
    'apply',
    await call('operations.apply', { planId: plan.id, digest: plan.digest }),
  )
  say(
    `7 apply      ${applied.confirmed} confirmed, ${applied.alreadySo} already so, ${applied.conflict} conflicts, ${applied.refused} refused, ${applied.unknown} unknown`,
  )

  const report = await follow(
    'report',
    await call('reports.start', {
      kind: 'reconciliation',
      portalId: portal.id,
      format: 'xlsx',
      locale: 'en',
    }),
  )
  const to = resolve(values.out ?? data, report.file.name)
  const from = pathOf(report.file.ticket)
  if (from !== undefined) await copyFile(from, to)
  say(`8 report     ${report.rows} rows in ${to}`)
  jobs.undo()
}

/** Binds every account whose number stands in an own company's requisites, as the screen proposes it. */
async function bindAll(
  call: <N extends CallName>(name: N, input: InputOf<N>) => Promise<ResultOf<N>>,
  portal: Portal,
): Promise<void> {
  for (const account of await call('accounts.list', undefined)) {
    const [proposal] = account.proposals
    await call('accounts.bind', {
      account: account.account,
      currency: account.currency,
      portalId: portal.id,
      ownCompanyId: proposal?.ownCompanyId ?? null,
    })
    say(`  bind       ${account.account} ${account.currency} to ${proposal?.ownCompanyName ?? portal.name}`)
  }
}

function sumsOf(sums: readonly Sum[]): string {
  return (
    sums
      .map(
        ({ minor, currency }) =>
          `${formatDecimal({ minor, currency: currencyOf(currency) ?? ('XXX' as never) })} ${currency}`,
      )
      .join(' + ') || '0'
  )
}

await main()
