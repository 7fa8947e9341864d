import { afterEach, describe, expect, it } from 'vitest'
import OperationsArea from '../../../renderer/src/areas/operations/OperationsArea.vue'
import { ok } from '../../kit/fake-bridge.ts'
import { job } from '../sample-operations.ts'
import { click, find, has, openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let open: WorkWindow | undefined
afterEach(() => open?.close())
const at = async (hash: string, answers = {}) => (open = await openWindow(OperationsArea, { hash, answers }))
const words = () => find('operation-detail').textContent?.replaceAll('\u00a0', ' ') ?? ''

describe('operations', () => {
  it('shows the newest when none was asked for, and the asked one otherwise', async () => {
    await at('#/operations')
    expect(words()).toContain('running')
    open?.close()
    await at('#/operations?job=j_apply00001')
    expect(words()).toContain('Mark paid: 112 payments')
    expect(words()).toContain('1,842,310.50 RUB · 3,100.00 USD')
  })

  it('asks for items of one outcome', async () => {
    const window = await at('#/operations?job=j_apply00001')
    await click('outcome-conflict')
    expect(window.bridge.inputsOf('operations.items').at(-1)).toMatchObject({
      jobId: 'j_apply00001',
      state: ['conflict'],
    })
  })

  it('stops a running one, and offers neither undo nor retry meanwhile', async () => {
    const window = await at('#/operations?job=j_apply00003')
    expect(has('undo')).toBe(false)
    expect(has('retry')).toBe(false)
    await click('stop')
    expect(window.bridge.inputsOf('jobs.stop')).toEqual([{ jobId: 'j_apply00003' }])
    expect(words()).toContain('stopping')
    expect(has('stop')).toBe(false)
  })

  it('goes on with an interrupted one', async () => {
    const window = await at('#/operations?job=j_apply00000')
    expect(words()).toContain('nothing is sent again until')
    await click('resume')
    expect(window.bridge.inputsOf('jobs.resume')).toEqual([{ jobId: 'j_apply00000' }])
  })

  it('undo and retry are plans that still want a confirmation', async () => {
    const window = await at('#/operations?job=j_apply00001')
    await click('undo')
    expect(window.bridge.inputsOf('operations.undo')).toEqual([{ jobId: 'j_apply00001' }])
    expect(window.bridge.inputsOf('operations.apply')).toEqual([])
    expect(has('plan-confirm')).toBe(true)
  })

  it('follows a running job by its snapshots', async () => {
    const window = await at('#/operations?job=j_apply00003')
    window.bridge.tell('jobs.changed', job('apply', { done: 99, rev: 50 }))
    await settle()
    expect(words()).toContain('99 of 112')
  })

  it('says what it is for while there is nothing', async () => {
    await at('#/operations', { 'operations.list': () => ok({ rows: [], total: 0, revision: 1 }) })
    expect(document.body.textContent).toContain('Nothing has been changed yet')
  })
})
