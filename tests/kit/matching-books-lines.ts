// The lines of the first invented world, one function per trouble.

import { lastDay, own } from './matching-books.ts'
import type { Books, Own, Owed } from './matching-books.ts'
import { garble } from './matching-parties.ts'
import type { Party } from './matching-parties.ts'
import { digits, dayText, pick, shortened, upTo } from './matching-truth.ts'
import { inLines, mistype, speak, speakSilently } from './matching-wordings.ts'

interface Draft {
  kind: string
  owed: readonly Owed[]
  payer: Party
  day: number
  amountMinor: number
  purpose: string
  writes: readonly string[]
  isStranger?: boolean
  neverTold?: boolean
  /** The bank's own name stands where the payer's should. */
  transit?: boolean
  /** The purpose names the payer. */
  namesPayer?: boolean
  name?: 'kept' | 'missing' | 'garbled'
  paysNothing?: boolean
  reversal?: boolean
  account?: Own
  party?: Partial<{ name: string; taxId: string; account: string }>
}

const transits = [
  'ПАО СБЕРБАНК',
  'АО "ТБАНК"',
  'ПРИОРБАНК ОАО',
  'ООО "ЮМАНИ"',
  'АО KASPI BANK',
  'Deutsche Bank AG',
  'БАНК ВТБ (ПАО)',
]

/** What kinds of lines there are and how often; the rest is plain. */
const troubles: readonly (readonly [share: number, add: (books: Books, owed: Owed) => void])[] = [
  [0.03, (books, owed) => addTypo(books, owed)],
  [0.02, (books, owed) => addThirdParty(books, owed, 'bare')],
  [0.01, (books, owed) => addThirdParty(books, owed, 'named')],
  [0.01, (books, owed) => addThirdParty(books, owed, 'alias')],
  [0.05, (books, owed) => addGroup(books, owed, 'group')],
  [0.01, (books, owed) => addGroup(books, owed, 'lump')],
  [0.02, (books, owed) => addParts(books, owed)],
  [0.015, (books, owed) => addOver(books, owed)],
  [0.015, (books, owed) => addFee(books, owed)],
  [0.02, (books, owed) => addRepeat(books, owed)],
  [0.015, (books, owed) => addReversed(books, owed)],
  [0.09, (books, owed) => addSilent(books, owed, 'noNumber')],
  [0.03, (books, owed) => addPlain(books, owed, { kind: 'noName', name: 'missing' })],
  [0.04, (books, owed) => addPlain(books, owed, { kind: 'garbledName', name: 'garbled' })],
  [0.02, (books, owed) => addPlain(books, owed, { kind: 'transit', transit: true })],
  [0.02, (books, owed) => addNamedInPurpose(books, owed)],
  [0.06, (books, owed) => addCut(books, owed)],
  [0.03, (books, owed) => addTruncated(books, owed)],
  [0.03, (books, owed) => addMissing(books, owed)],
  [0.01, (books, owed) => addRefund(books, owed)],
]

export function addAnyLine(books: Books): void {
  const roll = books.random()
  if (roll < 0.08) return addOut(books)
  if (roll < 0.13) return addUnrelated(books)
  if (roll < 0.16) return addForeignNumber(books)
  if (roll < 0.17) return addOwnTransfer(books)
  const owed = takeFree(books)
  if (!owed) return addUnrelated(books)
  let rest = books.random()
  for (const [share, add] of troubles) {
    if (rest < share) return add(books, owed)
    rest -= share
  }
  addPlain(books, owed, { kind: 'plain' })
}

function takeFree(books: Books): Owed | undefined {
  for (;;) {
    const owed = books.free.pop()
    if (!owed || !books.taken.has(owed)) {
      if (owed) books.taken.add(owed)
      return owed
    }
  }
}

/** The number as the payer writes it: the payment's, the order's, or the invoice's that owns it. */
function writtenNumber({ payment }: Owed, books: Books): string {
  const roll = books.random()
  if (payment.ownerNumber !== '' && roll < 0.3) return payment.ownerNumber
  return roll < 0.5 ? payment.accountNumber : shortened(payment.accountNumber)
}

