/** The demo portal from the command line: prints its addresses and secrets, runs until interrupted. */
import { mkdir, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { type DemoPortal, startDemoPortal } from './start.ts'
import { type DemoPortalOptions, type OAuthOptions, type Switches, defaultSwitches } from './options.ts'
import { turnSwitches } from './control.ts'

interface Flag {
  name: string
  value: string
  text: string
}

const flags: readonly Flag[] = [
  { name: 'port', value: 'N', text: 'port to listen on; a free one by default' },
  { name: 'payments', value: 'N', text: 'payments in the portal, 2000 by default' },
  { name: 'seed', value: 'N', text: 'seed of the sample data, 1 by default' },
  { name: 'today', value: 'YYYY-MM-DD', text: 'the day before which the statements end' },
  { name: 'start-at', value: 'ISO', text: "moment at which the portal's clock starts" },
  { name: 'scale', value: 'X', text: 'wall seconds per portal second; 0.01 is a hundred times faster' },
  { name: 'latency', value: 'none|realistic|documented', text: 'how long methods take' },
  { name: 'cost', value: 'none|realistic|documented', text: 'what methods cost of the operating budget' },
  { name: 'bucket', value: 'ordinary|enterprise|off|SIZE/DRAIN', text: 'limit of requests' },
  { name: 'operating-limit', value: 'SECONDS|off', text: 'method time per ten minutes, 480 by default' },
  { name: 'request-limit', value: 'SECONDS|off', text: 'longest request, 60 by default' },
  { name: 'redirect-uri', value: 'URL', text: 'return address registered for the OAuth app' },
  { name: 'auto', value: '', text: 'sign in without the page and its button' },
  { name: 'sign-in-as', value: 'ID', text: 'who signs in for OAuth: 1 administrator (default), 8 employee' },
  { name: 'code-seconds', value: 'N', text: 'life of an authorization code, 30 by default' },
  { name: 'access-seconds', value: 'N', text: 'life of an access token, 3600 by default' },
  { name: 'separate-oauth', value: '', text: 'the authorization server on another port' },
  { name: 'tls-key', value: 'FILE', text: 'private key in PEM; with --tls-cert serves HTTPS' },
  { name: 'tls-cert', value: 'FILE', text: 'certificate in PEM' },
  { name: 'statements', value: 'DIR', text: 'write the sample statements into this folder' },
  { name: 'help', value: '', text: 'this text' },
]

const switchValues: Record<keyof Switches, string> = {
  batchablePayments: 'yes|no',
  payOnPaid: 'true|error|new-date',
  unpayOnUnpaid: 'true|error',
  unpayClears: 'yes|no',
  omittedFields: 'kept|reset',
  paySystemRequired: 'yes|no',
  deletePaid: 'allowed|error',
  codeType: 'number|string|empty',
  sumType: 'number|string',
  idsAsStrings: 'yes|no',
  saleStartMinusOne: 'accepted|ignored|error',
  saleTotal: 'exact|absent|wrong',
  offsetlessZone: 'ZONE',
  timeZone: 'ZONE',
  printZone: 'ZONE',
  language: 'en|ru',
  time: 'full|without-operating|absent',
  phpArrays: 'yes|no',
  longBatch: 'extra-refused|refused',
  eventData: 'object|absent',
  offlineExtended: 'yes|no',
  plainHttp: 'allowed|refused',
}

class UsageError extends Error {}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(switchValues, name)
}

function switchNames(): (keyof Switches)[] {
  return Object.keys(switchValues).filter(isSwitch)
}

function helpText(): string {
  const line = (name: string, value: string, text: string): string =>
    `  ${`--${name}${value === '' ? '' : ` ${value}`}`.padEnd(46)} ${text}`.trimEnd()
  const printed = (name: keyof Switches): string => {
    const value = defaultSwitches[name]
    return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
  }
  return [
    'A Bitrix24 stand-in with sample companies and bank statements, on loopback.',
    '',
    'Options',
    ...flags.map((flag) => line(flag.name, flag.value, flag.text)),
    '',
    'Behaviour on which the documentation is silent (default in brackets)',
    ...switchNames().map((name) => line(kebab(name), switchValues[name], `[${printed(name)}]`)),
    '',
  ].join('\n')
}

function numberFrom(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text === '' || !Number.isFinite(value) || value < 0) throw new UsageError(`--${name} needs a number`)
  return value
}

function limitFrom(name: string, text: string | undefined): number | 'off' | undefined {
  return text === 'off' ? 'off' : numberFrom(name, text)
}

function timeModel(name: string, text: string | undefined): 'none' | 'realistic' | 'documented' | undefined {
  if (text === undefined || text === 'none' || text === 'realistic' || text === 'documented') return text
  throw new UsageError(`--${name} is none, realistic or documented`)
}

