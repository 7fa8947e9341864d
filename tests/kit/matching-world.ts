// An invented bookkeeping world whose truth is known: who paid what by which line, in the words people write.

import { defaultSettings } from '../../electron/domain/matching/types.ts'
import type { MatchInput, MatchLine, MatchPayer, MatchPayment } from '../../electron/domain/matching/types.ts'

export type LineKind =
  | 'single'
  | 'noNumber'
  | 'thirdParty'
  | 'group'
  | 'instalment'
  | 'lump'
  | 'over'
  | 'foreignNumber'
  | 'stranger'
  | 'repeated'
  | 'out'
  | 'refund'

/** What really happened with a line: the payments it pays, none for money that belongs to no payment. */
export interface LineTruth {
  kind: LineKind
  paymentIds: number[]
}

export interface MatchingWorld {
  input: MatchInput
  truth: Map<number, LineTruth>
}

export interface WorldSize {
  lines: number
  payments: number
  seed: number
}

type Random = () => number

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const portalId = 'p_world0001'
const accounts = [
  { account: '40702810100000000001', ownCompanyId: 1 },
  { account: '40702810200000000002', ownCompanyId: 2 },
]
const firstDay = Date.UTC(2026, 0, 5) / 86_400_000
const syllables = [
  'ро',
  'маш',
  'век',
  'тор',
  'аль',
  'га',
  'сев',
  'лес',
  'ко',
  'дом',
  'тех',
  'но',
  'гра',
  'нит',
  'ори',
  'кас',
  'мер',
  'бе',
  'рез',
  'ян',
  'син',
  'фор',
  'лед',
  'жи',
  'зар',
  'пул',
  'эк',
  'вид',
]
const popularSums = [100_000, 250_000, 500_000, 1_000_000, 199_000, 1_500_000, 300_000, 1_200_000]
const goods = [
  'за услуги связи',
  'за товар',
  'за консультационные услуги',
  'за аренду помещения',
  'за оборудование',
  'за рекламные материалы',
]

interface Company extends MatchPayer {
  writtenName: string
  realTaxId: string
  realAccount: string
}

/** Builds a world of about the asked size; the same seed gives the same world. */
export function buildWorld({ lines, payments, seed }: WorldSize): MatchingWorld {
  const random = seededRandom(seed)
  const companies = Array.from({ length: Math.max(4, Math.round(payments / 8)) }, (_, at) =>
    buildCompany(at, random),
  )
  const world = buildPayments(payments, companies, random)
  const builder: Builder = {
    random,
    companies,
    payments: world,
    free: shuffled(
      world.map((_, at) => at),
      random,
    ),
    lines: [],
    truth: new Map(),
  }
  while (builder.lines.length < lines) addLines(builder)
  const input: MatchInput = {
    lines: builder.lines,
    payments: world.map(({ payment }) => payment),
    rejected: [],
    aliases: [],
    settings: defaultSettings,
  }
  return { input, truth: builder.truth }
}

interface Owed {
  payment: MatchPayment
  company: Company
  billDay: number
}

interface Builder {
  random: Random
  companies: Company[]
  payments: Owed[]
  /** Indexes of payments that no line has paid yet. */
  free: number[]
  lines: MatchLine[]
  truth: Map<number, LineTruth>
}

function buildCompany(at: number, random: Random): Company {
  const word = Array.from({ length: 3 + Math.floor(random() * 2) }, () => pick(syllables, random)).join('')
  const title = word.charAt(0).toUpperCase() + word.slice(1)
  const digits = (length: number): string => Array.from({ length }, () => Math.floor(random() * 10)).join('')
  const realTaxId = `7${digits(9)}`
  const realAccount = `40702810${digits(12)}`
  return {
    key: `company:${at + 1}`,
    names: [`ООО "${title}"`],
    taxIds: random() < 0.6 ? [realTaxId] : [],
    accounts: random() < 0.4 ? [realAccount] : [],
    writtenName: pick(
      [`ООО "${title.toUpperCase()}"`, `Общество с ограниченной ответственностью "${title}"`, `${title} ООО`],
      random,
    ),
    realTaxId,
    realAccount,
  }
}

