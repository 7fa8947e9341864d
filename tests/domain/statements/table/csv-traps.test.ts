// Tables whose columns, rows and signs are easily taken for something else; names, numbers and sums are made up.

import { describe, expect, it } from 'vitest'
import { createCsvReader } from '../../../../electron/domain/statements/table/csv.ts'
import { findProfile } from '../../../../electron/domain/statements/table/csv-profile.ts'
import type { CsvProfile } from '../../../../electron/domain/statements/table/csv-profile.ts'
import type { Collected } from './table-collect.ts'
import { readAll } from './table-collect.ts'

function profileOf(text: string): CsvProfile {
  const found = findProfile(text, true)
  if (!found) throw new Error('no table was found')
  return found
}

function read(text: string): Collected {
  return readAll(createCsvReader, text, { mapping: profileOf(text).mapping })
}

const sums = ({ lines }: Collected): number[] => lines.map((line) => line.amountMinor)
const booked = ({ lines }: Collected): boolean[] => lines.map((line) => line.booked)
const codes = ({ issues }: Collected): string[] =>
  issues.map(({ code, weight }) => `${code} ${weight}`).filter((code) => !code.startsWith('account.missing'))

describe('titles over parts of a table', () => {
  const header = 'Date,Description,Withdrawal (-),Deposit (+),RunningBalance\n'
  const rows = '07/30/2026,Fee,,$3.00,$53.01\n07/29/2026,Cash,$1.00,,$50.01\n'

  it('do not make booked rows pending when they only say that pending ones are left out', () => {
    const said = read(`${header}"Pending Transactions are not shown here."\nPosted Transactions\n${rows}`)
    expect(sums(said)).toEqual([300, -100])
    expect(booked(said)).toEqual([true, true])
    expect(booked(read(`${header}Vorgemerkte Umsätze sind nicht enthalten\n${rows}`))).toEqual([true, true])
    expect(booked(read(`${header}Отклонённые операции не показаны\n${rows}`))).toEqual([true, true])
  })

  it('begin a pending part, and end it where the booked rows are announced', () => {
    const text = `${header}Pending Transactions\n07/31/2026,Shop,$9.00,,\nPosted Transactions\n${rows}`
    expect(booked(read(text))).toEqual([false, true, true])
  })
})

describe('a row that is not booked', () => {
  it('may have a word where its day will stand', () => {
    const text =
      'Account,Date,Description,Amount\n12345678,Pending,Shop,-9.00\n12345678,2026-03-05,Rent,-5.00\n'
    const all = read(text)
    expect(sums(all)).toEqual([-500])
    expect(codes(all)).toEqual(['entry.pending note', 'currency.absent problem'])
  })

  it('may have no booking day beside the status that says so', () => {
    const text =
      'Дата операции;Дата обработки;Сумма;Валюта;Описание;Статус\n2026-03-04;2026-03-05;-5,00;RUB;а;Исполнено\n2026-03-06;;-7,00;RUB;б;В обработке\n'
    const all = read(text)
    expect(all.lines.map((line) => line.bankDay)).toEqual(['2026-03-05'])
    expect(codes(all)).toEqual(['entry.pending note'])
  })

  it('may say HOLD where its reference will stand', () => {
    const text =
      'Номер счета;Валюта;Дата операции;Референс проводки;Описание операции;Приход;Расход\n40817810000000000001;RUR;05.03.26;HOLD;Кафе;0;7\n40817810000000000001;RUR;05.03.26;C1;Мост;0;5\n'
    expect(booked(read(text))).toEqual([false, true])
  })
})

