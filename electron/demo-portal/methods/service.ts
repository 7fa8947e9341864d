/** Methods about the caller, the portal and its methods. */
import type { PortalUser } from '../data/model.ts'
import { PortalError, refusals } from '../errors.ts'
import { type FieldSpec, compileFilter } from '../listing/filter.ts'
import { PAGE_SIZE } from '../listing/page.ts'
import { printMoment } from '../moments.ts'
import type { Method, MethodCall } from '../portal.ts'
import { type ValueMap, entriesOf, integerOf, textOf } from '../values.ts'

const userScopes = ['user', 'user_basic', 'user_brief']

const profile: Method = {
  name: 'profile',
  scopes: [],
  run: ({ caller, portal }) => ({
    result: {
      ID: String(caller.user.id),
      ADMIN: caller.user.admin,
      NAME: caller.user.name,
      LAST_NAME: caller.user.lastName,
      PERSONAL_GENDER: '',
      TIME_ZONE: portal.switches.timeZone,
    },
  }),
}

/** The brief scope gives names only; e-mail needs one of the larger ones. */
function printUser(user: PortalUser, call: MethodCall): ValueMap {
  const brief = !call.caller.scopes.includes('user') && !call.caller.scopes.includes('user_basic')
  const zone = call.portal.switches.printZone
  const joined = printMoment(Date.UTC(2022, 0, 10), zone)
  const printed: ValueMap = {
    ID: String(user.id),
    ACTIVE: true,
    NAME: user.name,
    LAST_NAME: user.lastName,
    DATE_REGISTER: joined,
    IS_ONLINE: 'N',
    TIMESTAMP_X: {},
    LAST_ACTIVITY_DATE: {},
    PERSONAL_GENDER: '',
    WORK_POSITION: '',
    UF_DEPARTMENT: [1],
    USER_TYPE: 'employee',
  }
  return brief ? printed : { ...printed, EMAIL: user.email }
}

const userCurrent: Method = {
  name: 'user.current',
  scopes: userScopes,
  run: (call) => ({ result: printUser(call.caller.user, call) }),
}

const userFields = new Map<string, FieldSpec<PortalUser>>([
  ['ID', { kind: 'number', read: (row) => row.id }],
  ['NAME', { kind: 'text', read: (row) => row.name }],
  ['LAST_NAME', { kind: 'text', read: (row) => row.lastName }],
  ['EMAIL', { kind: 'text', read: (row) => row.email }],
  ['ACTIVE', { kind: 'flag', read: () => 'Y' }],
])

const userGet: Method = {
  name: 'user.get',
  scopes: userScopes,
  run: (call) => {
    const { params, portal } = call
    const loose = Object.fromEntries(entriesOf(params).filter(([key]) => userFields.has(key)))
    const test = compileFilter(params.FILTER ?? params.filter ?? loose, userFields, 'UTC')
    const found = portal.store.users.filter(test)
    const descending = textOf(params.order).toLowerCase() === 'desc'
    const sorted = descending ? found.reverse() : found
    const start = Math.max(0, integerOf(params.start) ?? 0)
    const next = start + PAGE_SIZE
    return {
      result: sorted.slice(start, next).map((user) => printUser(user, call)),
      total: found.length,
      next: next < found.length ? next : undefined,
    }
  },
}

const scope: Method = {
  name: 'scope',
  scopes: [],
  run: ({ caller }) => ({ result: [...caller.scopes] }),
}

function isAvailable(method: Method, call: MethodCall): boolean {
  return method.scopes.length === 0 || method.scopes.some((name) => call.caller.scopes.includes(name))
}

const methodGet: Method = {
  name: 'method.get',
  scopes: [],
  run: (call) => {
    const name = textOf(call.params.name)
    if (name === 'batch') return { result: { isExisting: true, isAvailable: true } }
    const method = call.portal.methods.get(name)
    return {
      result: {
        isExisting: method !== undefined,
        isAvailable: method !== undefined && isAvailable(method, call),
      },
    }
  },
}

const methodList: Method = {
  name: 'methods',
  scopes: [],
  run: (call) => {
    const wanted = textOf(call.params.scope)
    const found = [...call.portal.methods.values()].filter((method) =>
      wanted === '' ? isAvailable(method, call) : method.scopes.includes(wanted),
    )
    return { result: found.map((method) => method.name) }
  },
}

const appInfo: Method = {
  name: 'app.info',
  scopes: [],
  run: ({ caller, portal }) => {
    if (caller.kind !== 'oauth') throw new PortalError(refusals.contextRequired)
    return {
      result: {
        ID: 5,
        CODE: portal.settings.oauth.clientId,
        VERSION: 1,
        STATUS: 'L',
        INSTALLED: true,
        PAYMENT_EXPIRED: 'N',
        DAYS: null,
        LANGUAGE_ID: 'ru',
        LICENSE: 'ru_pro100',
        LICENSE_TYPE: 'pro100',
        LICENSE_FAMILY: 'pro',
      },
    }
  },
}

const serverTime: Method = {
  name: 'server.time',
  scopes: [],
  run: ({ nowMs, portal }) => ({ result: printMoment(nowMs, portal.switches.printZone) }),
}

export const serviceMethods: readonly Method[] = [
  profile,
  userCurrent,
  userGet,
  scope,
  methodGet,
  methodList,
  appInfo,
  serverTime,
]
