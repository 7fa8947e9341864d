// The keys of a document in a 1C exchange file and where each is kept. Banks of Kazakhstan use the format with names of
// their own (ИИК for the account, БИН or ИИН for the tax number, one sum for each direction).

/** Places in a document's field list. A payee's field stands `payeeShift` after the payer's. */
export const slot = {
  number: 0,
  day: 1,
  operated: 2,
  valued: 3,
  currency: 4,
  amount: 5,
  income: 6,
  expense: 7,
  debited: 8,
  credited: 9,
  account: 10,
  settlement: 11,
  name: 12,
  name1: 13,
  taxId: 14,
  bankCode: 15,
  payeeAccount: 16,
  payeeSettlement: 17,
  payeeName: 18,
  payeeName1: 19,
  payeeTaxId: 20,
  payeeBankCode: 21,
  purpose: 22,
  purpose6: 28,
} as const
export const payeeShift = slot.payeeAccount - slot.account
export const slotCount = slot.purpose6 + 1
/** Keys of the format that say nothing a statement line holds. */
export const unused = -1

const sides = ['Счет', 'РасчСчет', '', '1', 'ИНН', 'БИК'] as const
/** The same in files of Kazakhstan, each with its place counted from the side's first. */
const kazakhSides: readonly (readonly [string, number])[] = [
  ['ИИК', slot.account],
  ['Наименование', slot.name],
  ['БИН_ИИН', slot.taxId],
  ['БИН', slot.taxId],
  ['ИИН', slot.taxId],
  ['БанкБИК', slot.bankCode],
]
const unusedKeys =
  'Плательщик2 Плательщик3 Плательщик4 ПлательщикКПП ПлательщикБанк1 ПлательщикБанк2 ПлательщикКорсчет ПлательщикКорСчет ' +
  'Получатель2 Получатель3 Получатель4 ПолучательКПП ПолучательБанк1 ПолучательБанк2 ПолучательКорсчет ПолучательКорСчет ' +
  'ВидПлатежа ВидОплаты КодНазПлатежа Код СтатусСоставителя ПоказательКБК ОКАТО ОКТМО ПоказательОснования ПоказательПериода ' +
  'ПоказательНомера ПоказательДаты ПоказательТипа СрокПлатежа Очередность СрокАкцепта ВидАккредитива УсловиеОплаты1 ' +
  'УсловиеОплаты2 УсловиеОплаты3 ПлатежПоПредст ДополнУсловия НомерСчетаПоставщика ДатаОтсылкиДок КвитанцияДата ' +
  'КвитанцияВремя КвитанцияСодержание УИН УИП КодВалюты ВидДокумента КодНазначенияПлатежа ' +
  'ПлательщикКБЕ ПлательщикБанкНаименование ПлательщикБанкБИН_ИИН ПолучательКБЕ ПолучательБанкНаименование ' +
  'ПолучательБанкБИН_ИИН'

export const places: readonly (readonly [string, number])[] = [
  ['Номер', slot.number],
  ['НомерДокумента', slot.number],
  ['Дата', slot.day],
  ['ДатаДокумента', slot.day],
  ['ДатаОперации', slot.operated],
  ['ДатаВалютирования', slot.valued],
  ['Валюта', slot.currency],
  ['Сумма', slot.amount],
  ['СуммаПриход', slot.income],
  ['СуммаДоход', slot.income],
  ['СуммаРасход', slot.expense],
  ['ДатаСписано', slot.debited],
  ['ДатаПоступило', slot.credited],
  ['НазначениеПлатежа', slot.purpose],
  ...[1, 2, 3, 4, 5, 6].map((part): [string, number] => [`НазначениеПлатежа${part}`, slot.purpose + part]),
  ...sides.map((side, at): [string, number] => [`Плательщик${side}`, slot.account + at]),
  ...sides.map((side, at): [string, number] => [`Получатель${side}`, slot.payeeAccount + at]),
  ...kazakhSides.map(([side, place]): [string, number] => [`Плательщик${side}`, place]),
  ...kazakhSides.map(([side, place]): [string, number] => [`Получатель${side}`, place + payeeShift]),
  ...unusedKeys.split(' ').map((key): [string, number] => [key, unused]),
]

/** The mark of a part that the line begins with, '' for none; some banks write marks in capitals throughout. */
export function markOf(text: string): string {
  // Every line is asked, and nearly all fields begin otherwise: the marks with `Ко` and `Се`.
  const second = text.charCodeAt(1)
  if (second === 0x43e || second === 0x435) return marks.find((mark) => text.startsWith(mark)) ?? ''
  if (second !== 0x41e && second !== 0x415) return ''
  const capitals = text.slice(0, longestMark).toUpperCase()
  return marks.find((mark) => capitals.startsWith(mark.toUpperCase())) ?? ''
}
const marks = ['КонецДокумента', 'СекцияДокумент', 'КонецФайла', 'КонецРасчСчет', 'СекцияРасчСчет']
const longestMark = 14

/** Keys of the header and of an account's section. */
export const knownKeys = new Set(
  (
    'НомерСчета ВерсияФормата Кодировка Отправитель Получатель ДатаСоздания ВремяСоздания ДатаНачала ДатаКонца РасчСчет Документ ' +
    'НачальныйОстаток ВсегоПоступило ВсегоСписано КонечныйОстаток'
  ).split(' '),
)
