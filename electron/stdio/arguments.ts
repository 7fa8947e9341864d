// Reads a command line. Decides nothing that needs the backend.

import { api } from '../contract/api.ts'
import type { CallName } from '../contract/api.ts'

export interface CallLine {
  kind: 'call'
  call: CallName
  json: string | undefined
  /** Paths behind `@`. */
  files: string[]
  /** `-` stood among the arguments: the input comes from stdin. */
  stdin: boolean
  data: string | undefined
  out: string | undefined
  memoryVault: boolean
}

export type CommandLine =
  | CallLine
  | { kind: 'conversation'; data: string | undefined; memoryVault: boolean }
  | { kind: 'help'; call: CallName | undefined }
  | { kind: 'wrong'; wrong: Wrong }

/** What is wrong with a command line; texts are the person's own and never those that may hold a secret. */
export type Wrong =
  | { code: 'nothing' }
  | { code: 'unknownCall'; name: string }
  | { code: 'unknownOption'; name: string }
  | { code: 'valueMissing'; name: string }
  | { code: 'twoInputs' }
  | { code: 'notJson' }
  | { code: 'notAnObject' }
  | { code: 'noFileTaken'; call: string }
  | { code: 'oneFileOnly'; call: string }
  | { code: 'secretArgument' }

interface Parts {
  flags: Set<string>
  values: Map<string, string>
  plain: string[]
}

const flags = ['--stdio', '--help', '--memory-vault']
const valued = ['--data', '--out']
/** Their inputs hold a webhook's address, a client's secret or a one-time code. */
const secretCalls: readonly CallName[] = ['portals.connect', 'portals.finishSignIn']

export function readCommandLine(given: readonly string[]): CommandLine {
  const parts = takeApart(given)
  if ('wrong' in parts) return { kind: 'wrong', wrong: parts.wrong }
  const [name, ...rest] = parts.plain
  if (parts.flags.has('--help')) {
    if (name !== undefined && !isCallName(name))
      return { kind: 'wrong', wrong: { code: 'unknownCall', name } }
    return { kind: 'help', call: name }
  }
  const shared = { data: parts.values.get('--data'), memoryVault: parts.flags.has('--memory-vault') }
  if (parts.flags.has('--stdio')) return { kind: 'conversation', ...shared }
  if (name === undefined) return { kind: 'wrong', wrong: { code: 'nothing' } }
  if (!isCallName(name)) return { kind: 'wrong', wrong: { code: 'unknownCall', name } }
  const files = rest.filter((text) => text.startsWith('@')).map((text) => text.slice(1))
  const texts = rest.filter((text) => !text.startsWith('@') && text !== '-')
  // Other processes can read arguments, and the shell keeps them in its history (money rule 20).
  if (secretCalls.includes(name) && texts.length > 0)
    return { kind: 'wrong', wrong: { code: 'secretArgument' } }
  const stdin = rest.includes('-')
  if (texts.length + (stdin ? 1 : 0) > 1) return { kind: 'wrong', wrong: { code: 'twoInputs' } }
  return { kind: 'call', call: name, json: texts[0], files, stdin, out: parts.values.get('--out'), ...shared }
}

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(api, name)
}

function takeApart(given: readonly string[]): Parts | { wrong: Wrong } {
  const parts: Parts = { flags: new Set(), values: new Map(), plain: [] }
  for (let at = 0; at < given.length; at++) {
    const text = given[at] ?? ''
    const [name = '', joined] = text.startsWith('--') ? splitOnce(text) : [text]
    if (name === '-h') parts.flags.add('--help')
    else if (flags.includes(text)) parts.flags.add(text)
    else if (valued.includes(name)) {
      const value = joined ?? given[++at]
      if (value === undefined || value === '') return { wrong: { code: 'valueMissing', name } }
      parts.values.set(name, value)
    } else if (text.startsWith('-') && text !== '-') return { wrong: { code: 'unknownOption', name } }
    else parts.plain.push(text)
  }
  return parts
}

function splitOnce(text: string): [string, string?] {
  const at = text.indexOf('=')
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/** Up to three call names that a mistyped one may have meant, the nearest first. */
export function nearNames(wrong: string): CallName[] {
  const typed = wrong.toLowerCase()
  return Object.keys(api)
    .filter(isCallName)
    .map((name) => ({
      name,
      far: distance(typed, name.toLowerCase()),
      part: typed.length > 2 && name.toLowerCase().includes(typed),
    }))
    .filter(({ name, far, part }) => part || far <= Math.max(3, Math.floor(name.length / 3)))
    .sort((a, b) => Number(b.part) - Number(a.part) || a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Edit distance (Levenshtein), by rows. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      line.push(Math.min(change, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    above = line
  }
  return above[b.length] ?? 0
}