function buildPayments(count: number, companies: readonly Company[], random: Random): Owed[] {
  const owed: Owed[] = []
  let order = 1000
  while (owed.length < count) {
    order += 1
    const company = pick(companies, random)
    const parts = random() < 0.1 ? 2 + Math.floor(random() * 2) : 1
    const billDay = firstDay + Math.floor(random() * 250)
    const ownCompanyId = random() < 0.92 ? (random() < 0.7 ? 1 : 2) : null
    const currency = random() < 0.04 ? 'USD' : 'RUB'
    for (let part = 1; part <= parts && owed.length < count; part += 1) {
      const sumMinor = random() < 0.3 ? pick(popularSums, random) : 5_000 + Math.floor(random() * 9_000_000)
      const payment: MatchPayment = {
        portalId,
        id: owed.length + 1,
        accountNumber: `${order}/${part}`,
        orderNumber: String(order),
        ownerNumber: random() < 0.15 ? String(order + 7) : '',
        sumMinor,
        leftMinor: sumMinor,
        currency,
        paid: false,
        paidAt: null,
        billDay: dayText(billDay),
        payBeforeDay: null,
        payer: { key: company.key, names: company.names, taxIds: company.taxIds, accounts: company.accounts },
        ownCompanyId,
        isReturn: false,
        paySystemIsCash: false,
        gone: false,
      }
      owed.push({ payment, company, billDay })
    }
  }
  return owed
}

function addLines(builder: Builder): void {
  const roll = builder.random()
  if (roll < 0.12) return addOut(builder)
  if (roll < 0.18) return addStranger(builder)
  if (roll < 0.2) return addForeignNumber(builder)
  const owed = takeFree(builder)
  if (!owed) return addOut(builder)
  if (roll < 0.25) return addGroup(builder, owed)
  if (roll < 0.27) return addGroup(builder, owed, true)
  if (roll < 0.28) return addInstalments(builder, owed)
  if (roll < 0.29) return addOver(builder, owed)
  if (roll < 0.32) return addThirdParty(builder, owed)
  if (roll < 0.33) return addRepeated(builder, owed)
  if (roll < 0.4) return addNoNumber(builder, owed)
  addSingle(builder, owed)
}

function takeFree(builder: Builder): Owed | undefined {
  const at = builder.free.pop()
  return at === undefined ? undefined : builder.payments[at]
}

function addSingle(builder: Builder, owed: Owed): void {
  const day = payDay(owed, builder.random)
  settle(owed, day, builder.random)
  push(builder, owed.company, owed, day, owed.payment.sumMinor, purposeOf([owed], builder.random), {
    kind: 'single',
    paymentIds: [owed.payment.id],
  })
}

function addNoNumber(builder: Builder, owed: Owed): void {
  const day = payDay(owed, builder.random)
  settle(owed, day, builder.random)
  const purpose = `Оплата ${pick(goods, builder.random)}${tax(owed.payment.sumMinor, builder.random)}`
  push(builder, owed.company, owed, day, owed.payment.sumMinor, purpose, {
    kind: 'noNumber',
    paymentIds: [owed.payment.id],
  })
}

function addThirdParty(builder: Builder, owed: Owed): void {
  const payer = pick(builder.companies, builder.random)
  const purpose = purposeOf([owed], builder.random)
  push(builder, payer, owed, payDay(owed, builder.random), owed.payment.sumMinor, purpose, {
    kind: 'thirdParty',
    paymentIds: [owed.payment.id],
  })
}

