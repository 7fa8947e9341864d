import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../contract/fault.ts'
import type { Connected, Portal } from '../../contract/portal.ts'
import type { LedgerReads } from '../ledger/ledger.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'
import { checkConnection } from '../check-connection.ts'
import { unbindQueue } from '../freshness/event-queue.ts'
import { refreshAll } from '../jobs/kinds/refresh-all.ts'
import type { CommandContext, HandlersOf } from './context.ts'

export const portals: HandlersOf<'portals'> = {
  'portals.list': async (_, { ledger }) =>
    (await ledger.read('readPortals', null)).map(({ portal }) => portal),

  'portals.waiting': async (_, { ledger, today }) => {
    const [waiting, breaks, accounts] = await Promise.all([
      ledger.read('readWaiting', { today: today() }),
      ledger.read('readChainBreaks', null),
      ledger.read('readAccounts', null),
    ])
    const portalOf = new Map(
      accounts.map(({ account, currency, portalId }) => [`${account} ${currency}`, portalId]),
    )
    const byPortal = Map.groupBy(
      breaks.filter(({ kind }) => kind !== 'repeat'),
      ({ account, currency }) => portalOf.get(`${account} ${currency}`) ?? null,
    )
    return waiting.map((row) => ({ ...row, breaks: byPortal.get(row.portalId)?.length ?? 0 }))
  },

  'portals.refreshAll': (_, context) => refreshAll(context),

  'portals.connect': async (input, context) => {
    if (input.kind === 'oauth')
      return { state: 'signIn', signIn: await context.portals.beginSignIn({ ...input }) }
    if (input.kind === 'again') {
      const record = await find(context, input.portalId)
      return { state: 'signIn', signIn: await context.portals.signInAgain(record) }
    }
    const { url, portalId } = input
    return connected(context, await context.portals.connectWebhook(url, { portalId }))
  },

  'portals.finishSignIn': async ({ signInId, code }, context) =>
    connected(context, await context.portals.finishSignIn(signInId, code)),

  'portals.cancelSignIn': async ({ signInId }, { portals: book }) => {
    await book.cancelSignIn(signInId)
    return null
  },

  'portals.check': async ({ portalId }, context) =>
    checkConnection(context, (await find(context, portalId)).portal.id),

  'portals.allowWriting': async ({ portalId, allowed }, context) => {
    const { portal } = await find(context, portalId)
    if (allowed && context.ports.policy.forceReadOnly)
      throw new Refusal({ code: 'policy.forbids', rule: 'writing' })
    // Read only means that nothing of ours is left at work in the portal either.
    if (!allowed) await unbindQueue(context, portalId)
    const at = context.now()
    const kind = allowed ? ('portal.writingOn' as const) : ('portal.writingOff' as const)
    await context.ledger.write('changePortal', {
      portalId,
      writingAllowed: allowed,
      journal: { at, kind, actor: context.actor(), portalId, body: { host: portal.host } },
    })
    return changed(context, portalId)
  },

  'portals.settings': async ({ portalId }, context) => (await find(context, portalId)).settings,

  'portals.changeSettings': async ({ portalId, ...settings }, context) => {
    await find(context, portalId)
    const at = context.now()
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
    const figures = settings.bucketSize !== undefined || settings.drainPerSecond !== undefined
    const limits = settings.limits ?? (figures ? ('own' as const) : undefined)
    const chosen = { ...(limits ? { limits } : {}), ...(limits === 'automatic' ? { learnt: null } : {}) }
    await context.ledger.write('changePortal', {
      portalId,
      settings: { ...given, ...chosen },
      journal: {
        at,
        kind: 'settings.changed',
        actor: context.actor(),
        portalId,
        body: { ...given, ...chosen },
      },
    })
    await context.portals.adjust(portalId)
    await changed(context, portalId)
    return (await find(context, portalId)).settings
  },

  /** A webhook's address is the secret, so nothing goes to a new host before the person agreed (money rule 17). */
  'portals.confirmMove': async ({ portalId }, context) => {
    const record = await find(context, portalId)
    if (record.portal.movedTo === null) return record.portal
    await context.portals.moveTo(record, record.portal.movedTo)
    return changed(context, portalId)
  },

  'portals.disconnect': async ({ portalId }, context) => {
    const record = await find(context, portalId)
    await unbindQueue(context, portalId)
    await context.portals.forget(record)
    const at = context.now()
    await context.ledger.write('dropCredentials', {
      portalId,
      journal: {
        at,
        kind: 'portal.disconnected',
        actor: context.actor(),
        portalId,
        body: { host: record.portal.host },
      },
    })
    await changed(context, portalId)
    const scheme = record.portal.demo ? 'http' : 'https'
    return { revokeAt: `${scheme}://${record.portal.host}/devops/list/` }
  },

  'portals.erase': async ({ portalId, typedName }, context) => {
    const record = await find(context, portalId)
    if (typedName.trim() !== record.portal.name) throw new Refusal({ code: 'confirm.mismatch' })
    await unbindQueue(context, portalId)
    await context.portals.forget(record)
    const at = context.now()
    await context.ledger.write('erasePortal', {
      portalId,
      journal: {
        at,
        kind: 'portal.erased',
        actor: context.actor(),
        portalId,
        body: { host: record.portal.host },
      },
    })
    context.publish('ledger.changed', {
      areas: ['portals', 'payments', 'matches', 'accounts', 'operations', 'journal'],
      portalId: null,
      at,
    })
    return null
  },

  'portals.openDemo': async ({ language }, context) => {
    const demo = await context.demo()
    const record = await context.portals.connectWebhook(demo.webhookUrl, {
      demo: demoNames[language ?? context.settings.get().language ?? 'en'],
    })
    await context.ledger.write('changePortal', {
      portalId: record.portal.id,
      settings: { limits: 'own', ...demo.limits },
    })
    await context.portals.adjust(record.portal.id)
    const { portal } = await connected(context, record)
    const folder = context.ports.paths.temp
    const statements = await Promise.all(
      demo.statements.map(async ({ name, bytes }) => {
        const path = join(folder, `demo-${name}`)
        await rm(path, { force: true })
        await writeFile(path, bytes, { mode: 0o600 })
        return { ticket: await context.tickets.claim(path, name, true), name, bytes: bytes.length }
      }),
    )
    return { portal, statements }
  },

  'portals.ownCompanies': (_, { ledger }) => ledger.read('readOwnCompanies', null),
}

/** The one portal whose name is ours to give. */
const demoNames = { ru: 'Демо-портал', en: 'Demo portal' } as const

async function find({ ledger }: { ledger: LedgerReads }, portalId: string): Promise<PortalRecord> {
  const record = await ledger.read('readPortal', { portalId })
  if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
  return record
}

/** A fresh connection is checked at once; fetching its payments is the person's next step. */
async function connected(
  context: CommandContext,
  record: PortalRecord,
): Promise<Extract<Connected, { state: 'connected' }>> {
  return { state: 'connected', portal: await checkConnection(context, record.portal.id) }
}

async function changed(context: CommandContext, portalId: string): Promise<Portal> {
  context.publish('ledger.changed', { areas: ['portals', 'journal'], portalId, at: context.now() })
  return (await find(context, portalId)).portal
}