function said(owed: readonly Owed[], numbers: string, amountMinor: number) {
  return { numbers, several: owed.length > 1, billDay: owed[0]?.billDay ?? lastDay, sumMinor: amountMinor }
}

function payDay({ billDay, payment }: Owed, books: Books): number {
  const paid = payment.paidAt === null ? 0 : 1
  const late = books.random() < 0.92 ? upTo(28, books.random) : upTo(110, books.random)
  return billDay + (paid > 0 ? Math.min(late, 20) : late)
}

/** A part of the payments is marked paid already, about when the money came. */
function settle({ payment }: Owed, day: number, books: Books): void {
  if (books.random() >= 0.2) return
  payment.paid = true
  payment.paidAt = `${dayText(day + upTo(4, books.random))}T09:00:00.000Z`
}

function addPlain(books: Books, owed: Owed, how: Pick<Draft, 'kind' | 'name' | 'transit'>): void {
  const day = payDay(owed, books)
  settle(owed, day, books)
  const number = writtenNumber(owed, books)
  const purpose = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  push(books, { ...how, ...plainOf(owed, day), purpose, writes: [number] })
}

function plainOf(owed: Owed, day: number) {
  return { owed: [owed], payer: owed.party, day, amountMinor: owed.payment.sumMinor }
}

function addTypo(books: Books, owed: Owed): void {
  const number = mistype(writtenNumber(owed, books), books.random)
  const purpose = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  push(books, { kind: 'typo', ...plainOf(owed, payDay(owed, books)), purpose, writes: [] })
}

function addSilent(books: Books, owed: Owed, kind: string): void {
  const day = payDay(owed, books)
  settle(owed, day, books)
  const purpose = speakSilently(owed.party.speech, said([owed], '', owed.payment.sumMinor), books.random)
  push(books, { kind, ...plainOf(owed, day), purpose, writes: [] })
}

function addThirdParty(books: Books, owed: Owed, how: 'bare' | 'named' | 'alias'): void {
  const payer = otherParty(books, owed.party)
  const number = writtenNumber(owed, books)
  const plain = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  const purpose = how === 'named' ? `${plain} за ${owed.party.names[0] ?? ''}` : plain
  if (how === 'alias') {
    const { portalId } = owed.payment
    books.aliases.push({
      portalId,
      payerKey: owed.party.key,
      name: payer.written,
      account: payer.realAccount,
    })
  }
  push(books, {
    kind: how === 'bare' ? 'thirdParty' : how === 'named' ? 'thirdPartyNamed' : 'thirdPartyAlias',
    ...plainOf(owed, payDay(owed, books)),
    payer,
    purpose,
    writes: [number],
    isStranger: how === 'bare',
    namesPayer: how !== 'bare',
  })
}

function otherParty(books: Books, not: Party): Party {
  for (let tries = 0; ; tries += 1) {
    const party = pick(books.parties, books.random)
    if (party !== not && (party.speech === not.speech || tries > 50)) return party
  }
}

function addGroup(books: Books, owed: Owed, kind: 'group' | 'lump'): void {
  const { random } = books
  const together = (books.byParty.get(owed.party) ?? []).filter(
    (one) =>
      one !== owed &&
      !books.taken.has(one) &&
      one.payment.leftMinor > 0 &&
      one.payment.portalId === owed.payment.portalId &&
      (one.payment.ownCompanyId ?? owed.payment.ownCompanyId) ===
        (owed.payment.ownCompanyId ?? one.payment.ownCompanyId) &&
      Math.abs(one.billDay - owed.billDay) < 90,
  )
  const group = [owed, ...together.slice(0, 1 + upTo(3, random))]
  if (group.length < 2) return addPlain(books, owed, { kind: 'plain' })
  for (const one of group) books.taken.add(one)
  const day = Math.max(...group.map((one) => one.billDay)) + upTo(20, random)
  const amountMinor = group.reduce((sum, { payment }) => sum + payment.sumMinor, 0)
  const numbers = group.map(({ payment }) =>
    random() < 0.5 ? payment.accountNumber : shortened(payment.accountNumber),
  )
  const text = said(group, numbers.join(pick([', ', '; ', ' и ', ','], random)), amountMinor)
  const purpose =
    kind === 'group' ? speak(owed.party.speech, text, random) : speakSilently(owed.party.speech, text, random)
  push(books, {
    kind,
    owed: group,
    payer: owed.party,
    day,
    amountMinor,
    purpose,
    writes: kind === 'group' ? numbers : [],
  })
}

