// The shape that every language's words must have: that of the English ones.

/** The same keys, any words. A key that is missing or too many in another language does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> }

/** The dotted path to every word: `'payments.bulk.pay'`. */
export type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`
}[keyof T & string]

/** A dotted code as one key, since dots part the paths: `portal.moved` is `portal_moved`. */
export type KeyOf<Code extends string> = Code extends `${infer Head}.${infer Rest}`
  ? `${Head}_${KeyOf<Rest>}`
  : Code

export function keyOf<Code extends string>(code: Code): KeyOf<Code> {
  return code.replaceAll('.', '_') as KeyOf<Code>
}
