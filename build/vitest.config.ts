// The projects of the test run. Tests of the window need a document and Vue; the others run in plain Node.

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { rendererPlugins } from '../renderer/plugins.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const inNode = (
  name: string,
  include: string[],
  more: { testTimeout?: number; exclude?: string[] } = {},
) => ({
  test: { name, root, include, environment: 'node' as const, ...more },
})

export default defineConfig({
  root,
  test: {
    // Two cores, two workers: vitest would keep one of them for itself, which it hardly uses.
    maxWorkers: 2,
    projects: [
      inNode('unit', ['tests/architecture.test.ts', 'tests/{domain,contract,kit,build,fuzz}/**/*.test.ts'], {
        testTimeout: 20_000,
        // Real statement files are tried where somebody has them; elsewhere these tests do not exist.
        exclude: process.env['STATEMENT_CORPUS'] ? [] : ['tests/domain/statements/**/*-corpus.test.ts'],
      }),
      inNode('ledger', ['tests/ledger/**/*.test.ts'], { testTimeout: 20_000 }),
      inNode('backend', ['tests/{backend,demo-portal}/**/*.test.ts'], { testTimeout: 30_000 }),
      {
        // The desktop host's own tests run without an Electron runtime.
        resolve: {
          alias: {
            electron: fileURLToPath(new URL('../tests/hosts/electron-stand-in/stand-in.ts', import.meta.url)),
          },
        },
        ...inNode('hosts', ['tests/hosts/**/*.test.ts'], {
          testTimeout: 30_000,
          exclude: ['tests/hosts/keychain/**'],
        }),
      },
      // Needs a Secret Service: the test command runs it inside a D-Bus session of its own.
      inNode('keychain', ['tests/hosts/keychain/**/*.test.ts'], { testTimeout: 30_000 }),
      {
        plugins: rendererPlugins(),
        test: {
          name: 'renderer',
          root,
          include: ['tests/renderer/**/*.test.ts'],
          environment: 'happy-dom',
          // The kit's components import their generated theme, which only the plugin knows.
          server: { deps: { inline: [/@bitrix24/] } },
        },
      },
    ],
  },
})
