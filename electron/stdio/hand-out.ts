// Files of a result: what waits behind a ticket is copied to where the person wants it.

import { constants } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { Ticket } from '../contract/files.ts'
import { safeName } from '../host/safe-name.ts'
import type { Tickets } from '../backend/session.ts'

export interface HandOut {
  /** Folder of `--out`; undefined leaves the files where they are. */
  folder: string | undefined
  tickets: Tickets
  /** Tickets that the person brought in: their files are no result. */
  mine: ReadonlySet<string>
  saved(path: string): void
  notSaved(name: string): void
}

/** A copy of the value in which every file that was saved has its `path`. */
export async function handOut(value: unknown, to: HandOut): Promise<unknown> {
  if (Array.isArray(value)) {
    const list: unknown[] = []
    for (const part of value as unknown[]) list.push(await handOut(part, to))
    return list
  }
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) copy[key] = await handOut(part, to)
  const { ticket, name } = copy
  if (!Ticket.safeParse(ticket).success || typeof name !== 'string' || to.mine.has(String(ticket)))
    return copy
  const path = await save(String(ticket), name, to)
  return path === null ? copy : { ...copy, path }
}

async function save(ticket: string, name: string, to: HandOut): Promise<string | null> {
  const file = to.tickets.locate(ticket)
  if (!file) return null
  if (to.folder === undefined) {
    to.notSaved(name)
    return null
  }
  await mkdir(to.folder, { recursive: true })
  const path = await copyBeside(file.path, to.folder, safeName(name))
  to.saved(path)
  return path
}

/** COPYFILE_EXCL makes "is it there?" and "write it" one step: two processes never take the same name. */
async function copyBeside(from: string, folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name)
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${stem} (${number})${ext}`)
    try {
      await copyFile(from, path, constants.COPYFILE_EXCL)
      return path
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}
