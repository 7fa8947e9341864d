// The second invented world with a known truth, made independently of the first so that the matcher is not tuned
// to either: schools, clinics and shops paid by people through banks. Half of the lines name no number, most
// payers have no tax number, names stand inside the purpose, purposes are assembled from loose pieces.

import { defaultSettings } from '../../electron/domain/matching/types.ts'
import type { MatchLine, MatchPayer, MatchPayment, PayerAlias } from '../../electron/domain/matching/types.ts'
import { chanceOf, dayText, digits, dotted, judgeWorld, pick, shuffle, upTo } from './matching-truth.ts'
import type { Clues, Random, TruthWorld } from './matching-truth.ts'

type Numbering = (count: number, year: number) => string

interface Shop {
  portalId: string
  account: string
  ownCompanyId: number
  numbering: Numbering
  /** How its customers shorten the number. */
  short: (number: string) => string
  usualSums: readonly number[]
}

const shops: readonly Shop[] = [
  {
    portalId: 'p_school01',
    account: '40703810500000000111',
    ownCompanyId: 11,
    numbering: (count, year) => `К-${year}-${String(count).padStart(4, '0')}`,
    short: (number) => number.replace(/^К-/, ''),
    usualSums: [650_000, 720_000, 1_250_000, 480_000],
  },
  {
    portalId: 'p_clinic01',
    account: '40702810600000000222',
    ownCompanyId: 12,
    numbering: (count) => `МЦ${50_000 + count}`,
    short: (number) => number.replace(/^МЦ/, ''),
    usualSums: [],
  },
  {
    portalId: 'p_trade001',
    account: '40702810700000000333',
    ownCompanyId: 13,
    numbering: (count, year) => `${String(year).slice(2)}/${String(count).padStart(5, '0')}`,
    short: (number) => number,
    usualSums: [199_900, 349_900, 99_900],
  },
]

const lastNames =
  'Абдул Аким Алиев Ахмет Багир Басов Власен Гайдук Гончар Гриц Дёмин Дубров Ежов Жарк Заец Иваш Кадыр Каменц Касым Ким Климен Крав Кудр Лавр Левч Литвин Лисиц Лысен Мазур Малин Мартын Мирзо Мосин Нагор Наза Омаров Осад Остап Пащен Пилип Полищ Приход Рахим Рогож Рудн Рыж Садык Самойл Свирид Сердюк Скляр Соболь Стельм Султан Тарасюк Терещ Ткач Тулеген Усман Федюн Хаким Хасан Цыган Черк Шаповал Шарип Шевч Шульг Щетин Юсуп Ярош'.split(
    ' ',
  )
const endings = ['енко', 'ов', 'ин', 'ук', 'ев', 'ова', 'ина', 'ян', 'ский']
const firstNames =
  'Азамат Айгуль Алина Алла Антон Арсен Вадим Валерия Вера Виталий Галина Глеб Дарья Диана Жанна Зарина Инна Камила Ксения Лариса Лев Лилия Людмила Маргарита Марат Нина Оксана Полина Раиса Рустам Самвел Семён Софья Тимур Фёдор Эльвира Яна Ярослав'.split(
    ' ',
  )
const fathers =
  'Алиевич Антоновна Борисовна Вадимович Валерьевна Глебович Данилович Егоровна Ильинична Кириллович Львович Маратовна Олеговна Романович Рустамовна Семёновна Тимурович Фёдоровна Эдуардович Яковлевна'.split(
    ' ',
  )
const tradeWords =
  'Лайт Мега Урал Терра Фреш Нова Оптима Профи Сити Старт Фуд Эко Аква Бриз Вента Глобал Дельта Зенит Каскад Логос'.split(
    ' ',
  )
const aboutWhat = [
  'обучение',
  'медицинские услуги',
  'занятия',
  'лечение',
  'анализы',
  'заказ с сайта',
  'мебель',
  'доставка',
  'курс английского',
  'прием врача',
  'садик',
  'tuition',
  'medical services',
  'оқу ақысы',
  'навучанне',
  'Kursgebühr',
]
const throughBanks = [
  'ПАО СБЕРБАНК//Московский банк',
  'ФИЛИАЛ № 7701 БАНКА ВТБ (ПАО)',
  'АО "АЛЬФА-БАНК"',
  'АО "ТБанк"',
  'НКО "ЮМани" (ООО)',
  'ПАО "Совкомбанк"',
  'ООО "Расчетные решения"',
]

