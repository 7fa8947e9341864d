/** A Bitrix24 portal to try things on: the REST API of payments over real HTTP, sample companies, bank statements. */
import { createHash, randomBytes } from 'node:crypto'
import { type SampleBank, createSampleBank } from './bank/sample-bank.ts'
import type { SampleStatement, StatementTruth } from './bank/statement.ts'
import { AccessBoard } from './call/access.ts'
import { EventQueue } from './call/event-queue.ts'
import { EventLog } from './call/event-log.ts'
import { FaultBoard } from './call/faults.ts'
import { LeakyBuckets, OperatingBudget } from './call/limits.ts'
import { createPortalClock } from './clock.ts'
import { type PortalControl, createControl } from './control.ts'
import { createDocumentedRows } from './data/documented.ts'
import type { PaySystem } from './data/model.ts'
import { createParties } from './data/parties.ts'
import { createRandom } from './data/random.ts'
import { PortalStore } from './data/store.ts'
import { createTrade } from './data/trade.ts'
import { serveControl } from './http/control.ts'
import { sendHtml } from './http/answer.ts'
import { serveAuthorize, serveToken } from './http/oauth.ts'
import { serveRest } from './http/rest.ts'
import { type Serve, listen } from './http/server.ts'
import { methods } from './methods/registry.ts'
import { createTables } from './methods/tables.ts'
import { type DemoPortalOptions, type Settings, defaultSwitches, settle } from './options.ts'
import type { Entrance, Portal } from './portal.ts'

export type { SampleStatement, StatementTruth } from './bank/statement.ts'
export type { PortalControl } from './control.ts'
export type { DemoPortalOptions, Switches } from './options.ts'
export type { FaultAction, FaultRule } from './call/faults.ts'

export interface DemoPortal {
  /** Address of the portal, `http://127.0.0.1:port` without a slash at the end. */
  url: string
  port: number
  /** The same portal under another port, where it goes when it is renamed. */
  otherUrl: string
  /** Incoming webhook of the first administrator. */
  webhookUrl: string
  webhooks: readonly { userId: number; name: string; admin: boolean; url: string }[]
  oauth: {
    clientId: string
    clientSecret: string
    authorizeUrl: string
    tokenUrl: string
    redirectUri: string | null
    memberId: string
  }
  /** Files as a bank would give them, matching the payments. */
  statements: readonly SampleStatement[]
  /** Which statement line pays which payments. */
  truth: readonly StatementTruth[]
  /** Address and token of the control endpoint for tests in other processes. */
  control: { url: string; token: string }
  state: PortalControl
  close(): Promise<void>
}

function createPaySystems(): PaySystem[] {
  return [
    { id: 1, name: 'Bank Transfer (Company)', active: true, cash: 'N', printsCheck: false, xmlId: '' },
    {
      id: 2,
      name: 'Банковский перевод',
      active: true,
      cash: 'N',
      printsCheck: false,
      xmlId: 'bx_64134ba550ffa',
    },
    {
      id: 3,
      name: 'Банковская карта',
      active: true,
      cash: 'A',
      printsCheck: true,
      xmlId: 'bx_64134ba550ffb',
    },
    {
      id: 4,
      name: 'Наличные курьеру',
      active: true,
      cash: 'Y',
      printsCheck: false,
      xmlId: 'bx_64134ba550ffc',
    },
    { id: 6, name: 'Cash', active: true, cash: 'Y', printsCheck: false, xmlId: '' },
  ]
}

/** Companies, deals, payments and statements grown from one seed. */
function grow(settings: Settings): { store: PortalStore; bank: SampleBank } {
  const random = createRandom(settings.seed)
  const managers = settings.users.map((user) => user.id)
  const clients = Math.min(4_000, Math.max(24, Math.round(settings.payments / 12)))
  const parties = createParties(random.fork('parties'), clients, managers)
  const { today, payments } = settings
  const trade = createTrade(random.fork('trade'), { payments, today, parties, managers })
  const bank = createSampleBank(random.fork('bank'), { today, parties, recent: trade.recent, managers })
  const documented = createDocumentedRows(parties)
  const users = settings.users.map(({ id, name, lastName, email, admin }) => ({
    id,
    name,
    lastName,
    email,
    admin,
  }))
  const store = new PortalStore({
    users,
    companies: parties.companies,
    contacts: parties.contacts,
    requisites: parties.requisites,
    bankDetails: parties.bankDetails,
    items: [...trade.items, ...documented.items],
    links: trade.links,
    orders: [...trade.orders, ...documented.orders],
    payments: [...trade.payments, ...documented.payments],
    paySystems: createPaySystems(),
  })
  return { store, bank }
}

