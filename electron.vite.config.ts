// Builds the desktop host (main, its threads, the preload) and the window; no Electron runtime is needed for it.

import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import renderer from './renderer/vite.config.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const migrations = './electron/backend/ledger/migrations/'

/** Migrations are read as files, frozen and hashed: they go beside the code that reads them, as they are. */
function copyMigrations(): Plugin {
  return {
    name: 'sverka:migrations',
    closeBundle() {
      if (!existsSync(at(migrations))) return
      mkdirSync(at('./out/main/migrations'), { recursive: true })
      for (const name of readdirSync(at(migrations))) {
        if (name.endsWith('.sql')) copyFileSync(at(migrations + name), at(`./out/main/migrations/${name}`))
      }
    },
  }
}

export default defineConfig({
  main: {
    plugins: [copyMigrations()],
    build: {
      outDir: 'out/main',
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rollupOptions: {
        input: {
          index: at('./electron/main/index.ts'),
          'ledger-worker': at('./electron/backend/ledger/worker.ts'),
          'compute-worker': at('./electron/backend/jobs/compute.ts'),
        },
        // Flat, so that `new URL('./…', import.meta.url)` means the same in every chunk.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      emptyOutDir: true,
      minify: false,
      // A sandboxed preload is one CommonJS file: it can load nothing but Electron.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('./electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    ...renderer,
    root: at('./renderer'),
    build: { ...renderer.build, rollupOptions: { input: { index: at('./renderer/index.html') } } },
  },
})
