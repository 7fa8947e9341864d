import { describe, expect, it } from 'vitest'
import { isSought } from '../../../electron/domain/matching/purpose-number.ts'
import { readPurpose } from '../../../electron/domain/matching/read-purpose.ts'

/** `!` = announced by a word, `№` = only by a sign; other kinds carry no mark. */
function told(purpose: string, glued: string | null = null): string {
  return readPurpose(purpose, glued)
    .numbers.map((number) => {
      const mark = number.strength === 'named' ? '!' : number.strength === 'sign' ? '№' : ''
      return `${number.kind} ${number.text}${isSought(number) ? mark : ''}`
    })
    .join(', ')
}

/** Only what can be looked up among payments, by its key. */
function keys(purpose: string): string[] {
  return readPurpose(purpose)
    .numbers.filter(isSought)
    .map(({ key }) => key)
}

const table: Record<string, [string, string][]> = {
  'Russian invoices': [
    ['Оплата по счету № 3653/1 от 12.09.2026', 'payment 3653/1!, date 12.09.2026'],
    ['Оплата по счёту №3653/1 от 12.09.2026г. НДС не облагается', 'payment 3653/1!, date 12.09.2026'],
    ['Оплата по счету 3653 от 12.09.26', 'invoice 3653!, date 12.09.26'],
    ['СЧЕТУ1000001', 'invoice 1000001!'],
    ['ПО СЧЕТУ1000001 ОТ 01.02.2026', 'invoice 1000001!, date 01.02.2026'],
    ['сч.34', 'invoice 34!'],
    ['по сч.34 от 31.03.2022, Без налога (НДС)', 'invoice 34!, date 31.03.2022'],
    ['сч №3653', 'invoice 3653!'],
    ['сч№3653от12.09.2026', 'invoice 3653!, date 12.09.2026'],
    ['СЧ-3653', 'invoice 3653!'],
    ['Счет N 3653', 'invoice 3653!'],
    ['Счет N3653', 'invoice 3653!'],
    ['Счет No 3653', 'invoice 3653!'],
    ['Счет No.3653', 'invoice 3653!'],
    ['Счет #3653', 'invoice 3653!'],
    ['Счет номер 3653', 'invoice 3653!'],
    ['счёт на оплату № 3653 от 12 сентября 2026 г.', 'invoice 3653!, date 12, date 2026'],
    ['Оплата согласно выставленному счету 3653', 'invoice 3653!'],
    ['счет покупателя № УТ-000123', 'invoice ут-000123!'],
    ['Предоплата 50% по счету 3653', 'percent 50%, invoice 3653!'],
    ['Счет-договор № 3653 от 01.02.2026', 'invoice 3653!, date 01.02.2026'],
    ['Оплата по счету за услуги связи № 3653', 'bare 3653№'],
    ['Оплата счетов 3653, 3654', 'invoice 3653!, invoice 3654!'],
    ['Оплата № 3653 от 12.09.2026', 'bare 3653№, date 12.09.2026'],
    ['Оплата 3653/1', 'payment 3653/1'],
    ['3653 за услуги', 'bare 3653'],
    ['за 03/2026 аренда, счет 3653 / 1', 'date 03/2026, payment 3653/1!'],
    ['Инвойс 3653', 'invoice 3653!'],
  ],
  'sums and taxes': [
    ['счет 3653/1, в т.ч. НДС 20% - 2071,67', 'payment 3653/1!, percent 20%, vat 2071,67'],
    ['счет 3653. В том числе НДС (20%) 2 071.67 руб.', 'invoice 3653!, percent 20%, vat 2071.67'],
    ['Оплата по счету N 1024 от 01.01.23г 18026,52', 'invoice 1024!, date 01.01.23, sum 18026,52'],
    ['За товары, по счету №777 на сумму 375-25 Plus NDS 111-16', 'invoice 777!, sum 375-25, vat 111-16'],
    ['За товары, по счету №125 на сумму 175000-00', 'invoice 125!, sum 175000-00'],
    ['счет 3653 на сумму 12430', 'invoice 3653!, sum 12430'],
    ['счет 3653, сумма 12 430,00', 'invoice 3653!, sum 12430,00'],
    ['счет 3653 12 430 руб.', 'invoice 3653!, sum 12430'],
    ['счет 3653 1000р', 'invoice 3653!, sum 1000'],
    ["счет 3653 1'250.00", "invoice 3653!, sum 1'250.00"],
    ['счет 3653 375=25', 'invoice 3653!, sum 375=25'],
    ['счет 3653, 1.250,00 EUR', 'invoice 3653!, sum 1.250,00'],
    ['счет 3653, 1,250.00 USD', 'invoice 3653!, sum 1,250.00'],
    ['счет 3650 (1200.00), 3651 (3000.00)', 'invoice 3650!, sum 1200.00, invoice 3651!, sum 3000.00'],
    ['НДС 20/120', 'vat 20/120'],
    ['Без НДС', ''],
    ['счет 3653 комиссия 12,50', 'invoice 3653!, fee 12,50'],
    ['возмещение по эквайрингу, удержана комиссия 125.40', 'fee 125.40'],
    ['Сумма 12430-00', 'sum 12430-00'],
    ['НДС20% 200.00', 'percent 20%, vat 200.00'],
  ],
  'what is no payment number': [
    ['Оплата по договору № 77 от 01.01.2026', 'contract 77, date 01.01.2026'],
    ['Оплата по договору поставки №77', 'contract 77'],
    ['дог. 12/3 от 01.01.2026', 'contract 12/3, date 01.01.2026'],
    ['По дог.№ 15-А/2026', 'contract 15-а/2026'],
    ['Государственный контракт № 0373100', 'contract 0373100'],
    ['По счет-фактуре № 3653 от 12.09.2026', 'document 3653, date 12.09.2026'],
    ['Счет фактура 3653', 'document 3653'],
    ['с/ф 3653', 'document 3653'],
    ['по накладной 3653', 'document 3653'],
    ['УПД № 3653', 'document 3653'],
    ['Акт 3653 от 01.02.2026', 'document 3653, date 01.02.2026'],
    ['по п/п 3653', 'document 3653'],
    ['по платежному поручению 3653', 'document 3653'],
    ['доверенность № 3653', 'document 3653'],
    ['лицевой счет 1234567', 'account 1234567'],
    ['ЛС: 50133547364', 'account 50133547364'],
    ['л/с 3653', 'account 3653'],
    ['на расчетный счет 40702810500000000001', 'account 40702810500000000001'],
    ['р/с40702810500000000001', 'account 40702810500000000001'],
    ['перевод на счет 40702810500000000001', 'account 40702810500000000001'],
    ['ИНН 7702123456 КПП 770201001', 'code 7702123456, code 770201001'],
    ['УНП 190123456', 'code 190123456'],
    ['БИК 044525225', 'code 044525225'],
    ['тел. 8-903-123-45-67', 'phone 8-903-123-45-67'],
    ['тел 123-45-67', 'phone 123-45-67'],
    ['+7 (903) 123-45-67', 'phone +7(903)123-45-67'],
    ['8 (495) 123-45-67 звонить', 'phone 8(495)123-45-67'],
    ['ул. Тестовая, д.123/2, кв.321', 'address 123/2, address 321'],
    ['Услуги за 2026 год', 'date 2026'],
    ['Услуги 2026', 'date 2026'],
    ['за март 2026', 'date 2026'],
    ['за 03.2026', 'date 03.2026'],
    ['КЛЕЙ2000', 'bare клей2000'],
    ['бумага А4 500 шт', 'other а4, other 500'],
    ['Оплата 100% за 12 мес', 'percent 100%, other 12'],
    ['от 12.09', 'date 12.09'],
    ['дата 2026-09-12', 'date 2026-09-12'],
    ['ДС № 5 к договору 77', 'contract 5, contract 77'],
    ['реестр 3653', 'document 3653'],
    ['чек 3653', 'document 3653'],
    ['IBAN DE89370400440532013000', 'code de89370400440532013000'],
  ],
  'lists and ranges': [
    [
      'Оплата по счетам №№ 3650/1, 3651/1 и 3652/1 от 12.09.2026',
      'payment 3650/1!, payment 3651/1!, payment 3652/1!, date 12.09.2026',
    ],
    ['счета 3650;3651;3652', 'invoice 3650!, invoice 3651!, invoice 3652!'],
    ['счета 3650,3651', 'invoice 3650!, invoice 3651!'],
    ['счета 12,13', 'invoice 12!, invoice 13!'],
    ['сч. 3650 + 3651', 'invoice 3650!, invoice 3651!'],
    [
      'сч. №3650 от 01.02.2026, №3651 от 02.02.2026',
      'invoice 3650!, date 01.02.2026, invoice 3651!, date 02.02.2026',
    ],
    ['счета 3650-3652', 'invoice 3650!, invoice 3651!, invoice 3652!'],
    ['счет 2026-2194', 'invoice 2026-2194!'],
    ['счета 3650 – 3652', 'invoice 3650!, invoice 3651!, invoice 3652!'],
    ['счета с № 3650 по № 3652', 'invoice 3650!, invoice 3651!, invoice 3652!'],
    ['счета с 3650 по 3652', 'invoice 3650!, invoice 3651!, invoice 3652!'],
    ['счета 3650/1 - 3652/1', 'payment 3650/1!, payment 3651/1!, payment 3652/1!'],
    ['счет 3650 3651', 'invoice 3650!, invoice 3651!'],
    ['счет 3650 за бумагу, 500 листов', 'invoice 3650!, bare 500'],
    ['счет 3653 договор 77 заказ 15', 'invoice 3653!, contract 77, order 15!'],
    ['договор 77, счет 3653', 'contract 77, invoice 3653!'],
    ['invoices 3650, 3651 and 3652', 'invoice 3650!, invoice 3651!, invoice 3652!'],
    ['счет 3653-1', 'invoice 3653-1!'],
  ],
  'look-alikes and other languages': [
    ['Oплaтa пo cчeтy № 3653/1', 'payment 3653/1!'],
    ['CЧET 3653', 'invoice 3653!'],
    ['счет ВОРС-12', 'invoice ворс-12!'],
    ['Payment for invoice 3653/1', 'payment 3653/1!'],
    ['Invoice No. 3653 dated 12/09/2026', 'invoice 3653!, date 12/09/2026'],
    ['INV-0015', 'invoice 0015!'],
    ['Inv. #3653, contract 77', 'invoice 3653!, contract 77'],
    ['order 3653', 'order 3653!'],
    ['Оплата заказа #3653', 'order 3653!'],
    ['Заказ3653', 'order 3653!'],
    ['Rechnung Nr. 3653/1 vom 12.09.2026', 'payment 3653/1!, date 12.09.2026'],
    ['RG 3653 MwSt 19% 100,00', 'invoice 3653!, percent 19%, vat 100,00'],
    ['Vertrag 77, Auftrag 3653', 'contract 77, order 3653!'],
    ['Аплата па рахунку № 3653 ад 12.09.2026', 'invoice 3653!, date 12.09.2026'],
    ['згодна дагавора № 77 рахунак 3653', 'contract 77, invoice 3653!'],
    ['Төлем шот № 3653 бойынша, ҚҚС 12%', 'invoice 3653!, percent 12%'],
    ['шот-фактура 3653', 'document 3653'],
    ['келісім-шарт № 77, шот 3653', 'contract 77, invoice 3653!'],
    ['Оплата рахунку 3653, ПДВ 20% 100.00', 'invoice 3653!, percent 20%, vat 100.00'],
    ['счёт№ 3653／1', 'payment 3653/1!'],
    ['счет № ３６５３', 'invoice 3653!'],
  ],
}

