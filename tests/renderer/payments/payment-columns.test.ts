import { describe, expect, it } from 'vitest'
import {
  gridRowId,
  paymentColumnIds,
  paymentColumns,
  sumRows,
} from '../../../renderer/src/areas/payments/payment-columns.ts'
import type { GridRow } from '../../../renderer/src/areas/payments/payment-columns.ts'
import { paymentColumns as contractColumns } from '../../../electron/contract/payment.ts'
import { createText } from '../../../renderer/src/text/language.ts'
import { payment } from '../sample-payments.ts'

const text = createText('en', ['en-GB'])
const columns = paymentColumns(text.t, text.format.value)
const cell = (id: string, row: GridRow) =>
  columns
    .find((column) => column.id === id)
    ?.value(row)
    .replaceAll('\u00a0', ' ')

describe('cells', () => {
  const unpaid = payment(0)
  const paid = payment(1)

  it('show what a person looks for first', () => {
    expect(cell('accountNumber', unpaid)).toBe('3653/1')
    expect(cell('owner', unpaid)).toBe('Поставка оборудования № 118')
    expect(cell('sum', { ...unpaid, sumMinor: 1_243_000 })).toBe('12,430.00')
    expect(cell('paid', unpaid)).toBe('—')
    expect(cell('paid', paid)).toBe('02/11/2026')
    expect(cell('bankDay', { ...unpaid, bankDay: '2026-11-19', documentNumber: '482' })).toBe('19/11 · № 482')
    expect(cell('bankDay', { ...unpaid, bankDay: null })).toBe('nothing')
    expect(cell('standing', unpaid)).toBe('to pay')
  })

  it('say that a payment is gone, and that one is paid without a known day', () => {
    expect(cell('accountNumber', { ...unpaid, gone: true })).toBe('3653/1 · no longer in the portal')
    expect(cell('paid', { ...paid, paidAt: null })).toBe('yes')
  })

  it('stay empty where the portal said nothing', () => {
    const bare = { ...unpaid, owner: null, payer: null, orderNumber: '', billDay: null }
    expect([cell('owner', bare), cell('payer', bare), cell('taxId', bare), cell('billDay', bare)]).toEqual([
      '',
      '',
      '',
      '',
    ])
  })
})

it('has a column for every one that the contract can sort and export', () => {
  expect([...paymentColumnIds].sort()).toEqual([...contractColumns].sort())
})

describe('pinned sums', () => {
  const totals = {
    count: 112,
    sums: [
      { minor: 184_231_050, currency: 'RUB' },
      { minor: 310_000, currency: 'USD' },
    ],
  }

  it('are one row per currency, the first of which says how many', () => {
    const [first, second] = sumRows('filter', totals, text.t)
    expect(first && cell('payer', first)).toBe('Filter: 112')
    expect(first && cell('sum', first)).toBe('1,842,310.50')
    expect(second && [cell('payer', second), cell('sum', second), cell('currency', second)]).toEqual([
      '',
      '3,100.00',
      'USD',
    ])
  })

  it('have ids of their own and no standing', () => {
    const rows = [...sumRows('filter', totals, text.t), ...sumRows('selection', totals, text.t)]
    expect(new Set(rows.map(gridRowId)).size).toBe(4)
    expect(rows.map((row) => cell('standing', row))).toEqual(['', '', '', ''])
  })
})
