// Undoing an import while something rests on it: accepted matches, and operations that marked payments paid.

import { expect, it } from 'vitest'
import { openWorld, preparing, reconcile } from '../../kit/backend-world.ts'

it(
  'is refused with the number of matches and operations that rest on its lines, until both are taken back',
  async () => {
    const world = await openWorld()
    try {
      await reconcile(world)
      const { rows } = await world.call('matches.page', { filter: { state: 'decided', direction: 'both' } })
      const fileIds = [...new Set(rows.map(({ line }) => line.fileId))]
      const fileId = fileIds[0] as never
      const resting = rows.filter(({ line }) => line.fileId === fileId).length
      const refusal = async () => {
        const fault = await world.fault('statements.forget', { fileId })
        return fault.code === 'statement.inUse' ? [fault.matches >= resting, fault.operations] : fault
      }
      expect(await refusal()).toEqual([true, 0])

      const { job } = await world.carryOut({
        kind: 'payMatched',
        portalId: world.portal.id,
        writeDetails: false,
      })
      expect(job.state).toBe('done')
      expect(await refusal()).toEqual([true, 1])

      // The matches alone: what was written to the portal because of them stands.
      await world.call('matches.undo', {})
      expect(await world.fault('statements.forget', { fileId })).toEqual({
        code: 'statement.inUse',
        matches: 0,
        operations: 1,
      })

      const undo = await world.call('operations.undo', { jobId: job.id })
      expect((await world.confirm(undo)).job.state).toBe('done')
      expect(await world.call('statements.forget', { fileId })).toBe(null)
      expect((await world.call('statements.list', undefined)).some((row) => row.fileId === fileId)).toBe(
        false,
      )
    } finally {
      await world.close()
    }
  },
  preparing,
)
