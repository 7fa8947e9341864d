// Field :25:, the account: `BLZ/number`, an IBAN, with blanks, with the currency behind it or glued to it.

import { currencyOf, type Currency } from '../../../contract/money.ts'

/** The standard allows 35 characters, and some banks need more. */
const longestAccount = 64

/** The account without blanks and without the currency that some banks write behind it. */
export function readAccount(text: string): { account: string; currency: Currency | undefined } {
  // Polish banks write a stroke before the IBAN, where others put their own code.
  const tight = text.replaceAll(/\s/g, '').replace(/^\/+/, '').slice(0, longestAccount)
  const glued = /^(.*\d[A-Z]{0,3}\d*)\/?([A-Z]{3})$/.exec(tight)
  const written = glued?.[2] ?? ''
  if (!glued || !used.has(written)) return { account: tight, currency: undefined }
  return { account: glued[1] ?? tight, currency: currencyOf(written) }
}

/** Currencies that accounts are held in; three other letters at the end belong to the number. */
const used = new Set(
  (
    'AED AMD ARS AUD AZN BAM BGN BHD BRL BYN CAD CHF CLP CNY CZK DKK EGP EUR GBP GEL HKD HRK HUF IDR ILS INR ISK JOD JPY KES KGS KRW ' +
    'KWD KZT MAD MDL MKD MNT MXN MYR NGN NOK NZD OMR PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TJS TMT TND TRY TWD UAH USD UZS VND ZAR'
  ).split(' '),
)
