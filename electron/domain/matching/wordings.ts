// The words around numbers in payment purposes, and what they make of the number that follows. Russian,
// Belarusian, Kazakh, Ukrainian, English and German.

import { asCyrillic } from './fold.ts'

/**
 * - `invoice`, `order`: the number is one that a payment can bear
 * - `contract`, `document`, `code`, `account`, `address`, `phone`, `vat`, `fee`: it is something else
 * - `accountAdjective`: makes the next «счет» a bank account («расчетный счет»)
 * - `sign`: number sign; `from`: a date follows; `sum`: a sum follows; `currency`: a sum stands before
 * - `list`, `through`: one more number, the end of a range; `neutral`: changes nothing
 */
export type WordClass =
  | 'invoice'
  | 'order'
  | 'contract'
  | 'document'
  | 'code'
  | 'account'
  | 'accountAdjective'
  | 'address'
  | 'phone'
  | 'vat'
  | 'fee'
  | 'sign'
  | 'from'
  | 'sum'
  | 'currency'
  | 'year'
  | 'month'
  | 'list'
  | 'through'
  | 'neutral'
  | 'unit'

/** Words that count only as they stand; blanks divide them. */
const whole: readonly (readonly [WordClass, string])[] = [
  [
    'invoice',
    'сч счт счту счет счета счету счете счетом счетов счетам счетами счетах инв inv invoice invoices bill bills rechnung rechnungen rechnungsnummer rechnungsnr rnr rg renr шот шоты шотқа шотты шоттар шотына proforma проформа проформе pi инвойс faktura faktury fakturu сч-т сч-ту сч-та re rechnungs rechnungs-nr r.nr rnr',
  ],
  [
    'invoice',
    'счет-оферте счет-договору счет-заказу счет-спецификации счет-договор счету-договору счета-договора счет-оферта счету-оферте счета-оферты счет-спецификация счету-спецификации счет-заказ счету-заказу договор-счет договору-счету',
  ],
  [
    'order',
    'зак order orders po заказ-наряд заказу-наряду auftrag auftrags auftragsnr bestellung bestellnr bestellnummer',
  ],
  [
    'contract',
    'дог догов дог-р дог-ру дог-ра к-т конт контр гк мк дс соглашение соглашению соглашения contract contracts agreement vertrag vertrags vertragsnr шарт шарты шартқа шартты шартына',
  ],
  [
    'document',
    'сф с/ф с-ф сч/ф сч-ф сч/фактура акт акту акта акты актам актов упд тн ттн торг торг-12 п/п пп плат/пор плат.пор чек чека чеку лот лота рейс act annex waybill lieferschein tax-invoice вин vin полис полису заявление гтд кп smr cmr смр',
  ],
  [
    'code',
    'инн кпп бик огрн огрнип октмо окато кбк унп унн бин иин кбе кнп окпо снилс уин уип уид id код bic swift iban ustid ustidnr ust-id ust-idnr steuernummer taxid inn kpp bin iin unp vo ктн игк ikz икз kdnr kd kd-nr kundennr kunden-nr kundennummer customer гост карта карты карте картой терминал терминала атм банкомат трек tid rrn',
  ],
  [
    'account',
    'р/с рс к/с л/с лс р/счет р/счета р/счет л/счет л/счета п/с acct account konto kontonr рас/счет',
  ],
  [
    'address',
    'ул улица д дом кв корп стр оф офис каб пом этаж пр-т пр-кт просп пер наб ш мкр уч street str apt лит',
  ],
  ['phone', 'тел моб телефон телефону phone tel mob факс fax т/ф'],
  ['vat', 'ндс пдв ққс кқс vat mwst ust ust. налог налога налогом nds'],
  ['fee', 'fee fees комис gebühr gebühren'],
  [
    'sign',
    'n no nr nos num nom number numbers nummer номер номера номеру номером номерам ном нум нумар нөмір нөмірі nn номеров',
  ],
  ['from', 'от from dated vom dd dtd ад від date datum дата дд'],
  [
    'sum',
    'сумма сумму суммой суммы сумме сум сума суму сумы сомасы сомасына сома amount betrag total итого всего sum summe',
  ],
  [
    'currency',
    'р руб рубль рубля рублей рублях rub rur byn byr usd eur kzt uah тенге тг тнг долл доллар доллара долларов евро euro euros коп копеек копейки копейка kop бел тиын cents',
  ],
  ['year', 'г гг год года году годы year ж жыл жылғы жылы р-к'],
  [
    'month',
    'май мая мае may янв фев мар апр авг сен сент окт ноя нояб дек jan feb mar apr jun jul aug sep oct nov dec квартал полугодие',
  ],
  ['list', 'u и and und және та і й'],
  ['through', 'по bis to до through'],
  [
    'neutral',
    'на с со к для ваш ваша вашему вашего наш нашему покупателя покупателю согласно оплату оплата оплате оплаты оплатить the for payment zur zu выставленный выставленному выставленным бойынша төлем төлеу pay paid клиента электронный электронному',
  ],
  [
    'unit',
    'шт ед чел кг тн м2 м3 час часов часа дн дней дня суток мес месяц месяца месяцев усл pcs экз компл мин л кв/м',
  ],
]

