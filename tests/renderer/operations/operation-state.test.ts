import { expect, it } from 'vitest'
import type { OperationRow } from '../../../electron/contract/operation.ts'
import { operationState } from '../../../renderer/src/areas/operations/operation-state.ts'
import { portalId } from '../sample-world.ts'
import { job } from '../sample-operations.ts'

const row: OperationRow = {
  jobId: 'j_apply00001',
  kind: 'pay',
  portalId,
  portalName: 'Ромашка',
  startedAt: '2026-11-20T06:59:00.000Z',
  endedAt: '2026-11-20T07:03:00.000Z',
  actor: { account: 'anna', computer: 'buh-2', portalUser: null },
  state: 'done',
  count: 3,
  sums: [],
  byState: { confirmed: 3 },
  undoable: 3,
  retryable: 0,
  undoOf: null,
}

it('a whole operation is good, one with a conflict is not', () => {
  expect(operationState(row, undefined).tone).toBe('good')
  expect(operationState({ ...row, byState: { confirmed: 2, conflict: 1 } }, undefined).tone).toBe('warn')
})

it('believes the job before the row of the list', () => {
  const state = operationState(row, job('apply', { state: 'running' }))
  expect(state).toMatchObject({ key: 'operations.state.running', running: true, stoppable: true })
})

it('an interrupted one goes on only when something is left of it', () => {
  const interrupted = { ...row, state: 'interrupted', endedAt: null }
  expect(operationState({ ...interrupted, byState: { confirmed: 1, waiting: 2 } }, undefined)).toMatchObject({
    interrupted: true,
    resumable: true,
  })
  expect(operationState(interrupted, undefined).resumable).toBe(false)
})

it('a state it does not know is told by whether it ended', () => {
  expect(operationState({ ...row, state: 'later-version' }, undefined).key).toBe('operations.state.done')
  expect(operationState({ ...row, state: 'later-version', endedAt: null }, undefined).key).toBe(
    'operations.state.running',
  )
})
