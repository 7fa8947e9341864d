import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { PaymentDetail } from '../../../electron/contract/payment.ts'
import PaymentDelete from '../../../renderer/src/areas/payments/PaymentDelete.vue'
import PaymentDrawer from '../../../renderer/src/areas/payments/PaymentDrawer.vue'
import PaymentEdit from '../../../renderer/src/areas/payments/PaymentEdit.vue'
import { ok } from '../../kit/fake-bridge.ts'
import { portal, portalId, status } from '../sample-world.ts'
import { payment } from '../sample-payments.ts'
import { click, find, has, openWindow, settle, type } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let open: WorkWindow | undefined
afterEach(() => open?.close())

const row = payment(0)
const detail: PaymentDetail = {
  row,
  fields: [
    { name: 'comments', value: 'Звонили' },
    { name: 'sum', value: '1200.00' },
    { name: 'xmlId', value: 'bx_1' },
  ],
  complete: true,
  payer: null,
  matches: [],
  history: [],
  readAt: '2026-11-21T06:02:11.000Z',
}
const inputIn = (name: string) => document.querySelector<HTMLInputElement>(`input[name="${name}"]`)
async function fill(name: string, text: string): Promise<void> {
  const input = inputIn(name)
  if (!input) throw new Error(`no field ${name}`)
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

describe('the drawer', () => {
  it('shows the payment with its money, reasons and history, and plans for this one alone', async () => {
    open = await openWindow(defineComponent(() => () => h(PaymentDrawer, { portalId, paymentId: 1000 })))
    const said = find('payment-detail').textContent?.replaceAll('\u00a0', ' ') ?? ''
    expect(said).toContain('1,200.00 RUB')
    expect(said).toContain('ООО «Ромашка-Север»')
    expect(said).toContain('number 3653/1 in the purpose')
    expect(document.querySelector('mark')?.textContent).toBe('3653/1')
    await click('drawer-plan')
    expect(open.bridge.inputsOf('operations.plan')).toEqual([
      { kind: 'pay', selection: { kind: 'ids', portalId, ids: [1000] }, writeDetails: false },
    ])
  })
})

describe('editing', () => {
  const edit = async (of: PaymentDetail, answers = {}) =>
    (open = await openWindow(
      defineComponent(() => () => h(PaymentEdit, { open: true, detail: of })),
      { answers },
    ))

  it('plans only what changed', async () => {
    const window = await edit(detail)
    await fill('payVoucherNum', '482')
    await click('edit-plan')
    expect(window.bridge.inputsOf('operations.plan')).toEqual([
      { kind: 'edit', portalId, paymentId: 1000, fields: { payVoucherNum: '482' }, typedNumber: '' },
    ])
  })

  it('wants the number typed for a new sum', async () => {
    const window = await edit(detail)
    await fill('sum', '1300.00')
    await click('edit-plan')
    expect(window.bridge.inputsOf('operations.plan')).toEqual([])
    await type('edit-number', '3653/1')
    await click('edit-plan')
    expect(window.bridge.inputsOf('operations.plan')[0]).toMatchObject({
      fields: { sum: '1300.00' },
      typedNumber: '3653/1',
    })
  })

  it('shows integration fields only after the warning was answered', async () => {
    await edit(detail)
    expect(inputIn('xmlId')).toBeNull()
    await click('show-integration')
    expect(inputIn('xmlId')?.value).toBe('bx_1')
  })

  it('is closed to users who are no administrators', async () => {
    const check = portal.check && { ...portal.check, administrator: false }
    const window = await edit(detail, { 'portals.list': () => ok([{ ...portal, check }]) })
    expect(document.body.textContent).toContain('Fields can be written by an administrator')
    expect(inputIn('payVoucherNum')?.disabled).toBe(true)
    await click('edit-plan')
    expect(window.bridge.inputsOf('operations.plan')).toEqual([])
  })
})

describe('deleting', () => {
  const remove = async (of: typeof row, answers = {}) =>
    (open = await openWindow(
      defineComponent(() => () => h(PaymentDelete, { open: true, row: of })),
      { answers },
    ))
  const submit = async () => {
    document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await settle()
  }

  it('wants the number typed and says that there is no undo', async () => {
    const window = await remove(row)
    expect(document.body.textContent).toContain('cannot be undone')
    await submit()
    expect(window.bridge.inputsOf('operations.plan')).toEqual([])
    const input = document.querySelector('form input')
    if (!(input instanceof HTMLInputElement)) throw new Error('nothing to type into')
    input.value = '3653/1'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await settle()
    await submit()
    expect(window.bridge.inputsOf('operations.plan')).toEqual([
      { kind: 'delete', portalId, paymentId: 1000, typedNumber: '3653/1' },
    ])
  })

  it('is refused while the payment is paid', async () => {
    const window = await remove({ ...row, paid: true })
    expect(has('delete-refused')).toBe(true)
    await submit()
    expect(window.bridge.inputsOf('operations.plan')).toEqual([])
  })

  it('is refused where the policy forbids it', async () => {
    await remove(row, {
      'app.status': () => ok({ ...status, policy: { ...status.policy, forbidDelete: true } }),
    })
    expect(find('delete-refused').textContent).toContain('policy')
  })
})