describe('rows wider than their header', () => {
  it('go on with the text of the last column', () => {
    const text =
      'Konto;Buchungsdatum;Waehrung;Betrag;Text\n12345678;2026-03-05;EUR;-150,00;A;"B";"C D"\n12345678;2026-03-06;EUR;7,00;E\n'
    const all = read(text)
    expect(sums(all)).toEqual([-15000, 700])
    expect(all.lines.map((line) => line.purpose)).toEqual(['A B C D', 'E'])
    expect(codes(all)).toEqual([])
  })

  it('are not read where a stray delimiter may have moved the sum', () => {
    const cents = read(
      'Account,Date,Amount,Details\n12345678,2026-03-05,-1,250.00,Rent\n12345678,2026-03-06,-5.00,Fee\n',
    )
    expect([sums(cents), codes(cents)[0]]).toEqual([[-500], 'row.width problem'])
    const before =
      'Konto;Datum;Text;Betrag\n12345678;05.03.2026;Haus;12;-5,00\n12345678;06.03.2026;Brot;-7,00\n'
    expect(sums(read(before))).toEqual([-700])
  })
})

describe('the column of the sums', () => {
  it('is not the balance beside debit and credit, though only a value date is known', () => {
    const text =
      "Produit;Monn.;Description;Date de valeur;Description 1;N° de transaction;Débit;Crédit;Solde\nP1;CHF;C;31.03.2026;Prix;A1;10.00;;11'373.94\nP1;CHF;C;30.03.2026;Don;A2;;240.00;11'383.94\n"
    const { mapping, certain } = profileOf(text)
    expect(mapping.columns).toMatchObject({
      bankDay: 3,
      valueDay: 3,
      debit: 6,
      credit: 7,
      balance: 8,
      currency: 1,
    })
    expect(mapping.columns.amount).toBeUndefined()
    expect(certain).toBe(false)
  })

  it('is the one in the currency of the account, with that currency', () => {
    const text =
      'Дата операции;Дата обработки;Сумма операции;Валюта операции;Сумма пересчитанная в валюту счета;Валюта счета;Основание\n2026-03-04;2026-03-05;-4,50;EUR;-436,15;RUR;а\n2026-03-04;2026-03-06;-5,00;RUR;-5,00;RUR;б\n'
    const all = read(text)
    expect(sums(all)).toEqual([-43615, -500])
    expect(all.statements.map(({ head }) => head?.currency)).toEqual(['RUB'])
    expect(all.lines.map((line) => line.bankDay)).toEqual(['2026-03-05', '2026-03-06'])
  })

  it('in the currency of the account takes nothing from the currency of the purchase', () => {
    const text =
      'Дата обработки операции;Описание;Валюта операции;Сумма в валюте операции;Сумма в валюте счета\n05.03.2026;Кафе;USD;-1,00;-90,00\n13.03.2026;Мост;;;-5,00\n'
    const { columns } = profileOf(text).mapping
    expect([columns.amount, columns.currency]).toEqual([4, undefined])
    const named =
      'Datum verrichting;bedrag;munt;koers;bedrag in EUR;toelichting\n13/02/2026;-20,00;USD;0,8;-16,00;Boek\n14/02/2026;-5,00;EUR;1;-5,00;Brood\n'
    expect(profileOf(named).mapping).toMatchObject({ columns: { amount: 4 }, currency: 'EUR' })
  })

  it('without a header is the one with signs, or a pair that fill each other', () => {
    const signed =
      '17-06-2026,NL00ASNB9999999999,EUR,130.44,EUR,-23.77,Brood\n18-06-2026,NL00ASNB9999999999,EUR,106.67,EUR,5.00,Dank\n'
    expect(profileOf(signed).mapping.columns.amount).toBe(5)
    const pair = '18.09.2026;Brot;;33,87\n19.09.2026;Lohn;900,00;\n20.09.2026;Milch;;1,20\n'
    const { mapping, certain } = profileOf(pair)
    expect([mapping.columns.debit, mapping.columns.credit, certain]).toEqual([3, 2, false])
  })

  it('is not a list of daily balances', () => {
    expect(
      findProfile(
        'Datum,Boeksaldo,Valutair saldo\n2026-05-30,"13,20","13,20"\n2026-05-29,"13,20","13,20"\n',
        true,
      ),
    ).toBeNull()
  })
})

