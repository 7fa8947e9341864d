import type { IGetRowsParams } from 'ag-grid-community'
import { describe, expect, it } from 'vitest'
import { asTable } from '../../../renderer/src/grid/columns.ts'
import { createPagedSource } from '../../../renderer/src/grid/paged-source.ts'
import {
  countOf,
  extentOf,
  isSelected,
  nothingSelected,
  withRows,
} from '../../../renderer/src/grid/selection.ts'
import { no, ok } from '../../kit/fake-bridge.ts'

describe('a selection as a sentence', () => {
  it('grows and shrinks by ids', () => {
    const two = withRows(nothingSelected, ['1', '2'], true)
    expect(two).toEqual({ kind: 'ids', ids: ['1', '2'] })
    expect(withRows(two, ['1', '2'], false)).toEqual({ kind: 'none' })
    expect(withRows(two, ['2', '3'], true)).toEqual({ kind: 'ids', ids: ['1', '2', '3'] })
  })

  it('takes rows out of everything and puts them back', () => {
    const most = withRows({ kind: 'all', except: [] }, ['7'], false)
    expect(most).toEqual({ kind: 'all', except: ['7'] })
    expect([isSelected(most, '7'), isSelected(most, '8'), countOf(most, 100_000)]).toEqual([
      false,
      true,
      99_999,
    ])
    expect(withRows(most, ['7'], true)).toEqual({ kind: 'all', except: [] })
  })

  it('knows whether nothing, some or all is selected', () => {
    expect(extentOf(nothingSelected, 10)).toBe('none')
    expect(extentOf({ kind: 'ids', ids: ['1'] }, 10)).toBe('some')
    expect(extentOf({ kind: 'all', except: [] }, 10)).toBe('all')
    expect(extentOf({ kind: 'all', except: ['1'] }, 10)).toBe('some')
    expect(extentOf({ kind: 'all', except: ['1'] }, 1)).toBe('none')
  })
})

describe('copying as a table', () => {
  it('keeps a cell in its cell and writes numbers that a spreadsheet reads', () => {
    const columns = [
      { id: 'a', header: 'Payer', value: (row: [string, string]) => row[0] },
      { id: 'b', header: 'Sum', value: (row: [string, string]) => row[1] },
    ]
    expect(asTable(columns, [['two\tlines\nhere', '−1\u00A0250,00']])).toBe(
      'Payer\tSum\ntwo lines here\t-1 250,00',
    )
  })
})

describe('pages of rows', () => {
  const page = (from: number, length: number, total: number) =>
    ok({ rows: Array.from({ length }, (_, at) => from + at), total, revision: 1 })
  const ask = (startRow: number, endRow: number, sortModel: IGetRowsParams['sortModel'] = []) => {
    const heard: unknown[] = []
    const params = {
      startRow,
      endRow,
      sortModel,
      successCallback: (rows: unknown[], last?: number) => heard.push([rows, last]),
      failCallback: () => heard.push('failed'),
    } as unknown as IGetRowsParams
    return { params, heard }
  }
  const soon = () => new Promise((resolve) => setTimeout(resolve, 0))

  it('asks for the slice and the order the grid wants', async () => {
    const asked: unknown[] = []
    const source = createPagedSource<number>((offset, limit, sort) => {
      asked.push([offset, limit, sort])
      return Promise.resolve(page(offset, 2, 5))
    }, String)
    const { params, heard } = ask(200, 202, [{ colId: 'sum', sort: 'desc' }])
    source.datasource().getRows(params)
    await soon()
    expect(asked).toEqual([[200, 2, { column: 'sum', descending: true }]])
    expect(heard).toEqual([[[200, 201], 5]])
    expect([source.total.value, source.seen('201'), source.seen('7')]).toEqual([5, 201, undefined])
  })

  it('shows a refusal and keeps what was known', async () => {
    const source = createPagedSource<number>(
      () => Promise.resolve(no({ code: 'ledger.damaged', detail: 'x' })),
      String,
    )
    const { params, heard } = ask(0, 200)
    source.datasource().getRows(params)
    await soon()
    expect(heard).toEqual(['failed'])
    expect(source.fault.value).toEqual({ code: 'ledger.damaged', detail: 'x' })
  })

  it('drops the answer to an older filter', async () => {
    const source = createPagedSource<number>(() => Promise.resolve(page(0, 1, 1)), String)
    const { params, heard } = ask(0, 200)
    source.datasource().getRows(params)
    source.restart()
    await soon()
    expect(heard).toEqual([])
    expect(source.total.value).toBeNull()
  })

  it('reads everything for copying, without the exceptions and not beyond the limit', async () => {
    const source = createPagedSource<number>(
      (offset, limit) => Promise.resolve(page(offset, Math.min(limit, 2500 - offset), 2500)),
      String,
    )
    expect(await source.readAll(5000, (row) => row !== 3)).toHaveLength(2499)
    expect(await source.readAll(1500, () => true)).toHaveLength(1500)
  })
})
