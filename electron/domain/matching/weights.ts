// What each sign is worth in log-odds: ln(m / u), where m is how often it is seen when a line and a payment
// belong together and u how often by chance among the pairs that the indexes bring together.

export const defaultWeights = {
  /** Before any sign: about one brought-together pair in a thousand is true. */
  prior: -7,
  sumExact: 6,
  /** Short of the payment, or beyond it, by no more than a reason in the settings allows. */
  sumTolerated: 3.5,
  /** The line is smaller than the payment: instalments are some 3 % of true pairs and half of the false ones. */
  sumPartial: -2.4,
  sumOver: -2.6,
  paymentNumberNamed: 8.5,
  paymentNumberSign: 7.5,
  paymentNumberBare: 6.5,
  numberNamed: 7,
  numberSign: 4.5,
  numberBareLong: 3.5,
  numberBareShort: 1.5,
  /** One or two digits after «счет»: numbering starts anew everywhere. */
  numberTiny: -1.5,
  /** Written otherwise than the portal writes it: a dash for the slash, zeros in front. */
  numberLoose: -1,
  numberUnsure: -2,
  numberOfRange: -0.5,
  /** The date the purpose gives the number is the invoice's, or is far from it. */
  numberDated: 2,
  numberMisdated: -3,
  /** The purpose names a number that another payment of this sum or of this payer bears. */
  numberOfOther: -5,
  /** It names a number that is borne only by payments of other payers over other sums. */
  numberElsewhere: -2,
  /** It names a number that no payment bears. */
  numberUnknown: -2.5,
  /** That number is this payment's but for one digit. */
  numberMistyped: -0.5,
  taxIdEqual: 5.5,
  taxIdDiffers: -3.5,
  accountEqual: 4.5,
  /** An account beside an equal tax number adds little: they come from one record. */
  accountBeside: 0.5,
  accountDiffers: -0.4,
  nameEqual: 3.5,
  nameClose: 2,
  nameDiffers: -2,
  nameBeside: 0.5,
  /** The tax number, account or exact name on the line is another payer's of the portal. */
  payerIsOther: -2.5,
  /** The purpose names the payer while the counterparty is a bank or somebody else. */
  payerMentioned: 3.5,
  alias: 4,
  dateUsual: 0.7,
  dateLate: -1,
  dateVeryLate: -2,
  dateShortlyBefore: -0.5,
  dateBefore: -2.5,
  paidNear: 1.5,
  paidLongBefore: -2.5,
  paidAfter: -0.5,
  paidLongAfter: -1.5,
  cash: -1.5,
  returned: -2,
} as const

export type Sign = keyof typeof defaultWeights
export type Weights = Readonly<Record<Sign, number>>
export const signs = Object.keys(defaultWeights) as readonly Sign[]

/** Adds signs up; also notes them where somebody wants to learn from them. */
export interface Scale {
  weights: Weights
  logOdds: number
  seen: Sign[] | null
}

export function scaleOf(weights: Weights, seen: Sign[] | null = null): Scale {
  return { weights, logOdds: 0, seen }
}

export function lay(scale: Scale, sign: Sign): void {
  scale.logOdds += scale.weights[sign]
  scale.seen?.push(sign)
}