interface Customer extends MatchPayer {
  isFirm: boolean
  bankTaxId: string
  bankAccount: string
}

interface Debt {
  payment: MatchPayment
  customer: Customer
  shop: Shop
  day: number
}

interface Market {
  random: Random
  debts: Debt[]
  byCustomer: Map<Customer, Debt[]>
  customers: Customer[]
  waiting: Debt[]
  used: Set<Debt>
  lines: MatchLine[]
  clues: Map<number, Clues>
  aliases: PayerAlias[]
  absent: Set<number>
}

const start = Date.UTC(2024, 8, 2) / 86_400_000

export function buildMarket(size: { lines: number; payments: number; seed: number }): TruthWorld {
  const random = chanceOf(size.seed * 7919 + 13)
  const market: Market = {
    random,
    debts: [],
    byCustomer: new Map(),
    customers: [],
    waiting: [],
    used: new Set(),
    lines: [],
    clues: new Map(),
    aliases: [],
    absent: new Set(),
  }
  for (let at = 0; at < Math.max(10, size.payments / 5); at += 1)
    market.customers.push(buildCustomer(at, random))
  buildDebts(market, size.payments)
  market.waiting = shuffle(
    market.debts.filter(({ payment }) => payment.leftMinor > 0),
    random,
  )
  while (market.lines.length < size.lines) writeLine(market)
  const payments = market.debts.map(({ payment }) => payment).filter(({ id }) => !market.absent.has(id))
  const input = {
    lines: market.lines,
    payments,
    rejected: [],
    aliases: market.aliases,
    settings: defaultSettings,
  }
  return { input, truth: judgeWorld(input, market.clues) }
}

function buildCustomer(at: number, random: Random): Customer {
  const isFirm = random() < 0.2
  const person = `${pick(lastNames, random)}${pick(endings, random)} ${pick(firstNames, random)} ${pick(fathers, random)}`
  const firm = `${pick(tradeWords, random)}${pick(tradeWords, random).toLowerCase()}-${upTo(90, random) + 10}`
  const bankTaxId = isFirm ? digits(10, random) : ''
  const bankAccount = `${isFirm ? '40702810' : '40817810'}${digits(12, random)}`
  const taxIds = isFirm && random() < 0.8 ? [bankTaxId] : []
  return {
    key: `${isFirm ? 'company' : 'contact'}:${at + 1}`,
    names: [isFirm ? `ООО «${firm}»` : person],
    taxIds,
    accounts: random() < 0.15 ? [bankAccount] : [],
    isFirm,
    bankTaxId,
    bankAccount,
  }
}

function buildDebts(market: Market, count: number): void {
  const { random } = market
  const counts = new Map<string, number>()
  for (let at = 0; at < count; at += 1) {
    const day = start + Math.floor((at / count) * 740)
    const year = new Date(day * 86_400_000).getUTCFullYear()
    const shop = pick(shops, random)
    const counter = `${shop.portalId} ${year}`
    const next = (counts.get(counter) ?? 0) + 1
    counts.set(counter, next)
    const number = shop.numbering(next, year)
    const customer = pick(market.customers, random)
    const sumMinor =
      shop.usualSums.length > 0 && random() < 0.6
        ? pick(shop.usualSums, random)
        : 10_000 + upTo(3_000_000, random)
    const isOld = day < start + 500 && random() < 0.93
    const payment: MatchPayment = {
      portalId: shop.portalId,
      id: at + 1,
      accountNumber: `${number}/1`,
      orderNumber: number,
      ownerNumber: '',
      sumMinor,
      leftMinor: isOld ? 0 : sumMinor,
      currency: 'RUB',
      paid: isOld,
      paidAt: isOld ? `${dayText(day + 3)}T10:00:00.000Z` : null,
      billDay: dayText(day),
      payBeforeDay: null,
      payer: {
        key: customer.key,
        names: customer.names,
        taxIds: customer.taxIds,
        accounts: customer.accounts,
      },
      ownCompanyId: shop.ownCompanyId,
      isReturn: false,
      paySystemIsCash: false,
      gone: false,
    }
    const debt = { payment, customer, shop, day }
    market.debts.push(debt)
    market.byCustomer.set(customer, [...(market.byCustomer.get(customer) ?? []), debt])
  }
}