describe('directions', () => {
  it('are known as CreditDebet, D/K and inflow or outflow', () => {
    const dutch =
      'BANK EXPORT;;;;;;;\nRekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Boekdatum\nNL47INGB0001234567;12-03-2026;EUR;D;827,75;NL02ABNA0123456789;Bakker;13-03-2026\nNL47INGB0001234567;12-03-2026;EUR;C;5;;Roos;13-03-2026\n'
    expect([sums(read(dutch)), profileOf(dutch).certain]).toEqual([[-82775, 500], true])
    expect(read(dutch).lines[0]).toMatchObject({
      bankDay: '2026-03-13',
      counterparty: { name: 'Bakker', account: 'NL02ABNA0123456789' },
    })
    const baltic =
      'Account No,Date,Beneficiary,Details,Amount,Currency,D/K\nLT121000011101001000,2026-03-05,Parduotuvė,Duona,15.31,EUR,D\nLT121000011101001000,2026-03-06,Įmonė,Alga,2863.63,EUR,K\n'
    expect([sums(read(baltic)), profileOf(baltic).certain]).toEqual([[-1531, 286363], true])
    const hungarian =
      'Tranzakció dátuma,Partner neve,Tranzakció összege,Tranzakció devizaneme,Bevétel/Kiadás,Értéknap,Közlemény,Egyenleg\n2026.04.19.,Pék,-350,HUF,outflow,2026.04.19.,kenyér,1650\n2026.04.17.,Cég,1290,HUF,inflow,2026.04.18.,bér,2000\n'
    expect([sums(read(hungarian)), profileOf(hungarian).certain]).toEqual([[-35000, 129000], true])
    expect(read(hungarian).lines[1]).toMatchObject({
      bankDay: '2026-04-17',
      valueDay: '2026-04-18',
      purpose: 'bér',
    })
  })

  it('of bare sums stay open where only some have a plus, or few a minus and no account is named', () => {
    const card =
      'Date,Description,Amount\n12-Dec-2026,Shop,£18.89\n02-Dec-2026,PAYMENT - THANK YOU,"+ £1,100.00"\n'
    expect(profileOf(card).certain).toBe(false)
    const rows = Array.from({ length: 9 }, (_, at) => `2026-03-1${at},Shop,5.00\n`).join('')
    const few = `Date,Description,Amount\n${rows}2026-03-20,Thank you,-45.00\n`
    expect(profileOf(few).certain).toBe(false)
    const named = few.replaceAll('\n2026', '\nDE02120300000000202051,2026').replace('Date', 'IBAN,Date')
    expect(profileOf(named).certain).toBe(true)
  })

  it('are not turned round for the payments that a shop took by card', () => {
    const text =
      'id,description,created,amount,amount_refunded,currency,card_id\nc1,Book,2026-02-03,25.00,0.00,eur,k1\n'
    expect(profileOf(text).mapping.invertSign).toBe(false)
  })
})

describe('columns beside the sums', () => {
  it('that are empty leave their role to one with text', () => {
    const text =
      'IBAN;Buchungstag;Betrag;Währung;Verwendungszweck;Text\nDE02120300000000202051;05.03.2026;-5,00;EUR;;Brot\nDE02120300000000202051;06.03.2026;7,00;EUR;;Dank\n'
    expect(read(text).lines.map((line) => line.purpose)).toEqual(['Brot', 'Dank'])
  })

  it('name the own account of a single line when they stand left of its day', () => {
    const left = read(
      'Kontonummer;Buchungstag;Empfänger;Betrag;Währung\n1234567890;10.10.2026;Werke;-98,76;EUR\n',
    )
    expect([left.statements[0]?.head?.account, left.lines[0]?.counterparty.account]).toEqual([
      '1234567890',
      '',
    ])
    const right = read(
      'Buchungstag;Empfänger;Kontonummer;Betrag;Währung\n10.10.2026;Werke;1234567890;-98,76;EUR\n',
    )
    expect([right.statements[0]?.head?.account, right.lines[0]?.counterparty.account]).toEqual([
      '',
      '1234567890',
    ])
  })

  it('of a Czech table give the booking day, the other side and the variable symbol', () => {
    const text =
      'Datum provedení;Datum zaúčtování;Číslo účtu;Číslo protiúčtu;Název protiúčtu;Zpráva;VS;Zaúčtovaná částka;Měna účtu\n27.05.2026;28.05.2026;1111/0100;2222/0100;Růže;za květen;77;-1,00;CZK\n27.05.2026;29.05.2026;1111/0100;3333/0100;Mák;;78;2,00;CZK\n'
    const all = read(text)
    expect(all.statements[0]?.head).toMatchObject({ account: '1111/0100', currency: 'CZK' })
    expect(all.lines[0]).toMatchObject({
      bankDay: '2026-05-28',
      counterparty: { name: 'Růže', account: '2222/0100' },
      purpose: 'za květen',
      documentNumber: '77',
    })
  })
})

