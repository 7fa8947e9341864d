// Payers as the ledger keeps them.

import { number, text } from '../prepared.ts'
import type { Row } from '../prepared.ts'

export interface PayerRow {
  key: string
  kind: 'company' | 'contact'
  id: number
  name: string
  taxIds: string[]
  accounts: { account: string; bankCode: string }[]
}

export function toPayer(row: Row): PayerRow {
  return {
    key: text(row, 'key'),
    kind: text(row, 'kind') as PayerRow['kind'],
    id: number(row, 'id'),
    name: text(row, 'name'),
    taxIds: JSON.parse(text(row, 'tax_ids_json')) as string[],
    accounts: JSON.parse(text(row, 'accounts_json')) as PayerRow['accounts'],
  }
}
