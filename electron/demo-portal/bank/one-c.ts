/** 1CClientBankExchange 1.03 in windows-1251, one account section for the whole period. */
import { russianDay } from '../moments.ts'
import {
  type BankAccount,
  type BankLine,
  type Counterparty,
  type StatementPeriod,
  closingMinor,
  printMinor,
} from './statement.ts'
import { ownParty } from './counterparties.ts'
import { toWindows1251 } from './windows1251.ts'

function side(prefix: 'Плательщик' | 'Получатель', party: Counterparty): string[] {
  return [
    `${prefix}Счет=${party.account}`,
    `${prefix}=${party.inn === '' ? party.name : `ИНН ${party.inn} ${party.name}`}`,
    `${prefix}ИНН=${party.inn}`,
    `${prefix}КПП=${party.kpp}`,
    `${prefix}1=${party.name}`,
    `${prefix}РасчСчет=${party.account}`,
    `${prefix}Банк1=${party.bankName}`,
    `${prefix}БИК=${party.bic}`,
    `${prefix}Корсчет=${party.corAccount}`,
  ]
}

function documentOf(line: BankLine, own: Counterparty): string[] {
  const incoming = line.direction === 'in'
  const day = russianDay(line.bankDay)
  return [
    `СекцияДокумент=${line.kind === 'bank-fee' ? 'Банковский ордер' : 'Платежное поручение'}`,
    `Номер=${line.documentNumber}`,
    `Дата=${russianDay(line.documentDay)}`,
    `Сумма=${printMinor(line.minor, '.')}`,
    ...side('Плательщик', incoming ? line.counterparty : own),
    `ДатаСписано=${incoming ? '' : day}`,
    ...side('Получатель', incoming ? own : line.counterparty),
    `ДатаПоступило=${incoming ? day : ''}`,
    'ВидПлатежа=Электронно',
    'ВидОплаты=01',
    'Очередность=5',
    `НазначениеПлатежа=${line.purpose}`,
    'КонецДокумента',
  ]
}

function turnover(account: BankAccount, direction: 'in' | 'out'): number {
  return account.lines.reduce((sum, line) => (line.direction === direction ? sum + line.minor : sum), 0)
}

export function writeOneC(account: BankAccount, period: StatementPeriod): Uint8Array {
  const own = ownParty(account.own, account.detail)
  const [from, to, created] = [period.from, period.to, period.created].map(russianDay)
  const rows = [
    '1CClientBankExchange',
    'ВерсияФормата=1.03',
    'Кодировка=Windows',
    `Отправитель=${account.detail.bank.name}`,
    'Получатель=',
    `ДатаСоздания=${created}`,
    'ВремяСоздания=08:15:00',
    `ДатаНачала=${from}`,
    `ДатаКонца=${to}`,
    `РасчСчет=${own.account}`,
    'СекцияРасчСчет',
    `ДатаНачала=${from}`,
    `ДатаКонца=${to}`,
    `РасчСчет=${own.account}`,
    `НачальныйОстаток=${printMinor(account.openingMinor, '.')}`,
    `ВсегоПоступило=${printMinor(turnover(account, 'in'), '.')}`,
    `ВсегоСписано=${printMinor(turnover(account, 'out'), '.')}`,
    `КонечныйОстаток=${printMinor(closingMinor(account), '.')}`,
    'КонецРасчСчет',
    ...account.lines.flatMap((line) => documentOf(line, own)),
    'КонецФайла',
  ]
  return toWindows1251(`${rows.join('\r\n')}\r\n`)
}
