// Lines of a file that is only looked at, held against the ledger as an import would hold them. They lie in temporary
// tables on the disk, so that a file of a million lines costs no memory.

import type { DatabaseSync } from 'node:sqlite'
import type { StatementFormat, StatementLine } from '../../contract/statement.ts'
import { insert, number, one, prepared } from './prepared.ts'
import type { Row } from './prepared.ts'
import { findDoubtful } from './tables/doubtful.ts'
import { findTwin } from './tables/twins.ts'
import type { Identity } from './tables/twins.ts'

export interface GlanceLines {
  /** `statement` is the position of the line's statement in the file. */
  add(statement: number, account: string, line: Omit<StatementLine, 'index'>, identity: Identity): void
  /** How many lines of each statement another file has letter by letter, and how many it may have in other words. */
  counts(): { known: number[]; doubtful: number[] }
}

/** Over a connection of its own, which may be one that only reads; it is closed by whoever opened it. */
export function createGlanceLines(db: DatabaseSync, format: StatementFormat): GlanceLines {
  db.exec(`PRAGMA temp_store = FILE;
    CREATE TEMP TABLE looked (id INTEGER PRIMARY KEY, statement INTEGER, account TEXT, currency TEXT, bank_day TEXT,
      amount_minor INTEGER, party_account TEXT, party_tax_id TEXT, document_number TEXT, bank_reference TEXT);
    CREATE TEMP TABLE looked_known (id INTEGER PRIMARY KEY);
    BEGIN`)
  const known: number[] = []
  return {
    add(statement, account, line, identity) {
      const twin = findTwin(db, identity)
      if (twin && (twin.booked || !line.booked)) {
        known[statement] = (known[statement] ?? 0) + 1
        insert(db, 'INSERT INTO looked_known VALUES (:id) ON CONFLICT DO NOTHING', { id: twin.id })
      } else if (line.booked && hasNeighbour(db, account, line)) keep(db, statement, account, line)
    },
    counts() {
      const doubtful: number[] = []
      const pairs = findDoubtful(db, {
        asked: `SELECT id, '${format}' AS format, account, currency, bank_day, amount_minor, party_account, party_tax_id,
          document_number, bank_reference FROM looked`,
        known: 'SELECT id FROM looked_known',
        except: [],
        bind: {},
      })
      const statementOf = prepared(db, 'SELECT statement FROM looked WHERE id = :id')
      for (const { id } of pairs) {
        const statement = number(statementOf.get({ id }) as Row, 'statement')
        doubtful[statement] = (doubtful[statement] ?? 0) + 1
      }
      return { known, doubtful }
    },
  }
}

/** Whether any file has a line of this account, currency, day and sum: most lines of a new file end here. */
function hasNeighbour(db: DatabaseSync, account: string, line: Omit<StatementLine, 'index'>): boolean {
  const sql = `SELECT 1 AS n FROM line WHERE account = :account AND currency = :currency AND bank_day = :day
    AND amount_minor = :amount LIMIT 1`
  const bind = { account, currency: line.currency, day: line.bankDay, amount: line.amountMinor }
  return one(db, sql, bind) !== undefined
}

function keep(
  db: DatabaseSync,
  statement: number,
  account: string,
  line: Omit<StatementLine, 'index'>,
): void {
  insert(
    db,
    `INSERT INTO looked VALUES (NULL, :statement, :account, :currency, :day, :amount, :party, :taxId, :document, :reference)`,
    {
      statement,
      account,
      currency: line.currency,
      day: line.bankDay,
      amount: line.amountMinor,
      party: line.counterparty.account,
      taxId: line.counterparty.taxId,
      document: line.documentNumber,
      reference: line.bankReference,
    },
  )
}
