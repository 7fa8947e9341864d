// The words of every refusal: what happened, what it means for the money, what to do next. A code without
// words does not compile.

import type { FaultCode } from '../../../../electron/contract/fault.ts'
import type { KeyOf } from '../shape.ts'

interface Words {
  title: string
  money: string
  next: string
}

const words = {
  input_invalid: {
    title: 'The program did not understand the request ({path}).',
    money: 'Nothing was changed.',
    next: 'Check what you entered. If it looks right, copy the diagnostics in Settings and report it.',
  },
  call_unknown: {
    title: 'This version of the program does not know this action.',
    money: 'Nothing was changed.',
    next: 'Close all windows of Sverka and start it again.',
  },
  call_abandoned: {
    title: 'The request was given up.',
    money: 'Nothing was changed.',
    next: 'Ask again when you need it.',
  },
  internal: {
    title: 'A fault inside the program.',
    money: 'What was already sent to the portal is in the journal; nothing is sent again by itself.',
    next: 'Try again. If it repeats, copy the diagnostics in Settings and report it with the reference.',
  },
  backend_closing: {
    title: 'The program is closing.',
    money: 'Writes on their way will land, the rest waits.',
    next: 'Start Sverka again and go on.',
  },
  connection_lost: {
    title: 'The connection to the program was lost before it answered.',
    money: 'It is not known here whether the action took place. Nothing is sent twice.',
    next: 'Wait for the connection and look into Operations before you repeat it.',
  },
  ledger_busy: {
    title: 'The ledger belongs to another window of Sverka ({owner}).',
    money: 'Nothing was changed.',
    next: 'Work in that window or close it, then try again.',
  },
  ledger_damaged: {
    title: 'The ledger file cannot be read ({detail}).',
    money: 'Payments in the portal are untouched.',
    next: 'Restore the newest backup in Settings.',
  },
  ledger_newer: {
    title: 'The ledger was written by a newer version of Sverka.',
    money: 'Nothing was changed.',
    next: 'Install the newest version on this computer.',
  },
  ledger_folder: {
    title: 'The data folder cannot be used: {reason}.',
    money: 'Nothing was changed.',
    next: 'Choose a folder on this computer’s own disk. Folder: {path}',
  },
  ledger_disk: {
    title: 'The disk did not take or give the ledger’s data ({detail}).',
    money: 'What was stored before is whole; the last step was not kept.',
    next: 'Check the disk: its room, your quota, its cable. Then try again; what was sent to a portal is settled by reading.',
  },
  ledger_restart: {
    title: 'Sverka has to be started anew before anything can be changed.',
    money: 'Nothing was changed.',
    next: 'Close this window and start Sverka again.',
  },
  ledger_full: {
    title: 'There is no room left on the disk.',
    money: 'What was stored before is whole; the last step was not kept.',
    next: 'Free some space and try again.',
  },
  policy_forbids: {
    title: 'The policy of your organisation forbids this: {reason}.',
    money: 'Nothing was changed.',
    next: 'Ask your administrator.',
  },
  not_found: {
    title: '{reason} no longer exists here.',
    money: 'Nothing was changed.',
    next: 'Refresh the list and choose again.',
  },
  vault_absent: {
    title: 'The system offers no keychain for secrets.',
    money: 'Nothing was changed.',
    next: 'Unlock or install the system’s keychain, or connect in the window: the secret then lives until the program ends.',
  },
  vault_failed: {
    title: 'The system’s keychain refused: {reason}.',
    money: 'Nothing was changed in the portal.',
    next: 'Unlock the keychain and try again.',
  },
  secret_argument: {
    title: 'A secret must not stand in the command line.',
    money: 'Nothing was changed.',
    next: 'Give it from a file or standard input, and change the secret: others could have seen it.',
  },
  portal_address: {
    title: 'This address cannot be used: {reason}.',
    money: 'Nothing was sent.',
    next: 'Copy the address from the portal again.',
  },
  portal_unreachable: {
    title: 'The portal cannot be reached: {reason}.',
    money: 'Nothing new was sent. What was in the air is settled by reading.',
    next: 'Check the network and the portal’s address, then try again.',
  },
  portal_moved: {
    title: 'The portal now answers from another address: {host}.',
    money: 'Nothing was sent there.',
    next: 'Make sure the address is yours, then confirm the move in Portals.',
  },
  portal_unreadable: {
    title: 'The portal’s answer could not be read (HTTP {status}).',
    money: 'If a change was being sent, it is settled by reading.',
    next: 'Wait a minute and try again.',
  },
  portal_writingOff: {
    title: 'This portal is read only in Sverka.',
    money: 'Nothing was sent.',
    next: 'Allow writing in Portals when you are ready.',
  },
  portal_disconnected: {
    title: 'This portal is disconnected.',
    money: 'Nothing was sent.',
    next: 'Connect it again in Portals.',
  },
  portal_secretGone: {
    title: 'What opens this portal is no longer on this computer.',
    money: 'Nothing was sent. Payments, matches and the journal are all here.',
    next: 'Connect the same portal again in Portals: everything goes on where it was.',
  },
  portal_mismatch: {
    title: 'Another portal answered than this one.',
    money: 'Nothing was changed, and no payments were mixed.',
    next: 'Use a webhook or a sign-in of this portal, or connect the other one as a portal of its own.',
  },
  rest_serverFailure: {
    title: 'The portal’s server failed (HTTP {status}).',
    money: 'If a change was being sent, it is settled by reading, never by sending again.',
    next: 'Try again in a few minutes.',
  },
  rest_unexpectedAnswer: {
    title: 'The portal answered in an unexpected way.',
    money: 'If a change was being sent, it is settled by reading.',
    next: 'Try again; if it repeats, check the portal in Portals.',
  },
  rest_rateLimited: {
    title: 'The portal asks for fewer requests.',
    money: 'The request was not carried out.',
    next: 'Sverka waits and goes on by itself. If it happens often, lower the limits in Portals.',
  },
  rest_batchForbidden: {
    title: 'The portal does not allow this method within a batch.',
    money: 'Nothing was changed.',
    next: 'Check the portal again: a slower way will be taken.',
  },
  rest_batchTooLong: {
    title: 'The portal found the batch too long.',
    money: 'Nothing was changed.',
    next: 'Try again; if it repeats, report it.',
  },
  rest_badToken: {
    title: 'The portal does not accept this webhook or token.',
    money: 'The request was not carried out. What was done before stands.',
    next: 'Make sure the webhook still exists, or sign in again in Portals.',
  },
  rest_httpsNeeded: {
    title: 'The portal wants HTTPS.',
    money: 'Nothing was sent.',
    next: 'Connect with an address that starts with https://',
  },
  rest_overloadBlocked: {
    title: 'Bitrix24 has blocked this portal’s REST by hand because of overload.',
    money: 'The request was not carried out. What was done before stands.',
    next: 'Only Bitrix24’s support lifts this: write to it from the portal, then check again. Asking on makes it worse, so Sverka does not.',
  },
  rest_planWithoutRest: {
    title: 'The portal’s plan does not include REST.',
    money: 'Nothing was changed.',
    next: 'The portal’s administrator needs a commercial plan with a Market subscription, or its trial; then check again.',
  },
  rest_noRights: {
    title: 'The portal user lacks the right for this.',
    money: 'Nothing was changed.',
    next: 'Connect as a user with rights to payments, best as an administrator.',
  },
  rest_noManifest: {
    title: 'The application is not fully installed in the portal.',
    money: 'Nothing was changed.',
    next: 'Finish its installation in the portal.',
  },
  rest_scopeMissing: {
    title: 'The webhook or application lacks the scope “{scope}”.',
    money: 'Nothing was changed.',
    next: 'Add the scope in the portal, then run the check again.',
  },
  rest_tokenExpired: {
    title: 'The sign-in has run out.',
    money: 'The request was not carried out.',
    next: 'Sign in again in Portals.',
  },
  rest_userShutOut: {
    title: 'An administrator closed the application to this user.',
    money: 'The request was not carried out. What was done before stands.',
    next: 'Ask the administrator to open the application to the user, or sign in as another one.',
  },
  rest_portalClosed: {
    title: 'The portal is closed or deleted.',
    money: 'Nothing was changed. What is stored here stays.',
    next: 'Ask the portal’s administrator; when it is open again, check it. If it is gone for good, disconnect it.',
  },
  rest_timeBudget: {
    title: 'The portal’s time budget for this method is used up until {resetAt}.',
    money: 'The request was not carried out.',
    next: 'Wait until then; a running job goes on by itself.',
  },
  rest_methodMissing: {
    title: 'The portal does not know the method “{method}”.',
    money: 'Nothing was changed.',
    next: 'Update the portal or run the check in Portals to take another way.',
  },
  rest_paymentMissing: {
    title: 'The payment no longer exists in the portal.',
    money: 'Nothing was changed.',
    next: 'Refresh the payments.',
  },
  rest_notFoundOrDenied: {
    title: 'The portal found nothing, or does not show it to this user.',
    money: 'Nothing was changed.',
    next: 'Refresh the payments and check the user’s rights.',
  },
  rest_argumentMissing: {
    title: 'The portal missed something in the request.',
    money: 'Nothing was changed.',
    next: 'Report it with the diagnostics from Settings.',
  },
  rest_shopMissing: {
    title: 'The portal’s online shop module is not set up.',
    money: 'Nothing was changed.',
    next: 'Ask the portal’s administrator to switch it on: payments live there.',
  },
  rest_refused: {
    title: 'The portal refused ({portalCode}).',
    money: 'Nothing was changed.',
    next: 'Look at the payment in the portal and try again.',
  },
  rest_answerShape: {
    title: 'The portal’s answer to “{method}” has an unknown shape.',
    money: 'If a change was being sent, it is settled by reading.',
    next: 'Report it with the diagnostics from Settings.',
  },
  oauth_invalidClient: {
    title: 'The portal does not know this client id and secret.',
    money: 'Nothing was changed.',
    next: 'Copy both again from the local application’s page.',
  },
  oauth_invalidGrant: {
    title: 'The sign-in is no longer valid.',
    money: 'What was done before stands; what waits is kept and can go on afterwards.',
    next: 'Sign in again; a code lives 30 seconds and is good for once.',
  },
  oauth_state: {
    title: 'The answer does not belong to this sign-in.',
    money: 'Nothing was changed.',
    next: 'Begin again, and use only the page that Sverka opened.',
  },
  oauth_expired: {
    title: 'The sign-in took longer than ten minutes.',
    money: 'Nothing was changed.',
    next: 'Begin the sign-in again.',
  },
  oauth_host: {
    title: 'The sign-in answer names an unknown server: {host}.',
    money: 'Nothing was sent there.',
    next: 'If the server is yours, type it when connecting; otherwise stop here.',
  },
  oauth_port: {
    title: 'The return port {port} is busy.',
    money: 'Nothing was changed.',
    next: 'Paste the code by hand, or choose another port in Settings and in the application.',
  },
  oauth_refused: {
    title: 'The sign-in was refused ({portalCode}).',
    money: 'Nothing was changed.',
    next: 'Check the application’s settings in the portal.',
  },
  file_gone: {
    title: 'The file is no longer there.',
    money: 'Nothing was imported.',
    next: 'Choose the file again.',
  },
  file_tooLarge: {
    title: 'The file is larger than {limitMb} MB.',
    money: 'Nothing was imported.',
    next: 'Export a shorter period from the bank.',
  },
  file_empty: {
    title: 'The file is empty.',
    money: 'Nothing was imported.',
    next: 'Export the statement from the bank again.',
  },
  statement_unknownFormat: {
    title: 'This is no statement format that Sverka knows.',
    money: 'Nothing was imported.',
    next: 'Export as 1C, MT940, CAMT, OFX, CSV or Excel.',
  },
  statement_otherDirection: {
    title: 'This file goes to the bank (payment orders), it is no statement.',
    money: 'Nothing was imported.',
    next: 'Export the statement of the account from the bank.',
  },
  statement_otherKind: {
    title: '{reason}.',
    money: 'Nothing was imported.',
    next: '{advice}',
  },
  statement_lettersLost: {
    title: 'The letters of this file were lost before it came here: it holds question marks.',
    money: 'Nothing was imported.',
    next: 'Export it from the bank again; do not save it in another program first.',
  },
  statement_xml: {
    title: 'The file breaks off or is damaged at line {line}.',
    money: 'Nothing was imported.',
    next: 'Export it from the bank again.',
  },
  statement_forbiddenXml: {
    title: 'The file holds XML parts that a statement never needs.',
    money: 'Nothing was imported.',
    next: 'Make sure it comes from your bank.',
  },
  statement_noAccount: {
    title: 'No statement of an account was found in the file.',
    money: 'Nothing was imported.',
    next: 'If it holds movements, type the account number in its row; otherwise ask the bank for a statement.',
  },
  statement_mappingNeeded: {
    title: 'Sverka must know which column is which.',
    money: 'Nothing was imported.',
    next: 'Choose the columns, the preview shows the result.',
  },
  statement_alreadyImported: {
    title: 'This very file was imported before.',
    money: 'Nothing was imported twice.',
    next: 'Leave it out.',
  },
  statement_inUse: {
    title: 'The file is still in use: accepted matches {matches}, operations {operations} rest on its lines.',
    money: 'Nothing was changed.',
    next: 'Take those matches back in Reconcile, and undo the operations, first.',
  },
  statement_marked: {
    title:
      'People marked lines of the file, and that would be lost: ignored ({ignored}), put aside ({held}), notes ({notes}).',
    money: 'Nothing was changed.',
    next: 'If that may be lost, ask to forget the import again and confirm.',
  },
  statement_givenNeeded: {
    title: 'The file does not say everything: {reason}.',
    money: 'Nothing was imported.',
    next: 'Say it in the row of the file, then import.',
  },
  statement_unwatched: {
    title: 'The file is cut off, or its balances do not add up.',
    money: 'Nothing was imported by itself.',
    next: 'Open it in the import screen and look, or export the statement from the bank again.',
  },
  statement_recordTooLong: {
    title: 'Line {line} is longer than {limitKb} KB, no statement has such a line.',
    money: 'Nothing was imported.',
    next: 'Export the statement from the bank again.',
  },
  statement_tooManyCells: {
    title: 'The workbook has more than {limit} cells.',
    money: 'Nothing was imported.',
    next: 'Export a shorter period, or the same as CSV.',
  },
  statement_investment: {
    title: 'The file is of an investment account: shares and funds, not payments.',
    money: 'Nothing was imported.',
    next: 'Export the statement of the bank account.',
  },
  statement_workbook: {
    title: 'The workbook cannot be read: {reason}.',
    money: 'Nothing was imported.',
    next: 'Open it in Excel, save it without a password as XLSX or CSV, and take that file.',
  },
  statement_archive: {
    title: 'This is an archive, not one statement.',
    money: 'Nothing was imported.',
    next: 'Drop it into the window: every file in it gets a row of its own.',
  },
  archive_damaged: {
    title: 'The archive is damaged or breaks off.',
    money: 'Nothing was imported.',
    next: 'Download it again, or unpack it and drop the files.',
  },
  archive_locked: {
    title: '“{name}” in the archive is locked with a password.',
    money: 'Nothing was imported.',
    next: 'Unpack the archive with its password and drop the files.',
  },
  archive_bomb: {
    title: 'Unpacked, the archive would be larger than {limitMb} MB.',
    money: 'Nothing was imported.',
    next: 'Unpack it yourself and drop only the statements.',
  },
  archive_members: {
    title: 'The archive holds more than {limit} files.',
    money: 'Nothing was imported.',
    next: 'Unpack it and drop the files in parts.',
  },
  archive_empty: {
    title: 'The archive holds no file.',
    money: 'Nothing was imported.',
    next: 'Download it from the bank again.',
  },
  archive_nested: {
    title: 'The archive holds another archive: “{name}”.',
    money: 'The archive inside was not imported.',
    next: 'Unpack it and drop the inner archive by itself.',
  },
  memory_spent: {
    title: 'Reading this file would need more than {limitMb} MB of memory.',
    money: 'Nothing was imported.',
    next: 'Export a shorter period, or the same as CSV.',
  },
  folder_unreachable: {
    title: 'The folder cannot be reached: {path}.',
    money: 'Nothing was imported.',
    next: 'Check the path and that the drive is connected; Sverka goes on looking by itself.',
  },
  line_used: {
    title: 'The line is matched, put aside or decided already.',
    money: 'Nothing was changed.',
    next: 'Take that decision back in Reconcile, then judge the line.',
  },
  match_overLine: {
    title: 'More would be allotted than the line holds.',
    money: 'Nothing was changed.',
    next: 'Lower the amounts.',
  },
  match_overPayment: {
    title: 'The payment would get more than its sum.',
    money: 'Nothing was changed.',
    next: 'Lower the amount, or accept the surplus knowingly.',
  },
  match_currency: {
    title: 'Line and payment have different currencies.',
    money: 'Nothing was changed.',
    next: 'Choose a payment in the line’s currency.',
  },
  match_account: {
    title: 'This bank account is bound to another portal or to none.',
    money: 'Nothing was changed.',
    next: 'Bind the account in Statements.',
  },
  match_unproved: {
    title: 'The balances of the file do not add up, its lines are not certain.',
    money: 'Nothing was changed.',
    next: 'Check the file and clear it, or accept line by line.',
  },
  match_locked: {
    title: 'The period is closed for this account.',
    money: 'Nothing was changed.',
    next: 'Reopen the period if it must be changed.',
  },
  match_changed: {
    title: 'Something changed since this was shown.',
    money: 'Nothing was changed by you.',
    next: 'Look at the new figures and decide again.',
  },
  plan_stale: {
    title: 'The plan no longer fits what is in the ledger.',
    money: 'Nothing was sent.',
    next: 'Make the plan again.',
  },
  plan_expired: {
    title: 'The plan is older than a day.',
    money: 'Nothing was sent.',
    next: 'Make the plan again.',
  },
  plan_empty: {
    title: 'Nothing of the selection can be changed.',
    money: 'Nothing was sent.',
    next: 'Look at the reasons in the plan and choose other payments.',
  },
  plan_reasonNeeded: {
    title: 'A reason is needed here.',
    money: 'Nothing was sent.',
    next: 'Write why the payments are taken back.',
  },
  plan_numberTyped: {
    title: 'The typed number is not the payment’s number.',
    money: 'Nothing was sent.',
    next: 'Type the number exactly as shown.',
  },
  plan_field: {
    title: 'The value of the field “{field}” cannot be used.',
    money: 'Nothing was sent.',
    next: 'Correct the field.',
  },
  write_touched: {
    title: 'The portal changed more than was asked for: {fields}.',
    money: 'The payment was written; the fields named here changed unasked. Nothing more was sent.',
    next: 'Look at the payment in the portal, and do not go on before you know why.',
  },
  plan_paid: {
    title: 'A paid payment is not deleted.',
    money: 'Nothing was sent.',
    next: 'Mark it unpaid first.',
  },
  undo_impossible: {
    title: 'This can no longer be undone: the payment does not show what was written.',
    money: 'Nothing was sent.',
    next: 'Look at the payment in the portal.',
  },
  job_notStoppable: {
    title: 'This step cannot be stopped any more.',
    money: 'What was sent will land.',
    next: 'Wait for its end.',
  },
  job_notResumable: {
    title: 'This job cannot be continued.',
    money: 'Nothing was sent.',
    next: 'Begin it anew.',
  },
  job_running: {
    title: 'A job of this kind is running already.',
    money: 'Nothing was started twice.',
    next: 'Wait for it or stop it.',
  },
  confirm_mismatch: {
    title: 'The typed text does not match.',
    money: 'Nothing was changed.',
    next: 'Type it exactly as shown.',
  },
  backup_unreadable: {
    title: 'This file is no backup of Sverka, or it is damaged.',
    money: 'The present ledger is untouched.',
    next: 'Choose another file.',
  },
} as const satisfies Record<KeyOf<FaultCode>, Words>

