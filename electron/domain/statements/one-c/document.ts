// One document of a 1C exchange file: which keys matter, how text runs on over lines, who the parties are.

import type { Counterparty } from '../../../contract/statement.ts'
import { payeeShift, places, slot, slotCount, unused } from './keys.ts'

/** No purpose is longer; a document that never ends must not fill the memory. */
const longestText = 64 * 1024

/** A key with the key that followed it last time: a bank writes its documents in one order, so most keys need no search. */
interface Key {
  text: string
  place: number
  follower: Key | undefined
}

function keysByText(): Map<string, Key> {
  return new Map(places.map(([text, place]) => [text, { text: `${text}=`, place, follower: undefined }]))
}
const textsInAnyCase = new Map(places.map(([text]) => [text.toLowerCase(), text]))

/** What must not be said twice in different ways. */
const contradictable = new Set<number>([
  slot.amount,
  slot.income,
  slot.expense,
  slot.account,
  slot.payeeAccount,
])

/** What a line inside a document turned out to be. */
export type Taken = 'field' | 'continued' | 'orphan' | 'unknownKey' | 'contradicted'

type Accounts = readonly [main: string, settlement: string]

export class OneCDocument {
  readonly #fields: string[] = new Array<string>(slotCount).fill('')
  readonly #keys = keysByText()
  #key: Key = { text: '', place: unused, follower: undefined }
  #last: number = unused
  #payer: Accounts | undefined
  #payee: Accounts | undefined
  line = 0
  from = 0

  start(line: number, from: number): void {
    this.#fields.fill('')
    this.#last = unused
    this.#payer = undefined
    this.#payee = undefined
    this.line = line
    this.from = from
  }

