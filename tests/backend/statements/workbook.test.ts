import { utils, write } from '@e965/xlsx'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDesk } from './kit.ts'
import type { Desk } from './kit.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const account = '40702810000000000001'
const header = ['Дата', 'Номер документа', 'Сумма', 'Контрагент', 'ИНН', 'Назначение платежа']

function workbook(rows: (string | number)[][]): Uint8Array {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['О выписке']]), 'Титул')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Счёт', account], header, ...rows]), 'Операции')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
}

it('a workbook is seen with its sheets, imported, and each line shown by its row', async () => {
  const bytes = workbook([
    ['05.10.2026', '17', 1500.5, 'ООО «Лес»', '7700000001', 'Оплата по счёту 7'],
    ['06.10.2026', '18', -200, 'ООО «Камень»', '7700000002', 'Возврат'],
  ])
  const glance = await desk.call('statements.glance', { ticket: await desk.ticket('a.xlsx', bytes) })
  expect(glance).toMatchObject({ format: 'xlsx', sample: '', table: { sheets: ['Титул', 'Операции'] } })
  const mapping = glance.table?.mapping
  const given = { account, currency: 'RUB' }
  const brought = await desk.bring('a.xlsx', bytes, { ...(mapping && { mapping }), given })
  expect(brought).toMatchObject({ lines: 2, fault: null })
  const { rows } = await desk.call('statements.lines', { sort: { column: 'index', descending: false } })
  expect(rows.map(({ amountMinor, place }) => [amountMinor, place])).toEqual([
    [150_050, { line: 3, from: 0, to: 0, part: 'Операции' }],
    [-20_000, { line: 4, from: 0, to: 0, part: 'Операции' }],
  ])
  const detail = await desk.call('statements.line', { lineId: rows[0]?.id as never })
  expect(detail.hex).toBe('')
  expect(detail.raw.split('\t').slice(0, 2)).toEqual(['05.10.2026', '17'])
  expect(detail.row.place).toEqual(rows[0]?.place)
})

it('a workbook beyond the limit is refused unread', async () => {
  const huge = new Uint8Array(51 * 1024 * 1024)
  huge.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  expect(await desk.bring('huge.xls', huge)).toMatchObject({ fault: { code: 'file.tooLarge', limitMb: 50 } })
  expect(desk.kept()).toEqual([])
})
