// Evidence in plain words, for files.

import { currencyOf, formatDecimal } from '../../contract/money.ts'
import type { Currency } from '../../contract/money.ts'
import type { Reason } from '../../contract/match.ts'
import type { Language } from './words.ts'

/** All reasons of a match in one line. */
export function sayReasons(reasons: readonly Reason[], language: Language): string {
  return reasons
    .map(
      (reason) =>
        `${reason.agrees === true ? '✓' : reason.agrees === false ? '✗' : '~'} ${say(reason, language)}`,
    )
    .join('; ')
}

function say(reason: Reason, language: Language): string {
  const [ru, en] = sayBoth(reason)
  return language === 'ru' ? ru : en
}

function money(minor: number, currency: string): string {
  return `${formatDecimal({ minor, currency: currencyOf(currency) ?? ('RUB' as Currency) })} ${currency}`
}

function sayBoth(reason: Reason): [ru: string, en: string] {
  switch (reason.kind) {
    case 'number':
      return [`номер ${reason.number} в назначении`, `number ${reason.number} in the purpose`]
    case 'numberOfOther':
      return [
        `в назначении номер другой оплаты: ${reason.number}`,
        `the purpose names another payment: ${reason.number}`,
      ]
    case 'sum':
      return reason.agrees
        ? [
            `сумма совпадает: ${money(reason.lineMinor, reason.currency)}`,
            `the sum equals: ${money(reason.lineMinor, reason.currency)}`,
          ]
        : [
            `сумма отличается: ${money(reason.lineMinor, reason.currency)} и ${money(reason.paymentMinor, reason.currency)}`,
            `the sum differs: ${money(reason.lineMinor, reason.currency)} and ${money(reason.paymentMinor, reason.currency)}`,
          ]
    case 'sumOfSeveral':
      return [
        `сумма ${reason.count} оплат ${money(reason.paymentsMinor, reason.currency)}${reason.agrees ? '' : ' отличается'}`,
        `sum of ${reason.count} payments ${money(reason.paymentsMinor, reason.currency)}${reason.agrees ? '' : ' differs'}`,
      ]
    case 'taxId':
      return reason.agrees
        ? [`ИНН ${reason.line} совпадает`, `tax number ${reason.line} equals`]
        : [`ИНН другой: ${reason.line}`, `another tax number: ${reason.line}`]
    case 'account':
      return reason.agrees
        ? ['счёт плательщика известен', "payer's account is known"]
        : ['счёт плательщика другой', 'another account of the payer']
    case 'name':
      return reason.agrees
        ? [`плательщик: ${reason.line}`, `payer: ${reason.line}`]
        : [`плательщик другой: ${reason.line}`, `another payer: ${reason.line}`]
    case 'date':
      return [`${reason.days} дн. от счёта`, `${reason.days} days from the invoice`]
    case 'numberDate':
      return ['дата счёта в назначении другая', 'the purpose gives the invoice another date']
    case 'numberMistyped':
      return [
        `в назначении ${reason.written}, похоже на опечатку в ${reason.number}`,
        `the purpose says ${reason.written}, perhaps a slip for ${reason.number}`,
      ]
    case 'sumWithin':
      return sayDifference(reason)
    case 'mention':
      return [
        `плательщик назван в назначении: ${reason.payment}`,
        `the purpose names the payer: ${reason.payment}`,
      ]
    case 'reversed':
      return ['банк отменил эту операцию', 'the bank reversed this line']
    case 'onlyCandidate':
      return ['единственный кандидат', 'the only candidate']
    case 'otherCandidates':
      return [`другие кандидаты: ${reason.count}`, `other candidates: ${reason.count}`]
    case 'ownCompanyUnknown':
      return ['своя компания неизвестна', 'own company unknown']
    case 'alreadyPaid':
      return ['уже оплачена в портале', 'paid in the portal already']
    case 'fileUnproved':
      return ['остатки выписки не сходятся', "the statement's balances do not add up"]
    case 'byHand':
      return ['выбрано вручную', 'chosen by hand']
  }
}

const differences = {
  fee: ['удержана комиссия', 'fee withheld'],
  rounding: ['округление', 'rounding'],
  currency: ['курсовая разница', 'exchange difference'],
} as const

function sayDifference({
  because,
  differenceMinor,
  currency,
}: Extract<Reason, { kind: 'sumWithin' }>): [ru: string, en: string] {
  const [ru, en] = differences[because]
  const sum = money(Math.abs(differenceMinor), currency)
  return [`${ru}: ${sum}`, `${en}: ${sum}`]
}
