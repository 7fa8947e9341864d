// What the words in a table's header mean, in the languages of the banks: Russian, English, German, Kazakh,
// and what the other European exports of the same systems use.

import type { ColumnMapping } from '../../../contract/statement-file.ts'

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

const accountWords =
  /сч[её]т|account|konto|iban|rekening|compte|cuenta|rachun|účet|шот|инн|name|имя|наимен|bank|банк|бик/

/** Titles of the sum, and of the currency, in which an operation moved the account itself. */
export const accountSum =
  /^сумма.* в валют[еу] (сч[её]та|карты)|^обороты по сч[её]ту|^kwota w walucie (rachunku|konta)|^(billing|account) amount|^bedrag in (eur|rekening)|^amount in account currency|^сумма пересч[её]та/
/** Titles that say by themselves that the account is the statement's. */
export const ownAccountTitles =
  /^iban (kontoinhaber|auftragskonto|auftraggeberkonto)$|^(мой|наш|own|my) (сч[её]т|account)|^сч[её]т (клиента|владельца|организации)/
export const accountCurrency =
  /^валюта (сч[её]та|карты)$|^waluta (rachunku|konta)$|^(account|billing|posting) currency$|^měna účtu$/

const rules: readonly Rule[] = [
  {
    role: 'bankDay',
    weight: 10,
    is: /^дата (проводки|проведения|списания|зачисления|отражения|обработки|учёта|учета)( операции)?|^(book|booking|posting|posted|entry|accounting) ?date|^date ?posted|^buchungs(tag|datum)|^bokf(ö|o)ringsda|^bokningsdag|^boekdatum|^boekingsdatum|^(date )?completed( date)?|^date comptable|^date de comptabilisation|^проводка күні|^data (î|i)nregistr|^data contabil|^kirjaus|^buchung$|^data (księgowania|zaksięgowania)|^datum (zaúčtování|boeking)|^zaúčtováno|^könyvelés|^fecha (contable|de contabilización|operaci[oó]n)|^дата (правядзення|правадкі)|^дата операции по сч[её]ту/,
  },
  {
    role: 'bankDay',
    weight: 8,
    is: /^(дата|date|datum|data|fecha|күні|күн|tag|pvm|dátum)$|^datum provedení|^tranzakció dátuma|^дата и время|^дата совершения|^data (operacji|transakcji|tranzac(ț|ţ|t)iei|operazione)|^datum transakce|^fecha (de )?(la )?operaci|^дата (аперацыі|плацяжу)|^date ?(time|\/)|^дата (операции|транзакции|платежа)|^(transaction|operation|trans) ?date|^date (d'?|de l'?)?op[ée]ration|^(операция|төлем) күні|^transaktionsdatum|^umsatzdatum/,
  },
  {
    role: 'bankDay',
    weight: 5,
    is: /^дата|^date|^datum|^data |^fecha|date$|datum$|күні$/,
    not: /валют|документ|valu|valut|wert|рожд|birth|исполн|due|срок|оценк|beleg|started|other|oper[a-z]* od|edit|mandat|data card|информ/,
  },
  {
    role: 'bankDay',
    weight: 3,
    is: /^created|^started date|^timestamp|^belegdatum|^дата документа|^дата док/,
  },
  {
    role: 'valueDay',
    weight: 9,
    is: /^дата валютир|^value ?date|^valuta ?(datum|dag|dat|date|tag)|^wertstellung|^date (de )?valeur|^rentedatum|^валютирование|^валюталау|^wert$|^data waluty|^fecha valor|^datum valuty|^datum splatnosti|^értéknap/,
  },
  { role: 'valueDay', weight: 4, is: /^valuta$/ },
  // What moved on the account, beside the sum of a purchase in another currency.
  { role: 'amount', weight: 12, is: accountSum },
  {
    role: 'amount',
    weight: 10,
    is: /^(сумма|сума|сомасы|amount|betrag|buchungsbetrag|umsatz|belopp|bedrag|montant|importe|importo|summa|määrä|kwota|částka|objem|net|netto|сума плацяжу)$|^сумма (операции|платежа|документа|в валюте операции|транзакции)|^(transaction|booked|net|account) ?amount|^төлем сомасы|^total amount|^kwota (operacji|transakcji|w walucie rachunku)|^сума аперацыі|^importe (euros?|eur)|^zaúčtovaná částka|^(tranzakció )?összege?$/,
  },
  {
    role: 'amount',
    weight: 7,
    is: /^(сумма|сума|amount|betrag|belopp|bedrag|montant|importe|kwota|částka)[ ,.(:]/,
    not: /fremd|foreign|orig|комисс|ндс|fee|refund|currency$|эквивал|нац|devise|walucie trans|кредит|дебет|бонус|кэшб/,
  },
  { role: 'amount', weight: 4, is: /^(inflow|value|wert|gross|brutto|сумма документа)$/ },
  {
    role: 'credit',
    weight: 9,
    is: /^(сумма )?(по )?кредиту?|приход|поступлен|зачислен|^cr$|^credits?( amount)?$|^haben|^gutschrift|paid in|^credit \(|^wpływy|^sum(a|ă) credit|^importo credit|^avere$|^uznania|^příjem|^ingresos?|^abonos?|^haber$|^montant (au )?crédit|^bijschrijving|прыход|^крэдыт|паступіл|по крэдыту|^оборот(ы)? (по )?кредиту|^приходная|^deposits?|money in|^inflow|^eingang|^ins(ä|a)ttning|^crédit|кіріс|түсім|^bij$|^einnahmen/,
    not: accountWords,
  },
  {
    role: 'debit',
    weight: 9,
    is: /^(сумма )?(по )?дебету?|расход|списан|^dr$|^deb[ie]ts?( amount)?$|^debet|^soll|^lastschrift|^belastung|withdrawal|^debit \(|^wydatki|^sum(a|ă) debit|^importo debit|^dare$|^obciążenia|^výdej|^gastos?|^cargos?|^debe$|^montant (au )?débit|^afschrijving|расход|^дэбет|по дэбету|^оборот(ы)? (по )?дебету|^расходная|paid out|money out|^outflow|^ausgang|^uttag|^débit|шығыс|^af$|^ausgaben/,
    not: accountWords,
  },
  {
    role: 'direction',
    weight: 9,
    is: /дебет ?\/ ?кредит|кредит ?\/ ?дебет|^д ?\/ ?к(т|р)?$|^дт ?\/ ?кт|направлен|^признак|^кірі[сc] ?\/ ?шығыс|^расход ?\/ ?приход|^sens$|^debe ?\/ ?haber|^ma\/wn|^wn\/ma|^debet ?\/ ?credit|^debit\/credit|^soll-?haben|^s ?\/ ?h|^umsatzart$|приход ?\/ ?расход|^(debit ?\/ ?credit|credit ?\/ ?debit|dr ?\/ ?cr|cr ?\/ ?dr|d ?\/ ?c|c ?\/ ?d)|^soll ?\/ ?haben|^s\/h|^af ?bij|^credit\/debit indicator|^(credit|debit|debet|kredit)[ \/]+(credit|debit|debet|kredit)$|^d ?\/ ?k$|^bevétel ?\/ ?kiadás|^money in\/out|^(credit|debit).*indicator|^cdtdbtind/,
  },
  {
    role: 'direction',
    weight: 3,
    is: /^(тип|вид)( операции| транзакции| движения)?$|^type$|^typ$|^tipo$|^details$|^credit or debit|^transaction type|^sign$|^знак$|^indicator$|^операция$/,
  },
  { role: 'currency', weight: 12, is: accountCurrency },
  {
    role: 'currency',
    weight: 9,
    is: /^валюта( операции)?$|^(currency|ccy|curr|währung|waehrung|buchungswährung|devise|munt|moneda|valiuta|waluta|měna|dévise|divisa|валютасы|вал|payment currency|код валюти|monn|valutacode|devizanem)\.?$|^tranzakció devizaneme$|^код валюты|^currency code/,
  },
  { role: 'currency', weight: 5, is: /^valuta$/ },
  {
    role: 'counterpartyName',
    weight: 10,
    is: /контрагент|корреспондент|бенефициар|отправител|^counter ?party|^beneficiary|^recipient|^beg(ü|ue)nstigter|^empf(ä|ae)nger|^zahlungsempf|^zahlungspflicht|naam tegenpartij|^mottagare|^payee|^payer|^merchant ?name|^partner(name| name)|nadawc|odbiorc|zleceniodawc|^plátce|^nume|^nazwa kontrahenta|^kontrahent|^název (proti)?účtu|^protistrana|^tegenpartij|^contrepartie|^naam \/ |^ordonnateur|контрагента? |карэспандэнт|контрагент$|^auftraggeber|қарсы агент|^vastaanottaja|^partner neve|^handelaar/,
    not: /status|инн|сч[её]т|бик|банк|bank|account|konto|iban|bic|бин|иин|иик|кпп|adres|id$| inn|rachun|rekening|унп|iban/,
  },
  { role: 'counterpartyName', weight: 9, is: /^tegenrekeninghouder|^counter ?account name/ },
  {
    role: 'counterpartyName',
    weight: 7,
    is: /плательщик|получател|^наименование|^name$|^counterpart|^nazwa|^nombre|^nom$|^concepto de|плацельшчык|атрымальнік|^naam$|^nimi$|^имя|^namn$|алушы|төлеуші/,
    not: /инн|сч[её]т|бик|банк|bank|account|konto|iban|бин|иин|кпп|операци|валют/,
  },
  {
    role: 'counterpartyTaxId',
    weight: 9,
    is: /^инн|инн |инн$|^унп|унп$|^унн|^nip$|^ičo$|^cod fiscal|^нін|^иин|^бин|иин\/бин|бсн|жсн|(^| )inn$|^tax ?id|^vat|counterparty tax|steuernummer/,
  },
  {
    role: 'counterpartyAccount',
    weight: 9,
    is: /(сч[её]т|р\/с|рс|account|konto|iban|шот).*(контрагент|корр|плательщик|получател|counter|benef|payee|begünst|empf|gegen)|(контрагент|корреспондент|плательщик|получател|counterparty|beneficiary|payee).*(сч[её]т|р\/с|account|iban)|^иик .*(бенеф|отправ|контр|получ)|^tegenrekening|tegenpartij.*rekening|rekening ?nummer tegenpartij|^kontonummer\/iban|^gegenkonto|^(nr\.? )?cont (in|din|beneficiar|ordonator)|^partner ?iban|^číslo protiúčtu|^protiúčet|^numer (rachunku|konta) kontrahenta|rachunek kontrahenta|^compte contrepartie|^cuenta (destino|contraparte)|^рахунак (карэсп|контр)|^counterparty iban|^tegenrekening(nummer)?$|^partner számlaszám/,
    not: /rekeninghouder/,
  },
  {
    role: 'counterpartyBankCode',
    weight: 8,
    is: /бик(?!о)|^bic|^код банка|^bank ?code|^kód banky|bic$|swift|^blz|sort ?code|мфо|bic tegenpartij|bankleitzahl/,
    not: /auftraggeberkonto/,
  },
  {
    role: 'purpose',
    weight: 10,
    is: /назначени|^verwendungszweck|^payment (details|purpose)|^purpose(?! code)|^közlemény|^message for payee|^payment ref|төлем(нің)? мақсаты|мақсаты|^remittance|прызначэнне|^tytu[łl]|^zpráva|^objet|^motif|^concepto|^mededelingen/,
  },
  {
    role: 'purpose',
    weight: 7,
    is: /^описание|^основание|^содержание|^description|^details|^narrative|^memo$|^omschrijving|^libell[ée]|^opis|^descriere|^detalii|^descrizione|^causale|^popis|^descripción|^leyenda|^апісанне|^змест|^детали|^detaily|^details of|^payment details|^transaction (details|description)|^particulars|^rubrik|^title|^transaktionsbeschreibung$|^vrije mededeling|^meddelande|^särskilda|^viesti|^desc$|^toelichting/,
  },
  {
    role: 'purpose',
    weight: 4,
    is: /комментар|примечан|^notes?$|^text$|^label$|^buchungstext|^message|^reason|^kontotransaktion|^назв|^категория|^observaciones|^poznámka|^nota$|^info(rmacja)?$/,
  },
  {
    role: 'documentNumber',
    weight: 9,
    is: /(номер|№|n|нумар) ?(п\/п|пп|док|плат|п\.п)|^номер$|^№$|^document ?(no|num|nr)|^doc\.? ?(no|num)|^belegn|^cheque|^check ?n|құжат|^номер платеж|^número (de )?documento|^numer dokumentu|^číslo dokladu|^нумар дак|^check or slip|^вн\.? ?номер|^vs$|^variab(ilní|le) symbol/,
  },
  {
    role: 'bankReference',
    weight: 8,
    is: /^референс|^transferwise id|^reference number|^id$|^kunden-?referenz|^end.?to.?end|^номер операции|^rrn|^(ид|id|код|номер|уникальн).*(операци|транзакц|проводк)|^(bank )?reference|^transaction ?(id|reference)|^u?id$|^ref\.?$|^unique|^référence|^buchungsreferenz|^kundenreferenz|^referens|^referensnummer|^referenci?a$|^transactiereferentie|^n° de transaction|^referentie$|^record id$|^operation number$/,
  },
  { role: 'account', weight: 10, is: ownAccountTitles },
  { role: 'account', weight: 9.5, is: /^auftraggeberkonto$/ },
  {
    role: 'account',
    weight: 9,
    is: /^(мой |наш |own |my )(сч[её]т|account)|^auftragskonto|^account (number|no)\.?$|^номер сч[её]та$|^сч[её]т (клиента|владельца|организации)|^rekeningnummer$|^(account|iban) ?(nr|nummer)?$|^numer rachunku$|^číslo účtu$|^номер счета клиента|^сч[её]т клиент|^жск$|^иик$|^iban\/bban$|^számlaszám$/,
  },
  {
    role: 'account',
    weight: 6,
    is: /^(сч[её]т|р\/с|расч[её]тный сч[её]т|account|konto|kontonummer|iban|rekening|шот|есепшот|compte|cuenta|rachunek|účet|рахунак|kontonr\.?)$/,
  },
  {
    role: 'balance',
    weight: 8,
    is: /остаток|сальдо|^баланс|balance|^saldo|^solde|^kontostand|қалдық|running|^solde|^zůstatek|^saldo po|рэшт|астатак|^остаток|^egyenleg/,
    not: /вход|opening|beginning|дата|available/,
  },
]

const rolesOfPayment: Readonly<Record<string, RoleGuess>> = {
  'дата платежа': { role: 'bankDay', weight: 12 },
  'дата операции': { role: 'valueDay', weight: 12 },
  'сумма платежа': { role: 'amount', weight: 13 },
  'валюта платежа': { role: 'currency', weight: 13 },
}

/**
 * Card exports (T-Bank's among them) print the purchase and what the account paid for it beside each other: the day and the
 * sum of the payment are the account's, those of the operation the shop's. By column; none for a header of another kind.
 */
export function paymentRolesOf(titles: readonly string[]): ReadonlyMap<number, RoleGuess> {
  const texts = titles.map(headerText)
  if (!texts.includes('дата операции') || !texts.includes('дата платежа')) return new Map()
  return new Map(
    texts.flatMap((text, column) => {
      const role = Object.hasOwn(rolesOfPayment, text) ? rolesOfPayment[text] : undefined
      return role ? [[column, role] as const] : []
    }),
  )
}

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
