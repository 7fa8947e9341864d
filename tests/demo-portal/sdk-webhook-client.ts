/** Run in a process of its own, which trusts the test's certificate: the official SDK's webhook client over TLS. */
import { B24Hook } from '@bitrix24/b24jssdk'

interface Row {
  id: number
}

const url = process.argv[2] ?? ''
const hook = B24Hook.fromWebhookUrl(url)
hook.offClientSideWarning()

const profile = await hook.actions.v2.call.make<{ ID: string; ADMIN: boolean }>({ method: 'profile' })
const payment = await hook.actions.v2.call.make<{ accountNumber: string }>({
  method: 'crm.item.payment.get',
  params: { id: 1036 },
})
const payments = await hook.actions.v2.callList.make<Row>({
  method: 'sale.payment.list',
  params: { select: ['id'] },
  idKey: 'id',
  customKeyForResult: 'payments',
})
const batch = await hook.actions.v2.batch.make({
  calls: {
    one: { method: 'crm.item.payment.get', params: { id: 1037 } },
    list: { method: 'crm.item.payment.list', params: { entityId: 13123, entityTypeId: 2 } },
  },
})
const paid = await hook.actions.v2.call.make<boolean>({
  method: 'crm.item.payment.pay',
  params: { id: 1038 },
})

process.stdout.write(
  JSON.stringify({
    profile: profile.getData()?.result,
    accountNumber: payment.getData()?.result.accountNumber,
    ids: payments.getData()?.map((row) => row.id),
    batch: batch.getData(),
    batchSucceeded: batch.isSuccess,
    paid: paid.getData()?.result,
  }),
)