export const faults = {
  words,
  reasons: {
    folder: {
      network: 'it is on a network drive',
      synchronised: 'it is synchronised with a cloud',
      unwritable: 'it cannot be written to',
    },
    address: {
      shape: 'it does not look like a portal’s address',
      notHttps: 'it does not start with https://',
      notWebhook: 'it is not the address of an incoming webhook',
      returnedOther: 'the portal answered for another address',
    },
    unreachable: {
      dns: 'its name is not known to the network',
      refused: 'the connection was refused',
      tls: 'its certificate could not be checked',
      timeout: 'no answer in time',
      reset: 'the connection broke',
      proxy: 'the proxy refused',
      other: 'the network failed',
    },
    policy: {
      writing: 'writing to portals',
      delete: 'deleting payments',
      updates: 'checking for updates',
    },
    missing: {
      portal: 'The portal',
      payment: 'The payment',
      line: 'The statement line',
      file: 'The file',
      plan: 'The plan',
      operation: 'The operation',
      job: 'The job',
      account: 'The bank account',
      match: 'The match',
      decision: 'The decision',
    },
    vault: {
      put: 'the secret could not be stored',
      take: 'the secret could not be read',
      drop: 'the secret could not be removed',
    },
    otherKind: {
      pdf: 'A PDF holds no statement that a program can read',
      archive: 'This is an archive, RAR, 7z or of another kind that cannot be unpacked here',
      image: 'A picture holds no statement that a program can read',
      document: 'A text document holds no statement that a program can read',
      json: 'A JSON file holds no statement that a program can read',
    },
    otherKindNext: {
      bank: 'Ask the bank for the statement as 1C, MT940, CAMT, OFX, CSV or Excel.',
      unpack: 'Unpack it and drop the files themselves here.',
    },
    workbook: {
      locked: 'it is locked with a password',
      damaged: 'it is damaged',
      noTable: 'no sheet holds a table',
    },
    needs: {
      mapping: 'which column is which',
      account: 'the account',
      currency: 'the currency',
      dateOrder: 'whether the day or the month comes first',
    },
  },
} as const
