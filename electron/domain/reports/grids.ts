// The grids as sheets: the same rows and columns that the screen shows.

import type { JournalRow } from '../../contract/journal.ts'
import type { Reason, ReconcileRow } from '../../contract/match.ts'
import type { OperationItem } from '../../contract/operation.ts'
import type { PaymentColumn, PaymentRow } from '../../contract/payment.ts'
import { paymentColumns } from '../../contract/payment.ts'
import type { LineRow } from '../../contract/statement-row.ts'
import { createTally, dayCell, empty, momentCell, moneyCell, numberCell, textCell } from './cells.ts'
import type { Cell, Column, Sheet } from './cells.ts'
import { sayReasons } from './reason-words.ts'
import { wordsIn } from './words.ts'
import type { Language, Words } from './words.ts'

const widths: Record<PaymentColumn, number> = {
  accountNumber: 14,
  order: 12,
  owner: 28,
  payer: 34,
  taxId: 14,
  sum: 16,
  currency: 8,
  paid: 10,
  paidAt: 18,
  billDay: 12,
  paySystem: 22,
  matched: 16,
  bankDay: 12,
  documentNumber: 14,
  voucher: 14,
  ownCompany: 26,
  standing: 22,
  id: 10,
}

/** Payments with the chosen columns in the chosen order; sums are totalled per currency. */
export function paymentSheet(
  rows: Iterable<PaymentRow>,
  language: Language,
  columns: readonly PaymentColumn[] = paymentColumns,
): Sheet {
  const words = wordsIn(language)
  const tally = createTally()
  const at = columns.indexOf('sum')
  return {
    name: words.payments,
    columns: columns.map((column): Column => ({
      title: words.columns[column],
      width: widths[column],
      ...(column === 'sum' || column === 'matched' ? { align: 'right' } : {}),
    })),
    rows: mapRows(rows, (row) => {
      tally.add(row.sumMinor, row.currency)
      return columns.map((column) => paymentCell(row, column, words))
    }),
    footer: () =>
      tally
        .sums()
        .map((sum) =>
          columns.map((_, index) =>
            index === at
              ? moneyCell(sum.minor, sum.currency)
              : index === 0
                ? textCell(`${words.total} ${sum.currency}`)
                : empty,
          ),
        ),
  }
}

function paymentCell(row: PaymentRow, column: PaymentColumn, words: Words): Cell {
  switch (column) {
    case 'id':
      return textCell(String(row.id))
    case 'accountNumber':
      return textCell(row.accountNumber)
    case 'order':
      return textCell(row.orderNumber)
    case 'owner':
      return textCell(row.owner?.title ?? '')
    case 'payer':
      return textCell(row.payer?.name ?? '')
    case 'taxId':
      return textCell(row.payer?.taxId ?? '')
    case 'sum':
      return moneyCell(row.sumMinor, row.currency)
    case 'currency':
      return textCell(row.currency)
    case 'paid':
      return textCell(row.paid ? words.yes : words.no)
    case 'paidAt':
      return momentCell(row.paidAt)
    case 'billDay':
      return dayCell(row.billDay)
    case 'paySystem':
      return textCell(row.paySystemName)
    case 'matched':
      return row.matchedMinor === 0 ? empty : moneyCell(row.matchedMinor, row.currency)
    case 'bankDay':
      return dayCell(row.bankDay)
    case 'documentNumber':
      return textCell(row.documentNumber)
    case 'voucher':
      return textCell(row.voucherNumber)
    case 'ownCompany':
      return textCell(row.ownCompanyName)
    case 'standing':
      return textCell(words.standings[row.standing])
  }
}

export function lineSheet(rows: Iterable<LineRow>, language: Language, name?: string): Sheet {
  const words = wordsIn(language)
  const tally = createTally()
  return {
    name: name ?? words.lines,
    columns: [
      { title: words.bankDay, width: 12 },
      { title: words.account, width: 24 },
      { title: words.amount, width: 16, align: 'right' },
      { title: words.currency, width: 8 },
      { title: words.counterparty, width: 34 },
      { title: words.taxId, width: 14 },
      { title: words.purpose, width: 60 },
      { title: words.document, width: 12 },
      { title: words.standing, width: 20 },
      { title: words.allotted, width: 16, align: 'right' },
      { title: words.note, width: 24 },
    ],
    rows: mapRows(rows, (line) => {
      tally.add(line.amountMinor, line.currency)
      return [
        dayCell(line.bankDay),
        textCell(line.account),
        moneyCell(line.amountMinor, line.currency),
        textCell(line.currency),
        textCell(line.counterparty.name),
        textCell(line.counterparty.taxId),
        textCell(line.purpose),
        textCell(line.documentNumber),
        textCell(words.lineStandings[line.standing]),
        line.allottedMinor === 0 ? empty : moneyCell(line.allottedMinor, line.currency),
        textCell(line.note),
      ]
    }),
    footer: () =>
      tally
        .sums()
        .map((sum) => [
          textCell(`${words.total} ${sum.currency}`),
          empty,
          moneyCell(sum.minor, sum.currency),
        ]),
  }
}

