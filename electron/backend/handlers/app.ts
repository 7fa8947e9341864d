import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../contract/fault.ts'
import { redactText } from '../redact.ts'
import { backUp, stageRestore } from '../ledger/backup.ts'
import { lookForUpdate } from '../updates.ts'
import type { HandlersOf } from './context.ts'

const logLines = 200

export const app: HandlersOf<'app'> = {
  'app.status': (_, { status }) => status(),
  'app.settings': async (_, { settings }) => settings.get(),

  'app.changeSettings': async (values, context) => {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
    const next = { ...context.settings.get(), ...given }
    if (next.likelyFrom >= next.certainFrom)
      throw new Refusal({ code: 'input.invalid', path: 'likelyFrom', reason: 'order' })
    const settings = await context.settings.change(given)
    const at = context.now()
    const told = Object.keys(given).filter((key) => !['layouts', 'theme', 'language'].includes(key))
    if (told.length > 0) {
      await context.ledger.write('journal', {
        at,
        kind: 'settings.changed',
        actor: context.actor(),
        body: Object.fromEntries(told.map((key) => [key, given[key] as number])),
      })
    }
    if (told.includes('proofDaysBefore') || told.includes('proofDaysAfter')) {
      for (const { portal } of await context.ledger.read('readPortals', null))
        await context.ledger.write('deriveAgain', { portalId: portal.id })
    }
    context.publish('ledger.changed', {
      areas: ['settings', ...(told.length > 0 ? (['payments', 'journal'] as const) : [])],
      portalId: null,
      at,
    })
    return settings
  },

  'app.updates': (_, { ports, settings, signal }) => lookForUpdate(ports, settings.get(), signal),

  /** Version, system and the log's end; whatever looks like a secret is cut out. */
  'app.diagnostics': async (_, { status, ports, ledger }) => {
    const state = await status()
    const portals = await ledger.read('readPortals', null)
    const about = {
      version: state.version,
      host: state.host,
      system: `${process.platform} ${process.arch}`,
      node: process.version,
      vault: state.vault,
      ledger: { owned: state.ledger.owned, bytes: state.ledger.bytes },
      portals: portals.map(({ portal }) => ({
        state: portal.state,
        payments: portal.payments,
        path: portal.check?.path ?? null,
        administrator: portal.check?.administrator ?? null,
      })),
      troubles: state.troubles,
    }
    return { text: redactText(`${JSON.stringify(about, null, 2)}\n\n${await endOfLog(ports.paths.logs)}`) }
  },

  'app.backup': async (_, { ledger, ports, tickets, now }) => {
    const name = `sverka-${now().slice(0, 19).replaceAll(':', '-')}.backup`
    const path = join(ports.paths.temp, name)
    await backUp(ledger.path, path)
    return tickets.offer(path, name)
  },

  'app.restore': async ({ ticket }, context) => {
    const { path } = context.tickets.take(ticket)
    await stageRestore(context.ledger.path, path)
    return context.status()
  },
}

async function endOfLog(folder: string): Promise<string> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.log')).sort()
  const newest = files.at(-1)
  if (newest === undefined) return ''
  const text = await readFile(join(folder, newest), 'utf8').catch(() => '')
  return text.split('\n').slice(-logLines).join('\n')
}
