// The shape of the source tree: who may import whom, what may stand where. Breaking it is a decision, not an accident.

import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'fixtures' ? [] : filesUnder(path)
    return [path]
  })
}

const isCode = (path: string) => /\.(?:ts|vue|mjs)$/.test(path)
const program = [...filesUnder('electron'), ...filesUnder('renderer')].filter(isCode)
const everything = [...program, ...filesUnder('tests').filter(isCode), ...filesUnder('build').filter(isCode)]
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')

interface Import {
  from: string
  /** As written. */
  to: string
  /** Path from the root for relative imports; null for packages. */
  file: string | null
  typeOnly: boolean
}

/** Every static and dynamic import, with the script of a component taken out of it. */
function importsOf(path: string): Import[] {
  const text = path.endsWith('.vue')
    ? [...textOf(path).matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n')
    : textOf(path)
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const to = specifier.text
    const file = to.startsWith('.')
      ? relative(root, join(root, dirname(path), to))
          .split(sep)
          .join('/')
      : null
    found.push({ from: path, to, file, typeOnly })
  }
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, onlyTypes(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  return (
    !clause.name &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((one) => one.isTypeOnly)
  )
}

const imports = program.flatMap(importsOf)

/** The folder a file belongs to: `electron/backend`, `renderer`. */
const areaOf = (path: string) =>
  path.startsWith('electron/') ? path.split('/').slice(0, 2).join('/') : (path.split('/')[0] ?? '')

const e = (name: string) => `electron/${name}`
const anyHost = [e('contract'), e('backend'), e('vault'), e('demo-portal'), e('host')]

interface Permission {
  folders: string[]
  /** Packages, by name or prefix; `node:` is all of Node, `*` anything but Electron. */
  packages: string[]
}

/** Section 2 of ARCHITECTURE.md; a folder may always import itself. */
const permissions: Record<string, Permission> = {
  [e('contract')]: { folders: [], packages: ['zod'] },
  [e('domain')]: { folders: [e('contract')], packages: ['saxes', 'csv-parse/', 'fflate/'] },
  [e('backend')]: { folders: [e('contract'), e('domain')], packages: ['*'] },
  [e('vault')]: { folders: [e('backend'), e('contract')], packages: ['keytar', 'node:'] },
  [e('demo-portal')]: { folders: [], packages: ['node:'] },
  [e('host')]: { folders: anyHost, packages: ['node:', 'zod'] },
  [e('stdio')]: { folders: anyHost, packages: ['node:', 'zod'] },
  [e('loopback')]: { folders: anyHost, packages: ['node:', 'zod', 'ws'] },
  [e('main')]: { folders: [...anyHost], packages: ['node:', 'zod', 'electron'] },
  [e('preload')]: { folders: [e('contract'), e('main')], packages: ['electron'] },
  renderer: { folders: [e('contract')], packages: ['*'] },
}

function mayImport(permission: Permission, to: string): boolean {
  if (permission.packages.includes('*')) return to !== 'electron'
  return permission.packages.some((name) =>
    name.endsWith(':') || name.endsWith('/') ? to.startsWith(name) : to === name,
  )
}

const arrow = (one: Import) => `${one.from} -> ${one.to}`

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(200)
    expect(imports.map(arrow)).toContain('electron/contract/api.ts -> ./define.ts')
  })

  it('come from folders that the architecture knows', () => {
    const known = Object.keys(permissions)
    expect(program.filter((path) => !known.includes(areaOf(path)))).toEqual([])
  })

  it('go only downward', () => {
    const wrong = imports.filter(({ from, file }) => {
      if (file === null || file === 'package.json') return false
      const area = areaOf(from)
      return areaOf(file) !== area && !permissions[area]?.folders.includes(areaOf(file))
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('name only the packages that the folder may have', () => {
    const wrong = imports.filter(({ from, to, file }) => {
      const permission = permissions[areaOf(from)]
      return file === null && (!permission || !mayImport(permission, to))
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('of Electron stand in main and preload only', () => {
    const wrong = imports.filter(
      ({ from, to }) => to === 'electron' && !/^electron\/(?:main|preload)\//.test(from),
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  it('of Node never stand in what runs in the window', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        /^(?:renderer\/src|electron\/preload|electron\/loopback\/window)\//.test(from) &&
        to.startsWith('node:'),
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  it('of the demo portal go through its start, and never into the backend', () => {
    const wrong = imports.filter(
      ({ from, file }) =>
        file !== null &&
        areaOf(file) === e('demo-portal') &&
        areaOf(from) !== e('demo-portal') &&
        file !== 'electron/demo-portal/start.ts',
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  it('of the vault take the port and the faults, nothing else of the backend', () => {
    const wrong = imports.filter(
      ({ from, file }) =>
        areaOf(from) === e('vault') &&
        file?.startsWith('electron/backend/') &&
        file !== 'electron/backend/ports.ts',
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  it('of the window take types from the contract, and of values only money', () => {
    const wrong = imports.filter(
      ({ from, file, typeOnly }) =>
        from.startsWith('renderer/') &&
        file?.startsWith('electron/') &&
        !typeOnly &&
        file !== 'electron/contract/money.ts',
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  it("of the tab's bridge are types, because it is served as it is", () => {
    const wrong = imports.filter(
      ({ from, typeOnly }) => from.startsWith('electron/loopback/window/') && !typeOnly,
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  it('carry their extension and lead to a file', () => {
    const wrong = imports.filter(({ file, to }) => {
      if (file === null) return false
      // The window's bundler may be asked for a file in another form.
      const plain = file.replace(/\?(?:url|raw)$/, '')
      return extname(to) === '' || !statSync(join(root, plain), { throwIfNoEntry: false })?.isFile()
    })
    expect(wrong.map(arrow)).toEqual([])
  })
})

const linesWith = (paths: string[], pattern: RegExp) =>
  paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .map((line, at) => ({ line, place: `${path}:${at + 1}` }))
      .filter(({ line }) => pattern.test(line))
      .map(({ place }) => place),
  )

/** Written apart, so that this file does not contain what it looks for. */
const never = (...parts: string[]) => new RegExp(parts.join(''))

describe('the text of the program', () => {
  it('has SQL in the ledger only', () => {
    const sql =
      /(?:\bSELECT\s.+\sFROM\b|\bINSERT\s+(?:OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bCREATE\s+(?:TABLE|INDEX|TRIGGER|VIEW)\b|\bPRAGMA\s)/
    const elsewhere = program.filter((path) => !path.startsWith('electron/backend/ledger/'))
    expect(linesWith(elsewhere, sql)).toEqual([])
  })

  it('never asks where it runs', () => {
    expect(linesWith(program, never('is', 'Electron'))).toEqual([])
    expect(
      linesWith(
        program.filter((path) => path.startsWith('renderer/src')),
        /process\.versions|navigator\.userAgent\b/,
      ),
    ).toEqual([])
  })

  it('prints nothing by the way and leaves nothing for later', () => {
    expect(linesWith(everything, never('console', '\\.log'))).toEqual([])
    expect(linesWith(everything, never('\\b(?:TO', 'DO|FIX', 'ME)\\b'))).toEqual([])
  })

  it('silences neither compiler nor lint', () => {
    expect(linesWith(everything, never('@ts-', '(?:ignore|nocheck|expect-error)'))).toEqual([])
    expect(linesWith(everything, never('eslint-', 'disable'))).toEqual([])
  })

  it('has no clock and no chance in the domain', () => {
    const domain = program.filter((path) => path.startsWith('electron/domain/'))
    expect(
      linesWith(domain, /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\./),
    ).toEqual([])
  })

  it('takes time from the Clock port in the backend', () => {
    const backend = program.filter((path) => path.startsWith('electron/backend/'))
    expect(linesWith(backend, /\bDate\.now\(|\bnew Date\(\)/)).toEqual([])
  })

  it('sends to portals only through the one request, which never retries by itself', () => {
    const backend = program.filter((path) => path.startsWith('electron/backend/'))
    expect(linesWith(backend, /(?<![.\w])fetch\(/)).toEqual([])
    const senders = imports.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith('electron/backend/') && /^node:https?$/.test(to) && !typeOnly,
    )
    expect(senders.filter(({ from }) => !from.startsWith('electron/backend/portal/')).map(arrow)).toEqual([])
  })

  it('speaks of no machine it was written on', () => {
    expect(linesWith(everything, never('/wo', 'rk/main|/ro', 'ot/'))).toEqual([])
  })
})

describe('names', () => {
  it('are kebab-case, components PascalCase of two words or more', () => {
    const wrong = everything.filter((path) => {
      const name = basename(path)
      if (name.endsWith('.vue')) return !/^(?:[A-Z][a-z0-9]+){2,}\.vue$/.test(name) && name !== 'App.vue'
      return !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|spec|store|config|d|bench))*\.(?:ts|mjs)$/.test(name)
    })
    expect(wrong).toEqual([])
  })

  it('say what a thing is', () => {
    const vague =
      /(?:^|\/)(?:utils?|helpers?|common|manager)(?:\.[a-z.]+)?(?:\/|$)|-(?:utils?|helpers?|manager)\./
    expect(everything.filter((path) => vague.test(path))).toEqual([])
  })

  it('of the top level are fixed', () => {
    const allowed = new Set([
      'electron',
      'renderer',
      'build',
      'tests',
      'package.json',
      'package-lock.json',
      'electron.vite.config.ts',
      'tsconfig.json',
      'README.md',
      'README.ru.md',
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'LICENSE',
    ])
    const made = new Set(['node_modules', 'out', 'dist', 'coverage', 'test-results'])
    const there = readdirSync(root).filter((name) => !name.startsWith('.') && !made.has(name))
    expect(there.filter((name) => !allowed.has(name))).toEqual([])
  })
})

/** Files that are longer than a page of the mind holds, each with the reason why parting them would be worse. */
const longForAReason: Record<string, string> = {
  'electron/domain/reports/words.ts':
    'a dictionary in two languages of one shape: what has no words in one of them does not compile',
  'renderer/src/text/en/faults.ts':
    'a dictionary is one list; parted, the compiler could not say which fault has no words',
  'renderer/src/text/ru/faults.ts':
    'a dictionary is one list; parted, the compiler could not say which fault has no words',
}

describe('length', () => {
  const lengths = program
    .filter((path) => !path.endsWith('.mjs'))
    .map((path) => ({
      path,
      lines: textOf(path).trimEnd().split('\n').length,
      limit: path.endsWith('.vue') ? 250 : 300,
    }))

  it('of a file is at most 300 lines, of a component 250, or argued for', () => {
    expect(
      lengths
        .filter(({ path, lines, limit }) => lines > limit && !(path in longForAReason))
        .map(({ path, lines }) => `${path}: ${lines}`),
    ).toEqual([])
  })

  it('is argued for only where it is needed', () => {
    const long = new Set(lengths.filter(({ lines, limit }) => lines > limit).map(({ path }) => path))
    expect(Object.keys(longForAReason).filter((path) => !long.has(path))).toEqual([])
  })
})

describe('the lock file', () => {
  const lock = textOf('package-lock.json')

  it('holds no download addresses', () => {
    const addresses = /"resolved"\s*:|registry\.npmjs|npmmirror|yarnpkg\.com|artifactory|jfrog/
    expect(lock.split('\n').filter((line) => addresses.test(line))).toEqual([])
  })

  it('belongs to package.json', () => {
    const manifest = JSON.parse(textOf('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >
    const { packages } = JSON.parse(lock) as { packages: Record<string, typeof manifest> }
    expect(packages['']?.dependencies).toEqual(manifest.dependencies)
    expect(packages['']?.devDependencies).toEqual(manifest.devDependencies)
  })
})
