/** How payers write what they pay for: numbers plain, glued, misspelt, among decoys, or left out. */
import type { Random } from '../data/random.ts'
import { russianDay } from '../moments.ts'
import { printMinor } from './statement.ts'

export interface PurposeRequest {
  /** Payment numbers such as `3653/1`; several for one line. */
  numbers: readonly string[]
  billedDay: string
  minor: number
  goods: string
  foreign: boolean
  /** Leaves the number out, or names only the order. */
  naming: 'number' | 'order' | 'none'
}

interface Words {
  number: string
  day: string
  shortDay: string
  goods: string
  contract: string
  vat: string
}

function grouped(minor: number): string {
  const [units = '', cents = ''] = printMinor(minor, ',').split(',')
  return `${units.replace(/\B(?=(\d{3})+$)/g, ' ')},${cents}`
}

function vatWords(random: Random, minor: number): string {
  const vat = (share: number): number => Math.round((minor * share) / (100 + share))
  return random.pick([
    `В т.ч. НДС 20% - ${grouped(vat(20))} руб.`,
    `В том числе НДС 20% ${printMinor(vat(20), '.')}`,
    `НДС(22%): ${printMinor(vat(22), ',').replace(',', '-')}`,
    `в т.ч. НДС (10%) ${printMinor(vat(10), '.')} руб.`,
    'НДС не облагается',
    'Без НДС.',
    'Без налога (НДС)',
  ])
}

const oneNumber: readonly ((words: Words) => string)[] = [
  ({ number, day, goods, vat }) => `Оплата по счету № ${number} от ${day} за ${goods}. ${vat}`,
  ({ number, day, vat }) => `Оплата по сч. № ${number} от ${day}. ${vat}`,
  ({ number, shortDay, vat }) => `Оплата счета №${number} от ${shortDay} ${vat}`,
  ({ number, goods, vat }) => `За ${goods} по счёту ${number}, ${vat}`,
  ({ number, day, vat }) => `ОПЛАТА ПО СЧЕТУ N ${number} ОТ ${day}Г. ${vat.toUpperCase()}`,
  ({ number, day, goods, contract }) =>
    `Оплата за ${goods} по договору № ${contract} от ${day}, счет #${number}. НДС не облагается`,
  ({ number, vat }) => `ОПЛАТАПОСЧЕТУ№${number} ${vat}`,
  ({ number, vat }) => `Оплата по СЧЕТУ${number}. ${vat}`,
  ({ number, day, goods, vat }) => `Предоплата 100% за ${goods} сч ${number} от ${day}. ${vat}`,
  ({ number, day }) => `Oплaтa пo cчeтy № ${number} oт ${day} без НДС`,
  ({ number, goods, vat }) => `За ${goods}, счет-оферта №${number}. ${vat} Тел. 8 (495) 123-45-67`,
  ({ number, day, vat }) => `(VO10100) Оплата по счету № ${number.replace('/', ' / ')} от ${day}. ${vat}`,
  ({ number, shortDay, vat }) => `Опл.сч.${number} от ${shortDay}; ${vat}`,
  ({ number, day, vat }) => `Оплата по счету № ${number.replace('/', '-')} от ${day}. ${vat}`,
  ({ number, day, goods, contract, vat }) =>
    `Оплата по договору ${contract} от ${day}, акт 17 за ${goods}; сч. № ${number}. ${vat}`,
]

const orderOnly: readonly ((words: Words) => string)[] = [
  ({ number, goods, vat }) => `Оплата по заказу ${number} за ${goods}. ${vat}`,
  ({ number, vat }) => `Оплата заказа № ${number}. ${vat}`,
  ({ number, day, vat }) => `По заказу №${number} от ${day}. ${vat}`,
]

const noNumber: readonly ((words: Words) => string)[] = [
  ({ goods, day, contract, vat }) => `Оплата за ${goods} по договору № ${contract} от ${day}. ${vat}`,
  ({ goods, vat }) => `Оплата за ${goods}. ${vat}`,
  ({ vat }) => `Оплата по счету. ${vat}`,
  ({ goods }) => `за ${goods}`,
]

const severalNumbers: readonly ((words: Words) => string)[] = [
  ({ number, vat }) => `Оплата по счетам № ${number}. ${vat}`,
  ({ number, goods, vat }) => `Оплата за ${goods} по сч. №№ ${number}. ${vat}`,
  ({ number, day, vat }) => `Оплата по счетам ${number} от ${day}. ${vat}`,
]

const foreignOne: readonly ((words: Words) => string)[] = [
  ({ number, day }) => `Invoice ${number} dated ${day}`,
  ({ number }) => `INV. NO ${number}`,
  ({ number }) => `Payment for order ${number}`,
  ({ number, day }) => `Rechnung Nr. ${number} vom ${day}`,
  ({ number }) => `RE ${number}`,
  ({ number, contract }) => `Contract ${contract}, invoice no. ${number}, thank you`,
]

const foreignNone: readonly ((words: Words) => string)[] = [
  ({ contract }) => `Payment under contract ${contract}`,
  ({ day }) => `Services as of ${day}`,
]

function templates(request: PurposeRequest): readonly ((words: Words) => string)[] {
  if (request.foreign) return request.naming === 'none' ? foreignNone : foreignOne
  if (request.naming === 'none') return noNumber
  if (request.naming === 'order') return orderOnly
  return request.numbers.length > 1 ? severalNumbers : oneNumber
}

function orderPart(number: string): string {
  return number.slice(0, Math.max(0, number.lastIndexOf('/'))) || number
}

/** Neighbouring payments of one order are written short now and then: `4924/1-3` or `4924/1, /2, /3`. */
function joinNumbers(random: Random, numbers: readonly string[], separator: string): string {
  const [first = '', last = ''] = [numbers[0], numbers.at(-1)]
  const parts = numbers.map((number) => Number(number.slice(number.lastIndexOf('/') + 1)))
  const neighbours = parts.every((part, index) => index === 0 || part === (parts[index - 1] ?? 0) + 1)
  const sameOrder = numbers.every((number) => orderPart(number) === orderPart(first))
  if (numbers.length < 2 || !neighbours || !sameOrder || random.chance(0.5)) return numbers.join(separator)
  const tail = numbers.slice(1).map((number) => number.slice(number.lastIndexOf('/')))
  return random.chance(0.5)
    ? `${first}-${last.slice(last.lastIndexOf('/') + 1)}`
    : [first, ...tail].join(', ')
}

/** The purpose of one line. */
export function writePurpose(random: Random, request: PurposeRequest): string {
  const numbers = request.naming === 'order' ? request.numbers.map(orderPart) : request.numbers
  const separator = random.pick([', ', ', ', '; ', ' и '])
  const words: Words = {
    number: request.foreign ? numbers.join(', ') : joinNumbers(random, numbers, separator),
    day: russianDay(request.billedDay),
    shortDay: russianDay(request.billedDay).replace(/\d\d(\d\d)$/, '$1'),
    goods: request.goods,
    contract: `${random.integer(11, 99)}/${random.integer(2024, 2026)}-${random.pick(['У', 'П', 'К'])}`,
    vat: vatWords(random, request.minor),
  }
  if (request.foreign) words.contract = `NW-${random.integer(100, 999)}`
  return random.pick(templates(request))(words)
}
