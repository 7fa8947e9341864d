// What can be proved of the installers without building them.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Configuration } from 'electron-builder'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Loading {
  getConfig(folder: string, path: string | null, given: null): Promise<Configuration>
  validateConfiguration(config: Configuration, log: { isEnabled: boolean; add(): void }): Promise<void>
}

describe('the installers', () => {
  let config: Configuration
  let loading: Loading
  beforeAll(async () => {
    // electron-builder's own reader and schema; they are no public module of it.
    const require = createRequire(import.meta.url)
    loading = require(`${root}node_modules/app-builder-lib/out/util/config/config.js`) as Loading
    config = await loading.getConfig(root, 'build/electron-builder.yml', null)
  })

  it('are configured as electron-builder understands it', async () => {
    await expect(
      loading.validateConfiguration(config, { isEnabled: false, add: () => undefined }),
    ).resolves.toBeUndefined()
  })

  it('find the files they name', () => {
    for (const file of [config.icon, config.mac?.entitlements])
      expect(existsSync(`${root}${file}`)).toBe(true)
    const { main } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { main: string }
    expect(main).toBe('out/main/index.js')
    expect(JSON.stringify(config.files)).toContain('"out/main/**"')
    const header = readFileSync(`${root}${config.icon}`).subarray(0, 24)
    expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([512, 512])
  })

  it('leave native modules outside of the archive and build none', () => {
    expect(config.asarUnpack).toContain('**/*.node')
    expect(config.npmRebuild).toBe(false)
  })

  it('blow every fuse that would let the program run something else', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true,
    })
  })

  it('publish nothing, claim no protocol, and install for one person', () => {
    expect(config.publish ?? null).toBeNull()
    expect(config.protocols).toBeUndefined()
    expect(config.nsis).toMatchObject({ oneClick: true, perMachine: false })
  })
})

describe('the pipeline', () => {
  it('is one script that a person can run too', () => {
    expect(statSync(`${root}.ci/run`).mode & 0o111).not.toBe(0)
    expect(readFileSync(`${root}.ci/run`, 'utf8')).toMatch(/npm ci\nnpm test\n$/)
    expect(readFileSync(`${root}.github/workflows/ci.yml`, 'utf8')).toContain('.ci/run')
  })

  it('writes to the repository only from the job that makes a draft', () => {
    const release = readFileSync(`${root}.github/workflows/release.yml`, 'utf8')
    expect(release.match(/contents: write/g)).toHaveLength(1)
    expect(release).toContain('--draft')
    expect(release).not.toContain('--publish always')
  })
})
