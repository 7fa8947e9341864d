import { hostname, userInfo } from 'node:os'
import type { Operator } from '../backend/ports.ts'

/** Who sits at this computer: the operating system's account and the computer's name (money rule 23). */
export function thisOperator(): Operator {
  return { account: accountName(), computer: hostname() }
}

/** An account without an entry in the system's list (containers have such) is known by its number. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return process.getuid ? `uid ${process.getuid()}` : 'unknown'
  }
}
