import { describe, expect, it } from 'vitest'
import type { CsvProfile } from '../../../../electron/domain/statements/table/csv-profile.ts'
import { findProfile, findProfileOfBytes } from '../../../../electron/domain/statements/table/csv-profile.ts'
import { headerWordsOf } from '../../../../electron/domain/statements/table/profile.ts'

function profile(text: string): CsvProfile {
  const found = findProfile(text, true)
  if (!found) throw new Error('no profile')
  return found
}

describe('headers by their words', () => {
  it('in Russian, with one signed sum', () => {
    const { mapping, certain, rows } = profile(
      'Дата операции;Дата валютирования;Номер документа;Сумма;Валюта;Контрагент;ИНН контрагента;Счёт контрагента;БИК банка;Назначение платежа\n' +
        '05.03.2026;06.03.2026;000123;-1 250,00;RUB;ООО Лютик;7702000000;40702810000000000002;044525225;Оплата по счёту 77\n',
    )
    expect(mapping.columns).toEqual({
      bankDay: 0,
      valueDay: 1,
      documentNumber: 2,
      amount: 3,
      currency: 4,
      counterpartyName: 5,
      counterpartyTaxId: 6,
      counterpartyAccount: 7,
      counterpartyBankCode: 8,
      purpose: 9,
    })
    expect(mapping).toMatchObject({
      delimiter: ';',
      skipRows: 1,
      dateOrder: 'dmy',
      decimalMark: ',',
      invertSign: false,
    })
    expect(certain).toBe(true)
    expect(rows).toHaveLength(2)
  })

  it('in Russian, with debit and credit, the columns of both parties, and the account above', () => {
    const { mapping, certain } = profile(
      'Выписка по счёту;40702810900000000001\nВалюта:;Российский рубль (RUB)\n\n' +
        'Дата проводки;Счёт дебета;Счёт кредита;Сумма по дебету;Сумма по кредиту;№ документа;БИК;Назначение платежа\n' +
        '05.03.2026;40702810900000000001;40702810000000000002;1250.00;;12;044525225;за бумагу\n' +
        '06.03.2026;40702810000000000002;40702810900000000001;;99.10;13;044525225;оплата\n',
    )
    expect(mapping).toMatchObject({
      skipRows: 4,
      account: '40702810900000000001',
      currency: 'RUB',
      decimalMark: '.',
    })
    expect(mapping.columns).toMatchObject({ bankDay: 0, debit: 3, credit: 4, documentNumber: 5, purpose: 7 })
    expect(mapping.columns.amount).toBeUndefined()
    expect(certain).toBe(true)
  })

  it('in English, with a direction column', () => {
    const { mapping } = profile(
      'Posting date,Amount,Debit/Credit,Currency,Beneficiary,Details\n2026-03-05,5.00,D,USD,Acme,rent\n2026-03-06,7.50,C,USD,Zed,refund\n',
    )
    expect(mapping.columns).toEqual({
      bankDay: 0,
      amount: 1,
      direction: 2,
      currency: 3,
      counterpartyName: 4,
      purpose: 5,
    })
    expect(mapping).toMatchObject({ delimiter: ',', dateOrder: 'ymd', decimalMark: '.', creditWords: ['c'] })
  })

  it('in German, with the account column that is ours', () => {
    const { mapping } = profile(
      'Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;BIC (SWIFT-Code);Betrag;Waehrung\n' +
        'DE89370400440532013000;05.03.26;05.03.26;GUTSCHRIFT;Rechnung 77;Lütik GmbH;DE02120300000000202051;BYLADEM1001;250,00;EUR\n',
    )
    expect(mapping.columns).toMatchObject({
      account: 0,
      bankDay: 1,
      valueDay: 2,
      purpose: 4,
      counterpartyAccount: 6,
      counterpartyBankCode: 7,
      amount: 8,
    })
  })

  it('in Kazakh', () => {
    const { mapping } = profile(
      'Операция күні|Құжат нөмірі|Дебет|Кредит|Алушы|БСН|Төлем мақсаты|Валютасы\n05.03.2026|77|1 250,00||Гүл ЖШС|123456789012|тауар үшін|KZT\n',
    )
    expect(mapping).toMatchObject({ delimiter: '|', decimalMark: ',' })
    expect(mapping.columns).toEqual({
      bankDay: 0,
      documentNumber: 1,
      debit: 2,
      credit: 3,
      counterpartyName: 4,
      counterpartyTaxId: 5,
      purpose: 6,
      currency: 7,
    })
  })

  it('of payer and payee beside each other leave the choice to each row', () => {
    const rows = [
      '05.03.2026;ООО Мы;ООО Лютик;-5,00',
      '06.03.2026;ООО Мы;ООО Роза;-6,00',
      '07.03.2026;ООО Мы;ИП Мак;-7,00',
    ]
    const pair = profile(`Дата;Плательщик;Получатель;Сумма\n${rows.join('\n')}`)
    expect(pair.mapping.columns).toEqual({ bankDay: 0, payerName: 1, payeeName: 2, amount: 3 })
    const alone = profile('Дата;Получатель;Сумма\n05.03.2026;ООО Роза;-5,00')
    expect(alone.mapping.columns).toEqual({ bankDay: 0, counterpartyName: 1, amount: 2 })
  })

  it('read the currency from the title of the sums', () => {
    expect(profile('Дата;Сумма (USD);Описание\n05.03.2026;5,00;x').mapping.currency).toBe('USD')
    expect(profile('Дата;Сумма, руб.;Описание\n05.03.2026;5,00;x').mapping.currency).toBe('RUB')
  })

  it('find a bare account column ours only when it repeats one number', () => {
    const same = profile('Date;Account;Amount\n2026-03-05;DE11;1,00\n2026-03-06;DE11;2,00')
    expect(same.mapping.columns).toMatchObject({ account: 1 })
    const other = profile('Date;Account;Amount\n2026-03-05;DE11;1,00\n2026-03-06;DE22;2,00')
    expect(other.mapping.columns).toMatchObject({ counterpartyAccount: 1 })
  })
})

