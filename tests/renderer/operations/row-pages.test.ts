import { describe, expect, it } from 'vitest'
import type { Result } from '../../../electron/contract/fault.ts'
import type { Page } from '../../../electron/contract/values.ts'
import { createRowPages } from '../../../renderer/src/areas/operations/row-pages.ts'
import { no, ok } from '../../kit/fake-bridge.ts'

function numbered(total: () => number) {
  const asked: number[] = []
  const pages = createRowPages<string>(async (offset, limit) => {
    asked.push(offset)
    const rows = Array.from(
      { length: Math.max(0, Math.min(limit, total() - offset)) },
      (_, at) => `row ${offset + at}`,
    )
    return ok({ rows, total: total(), revision: 1 })
  }, 10)
  return { pages, asked }
}

describe('pages of rows', () => {
  it('asks only for what is looked at, once', async () => {
    const { pages, asked } = numbered(() => 10_000)
    await pages.need(0, 5)
    await pages.need(4_995, 5_004)
    await pages.need(4_996, 5_000)
    expect(asked).toEqual([0, 4990, 5000])
    expect(pages.at(5_003)).toBe('row 5003')
    expect(pages.at(100)).toBeUndefined()
    expect(pages.total.value).toBe(10_000)
  })

  it('keeps what is drawn while it asks again, and drops what is gone', async () => {
    let total = 12
    const { pages, asked } = numbered(() => total)
    await pages.need(0, 12)
    total = 3
    const reloading = pages.reload()
    expect(pages.at(11)).toBe('row 11')
    await reloading
    expect(asked).toEqual([0, 10, 0, 10])
    expect(pages.at(2)).toBe('row 2')
    expect(pages.at(3)).toBeUndefined()
    expect(pages.at(11)).toBeUndefined()
  })

  it('an answer to the question before the last does not come through', async () => {
    const open: ((answer: Result<Page<string>>) => void)[] = []
    const pages = createRowPages<string>(() => new Promise((resolve) => open.push(resolve)), 10)
    void pages.need(0, 1)
    void pages.reset()
    open[0]?.(ok({ rows: ['old'], total: 1, revision: 1 }))
    open[1]?.(ok({ rows: ['new'], total: 1, revision: 2 }))
    await new Promise((resolve) => setTimeout(resolve))
    expect(pages.at(0)).toBe('new')
  })

  it('takes a row out and moves up what follows', async () => {
    const { pages } = numbered(() => 4)
    await pages.need(0, 4)
    pages.remove(1)
    expect([0, 1, 2, 3].map((at) => pages.at(at))).toEqual(['row 0', 'row 2', 'row 3', undefined])
    expect(pages.total.value).toBe(3)
  })

  it('says why it has nothing, and asks again when asked to', async () => {
    let refuse = true
    const pages = createRowPages<string>(
      async () => (refuse ? no({ code: 'connection.lost' }) : ok({ rows: ['one'], total: 1, revision: 1 })),
      10,
    )
    await pages.need(0, 1)
    expect(pages.fault.value).toEqual({ code: 'connection.lost' })
    refuse = false
    await pages.need(0, 1)
    expect(pages.fault.value).toBeNull()
    expect(pages.at(0)).toBe('one')
  })
})
