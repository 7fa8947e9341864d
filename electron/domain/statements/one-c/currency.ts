// The currency that a Russian account number tells in its digits 6 to 8 (Bank of Russia, chart of accounts:
// the OKV code of the currency, 810 for the rouble), and the usual one of a country's IBAN.

import { currencyOf, type Currency } from '../../../contract/money.ts'

const byDigits: Readonly<Record<string, string>> = {
  '810': 'RUB',
  '643': 'RUB',
  '840': 'USD',
  '978': 'EUR',
  '156': 'CNY',
  '933': 'BYN',
  '974': 'BYN',
  '398': 'KZT',
  '826': 'GBP',
  '756': 'CHF',
  '392': 'JPY',
  '949': 'TRY',
  '784': 'AED',
  '051': 'AMD',
  '417': 'KGS',
  '860': 'UZS',
  '972': 'TJS',
  '981': 'GEL',
  '944': 'AZN',
  '498': 'MDL',
  '356': 'INR',
  '344': 'HKD',
  '702': 'SGD',
  '410': 'KRW',
  '036': 'AUD',
  '124': 'CAD',
  '752': 'SEK',
  '578': 'NOK',
  '208': 'DKK',
  '203': 'CZK',
  '985': 'PLN',
  '348': 'HUF',
  '764': 'THB',
  '704': 'VND',
  '360': 'IDR',
  '941': 'RSD',
}
const byCountry: Readonly<Record<string, string>> = { BY: 'BYN', KZ: 'KZT' }

/**
 * `certain` is false where the number does not tell and the rouble is taken as the format's usual currency; `proved` is
 * true where the number's own digits tell. An IBAN only tells the country, whose banks hold accounts in other money too.
 */
export function currencyOfAccount(account: string): {
  currency: Currency
  certain: boolean
  proved: boolean
} {
  // Uzbekistan numbers accounts alike, with 000 for its own money; companies' accounts begin with 20 to 23 there.
  const uzbek = /^2[0-3]\d{3}000\d{12}$/.test(account) ? currencyOf('UZS') : undefined
  const digits = uzbek ?? currencyOf((/^\d{20}$/.test(account) && byDigits[account.slice(5, 8)]) || '')
  const country = currencyOf((/^[A-Z]{2}\d{2}/.test(account) && byCountry[account.slice(0, 2)]) || '')
  const rouble = 'RUB' as Currency
  const found = digits ?? country
  return { currency: found ?? rouble, certain: found !== undefined, proved: digits !== undefined }
}