function addParts(books: Books, owed: Owed): void {
  const { random } = books
  const first = Math.round(owed.payment.sumMinor * (0.3 + random() * 0.4))
  const day = payDay(owed, books)
  for (const [at, amountMinor] of [first, owed.payment.sumMinor - first].entries()) {
    const number = writtenNumber(owed, books)
    const purpose = `${at === 0 ? 'Частичная оплата. ' : 'Доплата. '}${speak(owed.party.speech, said([owed], number, amountMinor), random)}`
    push(books, {
      kind: 'part',
      ...plainOf(owed, day + at * (3 + upTo(15, random))),
      amountMinor,
      purpose,
      writes: [number],
    })
  }
}

function addOver(books: Books, owed: Owed): void {
  const number = writtenNumber(owed, books)
  const amountMinor = owed.payment.sumMinor + 100 * (1 + upTo(900, books.random))
  const purpose = speak(owed.party.speech, said([owed], number, amountMinor), books.random)
  push(books, { kind: 'over', ...plainOf(owed, payDay(owed, books)), amountMinor, purpose, writes: [number] })
}

function addFee(books: Books, owed: Owed): void {
  const number = writtenNumber(owed, books)
  const fee = Math.max(1, Math.round(owed.payment.sumMinor * (0.005 + books.random() * 0.03)))
  const amountMinor = owed.payment.sumMinor - fee
  const saysFee = books.random() < 0.5
  const plain = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  const purpose = saysFee ? `${plain}. Удержана комиссия ${(fee / 100).toFixed(2)}` : plain
  push(books, { kind: 'fee', ...plainOf(owed, payDay(owed, books)), amountMinor, purpose, writes: [number] })
}

/** The payer sends the same again by mistake: the second line belongs to no payment. */
function addRepeat(books: Books, owed: Owed): void {
  const day = payDay(owed, books)
  const number = writtenNumber(owed, books)
  const purpose = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  push(books, { kind: 'repeatFirst', ...plainOf(owed, day), purpose, writes: [number] })
  push(books, {
    kind: 'repeatSecond',
    ...plainOf(owed, day + 2 + upTo(20, books.random)),
    purpose,
    writes: [number],
    paysNothing: true,
  })
}

/** The bank takes a line back: neither pays anything. */
function addReversed(books: Books, owed: Owed): void {
  const day = payDay(owed, books)
  const number = writtenNumber(owed, books)
  const purpose = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  const plain = { ...plainOf(owed, day), writes: [number], paysNothing: true }
  push(books, { kind: 'reversed', ...plain, purpose })
  push(books, {
    kind: 'reversal',
    ...plain,
    day: day + 1,
    amountMinor: -owed.payment.sumMinor,
    purpose: `Сторно. ${purpose}`,
    reversal: books.random() < 0.7,
  })
}

function addRefund(books: Books, owed: Owed): void {
  const day = payDay(owed, books)
  owed.payment.paid = true
  owed.payment.paidAt = `${dayText(day)}T09:00:00.000Z`
  owed.payment.leftMinor = 0
  const number = writtenNumber(owed, books)
  const purpose = `Возврат по счету № ${number}${books.random() < 0.5 ? ' излишне уплаченных средств' : ''}`
  push(books, {
    kind: 'refund',
    ...plainOf(owed, day + 10),
    amountMinor: -owed.payment.sumMinor,
    purpose,
    writes: [number],
  })
}

