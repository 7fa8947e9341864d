// How people's tables name currencies: codes, numbers, signs and words.

import { currencyOf } from '../../../contract/money.ts'
import { plainCell } from './cells.ts'

/** ISO 4217, list one. Any three letters would do for a currency's column, but `5 pcs` is no sum of money. */
const codes = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY ' +
    'COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS ' +
    'INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU ' +
    'MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK ' +
    'SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF ' +
    'XCD XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
)

const words: Readonly<Record<string, string>> = {
  '₽': 'RUB',
  р: 'RUB',
  руб: 'RUB',
  рублей: 'RUB',
  'российский рубль': 'RUB',
  '€': 'EUR',
  евро: 'EUR',
  euro: 'EUR',
  '£': 'GBP',
  $: 'USD',
  'доллар сша': 'USD',
  '₸': 'KZT',
  тг: 'KZT',
  тенге: 'KZT',
  теңге: 'KZT',
  '₴': 'UAH',
  грн: 'UAH',
  zł: 'PLN',
  br: 'BYN',
  'бел руб': 'BYN',
  'белорусский рубль': 'BYN',
  kč: 'CZK',
  lei: 'RON',
  сум: 'UZS',
  сом: 'KGS',
  '¥': 'JPY',
}

/** Codes as digits where banks write ISO 4217 numbers; 810 is the rouble's code inside account numbers. */
const numbers: Readonly<Record<string, string>> = {
  '643': 'RUB',
  '810': 'RUB',
  '840': 'USD',
  '978': 'EUR',
  '826': 'GBP',
  '756': 'CHF',
  '156': 'CNY',
  '398': 'KZT',
  '933': 'BYN',
  '980': 'UAH',
  '417': 'KGS',
  '860': 'UZS',
  '051': 'AMD',
  '944': 'AZN',
  '949': 'TRY',
  '784': 'AED',
  '392': 'JPY',
}

/** The ISO code a currency cell means: letters, digits, a sign or a word; '' for anything else. */
export function currencyOfCell(cell: string): string {
  const text = plainCell(cell).toLowerCase().replace(/\.$/, '')
  const code = words[text] ?? numbers[text] ?? currencyOf(text) ?? ''
  return codes.has(code) ? code : ''
}

/** Currency told by the sixth to eighth digit of a Russian 20-digit account number; '' for other accounts. */
export function currencyOfAccount(account: string): string {
  return /^\d{20}$/.test(account) ? (numbers[account.slice(5, 8)] ?? '') : ''
}