describe('readPurpose', () => {
  for (const [title, rows] of Object.entries(table)) {
    describe(title, () => {
      it.each(rows)('%s', (purpose, expected) => {
        expect(told(purpose)).toBe(expected)
      })
    })
  }

  it('gives one key to one number however it is written', () => {
    expect(keys('счет ВОРС-0012')).toEqual(keys('счет BOPC 12'))
    expect(keys('счет 3653-1')).toEqual(['3653/1'])
    expect(keys('счет УТ-000123')).toEqual(['yt123'])
    expect(keys('счет 003653')).toEqual(['3653'])
  })

  it('places every number where it stands in the text', () => {
    const purpose = 'Оплата по сч.№3650/1 и 3651/1'
    const places = readPurpose(purpose).numbers.map(({ fragment }) =>
      purpose.slice(fragment?.from, fragment?.to),
    )
    expect(places).toEqual(['3650/1', '3651/1'])
  })

  it('counts places in UTF-16 units behind letters outside the basic plane', () => {
    const purpose = '𝓐𝓑 счет 3653'
    expect(readPurpose(purpose).numbers[0]?.fragment).toEqual({ from: 10, to: 14 })
  })

  it('finds a number cut by a line break of the format and doubts both readings', () => {
    const purpose = 'Оплата по счету № 36\n53/1 от 12.09.2026'
    const { numbers } = readPurpose(purpose, 'Оплата по счету № 3653/1 от 12.09.2026')
    const sought = numbers.filter(isSought)
    expect(sought.map(({ key, unsure }) => [key, unsure])).toContainEqual(['3653/1', true])
    expect(sought.every(({ unsure }) => unsure)).toBe(true)
    const whole = sought.find(({ key }) => key === '3653/1')
    expect(purpose.slice(whole?.fragment?.from, whole?.fragment?.to)).toBe('36\n53/1')
  })

  it('keeps a number sure that both readings agree on', () => {
    const { numbers } = readPurpose('счет 3653 за конс ультации', 'счет 3653 за консультации')
    expect(numbers.map(({ key, unsure }) => [key, unsure])).toEqual([['3653', false]])
  })

  it('has no place for a number that only a differing glued text holds', () => {
    const { numbers } = readPurpose('оплата', 'счет 3653')
    expect(numbers.map(({ key, fragment }) => [key, fragment])).toEqual([['3653', null]])
  })

  it('hears refunds in several languages', () => {
    expect(readPurpose('Возврат по счету 3653').refund).toBe(true)
    expect(readPurpose('Refund of invoice 3653').refund).toBe(true)
    expect(readPurpose('Rückerstattung 3653').refund).toBe(true)
    expect(readPurpose('Оплата по счету 3653').refund).toBe(false)
  })
})
