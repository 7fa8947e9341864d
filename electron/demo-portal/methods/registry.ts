/** Every method the portal knows, `batch` aside. */
import type { Method } from '../portal.ts'
import { directoryMethods } from './directory.ts'
import { eventMethods } from './events.ts'
import { itemMethods } from './items.ts'
import { orderMethods } from './orders.ts'
import { crmPaymentMethods } from './payments-crm.ts'
import { salePaymentMethods } from './payments-sale.ts'
import { requisiteMethods } from './requisites.ts'
import { serviceMethods } from './service.ts'

export const methods: ReadonlyMap<string, Method> = new Map(
  [
    ...crmPaymentMethods,
    ...salePaymentMethods,
    ...orderMethods,
    ...itemMethods,
    ...requisiteMethods,
    ...directoryMethods,
    ...serviceMethods,
    ...eventMethods,
  ].map((method) => [method.name, method]),
)
