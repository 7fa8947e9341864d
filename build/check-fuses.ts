// Reads the fuses out of every program that was built under a folder and compares them with what was ordered:
// `node build/check-fuses.ts dist`.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

const ordered: readonly [FuseV1Options, FuseState][] = [
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
]

/** Programs as electron-builder leaves them beside the installers: folders that end in `unpacked`, or an app in `mac…`. */
function programsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(({ name }) => {
    if (name.startsWith('win') && name.endsWith('unpacked')) return [join(folder, name, 'Sverka.exe')]
    if (name.startsWith('linux') && name.endsWith('unpacked')) return [join(folder, name, 'sverka')]
    return name.startsWith('mac') ? [join(folder, name, 'Sverka.app')] : []
  })
}

const programs = programsUnder(process.argv[2] ?? 'dist')
if (programs.length === 0) throw new Error('nothing was built')
for (const program of programs) {
  const wire = await getCurrentFuseWire(program)
  const wrong = ordered.filter(([fuse, state]) => wire[fuse] !== state).map(([fuse]) => FuseV1Options[fuse])
  process.stdout.write(`${program}: ${wrong.length === 0 ? 'as ordered' : `wrong: ${wrong.join(', ')}`}\n`)
  if (wrong.length > 0) process.exitCode = 1
}
