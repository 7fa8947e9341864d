import { Refusal } from '../../contract/fault.ts'
import { archiveKind } from '../files/archive.ts'
import { hashFile } from '../files/file-store.ts'
import { inspectArchive } from '../files/inspect-archive.ts'
import { importStatements } from '../jobs/kinds/import.ts'
import type { LineRecord } from '../ledger/tables/lines.ts'
import type { CommandContext, HandlersOf, QueryContext } from './context.ts'
import { statementDoors } from './statement-doors.ts'

/** Bytes of a line shown beside what was read from it, as text and as figures. */
const rawLimit = 65_536
const hexLimit = 4096

export const statements: HandlersOf<'statements'> = {
  ...statementDoors,

  'statements.inspect': async ({ ticket, ...choice }, context) => {
    const { path, name } = context.tickets.take(ticket)
    if (await archiveKind(path)) return inspectArchive(context, { path, name }, choice)
    return context.compute.run('inspectFile', { ...choice, path }, { signal: context.signal })
  },

  'statements.glance': async ({ ticket, ...choice }, { tickets, compute, ledger, signal }) => {
    const { path, name } = tickets.take(ticket)
    if (await archiveKind(path)) throw new Refusal({ code: 'statement.archive' })
    const { sha256 } = await hashFile(path, signal)
    const twin = await ledger.read('findFile', { sha256 })
    return compute.run(
      'glanceStatement',
      { ...choice, path, ticket, name, importedAs: twin?.id ?? null },
      { signal },
    )
  },

  'statements.import': async (input, context) => {
    await context.watch.giveWay()
    return importStatements(context, input.files)
  },

  'statements.list': (_, { ledger }) => ledger.read('readStatements', null),

  'statements.chain': (_, { ledger }) => ledger.read('readChainBreaks', null),

  'statements.lines': (input, { ledger, today }) => ledger.read('pageLines', { ...input, today: today() }),

  'statements.line': async ({ lineId }, context) => {
    const found = await context.ledger.read('readLine', { lineId, today: context.today() })
    if (!found) throw new Refusal({ code: 'not.found', what: 'line' })
    return {
      row: found.row,
      fileName: found.fileName,
      encoding: found.encoding,
      ...(await originalOf(found, context)),
      twin: found.twin,
      issues: found.issues,
    }
  },

  'statements.issues': ({ fileId }, { ledger }) => ledger.read('readIssues', { fileId }),

  'statements.clear': async ({ fileId }, context) => {
    await context.ledger.write('clearFile', {
      fileId,
      journal: { at: context.now(), kind: 'file.cleared', actor: context.actor(), body: { fileId } },
    })
    told(context)
    return null
  },

  'statements.marks': ({ fileId }, { ledger, today }) => ledger.read('readMarks', { fileId, today: today() }),

  'statements.forget': async ({ fileId, losing = { ignored: 0, held: 0, notes: 0 } }, context) => {
    const { sha256 } = await context.ledger.write('forgetFile', {
      fileId,
      losing,
      today: context.today(),
      journal: { at: context.now(), kind: 'file.forgotten', actor: context.actor(), body: { fileId } },
    })
    if (sha256 !== null) await context.files.drop(sha256)
    told(context)
    return null
  },

  'statements.judge': async ({ lineIds = null, fileId = null, verdict }, context) => {
    if (lineIds === null && fileId === null)
      throw new Refusal({ code: 'input.invalid', path: 'lineIds', reason: 'required' })
    const judged = await context.ledger.write('judgeLines', {
      lineIds,
      fileId,
      verdict,
      journal: {
        at: context.now(),
        kind: 'lines.judged',
        actor: context.actor(),
        body: { verdict, lineIds, fileId },
      },
    })
    told(context)
    return judged
  },

  'statements.tables': (_, { ledger }) => ledger.read('readTables', null),
  'statements.forgetTable': ({ id }, { ledger }) => ledger.write('forgetTable', { id }),
}

/** What was imported changed for every screen, and what is proposed rests on it. */
function told({ publish, rematch, now }: CommandContext): void {
  publish('ledger.changed', {
    areas: ['statements', 'matches', 'payments', 'accounts', 'journal'],
    portalId: null,
    at: now(),
  })
  rematch()
}

/** What stands in the file where the line was read: its bytes, or the cells of a workbook's row. */
async function originalOf(
  { row, sha256, format, encoding }: LineRecord,
  { files, compute, signal }: QueryContext,
): Promise<{ raw: string; hex: string }> {
  const { line, from, to, part } = row.place
  if (format === 'xlsx' || format === 'xls') {
    const input = { path: files.pathOf(sha256), sheet: part, row: line, encoding }
    return { raw: await compute.run('readSheetRow', input, { signal }), hex: '' }
  }
  const bytes = await files.slice(sha256, from, Math.min(to, from + rawLimit))
  return {
    raw: new TextDecoder(encoding).decode(bytes),
    hex: Buffer.from(bytes.subarray(0, hexLimit)).toString('hex'),
  }
}