function writeLine(market: Market): void {
  const { random } = market
  const roll = random()
  if (roll < 0.06) return writeNoise(market)
  if (roll < 0.09) return writeForeign(market)
  const debt = nextDebt(market)
  if (!debt) return writeNoise(market)
  if (roll < 0.12) return writeTwin(market, debt)
  if (roll < 0.15) return writeAbsent(market, debt)
  if (roll < 0.2) return writeSeveral(market, debt)
  if (roll < 0.25) return writeRelative(market, debt)
  write(market, [debt], random() < 0.5 ? 'numbered' : 'numberless')
}

function nextDebt(market: Market): Debt | undefined {
  let debt = market.waiting.pop()
  while (debt && market.used.has(debt)) debt = market.waiting.pop()
  if (debt) market.used.add(debt)
  return debt
}

/** How a line's payer shows: in the counterparty, only in the purpose, or nowhere. */
type Showing = 'party' | 'purpose' | 'nowhere'

interface Change {
  kind?: string
  customer?: Customer
  amountMinor?: number
  paysNothing?: boolean
  isStranger?: boolean
  showing?: Showing
  knows?: string[]
  later?: number
}

function write(
  market: Market,
  debts: readonly Debt[],
  how: 'numbered' | 'numberless',
  change: Change = {},
): void {
  const { random } = market
  const [first] = debts
  if (!first) return
  const customer = change.customer ?? first.customer
  const showing =
    change.showing ??
    (customer.isFirm ? 'party' : pick(['party', 'party', 'purpose', 'purpose', 'nowhere'] as const, random))
  const amountMinor = change.amountMinor ?? debts.reduce((sum, { payment }) => sum + payment.leftMinor, 0)
  const numbers = how === 'numbered' ? debts.map(({ payment, shop }) => writtenBy(payment, shop, random)) : []
  const id = market.lines.length + 1
  const day = Math.max(...debts.map((debt) => debt.day)) + upTo(21, random) + (change.later ?? 0)
  const [spoken = ''] = customer.names
  market.lines.push({
    id,
    account: first.shop.account,
    bound: { portalId: first.shop.portalId, ownCompanyId: first.shop.ownCompanyId },
    bankDay: dayText(day),
    leftMinor: amountMinor,
    currency: 'RUB',
    counterparty:
      showing === 'party'
        ? partyOf(customer, random)
        : {
            name: pick(throughBanks, random),
            taxId: pick(['7707083893', '7702070139', ''], random),
            account: `30233810${digits(12, random)}`,
            bankCode: '044525225',
          },
    purpose: compose(numbers, showing === 'purpose' ? spoken : '', first.day, amountMinor, random),
    purposeGlued: null,
    documentNumber: digits(5, random),
    reversal: false,
    provedFile: true,
    booked: true,
  })
  market.clues.set(id, {
    kind: change.kind ?? `${how} ${showing}`,
    paymentIds: change.paysNothing ? [] : debts.map(({ payment }) => payment.id).sort((a, b) => a - b),
    writes: numbers.length > 0 ? debts.map(({ payment }) => payment.orderNumber) : [],
    knows: change.knows ?? (showing === 'nowhere' ? [] : [customer.key]),
    isStranger: change.isStranger ?? false,
    neverTold: false,
  })
}

function writtenBy(payment: MatchPayment, shop: Shop, random: Random): string {
  return pick(
    [
      payment.accountNumber,
      payment.orderNumber,
      payment.orderNumber.toLowerCase(),
      shop.short(payment.orderNumber),
    ],
    random,
  )
}

function partyOf(customer: Customer, random: Random): MatchLine['counterparty'] {
  const [name = ''] = customer.names
  const printed = pick(
    [
      name,
      name.toUpperCase(),
      customer.isFirm
        ? name.replace('ООО', 'Общество с ограниченной ответственностью')
        : `${name}//РОССИЯ,Г ТВЕРЬ//`,
    ],
    random,
  )
  return {
    name: printed,
    taxId: customer.isFirm && random() < 0.9 ? customer.bankTaxId : '',
    account: random() < 0.7 ? customer.bankAccount : '',
    bankCode: '044030653',
  }
}

