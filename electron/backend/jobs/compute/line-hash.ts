// The hash under which equal lines of statements are known.

import { hash } from 'node:crypto'
import { lineIdentity } from '../../../domain/statements/line-identity.ts'

/** 144 bits of SHA-256 over the identity's text, as base64url. */
export function identityOf(account: string, line: Parameters<typeof lineIdentity>[1]): string {
  return hash('sha256', lineIdentity(account, line), 'base64url').slice(0, 24)
}
