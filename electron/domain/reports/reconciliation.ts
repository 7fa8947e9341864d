// The reconciliation report: both doubts in one file, and the statement an auditor knows.

import type { JournalRow } from '../../contract/journal.ts'
import type { Reason } from '../../contract/match.ts'
import type { PaymentColumn, PaymentRow } from '../../contract/payment.ts'
import type { LineRow } from '../../contract/statement-row.ts'
import { createTally, dayCell, empty, moneyCell, numberCell, textCell } from './cells.ts'
import type { Cell, Sheet } from './cells.ts'
import { journalSheet, lineSheet, mapRows, paymentSheet } from './grids.ts'
import { sayReasons } from './reason-words.ts'
import { wordsIn } from './words.ts'
import type { Language, Words } from './words.ts'

/** One bank account over the period; balances null where no statement tells them. */
export interface AccountFigures {
  account: string
  currency: string
  openingMinor: number | null
  inMinor: number
  outMinor: number
  closingMinor: number | null
  matchedMinor: number
  unmatchedMinor: number
}

export interface MatchedRow {
  line: LineRow
  accountNumber: string
  payerName: string
  amountMinor: number
  paid: boolean
  reasons: readonly Reason[]
}

/** Keys of words that are plain text. */
export type Said = { [K in keyof Words]: Words[K] extends string ? K : never }[keyof Words]

export interface ReconciliationSource {
  /** Titles by their key; the text `partial` stands for the sentence of that name. */
  about: readonly (readonly [title: Said, text: string])[]
  accounts: readonly AccountFigures[]
  /** Counts and sums by heading, for the summary. */
  headings: readonly { title: Said; count: number; sums: readonly { minor: number; currency: string }[] }[]
  matched: Iterable<MatchedRow>
  toPay: Iterable<PaymentRow>
  toTakeBack: Iterable<PaymentRow>
  differences: Iterable<PaymentRow>
  linesWithoutPayment: Iterable<LineRow>
  paymentsWithoutLine: Iterable<PaymentRow>
  changes: Iterable<JournalRow>
}

const shown: readonly PaymentColumn[] = [
  'accountNumber',
  'order',
  'payer',
  'taxId',
  'sum',
  'currency',
  'matched',
  'paid',
  'paidAt',
  'bankDay',
  'documentNumber',
  'standing',
]

export function reconciliationSheets(source: ReconciliationSource, language: Language): Sheet[] {
  const words = wordsIn(language)
  const payments = (rows: Iterable<PaymentRow>, name: string): Sheet => ({
    ...paymentSheet(rows, language, shown),
    name,
  })
  return [
    summarySheet(source, words),
    matchedSheet(source.matched, words, language),
    payments(source.toPay, words.toPay),
    payments(source.toTakeBack, words.toTakeBack),
    payments(source.differences, words.differences),
    lineSheet(source.linesWithoutPayment, language, words.linesWithoutPayment),
    payments(source.paymentsWithoutLine, words.paymentsWithoutLine),
    journalSheet(source.changes, language, words.changes),
  ]
}

function summarySheet(source: ReconciliationSource, words: Words): Sheet {
  const titles = [
    'account',
    'currency',
    'opening',
    'moneyIn',
    'moneyOut',
    'closing',
    'matched',
    'unmatched',
    'matchedShare',
  ] as const
  const money = (minor: number | null, currency: string): Cell =>
    minor === null ? empty : moneyCell(minor, currency)
  const accounts = source.accounts.map((row): readonly Cell[] => [
    textCell(row.account),
    textCell(row.currency),
    money(row.openingMinor, row.currency),
    money(row.inMinor, row.currency),
    money(row.outMinor, row.currency),
    money(row.closingMinor, row.currency),
    money(row.matchedMinor, row.currency),
    money(row.unmatchedMinor, row.currency),
    row.matchedMinor + row.unmatchedMinor === 0
      ? empty
      : { kind: 'percent', share: row.matchedMinor / (row.matchedMinor + row.unmatchedMinor) },
  ])
  const headings = source.headings.flatMap(({ title, count, sums }): (readonly Cell[])[] =>
    (sums.length === 0 ? [null] : sums).map((sum) => [
      textCell(words[title]),
      sum ? textCell(sum.currency) : empty,
      numberCell(count),
      sum ? moneyCell(sum.minor, sum.currency) : empty,
    ]),
  )
  return {
    name: words.summary,
    columns: titles.map((title, index) => ({
      title: words[title],
      width: index === 0 ? 34 : index === 1 ? 24 : 18,
      ...(index > 1 ? { align: 'right' as const } : {}),
    })),
    rows: accounts,
    footer: () => [
      [],
      [textCell(words.standing), textCell(words.currency), textCell(words.count), textCell(words.sum)],
      ...headings,
      [],
      ...source.about.map(([title, text]): readonly Cell[] => [
        textCell(words[title]),
        textCell(text === 'partial' ? words.partial : text),
      ]),
    ],
  }
}

function matchedSheet(rows: Iterable<MatchedRow>, words: Words, language: Language): Sheet {
  const tally = createTally()
  return {
    name: words.matched,
    columns: [
      { title: words.bankDay, width: 12 },
      { title: words.document, width: 12 },
      { title: words.counterparty, width: 34 },
      { title: words.purpose, width: 60 },
      { title: words.number, width: 14 },
      { title: words.payer, width: 34 },
      { title: words.allotted, width: 18, align: 'right' },
      { title: words.currency, width: 8 },
      { title: words.columns.paid, width: 10 },
      { title: words.reasons, width: 70 },
    ],
    rows: mapRows(rows, (row) => {
      tally.add(row.amountMinor, row.line.currency)
      return [
        dayCell(row.line.bankDay),
        textCell(row.line.documentNumber),
        textCell(row.line.counterparty.name),
        textCell(row.line.purpose),
        textCell(row.accountNumber),
        textCell(row.payerName),
        moneyCell(row.amountMinor, row.line.currency),
        textCell(row.line.currency),
        textCell(row.paid ? words.yes : words.no),
        textCell(sayReasons(row.reasons, language)),
      ]
    }),
    footer: () =>
      tally
        .sums()
        .map((sum) => [
          textCell(`${words.total} ${sum.currency}`),
          empty,
          empty,
          empty,
          empty,
          empty,
          moneyCell(sum.minor, sum.currency),
        ]),
  }
}
