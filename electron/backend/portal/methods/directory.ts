// The small readings: who asks, what may be asked, pay systems, people, currencies.

import { Refusal } from '../../../contract/fault.ts'
import { answerShape, flagOf, idOf, readOne, readPage, requireId, rowsOf, textOf } from './reading.ts'
import type { ListPage, Reading, Row } from './reading.ts'
import type { CurrencyInfo, MethodState, PaySystem, PortalUser, Profile } from './shapes.ts'

/** `profile`: works with every scope. */
export function profile(): Reading<Profile> {
  const method = 'profile'
  return {
    method,
    params: {},
    parse: (answer) =>
      readOne(method, answer.result, (row) => ({
        id: String(requireId(row, 'ID')),
        name: fullName(row),
        administrator: flagOf(row['ADMIN']),
        timeZone: textOf(row['TIME_ZONE']),
      })),
  }
}

/** `scope`: the scopes this webhook or app was given. */
export function scopes(): Reading<string[]> {
  const method = 'scope'
  return {
    method,
    params: {},
    parse: ({ result }) => {
      if (typeof result !== 'object' || result === null) throw answerShape(method)
      return Object.values(result).filter((scope) => typeof scope === 'string')
    },
  }
}

/** `method.get`: whether a method exists on the portal and may be called. */
export function methodState(name: string): Reading<MethodState> {
  const method = 'method.get'
  return {
    method,
    params: { name },
    parse: (answer) =>
      readOne(method, answer.result, (row) => ({
        exists: flagOf(row['isExisting']),
        available: flagOf(row['isAvailable']),
      })),
  }
}

/** `sale.paysystem.list`: scope `pay_system`, CRM administrators. Not paged. */
export function paySystems(): Reading<ListPage<PaySystem>> {
  const method = 'sale.paysystem.list'
  const SELECT = ['ID', 'NAME', 'ACTIVE', 'IS_CASH', 'CAN_PRINT_CHECK', 'ENTITY_REGISTRY_TYPE']
  return {
    method,
    params: { SELECT },
    parse: (answer) =>
      readPage(method, answer, answer.result, (row) => ({
        id: requireId(row, 'ID'),
        name: textOf(row['NAME']),
        active: flagOf(row['ACTIVE']),
        isCash: textOf(row['IS_CASH']) === '' ? 'N' : textOf(row['IS_CASH']),
        printsReceipt: flagOf(row['CAN_PRINT_CHECK']),
        registry: textOf(row['ENTITY_REGISTRY_TYPE']),
      })),
  }
}

export function currentUser(): Reading<PortalUser> {
  const method = 'user.current'
  return { method, params: {}, parse: (answer) => readOne(method, answer.result, readUser) }
}

/** `user.get`: never returns integrators, bots and system users, so not every id resolves to a name. */
export function users(ids: readonly number[], start = 0): Reading<ListPage<PortalUser>> {
  const method = 'user.get'
  return {
    method,
    params: { FILTER: { ID: ids }, sort: 'ID', order: 'ASC', start },
    parse: (answer) => readPage(method, answer, answer.result, readUser),
  }
}

function readUser(row: Row): PortalUser {
  return { id: String(requireId(row, 'ID')), name: fullName(row), active: flagOf(row['ACTIVE']) }
}

function fullName(row: Row): string {
  return [row['NAME'], row['LAST_NAME']]
    .map(textOf)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')
}

export function currencies(): Reading<CurrencyInfo[]> {
  const method = 'crm.currency.list'
  return {
    method,
    params: {},
    parse: (answer) =>
      rowsOf(method, answer.result).map((row) => ({
        code: textOf(row['CURRENCY']),
        decimals: idOf(row['DECIMALS']) ?? (textOf(row['DECIMALS']) === '0' ? 0 : null),
        base: flagOf(row['BASE']),
      })),
  }
}

/** Whether a refusal means "this method is not for you" rather than "try again". */
export function isForbidden(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  const forbidden = [
    'rest.noRights',
    'rest.scopeMissing',
    'rest.methodMissing',
    'rest.notFoundOrDenied',
    'rest.shopMissing',
    'rest.refused',
    'rest.planWithoutRest',
  ]
  return forbidden.includes(error.fault.code)
}
