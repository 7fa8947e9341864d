// Field :NS:, what banks of the MultiCash family add to an entry: lines that begin with two figures, of which 01 to 14
// hold the purpose, 15 and 16 the other party's name, 33 its bank and 34 its account.

import type { Details } from './details.ts'
import { joinPieces } from './join.ts'

/** A full line of :NS: has 27 characters behind its number. */
const fullLine = 27

/** The details with what the lines of :NS: say where a :86: said nothing. */
export function withExtra(details: Details, lines: readonly string[]): Details {
  if (lines.length === 0) return details
  const fields = cutFields(lines)
  const text = (number: number) => (fields.get(number) ?? '').trim()
  const pieces = purposeNumbers.map((number) => fields.get(number) ?? '').filter((piece) => piece !== '')
  const joined = joinPieces(pieces, fullLine)
  const { counterparty } = details
  const name = joinPieces([fields.get(15) ?? '', fields.get(16) ?? ''], fullLine).read
  const told =
    details.purpose === ''
      ? { purpose: joined.read, purposeGlued: joined.glued === joined.read ? null : joined.glued }
      : {}
  return {
    ...details,
    ...told,
    counterparty: {
      ...counterparty,
      name: counterparty.name || name,
      account: counterparty.account || text(34).replaceAll(/\s/g, ''),
      bankCode: counterparty.bankCode || text(33),
    },
  }
}

const purposeNumbers = Array.from({ length: 14 }, (_, at) => at + 1)

/** The lines by their numbers; one without a number goes on with the last. */
function cutFields(lines: readonly string[]): Map<number, string> {
  const fields = new Map<number, string>()
  let last = -1
  for (const line of lines) {
    const number = /^\d\d/.test(line) ? Number(line.slice(0, 2)) : -1
    if (number >= 0 && !fields.has(number)) {
      last = number
      fields.set(number, line.slice(2))
    } else if (last >= 0 && line.trim() !== '') fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`)
  }
  return fields
}
