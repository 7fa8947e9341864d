import { api } from '../contract/api.ts'
import type { CallName } from '../contract/api.ts'
import { isCallName } from './arguments.ts'
import { fileField, inputSchema, resultNames } from './call-facts.ts'
import type { Terminal } from './terminal.ts'
import { words } from './words.ts'

/** Prints the page of all calls, or one call's facts with its input as a JSON schema. */
export function printHelp(call: CallName | undefined, terminal: Terminal): void {
  const say = words[terminal.language]
  const results = resultNames()
  const fact = (name: CallName): string => {
    const file = fileField(name)
    return `  ${name}  (${say.kinds[api[name].kind]})  ${say.input}: ${brief(inputSchema(name)) ?? say.noInput}  ${say.result}: ${results.get(name) ?? '?'}${file ? `  [${say.files[file]}]` : ''}`
  }
  if (call) {
    terminal.print(fact(call).trim())
    terminal.print(JSON.stringify(inputSchema(call), null, 2))
    return
  }
  terminal.print(say.usage)
  for (const name of Object.keys(api).filter(isCallName)) terminal.print(fact(name))
}

interface Schema {
  type?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
}

/** A schema on one line: `{ portalId: string, offset?: integer }`; null when it has no fields. */
export function brief(schema: Schema, depth = 0): string | null {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map((one) => brief(one, depth)))].join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum)
    return schema.enum.length > 6
      ? typeof schema.enum[0]
      : schema.enum.map((one) => JSON.stringify(one)).join('|')
  if (schema.type === 'array') return `${brief(schema.items ?? {}, depth + 1) ?? '…'}[]`
  const { properties } = schema
  if (!properties || Object.keys(properties).length === 0) {
    if (depth === 0) return null
    return typeof schema.type === 'string' ? schema.type : '…'
  }
  if (depth > 1) return '{…}'
  const required = schema.required ?? []
  const fields = Object.entries(properties).map(
    ([name, part]) => `${name}${required.includes(name) ? '' : '?'}: ${brief(part, depth + 1) ?? '…'}`,
  )
  return `{ ${fields.join(', ')} }`
}
