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
    const { mapping, by } = carriedOver(own, before, now)
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
    const { mapping, by } = carriedOver(own, before, now)
    expect(by).toBe('place')
    expect(mapping).toEqual({ ...own, columns: { bankDay: 0, amount: 1 } })
  })

  it('stay at their places where there is no header to go by', () => {
    const bare = { ...own, skipRows: 0 }
    expect(carriedOver(bare, before.slice(2), before.slice(2))).toEqual({ mapping: bare, by: 'place' })
  })

  it('come back with the sheet, and say whose they were before', async () => {
    const mapping = ref<ColumnMapping>({ ...own, sheet: 'May' })
    const shown = shallowRef<SheetRows | null>({ sheet: 'May', rows: before })
    const scope = effectScope()
    const from = scope.run(() => useCarriedColumns(mapping, () => shown.value))
    mapping.value = { ...mapping.value, sheet: 'June' }
    shown.value = null
    await nextTick()
    shown.value = { sheet: 'June', rows: [['21.11.2026', '7,00']] }
    await nextTick()
    expect([from?.value, mapping.value.columns]).toEqual([
      { by: 'place', sheet: 'May' },
      { bankDay: 0, amount: 1 },
    ])
    mapping.value = { ...mapping.value, sheet: 'May' }
    shown.value = { sheet: 'May', rows: before }
    await nextTick()
    expect([from?.value, mapping.value]).toEqual([null, { ...own, sheet: 'May' }])
    scope.stop()
  })
})