/** Pieces in any order, as payment forms of banks print them. */
function compose(
  numbers: readonly string[],
  spoken: string,
  billDay: number,
  amountMinor: number,
  random: Random,
): string {
  const label = pick(
    [
      'договор-счет',
      'Счет',
      'счёт №',
      'СЧ',
      'inv',
      'ЗАКАЗ',
      'заказ №',
      'Лицевой счет договора, счет',
      'по квитанции-счету',
      'төлем шоты',
      'рахунак',
      'Rechnung',
    ],
    random,
  )
  const pieces = [
    ...(numbers.length > 0 ? [`${label} ${numbers.join(', ')}`] : []),
    ...(spoken === ''
      ? []
      : [
          pick(
            [
              `ФИО: ${spoken}`,
              `Плательщик ${spoken.toUpperCase()}`,
              `от ${spoken}`,
              `ФИО ОБУЧАЮЩЕГОСЯ;${spoken}`,
            ],
            random,
          ),
        ]),
    pick(aboutWhat, random),
    ...(random() < 0.3 ? [`за ${pick(['сентябрь', 'октябрь', 'март', 'май'], random)} 2026`] : []),
    ...(random() < 0.2
      ? [`тел. +7 9${digits(2, random)} ${digits(3, random)}-${digits(2, random)}-${digits(2, random)}`]
      : []),
    ...(random() < 0.2 ? [`операция от ${dotted(billDay + upTo(20, random))}`] : []),
    ...(random() < 0.3 ? [`${(amountMinor / 100).toFixed(2)} руб.`] : []),
    ...(random() < 0.3 ? ['НДС не облагается'] : []),
    ...(random() < 0.15 ? [`Документ ${digits(8, random)}`] : []),
    ...(random() < 0.1 ? [`ул. Лесная, д. ${1 + upTo(90, random)}, кв. ${1 + upTo(300, random)}`] : []),
  ]
  return shuffle(pieces, random).join(pick(['; ', ', ', ' ', '. '], random))
}

function writeNoise(market: Market): void {
  const debt = pick(market.debts, market.random)
  const amountMinor = market.random() < 0.4 ? debt.payment.sumMinor : 10_000 + upTo(2_000_000, market.random)
  const customer = pick(market.customers, market.random)
  write(market, [debt], 'numberless', { kind: 'noise', customer, amountMinor, paysNothing: true })
}

/** A customer writes the number, and usually the sum, of somebody else's debt. */
function writeForeign(market: Market): void {
  const debt = pick(market.debts, market.random)
  const customer = pick(market.customers, market.random)
  if (customer === debt.customer) return
  write(market, [debt], 'numbered', {
    kind: 'foreign',
    customer,
    amountMinor: debt.payment.sumMinor,
    paysNothing: true,
  })
}

function writeTwin(market: Market, debt: Debt): void {
  write(market, [debt], 'numbered', { kind: 'twin first' })
  write(market, [debt], 'numbered', { kind: 'twin second', paysNothing: true, later: 25 })
}

function writeAbsent(market: Market, debt: Debt): void {
  market.absent.add(debt.payment.id)
  write(market, [debt], market.random() < 0.6 ? 'numbered' : 'numberless', {
    kind: 'absent',
    paysNothing: true,
  })
}

function writeSeveral(market: Market, debt: Debt): void {
  const others = (market.byCustomer.get(debt.customer) ?? []).filter(
    (one) =>
      one !== debt &&
      one.shop === debt.shop &&
      !market.used.has(one) &&
      one.payment.leftMinor > 0 &&
      Math.abs(one.day - debt.day) < 150,
  )
  const [second] = others
  if (second) market.used.add(second)
  const all = second ? [debt, second] : [debt]
  write(market, all, market.random() < 0.6 ? 'numbered' : 'numberless', second ? { kind: 'several' } : {})
}

/** Somebody of the family pays; half of them did before and are remembered. */
function writeRelative(market: Market, debt: Debt): void {
  const customer = pick(market.customers, market.random)
  if (customer === debt.customer || customer.isFirm) return write(market, [debt], 'numbered')
  const isKnown = market.random() < 0.5
  if (isKnown)
    market.aliases.push({
      portalId: debt.shop.portalId,
      payerKey: debt.customer.key,
      name: customer.names[0] ?? '',
      account: '',
    })
  write(market, [debt], 'numbered', {
    kind: isKnown ? 'relative known' : 'relative',
    customer,
    showing: 'party',
    isStranger: !isKnown,
    knows: [customer.key, debt.customer.key],
  })
}