describe('an account column', () => {
  it('is the counterparty when another account is named above the header', () => {
    const rows =
      '13.03.26;Ich;REWE;DE02120300000000202051;-9,99\n14.03.26;Ich;Aldi;DE02120300000000202051;-5,00'
    const { mapping } = profile(
      `Girokonto;DE89370400440532013000\n\nBuchungsdatum;Zahlungspflichtige*r;Zahlungsempfänger*in;IBAN;Betrag (€)\n${rows}`,
    )
    expect(mapping).toMatchObject({ account: 'DE89370400440532013000', currency: 'EUR' })
    expect(mapping.columns).toEqual({
      bankDay: 0,
      payerName: 1,
      payeeName: 2,
      counterpartyAccount: 3,
      amount: 4,
    })
  })

  it('is known from titles in camel case too', () => {
    const { mapping } = profile(
      'accountNumber;operationDate;uid;recipient;currency;debit;credit;documentNumber;purpose;counterpartyInn\n' +
        '40702810901300000001;13.03.2026;a-1;ООО Мак;RUB;100,00;;77;за услуги;7702000000\n' +
        '40702810901300000001;14.03.2026;a-2;ООО Роза;RUB;;250,00;78;аренда;7703000000\n',
    )
    expect(mapping.columns).toEqual({
      account: 0,
      bankDay: 1,
      bankReference: 2,
      counterpartyName: 3,
      currency: 4,
      debit: 5,
      credit: 6,
      documentNumber: 7,
      purpose: 8,
      counterpartyTaxId: 9,
    })
  })
})

describe('what stands around', () => {
  it('is passed over: metadata, blank rows, a sep= line, a byte order mark', () => {
    const { mapping, certain } = profile(
      '\uFEFFsep=,\r\nBank of Nowhere,\r\n,\r\nIBAN: DE89 3704 0044 0532 0130 00 EUR,\r\nDate,Amount\r\n2026-03-05,-1.00\r\n',
    )
    expect(mapping).toMatchObject({ delimiter: ',', skipRows: 5, account: 'DE89370400440532013000' })
    expect(certain).toBe(true)
  })

  it("is not the bank's own account", () => {
    const text =
      'Корр. счёт;30101810400000000225\nСчёт клиента;40702810900000000001\nДата;Сумма\n05.03.2026;1,00'
    expect(profile(text).mapping).toMatchObject({ account: '40702810900000000001', currency: 'RUB' })
  })

  it('takes rows of totals and words among the data for nothing', () => {
    const { certain, mapping } = profile(
      'Дата;Сумма\n13.03.2026;-1,00\nИтого;1,00\nОтчёт сформирован автоматически;\n',
    )
    expect([certain, mapping.dateOrder]).toEqual([true, 'dmy'])
  })
})

