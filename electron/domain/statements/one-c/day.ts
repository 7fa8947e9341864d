// Dates of 1C exchange files: `DD.MM.YYYY`, seldom with a two-digit year, a time behind, or in ISO form.

import type { BankDay } from '../../../contract/values.ts'
import { dayOf, fullYear } from '../bank-days.ts'

export type DayReading = { day: BankDay } | { wrong: 'date.unreadable' | 'date.impossible' | 'date.missing' }

/** A reader that remembers: a file holds few days and many documents. */
export function createDayReader(): (text: string) => DayReading {
  const known = new Map<string, DayReading>()
  let last = ''
  let lastReading = missing
  return (text) => {
    if (text === '') return missing
    if (text === last) return lastReading
    let reading = known.get(text)
    if (reading === undefined) {
      reading = readDay(text)
      if (known.size < 4000) known.set(text, reading)
    }
    last = text
    lastReading = reading
    return reading
  }
}

const missing: DayReading = { wrong: 'date.missing' }

function readDay(text: string): DayReading {
  const local = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\s.*)?$/.exec(text)
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T\s].*)?$/.exec(text)
  const [year = '', month, dayText] = local ? [local[3], local[2], local[1]] : (iso?.slice(1) ?? [])
  if (year === '') return { wrong: 'date.unreadable' }
  const day = dayOf(year.length === 2 ? fullYear(Number(year)) : Number(year), Number(month), Number(dayText))
  return day === undefined ? { wrong: 'date.impossible' } : { day }
}
