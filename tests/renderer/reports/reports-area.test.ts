import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import ReportsArea from '../../../renderer/src/areas/reports/ReportsArea.vue'
import { ok } from '../../kit/fake-bridge.ts'
import { openWindow } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

/** There is no canvas without a browser; the pictures are looked at elsewhere. */
const BarChart = defineComponent(
  (props: { label?: string }) => () => h('div', { role: 'img', 'aria-label': props.label }),
  { props: ['label'] },
)

let open: WorkWindow | undefined
afterEach(() => open?.close())
const at = async (answers = {}) =>
  (open = await openWindow(ReportsArea, { hash: '#/reports', answers, stubs: { BarChart } }))
const words = () => document.body.textContent?.replaceAll('\u00a0', ' ') ?? ''

describe('reports', () => {
  it('say the share, what is open and for how long, and what differs', async () => {
    await at()
    expect(words()).toContain('1,359,735.19 RUB of 1,573,586.27 RUB to be matched')
    expect(words()).toContain('274 payments not paid, no money yet')
    expect(words()).toContain('older than 30 days: 318,100.50 RUB')
    expect(words()).toContain('23 payments to look at')
    expect(words()).toContain('Lines without a paymentLook1674,100.00 RUB')
  })

  it('hold the figures of each chart as a table too', async () => {
    await at()
    const tables = [...document.querySelectorAll('table')].map(
      (table) => table.textContent?.replaceAll('\u00a0', ' ') ?? '',
    )
    expect(tables.some((text) => text.includes('01/11/2026') && text.includes('80,000.00 RUB'))).toBe(true)
    expect(tables.some((text) => text.includes('31–90 days') && text.includes('220,100.50 RUB'))).toBe(true)
  })

  it('ask for the portal and the period that are shown', async () => {
    const window = await at()
    expect(window.bridge.inputsOf('reports.overview')[0]).toMatchObject({ portalId: 'p_romashka01' })
    expect(Object.keys(window.bridge.inputsOf('reports.overview')[0] ?? {}).sort()).toEqual([
      'from',
      'portalId',
      'to',
    ])
  })

  it('say what they are for while there is nothing', async () => {
    await at({
      'reports.overview': () =>
        ok({
          currencies: [],
          days: [],
          ageing: [],
          differences: [],
          linesWithoutPayment: { count: 0, sums: [] },
        }),
    })
    expect(words()).toContain('Nothing to report yet')
  })
})
