// Small statements for tests that need real files: a day of an account in 1C's exchange format, and a bare table.

interface Given {
  account?: string
  /** Number of documents; each is 10.00 roubles more than the one before. */
  lines?: number
  /** First number of a document, so that two files can hold different lines. */
  from?: number
  day?: string
}

/** UTF-8 with a balance that adds up. */
export function oneC({
  account = '40702810000000000123',
  lines = 1,
  from = 1,
  day = '01.11.2026',
}: Given = {}): string {
  const sums = Array.from({ length: lines }, (_, at) => (from + at) * 10)
  const total = sums.reduce((sum, amount) => sum + amount, 0)
  return [
    '1CClientBankExchange',
    'ВерсияФормата=1.03',
    'Кодировка=Windows',
    'СекцияРасчСчет',
    `ДатаНачала=${day}`,
    `ДатаКонца=${day}`,
    `РасчСчет=${account}`,
    'НачальныйОстаток=100.00',
    `ВсегоПоступило=${total}.00`,
    'ВсегоСписано=0.00',
    `КонечныйОстаток=${100 + total}.00`,
    'КонецРасчСчет',
    ...sums.flatMap((sum, at) => [
      'СекцияДокумент=Платежное поручение',
      `Номер=${from + at}`,
      `Дата=${day}`,
      `Сумма=${sum}.00`,
      'ПлательщикСчет=40702810000000000999',
      `ПолучательСчет=${account}`,
      `ДатаПоступило=${day}`,
      'Плательщик1=ООО Ромашка',
      `НазначениеПлатежа=Оплата по счету ${from + at}/1`,
      'КонецДокумента',
    ]),
    'КонецФайла',
    '',
  ].join('\r\n')
}

/** A table of which no currency is known. */
export const tableWithoutCurrency = [
  'Date;Amount;Purpose',
  '13.11.2026;10,00;Invoice 1',
  '14.11.2026;20,00;Invoice 2',
  '15.11.2026;-5,00;Fee',
  '',
].join('\r\n')