function bucketFrom(text: string | undefined): DemoPortalOptions['bucket'] {
  if (text === undefined || text === 'ordinary' || text === 'enterprise' || text === 'off') return text
  const found = /^(\d+)\/(\d+(?:\.\d+)?)$/.exec(text)
  if (!found) throw new UsageError('--bucket is ordinary, enterprise, off or SIZE/DRAIN')
  return { size: Number(found[1]), drain: Number(found[2]) }
}

function switchesFrom(texts: Record<string, string | boolean | undefined>): Partial<Switches> {
  const given: Record<string, string | boolean> = {}
  for (const name of switchNames()) {
    const text = texts[kebab(name)]
    if (typeof text !== 'string') continue
    const allowed = switchValues[name]
    if (allowed !== 'ZONE' && !allowed.split('|').includes(text)) {
      throw new UsageError(`--${kebab(name)} is one of ${allowed.replaceAll('|', ', ')}`)
    }
    given[name] = allowed === 'yes|no' ? text === 'yes' : text
  }
  const switches = { ...defaultSwitches }
  turnSwitches(switches, given)
  return switches
}

/** Drops what was not told, so that the portal's own defaults hold. */
function told<T extends object>(given: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>
}

function readOptions(values: Record<string, string | boolean | undefined>): DemoPortalOptions {
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const [key, cert] = [text('tls-key'), text('tls-cert')]
  const today = text('today')
  if (today !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(today)) throw new UsageError('--today is YYYY-MM-DD')
  if ((key === undefined) !== (cert === undefined))
    throw new UsageError('--tls-key and --tls-cert go together')
  return told<DemoPortalOptions>({
    port: numberFrom('port', text('port')),
    payments: numberFrom('payments', text('payments')),
    seed: text('seed'),
    today,
    startAt: text('start-at'),
    scale: numberFrom('scale', text('scale')),
    latency: timeModel('latency', text('latency')),
    cost: timeModel('cost', text('cost')),
    bucket: bucketFrom(text('bucket')),
    operatingLimit: limitFrom('operating-limit', text('operating-limit')),
    requestLimit: limitFrom('request-limit', text('request-limit')),
    host: undefined,
    users: undefined,
    faults: undefined,
    switches: switchesFrom(values),
    oauth: told<OAuthOptions>({
      clientId: undefined,
      clientSecret: undefined,
      redirectUri: text('redirect-uri') ?? null,
      userId: numberFrom('sign-in-as', text('sign-in-as')),
      scopes: undefined,
      auto: values.auto === true,
      separateServer: values['separate-oauth'] === true,
      codeSeconds: numberFrom('code-seconds', text('code-seconds')),
      accessSeconds: numberFrom('access-seconds', text('access-seconds')),
      refreshSeconds: undefined,
    }),
    tls:
      key === undefined || cert === undefined
        ? undefined
        : { key: readFileSync(key), cert: readFileSync(cert) },
  })
}

async function writeStatements(portal: DemoPortal, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const statement of portal.statements) {
    const path = join(folder, statement.name)
    await writeFile(path, statement.bytes)
    process.stdout.write(`statement        ${path}\n`)
  }
}

function describe(portal: DemoPortal): string {
  const rows: [string, string][] = [
    ['portal', portal.url],
    ...portal.webhooks.map(({ name, admin, url }): [string, string] => [
      'webhook',
      `${url}  (${name}, ${admin ? 'administrator' : 'employee'})`,
    ]),
    ['oauth client id', portal.oauth.clientId],
    ['oauth secret', portal.oauth.clientSecret],
    ['oauth sign-in', portal.oauth.authorizeUrl],
    ['oauth return', portal.oauth.redirectUri ?? 'none, the code is shown for pasting'],
    ['control', `${portal.control.url}  x-demo-token: ${portal.control.token}`],
  ]
  return rows.map(([name, value]) => `${name.padEnd(16)} ${value}\n`).join('')
}

function parse(): Record<string, string | boolean | undefined> {
  const known = [
    ...flags.map(({ name, value }) => [name, { type: value === '' ? 'boolean' : 'string' }] as const),
    ...switchNames().map((name) => [kebab(name), { type: 'string' }] as const),
  ]
  try {
    return parseArgs({ options: Object.fromEntries(known) }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong options')
  }
}

async function run(): Promise<void> {
  const values = parse()
  if (values.help === true) {
    process.stdout.write(helpText())
    return
  }
  const portal = await startDemoPortal(readOptions(values))
  process.stdout.write(describe(portal))
  if (typeof values.statements === 'string') await writeStatements(portal, values.statements)
  const end = (): void => {
    void portal.close().then(() => process.exit(0))
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

try {
  await run()
} catch (error) {
  const usage = error instanceof UsageError || error instanceof TypeError || error instanceof RangeError
  process.stderr.write(
    `${error instanceof Error ? error.message : 'failed'}\n${usage ? 'See --help.\n' : ''}`,
  )
  process.exitCode = usage ? 2 : 1
}
