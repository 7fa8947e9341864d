/** Form data with PHP's nested keys: `filter[>id]=5&select[]=id&fields[paid]=Y`. */
import type { Value, ValueMap } from '../values.ts'

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function keysOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0) return [name]
  // A bracket that is never closed, as in an unescaped `filter[>=sum]=5`, spoils the name in PHP too.
  if (!name.includes(']', open)) return [name.replace('[', '_')]
  const inner = [...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map((found) => found[1] ?? '')
  return [name.slice(0, open), ...inner]
}

function nextIndex(map: ValueMap): string {
  const used = Object.keys(map).filter((key) => /^\d+$/.test(key))
  return String(used.length === 0 ? 0 : Math.max(...used.map(Number)) + 1)
}

/** Puts a value where a name like `a[b][]` points. */
export function assign(target: ValueMap, name: string, value: Value): void {
  const keys = keysOf(name)
  let here = target
  for (const [position, raw] of keys.entries()) {
    const key = raw === '' && position > 0 ? nextIndex(here) : raw
    if (key === '__proto__') return
    if (position === keys.length - 1) {
      here[key] = value
      return
    }
    const inner = here[key]
    const map: ValueMap = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {}
    here[key] = map
    here = map
  }
}

/** Maps whose keys run 0..n become lists, as a JSON client would have sent them. */
export function withLists(value: Value): Value {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, item]): [string, Value] => [key, withLists(item)])
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index))
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries)
}

export function parseForm(text: string): ValueMap {
  const target: ValueMap = {}
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at))
    assign(target, name, at < 0 ? '' : decode(pair.slice(at + 1)))
  }
  return Object.fromEntries(Object.entries(target).map(([key, value]) => [key, withLists(value)]))
}
