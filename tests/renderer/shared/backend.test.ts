import { describe, expect, it } from 'vitest'
import { reactive } from 'vue'
import { createClient } from '../../../renderer/src/backend.ts'
import { fakeBridge, no, ok } from '../../kit/fake-bridge.ts'
import { refreshJob, settings } from '../sample-world.ts'

const tick = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the client over a bridge', () => {
  it('answers a call with its value', async () => {
    const client = createClient(fakeBridge({ 'app.settings': () => ok(settings) }))
    expect(await client.call('app.settings')).toEqual({ ok: true, value: settings })
  })

  it('answers a fault as data and never rejects', async () => {
    const client = createClient(fakeBridge({ 'portals.list': () => no({ code: 'ledger.full' }) }))
    expect(await client.call('portals.list')).toEqual({ ok: false, fault: { code: 'ledger.full' } })
  })

  it('keeps answers that come in another order apart', async () => {
    const bridge = fakeBridge()
    const client = createClient(bridge)
    const first = client.call('jobs.get', { jobId: 'j_refresh001' })
    const second = client.call('jobs.get', { jobId: 'j_refresh001' })
    bridge.answer(2, ok('second'))
    bridge.answer(1, ok('first'))
    expect([await first, await second]).toEqual([ok('first'), ok('second')])
  })

  it('sends plain values where a store hands over its reactive ones', async () => {
    const bridge = fakeBridge({ 'app.changeSettings': () => ok(settings) })
    const input = reactive({ layouts: { grid: '[]' } })
    expect((await createClient(bridge).call('app.changeSettings', input)).ok).toBe(true)
    expect(bridge.inputsOf('app.changeSettings')).toEqual([{ layouts: { grid: '[]' } }])
  })

  it('repeats a query after the connection came back', async () => {
    const bridge = fakeBridge()
    const client = createClient(bridge)
    const answer = client.call('portals.list')
    bridge.connection('lost')
    expect(client.connection.value).toBe('lost')
    bridge.connection('open')
    expect(bridge.calls()).toEqual(['portals.list', 'portals.list'])
    bridge.answer(1, ok([]))
    expect(await answer).toEqual(ok([]))
  })

  it('never repeats a command: it ends as connection.lost', async () => {
    const bridge = fakeBridge()
    const client = createClient(bridge)
    const answer = client.call('portals.openDemo')
    bridge.connection('lost')
    expect(await answer).toEqual({ ok: false, fault: { code: 'connection.lost' } })
    bridge.connection('open')
    expect(bridge.calls()).toEqual(['portals.openDemo'])
  })

  it('sends nothing while the connection is lost: a command is refused, a query waits', async () => {
    const bridge = fakeBridge({ 'portals.list': () => ok([]) })
    const client = createClient(bridge)
    bridge.connection('lost')
    expect(await client.call('app.backup')).toEqual({ ok: false, fault: { code: 'connection.lost' } })
    const waiting = client.call('portals.list')
    expect(bridge.sent).toEqual([])
    bridge.connection('open')
    expect(await waiting).toEqual(ok([]))
  })

  it('tells the backend when a call is given up', async () => {
    const bridge = fakeBridge()
    const stop = new AbortController()
    const answer = createClient(bridge).call('journal.verify', {}, { signal: stop.signal })
    stop.abort()
    expect(await answer).toEqual({ ok: false, fault: { code: 'call.abandoned' } })
    expect(bridge.sent.at(-1)).toEqual({ id: 1, abandon: true })
  })

  it('does not send what was given up before', async () => {
    const bridge = fakeBridge()
    const answer = await createClient(bridge).call('journal.verify', {}, { signal: AbortSignal.abort() })
    expect(answer).toEqual({ ok: false, fault: { code: 'call.abandoned' } })
    expect(bridge.sent).toEqual([])
  })

  it('hands events on until their hearer stops', () => {
    const bridge = fakeBridge()
    const client = createClient(bridge)
    const heard: number[] = []
    const stop = client.on('jobs.changed', (job) => heard.push(job.done))
    bridge.tell('jobs.changed', refreshJob(1))
    stop()
    bridge.tell('jobs.changed', refreshJob(2))
    expect(heard).toEqual([1])
  })

  it('answers a refused file as its fault, and anything else thrown as internal', async () => {
    const bridge = fakeBridge()
    const client = createClient(bridge)
    bridge.claim = () =>
      Promise.reject(Object.assign(new Error('x'), { code: 'file.tooLarge', limitMb: 200 }))
    expect(await client.claim(new File([], 'a.txt'))).toMatchObject({
      ok: false,
      fault: { code: 'file.tooLarge', limitMb: 200 },
    })
    bridge.claim = () => Promise.reject(new Error('no'))
    expect(await client.claim(new File([], 'a.txt'))).toEqual({
      ok: false,
      fault: { code: 'internal', reference: '' },
    })
  })

  it('ends what waits when it is closed', async () => {
    const client = createClient(fakeBridge())
    const answer = client.call('portals.list')
    client.close()
    await tick()
    expect(await answer).toEqual({ ok: false, fault: { code: 'connection.lost' } })
  })
})
