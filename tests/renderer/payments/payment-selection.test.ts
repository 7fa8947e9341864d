import { describe, expect, it } from 'vitest'
import { usePayments } from '../../../renderer/src/areas/payments/payments.store.ts'
import { mostIds, sentenceOf, sentenceOfOne } from '../../../renderer/src/areas/payments/payment-selection.ts'
import { usePortals } from '../../../renderer/src/frame/portals.store.ts'
import { portalId } from '../sample-world.ts'
import { inWindow, settle } from '../work-window.ts'

describe('a selection as a sentence', () => {
  it('names single payments', () => {
    expect(sentenceOf({ kind: 'ids', ids: ['7', '9'] }, portalId, { paid: false })).toEqual({
      kind: 'ids',
      portalId,
      ids: [7, 9],
    })
  })

  it('says all of the filter except some, of this portal', () => {
    expect(sentenceOf({ kind: 'all', except: ['3'] }, portalId, { standing: ['toPay'] })).toEqual({
      kind: 'filter',
      filter: { standing: ['toPay'], portalId },
      except: [3],
    })
  })

  it('says nothing when nothing is selected, or more than a sentence holds', () => {
    expect(sentenceOf({ kind: 'none' }, portalId, {})).toBeNull()
    expect(sentenceOf({ kind: 'ids', ids: [] }, portalId, {})).toBeNull()
    const many = Array.from({ length: mostIds + 1 }, (_, at) => String(at + 1))
    expect(sentenceOf({ kind: 'ids', ids: many }, portalId, {})).toBeNull()
    expect(sentenceOf({ kind: 'all', except: many }, portalId, {})).toBeNull()
  })

  it('names the one payment of the drawer', () => {
    expect(sentenceOfOne(portalId, 12)).toEqual({ kind: 'ids', portalId, ids: [12] })
  })
})

describe('the store', () => {
  async function store() {
    const { value, close } = inWindow(() => ({ payments: usePayments(), portals: usePortals() }))
    await value.portals.reload()
    return { ...value, close }
  }

  it('"all that match" ends when the filter changes: it never means payments nobody saw', async () => {
    const { payments, close } = await store()
    payments.draft.quick = 'toPay'
    await settle()
    payments.selection = { kind: 'all', except: [] }
    expect(payments.sentence).toMatchObject({
      kind: 'filter',
      filter: { standing: ['toPay', 'toPaySurplus'], portalId },
    })
    payments.draft.quick = 'open'
    await settle()
    expect(payments.sentence).toBeNull()
    close()
  })

  it('single payments stay selected while the person searches for the next one', async () => {
    const { payments, close } = await store()
    payments.selection = { kind: 'ids', ids: ['7'] }
    payments.draft.text = '3654'
    await settle()
    expect(payments.sentence).toEqual({ kind: 'ids', portalId, ids: [7] })
    close()
  })

  it('another portal ends every selection', async () => {
    const { payments, portals, close } = await store()
    payments.selection = { kind: 'ids', ids: ['7'] }
    portals.choose('p_vektor0001' as typeof portalId)
    await settle()
    expect(payments.selection).toEqual({ kind: 'none' })
    close()
  })

  it('sorts only by columns that the contract knows', async () => {
    const { payments, close } = await store()
    payments.sortBy({ column: 'sum', descending: true })
    expect(payments.sort).toEqual({ column: 'sum', descending: true })
    payments.sortBy({ column: '__check', descending: true })
    expect(payments.sort).toBeNull()
    close()
  })
})
