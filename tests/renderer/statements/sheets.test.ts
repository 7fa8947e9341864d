import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { blankMapping } from '../../../renderer/src/areas/statements/mapping-model.ts'
import { useCarriedColumns } from '../../../renderer/src/areas/statements/sheet-carrying.ts'
import type { SheetRows } from '../../../renderer/src/areas/statements/sheet-carrying.ts'
import { carriedOver } from '../../../renderer/src/areas/statements/sheet-columns.ts'
import type { ColumnMapping } from '../../../electron/contract/statement-file.ts'

describe('the columns of one sheet on another', () => {
  const before = [
    ['Выписка', '', '', ''],
    ['Дата', 'Сумма', 'Контрагент', 'Назначение'],
    ['20.11.2026', '5,00', 'ООО «Север»', 'за услуги'],
  ]
  const own: ColumnMapping = {
    ...blankMapping,
    skipRows: 2,
    columns: { bankDay: 0, amount: 1, counterpartyName: 2, purpose: 3 },
  }

  it('are found by the words of the header, wherever it stands', () => {
    const now = [
      ['№', ' дата', 'Контрагент', 'СУММА'],
      ['1', '21.11.2026', 'ИП Иванов', '7,00'],
    ]
    const { mapping, by } = carriedOver(own, before, now, null)
    expect(by).toBe('header')
    expect(mapping).toEqual({
      ...own,
      skipRows: 1,
      columns: { bankDay: 1, amount: 3, counterpartyName: 2 },
    })
  })

  it('stay at their places where day or sums are not found, without those beyond its width', () => {
    const now = [
      ['Дата', 'Оборот'],
      ['21.11.2026', '7,00'],
    ]
    const { mapping, by } = carriedOver(own, before, now, null)
    expect(by).toBe('place')
    expect(mapping).toEqual({ ...own, columns: { bankDay: 0, amount: 1 } })
  })

  it('stay at their places where there is no header to go by', () => {
    const bare = { ...own, skipRows: 0 }
    expect(carriedOver(bare, before.slice(2), before.slice(2), null)).toEqual({ mapping: bare, by: 'place' })
  })

  it('take what is proposed for words that the other header did not have', () => {
    const now = [
      ['Дата', 'Сумма', 'Контрагент', 'Остаток'],
      ['21.11.2026', '7,00', 'ИП Иванов', '12,00'],
    ]
    const proposed = {
      ...blankMapping,
      skipRows: 1,
      columns: { bankDay: 0, amount: 1, purpose: 2, balance: 3 },
    }
    expect(carriedOver(own, before, now, proposed)).toEqual({
      mapping: {
        ...own,
        skipRows: 1,
        // The person said what the third column is; nobody said anything of the fourth.
        columns: { bankDay: 0, amount: 1, counterpartyName: 2, balance: 3 },
      },
      by: 'header',
    })
  })

  it('are the proposal for a sheet of another header, but for what the person said of equal words', () => {
    const now = [
      ['Назначение', 'Дата', 'Приход', 'Расход', 'Контрагент'],
      ['за услуги', '2026-11-21', '7.00', '', 'ИП Иванов'],
    ]
    const proposed: ColumnMapping = {
      ...blankMapping,
      dateOrder: 'ymd',
      decimalMark: '.',
      sheet: 'June',
      columns: { bankDay: 1, credit: 2, debit: 3, counterpartyName: 0 },
    }
    expect(carriedOver({ ...own, sheet: 'June', account: '123' }, before, now, proposed)).toEqual({
      mapping: {
        ...proposed,
        account: '123',
        columns: { bankDay: 1, credit: 2, debit: 3, counterpartyName: 4, purpose: 0 },
      },
      by: 'proposal',
    })
  })

  it('come back with the sheet, and say whose they were before', async () => {
    const mapping = ref<ColumnMapping>({ ...own, sheet: 'May' })
    const shown = shallowRef<SheetRows | null>({ sheet: 'May', rows: before, proposed: null })
    const scope = effectScope()
    const from = scope.run(() => useCarriedColumns(mapping, () => shown.value))
    mapping.value = { ...mapping.value, sheet: 'June' }
    shown.value = null
    await nextTick()
    shown.value = { sheet: 'June', rows: [['21.11.2026', '7,00']], proposed: null }
    await nextTick()
    expect([from?.value, mapping.value.columns]).toEqual([
      { by: 'place', sheet: 'May' },
      { bankDay: 0, amount: 1 },
    ])
    mapping.value = { ...mapping.value, sheet: 'May' }
    shown.value = { sheet: 'May', rows: before, proposed: null }
    await nextTick()
    expect([from?.value, mapping.value]).toEqual([null, { ...own, sheet: 'May' }])
    scope.stop()
  })
})
