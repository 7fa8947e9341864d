import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { PaymentNews as News } from '../../../electron/contract/payment.ts'
import PaymentNews from '../../../renderer/src/areas/payments/PaymentNews.vue'
import { usePayments } from '../../../renderer/src/areas/payments/payments.store.ts'
import { ok } from '../../kit/fake-bridge.ts'
import { portalId } from '../sample-world.ts'
import { click, find, has, openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let open: WorkWindow | undefined
afterEach(() => open?.close())

const nothing: News = { added: 0, paid: 0, unpaid: 0, changed: 0, gone: 0 }

async function shown(news: News, given: { behind?: boolean } = {}) {
  let left = news
  const openId = ref<number | null>(null)
  const told = { shows: 0 }
  open = await openWindow(
    defineComponent(
      () => () =>
        h(PaymentNews, {
          portalId,
          behind: given.behind ?? false,
          openId: openId.value,
          onShow: () => (told.shows += 1),
        }),
    ),
    {
      answers: {
        'payments.news': () => ok(left),
        'payments.lookedAt': ({ ids }) => {
          left = ids ? { ...left, paid: left.paid - ids.length } : nothing
          return ok(left)
        },
      },
    },
  )
  await settle()
  return { openId, told, bridge: open.bridge }
}

describe('what changed in the portal', () => {
  it('is silent while there is nothing to tell', async () => {
    await shown(nothing)
    expect(has('payment-news')).toBe(false)
  })

  it('counts by kind, and offers the table only where its rows are older', async () => {
    const { told } = await shown({ ...nothing, paid: 3, added: 1 }, { behind: true })
    expect(find('payment-news').textContent).toContain('3 paid, 1 new')
    await click('news-show')
    expect(told.shows).toBe(1)
    open?.close()
    await shown({ ...nothing, gone: 1 })
    expect(has('news-show')).toBe(false)
  })

  it('narrows the table to them, and forgets them once they were looked at', async () => {
    const { told, bridge } = await shown({ ...nothing, unpaid: 2 })
    await click('news-only')
    expect(usePayments().filter.news).toBe(true)
    await click('news-seen')
    expect(bridge.inputsOf('payments.lookedAt')).toEqual([{ portalId }])
    expect(usePayments().filter.news).toBeUndefined()
    expect(told.shows).toBe(1)
    expect(has('payment-news')).toBe(false)
  })

  it('takes a payment that is opened for looked at', async () => {
    const { openId, bridge } = await shown({ ...nothing, paid: 2 })
    openId.value = 1000
    await settle()
    expect(bridge.inputsOf('payments.lookedAt')).toEqual([{ portalId, ids: [1000] }])
    expect(find('payment-news').textContent).toContain('1 paid')
  })
})
