// The filters of the Reconcile screen as conditions over lines.

import type { z } from 'zod'
import type { ReconcileFilter } from '../../../contract/match.ts'
import type { Bind } from '../prepared.ts'
import { lineStandingSql } from './lines.ts'
import { searchedWords } from './search-text.ts'

type Filter = z.output<typeof ReconcileFilter>

const stateSql: Record<Filter['state'], string> = {
  left: `${lineStandingSql} IN ('open', 'proposed', 'partly')`,
  decided: `${lineStandingSql} IN ('matched', 'ignored', 'held')`,
  all: `${lineStandingSql} NOT IN ('duplicate', 'detailed')`,
}

export function reconcileWhere(filter: Filter, today: string): { where: string; bind: Bind } {
  const parts = ['line.live = 1', stateSql[filter.state]]
  const bind: Bind = { today }
  const add = (sql: string, name: string, value: string | number | undefined): void => {
    if (value === undefined) return
    parts.push(sql)
    bind[name] = value
  }
  add('line.account = :account', 'account', filter.account)
  add('line.file_id = :file', 'file', filter.fileId)
  add(
    `EXISTS (SELECT 1 FROM bank_account AS b WHERE b.account = line.account AND b.currency = line.currency
       AND (b.portal_id = :portal OR b.portal_id IS NULL))`,
    'portal',
    filter.portalId,
  )
  add(
    'line.zone IN (SELECT value FROM json_each(:zones))',
    'zones',
    filter.zone && filter.zone.length > 0 ? JSON.stringify(filter.zone) : undefined,
  )
  if (filter.direction !== 'both')
    parts.push(filter.direction === 'in' ? 'line.amount_minor > 0' : 'line.amount_minor < 0')
  searchedWords(filter.text).forEach((word, index) =>
    add(`instr(line.search, :word${index}) > 0`, `word${index}`, word),
  )
  return { where: `WHERE ${parts.join(' AND ')}`, bind }
}
