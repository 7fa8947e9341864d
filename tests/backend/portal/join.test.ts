import { afterEach, describe, expect, it } from 'vitest'
import { createPortalClient, defaultSettings } from '../../../electron/backend/portal/create-client.ts'
import { createAsker } from '../../../electron/backend/portal/gather/asker.ts'
import { createJoin, orderPart } from '../../../electron/backend/portal/gather/join.ts'
import { readFullPayment } from '../../../electron/backend/portal/methods/payments.ts'
import { createFastClock } from './kit/clocks.ts'
import { createLog, directNetwork, fixedEndpoint, startFakePortal } from './kit/fake-portal.ts'
import type { Say } from './kit/fake-portal.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const item = (id: number, over: Record<string, unknown>) => ({
  id,
  title: `t${id}`,
  companyId: null,
  contactId: null,
  contactIds: [],
  opportunity: 100,
  currencyId: 'RUB',
  stageId: 'S',
  ...over,
})
const tables: Record<string, unknown> = {
  'crm.orderentity.list': {
    orderEntity: [
      { orderId: 200, ownerTypeId: 2, ownerId: 3 },
      { orderId: 200, ownerTypeId: 31, ownerId: 7 },
      { orderId: 201, ownerTypeId: 2, ownerId: 4 },
    ],
  },
  'crm.item.list 31': {
    items: [item(7, { accountNumber: '12', companyId: 5, contactId: 9, mycompanyId: 1 })],
  },
  'crm.item.list 2': { items: [item(3, { companyId: 6 }), item(4, { contactIds: [9] })] },
  'crm.item.list 4': {
    items: [
      { id: 1, title: 'Мы', isMyCompany: 'Y' },
      { id: 5, title: 'Покупатель', isMyCompany: 'N' },
      { id: 6, title: 'Второй', isMyCompany: 'N' },
    ],
  },
  'crm.item.list 3': { items: [{ id: 9, name: 'Юлия', lastName: 'Соколова' }] },
  'crm.requisite.link.list 2': [
    {
      ENTITY_TYPE_ID: '2',
      ENTITY_ID: '4',
      REQUISITE_ID: '0',
      BANK_DETAIL_ID: '0',
      MC_REQUISITE_ID: '30',
      MC_BANK_DETAIL_ID: '0',
    },
  ],
  'crm.requisite.link.list 31': [
    {
      ENTITY_TYPE_ID: '31',
      ENTITY_ID: '7',
      REQUISITE_ID: '28',
      BANK_DETAIL_ID: '0',
      MC_REQUISITE_ID: '0',
      MC_BANK_DETAIL_ID: '0',
    },
  ],
  'crm.requisite.list 4': [
    { ID: '27', ENTITY_TYPE_ID: '4', ENTITY_ID: '5', NAME: 'a', RQ_INN: '111' },
    { ID: '28', ENTITY_TYPE_ID: '4', ENTITY_ID: '5', NAME: 'b', RQ_INN: '222' },
    { ID: '30', ENTITY_TYPE_ID: '4', ENTITY_ID: '1', NAME: 'own', RQ_INN: '999' },
  ],
  'crm.requisite.list 3': [],
  'crm.requisite.bankdetail.list': [
    { ID: '1', ENTITY_ID: '27', RQ_ACC_NUM: '40702', RQ_BIK: '0445', RQ_BANK_NAME: 'A' },
    { ID: '2', ENTITY_ID: '28', RQ_ACC_NUM: '40703', RQ_BIK: '0446', RQ_BANK_NAME: 'B', RQ_IBAN: 'DE1' },
  ],
  'sale.order.list': {
    orders: [{ id: 200, accountNumber: '356', price: 1, currency: 'RUB', payed: 'N', canceled: 'N' }],
  },
  'sale.paysystem.list': [{ ID: 1, NAME: 'Счёт', ACTIVE: 'Y', IS_CASH: 'N', CAN_PRINT_CHECK: 'Y' }],
}

