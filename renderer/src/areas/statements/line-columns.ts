// The columns of the lines grid.

import type { LineRow } from '../../../../electron/contract/statement-row.ts'
import type { GridColumn } from '../../grid/columns.ts'
import type { Text } from '../../text/language.ts'
import { lineTones } from '../../ui/tones.ts'
import { shortAccount } from './words.ts'

export function lineColumns({ t, format }: Text): GridColumn<LineRow>[] {
  const f = format.value
  return [
    {
      id: 'bankDay',
      header: t('statements.column.day'),
      width: 105,
      sortable: true,
      opens: true,
      value: (row) => f.day(row.bankDay),
    },
    {
      id: 'amountMinor',
      header: t('statements.column.amount'),
      width: 125,
      align: 'right',
      sortable: true,
      value: (row) => f.movement(row.amountMinor, row.currency),
      tone: (row) => (row.amountMinor > 0 ? 'good' : null),
    },
    { id: 'currency', header: t('statements.column.currency'), width: 75, value: (row) => row.currency },
    {
      id: 'counterparty',
      header: t('statements.column.counterparty'),
      width: 170,
      sortable: true,
      value: (row) => row.counterparty.name,
    },
    {
      id: 'taxId',
      header: t('statements.column.taxId'),
      width: 120,
      hidden: true,
      value: (row) => row.counterparty.taxId,
    },
    {
      id: 'purpose',
      header: t('statements.column.purpose'),
      flex: 1,
      minWidth: 220,
      value: (row) => row.purpose,
    },
    {
      id: 'documentNumber',
      header: t('statements.column.document'),
      width: 95,
      sortable: true,
      value: (row) => row.documentNumber,
    },
    {
      id: 'standing',
      header: t('statements.column.standing'),
      width: 185,
      value: (row) => t(`ui.line.${row.standing}`),
      badge: (row) => lineTones[row.standing],
    },
    {
      id: 'allotted',
      header: t('statements.column.allotted'),
      width: 130,
      align: 'right',
      hidden: true,
      value: (row) => (row.allottedMinor === 0 ? '' : f.amount(row.allottedMinor, row.currency)),
    },
    {
      id: 'account',
      header: t('statements.column.account'),
      width: 130,
      hidden: true,
      value: (row) => shortAccount(row.account),
    },
    { id: 'note', header: t('statements.column.note'), width: 180, hidden: true, value: (row) => row.note },
    {
      id: 'index',
      header: t('statements.column.place'),
      width: 110,
      align: 'right',
      hidden: true,
      sortable: true,
      value: (row) => f.count(row.place.line),
    },
  ]
}
