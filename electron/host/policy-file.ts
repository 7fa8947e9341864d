// What an administrator forces for everybody on a computer: a JSON file that people cannot write.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Policy } from '../contract/app.ts'
import type { Log } from '../backend/ports.ts'
import type { Surroundings } from './profile-folders.ts'
import { proxyAddress } from './system-network.ts'

const PolicyFile = z.object({
  forceReadOnly: z.boolean().default(false),
  forbidDelete: z.boolean().default(false),
  forbidUpdateCheck: z.boolean().default(false),
  updateFeed: z
    .url({ protocol: /^https$/ })
    .max(300)
    .nullable()
    .default(null),
  proxy: z
    .string()
    .max(300)
    .transform((text) => proxyAddress(text))
    .nullable()
    .default(null),
})

const noPolicy: Policy = {
  forceReadOnly: false,
  forbidDelete: false,
  forbidUpdateCheck: false,
  updateFeed: null,
  proxy: null,
}
/** What holds when there is a file that cannot be understood: somebody wanted something to be forbidden. */
const strictest: Policy = {
  forceReadOnly: true,
  forbidDelete: true,
  forbidUpdateCheck: true,
  updateFeed: null,
  proxy: null,
}

/**
 * `%ProgramData%\Sverka\policy.json`, `/Library/Application Support/Sverka/policy.json`, `/etc/sverka/policy.json`.
 * Not within the profile: whom it binds must not be able to change it.
 */
export function policyLocation({ platform, env }: Pick<Surroundings, 'platform' | 'env'>): string {
  if (platform === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Sverka', 'policy.json')
  if (platform === 'darwin') return '/Library/Application Support/Sverka/policy.json'
  return '/etc/sverka/policy.json'
}

/** Nothing is forced where there is no file; a file that cannot be read or understood forces everything. */
export function readPolicy(file: string, log: Log): Policy {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return noPolicy
    log.error('policy.unreadable', { file, error })
    return strictest
  }
  try {
    const policy = PolicyFile.parse(JSON.parse(text.replace(/^\uFEFF/, '')))
    log.info('policy.read', { file, ...policy })
    return policy
  } catch (error) {
    log.error('policy.notUnderstood', { file, error })
    return strictest
  }
}
