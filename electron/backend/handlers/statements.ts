import { Refusal } from '../../contract/fault.ts'
import { findChainBreaks } from '../../domain/statements/account-chain.ts'
import { hashFile } from '../files/file-store.ts'
import { importStatements } from '../jobs/kinds/import.ts'
import type { HandlersOf } from './context.ts'

/** Bytes of a line shown beside what was read from it. */
const rawLimit = 65_536

export const statements: HandlersOf<'statements'> = {
  'statements.inspect': ({ ticket, ...choice }, { tickets, compute, signal }) =>
    compute.run('inspectFile', { ...choice, path: tickets.take(ticket).path }, { signal }),

  'statements.glance': async ({ ticket, ...choice }, { tickets, compute, ledger, signal }) => {
    const { path, name } = tickets.take(ticket)
    const { sha256 } = await hashFile(path)
    const twin = await ledger.read('findFile', { sha256 })
    return compute.run(
      'glanceStatement',
      { ...choice, path, ticket, name, importedAs: twin?.id ?? null },
      { signal },
    )
  },

  'statements.import': (input, context) => importStatements(context, input.files),

  'statements.list': (_, { ledger }) => ledger.read('readStatements', null),

  'statements.chain': async (_, { ledger }) => {
    const links = await ledger.read('readChainLinks', null)
    const accounts = Map.groupBy(links, ({ account, currency }) => `${account} ${currency}`)
    return [...accounts.values()].flatMap((chain) => {
      const [first] = chain
      return first ? findChainBreaks(first.account, first.currency, chain) : []
    })
  },

  'statements.lines': (input, { ledger, today }) => ledger.read('pageLines', { ...input, today: today() }),

  'statements.line': async ({ lineId }, { ledger, files, today }) => {
    const found = await ledger.read('readLine', { lineId, today: today() })
    if (!found) throw new Refusal({ code: 'not.found', what: 'line' })
    const { from, to } = found.row.place
    const bytes = await files.slice(found.sha256, from, Math.min(to, from + rawLimit))
    return {
      row: found.row,
      fileName: found.fileName,
      encoding: found.encoding,
      raw: new TextDecoder(found.encoding).decode(bytes),
      issues: found.issues,
    }
  },

  'statements.issues': ({ fileId }, { ledger }) => ledger.read('readIssues', { fileId }),

  'statements.clear': async ({ fileId }, { ledger, actor, now, publish, rematch }) => {
    const at = now()
    await ledger.write('clearFile', {
      fileId,
      journal: { at, kind: 'file.cleared', actor: actor(), body: { fileId } },
    })
    publish('ledger.changed', { areas: ['statements', 'matches', 'payments', 'journal'], portalId: null, at })
    rematch()
    return null
  },

  'statements.forget': async ({ fileId }, { ledger, actor, now, publish, rematch }) => {
    const at = now()
    await ledger.write('forgetFile', {
      fileId,
      journal: { at, kind: 'file.forgotten', actor: actor(), body: { fileId } },
    })
    publish('ledger.changed', {
      areas: ['statements', 'matches', 'payments', 'accounts', 'journal'],
      portalId: null,
      at,
    })
    rematch()
    return null
  },
}
