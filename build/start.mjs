// `npm start`: builds what is older than its sources, opens the desktop window where an Electron runtime can be had,
// and otherwise says why not and opens the same window in the browser. Plain JavaScript on purpose: whatever Node
// the computer has must be able to say what is missing.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(root, ...parts)
const named =
  process.env.LC_ALL ||
  process.env.LC_MESSAGES ||
  process.env.LANG ||
  Intl.DateTimeFormat().resolvedOptions().locale
const russian = /^(ru|be|kk|ky)\b|^(ru|be|kk|ky)_/i.test(named)

const words = russian
  ? {
      install: 'Пакеты не установлены: выполните npm ci, затем снова npm start.',
      oldNode: (found) => `Node из пакетов проекта отвечает «${found}», а нужен 24: выполните npm ci.`,
      building: 'Сборка окна…',
      notBuilt: 'Собрать не удалось, причина выше.',
      browser: (why) => `Окно откроется в браузере: ${why}.`,
      asked: 'так попросили (--browser)',
      noScreen: 'здесь нет экрана (DISPLAY и WAYLAND_DISPLAY пусты), а окну Electron он нужен',
      root: 'песочница Electron не работает от имени root, а без неё окно не открывается',
      fetching: 'Среды Electron ещё нет, загружаю её (один раз)…',
      noRuntime: 'среды Electron нет, и загрузить её не удалось',
      override: (path) => `в ELECTRON_OVERRIDE_DIST_PATH (${path}) нет среды Electron`,
      fell: (code) => `Electron не запустился (${code})`,
    }
  : {
      install: 'The packages are not installed: run npm ci, then npm start again.',
      oldNode: (found) => `The project's own Node answers "${found}" where 24 is needed: run npm ci.`,
      building: 'Building the window…',
      notBuilt: 'It could not be built; the reason stands above.',
      browser: (why) => `The window opens in the browser: ${why}.`,
      asked: 'it was asked for (--browser)',
      noScreen:
        'there is no screen here (DISPLAY and WAYLAND_DISPLAY are empty), and an Electron window needs one',
      root: "Electron's sandbox does not work for root, and without it no window is opened",
      fetching: 'There is no Electron runtime yet, fetching it (once)…',
      noRuntime: 'there is no Electron runtime and it could not be fetched',
      override: (path) => `ELECTRON_OVERRIDE_DIST_PATH (${path}) holds no Electron runtime`,
      fell: (code) => `Electron did not start (${code})`,
    }

/** The Node that runs this, when it is new enough (npm puts the project's own first), else the project's own. */
const node = isNewEnough(process.version)
  ? process.execPath
  : at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

function isNewEnough(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= 24
}

/** Ends with words where the packages or their Node are missing. */
function checkPackages() {
  if (!existsSync(node) || !existsSync(at('node_modules', 'electron-vite'))) leave(words.install)
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  if (!isNewEnough(version)) leave(words.oldNode(version))
}

function leave(why) {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}

/** Newest change in milliseconds under the given files and folders. */
function newest(paths) {
  let latest = 0
  for (const path of paths) {
    if (!existsSync(path)) continue
    const facts = statSync(path)
    latest = Math.max(latest, facts.mtimeMs)
    if (facts.isDirectory())
      latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))))
  }
  return latest
}

function build() {
  const stamp = at('out', 'built')
  const sources = [
    'electron',
    'renderer',
    'package.json',
    'package-lock.json',
    'electron.vite.config.ts',
  ].map((name) => at(name))
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest(sources)) return
  process.stdout.write(`${words.building}\n`)
  const { status } = spawnSync(node, [at('build', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) leave(words.notBuilt)
}

const executable =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'

/** The runtime's path, or why there is none. */
function findRuntime() {
  const other = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (other) {
    const path = join(other, executable)
    return existsSync(path) ? { path } : { why: words.override(other) }
  }
  const path = at('node_modules', 'electron', 'dist', executable)
  if (existsSync(path)) return { path }
  process.stdout.write(`${words.fetching}\n`)
  // The package's own way to fetch its runtime: it checks the hashes that the package carries.
  spawnSync(node, [at('node_modules', 'electron', 'install.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  })
  return existsSync(path) ? { path } : { why: words.noRuntime }
}

/** Why the desktop window is out of the question, before any runtime is looked for. */
function whyNoDesktop(given) {
  if (given.includes('--browser')) return words.asked
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return words.noScreen
  return process.getuid?.() === 0 ? words.root : null
}

/** Runs until the program ends; hands on the signals that a terminal or a system sends. */
function run(command, given) {
  return new Promise((resolve) => {
    const child = spawn(command, given, {
      cwd: process.env.INIT_CWD ?? root,
      stdio: 'inherit',
    })
    // A terminal sends Ctrl-C to both; this one only has to outlive the other.
    const ignore = () => undefined
    const handOn = (signal) => child.kill(signal)
    process.on('SIGINT', ignore)
    process.on('SIGTERM', handOn)
    process.on('SIGHUP', handOn)
    child.on('error', (error) => resolve({ code: 1, reason: error.message }))
    child.on('exit', (code, signal) => resolve({ code: code ?? 1, reason: signal ?? String(code) }))
  })
}

async function openDesktop(path, given) {
  const startedAt = Date.now()
  const { code, reason } = await run(path, [root, ...given])
  // Libraries that are missing show at once; an end after that is the program's own.
  if (code === 0 || Date.now() - startedAt > 5000) process.exit(code)
  return words.fell(reason)
}

async function main() {
  const given = process.argv.slice(2)
  checkPackages()
  build()
  let why = whyNoDesktop(given)
  if (!why) {
    const runtime = findRuntime()
    why = runtime.why ?? (await openDesktop(runtime.path, given))
  }
  process.stdout.write(`${words.browser(why)}\n`)
  const rest = given.filter((one) => one !== '--browser')
  const { code } = await run(node, [
    '--disable-warning=ExperimentalWarning',
    at('electron', 'loopback', 'main.ts'),
    ...rest,
  ])
  process.exit(code)
}

await main()