describe('certainty', () => {
  it('is lost when days and months could be swapped', () => {
    expect(profile('Date,Amount\n02/03/2026,-1.00').certain).toBe(false)
    expect(profile('Date,Amount\n13/03/2026,-1.00').certain).toBe(true)
    expect(profile('Date,Amount\n02/13/2026,1.00').mapping.dateOrder).toBe('mdy')
  })

  it('is lost when every sum could mean two things, and the delimiter proposes', () => {
    const open = profile('Date,Amount\n2026-03-05,29.000\n2026-03-06,12.900')
    expect([open.certain, open.mapping.decimalMark]).toEqual([false, '.'])
    expect(profile('Date;Amount\n2026-03-05;29.000').mapping.decimalMark).toBe(',')
  })

  it('is kept for whole sums', () => {
    expect(profile('Date,Amount\n2026-03-05,-29').certain).toBe(true)
  })

  it('is lost when nothing tells what bare sums mean, and kept where something does', () => {
    const certain = (text: string) => profile(text).certain
    expect(certain('Date,Amount\n2026-03-05,5.00\n2026-03-06,7.00')).toBe(false)
    expect(certain('Date,Amount\n2026-03-05,+5.00\n2026-03-06,+7.00')).toBe(true)
    expect(certain('Date,Amount\n2026-03-05,5.00 CR\n2026-03-06,7.00 CR')).toBe(true)
    expect(certain('Date,Amount,Balance\n2026-03-05,5.00,15.00\n2026-03-06,7.00,22.00')).toBe(true)
    expect(certain('Date,Amount,Balance\n2026-03-05,5.00,15.00\n2026-03-06,7.00,99.00')).toBe(false)
  })

  it('turns the signs round where the balance says so', () => {
    const { mapping, certain } = profile(
      'Date,Amount,Balance\n2026-03-05,5.00,95.00\n2026-03-06,7.00,88.00\n2026-03-07,-8.00,96.00',
    )
    expect([mapping.invertSign, certain]).toEqual([true, true])
  })

  it('is lost on card statements whose purchases have no minus', () => {
    const { certain, mapping } = profile(
      'Date,Amount,Currency,Merchant name\n2026-03-05,29.00,CHF,A\n2026-03-06,12.90,CHF,B',
    )
    expect([certain, mapping.invertSign]).toEqual([false, true])
  })

  it('is lost without a header, where the content proposes', () => {
    const { certain, mapping } = profile('05.03.2026;-5,00;EUR;rent for march\n13.03.2026;7,50;EUR;refund\n')
    expect([certain, mapping.skipRows]).toEqual([false, 0])
    expect(mapping.columns).toEqual({ bankDay: 0, amount: 1, currency: 2, purpose: 3 })
  })

  it('is kept for a statement without lines', () => {
    expect(profile('Date,Amount\n')).toMatchObject({ certain: true, mapping: { skipRows: 1 } })
  })
})

describe('the words a table is known again by', () => {
  const words = (text: string): string[] => {
    const { rows, mapping } = profile(text)
    return headerWordsOf(rows, mapping)
  }

  it('are its folded titles, whatever stands above and below', () => {
    expect(
      words('Счёт;40702810900000000001\nДата  Операции;"Сумма";Назначение:;;\n05.03.2026;-5,00;x;;\n'),
    ).toEqual(['дата операции', 'сумма', 'назначение'])
    expect(words('Дата операции;СУММА;назначение\n06.04.2026;-7,00;y\n')).toEqual([
      'дата операции',
      'сумма',
      'назначение',
    ])
  })

  it('of two header rows are joined', () => {
    const text = 'Дата;Сумма;;Назначение\n;по дебету;по кредиту;\n05.03.2026;5,00;;x\n'
    expect(words(text)).toEqual(['дата', 'сумма по дебету', 'сумма по кредиту', 'назначение'])
  })

  it('without a header are the shape of the first rows', () => {
    expect(words('05.03.2026;-5,00;EUR;rent for march;\n13.03.2026;7,50;EUR;refund 7;\n')).toEqual([
      '#date',
      '#number',
      '#code',
      '#text',
      '',
    ])
  })
})

describe('no profile', () => {
  it('is given for text that is no table of dated sums', () => {
    expect(findProfile('hello\nworld', true)).toBeNull()
    expect(findProfile('Name;Age\nAnna;7', true)).toBeNull()
    expect(findProfile('', true)).toBeNull()
  })
})

describe('a head that is only a part', () => {
  it('does not use its last, cut row', () => {
    const bytes = new TextEncoder().encode('Дата;Сумма\n13.03.2026;-1,00\n03.13.2026;2,')
    expect(findProfileOfBytes(bytes, 'utf-8', false)).toMatchObject({ certain: true })
    expect(findProfileOfBytes(bytes, 'utf-8', false)?.rows).toHaveLength(2)
    expect(findProfileOfBytes(bytes, 'utf-8', true)).toMatchObject({ certain: false })
  })
})