export function proposalSheet(
  rows: Iterable<ReconcileRow & { reasons: readonly Reason[] }>,
  language: Language,
): Sheet {
  const words = wordsIn(language)
  return {
    name: words.proposals,
    columns: [
      { title: words.bankDay, width: 12 },
      { title: words.amount, width: 16, align: 'right' },
      { title: words.currency, width: 8 },
      { title: words.counterparty, width: 34 },
      { title: words.purpose, width: 60 },
      { title: words.zone, width: 14 },
      { title: words.confidence, width: 12, align: 'right' },
      { title: words.number, width: 24 },
      { title: words.reasons, width: 70 },
      { title: words.standing, width: 20 },
    ],
    rows: mapRows(rows, ({ line, zone, best, reasons }) => [
      dayCell(line.bankDay),
      moneyCell(line.amountMinor, line.currency),
      textCell(line.currency),
      textCell(line.counterparty.name),
      textCell(line.purpose),
      textCell(words.zones[zone]),
      best ? { kind: 'percent', share: best.confidence } : empty,
      textCell(best?.numbers.join(', ') ?? ''),
      textCell(sayReasons(reasons, language)),
      textCell(words.lineStandings[line.standing]),
    ]),
  }
}

export function operationSheet(rows: Iterable<OperationItem>, language: Language): Sheet {
  const words = wordsIn(language)
  const tally = createTally()
  const state = (shown: OperationItem['before']) =>
    textCell(shown ? (shown.paid ? words.paid : words.notPaid) : '')
  return {
    name: words.operation,
    columns: [
      { title: words.number, width: 14 },
      { title: words.payer, width: 34 },
      { title: words.sum, width: 16, align: 'right' },
      { title: words.currency, width: 8 },
      { title: words.outcome, width: 36 },
      { title: words.before, width: 14 },
      { title: words.after, width: 14 },
      { title: words.at, width: 18 },
    ],
    rows: mapRows(rows, (item) => {
      tally.add(item.sumMinor, item.currency)
      return [
        textCell(item.accountNumber),
        textCell(item.payerName),
        moneyCell(item.sumMinor, item.currency),
        textCell(item.currency),
        textCell(words.states[item.state]),
        state(item.before),
        state(item.after),
        momentCell(item.at),
      ]
    }),
    footer: () =>
      tally
        .sums()
        .map((sum) => [
          textCell(`${words.total} ${sum.currency}`),
          empty,
          moneyCell(sum.minor, sum.currency),
        ]),
  }
}

export function journalSheet(rows: Iterable<JournalRow>, language: Language, name?: string): Sheet {
  const words = wordsIn(language)
  return {
    name: name ?? words.journal,
    columns: [
      { title: words.record, width: 10, align: 'right' },
      { title: words.at, width: 18 },
      { title: words.kind, width: 24 },
      { title: words.who, width: 28 },
      { title: words.columns.id, width: 10 },
      { title: words.content, width: 80 },
      { title: words.hash, width: 66 },
    ],
    rows: mapRows(rows, (row) => [
      numberCell(row.seq),
      momentCell(row.at),
      textCell(words.journalKinds[row.kind]),
      textCell(
        [`${row.actor.account}@${row.actor.computer}`, row.actor.portalUser].filter(Boolean).join(', '),
      ),
      textCell(row.paymentId === null ? '' : String(row.paymentId)),
      textCell(JSON.stringify(row.body)),
      textCell(row.hash),
    ]),
  }
}

export function* mapRows<R>(rows: Iterable<R>, map: (row: R) => readonly Cell[]): Generator<readonly Cell[]> {
  for (const row of rows) yield map(row)
}
