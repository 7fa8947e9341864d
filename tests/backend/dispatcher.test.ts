import { describe, expect, it } from 'vitest'
import { createDispatcher } from '../../electron/backend/dispatcher.ts'
import type { DispatcherOptions } from '../../electron/backend/dispatcher.ts'
import type { AnyHandlers, CommandContext } from '../../electron/backend/handlers/context.ts'
import { Refusal } from '../../electron/contract/fault.ts'
import type { ServerFrame } from '../../electron/contract/frames.ts'

type Answers = Partial<Record<keyof AnyHandlers, (input: never, context: CommandContext) => Promise<unknown>>>

function open(answers: Answers, change: Partial<DispatcherOptions> = {}) {
  const logged: { event: string; fields: unknown }[] = []
  const note = (event: string, fields?: unknown): void => void logged.push({ event, fields })
  const dispatcher = createDispatcher({
    version: '9.9.9',
    handlers: answers as AnyHandlers,
    context: (signal) => ({ signal }) as CommandContext,
    commandsRefused: () => Promise.resolve(null),
    log: { info: note, warn: note, error: note },
    reference: () => 'abcd1234',
    ...change,
  })
  const frames: ServerFrame[] = []
  const session = dispatcher.open((frame) => frames.push(frame))
  return { dispatcher, session, frames, logged }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the dispatcher', () => {
  it('says hello first, then answers by the id of the call', async () => {
    const { session, frames } = open({ 'portals.list': () => Promise.resolve([]) })
    session.receive({ id: 7, call: 'portals.list' })
    await settle()
    expect(frames).toEqual([{ hello: { version: '9.9.9', protocol: 1 } }, { id: 7, value: [] }])
  })

  it('hands on the parsed input with its defaults', async () => {
    const seen: unknown[] = []
    const { session } = open({
      'payments.page': (input) => {
        seen.push(input)
        return Promise.resolve({ rows: [], total: 0, revision: 1 })
      },
    })
    session.receive({ id: 1, call: 'payments.page', input: {} })
    await settle()
    expect(seen).toEqual([{ filter: {}, offset: 0, limit: 200 }])
  })

  it('names the place of an input that does not fit', async () => {
    const { session, frames } = open({})
    session.receive({ id: 1, call: 'payments.page', input: { limit: 5000 } })
    await settle()
    expect(frames[1]).toEqual({ id: 1, fault: { code: 'input.invalid', path: 'limit', reason: 'too_big' } })
  })

  it.each([
    ['text', 'no frame', -1],
    ['a frame without a call', { id: 3 }, 3],
    ['a frame with more than it may have', { id: 4, call: 'portals.list', also: 1 }, 4],
    ['null', null, -1],
  ])('answers %s with a fault', async (_, raw, id) => {
    const { session, frames } = open({})
    session.receive(raw)
    await settle()
    expect(frames[1]).toEqual({ id, fault: { code: 'input.invalid', path: '', reason: 'frame' } })
  })

  it('knows no call by a name that every object has', async () => {
    const { session, frames } = open({})
    session.receive({ id: 1, call: 'constructor' })
    await settle()
    expect(frames[1]).toEqual({ id: 1, fault: { code: 'call.unknown', name: 'constructor' } })
  })

  it('gives a refusal as it is and hides everything else behind a reference that is in the log', async () => {
    const { session, frames, logged } = open({
      'portals.list': () => Promise.reject(new Refusal({ code: 'portal.writingOff' })),
      'accounts.list': () => Promise.reject(new Error('a path that nobody may see')),
    })
    session.receive({ id: 1, call: 'portals.list' })
    session.receive({ id: 2, call: 'accounts.list' })
    await settle()
    expect(frames).toContainEqual({ id: 1, fault: { code: 'portal.writingOff' } })
    expect(frames).toContainEqual({ id: 2, fault: { code: 'internal', reference: 'abcd1234' } })
    expect(JSON.stringify(frames)).not.toContain('nobody')
    expect(logged).toHaveLength(1)
    expect(JSON.stringify(logged)).toContain('abcd1234')
  })

  it('money rule 21: refuses commands, and only commands, where another process owns the profile', async () => {
    const { session, frames } = open(
      { 'portals.list': () => Promise.resolve([]), 'app.backup': () => Promise.resolve({}) },
      { commandsRefused: () => Promise.resolve({ code: 'ledger.busy', owner: 'anna@desk' }) },
    )
    session.receive({ id: 1, call: 'portals.list' })
    session.receive({ id: 2, call: 'app.backup' })
    await settle()
    expect(frames).toContainEqual({ id: 1, value: [] })
    expect(frames).toContainEqual({ id: 2, fault: { code: 'ledger.busy', owner: 'anna@desk' } })
  })

  it('tells an abandoned call through its signal', async () => {
    const { session, frames } = open({
      'portals.list': (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error))
        }),
    })
    session.receive({ id: 5, call: 'portals.list' })
    session.receive({ id: 5, abandon: true })
    await settle()
    expect(frames[1]).toEqual({ id: 5, fault: { code: 'call.abandoned' } })
  })

  it('refuses a second call under an id that is still taken', async () => {
    const { session, frames } = open({ 'portals.list': () => new Promise(() => undefined) })
    session.receive({ id: 5, call: 'portals.list' })
    session.receive({ id: 5, call: 'portals.list' })
    await settle()
    expect(frames[1]).toEqual({ id: 5, fault: { code: 'input.invalid', path: 'id', reason: 'taken' } })
  })

  it('publishes to every session that is open', () => {
    const { dispatcher, session, frames } = open({})
    const others: ServerFrame[] = []
    dispatcher.open((frame) => others.push(frame))
    session.close()
    dispatcher.publish('portals.signedIn', { signInId: 's', portalId: 'p_12345678', fault: null })
    expect(frames).toHaveLength(1)
    expect(others[1]).toEqual({
      event: 'portals.signedIn',
      data: { signInId: 's', portalId: 'p_12345678', fault: null },
    })
  })

  it('takes no call once it is closing', async () => {
    const { dispatcher, session, frames } = open({ 'portals.list': () => Promise.resolve([]) })
    dispatcher.close()
    session.receive({ id: 1, call: 'portals.list' })
    await settle()
    expect(frames[1]).toEqual({ id: 1, fault: { code: 'backend.closing' } })
  })
})