describe('rows of totals', () => {
  it('are no lines though they have a day or a sum', () => {
    const turnover =
      'Account No,Date,Details,Amount,Currency,D/K\nLT121000011101001000,2026-03-05,Opening balance,10.00,EUR,K\nLT121000011101001000,2026-03-05,Duona,4.00,EUR,D\nLT121000011101001000,2026-03-05,Turnover,4.00,EUR,D\nLT121000011101001000,2026-03-05,Closing balance,6.00,EUR,K\n'
    const all = read(turnover)
    expect(sums(all)).toEqual([-400])
    expect(all.statements[0]?.head).toMatchObject({ openingMinor: 1000, closingMinor: 600 })
    const total = read(
      'Account,Date,Details,Amount\n12345678,2026-03-05,Rent,-5.00\nTransactions Total,,,$-5.00\n',
    )
    expect([sums(total), codes(total)]).toEqual([[-500], ['currency.absent problem']])
  })
})

describe('a transaction over two rows', () => {
  const text =
    'Transaction date,Value date,Description,Withdrawals (SGD),Deposits (SGD)\n' +
    '25/09/2026,25/09/2026,FAST PAYMENT,"1,000.00",\n,,to TAN via PayNow OTHR 3653/1,,\n' +
    '24/09/2026,24/09/2026,GIRO - SALARY,,"5,500.00"\n' +
    '22/09/2026,22/09/2026,DEBIT PURCHASE,25.90,\n,,xx-1234 GRAB,,\nTotal,,,"1,025.90","5,500.00"\n'

  it('is one line with the text of both, and the bytes of both', () => {
    const collected = read(text)
    expect(collected.lines.map(({ amountMinor, purpose }) => [amountMinor, purpose])).toEqual([
      [-100_000, 'FAST PAYMENT to TAN via PayNow OTHR 3653/1'],
      [550_000, 'GIRO - SALARY'],
      [-2590, 'DEBIT PURCHASE xx-1234 GRAB'],
    ])
    expect(collected.issues.filter(({ code }) => code !== 'account.missing')).toEqual([])
    const { place } = collected.lines[0] ?? { place: { line: 0, from: 0, to: 0 } }
    expect(text.slice(place.from, place.to)).toContain('FAST PAYMENT')
    expect(text.slice(place.from, place.to)).toContain('3653/1')
  })

  it('does not take a title, a balance or a row with anything else in it for more of the text', () => {
    const rows = (more: string): string =>
      `Date,Description,Withdrawals,Deposits\n25/09/2026,FAST PAYMENT,10.00,\n${more}\n24/09/2026,SALARY,,5.00\n`
    for (const more of [',Pending transactions,,', ',Closing balance,,', ',Total,,', 'note,more,,'])
      expect(read(rows(more)).lines[0]?.purpose, more).toBe('FAST PAYMENT')
  })
})

