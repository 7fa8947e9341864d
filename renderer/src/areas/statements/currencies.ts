// The currencies a person may name for a file that names none.

import type { Text } from '../../text/language.ts'

const common = [
  'RUB',
  'USD',
  'EUR',
  'CNY',
  'BYN',
  'KZT',
  'UZS',
  'KGS',
  'AMD',
  'AZN',
  'GEL',
  'TRY',
  'AED',
  'GBP',
]

/** ISO 4217's code of "no currency": how lines of a file are read that names none. */
export const noCurrency = 'XXX'

/** All currencies by code and name, those of the region first. */
export function currencyItems({ format }: Text): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(format.value.locale, { type: 'currency' })
  const others = Intl.supportedValuesOf('currency').filter(
    (code) => !common.includes(code) && code !== noCurrency,
  )
  return [...common, ...others].map((value) => ({ value, label: `${value}, ${names.of(value) ?? value}` }))
}