function assemble(settings: Settings, options: DemoPortalOptions, store: PortalStore): Portal {
  const clock = createPortalClock(settings.scale, settings.startAtMs)
  const faults = new FaultBoard()
  const events = new EventQueue()
  store.heard = (event) => events.note(event, clock.nowMs())
  for (const rule of options.faults ?? []) faults.add(rule)
  return {
    settings,
    switches: { ...defaultSwitches, ...options.switches },
    clock,
    store,
    tables: createTables(store),
    access: new AccessBoard(settings.users, store.users, settings.oauth, clock),
    buckets: new LeakyBuckets(settings.bucket),
    operating: new OperatingBudget(settings.operatingLimit),
    faults,
    log: new EventLog(),
    events,
    methods,
    memberId: createHash('md5').update(`demo portal ${settings.seed}`).digest('hex'),
    addresses: { main: '', other: '', authorization: '' },
    renamed: undefined,
  }
}

function createServe(portal: Portal, control: PortalControl, token: string, entrance: Entrance): Serve {
  const { separateServer } = portal.settings.oauth
  const grantsTokens = !separateServer || entrance === 'other'
  return (request, response, url) => {
    if (/^\/rest(\/|$)/.test(url.pathname)) return serveRest(portal, request, response, url, entrance)
    if (url.pathname.startsWith('/oauth/authorize')) return serveAuthorize(portal, response, url)
    if (url.pathname.startsWith('/oauth/token') && grantsTokens)
      return serveToken(portal, request, response, url)
    if (url.pathname.startsWith('/__demo/')) return serveControl(control, token, request, response, url)
    return sendHtml(response, 200, '<!doctype html><title>Demo portal</title><h1>Demo portal</h1>')
  }
}

function describe(portal: Portal): Pick<DemoPortal, 'webhookUrl' | 'webhooks' | 'oauth'> {
  const { addresses, settings, memberId } = portal
  const webhooks = settings.users.flatMap((user) =>
    user.webhookCode === undefined
      ? []
      : [
          {
            userId: user.id,
            name: `${user.name} ${user.lastName}`,
            admin: user.admin,
            url: `${addresses.main}/rest/${user.id}/${user.webhookCode}/`,
          },
        ],
  )
  const { clientId, clientSecret, redirectUri } = settings.oauth
  return {
    webhookUrl: (webhooks.find((webhook) => webhook.admin) ?? webhooks[0])?.url ?? '',
    webhooks,
    oauth: {
      clientId,
      clientSecret,
      authorizeUrl: `${addresses.main}/oauth/authorize/?client_id=${encodeURIComponent(clientId)}`,
      tokenUrl: `${addresses.authorization}/oauth/token/`,
      redirectUri,
      memberId,
    },
  }
}

/**
 * Starts a portal on loopback. With the default options it holds 2,000 payments whose newest ones are paid by the
 * sample statements, allows 50 requests at once and 2 a second after that, and answers without delay.
 * @throws when the port is taken
 */
export async function startDemoPortal(options: DemoPortalOptions = {}): Promise<DemoPortal> {
  const settings = settle(options)
  const { store, bank } = grow(settings)
  const portal = assemble(settings, options, store)
  const control = createControl(portal, bank)
  const token = randomBytes(16).toString('hex')
  const main = await listen(settings, settings.port, createServe(portal, control, token, 'main'))
  const other = await listen(settings, 0, createServe(portal, control, token, 'other')).catch(
    async (error: unknown) => {
      await main.close()
      throw error
    },
  )
  const authorization = settings.oauth.separateServer ? other.address : main.address
  portal.addresses = { main: main.address, other: other.address, authorization }
  return {
    url: main.address,
    port: main.port,
    otherUrl: other.address,
    ...describe(portal),
    get statements() {
      return bank.statements()
    },
    truth: bank.truth,
    control: { url: `${main.address}/__demo/`, token },
    state: control,
    close: async () => {
      portal.clock.stop()
      await Promise.all([main.close(), other.close()])
    },
  }
}
