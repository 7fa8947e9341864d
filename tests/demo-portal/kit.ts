/** Starts demo portals for tests and speaks to them over HTTP. */
import { afterEach, expect } from 'vitest'
import { type DemoPortal, type DemoPortalOptions, startDemoPortal } from '../../electron/demo-portal/start.ts'

const open: DemoPortal[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((portal) => portal.close()))
})

/** A small portal that is closed after the test. */
export async function portalWith(options: DemoPortalOptions = {}): Promise<DemoPortal> {
  const portal = await startDemoPortal({ payments: 120, today: '2026-09-21', bucket: 'off', ...options })
  open.push(portal)
  return portal
}

export interface Answer {
  status: number
  body: Record<string, unknown>
}

async function read(response: Response): Promise<Answer> {
  const body: unknown = JSON.parse(await response.text())
  return { status: response.status, body: record(body) }
}

export function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`not an object: ${JSON.stringify(value)}`)
  return value as Record<string, unknown>
}

/** Follows keys and positions into an answer. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((here, key) => record(here)[key], value)
}

export function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`not a list: ${JSON.stringify(value)}`)
  return value
}

export async function post(url: string, params: unknown = {}): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
  return read(await fetch(url, { method: 'POST', headers, body: JSON.stringify(params) }))
}

export async function get(url: string): Promise<Answer> {
  return read(await fetch(url))
}

export async function postForm(url: string, form: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return read(await fetch(url, { method: 'POST', headers, body: form }))
}

/** Calls through the administrator's webhook. */
export function call(portal: DemoPortal, method: string, params: unknown = {}): Promise<Answer> {
  return post(portal.webhookUrl + method, params)
}

/** Calls as the employee who is no administrator. */
export function callAsEmployee(portal: DemoPortal, method: string, params: unknown = {}): Promise<Answer> {
  const webhook = portal.webhooks.find((candidate) => !candidate.admin)
  if (!webhook) throw new Error('no employee')
  return post(webhook.url + method, params)
}

/** Calls with an OAuth access token in the JSON body. */
export function callWithToken(
  portal: DemoPortal,
  method: string,
  params: Record<string, unknown>,
  token: string,
): Promise<Answer> {
  return post(`${portal.url}/rest/${method}`, { ...params, auth: token })
}

const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/

/** The `time` object as every page of the specification prints it. */
export function expectTime(value: unknown): void {
  const time = record(value)
  for (const name of ['start', 'finish', 'duration', 'processing']) expect(time[name]).toBeTypeOf('number')
  expect(time.date_start).toMatch(isoWithOffset)
  expect(time.date_finish).toMatch(isoWithOffset)
  expect(Number(time.finish)).toBeGreaterThanOrEqual(Number(time.start))
  expect(Number(time.duration)).toBeCloseTo(Number(time.finish) - Number(time.start), 4)
}