async function joinOf(
  batching: { any: boolean; payments: boolean },
  answer: (method: string, params: Record<string, unknown>) => Say | null = () => null,
) {
  const portal = await startFakePortal(({ method, params }) => {
    const special = answer(method, params)
    if (special !== null) return special
    const type =
      params['entityTypeId'] ?? (params['filter'] as Record<string, unknown> | undefined)?.['ENTITY_TYPE_ID']
    const key = Object.hasOwn(tables, method) ? method : `${method} ${typeof type === 'number' ? type : 4}`
    return { json: { result: tables[key] ?? [] } }
  })
  const clock = createFastClock(50)
  const client = createPortalClient({
    portalId: 'p_x',
    endpoint: fixedEndpoint(portal),
    ports: { clock, network: directNetwork, log: createLog() },
    settings: () => defaultSettings,
    version: '0',
  })
  open.push(client, portal)
  return { join: createJoin(createAsker(client, batching)), portal }
}
const paymentOf = (id: number, orderId: number, over: Record<string, unknown> = {}) =>
  readFullPayment({
    id,
    orderId,
    accountNumber: `${orderId}/1`,
    paid: 'N',
    sum: 100,
    currency: 'RUB',
    paySystemId: 1,
    paySystemName: 'Счёт',
    ...over,
  })

describe('the join', () => {
  it('leads to the invoice first, and to every payer, tax number and account', async () => {
    const { join } = await joinOf({ any: false, payments: false })
    const [first, second, third] = await join.byOrder([
      paymentOf(1, 200),
      paymentOf(2, 201),
      paymentOf(3, 202),
    ])
    expect(first).toMatchObject({
      id: 1,
      order: { id: 200, number: '200' },
      ownCompany: { id: 1, name: 'Мы' },
      paySystem: { id: 1, name: 'Счёт', isCash: false, printsReceipt: true },
      owner: {
        type: 31,
        id: 7,
        title: 't7',
        number: '12',
        stage: 'S',
        opportunity: { minor: 10_000, currency: 'RUB' },
      },
    })
    expect(first?.otherOwners.map(({ type, id }) => [type, id])).toEqual([[2, 3]])
    // The requisite that the invoice uses goes first.
    expect(first?.payer).toEqual({
      kind: 'company',
      id: 5,
      name: 'Покупатель',
      taxIds: ['222', '111'],
      ibans: ['DE1'],
      accounts: [
        { account: '40703', bankCode: '0446', bankName: 'B' },
        { account: '40702', bankCode: '0445', bankName: 'A' },
      ],
    })
    expect(first?.otherPayers.map(({ kind, id, name }) => [kind, id, name])).toEqual([
      ['contact', 9, 'Соколова Юлия'],
      ['company', 6, 'Второй'],
    ])
    expect(second).toMatchObject({
      owner: { type: 2, id: 4 },
      payer: { kind: 'contact', id: 9 },
      ownCompany: { id: 1, name: 'Мы' },
    })
    expect(third).toMatchObject({
      owner: null,
      otherOwners: [],
      payer: null,
      ownCompany: null,
      order: { id: 202, number: '202' },
    })
  })

  it('reads nothing twice', async () => {
    const { join, portal } = await joinOf({ any: false, payments: false })
    await Promise.all([
      join.byOrder([paymentOf(1, 200)]),
      join.byOrder([paymentOf(2, 200), paymentOf(3, 201)]),
    ])
    const before = portal.seen.length
    await join.byOrder([paymentOf(4, 200), paymentOf(5, 201)])
    expect(portal.seen.length).toBe(before)
    expect(portal.seen.filter(({ method }) => method === 'sale.paysystem.list').length).toBe(1)
    const asked = portal.seen
      .filter(({ method, params }) => method === 'crm.item.list' && params['entityTypeId'] === 31)
      .map(({ params }) => (params['filter'] as Record<string, number[]>)['@id'])
    expect(asked.flat()).toEqual([7])
  })

  it('goes without what may not be read, and stops at what is broken', async () => {
    const { join } = await joinOf({ any: false, payments: false }, (method) =>
      ['crm.requisite.list', 'sale.paysystem.list', 'crm.requisite.link.list'].includes(method)
        ? { status: 403, json: { error: 'insufficient_scope' } }
        : null,
    )
    const [payment] = await join.byOrder([paymentOf(1, 200)])
    expect(payment).toMatchObject({
      payer: { name: 'Покупатель', taxIds: [], accounts: [] },
      paySystem: { printsReceipt: null, isCash: false },
    })
    const broken = await joinOf({ any: false, payments: false }, (method) =>
      method === 'crm.orderentity.list' ? { status: 401, json: { error: 'NO_AUTH_FOUND' } } : null,
    )
    await expect(broken.join.byOrder([paymentOf(1, 200)])).rejects.toMatchObject({
      fault: { code: 'rest.badToken' },
    })
  })

  it("takes the order's number from before the last slash", () => {
    expect([orderPart('3653/1'), orderPart('A/2026/7/2'), orderPart('3653'), orderPart('/1')]).toEqual([
      '3653',
      'A/2026/7',
      null,
      null,
    ])
  })
})
