/** A bank's CSV: windows-1251, semicolons, Russian headers, balances above and below the table. */
import { russianDay } from '../moments.ts'
import {
  type BankAccount,
  type BankLine,
  type StatementPeriod,
  closingMinor,
  printMinor,
} from './statement.ts'
import { toWindows1251 } from './windows1251.ts'

function cell(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function row(cells: readonly string[]): string {
  return cells.map(cell).join(';')
}

const header = [
  'Дата операции',
  'Номер документа',
  'Дата документа',
  'Дебет',
  'Кредит',
  'Контрагент',
  'ИНН контрагента',
  'КПП контрагента',
  'Счет контрагента',
  'БИК банка',
  'Назначение платежа',
]

function lineOf(line: BankLine): string {
  const { counterparty } = line
  const sum = printMinor(line.minor, ',')
  return row([
    russianDay(line.bankDay),
    line.documentNumber,
    russianDay(line.documentDay),
    line.direction === 'out' ? sum : '',
    line.direction === 'in' ? sum : '',
    counterparty.name,
    counterparty.inn,
    counterparty.kpp,
    counterparty.account,
    counterparty.bic,
    line.purpose,
  ])
}

export function writeCsv(account: BankAccount, period: StatementPeriod): Uint8Array {
  const rows = [
    row(['Выписка по счету', account.detail.account]),
    row(['Владелец', account.own.company.title]),
    row(['Период', `${russianDay(period.from)} - ${russianDay(period.to)}`]),
    row(['Входящий остаток', printMinor(account.openingMinor, ',')]),
    '',
    row(header),
    ...account.lines.map(lineOf),
    '',
    row(['Исходящий остаток', printMinor(closingMinor(account), ',')]),
  ]
  return toWindows1251(`${rows.join('\r\n')}\r\n`)
}
