// Names, accounts and tax numbers in the forms in which they are compared.

import { asCyrillic, asLatin, foldText, numberKey } from './fold.ts'
import { wordClass } from './wordings.ts'

/** Letters and digits of an account number or IBAN, upper case; '' when too short to identify anything. */
export function accountKey(account: string): string {
  const key = account.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  return key.length < 5 || /^0+$/.test(key) ? '' : key
}

/** The tax number without the registration code after a slash, country letters and blanks; '' when there is none. */
export function taxIdKey(taxId: string): string {
  const [first = ''] = taxId.split(/[/\\;,]/)
  const key = first.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  const digits = key.replaceAll(/\D/g, '')
  return digits.length < 6 || /^0+$/.test(digits) ? '' : digits
}

/** The tax number of a counterparty: its own field, else the one written before the name («ИНН 7702… ООО …»). */
export function counterpartyTaxId(taxId: string, name: string): string {
  const own = taxIdKey(taxId)
  if (own !== '') return own
  const written = /^\s*(?:(?:инн|унп|бин|иин|inn)\s*:?\s*)?(\d{9,12})(?![\d])/i.exec(name)
  return written ? taxIdKey(written[1] ?? '') : ''
}

/** Number keys under which a payment may be sought by this number: as written, and without a «СЧ-» or `INV-`. */
export function numberKeysOf(text: string): string[] {
  if (text === '') return []
  const key = numberKey(text)
  if (key === '') return []
  const prefixed = /^(\p{L}+)[\s.№#_-]*(\d.*)$/u.exec(foldText(text))
  if (!prefixed) return [key]
  const says = wordClass(prefixed[1] ?? '')
  if (says !== 'invoice' && says !== 'order' && says !== 'sign') return [key]
  return [key, numberKey(prefixed[2] ?? '')]
}

/** The key of a number without letters in front that are no word («МЦ50012», «К-2025-15»), which payers leave out. */
export function looseKeysOf(text: string): string[] {
  const digits = withoutPrefix(text)
  return digits === text || digits === '' ? [] : [numberKey(digits)]
}

/** The number without the letters and marks in front of its first digit. */
export function withoutPrefix(text: string): string {
  return text.replace(/^\D+/, '')
}

/** The order's number: its own where known, else the payment's up to the last slash. */
export function orderNumberOf(payment: { orderNumber: string; accountNumber: string }): string {
  if (payment.orderNumber !== '') return payment.orderNumber
  const slash = payment.accountNumber.lastIndexOf('/')
  return slash > 0 ? payment.accountNumber.slice(0, slash) : ''
}

const legalPhrases =
  /общество с (?:ограниченной|дополнительной) ответственностью|товарищество с ограниченной ответственностью|(?:публичное |открытое |закрытое |непубличное )?акционерное общество|(?:глава )?крестьянско[е-]? ?\(?фермерско[ег][о]? ?хозяйств[оа]\)?|индивидуальный предприниматель|частное (?:торговое |производственное )?унитарное предприятие|унитарное предприятие|жауапкершілігі шектеулі серіктестігі|sp\. ?z ?o\. ?o\.?|s\. ?r\. ?o\.?|s\. ?a\.? ?r\. ?l\.?|gmbh & co\.? kg|co\. ?ltd\.?/g
const legalWords = new Set(
  'ооо оао зао ао пао нао ип тоо одо сооо иооо уп чуп чтуп чп ктуп руп гуп муп фгуп фгбу гбу мбу мку ано нко тсж тсн снт кфх пк спк жшс жк фоп тов пбоюл ooo oao zao ao pao ip too chup odo llc llp ltd limited inc corp corporation company co gmbh mbh ag kg kgaa ohg ug se oy oyj ab as asa uab sia oü ou bv nv sa sas sarl srl spa sro spz plc lp pte'.split(
    ' ',
  ),
)
const bankWords =
  /банк(?:а|у|ом|е)?(?![\p{L}])|bank(?![\p{L}])|sparkasse|volksbank|раиффайзен|райффайзен|казначейств|расчетн|ю ?money|юмани|юkassa|юкасса|эквайринг|клиринг|acquiring|stripe|paypal|payoneer/u

const latinOf: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  қ: 'k',
  ғ: 'g',
  ң: 'n',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
  ә: 'a',
  ä: 'a',
  ö: 'o',
  ü: 'u',
  ß: 'ss',
  ł: 'l',
  ą: 'a',
  ę: 'e',
  ó: 'o',
  ś: 's',
  ż: 'z',
  ź: 'z',
  ć: 'c',
  ń: 'n',
  č: 'ch',
  š: 'sh',
  ž: 'zh',
  ė: 'e',
  ų: 'u',
  ū: 'u',
  į: 'i',
  ř: 'r',
  ý: 'i',
  á: 'a',
  é: 'e',
  í: 'i',
  ú: 'u',
  ů: 'u',
  ě: 'e',
  å: 'a',
  ø: 'o',
  æ: 'ae',
}

