import type { Ability } from '../../../../electron/contract/portal.ts'
import type { KeyOf } from '../shape.ts'

export const portals = {
  title: 'Portals',
  hint: 'Connections to Bitrix24, what they can do, and whether they may be written to',
  add: 'Connect a portal',
  empty: {
    title: 'No portal is connected',
    words:
      'Sverka reads payments from a Bitrix24 portal and, when you confirm, marks them paid there. Connect yours, or look around in the demo portal first.',
  },
  facts: {
    host: 'Address',
    user: 'Connected as',
    by: { webhook: 'webhook', oauth: 'application' },
    payments: 'Payments in the ledger',
    paymentsOf: '{all}, of them {unpaid} unpaid',
    refreshed: 'Last read',
    never: 'never',
    coverage: 'What is seen',
    coverages: {
      all: 'all payments of the portal',
      visible: 'only payments of deals and invoices this user can see',
      none: 'no payments',
    },
  },
  refresh: 'Refresh payments',
  check: 'Check again',
  checking: 'Checking…',
  signInAgain: 'Sign in again',
  writing: {
    title: 'Writing to the portal',
    on: 'Sverka may mark payments paid or unpaid here, always after a plan you confirm.',
    off: 'Read only: Sverka cannot change anything in this portal. Switch it on when you are ready to mark payments paid; every change still needs a plan you confirm.',
    label: 'Allow writing',
    policy: 'A policy of your organisation forces read only.',
  },
  moved: {
    title: 'The portal answers from another address',
    words:
      'Since the webhook’s address is a secret, nothing was sent there. Confirm only if you know that the portal has moved to {host}.',
    confirm: 'It is ours, go on there',
  },
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
    cursor: { name: 'Cheap refresh', cost: 'A refresh reads all payments each time.' },
  } satisfies Record<KeyOf<Ability>, { name: string; cost: string }>,
  settings: {
    title: 'Limits and name',
    words: 'Change these only if your portal’s limits differ from the cloud’s.',
    name: 'Name in Sverka',
    bucketSize: 'Requests at once',
    bucketSizeHint: 'How many requests the portal takes before it asks to slow down (cloud: 50).',
    drain: 'Requests per second',
    drainHint: 'How fast the portal forgives them (cloud: 2 per second).',
    limit: 'Server’s limit, seconds',
    limitHint:
      'After this time the portal itself ends a request: cloud 60, own servers often 300. Sverka waits that long before it trusts that an unanswered change did not take place.',
    saved: 'The settings of the portal are saved',
  },
  leave: {
    title: 'Disconnect',
    words: 'The secret is removed from the keychain at once. Payments, matches and the journal stay here.',
    button: 'Disconnect…',
    question: 'Disconnect {name}?',
    confirm: 'Remove the secret',
    revoke: 'The secret is gone from this computer. The portal still accepts it until you revoke it there:',
    eraseTitle: 'Erase the data',
    eraseWords:
      'Payments, matches and holds of this portal are removed from this computer. The journal keeps that it was done.',
    eraseButton: 'Erase…',
    eraseQuestion: 'Erase everything of {name} here?',
    eraseConfirm: 'Erase the data of {name}',
    erased: 'The data of {name} is erased',
  },
  connect: {
    title: 'Connect a portal',
    way: 'How to connect',
    webhook: 'Webhook',
    oauth: 'Application (OAuth)',
    webhookWords: 'The quickest way, for one person and one portal.',
    oauthWords:
      'With a local application: the sign-in is done in your browser, and the access can be withdrawn there.',
    url: 'Address of the incoming webhook',
    urlHint:
      'It is a secret: who has it, acts as you. It goes straight into the keychain and is never shown again.',
    urlPlaceholder: 'https://your-portal.bitrix24.com/rest/1/…/',
    how: 'How to make one',
    howSteps: {
      open: 'In the portal open Developer resources → Other → Incoming webhook.',
      scopes: 'Tick these scopes:',
      admin: 'Best as an administrator: then every payment is seen and bank details can be written.',
      copy: 'Save, and copy the address “Webhook to call REST API”.',
    },
    scope: {
      crm: 'deals, invoices, payers',
      sale: 'payments, orders and their dates',
      pay_system: 'which pay systems are bank transfers',
      user_brief: 'names of colleagues in the history',
    },
    button: 'Connect',
    readOnly: 'The portal starts read only.',
    portal: 'Address of the portal',
    portalPlaceholder: 'your-portal.bitrix24.com',
    clientId: 'Client id of the application',
    clientSecret: 'Client secret',
    oauthHost: 'Another sign-in server',
    oauthHostHint: 'Leave empty for Bitrix24’s own. Only for portals on your own servers.',
    returnAddress: 'Return address for the application’s settings',
    oauthSteps: {
      open: 'In the portal open Developer resources → Other → Local application, kind “Server”.',
      address: 'As the handler’s path enter the return address shown here.',
      scopes: 'Tick the scopes crm, sale, pay_system, user_brief and save.',
      copy: 'Copy the client id and the client secret into these fields.',
    },
    signIn: 'Sign in',
    reveal: 'Show the secret',
    conceal: 'Hide the secret',
    connected: '{name} is connected',
  },
  waiting: {
    title: 'Sign in at {portal}',
    words: 'The sign-in page opens in your browser. Confirm there; this window notices it by itself.',
    open: 'Open the sign-in page',
    copyAddress: 'Copy its address',
    listening: 'Waiting for the answer on {address}',
    notListening:
      'The return port is busy, so the answer cannot come by itself. Paste the code below: it lives 30 seconds.',
    until: 'The sign-in is valid until {when}.',
    paste: 'Paste the code',
    pasteHint: 'The code alone, or the whole address of the page you were sent to.',
    finish: 'Finish',
    cancel: 'Give up',
  },
} as const
