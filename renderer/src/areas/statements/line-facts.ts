// What a line says, field by field.

import type { LineRow } from '../../../../electron/contract/statement-row.ts'
import type { Text } from '../../text/language.ts'

export interface LineFact {
  id: string
  name: string
  value: string
}

/** All fields in reading order; a field that the line does not have is ''. */
export function lineFacts(row: LineRow, { t, format }: Text): LineFact[] {
  const f = format.value
  const { counterparty } = row
  return [
    { id: 'day', name: t('statements.column.day'), value: f.day(row.bankDay) },
    {
      id: 'amount',
      name: t('statements.column.amount'),
      value: `${f.movement(row.amountMinor, row.currency)}\u00A0${row.currency}`,
    },
    { id: 'account', name: t('statements.line.account'), value: row.account },
    { id: 'counterparty', name: t('statements.line.counterparty'), value: counterparty.name },
    { id: 'taxId', name: t('statements.line.taxId'), value: counterparty.taxId },
    { id: 'theirAccount', name: t('statements.line.theirAccount'), value: counterparty.account },
    { id: 'bankCode', name: t('statements.line.bankCode'), value: counterparty.bankCode },
    { id: 'purpose', name: t('statements.line.purpose'), value: row.purpose },
    {
      id: 'document',
      name: t('statements.line.document'),
      value: [row.documentNumber, f.day(row.documentDay)].filter(Boolean).join(' · '),
    },
    { id: 'reference', name: t('statements.line.reference'), value: row.bankReference },
    { id: 'valueDay', name: t('statements.line.valueDay'), value: f.day(row.valueDay) },
    {
      id: 'allotted',
      name: t('statements.line.allotted'),
      value: row.allottedMinor === 0 ? '' : f.sum(row.allottedMinor, row.currency),
    },
  ]
}
