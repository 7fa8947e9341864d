// What a pure view model answers instead of a sentence: the dictionary's key and the values for it.

import type { Format } from '../../text/format.ts'
import type { Params, Text, TextKey } from '../../text/language.ts'

export interface Words {
  key: TextKey
  params?: Params
  /** Chooses the plural form and is `{n}`. */
  count?: number
}

/** How values are put into words; the whole `Format` fits. */
export type Speech = Pick<Format, 'sum' | 'sums' | 'day' | 'moment' | 'exactMoment' | 'duration'>

/** The sentence itself. */
export function tell(text: Pick<Text, 't'>, words: Words): string {
  return text.t(words.key, words.params ?? {}, words.count)
}
