// What the call table says of a call beyond its types, for help and for files on the command line.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { api } from '../contract/api.ts'
import type { CallName } from '../contract/api.ts'

/** The call's input as a JSON schema (draft 2020-12), as a caller may give it: fields with defaults are optional. */
export function inputSchema(call: CallName): Record<string, unknown> {
  return { ...z.toJSONSchema(api[call].input, { io: 'input', unrepresentable: 'any' }) }
}

/** Where a file's ticket goes in the call's input; null when the call takes no file. */
export function fileField(call: CallName): 'ticket' | 'files' | null {
  const properties = inputSchema(call)['properties']
  if (typeof properties !== 'object' || properties === null) return null
  if ('ticket' in properties) return 'ticket'
  return 'files' in properties ? 'files' : null
}

/**
 * Names of the results' types by call. Types are gone when the program runs, but this host runs from a checkout: it
 * reads them where they are written, so that the table stays the only list.
 */
export function resultNames(): Map<string, string> {
  const text = readFileSync(new URL('../contract/api.ts', import.meta.url), 'utf8')
  const rows = text.matchAll(/^ {2}'([\w.]+)': (?:query|command)\([^\n]*\.returns<([^\n]+)>\(\),$/gm)
  return new Map([...rows].map(([, name = '', result = '']) => [name, result.replace(/\b[a-z]+\./g, '')]))
}