function addNamedInPurpose(books: Books, owed: Owed): void {
  const number = writtenNumber(owed, books)
  const isSilent = books.random() < 0.4
  const text = said([owed], number, owed.payment.sumMinor)
  const plain = isSilent
    ? speakSilently(owed.party.speech, text, books.random)
    : speak(owed.party.speech, text, books.random)
  push(books, {
    kind: 'namedInPurpose',
    ...plainOf(owed, payDay(owed, books)),
    purpose: `${plain} Плательщик: ${owed.party.written}`,
    writes: isSilent ? [] : [number],
    transit: true,
    namesPayer: true,
  })
}

function addCut(books: Books, owed: Owed): void {
  const number = writtenNumber(owed, books)
  const purpose = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  push(books, { kind: 'cutByFormat', ...plainOf(owed, payDay(owed, books)), purpose, writes: [number] })
}

function addTruncated(books: Books, owed: Owed): void {
  const number = writtenNumber(owed, books)
  const limit = pick([140, 210], books.random)
  const before =
    'Оплата по договору поставки товаров и оказания услуг за период с начала действия договора по настоящее время согласно спецификации и акту сверки расчетов сторон по состоянию на текущую дату, в том числе доставка'
  const start = `${before.slice(0, limit - 8 - upTo(14, books.random))} счет ${number} от ${dayText(owed.billDay)}`
  const purpose = start.slice(0, limit)
  const isWhole =
    new RegExp(`счет ${number.replaceAll('/', '\\/')}( |$)`).test(purpose) &&
    !purpose.endsWith(number.slice(0, -1))
  push(books, {
    kind: 'truncated',
    ...plainOf(owed, payDay(owed, books)),
    purpose,
    writes: isWhole && !purpose.endsWith(number) ? [number] : [],
  })
}

/** The true payment and its whole order are not in the ledger: whatever is proposed is wrong. */
function addMissing(books: Books, owed: Owed): void {
  const order = (books.byParty.get(owed.party) ?? []).filter(
    ({ payment }) =>
      payment.orderNumber === owed.payment.orderNumber && payment.portalId === owed.payment.portalId,
  )
  if (order.some((other) => other !== owed && books.taken.has(other)))
    return addPlain(books, owed, { kind: 'plain' })
  for (const { payment } of order) books.withoutPayments.add(payment.id)
  for (const other of order) books.taken.add(other)
  const number = writtenNumber(owed, books)
  const purpose = speak(owed.party.speech, said([owed], number, owed.payment.sumMinor), books.random)
  push(books, {
    kind: 'missing',
    ...plainOf(owed, payDay(owed, books)),
    purpose,
    writes: [number],
    paysNothing: true,
  })
}

function addUnrelated(books: Books): void {
  const near = pick(books.owed, books.random)
  const payer = otherParty(books, near.party)
  const number =
    books.random() < 0.5
      ? String(1 + upTo(books.owed.length, books.random))
      : digits(3 + upTo(4, books.random), books.random)
  const amountMinor = books.random() < 0.5 ? near.payment.sumMinor : 5_000 + upTo(5_000_000, books.random)
  const text = said([near], number, amountMinor)
  const purpose =
    books.random() < 0.5
      ? speak(payer.speech, text, books.random)
      : speakSilently(payer.speech, text, books.random)
  const plain = {
    owed: [near],
    payer,
    day: near.billDay + upTo(40, books.random),
    amountMinor,
    purpose,
    writes: [],
  }
  push(books, { kind: 'unrelated', ...plain, paysNothing: true })
}

/** Somebody writes the number and mostly the exact sum of another payer's invoice. */
function addForeignNumber(books: Books): void {
  const victim = pick(books.owed, books.random)
  const payer = otherParty(books, victim.party)
  const number = writtenNumber(victim, books)
  const amountMinor = books.random() < 0.7 ? victim.payment.sumMinor : 5_000 + upTo(900_000, books.random)
  const purpose = speak(payer.speech, said([victim], number, amountMinor), books.random)
  const plain = { owed: [victim], payer, day: payDay(victim, books), amountMinor, purpose, writes: [number] }
  push(books, {
    kind: 'foreignNumber',
    ...plain,
    paysNothing: true,
    name: pick(['kept', 'kept', 'kept', 'garbled', 'missing'] as const, books.random),
  })
}

