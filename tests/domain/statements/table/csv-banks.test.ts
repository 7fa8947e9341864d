// Tables in the shape in which large banks hand them out; names, numbers and sums are made up.

import { describe, expect, it } from 'vitest'
import { createCsvReader } from '../../../../electron/domain/statements/table/csv.ts'
import { findProfile } from '../../../../electron/domain/statements/table/csv-profile.ts'
import { readAll } from './table-collect.ts'

interface BankTable {
  bank: string
  text: string
  /** Signed sums in minor units, in the file's order; unbooked ones in `unbooked`. */
  sums: number[]
  days: string[]
  account: string
  currency: string
  /** Name, tax number, account, bank code of the first line's other side. */
  first: [string, string, string, string]
  purpose: string
  ends?: [number, number]
  certain?: boolean
  issues?: string[]
  unbooked?: number
}

const own = '40702810900000000001'
const other = '40702810000000000002'

const tables: BankTable[] = [
  {
    bank: 'Sber, printed form with a header of two rows, names in the account cells, numbering and footer',
    text:
      `СберБизнес;;;;;;;\nВЫПИСКА ОПЕРАЦИЙ ПО ЛИЦЕВОМУ СЧЕТУ ${own};;;;;;;\nза период с 01 марта 2026 г. по 31 марта 2026 г.;;;;;;;\n` +
      'Дата проводки;Счет;;Сумма;;№ документа;Банк (БИК и наименование);Назначение платежа\n;Дебет;Кредит;по дебету;по кредиту;;;\n1;2;3;4;5;6;7;8\n' +
      `02.03.2026;"${own}\n7701000000\nООО ""РОМАШКА""";"${other}\n7702000000\nООО ""ЛЮТИК""";"1 250,00";;12;БИК 044525225 ПАО СБЕРБАНК;Оплата по счету 77\n` +
      `03.03.2026;"${other}\n7702000000\nООО ""ЛЮТИК""";"${own}\n7701000000\nООО ""РОМАШКА""";;"5 000,00";13;БИК 044525225 ПАО СБЕРБАНК;Возврат\n` +
      'Входящий остаток;;;;"10 000,00";;;\nИтого оборотов;;;"1 250,00";"5 000,00";;;\nИсходящий остаток;;;;"13 750,00";;;\n',
    sums: [-125000, 500000],
    days: ['2026-03-02', '2026-03-03'],
    account: own,
    currency: 'RUB',
    first: ['ООО "ЛЮТИК"', '7702000000', other, '044525225'],
    purpose: 'Оплата по счету 77',
    ends: [1000000, 1375000],
  },
  {
    bank: 'VTB, requisites of both sides under merged titles, one bare sum',
    text:
      'Дата операции;Номер документа;Сумма;Реквизиты плательщика;;;;Реквизиты получателя;;;;Назначение платежа\n' +
      ';;;Наименование;ИНН;Счет;БИК;Наименование;ИНН;Счет;БИК;\n' +
      `02.03.2026;12;1 250,00;ООО Ромашка;7701000000;${own};044525187;ООО Лютик;7702000000;${other};044525225;за бумагу\n` +
      `03.03.2026;13;99,10;ИП Мак;770300000000;40802810000000000003;044525974;ООО Ромашка;7701000000;${own};044525187;оплата\n`,
    sums: [-125000, 9910],
    days: ['2026-03-02', '2026-03-03'],
    account: own,
    currency: 'RUB',
    first: ['ООО Лютик', '7702000000', other, '044525225'],
    purpose: 'за бумагу',
  },
  {
    bank: 'T-Bank, personal',
    text:
      '"Дата операции";"Дата платежа";"Номер карты";"Статус";"Сумма операции";"Валюта операции";"Сумма платежа";"Валюта платежа";"Кэшбэк";"Категория";"MCC";"Описание";"Бонусы (включая кэшбэк)";"Округление на инвесткопилку";"Сумма операции с округлением"\n' +
      '"31.03.2026 20:59:12";"01.04.2026";"*1234";"OK";"-1250,00";"RUB";"-1250,00";"RUB";"";"Супермаркеты";"5411";"Магазин";"12,00";"0,00";"1250,00"\n' +
      '"30.03.2026 12:00:00";"";"*1234";"FAILED";"-999,00";"RUB";"-999,00";"RUB";"";"Супермаркеты";"5411";"Другой магазин";"0,00";"0,00";"999,00"\n' +
      '"30.03.2026 11:00:00";"30.03.2026";"*1234";"FAILED";"-77,00";"RUB";"-77,00";"RUB";"";"Супермаркеты";"5411";"Третий";"0,00";"0,00";"77,00"\n' +
      '"30.03.2026 10:00:00";"30.03.2026";"";"OK";"500,00";"RUB";"500,00";"RUB";"";"Переводы";"";"Иван И.";"0,00";"0,00";"500,00"\n',
    sums: [-125000, 50000],
    // The day of the payment is the account's; what failed is no line.
    days: ['2026-04-01', '2026-03-30'],
    account: '',
    currency: 'RUB',
    first: ['', '', '', ''],
    purpose: 'Магазин',
    issues: ['account.missing', 'document.unexecuted'],
  },
  {
    bank: 'T-Bank, business',
    text:
      'Дата операции;Номер документа;Тип операции;Счет;Сумма;Валюта;Контрагент;ИНН контрагента;КПП контрагента;Счет контрагента;БИК банка контрагента;Назначение платежа\n' +
      `05.03.2026;77;Дебет;${own};1250.00;RUB;ООО Лютик;7702000000;770201001;${other};044525225;за услуги\n` +
      `06.03.2026;78;Кредит;${own};5000.00;RUB;ООО Роза;7703000000;;40702810000000000003;044525974;аванс\n`,
    sums: [-125000, 500000],
    days: ['2026-03-05', '2026-03-06'],
    account: own,
    currency: 'RUB',
    first: ['ООО Лютик', '7702000000', other, '044525225'],
    purpose: 'за услуги',
  },
  {
    bank: 'Alfa',
    text:
      'Тип счёта;Номер счета;Валюта;Дата операции;Референс проводки;Описание операции;Приход;Расход;\n' +
      `Текущий счёт;${own};RUR;05.03.26;A1;Перевод от ООО Лютик;1250,00;0;\nТекущий счёт;${own};RUR;06.03.26;A2;Комиссия;0;15,5;\n`,
    sums: [125000, -1550],
    days: ['2026-03-05', '2026-03-06'],
    account: own,
    currency: 'RUB',
    first: ['', '', '', ''],
    purpose: 'Перевод от ООО Лютик',
  },
  {
    bank: 'Raiffeisen, with blanks of fixed width in its sums and a time in its days',
    text:
      `Выписка по счету;${own}\nВалюта;RUB\n\nДата проводки;Дата валютирования;Номер документа;Дебет;Кредит;Контрагент;ИНН контрагента;Счет контрагента;БИК;Назначение\n` +
      `05.03.2026 12:34;05.03.2026;77;1\u00a0250,00;;ООО Лютик;7702000000;${other};044525225;аренда\n06.03.2026 09:00;06.03.2026;78;;12\u202f000,50;ООО Роза;7703000000;40702810000000000003;044525974;аванс\n`,
    sums: [-125000, 1200050],
    days: ['2026-03-05', '2026-03-06'],
    account: own,
    currency: 'RUB',
    first: ['ООО Лютик', '7702000000', other, '044525225'],
    purpose: 'аренда',
  },
  {
    bank: 'Tochka, sums with kopecks behind a dash',
    text:
      `Дата;Вид;№ док.;Плательщик;ИНН плательщика;Счет плательщика;Получатель;ИНН получателя;Счет получателя;Сумма по дебету;Сумма по кредиту;Назначение платежа\n` +
      `05.03.2026;01;77;ООО Ромашка;7701000000;${own};ООО Лютик;7702000000;${other};1 250-00;;за бумагу\n05.03.2026;01;78;ООО Роза;7703000000;40702810000000000003;ООО Ромашка;7701000000;${own};;99-10;оплата\n`,
    sums: [-125000, 9910],
    days: ['2026-03-05', '2026-03-05'],
    account: own,
    currency: 'RUB',
    first: ['ООО Лютик', '7702000000', other, ''],
    purpose: 'за бумагу',
  },
  {
    bank: 'Modulbank',
    text:
      'Дата;Номер;Приход/Расход;Сумма;Валюта;Наименование контрагента;ИНН контрагента;Номер счета контрагента;Назначение платежа;Остаток\n' +
      `05.03.2026;77;Расход;1 250,00;RUB;ООО Лютик;7702000000;${other};за услуги;8 750,00\n06.03.2026;78;Приход;250,00;RUB;ООО Роза;7703000000;40702810000000000003;аванс;9 000,00\n`,
    sums: [-125000, 25000],
    days: ['2026-03-05', '2026-03-06'],
    account: '',
    currency: 'RUB',
    first: ['ООО Лютик', '7702000000', other, ''],
    purpose: 'за услуги',
    ends: [1000000, 900000],
    issues: ['account.missing'],
  },
  {
    bank: 'Otkritie, flag Дт/Кт',
    text:
      `Счёт клиента: ${own};;;;;\nДата документа;Дата операции;№ док;Дт/Кт;Сумма;Корреспондент;Основание\n` +
      '04.03.2026;05.03.2026;77;Дт;1250,00;ООО Лютик;аренда\n05.03.2026;06.03.2026;78;Кт;10,00;ООО Роза;аванс\n',
    sums: [-125000, 1000],
    days: ['2026-03-05', '2026-03-06'],
    account: own,
    currency: 'RUB',
    first: ['ООО Лютик', '', '', ''],
    purpose: 'аренда',
  },
  {
    bank: 'Priorbank, junk above, blocked sums below',
    text:
      'Выписка по контракту\nПериод выписки:,01.03.2026-31.03.2026\nНомер контракта:,BY20OLMP31350000001000000933\nВалюта контракта:,BYN\n\n' +
      'Операции по ........1234\nДата транзакции,Операция,Сумма,Валюта,Дата операции по счету,Комиссия/Money-back,Обороты по счету,\n' +
      '"05.03.2026 10:00:00",Retail MINSK,"-1 250,00",BYN,05.03.2026,"0,00","-1 250,00",\n"06.03.2026 11:00:00",Поступление,"20,00",BYN,06.03.2026,"0,00","20,00",\n' +
      'Всего по контракту,,"-1 230,00",BYN,,,"-1 230,00",\nЗаблокированные суммы по ........1234\n' +
      '"07.03.2026 11:00:00",Retail,"-7,00",BYN,07.03.2026,"0,00","-7,00",\n',
    sums: [-125000, 2000],
    unbooked: 1,
    days: ['2026-03-05', '2026-03-06', '2026-03-07'],
    account: 'BY20OLMP31350000001000000933',
    currency: 'BYN',
    first: ['', '', '', ''],
    purpose: '',
    issues: ['line.unknown', 'entry.pending'],
  },
  {
    bank: 'Belarusian words',
    text:
      'Рахунак;BY20OLMP30120000001000000933\nДата аперацыі;Нумар дакумента;Дэбет;Крэдыт;Карэспандэнт;УНП карэспандэнта;Прызначэнне плацяжу\n' +
      '05.03.2026;7;5,00;;ТАА Рамонак;190000001;за паперу\n06.03.2026;8;;7,00;ТАА Мак;190000002;аплата\n',
    sums: [-500, 700],
    days: ['2026-03-05', '2026-03-06'],
    account: 'BY20OLMP30120000001000000933',
    currency: 'XXX',
    first: ['ТАА Рамонак', '190000001', '', ''],
    purpose: 'за паперу',
    issues: ['currency.absent'],
  },
  {
    bank: 'Kaspi Pay',
    text:
      'Номер счета:,KZ12722S000001234567\nВалюта счета:,KZT\n№ документа,Дата операции,Дебет,Кредит,Наименование бенефициара / отправителя денег,ИИН/БИН бенефициара / отправителя денег,ИИК бенефициара / отправителя денег,БИК банка,КНП,Назначение платежа\n' +
      '77,05.03.2026,,"45 000,00",ТОО Гүл,123456789012,KZ00722S000000000001,CASPKZKA,859,Оплата №77\n78,06.03.2026,"5 000,00",,ТОО Бак,123456789013,KZ00722S000000000002,CASPKZKA,859,аренда\n',
    sums: [4500000, -500000],
    days: ['2026-03-05', '2026-03-06'],
    account: 'KZ12722S000001234567',
    currency: 'KZT',
    first: ['ТОО Гүл', '123456789012', 'KZ00722S000000000001', 'CASPKZKA'],
    purpose: 'Оплата №77',
  },
  {
    bank: 'Halyk in Kazakh',
    text:
      'Шот;KZ126010000001234567\nВалютасы;KZT\nОперация күні;Құжат нөмірі;Дебет;Кредит;Жіберуші;Алушы;Төлем мақсаты\n' +
      '05.03.2026;7;5 000,00;;Біз ЖШС;Гүл ЖШС;тауар үшін\n06.03.2026;8;;7 000,00;Бақ ЖШС;Біз ЖШС;төлем\n',
    sums: [-500000, 700000],
    days: ['2026-03-05', '2026-03-06'],
    account: 'KZ126010000001234567',
    currency: 'KZT',
    first: ['Гүл ЖШС', '', '', ''],
    purpose: 'тауар үшін',
  },
  {
    bank: 'Deutsche Bank',
    text:
      'Umsätze Girokonto;;;Kundennummer: 100 1234567\n01.03.2026 - 31.03.2026\nLetzter Kontostand;;;;1.000,00;EUR\nVorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.\n' +
      'Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung\n' +
      '5.3.2026;5.3.2026;SEPA-Überweisung;Lütik GmbH;Rechnung 77;DE02120300000000202051;BYLADEM1001;R1;;;;;;;;-1.250,00;;EUR\n6.3.2026;6.3.2026;Gutschrift;Rose AG;Dank;DE02500105170137075030;INGDDEFF;;;;;;;;;;250,00;EUR\n' +
      'Kontostand;6.3.2026;;;0,00;EUR\n',
    sums: [-125000, 25000],
    days: ['2026-03-05', '2026-03-06'],
    account: '1001234567',
    currency: 'EUR',
    first: ['Lütik GmbH', '', 'DE02120300000000202051', 'BYLADEM1001'],
    purpose: 'Rechnung 77',
  },
  {
    bank: 'Sparkasse CSV-CAMT',
    text:
      '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"\n' +
      '"DE89370400440532013000";"05.03.26";"05.03.26";"FOLGELASTSCHRIFT";"Strom";"DE1";"M1";"NOTPROVIDED";"";"";"";"Werke";"DE02120300000000202051";"BYLADEM1001";"-1250,00";"EUR";"Umsatz gebucht"\n' +
      '"DE89370400440532013000";"06.03.26";"06.03.26";"GUTSCHRIFT";"Dank";"";"";"";"";"";"";"Rose";"DE02500105170137075030";"INGDDEFF";"250,00";"EUR";"Umsatz vorgemerkt"\n',
    sums: [-125000],
    unbooked: 1,
    days: ['2026-03-05', '2026-03-06'],
    account: 'DE89370400440532013000',
    currency: 'EUR',
    first: ['Werke', '', 'DE02120300000000202051', 'BYLADEM1001'],
    purpose: 'Strom',
    issues: ['entry.pending'],
  },
  {
    bank: 'Sparkasse CSV-MT940, whose days of booking have no year',
    text:
      '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";"Kontonummer";"BLZ";"Betrag";"Waehrung";"Info"\n' +
      '"12345678";"05.03.";"05.03.26";"LASTSCHRIFT";"Strom";"Werke";"DE02120300000000202051";"BYLADEM1001";"-5,00";"EUR";"Umsatz gebucht"\n"12345678";"06.03.";"06.03.26";"GUTSCHRIFT";"Dank";"Rose";"DE02500105170137075030";"INGDDEFF";"7,00";"EUR";"Umsatz gebucht"\n',
    sums: [-500, 700],
    days: ['2026-03-05', '2026-03-06'],
    account: '12345678',
    currency: 'EUR',
    first: ['Werke', '', 'DE02120300000000202051', 'BYLADEM1001'],
    purpose: 'Strom',
    certain: false,
  },
  {
    bank: 'ING in the Netherlands',
    text:
      '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort","Mededelingen"\n' +
      '"20260305","Bakkerij","NL47INGB0001234567","NL77RABO0311467415","BA","Af","12,50","Betaalautomaat","Pas 1"\n"20260306","Roos BV","NL47INGB0001234567","NL77RABO0311467416","OV","Bij","1.000,00","Overschrijving","Factuur 77"\n',
    sums: [-1250, 100000],
    days: ['2026-03-05', '2026-03-06'],
    account: 'NL47INGB0001234567',
    currency: 'EUR',
    first: ['Bakkerij', '', 'NL77RABO0311467415', ''],
    purpose: 'Pas 1',
  },
  {
    bank: 'ING in Germany',
    text:
      'Umsatzanzeige;Datei erstellt am: 07.03.2026 10:00\n\nIBAN;DE89 5001 0517 0123 4567 89\nKontoname;Girokonto\nBank;ING\nKunde;A B\nZeitraum;01.03.2026 - 07.03.2026\nSaldo;1.245,00;EUR\n\nSortierung;Datum absteigend\n\n' +
      'Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung\n' +
      '06.03.2026;06.03.2026;Rose;Gutschrift;Dank;1.245,00;EUR;250,00;EUR\n05.03.2026;05.03.2026;Werke;Lastschrift;Strom;995,00;EUR;-5,00;EUR\n',
    sums: [25000, -500],
    days: ['2026-03-06', '2026-03-05'],
    account: 'DE89500105170123456789',
    currency: 'EUR',
    first: ['Rose', '', '', ''],
    purpose: 'Dank',
    ends: [100000, 124500],
  },
  {
    bank: 'N26',
    text:
      '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"\n' +
      '2026-03-05,2026-03-05,Bakery,,Presentment,,"Main Account",-12.50,12.50,EUR,1\n2026-03-06,2026-03-06,"Rose AG",DE02500105170137075030,"Credit Transfer","Invoice 77","Main Account",1000.00,,,\n',
    sums: [-1250, 100000],
    days: ['2026-03-05', '2026-03-06'],
    account: '',
    currency: 'EUR',
    first: ['Bakery', '', '', ''],
    purpose: '',
    issues: ['account.missing'],
  },
  {
    bank: 'Revolut, with a pending row',
    text:
      'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n' +
      'CARD_PAYMENT,Current,2026-03-04 10:00:00,2026-03-05 11:00:00,Bakery,-12.50,0.00,EUR,COMPLETED,87.50\nTOPUP,Current,2026-03-06 10:00:00,2026-03-06 11:00:00,Top-up,100.00,0.00,EUR,COMPLETED,187.50\nCARD_PAYMENT,Current,2026-03-07 10:00:00,2026-03-07 10:00:00,Shop,-7.00,0.00,EUR,PENDING,\n',
    sums: [-1250, 10000],
    unbooked: 1,
    days: ['2026-03-05', '2026-03-06', '2026-03-07'],
    account: '',
    currency: 'EUR',
    first: ['', '', '', ''],
    purpose: 'Bakery',
    ends: [10000, 18750],
    issues: ['account.missing', 'entry.pending'],
  },
  {
    bank: 'Wise, payer and payee by the direction',
    text:
      '"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From","Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",Merchant,"Card Last Four Digits","Card Holder Full Name",Attachment,Note,"Total fees"\n' +
      'TRANSFER-1,25-03-2026,-12.50,EUR,Sent,R77,87.50,,,,,Rose AG,DE02500105170137075030,,,,,,0.50\nTRANSFER-2,24-03-2026,50.00,EUR,Received,R78,100.00,,,,Lutik LLC,,,,,,,,0\n',
    sums: [-1250, 5000],
    days: ['2026-03-25', '2026-03-24'],
    account: '',
    currency: 'EUR',
    first: ['Rose AG', '', 'DE02500105170137075030', ''],
    purpose: 'R77',
    ends: [5000, 8750],
    issues: ['account.missing'],
  },
  {
    bank: 'PayPal, net sums, one of them not completed',
    text:
      '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Balance"\n' +
      '"03/25/2026","10:00:00","PDT","Rose AG","Express Checkout Payment","Completed","USD","100.00","-3.20","96.80","a@x","b@x","1AB","196.80"\n"03/26/2026","10:00:00","PDT","Shop","Payment","Completed","USD","-10.00","0.00","-10.00","b@x","c@x","2AB","186.80"\n"03/26/2026","11:00:00","PDT","Bank","Withdrawal","Pending","USD","-5.00","0.00","-5.00","b@x","","3AB","186.80"\n',
    sums: [9680, -1000],
    unbooked: 1,
    days: ['2026-03-25', '2026-03-26', '2026-03-26'],
    account: '',
    currency: 'USD',
    first: ['Rose AG', '', '', ''],
    purpose: '',
    ends: [10000, 18680],
    issues: ['account.missing', 'entry.pending'],
  },
  {
    bank: 'Chase',
    text: 'Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\nDEBIT,03/25/2026,"RENT",-1250.00,ACH_DEBIT,8750.00,,\nCREDIT,03/24/2026,"ROSE AG",5000.00,ACH_CREDIT,10000.00,,\n',
    sums: [-125000, 500000],
    days: ['2026-03-25', '2026-03-24'],
    account: '',
    currency: 'XXX',
    first: ['', '', '', ''],
    purpose: 'RENT',
    ends: [500000, 875000],
    issues: ['account.missing', 'currency.absent'],
  },
  {
    bank: 'Bank of America, totals above its header',
    text:
      'Description,,Summary Amt.\nBeginning balance as of 03/01/2026,,"1,000.00"\nTotal credits,,"50.00"\nTotal debits,,"-1,012.50"\nEnding balance as of 03/31/2026,,"37.50"\n\n' +
      'Date,Description,Amount,Running Bal.\n03/01/2026,Beginning balance as of 03/01/2026,,"1,000.00"\n03/25/2026,"RENT","-1,012.50","-12.50"\n03/26/2026,"ROSE AG","50.00","37.50"\n',
    sums: [-101250, 5000],
    days: ['2026-03-25', '2026-03-26'],
    account: '',
    currency: 'XXX',
    first: ['', '', '', ''],
    purpose: 'RENT',
    ends: [100000, 3750],
    issues: ['account.missing', 'currency.absent'],
  },
  {
    bank: 'French words, month names',
    text: 'Compte;FR1420041010050500013M02606\nDate comptable;Date valeur;Libellé;Débit;Crédit;Devise\n5 févr. 2026;5 févr. 2026;Loyer;1 250,00;;EUR\n6 août 2026;6 août 2026;Rose SA;;99,10;EUR\n',
    sums: [-125000, 9910],
    days: ['2026-02-05', '2026-08-06'],
    account: 'FR1420041010050500013M02606',
    currency: 'EUR',
    first: ['', '', '', ''],
    purpose: 'Loyer',
  },
  {
    bank: 'Spanish words, balance and currency glued on',
    text: 'Fecha operación;Fecha valor;Concepto;Importe;Saldo\n25/03/2026;25/03/2026;Alquiler;-1.250,00 EUR;8.750,00 EUR\n24/03/2026;24/03/2026;Rosa SL;5.000,00 EUR;10.000,00 EUR\n',
    sums: [-125000, 500000],
    days: ['2026-03-25', '2026-03-24'],
    account: '',
    currency: 'EUR',
    first: ['', '', '', ''],
    purpose: 'Alquiler',
    ends: [500000, 875000],
    issues: ['account.missing'],
  },
  {
    bank: 'Polish words',
    text: 'Numer rachunku;Data księgowania;Data waluty;Nadawca / Odbiorca;Tytuł;Kwota;Waluta;Saldo\nPL61109010140000071219812874;2026-03-05;2026-03-05;Róża SA;Faktura 77;-1 250,00;PLN;8 750,00\nPL61109010140000071219812874;2026-03-06;2026-03-06;Mak;Zwrot;250,00;PLN;9 000,00\n',
    sums: [-125000, 25000],
    days: ['2026-03-05', '2026-03-06'],
    account: 'PL61109010140000071219812874',
    currency: 'PLN',
    first: ['Róża SA', '', '', ''],
    purpose: 'Faktura 77',
    ends: [1000000, 900000],
  },
  {
    bank: 'Czech words, month names',
    text: 'Datum provedení;Částka;Měna;Číslo protiúčtu;Název protiúčtu;Zpráva pro příjemce\n5. července 2026;-1 250,00;CZK;123456789/0100;Růže a.s.;faktura 77\n6. června 2026;250,00;CZK;123456780/0100;Mák;vratka\n',
    sums: [-125000, 25000],
    days: ['2026-07-05', '2026-06-06'],
    account: '',
    currency: 'CZK',
    first: ['Růže a.s.', '', '123456789/0100', ''],
    purpose: 'faktura 77',
    issues: ['account.missing'],
  },
  {
    bank: 'Dutch words with a plus behind and a minus behind',
    text: 'IBAN;Boekdatum;Bedrag;Munt;Tegenpartij;Omschrijving\nNL47INGB0001234567;05-03-2026;12,50-;EUR;Bakkerij;brood\nNL47INGB0001234567;13-03-2026;1.000,00+;EUR;Roos;factuur 77\n',
    sums: [-1250, 100000],
    days: ['2026-03-05', '2026-03-13'],
    account: 'NL47INGB0001234567',
    currency: 'EUR',
    first: ['Bakkerij', '', '', ''],
    purpose: 'brood',
  },
  {
    bank: 'a German table with S and H',
    text: 'Konto;Datum;Betrag;S/H;Währung;Name;Verwendungszweck\n12345678;05.03.2026;12,50;S;EUR;Bäcker;Brot\n12345678;06.03.2026;1.000,00;H;EUR;Rose;Rechnung\n',
    sums: [-1250, 100000],
    days: ['2026-03-05', '2026-03-06'],
    account: '12345678',
    currency: 'EUR',
    first: ['Bäcker', '', '', ''],
    purpose: 'Brot',
  },
  {
    bank: 'a bar-delimited table with parentheses and a repeated header',
    text: 'Account|Date|Amount|Currency|Details\nA1234567|2026-03-05|(1,250.00)|USD|Rent\nA1234567|2026-03-06|250.00|USD|Refund\nAccount|Date|Amount|Currency|Details\nA1234567|2026-03-07|\u22125.00|USD|Fee\n',
    sums: [-125000, 25000, -500],
    days: ['2026-03-05', '2026-03-06', '2026-03-07'],
    account: 'A1234567',
    currency: 'USD',
    first: ['', '', '', ''],
    purpose: 'Rent',
  },
]

describe('tables in the shape of', () => {
  it.each(tables)('$bank', (table) => {
    const profile = findProfile(table.text, true)
    expect(profile?.certain).toBe(table.certain ?? true)
    if (!profile) return
    const { lines, statements, issues } = readAll(createCsvReader, table.text, { mapping: profile.mapping })
    expect(lines.filter((line) => line.booked).map((line) => line.amountMinor)).toEqual(table.sums)
    expect(lines.filter((line) => !line.booked)).toHaveLength(table.unbooked ?? 0)
    expect(lines.map((line) => line.bankDay)).toEqual(table.days)
    expect(statements).toHaveLength(1)
    const head = statements[0]?.head
    expect([head?.account, head?.currency]).toEqual([table.account, table.currency])
    const { name, taxId, account, bankCode } = lines[0]?.counterparty ?? {}
    expect([name, taxId, account, bankCode]).toEqual(table.first)
    expect(lines[0]?.purpose).toBe(table.purpose)
    if (table.ends) expect([head?.openingMinor, head?.closingMinor]).toEqual(table.ends)
    expect([...new Set(issues.map((issue) => issue.code))].sort()).toEqual((table.issues ?? []).sort())
  })
})