  /** The field without outer blanks, '' where absent; where it ran over several lines they are joined by a line end. */
  at(place: number): string {
    return trimmed(this.#fields[place] ?? '')
  }

  /** True when the last line read held money, a day or an account, which a cut file may have cut short. */
  endsDoubtful(): boolean {
    return (
      this.#last >= slot.operated &&
      this.#last !== slot.name &&
      this.#last !== slot.name1 &&
      !isText(this.#last)
    )
  }

  /**
   * Takes the line that stands in a text from `start` to `end` when it is the one that nearly every line is: the key that
   * followed last time, said for the first time. Answers whether it was; else the line is `take`'s.
   */
  takeExpected(text: string, start: number, end: number): boolean {
    const key = this.#key.follower
    if (key === undefined || !text.startsWith(key.text, start)) return false
    const place = key.place
    if (place !== unused) {
      if (this.#fields[place] !== '') return false
      this.#fields[place] = text.slice(start + key.text.length, end)
    }
    this.#key = key
    this.#last = place
    return true
  }

  /** Takes any line of the document. */
  take(text: string): Taken {
    const key = this.#findKey(text)
    if (key === undefined) return this.#takeOther(text)
    const place = key.place
    this.#key.follower = key
    this.#key = key
    if (place === unused) {
      this.#last = unused
      return 'field'
    }
    const value = text.slice(text.indexOf('=') + 1)
    const held = this.#fields[place] ?? ''
    if (held === '') {
      this.#fields[place] = value
      this.#last = place
      return 'field'
    }
    return this.#takeAgain(text, place, value, held)
  }

  #findKey(text: string): Key | undefined {
    const equals = text.indexOf('=')
    if (equals < 0) return undefined
    const key = text.slice(0, equals)
    return this.#keys.get(key) ?? this.#keys.get(textsInAnyCase.get(key.trim().toLowerCase()) ?? '')
  }

  /** The same key twice: a purpose goes on, all others keep what they said first. */
  #takeAgain(text: string, place: number, value: string, held: string): Taken {
    if (value.trim() === '' || value.trim() === held.trim()) return 'field'
    if (place >= slot.purpose) {
      this.#last = place
      return this.#append(place, value)
    }
    // `Сумма=100` on the second line of a purpose is what somebody wrote there, not the document's sum.
    if (this.#last >= slot.purpose) {
      return this.#append(this.#last, text)
    }
    return contradictable.has(place) ? 'contradicted' : 'field'
  }

  #takeOther(text: string): Taken {
    if (text.trim() === '') return 'field'
    const equals = text.indexOf('=')
    const unknownKey = equals > 0 && looksLikeKey(text.slice(0, equals), this.#last >= slot.purpose)
    if (unknownKey) {
      this.#last = unused
      return 'unknownKey'
    }
    if (!isText(this.#last)) return this.#last === unused ? 'continued' : 'orphan'
    return this.#append(this.#last, text)
  }

  #append(place: number, text: string): Taken {
    const held = this.#fields[place] ?? ''
    if (held.length > longestText) return 'orphan'
    this.#fields[place] = `${held}\n${text}`
    return 'continued'
  }

  /** The party of the document: the payer's side, or the payee's. */
  party(side: 'payer' | 'payee'): Counterparty {
    const shift = side === 'payer' ? 0 : payeeShift
    const named = splitName(flat(this.at(slot.name1 + shift) || this.at(slot.name + shift)))
    return {
      name: named.name,
      taxId:
        taxNumber(this.at(slot.taxId + shift)) ||
        named.taxId ||
        splitName(flat(this.at(slot.name + shift))).taxId,
      account: counterpartyAccount(...this.accounts(side)),
      bankCode: this.at(slot.bankCode + shift),
    }
  }

  /** Both account numbers of a side; either may be the owner's. Asked for once the document is whole. */
  accounts(side: 'payer' | 'payee'): Accounts {
    return side === 'payer'
      ? (this.#payer ??= this.#accountsFrom(slot.account))
      : (this.#payee ??= this.#accountsFrom(slot.payeeAccount))
  }

  #accountsFrom(place: number): Accounts {
    return [account(this.at(place)), account(this.at(place + slot.settlement - slot.account))]
  }

  purpose(): { purpose: string; purposeGlued: string | null } {
    const whole = this.at(slot.purpose)
    const parts: string[] = []
    for (let place = slot.purpose + 1; place <= slot.purpose6; place += 1)
      if (this.at(place) !== '') parts.push(this.at(place))
    if (parts.length === 0 && !whole.includes('\n')) return { purpose: whole, purposeGlued: null }
    return joinPurpose(whole, parts)
  }
}

/** The parts repeat the whole, go on after it, or both; what is said already is not said again. */
function joinPurpose(whole: string, parts: string[]): { purpose: string; purposeGlued: string | null } {
  const tight = (text: string) => text.replaceAll(/\s/g, '')
  const partsTight = tight(parts.join(''))
  let pieces: string[]
  if (tight(whole).includes(partsTight)) pieces = [whole]
  else if (partsTight.startsWith(tight(whole))) pieces = parts
  else pieces = [whole, ...parts.filter((part) => !tight(whole).includes(tight(part)))]
  const lines = pieces
    .flatMap((piece) => piece.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const purpose = lines.join(' ')
  const glued = lines.join('')
  return { purpose, purposeGlued: glued === purpose ? null : glued }
}

function isText(place: number): boolean {
  return (
    place >= slot.purpose ||
    place === slot.name ||
    place === slot.name1 ||
    place === slot.payeeName ||
    place === slot.payeeName1
  )
}

/** Trims only where a blank may stand: nearly no field has one, and every field is asked. */
function trimmed(text: string): string {
  if (text === '') return text
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return first > 0x20 && first < 0x500 && last > 0x20 && last !== 0xa0 ? text : text.trim()
}

/** A word like the format's own keys. After a purpose only one with a capital inside counts: `НДС=20` is text there. */
function looksLikeKey(key: string, afterPurpose: boolean): boolean {
  const word = key.trim()
  return afterPurpose
    ? /^[А-ЯЁA-Z][а-яёa-z]+[А-ЯЁA-Z][\wА-Яа-яЁё]*$/.test(word)
    : /^[А-ЯЁA-Z][\wА-Яа-яЁё]*$/.test(word)
}

/** Takes the tax number out of `ИНН 7702000000 Name`, `ИНН 7702000000\КПП 770201001 Name` and `7702000000, Name`. */
function splitName(text: string): { name: string; taxId: string } {
  if (!/^[Ии\d]/.test(text)) return { name: text, taxId: '' }
  const marked =
    /^ИНН[\s:]*(\d{10}|\d{12})(?:\s*[\\/]\s*(?:КПП)?\s*\d{9})?[\s,;]+(.*)$/i.exec(text) ??
    /^(\d{10}|\d{12})\s*[,;/]\s*(.*)$/.exec(text)
  return { name: (marked?.[2] ?? text).trim(), taxId: marked?.[1] ?? '' }
}

/** Correspondent and transit accounts (301, 302, 303) are the bank's, not the party's. */
function counterpartyAccount(main: string, settlement: string): string {
  return main === '' || (/^30[123]/.test(main) && settlement !== '') ? settlement : main
}

/** An account number without the blanks that some banks group it with. */
export function account(text: string): string {
  return text.includes(' ') || text.includes('\u00a0') ? text.replaceAll(/\s/g, '') : text
}

/** A field of noughts, or of a lone digit, says that there is no number; a КПП behind a stroke is not part of it. */
function taxNumber(text: string): string {
  if (/^[1-9]\d+$/.test(text)) return text
  const digits = text.includes('/') || text.includes('\\') ? (/^\d*/.exec(text)?.[0] ?? '') : text
  return digits.length > 1 && !/^0*$/.test(digits) ? digits : ''
}

function flat(text: string): string {
  if (!text.includes('\n')) return text
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}