/** One line for several payments of a payer; a lump names none of them. */
function addGroup(builder: Builder, owed: Owed, isLump = false): void {
  const { random } = builder
  const group = [owed]
  const wanted = 2 + Math.floor(random() * 3)
  for (
    let at = builder.free.length - 1;
    at >= 0 && at > builder.free.length - 4000 && group.length < wanted;
    at -= 1
  ) {
    const other = builder.payments[builder.free[at] ?? -1]
    if (!other || other.company !== owed.company || !together(owed, other)) continue
    group.push(other)
    builder.free.splice(at, 1)
  }
  if (group.length === 1) return addSingle(builder, owed)
  const day = Math.max(...group.map((one) => payDay(one, random)))
  const sum = group.reduce((total, { payment }) => total + payment.sumMinor, 0)
  const purpose = isLump ? `Оплата ${pick(goods, random)} по акту сверки` : purposeOf(group, random)
  push(builder, owed.company, owed, day, sum, purpose, {
    kind: isLump ? 'lump' : 'group',
    paymentIds: group.map(({ payment }) => payment.id),
  })
}

function together(a: Owed, b: Owed): boolean {
  return a.payment.currency === b.payment.currency && a.payment.ownCompanyId === b.payment.ownCompanyId
}

function addInstalments(builder: Builder, owed: Owed): void {
  const { random } = builder
  const first = Math.round(owed.payment.sumMinor * (0.3 + random() * 0.4))
  const day = payDay(owed, random)
  for (const [at, amount] of [first, owed.payment.sumMinor - first].entries()) {
    push(builder, owed.company, owed, day + at * 7, amount, purposeOf([owed], random), {
      kind: 'instalment',
      paymentIds: [owed.payment.id],
    })
  }
}

function addOver(builder: Builder, owed: Owed): void {
  const amount = owed.payment.sumMinor + 10_000
  push(builder, owed.company, owed, payDay(owed, builder.random), amount, purposeOf([owed], builder.random), {
    kind: 'over',
    paymentIds: [owed.payment.id],
  })
}

/** The payer sends the same again by mistake: the second line belongs to no payment. */
function addRepeated(builder: Builder, owed: Owed): void {
  const day = payDay(owed, builder.random)
  const purpose = purposeOf([owed], builder.random)
  push(builder, owed.company, owed, day, owed.payment.sumMinor, purpose, {
    kind: 'repeated',
    paymentIds: [owed.payment.id],
  })
  push(builder, owed.company, owed, day + 3, owed.payment.sumMinor, purpose, {
    kind: 'repeated',
    paymentIds: [],
  })
}

/** Money for something else whose sum and even number may meet a payment's by chance. */
function addStranger(builder: Builder): void {
  const { random } = builder
  const near = pick(builder.payments, random)
  const amount = random() < 0.5 ? pick(popularSums, random) : near.payment.sumMinor
  const number = 1000 + Math.floor(random() * builder.payments.length)
  const purpose =
    random() < 0.5
      ? `Оплата по договору № ${number} от ${dateText(near.billDay)} ${pick(goods, random)}`
      : `Оплата по счету № ${number} ${pick(goods, random)}`
  push(builder, pick(builder.companies, random), near, near.billDay + 10, amount, purpose, {
    kind: 'stranger',
    paymentIds: [],
  })
}

/** Somebody writes the number and the exact sum of another company's invoice. */
function addForeignNumber(builder: Builder): void {
  const { random } = builder
  const victim = pick(builder.payments, random)
  const payer = pick(
    builder.companies.filter((company) => company !== victim.company),
    random,
  )
  push(builder, payer, victim, payDay(victim, random), victim.payment.sumMinor, purposeOf([victim], random), {
    kind: 'foreignNumber',
    paymentIds: [],
  })
}

function addOut(builder: Builder): void {
  const { random } = builder
  const near = pick(builder.payments, random)
  const purpose = `Оплата по счету № ${1 + Math.floor(random() * 900)} ${pick(goods, random)}`
  push(
    builder,
    pick(builder.companies, random),
    near,
    near.billDay + 20,
    -(5_000 + Math.floor(random() * 900_000)),
    purpose,
    { kind: 'out', paymentIds: [] },
  )
}

