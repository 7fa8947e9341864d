// The ways a statement comes in: dropped, out of an archive, out of the watched folder.

import { stat } from 'node:fs/promises'
import { Refusal } from '../../contract/fault.ts'
import type { Ticket } from '../../contract/files.ts'
import type { UnpackedFile } from '../../contract/statement-file.ts'
import { archiveKind, unpackArchive } from '../files/archive.ts'
import { openPlain } from '../files/plain-file.ts'
import { requireImportable } from '../files/tickets.ts'
import type { CommandContext, HandlersOf } from './context.ts'

type Doors = Pick<
  HandlersOf<'statements'>,
  | 'statements.unpack'
  | 'statements.release'
  | 'statements.watched'
  | 'statements.watch'
  | 'statements.chooseFolder'
  | 'statements.takeWatched'
>

export const statementDoors: Doors = {
  'statements.unpack': async ({ ticket }, context) => {
    const file = context.tickets.take(ticket)
    return unpackTicket(context, ticket, file)
  },

  'statements.release': async ({ tickets: done }, { tickets }) => {
    await Promise.all(done.map((ticket) => tickets.release(ticket)))
    return null
  },

  'statements.watched': (_, { watch }) => watch.status(),

  'statements.watch': async ({ folder }, { watch, settings, ledger, actor, now }) => {
    const before = settings.watchedFolder()
    await watch.set(folder)
    if (folder !== before)
      await ledger.write('journal', {
        at: now(),
        kind: 'settings.changed',
        actor: actor(),
        body: { watchedFolder: folder },
      })
    return watch.status()
  },

  'statements.chooseFolder': async (_, { ports }) => ({
    folder: (await ports.shell.chooseFolder?.()) ?? null,
  }),

  'statements.takeWatched': async ({ name }, context) => {
    const opened = await openPlain(await context.watch.pathOf(name))
    try {
      requireImportable((await opened.facts()).bytes)
      const path = await opened.copyTo(context.ports.paths.temp, context.signal)
      const ticket = await context.tickets.claim(path, name, true)
      try {
        return await unpackTicket(context, ticket, { path, name })
      } catch (error) {
        await context.tickets.release(ticket)
        throw error
      }
    } finally {
      await opened.close()
    }
  },
}

/** A ticket for each file of an archive, or the file's own ticket. */
async function unpackTicket(
  { tickets, ports, signal }: CommandContext,
  ticket: Ticket,
  { path, name }: { path: string; name: string },
): Promise<UnpackedFile[]> {
  if (!(await archiveKind(path))) return [{ ticket, name, bytes: await sizeOf(path) }]
  const { members, refused } = await unpackArchive({ path, name, temp: ports.paths.temp, signal })
  const taken = await Promise.all(members.map((member) => tickets.offer(member.path, member.name)))
  if (signal.aborted) {
    // Nobody is there to be told of them.
    await Promise.all(taken.map((one) => tickets.release(one.ticket)))
    signal.throwIfAborted()
  }
  // Its files stand for it from now on: an archive that was uploaded, or copied from the watched folder, has served.
  await tickets.spend(ticket)
  return [
    ...taken,
    ...refused.map(({ name: member, bytes, fault }) => ({ ticket: null, name: member, bytes, fault })),
  ]
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new Refusal({ code: 'file.gone' })
  return found.size
}
