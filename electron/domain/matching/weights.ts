// What each sign is worth in log-odds: ln(m / u), where m is how often it is seen when a line and a payment
// belong together and u how often by chance among the pairs that the indexes bring together.

export const weights = {
  /** Before any sign: about one brought-together pair in a thousand is true. */
  prior: -7,
  sumExact: 6,
  /** The line is smaller than the payment: instalments are some 3 % of true pairs and half of the false ones. */
  sumPartial: -2.8,
  sumOver: -3.8,
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
  /** The purpose names a number that another payment bears and this one does not. */
  numberOfOther: -5,
  /** It names a number that no payment bears. */
  numberUnknown: -2.5,
  taxIdEqual: 5.5,
  taxIdDiffers: -3.5,
  accountEqual: 4.5,
  accountDiffers: -0.4,
  nameEqual: 3.5,
  nameClose: 2,
  nameDiffers: -2,
  /** A name beside an equal tax number or account adds little: they come from one record. */
  nameBeside: 0.5,
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
