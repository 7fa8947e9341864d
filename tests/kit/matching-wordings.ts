// Purposes of the first invented world: how payers of five languages say what they pay.

import { dotted, pick, upTo } from './matching-truth.ts'
import type { Random } from './matching-truth.ts'
import type { Speech } from './matching-parties.ts'

export interface Said {
  /** Numbers as they are to be written, already joined. */
  numbers: string
  several: boolean
  billDay: number
  sumMinor: number
}

const goods: Record<Speech, readonly string[]> = {
  ru: [
    'за услуги связи',
    'за товар',
    'за консультационные услуги',
    'аренда помещения',
    'за лицензию на ПО',
    'за рекламу',
    'поставка металлопроката',
  ],
  be: ['за паслугі', 'за тавар', 'за арэнду памяшкання', 'за транспортныя паслугі'],
  kk: ['қызмет үшін', 'тауар үшін', 'жалдау ақысы', 'көлік қызметі'],
  en: ['for services', 'for goods', 'consulting services', 'software licence', 'rent of premises'],
  de: ['für Dienstleistungen', 'für Waren', 'Beratung', 'Miete', 'Softwarelizenz'],
}

const single: Record<Speech, readonly string[]> = {
  ru: [
    'Оплата по счету № {n} от {d} {g}',
    'Оплата по счету №{n} от {d}г.',
    'Оплата по счёту N {n} от {d} {g}',
    'по сч. {n} от {d}',
    'по сч.№{n} {g}',
    'СЧЕТУ{n}',
    'Оплата счета {n} {g}',
    'Опл.сч.{n} от {d}',
    'Oплaтa пo cчeтy № {n} oт {d}',
    'Оплата по договору № {c} от 01.02.2025, счет {n} от {d}',
    'Предоплата 100% по счету № {n} от {d} {g}',
    'Оплата заказа № {n}',
    'Оплата заказа {n} {g}',
    'ЗА ТОВАР СОГЛ СЧ № {n} ОТ {d}',
    'Оплата по счету на оплату № {n} от {d} по договору {c}',
  ],
  be: [
    'Аплата па рахунку № {n} ад {d} {g}',
    'Аплата рахунка {n}',
    'Оплата по счету {n} согласно дог. {c} от 03.04.2025',
    'згодна рахунку № {n} {g}',
  ],
  kk: [
    'Төлем шот № {n} бойынша {d} {g}',
    'Шот {n} бойынша төлем',
    'Оплата по счету № {n} от {d}, КНП 710',
    'шот № {n} {g} келісім-шарт № {c}',
  ],
  en: [
    'Payment for invoice {n} dated {d}',
    'Invoice No. {n} {g}',
    'INV {n}',
    'inv.# {n}, contract {c}',
    'Order {n} {g}',
  ],
  de: [
    'Rechnung Nr. {n} vom {d}',
    'RG {n} {g}',
    'Zahlung Rechnung {n}, Vertrag {c}',
    'Rechnungsnr. {n}',
    'Bestellung {n} {g}',
  ],
}
const several: Record<Speech, readonly string[]> = {
  ru: [
    'Оплата по счетам №№ {n} {g}',
    'Оплата по счетам {n}',
    'по сч. {n}',
    'Оплата счетов {n} согласно договору {c}',
  ],
  be: ['Аплата па рахунках № {n} {g}', 'Оплата по счетам {n}'],
  kk: ['Төлем шоттар № {n} бойынша', 'Оплата по счетам {n}'],
  en: ['Payment for invoices {n}', 'Invoices {n} {g}'],
  de: ['Rechnungen {n}', 'Zahlung Rechnungen Nr. {n} {g}'],
}
const silent: Record<Speech, readonly string[]> = {
  ru: [
    'Оплата {g} по договору № {c} от 01.02.2025',
    'Оплата {g}',
    'Оплата согласно акту сверки',
    '{g}, УПД № {c} от {d}',
    'Перечисление денежных средств {g}',
  ],
  be: ['Аплата {g} па дагавору № {c}', 'Аплата {g}'],
  kk: ['Төлем {g}', 'Төлем {g} келісім-шарт № {c}'],
  en: ['Payment {g}', 'Payment as agreed, contract {c}'],
  de: ['Zahlung {g}', 'Laut Vertrag {c} {g}'],
}

export function speak(speech: Speech, said: Said, random: Random): string {
  return fill(pick((said.several ? several : single)[speech], random), speech, said, random)
}

/** A purpose that names no number of a payment. */
export function speakSilently(speech: Speech, said: Said, random: Random): string {
  return fill(pick(silent[speech], random), speech, said, random)
}

function fill(form: string, speech: Speech, said: Said, random: Random): string {
  return (
    form
      .replace('{n}', said.numbers)
      .replace('{d}', dotted(said.billDay))
      .replace('{g}', pick(goods[speech], random))
      .replace('{c}', contract(random)) + tax(speech, said.sumMinor, random)
  )
}

function contract(random: Random): string {
  const number = 1 + upTo(9000, random)
  return pick([`${number}`, `${number}/25`, `Д-${number}`, `${number}-П`], random)
}

function tax(speech: Speech, sumMinor: number, random: Random): string {
  const roll = random()
  const part = (sumMinor / 600).toFixed(2)
  if (roll < 0.3) return speech === 'en' || speech === 'de' ? '' : '. Без НДС'
  if (roll < 0.45) return `. Сумма ${(sumMinor / 100).toFixed(2)}`
  if (roll < 0.55) return ` ${Math.floor(sumMinor / 100)}-${String(sumMinor % 100).padStart(2, '0')}`
  if (speech === 'de') return `, MwSt 19% ${part}`
  if (speech === 'en') return `, VAT 20% ${part}`
  if (speech === 'kk') return `, ҚҚС 12% ${part}`
  return `. В т.ч. НДС 20% - ${part}`
}

/** One digit of a number wrong, two swapped, or one lost. */
export function mistype(number: string, random: Random): string {
  const places = [...number].flatMap((sign, at) => (/\d/.test(sign) ? [at] : []))
  const at = pick(places, random)
  const roll = random()
  if (roll < 0.5) {
    const wrong = String((Number(number.charAt(at)) + 1 + upTo(8, random)) % 10)
    return number.slice(0, at) + wrong + number.slice(at + 1)
  }
  if (roll < 0.8 && places.length > 2) return number.slice(0, at) + number.slice(at + 1)
  const next = number.charAt(at + 1)
  return /\d/.test(next)
    ? number.slice(0, at) + next + number.charAt(at) + number.slice(at + 2)
    : `${number}1`
}

/** The text as a format with lines of `width` signs carries it: cut into lines, and glued again. */
export function inLines(purpose: string, width: number): { purpose: string; glued: string } {
  const lines = purpose.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? [purpose]
  return { purpose: lines.join('\n'), glued: lines.join('') }
}
