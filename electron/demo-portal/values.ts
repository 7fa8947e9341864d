/** JSON values as the portal reads them: in PHP a list and a map are one thing, and numbers arrive as text. */

export type Value = null | boolean | number | string | Value[] | ValueMap
export interface ValueMap {
  [key: string]: Value
}

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Pairs of a map, or of a list under its positions; nothing for any other value. */
export function entriesOf(value: Value | undefined): [string, Value][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item])
  return isMap(value) ? Object.entries(value) : []
}

/** Items of a list, or the values of a map; a lone scalar is a list of one. */
export function listOf(value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value
  if (isMap(value)) return Object.values(value)
  return value === undefined || value === null ? [] : [value]
}

export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && entriesOf(value).length === 0
}

/** Whole number, also from text; anything else is undefined. */
export function integerOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  if (typeof value === 'string' && /^\s*-?\d{1,15}\s*$/.test(value)) return Number(value)
  return undefined
}

export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'string' && /^\s*-?\d+([.,]\d+)?\s*$/.test(value))
    return Number(value.replace(',', '.'))
  return undefined
}

export function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '1' : ''
  return ''
}

/** Flags are `Y`/`N`, in some methods `1`/`0` or `true`/`false`; undefined when it is none of them. */
export function flagOf(value: Value | undefined): boolean | undefined {
  if (value === true || value === 'Y' || value === 'y' || value === 1 || value === '1' || value === 'true')
    return true
  if (value === false || value === 'N' || value === 'n' || value === 0 || value === '0' || value === 'false')
    return false
  return undefined
}

/**
 * A PHP array printed as JSON: empty is `[]`, keys 0..n in order are a list, anything else a map.
 * With `quirk` false it is always a map.
 */
export function printArray(entries: readonly (readonly [string, Value])[], quirk: boolean): Value {
  if (quirk && entries.every(([key], index) => key === String(index)))
    return entries.map(([, value]) => value)
  return Object.fromEntries(entries)
}

/** Follows keys into nested maps and lists; undefined where the way ends. */
export function valueAt(value: Value | undefined, keys: readonly string[]): Value | undefined {
  let here: Value | undefined = value
  for (const key of keys) {
    if (Array.isArray(here)) here = here[Number(key)]
    else if (isMap(here)) here = Object.hasOwn(here, key) ? here[key] : undefined
    else return undefined
  }
  return here
}