describe('a person is asked', () => {
  it.each([
    [
      'what is not marked where only money out is',
      'Date,Description,Amount,D/C\n25/09/2026,SALARY,55.00,\n24/09/2026,RENT,10.00,D\n13/09/2026,SHOP,2.00,D\n',
    ],
    [
      'what is not marked where only money in is',
      'Date,Description,Amount,CR/DR\n25/09/2026,SALARY,55.00,CR\n24/09/2026,RENT,10.00,\n13/09/2026,SHOP,2.00,\n',
    ],
    [
      'two sums of which one has a minus',
      'Date,Description,Amount\n25/09/2026,COFFEE,4.50\n24/09/2026,PAYMENT THANK YOU,-100.00\n',
    ],
    [
      'the same of a card',
      'Date,Merchant,Card number,Amount\n25/09/2026,COFFEE,1234,4.50\n24/09/2026,PAYMENT,1234,-100.00\n',
    ],
    [
      'a journal with its sum on both sides',
      'Datum;Beleg;Sollkonto;Habenkonto;Soll;Haben;Text\n13.09.2026;1;1200;8400;10,00;10,00;a\n14.09.2026;2;3300;1200;5,00;5,00;b\n',
    ],
    [
      'a journal of two rows an entry',
      'Date,Account,Debit,Credit,Memo\n2026-09-01,Bank,10.00,,a\n2026-09-01,Sales,,10.00,a\n2026-09-02,Rent,5.00,,b\n2026-09-02,Bank,,5.00,b\n',
    ],
    [
      'a journal with codes of accounts',
      'Date;Account Debit;Account Credit;Amount;Description\n13.09.2026;51;62.01;10,00;a\n14.09.2026;60.01;51;5,00;b\n',
    ],
    [
      'a journal with codes and two columns',
      'Дата;Документ;Дебет;Кредит;Сумма Дт;Сумма Кт;Содержание\n13.09.2026;ПП 1;51;62.01;10,00;10,00;a\n14.09.2026;ПП 2;60.01;51;5,00;5,00;b\n',
    ],
  ])('%s', (_, text) => {
    expect(profileOf(text).certain).toBe(false)
  })

  it('and finds that what is not marked came in, where money out alone is', () => {
    const text =
      'Date,Description,Amount,D/C\n25/09/2026,SALARY,55.00,\n24/09/2026,RENT,10.00,D\n13/09/2026,SHOP,2.00,D\n'
    const collected = read(text)
    expect(sums(collected)).toEqual([5500, -1000, -200])
    expect(collected.issues.map(({ code }) => code)).not.toContain('direction.unknown')
  })

  it('unless a balance beside the sums tells', () => {
    const text =
      'Date,Description,Amount,D/C,Balance\n13/09/2026,SHOP,2.00,D,98.00\n24/09/2026,RENT,10.00,D,88.00\n25/09/2026,SALARY,55.00,,143.00\n'
    expect(profileOf(text).certain).toBe(true)
    expect(sums(read(text))).toEqual([-200, -1000, 5500])
  })
})

describe('a table that was cut off', () => {
  const head = 'Date,Description,Amount,Balance\n13/09/2026,SHOP,-2.00,98.00\n24/09/2026,RENT,-10.00,88.00'

  it('gives no line of a row whose last cell may be half a sum, and says so', () => {
    const collected = read(`${head}\n25/09/2026,SALARY,55.0`)
    expect(sums(collected)).toEqual([-200, -1000])
    expect(collected.issues.find(({ code }) => code === 'file.cut')).toMatchObject({ weight: 'problem' })
  })

  it('is none without a last line end, nor where short rows are its habit', () => {
    expect(sums(read(head))).toEqual([-200, -1000])
    const short = 'Date,Description,Amount,Note\n13/09/2026,SHOP,-2.00\n24/09/2026,RENT,-10.00'
    expect(sums(read(short))).toEqual([-200, -1000])
    expect(
      read(head)
        .issues.concat(read(short).issues)
        .map(({ code }) => code),
    ).not.toContain('file.cut')
  })
})

describe('a header of twenty thousand columns', () => {
  // Compared cell by cell with the whole header it takes minutes: the test's own limit of time tells.
  it('is looked at once', () => {
    const columns = Array.from({ length: 20_000 }, (_, at) => `Column ${at}`)
    const cells = columns.map(() => '')
    const text = `${['Date', 'Amount', ...columns].join(';')}\n${['30.06.2026', '-1,50', ...cells].join(';')}\n`
    expect(profileOf(text).mapping.columns).toMatchObject({ bankDay: 0, amount: 1 })
  })
})