function addOwnTransfer(books: Books): void {
  const near = pick(books.owed, books.random)
  const [from, to] = books.random() < 0.5 ? [own[0], own[1]] : [own[1], own[0]]
  if (!from || !to) return
  const sign = books.random() < 0.5 ? 1 : -1
  push(books, {
    kind: 'ownTransfer',
    owed: [near],
    payer: near.party,
    day: near.billDay + 5,
    amountMinor: sign * near.payment.sumMinor,
    purpose: 'Перевод собственных средств между счетами. НДС не облагается',
    writes: [],
    paysNothing: true,
    account: to,
    party: { name: 'ООО "Своя компания"', taxId: '7700000001', account: from.account },
  })
}

function addOut(books: Books): void {
  const near = pick(books.owed, books.random)
  const purpose = speak(
    near.party.speech,
    said([near], String(1 + upTo(900, books.random)), 100_000),
    books.random,
  )
  const plain = { owed: [near], payer: pick(books.parties, books.random), day: near.billDay + 20, writes: [] }
  push(books, {
    kind: 'out',
    ...plain,
    amountMinor: -(5_000 + upTo(900_000, books.random)),
    purpose,
    paysNothing: true,
  })
}

function push(books: Books, draft: Draft): void {
  const { random } = books
  const [first] = draft.owed
  if (!first) return
  const account = draft.account ?? accountFor(first)
  const id = books.lines.length + 1
  const shown = shownParty(books, draft)
  const isCut = draft.kind === 'cutByFormat' || random() < 0.05
  const cut = isCut ? inLines(draft.purpose, pick([35, 65, 140], random)) : null
  books.lines.push({
    id,
    account: account.account,
    bound: random() < 0.005 ? null : { portalId: account.portalId, ownCompanyId: account.ownCompanyId },
    bankDay: dayText(draft.day),
    leftMinor: draft.amountMinor,
    currency: account.currency,
    counterparty: { name: shown.name, taxId: shown.taxId, account: shown.account, bankCode: '044525225' },
    purpose: cut?.purpose ?? draft.purpose,
    purposeGlued: cut && cut.glued !== cut.purpose ? cut.glued : null,
    documentNumber: String(1 + upTo(900, random)),
    reversal: draft.reversal ?? false,
    provedFile: random() >= 0.01,
    booked: true,
  })
  books.clues.set(id, {
    kind: draft.kind,
    paymentIds: draft.paysNothing ? [] : draft.owed.map(({ payment }) => payment.id).sort((a, b) => a - b),
    writes: draft.writes,
    knows: shown.knows,
    isStranger: draft.isStranger ?? false,
    neverTold: draft.neverTold ?? false,
  })
}

function accountFor({ payment, party }: Owed): Own {
  const fitting = own.filter((one) => one.portalId === payment.portalId)
  const found = fitting.find((one) => one.ownCompanyId === payment.ownCompanyId) ?? fitting[0]
  if (!found) throw new Error(`no account for ${party.speech}`)
  return found
}

interface Shown {
  name: string
  taxId: string
  account: string
  knows: string[]
}

function shownParty(books: Books, draft: Draft): Shown {
  const { random } = books
  const payer = draft.payer
  const [first] = draft.owed
  if (draft.party) return { name: '', taxId: '', account: '', ...draft.party, knows: [] }
  const owner = first?.party.key ?? ''
  if (draft.transit || (payer.isBankrolled && random() < 0.1)) {
    const account = `30232810${digits(12, random)}`
    return { name: pick(transits, random), taxId: '', account, knows: draft.namesPayer ? [owner] : [] }
  }
  const style = draft.name ?? (random() < 0.01 ? 'missing' : 'kept')
  const name = style === 'missing' ? '' : style === 'garbled' ? garble(payer.written, random) : payer.written
  const taxId = random() < (style === 'missing' ? 0.5 : 0.88) ? payer.realTaxId : ''
  const account = random() < 0.85 ? payer.realAccount : ''
  const byRequisites = payer.taxIds.includes(taxId) || payer.accounts.includes(account)
  const knows = draft.namesPayer ? [owner] : byRequisites || style !== 'missing' ? [payer.key] : []
  return { name, taxId, account, knows }
}