/** A name for comparing: Latin words without legal form, sorted. An empty list says nothing about anybody. */
export interface NameForm {
  words: readonly string[]
  /** The words joined: equal keys are equal names. */
  key: string
  /** The counterparty is a bank or an acquirer: it pays for others, its name contradicts nobody. */
  isBank: boolean
}

const noName: NameForm = { words: [], key: '', isBank: false }

/** Legal forms, quotes, tax numbers, addresses after `//` and «р/с …» removed; Cyrillic as Latin; words sorted. */
export function nameForm(name: string): NameForm {
  if (name.trim() === '') return noName
  const [beforeAddress = ''] = foldText(name).split('//')
  const [owner = ''] = beforeAddress.split(/\s[рp]\/[сc]\s?\d?|\sиик\s/)
  const spelt = owner
    .replace(/^\s*(?:инн|унп|бин|иин|inn)?\s*:?\s*\d{9,12}[\s,]*/, '')
    .replaceAll(legalPhrases, ' ')
  const isBank = bankWords.test(spelt)
  const words = (spelt.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !isLegalWord(word)).map(transliterate)
  const kept = words.filter((word) => word !== '' && !/^\d{5,}$/.test(word)).sort()
  return { words: kept, key: kept.join(' '), isBank }
}

export function isLegalWord(word: string): boolean {
  return legalWords.has(word) || (/[a-z]/.test(word) && legalWords.has(asCyrillic(word)))
}

/** Latin letters with the ways of romanising (`ya`/`ia`/`ja`, `kh`/`h`, `ts`/`c`, `x`/`ks`) brought together. */
export function transliterate(word: string): string {
  let latin = ''
  for (const letter of oneScript(word)) latin += latinOf[letter] ?? letter
  return latin
    .replaceAll(/shch|sch/g, 'sh')
    .replaceAll('kh', 'h')
    .replaceAll(/ts|tz/g, 'c')
    .replaceAll('ks', 'x')
    .replaceAll('ck', 'k')
    .replaceAll('ph', 'f')
    .replaceAll('w', 'v')
    .replaceAll(/[yj]/g, 'i')
    .replaceAll(/(.)\1/g, '$1')
    .replaceAll(/ii+/g, 'i')
    .replaceAll(/i(?=[aueo])/g, '')
}

/** A word of two scripts as the one that most of its letters are of: the others can only be look-alikes. */
function oneScript(word: string): string {
  const latin = word.match(/[a-z]/g)?.length ?? 0
  const cyrillic = word.match(/[а-яёіўғқңөұүһәї]/g)?.length ?? 0
  if (latin === 0 || cyrillic === 0) return word
  return latin > cyrillic ? asLatin(word) : asCyrillic(word)
}

/** Whether two unlike names may still be one garbled or cut off: a word begins another, or is one letter off. */
export function mayBeOneName(a: NameForm, b: NameForm): boolean {
  return a.words.some((word) =>
    b.words.some((other) => {
      const shorter = Math.min(word.length, other.length)
      if (shorter >= 3 && (word.startsWith(other) || other.startsWith(word))) return true
      return shorter >= 4 && differByOne(word, other)
    }),
  )
}

/**
 * How alike two names are, 0..1: the share of letters in words that find a partner. One letter may differ in a
 * word of five, an initial stands for its word.
 */
export function nameLikeness(a: NameForm, b: NameForm): number {
  if (a.words.length === 0 || b.words.length === 0) return 0
  if (a.key === b.key) return 1
  const [few, many] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  const taken = new Set<number>()
  const paired = new Set<number>()
  let shared = 0
  for (const alike of [isSame, isAlike, isInitialOf]) {
    for (const [from, word] of few.entries()) {
      const at = paired.has(from)
        ? -1
        : many.findIndex((other, index) => !taken.has(index) && alike(word, other))
      if (at < 0) continue
      taken.add(at)
      paired.add(from)
      shared += weightOfWord(word) + weightOfWord(many[at] ?? '')
    }
  }
  const all = [...few, ...many].reduce((sum, word) => sum + weightOfWord(word), 0)
  return all === 0 ? 0 : shared / all
}

/** A long word tells more than a short one, up to eight letters. */
export function weightOfWord(word: string): number {
  return Math.min(word.length, 8)
}

function isSame(a: string, b: string): boolean {
  return a === b
}

/** Equal, one letter off, or one the beginning of the other and no shorter than three quarters of it. */
export function isAlike(a: string, b: string): boolean {
  if (a === b) return true
  const shorter = Math.min(a.length, b.length)
  if (shorter < 5) return false
  if (differByOne(a, b)) return true
  return (
    shorter >= 6 && shorter >= 0.75 * Math.max(a.length, b.length) && (a.startsWith(b) || b.startsWith(a))
  )
}

/** Tried after whole words, else «И.» would take «Иванов» from itself. */
function isInitialOf(a: string, b: string): boolean {
  return (a.length === 1 || b.length === 1) && a[0] === b[0]
}

/** One letter changed, added or left out, or two neighbours swapped. */
function differByOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const restA = a.slice(start)
  const restB = b.slice(start)
  if (restA.slice(1) === restB.slice(1) || restA === restB.slice(1) || restA.slice(1) === restB) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}
