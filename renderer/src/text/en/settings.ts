export const settings = {
  title: 'Settings',
  hint: 'This workstation and its ledger',
  saved: 'Saved',
  locked: 'Another window owns the ledger ({owner}); settings can only be changed there.',
  look: {
    title: 'Language and look',
    language: 'Language',
    theme: 'Theme',
    letters: 'Single-letter keys',
    lettersWords: 'J, K, X, S and others work without Ctrl. Switch them off if you speak to the computer.',
  },
  matching: {
    title: 'Matching',
    words:
      'From which confidence a proposal counts as certain or as likely. Higher is stricter; only certain ones can be accepted all at once.',
    certain: 'Certain from',
    likely: 'Likely from',
    order: '“Certain” must lie above “likely”.',
  },
  proof: {
    title: 'Proof by statements',
    words:
      'A payment counts as “paid without money” only when statements without gaps cover these days around its date.',
    before: 'Days before',
    after: 'Days after',
  },
  freshness: {
    title: 'Keeping up with the portals',
    words:
      'While Sverka is open it looks at the portals now and then: at the newest payments, at unpaid ones, at some of the paid. It costs a few requests, changes no payment and moves no row under your hands. Where writing is allowed and the portal can, it is asked to keep a queue of its changes for Sverka.',
    minutes: 'Look every, minutes',
    minutesHint: '0 switches it off.',
    days: 'Read everything again after, days',
    daysHint: 'Within the same time every paid payment is read again in its turn.',
  },
  oauth: {
    title: 'Sign-in by application',
    words:
      'The port on which this computer waits for the portal’s answer. The return address in the application’s settings must name the same one.',
    port: 'Return port',
    address: 'Return address',
  },
  accounts: {
    title: 'Bank accounts',
    words: 'Which portal and own company each account belongs to.',
    button: 'Show the accounts',
    unbound: '{n} account is not bound | {n} accounts are not bound',
  },
  vault: {
    title: 'Secrets',
    keychain: 'Secrets are in the keychain of the system ({detail}).',
    memory: 'The system offers no keychain: secrets live until the program ends and must be entered again.',
  },
  backup: {
    title: 'Backup',
    words: 'The backup holds payments, statements, matches and the journal, but never a secret.',
    make: 'Make a backup',
    making: 'Making the backup…',
    restore: 'Restore…',
    restoreQuestion: 'Restore the ledger from {name}?',
    restoreWords:
      'The present ledger is replaced by the backup; it is itself kept as a backup first. Portals are untouched. Secrets stay in the keychain.',
    restoreConfirm: 'Replace the present ledger',
    restored: 'The backup is checked. It takes the ledger’s place at the next start.',
    restart:
      'A backup waits: it takes the ledger’s place when the program is started again. Close all windows of Sverka and start it.',
    file: 'Ledger file',
    size: 'Size',
    choose: 'Choose a backup file',
  },
  diagnostics: {
    title: 'Diagnostics',
    words:
      'For a report to those who support you. It holds versions, counts and the last faults, but no secrets, names or sums.',
    show: 'Show',
    copy: 'Copy the diagnostics',
    troubles: 'Findings of the self-test',
    trouble: { sqlite: 'Database', keychain: 'Keychain', worker: 'Worker threads' },
  },
  policy: {
    title: 'Policy of your organisation',
    words: 'A policy file on this computer forces the following.',
    readOnly: 'Portals are read only.',
    noDelete: 'Payments cannot be deleted.',
    noUpdates: 'Updates are not looked for.',
    proxy: 'Requests go through the proxy {proxy}.',
  },
  about: {
    title: 'About',
    version: 'Version',
    operator: 'You work as',
    host: 'Runs as',
    hosts: { desktop: 'desktop program', loopback: 'page in the browser', terminal: 'terminal' },
    updates: 'Look for updates at the start',
    newer: 'Version {version} is out.',
    newerPage: 'Open its page',
    current: 'This is the newest version.',
    unknown: 'Whether a newer version is out could not be found out.',
    license: 'Free software under the MIT licence.',
  },
} as const
