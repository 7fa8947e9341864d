// What the terminal host needs of the process it runs in, and how it gets a backend; tests lend their own.

import type { Readable } from 'node:stream'
import type { Vault } from '../backend/ports.ts'
import type { Backend } from '../backend/session.ts'
import type { Language } from '../host/language.ts'

export interface Terminal {
  arguments: readonly string[]
  language: Language
  /** Where relative paths begin: the folder in which the person typed the command. */
  folder: string
  input: Readable
  /** Results and frames; a line each. */
  print(line: string): void
  /** Progress, faults and words; a line each. */
  note(line: string): void
  /** Calls back when the person wants it to stop (Ctrl-C); answers the undo. */
  onInterrupt(react: () => void): () => void
}

export interface Opened {
  backend: Backend
  vault: Vault
}
/** Throws Refusal when the profile cannot be opened. */
export type OpenBackend = (options: { data: string | undefined; memoryVault: boolean }) => Promise<Opened>

/** 0 done, 1 a fault, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2
