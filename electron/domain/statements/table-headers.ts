// What the words in a table's header mean, in the languages of the banks: Russian, English, German, Kazakh,
// and what the other European exports of the same systems use.

import type { ColumnMapping } from '../../contract/statement.ts'

export type ColumnRole = keyof ColumnMapping['columns']

/** A role that a header cell may have, with how strongly its words say so (1 to 10). */
export interface RoleGuess {
  role: ColumnRole
  weight: number
}

interface Rule {
  role: ColumnRole
  weight: number
  is: RegExp
  not?: RegExp
}

const accountWords = /сч[её]т|account|konto|iban|rekening|compte|шот|инн|name|имя|наимен|bank|банк|бик/

const rules: readonly Rule[] = [
  {
    role: 'bankDay',
    weight: 10,
    is: /^дата (проводки|проведения|списания|зачисления|отражения|совершения)|^(booking|posting|posted|entry|accounting) ?date|^date ?posted|^buchungs(tag|datum)|^bokf(ö|o)ringsda|^bokningsdag|^boekdatum|^boekingsdatum|^completed date|^date comptable|^проводка күні|^kirjaus/,
  },
  {
    role: 'bankDay',
    weight: 8,
    is: /^(дата|date|datum|data|fecha|күні|күн|tag|pvm)$|^дата и время|^дата (операции|транзакции|платежа)|^(transaction|operation|trans) ?date|^date (d'?|de l'?)?op[ée]ration|^(операция|төлем) күні|^transaktionsdatum|^umsatzdatum/,
  },
  {
    role: 'bankDay',
    weight: 5,
    is: /^дата|^date|^datum|date$|datum$|күні$/,
    not: /валют|документ|valu|valut|wert|рожд|birth|исполн|due|срок|оценк|beleg|started|other/,
  },
  {
    role: 'bankDay',
    weight: 3,
    is: /^created|^started date|^timestamp|^belegdatum|^дата документа|^дата док/,
  },
  {
    role: 'valueDay',
    weight: 9,
    is: /^дата валютир|^value ?date|^valuta ?(datum|dag|dat|date|tag)|^wertstellung|^date (de )?valeur|^rentedatum|^валютирование|^валюталау/,
  },
  { role: 'valueDay', weight: 4, is: /^valuta$/ },
  {
    role: 'amount',
    weight: 10,
    is: /^(сумма|сума|сомасы|amount|betrag|buchungsbetrag|umsatz|belopp|bedrag|montant|importe|importo|summa|määrä)$|^сумма (операции|платежа|документа|в валюте (счета|операции)|транзакции)|^(transaction|booked|net|account) ?amount|^төлем сомасы/,
  },
  {
    role: 'amount',
    weight: 7,
    is: /^(сумма|amount|betrag|belopp|bedrag|montant|importe)[ ,.(:]/,
    not: /fremd|original|комисс|ндс|fee|эквивал|нац/,
  },
  { role: 'amount', weight: 4, is: /^(inflow|value|kwota|wert)$/ },
  {
    role: 'credit',
    weight: 9,
    is: /^(сумма )?(по )?кредиту?|приход|поступлен|зачислен|^cr$|^credits?( amount)?$|^haben|^gutschrift|paid in|^deposits?|money in|^inflow|^eingang|^ins(ä|a)ttning|^crédit|кіріс|түсім|^bij$|^einnahmen/,
    not: accountWords,
  },
  {
    role: 'debit',
    weight: 9,
    is: /^(сумма )?(по )?дебету?|расход|списан|^dr$|^deb[ie]ts?( amount)?$|^debet|^soll|^lastschrift|^belastung|withdrawal|paid out|money out|^outflow|^ausgang|^uttag|^débit|шығыс|^af$|^ausgaben/,
    not: accountWords,
  },
  {
    role: 'direction',
    weight: 9,
    is: /дебет ?\/ ?кредит|кредит ?\/ ?дебет|^д\/к|^дт\/кт|направлен|приход ?\/ ?расход|^(debit ?\/ ?credit|credit ?\/ ?debit|dr ?\/ ?cr|cr ?\/ ?dr|d ?\/ ?c|c ?\/ ?d)|^soll ?\/ ?haben|^s\/h|^af ?bij|^credit\/debit indicator|^(credit|debit).*indicator|^cdtdbtind/,
  },
  {
    role: 'direction',
    weight: 3,
    is: /^(тип|вид)( операции)?$|^type$|^transaction type|^sign$|^знак$|^indicator$|^операция$/,
  },
  {
    role: 'currency',
    weight: 9,
    is: /^валюта( сч[её]та| операции)?$|^(currency|ccy|curr|währung|waehrung|buchungswährung|devise|munt|moneda|valiuta|waluta|валютасы|вал)\.?$|^код валюты|^account currency|^currency code/,
  },
  { role: 'currency', weight: 5, is: /^valuta$/ },
  {
    role: 'counterpartyName',
    weight: 10,
    is: /контрагент|корреспондент|бенефициар|отправител|^counter ?party|^beneficiary|^recipient|^beg(ü|ue)nstigter|^empf(ä|ae)nger|^zahlungsempf|^zahlungspflicht|naam tegenpartij|^mottagare|^payee|^payer|^merchant ?name|^auftraggeber|қарсы агент|^vastaanottaja/,
    not: /инн|сч[её]т|бик|банк|bank|account|konto|iban|bic|бин|иин|иик|кпп|adres|id$| inn/,
  },
  {
    role: 'counterpartyName',
    weight: 7,
    is: /плательщик|получател|^наименование|^name$|^naam$|^nimi$|^имя|^namn$|алушы|төлеуші/,
    not: /инн|сч[её]т|бик|банк|bank|account|konto|iban|бин|иин|кпп|операци|валют/,
  },
  {
    role: 'counterpartyTaxId',
    weight: 9,
    is: /^инн|инн |инн$|^иин|^бин|иин\/бин|бсн|жсн|(^| )inn$|^tax ?id|^vat|counterparty tax|steuernummer/,
  },
  {
    role: 'counterpartyAccount',
    weight: 9,
    is: /(сч[её]т|р\/с|рс|account|konto|iban|шот).*(контрагент|корр|плательщик|получател|counter|benef|payee|begünst|empf|gegen)|(контрагент|корреспондент|плательщик|получател|counterparty|beneficiary|payee).*(сч[её]т|р\/с|account|iban)|^иик .*(бенеф|отправ|контр|получ)|^tegenrekening|tegenpartij.*rekening|rekening ?nummer tegenpartij|^kontonummer\/iban/,
  },
  {
    role: 'counterpartyBankCode',
    weight: 8,
    is: /бик|^bic|bic$|swift|^blz|sort ?code|мфо|bic tegenpartij|bankleitzahl/,
  },
  {
    role: 'purpose',
    weight: 10,
    is: /назначени|^verwendungszweck|^payment (details|purpose)|^purpose|^payment ref|төлем(нің)? мақсаты|мақсаты|^remittance/,
  },
  {
    role: 'purpose',
    weight: 7,
    is: /^описание|^основание|^содержание|^description|^details|^narrative|^memo$|^omschrijving|^libell[ée]|^rubrik|^title|^transaktionsbeschreibung$|^vrije mededeling|^meddelande|^särskilda|^viesti/,
  },
  {
    role: 'purpose',
    weight: 4,
    is: /комментар|примечан|^notes?$|^text$|^buchungstext|^message|^reason|^kontotransaktion|^назв/,
  },
  {
    role: 'documentNumber',
    weight: 9,
    is: /(номер|№|n) ?(п\/п|пп|док|плат)|^номер$|^№$|^document ?(no|num|nr)|^doc\.? ?(no|num)|^belegn|^cheque|^check ?n|құжат|^номер платеж/,
  },
  {
    role: 'bankReference',
    weight: 8,
    is: /^референс|^(ид|id|код|номер|уникальн).*(операци|транзакц|проводк)|^(bank )?reference|^transaction ?(id|reference)|^u?id$|^ref\.?$|^unique|^référence|^buchungsreferenz|^kundenreferenz|^referens|^referensnummer/,
  },
  {
    role: 'account',
    weight: 9,
    is: /^(мой |наш |own |my )(сч[её]т|account)|^auftragskonto|^account (number|no)\.?$|^номер сч[её]та$|^сч[её]т (клиента|владельца|организации)|^rekeningnummer$|^iban (kontoinhaber|auftragskonto)/,
  },
  {
    role: 'account',
    weight: 6,
    is: /^(сч[её]т|р\/с|расч[её]тный сч[её]т|account|konto|kontonummer|iban|rekening|шот|есепшот)$/,
  },
  {
    role: 'balance',
    weight: 8,
    is: /остаток|сальдо|^баланс|balance|^saldo|^solde|^kontostand|қалдық|running/,
    not: /вход|исход|opening|closing|дата/,
  },
]

/** What a header cell may mean, the strongest first. */
export function rolesOf(cell: string): RoleGuess[] {
  const text = headerText(cell)
  if (text === '' || text.length > 80) return []
  return rules
    .filter((rule) => rule.is.test(text) && !rule.not?.test(text))
    .map(({ role, weight }) => ({ role, weight: weight + (isPayer(role, text) ? 0.3 : 0) }))
    .sort((a, b) => b.weight - a.weight)
}

/** Of a payer's and a payee's columns that vary alike the payer's is taken: who paid is what a payment is known by. */
function isPayer(role: ColumnRole, text: string): boolean {
  return role.startsWith('counterparty') && /плательщик|payer|отправител|zahlungspflicht/.test(text)
}

/** A header cell as the rules see it: lower case, camelCase taken apart, one blank between words, without quotes and marks at its ends. */
export function headerText(cell: string): string {
  return cell
    .slice(0, 200)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/["«»\ufeff]/g, '')
    .replace(/[\s\u00a0_]+/g, ' ')
    .replace(/^[\s*]+|[\s*:]+$/g, '')
}

/** Headers of card statements, where a purchase often stands without its minus. */
export const cardWords = /merchant|card ?(id|number|no)|номер карты|kartennummer/

/** Cell texts of a direction column; 's' and 'h' are the German Soll and Haben. */
export const creditWords: readonly string[] = [
  'c',
  'cr',
  'crdt',
  'credit',
  'h',
  'haben',
  'к',
  'кт',
  'кредит',
  'приход',
  'поступление',
  'зачисление',
  'входящий',
  'входящая',
  'bij',
  'in',
  'incoming',
  'кіріс',
  'кредиттік',
  'deposit',
  '+',
]
export const debitWords: readonly string[] = [
  'd',
  'dr',
  'dbit',
  'debit',
  's',
  'soll',
  'д',
  'дт',
  'дебет',
  'расход',
  'списание',
  'исходящий',
  'исходящая',
  'af',
  'out',
  'outgoing',
  'шығыс',
  'дебеттік',
  'withdrawal',
  '-',
]

/** First cells of rows below the lines: totals and turnovers. */
export const totalWords =
  /^(итог|всего|оборот|total|sum(me|s)?$|summe|gesamt|барлығы|жиыны|totaal|totaux|количество|кол-во)/
export const openingWords =
  /входящ\S* (остаток|сальдо)|(остаток|сальдо) (на начало|входящ)|opening balance|starting balance|anfangssaldo|alter kontostand|anfangsbestand|кіріс қалды/
export const closingWords =
  /исходящ\S* (остаток|сальдо)|(остаток|сальдо) (на конец|исходящ)|closing balance|ending balance|endsaldo|neuer kontostand|endbestand|шығыс қалды/
/** A column that says whether a row came to anything, and the words that say it did not (yet). */
export const statusTitles =
  /^(state|status|statetype|статус|состояние|статус операции|transaction status|күйі|buchungsstatus)$/
export const unbookedWords =
  /pending|fail|declin|revert|reject|cancel|reserv|authori[sz]|hold|block|vorgemerkt|offen|в обработк|ожида|отклон|отмен|ошибк|заблокир|не (исполн|провед|заверш)|неуспеш/
/** Labels of the bank's own account, which stands beside the customer's. */
export const bankAccountWords = /корр|к\/с|кор\. ?сч|бик|bank code|blz/
/** In any text that a balance's label could be in; a quick look before the two above. */
export const balanceWords = /остат|сальдо|balance|saldo|kontostand|bestand|қалды/i
export const ownAccountWords = /сч[её]т|account|konto|iban|rekening|шот|compte/
export const currencyWords = /валют|currency|währung|valuta|devise|munt/
