export const start = {
  title: 'Start',
  welcome: 'Bank statements and portal payments, reconciled',
  words:
    'Sverka finds which payment of your Bitrix24 portal each amount of the statement belongs to, marks it paid when you confirm, and keeps the proof.',
  connect: {
    title: 'Connect a portal',
    words:
      'With a webhook or an application of your Bitrix24. It starts read only: nothing is changed before you allow it.',
    button: 'Connect a portal',
  },
  demo: {
    title: 'Open the demo portal',
    words:
      'A small company that runs on this computer, with payments and bank statements. See the whole work in a minute.',
    button: 'Open the demo portal',
    opening: 'The demo portal is starting…',
  },
  promises: {
    confirm: 'Nothing is written to a portal without a plan you confirmed',
    secrets: 'Secrets live in the keychain of your system',
    local: 'Statements and the journal stay on this computer',
  },
  road: {
    title: 'The way through',
    demoTitle: 'The demo, step by step',
    words: 'Each step shows where it stands; you can leave and come back at any time.',
    allDone: 'Everything is done. Come back with the next statement.',
    now: 'Next',
    isDone: 'done',
    payments: {
      title: 'Read the payments',
      words: 'Payments of the portal come into the ledger on this computer.',
      done: '{n} payment is in the ledger | {n} payments are in the ledger',
      button: 'Read the payments',
    },
    statements: {
      title: 'Import the statements',
      words: 'Drop the files of your bank anywhere into the window.',
      demoWords: 'Sample statements of the demo company lie ready.',
      done: '{n} statement was imported | {n} statements were imported',
      button: 'Choose files',
      demoButton: 'Take the sample statements',
    },
    accounts: {
      title: 'Say whose account it is',
      words: 'Each bank account belongs to one portal and one own company. It is asked once.',
      done: 'All accounts are bound',
      button: 'Bind the accounts',
    },
    reconcile: {
      title: 'Reconcile',
      words: 'Accept what is certain at once, look at the rest with J, K and Enter.',
      left: '{n} line is left | {n} lines are left',
      done: 'No line is left',
      button: 'Reconcile',
    },
    apply: {
      title: 'Confirm the plan',
      words: 'A plan shows what will change in the portal. You confirm it, watch it, and can undo it.',
      left: '{n} payment is to be marked paid | {n} payments are to be marked paid',
      done: 'What was matched is marked paid',
      button: 'See the plan',
      writing: 'The portal is read only: allow writing first.',
    },
    report: {
      title: 'Take the report',
      words: 'The reconciliation report for Excel, with the last number and hash of the journal.',
      button: 'Open the reports',
    },
  },
} as const
