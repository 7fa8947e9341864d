// Words about what a portal check found.

import type { Ability } from '../../../../electron/contract/portal.ts'
import type { KeyOf } from '../shape.ts'

export const portalCheck = {
  checkResult: {
    title: 'What this connection can do',
    words: '{user} · {when} · {requests} requests in {time}',
    none: 'This portal was not checked yet.',
    path: {
      administrator: 'Administrator: every payment is read by pages, the fastest way.',
      objects:
        'Not an administrator: payments are read deal by deal and invoice by invoice. It is slower and shows only what this user can see.',
      none: 'Payments cannot be read with this connection.',
    },
    scopes: 'Scopes',
    timeZone: 'Time zone',
    invoices:
      '{n} invoice has no payment document: its “paid” is only a stage and stays out of reach. | {n} invoices have no payment document: their “paid” is only a stage and stays out of reach.',
    receipts: 'These pay systems may print a fiscal receipt when a payment becomes paid: {names}.',
    state: { yes: 'available', no: 'missing', unknown: 'not known' },
  },
  ability: {
    administrator: {
      name: 'Administrator rights',
      cost: 'Without them only visible payments are read, and bank details cannot be written.',
    },
    scope_crm: { name: 'Scope crm', cost: 'Deals, invoices and payers cannot be read.' },
    scope_sale: {
      name: 'Scope sale',
      cost: 'Orders, dates and bank documents of payments cannot be read or written.',
    },
    scope_pay_system: {
      name: 'Scope pay_system',
      cost: 'Cash and card systems cannot be told apart from bank transfers.',
    },
    scope_user: {
      name: 'Scope user_brief',
      cost: 'Names of those who marked payments are shown as numbers.',
    },
    list_payments: {
      name: 'List of all payments',
      cost: 'Payments are read deal by deal, which takes longer.',
    },
    get_payment: {
      name: 'One payment in full',
      cost: 'The check before writing sees only the short fields.',
    },
    write_details: {
      name: 'Writing bank details',
      cost: 'Only the status is written, without number and date of the bank document.',
    },
    batch: { name: 'Requests in batches', cost: 'Everything takes more requests and more time.' },
    batch_payments: { name: 'Marking paid in batches', cost: 'Payments are marked one request at a time.' },
    batch_writes: {
      name: 'Changes accepted in batches',
      cost: 'The portal refused a change in a batch, so changes go one request at a time.',
    },
    join_orders: { name: 'Orders of payments', cost: 'Order numbers are missing from the payments.' },
    join_objects: {
      name: 'Deals and invoices of payments',
      cost: 'The titles of deals and invoices are missing.',
    },
    join_requisites: {
      name: 'Requisites of payers',
      cost: 'Tax numbers and accounts cannot support a match.',
    },
    paysystems: { name: 'Pay systems', cost: 'Payment methods have no names here.' },
    users: { name: 'Users', cost: 'People are shown as numbers.' },
    cursor: {
      name: 'Lists by id',
      cost: 'Lists are counted page by page, which takes longer on large portals.',
    },
    events: {
      name: 'Queue of changes',
      cost: 'Changes in the portal are looked for now and then instead of being told. Needs an app, an administrator and the plan.',
    },
  } satisfies Record<KeyOf<Ability>, { name: string; cost: string }>,
} as const
