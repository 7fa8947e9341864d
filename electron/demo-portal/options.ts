/** What a demo portal can be told when it starts, and the switches that may be turned while it runs. */
import type { FaultRule } from './call/faults.ts'

/** Behaviour on which the documents are silent or contradict each other. */
export interface Switches {
  /** Whether payment methods may stand in a batch; otherwise ERROR_BATCH_METHOD_NOT_ALLOWED. */
  batchablePayments: boolean
  /** `pay` on a paid payment: `true` and nothing changes, an error, or a new `datePaid` and payer. */
  payOnPaid: 'true' | 'error' | 'new-date'
  unpayOnUnpaid: 'true' | 'error'
  /** Whether `unpay` empties `datePaid` and `empPaidId`. */
  unpayClears: boolean
  /** Fields that `sale.payment.update` was not given: kept, or set to the documented defaults. */
  omittedFields: 'kept' | 'reset'
  /** Whether `sale.payment.update` without `paySystemId` is refused, as its page says. */
  paySystemRequired: boolean
  deletePaid: 'allowed' | 'error'
  codeType: 'number' | 'string' | 'empty'
  sumType: 'number' | 'string'
  /** Ids of the payment and order methods as text. (The old CRM methods print text in any case.) */
  idsAsStrings: boolean
  /** `sale.payment.list` with `start = -1`: honoured, read as 0, or refused. */
  saleStartMinusOne: 'accepted' | 'ignored' | 'error'
  saleTotal: 'exact' | 'absent' | 'wrong'
  /** Zone in which a date without an offset is read. */
  offsetlessZone: string
  /** `profile.TIME_ZONE`. */
  timeZone: string
  /** Zone whose offset printed dates carry. */
  printZone: string
  language: 'en' | 'ru'
  /** The `time` object: whole, without `operating` and `operating_reset_at`, or missing. */
  time: 'full' | 'without-operating' | 'absent'
  /** PHP's habit of printing an empty map as `[]` and a map with keys 0..n as a list. */
  phpArrays: boolean
  /** More than 50 commands: the whole batch refused, or only those beyond the fiftieth. */
  longBatch: 'refused' | 'extra-refused'
  /** Whether offline events say which object they are of, or `EVENT_DATA` is false. */
  eventData: 'object' | 'absent'
  /** `feature.get rest_offline_extended`: whether offline events can be read without being destroyed. */
  offlineExtended: boolean
  /** Whether plain HTTP is served; otherwise every call answers INVALID_REQUEST. */
  plainHttp: 'allowed' | 'refused'
}

export const defaultSwitches: Switches = {
  batchablePayments: true,
  payOnPaid: 'true',
  unpayOnUnpaid: 'true',
  unpayClears: true,
  omittedFields: 'kept',
  paySystemRequired: true,
  deletePaid: 'allowed',
  codeType: 'number',
  sumType: 'number',
  idsAsStrings: false,
  saleStartMinusOne: 'accepted',
  saleTotal: 'exact',
  offsetlessZone: 'Europe/Moscow',
  timeZone: 'Europe/Moscow',
  printZone: 'Europe/Kaliningrad',
  language: 'en',
  time: 'full',
  phpArrays: true,
  longBatch: 'extra-refused',
  eventData: 'object',
  offlineExtended: true,
  plainHttp: 'allowed',
}

/** Seconds of processing per method pattern (`crm.item.payment.pay`, `sale.*`, `*`); the longest pattern wins. */
export type TimeTable = Record<string, number>
/** `realistic`: every call takes what its single example took; `documented`: a request's start counts once, its commands take their own time. */
export type TimeModel = 'none' | 'realistic' | 'documented' | TimeTable

export interface BucketOptions {
  /** Requests that fit before QUERY_LIMIT_EXCEEDED. */
  size: number
  /** Requests per second that flow out. */
  drain: number
}

export interface DemoUser {
  id: number
  name: string
  lastName: string
  email: string
  admin: boolean
  /** Code of this user's incoming webhook; without one the user has none. */
  webhookCode?: string
  scopes?: readonly string[]
}

export const allScopes = ['crm', 'sale', 'pay_system', 'user', 'user_brief', 'user_basic'] as const

