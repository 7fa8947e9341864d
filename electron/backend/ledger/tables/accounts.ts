// Bank accounts: which portal and own company each belongs to (money rule 4), and the chain of its statements.

import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import type { BankAccount, ChainBreak } from '../../../contract/account.ts'
import { findChainBreaks } from '../../../domain/statements/account-chain.ts'
import type { ChainLink } from '../../../domain/statements/account-chain.ts'
import { all, flag, number, numberOrNull, one, run, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { readOwnCompanies } from './portals.ts'
import { deriveStandings, fileWasCut, proofDaysOf } from './standing.ts'

/** ISO 4217: no currency. What a statement that names none is read with; such an account is never bound or matched. */
export const noCurrency = 'XXX'

export function readAccounts(db: DatabaseSync, _: null): BankAccount[] {
  const companies = readOwnCompanies(db, null)
  return all(
    db,
    `SELECT bank_account.*, min(from_day) AS from_day, max(to_day) AS to_day, coalesce(sum(statement.lines), 0) AS lines
     FROM bank_account LEFT JOIN statement USING (account, currency)
     GROUP BY account, currency ORDER BY account, currency`,
  ).map((row) => {
    const account = text(row, 'account')
    const portalId = textOrNull(row, 'portal_id')
    const ownCompanyId = numberOrNull(row, 'own_company_id')
    return {
      account,
      currency: text(row, 'currency'),
      owner: text(row, 'owner'),
      portalId,
      ownCompanyId,
      ownCompanyName:
        companies.find((company) => company.portalId === portalId && company.id === ownCompanyId)?.name ??
        null,
      from: textOrNull(row, 'from_day'),
      to: textOrNull(row, 'to_day'),
      lines: number(row, 'lines'),
      proposals: companies
        .filter((company) => company.accounts.includes(bareAccount(account)))
        .map((company) => ({
          portalId: company.portalId,
          ownCompanyId: company.id,
          ownCompanyName: company.name,
        })),
    }
  })
}

/** An account as requisites hold it: MT940 writes the bank's code before it (`BIC/account`), ISO 13616 allows blanks. */
function bareAccount(account: string): string {
  return (account.split('/').at(-1) ?? account).replaceAll(/\s/g, '').toUpperCase()
}

/** Binds an account; portals on either side derive their standings anew. */
export function bindAccount(
  db: DatabaseSync,
  input: {
    account: string
    currency: string
    portalId: string | null
    ownCompanyId: number | null
    at: string
    journal: NewJournalRow
  },
): null {
  if (input.currency === noCurrency) throw new Refusal({ code: 'match.currency' })
  const key = { account: input.account, currency: input.currency }
  const before = all(
    db,
    'SELECT portal_id FROM bank_account WHERE account = :account AND currency = :currency',
    key,
  )[0]
  if (!before) throw new Refusal({ code: 'not.found', what: 'account' })
  run(
    db,
    `UPDATE bank_account SET portal_id = :portal, own_company_id = :own, bound_at = :at WHERE account = :account AND currency = :currency`,
    { ...key, portal: input.portalId, own: input.ownCompanyId, at: input.at },
  )
  for (const portal of new Set([textOrNull(before, 'portal_id'), input.portalId])) {
    if (portal !== null) deriveStandings(db, portal, null, proofDaysOf(db))
  }
  appendJournal(db, input.journal)
  return null
}

interface Link extends ChainLink {
  fileId: number
}

/** Where the statements of every account break: in its order of days. */
export function readChainBreaks(db: DatabaseSync, _: null): ChainBreak[] {
  const rows = all(
    db,
    `SELECT statement.*, ${fileWasCut} AS cut FROM statement JOIN file ON file.id = file_id
     WHERE complete = 1 AND from_day IS NOT NULL AND to_day IS NOT NULL ORDER BY account, currency, from_day, to_day, statement.id`,
  )
  const accounts = Map.groupBy(rows, (row) => `${text(row, 'account')} ${text(row, 'currency')}`)
  return [...accounts.values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const [account, currency] = [text(first, 'account'), text(first, 'currency')]
    return findChainBreaks(account, currency, own.map(toLink), (before, after, { from, to }) =>
      tellsMore(db, { account, currency, from, to, one: before.fileId, other: after.fileId }),
    )
  })
}

function toLink(row: Row): Link {
  return {
    fileId: number(row, 'file_id'),
    from: text(row, 'from_day'),
    to: text(row, 'to_day'),
    openingMinor: numberOrNull(row, 'opening_minor'),
    closingMinor: numberOrNull(row, 'closing_minor'),
    cut: flag(row, 'cut'),
  }
}

/** Whether either of two files has a booked line of these days that no other file is known, or supposed, to repeat. */
function tellsMore(
  db: DatabaseSync,
  bind: { account: string; currency: string; from: string; to: string; one: number; other: number },
): boolean {
  const sql = `SELECT 1 AS n FROM line INDEXED BY line_bucket
    WHERE account = :account AND currency = :currency AND bank_day BETWEEN :from AND :to AND file_id IN (:one, :other)
      AND live = 1 AND booked = 1 AND duplicate = 0 AND doubtful = 0
      AND NOT EXISTS (SELECT 1 FROM line AS repeat WHERE repeat.twin_id = line.id AND (repeat.duplicate = 1 OR repeat.doubtful = 1))
    LIMIT 1`
  return one(db, sql, bind) !== undefined
}