/** Beginnings of words; a longer one wins. */
const stems: readonly (readonly [WordClass, string])[] = [
  ['invoice', 'рахун инвойс'],
  ['order', 'заказ заявк замов тапсырыс замаў bestell'],
  [
    'contract',
    'договор контракт соглашен госконтракт дагавор дамов келісім vereinbar оферт допсоглаш лиценз абонент',
  ],
  [
    'document',
    'счет-фактур счета-фактур счету-фактур счетом-фактур счетам-фактур шот-фактур рахунак-фактур рахунку-фактур накладн фактур спецификац приложен доверен поручени реестр ведомост протокол тендер аукцион закупк паспорт свидетельств уведомлен требован исполнит постановл приказ решени билет квитанц чек- декларац',
  ],
  ['accountAdjective', 'лицев расчетн расчётн корресп транзитн валютн текущ карточн'],
  ['code', 'идентификат'],
  ['address', 'квартир помещен'],
  ['phone', 'телефон'],
  ['vat', 'ндс- mehrwertst'],
  ['fee', 'комисси commission вознагражд камісі'],
  [
    'month',
    'январ феврал март апрел июн июл август сентябр октябр ноябр декабр студз лют сакавік красавік чэрвен ліпен жнів верас кастрычн лістапад снеж қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан januar februar march märz april june juni july juli august septem oktob octob novem decem dezem',
  ],
  ['neutral', 'выставлен'],
]

const byWord = new Map<string, WordClass>()
for (const [kind, words] of whole) for (const word of words.split(' ')) byWord.set(word, kind)

const byStart = new Map<string, (readonly [string, WordClass])[]>()
for (const [kind, words] of stems) {
  for (const stem of words.split(' ')) {
    const start = stem.slice(0, 3)
    const known = byStart.get(start)
    if (known) known.push([stem, kind])
    else byStart.set(start, [[stem, kind]])
  }
}
for (const known of byStart.values()) known.sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))

/** What a folded word (letters, possibly joined by `-` or `/`) says about numbers near it; null for any other. */
export function wordClass(word: string): WordClass | null {
  const direct = lookUp(word)
  if (direct !== null || !/[a-z]/.test(word)) return direct
  return lookUp(asCyrillic(word))
}

/** «квитанции-счету», «заявка-счет»: whatever stands before, the number is the invoice's. */
const endsAsInvoice = /..-сч[её]т(?:а|у|е|ом)?$/

/** «оплатапосчету301», «посчету»: but not «расчету», «учету». */
const gluedInvoice = /(?:по|оплат[аы])сч[её]т(?:у|а|ам|ов)?$/

function lookUp(word: string): WordClass | null {
  const exact = byWord.get(word)
  if (exact !== undefined) return exact
  if (word.includes('-') ? endsAsInvoice.test(word) : gluedInvoice.test(word)) return 'invoice'
  const candidates = byStart.get(word.slice(0, 3))
  if (!candidates) return null
  for (const [stem, kind] of candidates) if (word.startsWith(stem)) return kind
  return null
}

/** Money that went the other way: refunds, returns, reversals. */
export function saysRefund(folded: string): boolean {
  return /возвра|refund|вяртан|вярну|қайтар|повернен|erstatt|rückzahl|storno|сторно|chargeback|reversal/.test(
    folded,
  )
}