/** A part of the payments is marked paid already, about when the money came. */
function settle(owed: Owed, day: number, random: Random): void {
  if (random() >= 0.25) return
  owed.payment.paid = true
  owed.payment.paidAt = `${dayText(day + Math.floor(random() * 4))}T09:00:00.000Z`
}

function push(
  builder: Builder,
  payer: Company,
  owed: Owed,
  day: number,
  amountMinor: number,
  purpose: string,
  truth: LineTruth,
): void {
  const { random } = builder
  const own = accounts.find(({ ownCompanyId }) => ownCompanyId === (owed.payment.ownCompanyId ?? 1)) ?? {
    account: '',
    ownCompanyId: 1,
  }
  const id = builder.lines.length + 1
  const isCut = random() < 0.08
  const cutAt = Math.floor(random() * purpose.length)
  builder.lines.push({
    id,
    account: own.account,
    bound: { portalId, ownCompanyId: own.ownCompanyId },
    bankDay: dayText(day),
    leftMinor: amountMinor,
    currency: owed.payment.currency,
    counterparty: {
      name: payer.writtenName,
      taxId: random() < 0.9 ? payer.realTaxId : '',
      account: random() < 0.9 ? payer.realAccount : '',
      bankCode: '044525225',
    },
    purpose: isCut ? `${purpose.slice(0, cutAt)}\n${purpose.slice(cutAt)}` : purpose,
    purposeGlued: isCut ? purpose : null,
    documentNumber: String(1 + Math.floor(random() * 900)),
    reversal: false,
    provedFile: true,
    booked: true,
  })
  builder.truth.set(id, truth)
}

function purposeOf(owed: readonly Owed[], random: Random): string {
  const billed = owed[0]?.billDay ?? firstDay
  const full = random() < 0.5
  const numbers = owed.map(({ payment }) => (full ? payment.accountNumber : payment.orderNumber))
  const list = numbers.join(random() < 0.5 ? ', ' : '; ')
  const several = owed.length > 1
  const sum = owed.reduce((total, { payment }) => total + payment.sumMinor, 0)
  const day = dateText(billed)
  const forms = several
    ? [
        `Оплата по счетам №№ ${list} от ${day}`,
        `Оплата по счетам ${list} ${pick(goods, random)}`,
        `по сч. ${list}`,
      ]
    : [
        `Оплата по счету № ${list} от ${day}`,
        `Оплата по счету №${list} ${pick(goods, random)}`,
        `Оплата по счёту N ${list} от ${day}г.`,
        `СЧЕТУ${list}`,
        `по сч.${list} от ${day}`,
        `Оплата по договору № ${100 + Math.floor(random() * 9000)} от 01.02.2026, счет ${list}`,
        `Oплaтa пo cчeтy № ${list}`,
        `Payment for invoice No. ${list} dated ${day}`,
        `Оплата заказа ${list}`,
        `Оплата № ${list} от ${day}`,
        `${list} ${pick(goods, random)}`,
      ]
  return pick(forms, random) + tax(sum, random)
}

function tax(sumMinor: number, random: Random): string {
  const roll = random()
  if (roll < 0.3) return '. Без НДС'
  if (roll < 0.5) return ` Сумма ${(sumMinor / 100).toFixed(2)}`
  return `. В т.ч. НДС 20% - ${(sumMinor / 600).toFixed(2)}`
}

function payDay(owed: Owed, random: Random): number {
  return owed.billDay + (random() < 0.9 ? Math.floor(random() * 25) : Math.floor(random() * 100))
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

function dateText(day: number): string {
  const [year = '', month = '', date = ''] = dayText(day).split('-')
  return `${date}.${month}.${year}`
}

function pick<Value>(list: readonly Value[], random: Random): Value {
  const value = list[Math.floor(random() * list.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

function shuffled(list: number[], random: Random): number[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const held = list[at] ?? 0
    list[at] = list[other] ?? 0
    list[other] = held
  }
  return list
}
