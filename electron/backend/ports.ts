// What a host must lend to the backend. Everything that touches the world outside goes through one of these.

import type { AppStatus, Policy } from '../contract/app.ts'

/** Where secrets live. Keys are the backend's own; values never appear anywhere else. */
export interface Vault {
  put(key: string, secret: string): Promise<void>
  take(key: string): Promise<string | null>
  drop(key: string): Promise<void>
  /** 'keychain': the operating system keeps them; 'memory': they are gone when the process ends. */
  strength(): Promise<{ kind: 'keychain' | 'memory'; detail: string }>
}

/** The only source of time. `scale` makes waits shorter in tests; moments stay real. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after `ms` of this clock; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Shell {
  /** Opens an https (or loopback http) address in the person's browser. */
  open(url: string): Promise<void>
  /** Shows a file or folder in the system's file manager; does nothing where there is none. */
  reveal(path: string): Promise<void>
  /** The system's dialog for a folder; null when the person gave up. Absent where there is no such dialog. */
  chooseFolder?(): Promise<string | null>
}

/** Lines of a log; fields hold no secrets (redact.ts cuts what looks like one all the same). */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void
  error(event: string, fields?: Readonly<Record<string, unknown>>): void
}

/** The profile's folders; all exist and are readable by their owner only. */
export interface Paths {
  data: string
  temp: string
  logs: string
}

/** The system's proxy and certificates. */
export interface Network {
  /** `http://host:port` of the proxy that serves the address, or null for a direct connection. */
  proxyFor(url: string): Promise<string | null>
  /** PEM certificates to trust besides Node's own; usually the system's store. */
  certificates(): readonly string[]
}

/** A stand-in portal that the host can start on loopback. */
export interface DemoPortal {
  start(): Promise<RunningDemo>
}
export interface RunningDemo {
  webhookUrl: string
  statements: readonly { name: string; bytes: Uint8Array }[]
  /** Its request bucket, which is wider than a real portal's so that trying the program out is quick. */
  limits: { bucketSize: number; drainPerSecond: number }
  close(): Promise<void>
}

/** The entries of the two kinds of worker threads; a bundle and a checkout have them at different places. */
export interface Workers {
  ledger: URL
  compute: URL
}

/** Who sits at this computer (money rule 23). */
export interface Operator {
  account: string
  computer: string
}

export interface Ports {
  vault: Vault
  clock: Clock
  shell: Shell
  log: Log
  paths: Paths
  network: Network
  demoPortal: DemoPortal
  workers: Workers
  operator: Operator
  /** Whether a person has the program before them, so that the ledger keeps up with the portals by itself. */
  window: boolean
  /** What an administrator's policy file forces. */
  policy: Policy
  /** What the self-test at the start found wrong. */
  troubles: AppStatus['troubles']
  /** Which host this is, for the status line and diagnostics only; nothing branches on it. */
  host: { name: 'desktop' | 'loopback' | 'terminal'; version: string }
}
