/** Filters of list methods: an operator stands before the field name, groups may be nested with `logic`. */
import { readMoment } from '../moments.ts'
import { type Value, entriesOf, flagOf, isEmpty, isMap, listOf, numberOf, textOf } from '../values.ts'

export type Scalar = null | string | number | boolean
export type FieldKind = 'number' | 'text' | 'moment' | 'flag'

export interface FieldSpec<Row> {
  kind: FieldKind
  read(row: Row): Scalar | readonly Scalar[]
}

export type Fields<Row> = ReadonlyMap<string, FieldSpec<Row>>
export type Test<Row> = (row: Row) => boolean

export interface Condition {
  operator: string
  field: string
}

const operatorPattern = /^(!=%|!%=|=%|%=|!%|!@|!=|>=|<=|!|=|@|%|>|<)?(.*)$/s

/** `!=%title` is operator `!=%` on field `title`. */
export function splitKey(key: string): Condition {
  const found = operatorPattern.exec(key)
  const sign = found?.[1] ?? '='
  const same: Record<string, string> = { '!': '!=', '%=': '=%', '!%=': '!=%' }
  return { operator: same[sign] ?? sign, field: found?.[2] ?? key }
}

type Comparable = null | string | number

function comparable(kind: FieldKind, value: Value | undefined, zone: string): Comparable {
  if (value === null || value === undefined || value === '') return null
  switch (kind) {
    case 'number':
      return numberOf(value) ?? (typeof value === 'boolean' ? Number(value) : Number.NaN)
    case 'moment':
      return readMoment(textOf(value), zone) ?? Number.NaN
    case 'flag': {
      const flag = flagOf(value)
      return flag === undefined ? textOf(value) : flag ? 'Y' : 'N'
    }
    case 'text':
      return textOf(value).toLowerCase()
  }
}

function stored(value: Scalar): Comparable {
  if (value === '' || value === null) return null
  if (typeof value === 'boolean') return value ? 'Y' : 'N'
  return typeof value === 'string' ? value.toLowerCase() : value
}

function storedFlag(value: Scalar): Comparable {
  return value === '' || value === null ? null : typeof value === 'boolean' ? (value ? 'Y' : 'N') : value
}

function likePattern(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${escaped}$`, 'is')
}

function ordered(operator: string, left: Comparable, right: Comparable): boolean {
  if (left === null || right === null) return false
  if (operator === '>') return left > right
  if (operator === '>=') return left >= right
  return operator === '<' ? left < right : left <= right
}

function valueTest(
  operator: string,
  kind: FieldKind,
  given: Value,
  zone: string,
): (value: Scalar) => boolean {
  const plain = kind === 'flag' ? storedFlag : stored
  if (operator === '@' || operator === '!@' || Array.isArray(given) || isMap(given)) {
    const wanted = new Set(listOf(given).map((item) => comparable(kind, item, zone)))
    const negative = operator.startsWith('!')
    return (value) => wanted.has(plain(value)) !== negative
  }
  if (operator === '%' || operator === '!%') {
    const part = textOf(given).toLowerCase()
    return (value) => textOf(value).toLowerCase().includes(part) === (operator === '%')
  }
  if (operator === '=%' || operator === '!=%') {
    const pattern = likePattern(textOf(given))
    return (value) => pattern.test(textOf(value)) === (operator === '=%')
  }
  const wanted = comparable(kind, given, zone)
  if (operator === '=') return (value) => plain(value) === wanted
  if (operator === '!=') return (value) => plain(value) !== wanted
  return (value) => ordered(operator, plain(value), wanted)
}

function conditionTest<Row>(
  key: string,
  given: Value,
  fields: Fields<Row>,
  zone: string,
): Test<Row> | undefined {
  const { operator, field } = splitKey(key)
  const spec = fields.get(field)
  if (!spec) return undefined
  const test = valueTest(operator, spec.kind, given, zone)
  const negative = operator.startsWith('!')
  return (row) => {
    const value = spec.read(row)
    if (value === null || typeof value !== 'object') return test(value)
    return negative ? value.every(test) : value.length === 0 ? test(null) : value.some(test)
  }
}

/**
 * Turns a filter into a test of rows. Fields that the object does not have are left out of account, which is
 * what makes the documentation's own example (`payed` on a payment) answer anything at all.
 */
export function compileFilter<Row>(filter: Value | undefined, fields: Fields<Row>, zone: string): Test<Row> {
  const tests: Test<Row>[] = []
  let any = false
  for (const [key, given] of entriesOf(filter)) {
    if (key.toLowerCase() === 'logic') {
      any = textOf(given).toUpperCase() === 'OR'
    } else if (/^\d+$/.test(key) && (isMap(given) || Array.isArray(given))) {
      tests.push(compileFilter(given, fields, zone))
    } else {
      const test = conditionTest(key, given, fields, zone)
      if (test) tests.push(test)
    }
  }
  const [only] = tests
  if (!only) return () => true
  if (tests.length === 1) return only
  return any ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row))
}

/** Values a top-level condition pins a field to (`=` or `@`); undefined where it does not. */
export function pinnedValues(filter: Value | undefined, field: string): Value[] | undefined {
  if (entriesOf(filter).some(([key]) => key.toLowerCase() === 'logic')) return undefined
  for (const [key, given] of entriesOf(filter)) {
    const condition = splitKey(key)
    if (condition.field !== field || isEmpty(given)) continue
    if (condition.operator === '=' || condition.operator === '@') return listOf(given)
  }
  return undefined
}

/** Bounds that top-level `>`, `>=`, `<`, `<=` conditions set on a numeric field, both exclusive. */
export function numericBounds(filter: Value | undefined, field: string): { above: number; below: number } {
  const bounds = { above: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY }
  if (entriesOf(filter).some(([key]) => key.toLowerCase() === 'logic')) return bounds
  for (const [key, given] of entriesOf(filter)) {
    const condition = splitKey(key)
    const value = numberOf(given)
    if (condition.field !== field || value === undefined) continue
    if (condition.operator === '>') bounds.above = Math.max(bounds.above, value)
    if (condition.operator === '>=') bounds.above = Math.max(bounds.above, value - 1)
    if (condition.operator === '<') bounds.below = Math.min(bounds.below, value)
    if (condition.operator === '<=') bounds.below = Math.min(bounds.below, value + 1)
  }
  return bounds
}
