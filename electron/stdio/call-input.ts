// Puts a call's input together from the command line: JSON, stdin and files.

import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Refusal } from '../contract/fault.ts'
import type { Ticket } from '../contract/files.ts'
import type { Tickets } from '../backend/session.ts'
import type { CallLine, Wrong } from './arguments.ts'
import { fileField } from './call-facts.ts'
import type { Terminal } from './terminal.ts'

/** Where the JSON stands, before any file is claimed: decided without the backend, so that wrong usage starts nothing. */
export type Gathered =
  { wrong: Wrong } | { input: unknown; claims: string[]; field: 'ticket' | 'files' | null }

/** Throws Refusal `file.gone` when a file that should hold the input cannot be read. */
export async function gatherInput(line: CallLine, terminal: Terminal): Promise<Gathered> {
  const field = fileField(line.call)
  if (field === null && line.files.length > 0) {
    if (line.json !== undefined || line.stdin) return { wrong: { code: 'noFileTaken', call: line.call } }
    if (line.files.length > 1) return { wrong: { code: 'oneFileOnly', call: line.call } }
    return parsed(line, await readInputFile(resolve(terminal.folder, line.files[0] ?? '')), [], null)
  }
  if (field === 'ticket' && line.files.length > 1) return { wrong: { code: 'oneFileOnly', call: line.call } }
  const source = line.stdin ? await text(terminal.input) : line.json
  if (source === undefined) return { input: undefined, claims: line.files, field }
  return parsed(line, source, line.files, field)
}

function parsed(
  line: CallLine,
  source: string,
  claims: string[],
  field: 'ticket' | 'files' | null,
): Gathered {
  const bare = source.replace(/^\uFEFF/, '').trim()
  // Whoever copies a webhook out of the portal has an address, not JSON.
  if (line.call === 'portals.connect' && /^https?:\/\/\S+$/.test(bare)) {
    return { input: { kind: 'webhook', url: bare }, claims, field }
  }
  try {
    return { input: JSON.parse(bare), claims, field }
  } catch {
    return { wrong: { code: 'notJson' } }
  }
}

async function readInputFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Refusal({ code: 'file.gone' }, { cause })
  }
}

/**
 * The input with the files' tickets in it (relative paths begin at `folder`): `{ ticket }`, or `{ files: [{ ticket }] }` where further fields of the
 * JSON hold for every file. Throws the refusals of `Tickets.claim`; answers a Wrong where the JSON is no object.
 */
export async function withTickets(
  gathered: Exclude<Gathered, { wrong: Wrong }>,
  tickets: Tickets,
  folder: string,
): Promise<{ input: unknown; mine: Set<string> } | { wrong: Wrong }> {
  const { input = {}, claims, field } = gathered
  if (claims.length === 0) return { input: gathered.input, mine: new Set() }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { wrong: { code: 'notAnObject' } }
  const claimed: Ticket[] = []
  for (const path of claims) claimed.push(await tickets.claim(resolve(folder, path), basename(path), false))
  const mine = new Set<string>(claimed)
  if (field === 'ticket') return { input: { ...input, ticket: claimed[0] }, mine }
  return { input: { files: claimed.map((ticket) => ({ ...input, ticket })) }, mine }
}
