// One entry of a QIF account: a field a line by its first letter, splits behind the entry's own fields.

import type { Place } from '../../../contract/statement.ts'

export interface QifRecord {
  date: string
  /** The entry's sum: T where it is there, else U, which newer Quickens write beside it. */
  amount: string
  number: string
  payee: string
  memo: string
  category: string
  splits: string[]
  place: Place
  /** What the lines are when they contradict each other: the reader must not choose. */
  contradicted: boolean
}

export type QifTaken = 'field' | 'next' | 'unknown'

/** Letters of the format that say nothing a statement line holds: status, reimbursing, percent, invoices, loans. */
const unused = 'CFEX%KYIQO1234567'
/** Fields whose text is no longer itself when a file breaks off in the middle of it. */
const doubtful = 'DTU$'

/** Gathers an entry. Texts of the same letter join with a blank; money and days do not. */
export class QifEntry {
  #date: string | undefined
  #total: string | undefined
  #longer: string | undefined
  #number = ''
  #payee: string[] = []
  #address = ''
  #memo: string[] = []
  #category = ''
  #splits: string[] = []
  #inSplits = false
  #blankSeen = false
  #contradicted = false
  #last = ''
  #lines = 0
  place: Place = { line: 0, from: 0, to: 0 }

  get empty(): boolean {
    return this.#lines === 0
  }

  /** The last field's letter is one whose cut text would be another day or sum. */
  get endsDoubtful(): boolean {
    return doubtful.includes(this.#last)
  }

  blank(): void {
    this.#blankSeen = true
  }

  /** Takes a line; answers `next`, taking nothing, when the line begins another entry though no `^` ended this one. */
  take(text: string, place: Place): QifTaken {
    const letter = text.charAt(0)
    const value = text.slice(1).trim()
    if (letter === 'D' && this.#date !== undefined && this.#isWhole()) return 'next'
    if (this.#lines === 0) this.place = { ...place }
    this.#lines += 1
    this.place.to = place.to
    this.#last = letter
    return this.#set(letter, value)
  }

  /** A second day begins a second entry, except that splits have days of their own. */
  #isWhole(): boolean {
    const summed = this.#total !== undefined || this.#longer !== undefined
    return summed && (!this.#inSplits || this.#blankSeen)
  }

  #set(letter: string, value: string): QifTaken {
    switch (letter) {
      case 'D':
        if (!this.#inSplits) this.#date = this.#once(this.#date, value)
        return 'field'
      case 'T':
        this.#total = this.#once(this.#total, value)
        return 'field'
      case 'U':
        this.#longer = this.#once(this.#longer, value)
        return 'field'
      case 'N':
        this.#number ||= value
        return 'field'
      case 'P':
        if (value !== '') this.#payee.push(value)
        return 'field'
      case 'A':
        this.#address ||= value
        return 'field'
      case 'M':
        if (value !== '') this.#memo.push(value)
        return 'field'
      case 'L':
        this.#category ||= value
        return 'field'
      case 'S':
        this.#inSplits = true
        return 'field'
      case '$':
        this.#inSplits = true
        this.#splits.push(value)
        return 'field'
      default:
        return unused.includes(letter) ? 'field' : 'unknown'
    }
  }

  #once(held: string | undefined, value: string): string {
    if (held === undefined || held === '') return value
    if (value !== '' && value !== held) this.#contradicted = true
    return held
  }

  record(): QifRecord {
    return {
      date: this.#date ?? '',
      amount: this.#total || (this.#longer ?? ''),
      number: this.#number,
      // The first line of an address is the name.
      payee: this.#payee.join(' ') || this.#address,
      memo: this.#memo.join(' '),
      category: this.#category,
      splits: this.#splits,
      place: this.place,
      contradicted: this.#contradicted,
    }
  }
}
