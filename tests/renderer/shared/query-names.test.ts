import { expect, it } from 'vitest'
import { api } from '../../../electron/contract/api.ts'
import type { CallName } from '../../../electron/contract/api.ts'
import { isQuery } from '../../../renderer/src/query-names.ts'

it('repeats exactly what the call table names a query', () => {
  const names = Object.keys(api) as CallName[]
  expect(names.filter(isQuery)).toEqual(names.filter((name) => api[name].kind === 'query'))
})