export const defaultUsers: readonly DemoUser[] = [
  {
    id: 1,
    name: 'Анна',
    lastName: 'Орлова',
    email: 'anna@example.com',
    admin: true,
    webhookCode: 'demo0admin0webhook0',
  },
  {
    id: 8,
    name: 'Пётр',
    lastName: 'Волков',
    email: 'petr@example.com',
    admin: false,
    webhookCode: 'demo0sales0webhook0',
  },
  { id: 9, name: 'Ирина', lastName: 'Соколова', email: 'irina@example.com', admin: false },
  { id: 12, name: 'Егор', lastName: 'Лебедев', email: 'egor@example.com', admin: false },
]

export interface OAuthOptions {
  clientId: string
  clientSecret: string
  /** Return address registered for the app; null shows the code for pasting. */
  redirectUri: string | null
  /** Who is signed in to the portal when the browser comes. */
  userId: number
  scopes: readonly string[]
  /** Redirects at once instead of showing a page with a button. */
  auto: boolean
  /** A second listener, another host and port, plays the authorization server. */
  separateServer: boolean
  codeSeconds: number
  accessSeconds: number
  refreshSeconds: number
}

export interface DemoPortalOptions {
  /** 0 takes a free port. */
  port?: number
  /** Address to listen on; loopback unless told otherwise. */
  host?: '127.0.0.1' | '::1'
  seed?: number | string
  /** Payments besides the five documented ones; 2,000 unless told otherwise. */
  payments?: number
  /** Day the sample data ends before, `YYYY-MM-DD`; the real day unless told otherwise. */
  today?: string
  /** Moment at which the portal's clock starts; the real moment unless told otherwise. */
  startAt?: string
  /** Seconds of wall time per portal second. */
  scale?: number
  /** How long methods take. */
  latency?: TimeModel
  /** What methods cost of the operating budget; the same as `latency` unless told otherwise. */
  cost?: TimeModel
  /** The bucket of ordinary plans (50/2), of Enterprise (250/5), own numbers, or none. */
  bucket?: 'ordinary' | 'enterprise' | BucketOptions | 'off'
  /** Seconds of a method's time per ten minutes and credential. */
  operatingLimit?: number | 'off'
  /** Seconds after which a request is cut by the gateway. */
  requestLimit?: number | 'off'
  users?: readonly DemoUser[]
  oauth?: Partial<OAuthOptions>
  switches?: Partial<Switches>
  faults?: readonly FaultRule[]
  tls?: { key: string | Uint8Array; cert: string | Uint8Array }
}

export interface Settings {
  port: number
  host: '127.0.0.1' | '::1'
  seed: number | string
  payments: number
  today: string
  startAtMs: number
  scale: number
  latency: TimeModel
  cost: TimeModel
  bucket: BucketOptions | 'off'
  operatingLimit: number
  requestLimitMs: number
  users: readonly DemoUser[]
  oauth: OAuthOptions
  tls: { key: string | Uint8Array; cert: string | Uint8Array } | undefined
}

const ordinaryBucket: BucketOptions = { size: 50, drain: 2 }
const enterpriseBucket: BucketOptions = { size: 250, drain: 5 }

function bucketOf(given: DemoPortalOptions['bucket']): BucketOptions | 'off' {
  if (given === undefined || given === 'ordinary') return ordinaryBucket
  return given === 'enterprise' ? enterpriseBucket : given
}

function orInfinity(given: number | 'off' | undefined, otherwise: number): number {
  return given === 'off' ? Number.POSITIVE_INFINITY : (given ?? otherwise)
}

const defaultOAuth: OAuthOptions = {
  clientId: 'local.0demo0portal0app.00000001',
  clientSecret: 'demo0portal0client0secret',
  redirectUri: null,
  userId: 1,
  scopes: allScopes,
  auto: false,
  separateServer: false,
  codeSeconds: 30,
  accessSeconds: 3600,
  refreshSeconds: 180 * 86_400,
}

/** Fills in what was not told. */
export function settle(options: DemoPortalOptions): Settings {
  const latency = options.latency ?? 'none'
  return {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    seed: options.seed ?? 1,
    payments: options.payments ?? 2_000,
    today: options.today ?? new Date().toISOString().slice(0, 10),
    startAtMs: options.startAt === undefined ? Date.now() : Date.parse(options.startAt),
    scale: options.scale ?? 1,
    latency,
    cost: options.cost ?? latency,
    bucket: bucketOf(options.bucket),
    operatingLimit: orInfinity(options.operatingLimit, 480),
    requestLimitMs: orInfinity(options.requestLimit, 60) * 1000,
    users: options.users ?? defaultUsers,
    oauth: { ...defaultOAuth, ...options.oauth },
    tls: options.tls,
  }
}
