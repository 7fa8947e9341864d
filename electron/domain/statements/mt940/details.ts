// Field :86:, for which every bank has its own language: numbered sub-fields behind a mark, words between
// slashes, words before a plus sign or a colon, or plain text.

import type { Counterparty } from '../../../contract/statement.ts'

export interface Details {
  counterparty: Counterparty
  purpose: string
  purposeGlued: string | null
  /** The reference of the one who ordered the payment, when it stands here and not in :61:. */
  reference: string
}

/** A full line of :86: has 65 characters; what follows it goes on in the middle of a word. */
const fullLine = 65
/** A full sub-field ?20 to ?29 has 27. */
const fullSubfield = 27

/** Reads the lines of a :86: (several tags in a row give one array each). */
export function readDetails(tags: readonly (readonly string[])[]): Details {
  const lines = tags.flat().filter((line) => line.trim() !== '')
  const whole = lines.join('')
  return readNumbered(whole) ?? readSlashed(lines) ?? readPlain(tags)
}

// ---- joining

/**
 * Pieces joined twice: as a person reads them (a piece that is full goes on without a blank, except between
 * two figures, where nobody can tell, and before a `WORD:`), and with no blank at all. Numbers are sought in both.
 */
export function joinPieces(pieces: readonly string[], full: number): { read: string; glued: string } {
  let read = ''
  let glued = ''
  let open = false
  for (const piece of pieces) {
    const text = open ? piece : piece.trimStart()
    const apart = (/\d$/.test(read) && /^\d/.test(text)) || /^[A-Z][A-Z.]{2,}: ?/.test(text)
    read += read === '' || (open && !apart) || read.endsWith(' ') || text.startsWith(' ') ? text : ` ${text}`
    glued += text
    open = piece.length >= full && !piece.endsWith(' ')
  }
  return { read: tidy(read), glued: tidy(glued) }
}

function tidy(text: string): string {
  return untidy.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text
}

/** Most texts are as they should be, and finding that out is cheaper than writing them anew. */
const untidy = /\s\s|[^\S ]|^ | $/

function purposeOf(joined: { read: string; glued: string }): Pick<Details, 'purpose' | 'purposeGlued'> {
  return { purpose: joined.read, purposeGlued: joined.glued === joined.read ? null : joined.glued }
}

const nobody: Counterparty = { name: '', taxId: '', account: '', bankCode: '' }

// ---- ?20…?29, with any mark in place of the question mark

const numbered = /^\s*\d{0,3}\s*([^\sA-Za-z0-9/:,.+-])(?=00|[1236]\d)/

function readNumbered(whole: string): Details | undefined {
  const mark = numbered.exec(whole)?.[1]
  if (mark === undefined) return undefined
  const fields = cutSubfields(whole, mark)
  const text = (code: number) => tidy(fields[code]?.join('') ?? '')
  const pieces: string[] = []
  for (const code of purposeCodes) {
    const field = fields[code]
    if (field) pieces.push(...field)
  }
  const joined = joinPieces(pieces, fullSubfield)
  const words = readPlusWords(joined)
  const name =
    (fields[32]?.[0]?.length ?? 0) >= fullSubfield ? text(32) + text(33) : `${text(32)} ${text(33)}`
  const purpose = words?.purpose ?? joined
  return {
    counterparty: {
      name: tidy(name),
      taxId: '',
      account: compact(text(38) || text(31) || (words?.iban ?? '')),
      bankCode: compact(text(30) || (words?.bic ?? '')),
    },
    ...purposeOf(purpose.read === '' ? { read: text(0), glued: text(0) } : purpose),
    reference: words?.reference ?? '',
  }
}

/** Sub-fields that hold the purpose, in its order. */
const purposeCodes = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 60, 61, 62, 63] as const

/** The contents of each sub-field by its number; one may come more than once. */
function cutSubfields(whole: string, mark: string): string[][] {
  const fields: string[][] = []
  let last: string[] = []
  let at = whole.indexOf(mark)
  while (at >= 0) {
    const next = whole.indexOf(mark, at + 1)
    const part = whole.slice(at + 1, next < 0 ? whole.length : next)
    const code = codeOf(part)
    // The mark may stand in the text as well; a number that is no sub-field shows it.
    if (code < 0) last.push(`${last.pop() ?? ''}${mark}${part}`)
    else {
      last = fields[code] ??= []
      const text = part.slice(2)
      last.push(filler.test(text) ? '' : text)
    }
    at = next
  }
  return fields
}

/** The two figures a sub-field begins with, when there is such a sub-field (0x, 1x, 2x, 3x, 6x, 7x); else -1. */
function codeOf(part: string): number {
  const tens = part.charCodeAt(0) - zero
  const ones = part.charCodeAt(1) - zero
  const known = (tens >= 0 && tens <= 3) || tens === 6 || tens === 7
  return known && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

const zero = 0x30
/** Polish banks fill an empty sub-field with the byte FF, which is a letter of its own in every encoding. */
const filler = /^\s*[^\x00-\x7f]\s*$/

// ---- EREF+ SVWZ+ and the like

const plusWords =
  /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|BREF|RREF|RTRN|PURP|ANAM|TAN)\+/

/** An end-to-end reference has at most 35 characters (ISO 20022, Max35Text); what runs on behind it is other text. */
const longestReference = 35

function readPlusWords(joined: { read: string; glued: string }) {
  if (!joined.glued.includes('+')) return undefined
  const read = splitWords(joined.read)
  // A word itself may be cut in two: then only the text without blanks shows it.
  const glued = splitWords(joined.glued)
  const remittance = read.get('SVWZ') ?? glued.get('SVWZ')
  if (remittance === undefined && glued.get('EREF') === undefined) return undefined
  const reference = compactReference((glued.get('EREF') ?? '').slice(0, longestReference))
  const behind = reference === '' ? '' : ` EREF ${reference}`
  return {
    purpose:
      remittance === undefined
        ? joined
        : {
            read: tidy(`${remittance}${behind}`),
            glued: tidy(`${glued.get('SVWZ') ?? remittance}${behind}`),
          },
    reference,
    iban: glued.get('IBAN') ?? '',
    bic: glued.get('BIC') ?? '',
  }
}

function splitWords(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const parts = text.split(plusWords)
  for (let at = 1; at + 1 < parts.length; at += 2) {
    const word = parts[at] ?? ''
    const value = (parts[at + 1] ?? '').trim()
    const before = found.get(word)
    found.set(word, before === undefined ? value : `${before} ${value}`)
  }
  const start = parts[0]?.trim() ?? ''
  const remittance = found.get('SVWZ')
  if (start !== '' && remittance !== undefined) found.set('SVWZ', `${start} ${remittance}`)
  return found
}

// ---- /EREF/…/REMI/…

const slashWords =
  /\/(TRTP|TRCD|BUSP|NRTX|PIND|IBAN|BBAN|BIC|NAME|REMI|EREF|PREF|KREF|ORDP|BENM|ADDR|ISDT|CSID|MARF|CNTP|PURP|ULTC|ULTD|ULTB|SUBF|RTRN|SVCL|OAMT|EXCH|CHGS|OCMT|CDTRREF|CDTRREFTP|ID)\//

function readSlashed(lines: readonly string[]): Details | undefined {
  const joined = joinPieces(lines, fullLine)
  if (!new RegExp(`^${slashWords.source}`).test(joined.glued)) return undefined
  const read = slashValues(joined.read)
  const glued = slashValues(joined.glued)
  const party = glued.get('CNTP')?.split('/') ?? []
  const side = sideOf(glued.get('BENM') ?? glued.get('ORDP') ?? '')
  const reference = compactReference(glued.get('EREF') ?? '')
  const remittance = { read: remittanceOf(read), glued: remittanceOf(glued) }
  // Without remittance words all that is known is what the rest of the text says.
  const behind = reference === '' ? '' : ` EREF ${reference}`
  const purpose =
    remittance.glued === '' && behind === ''
      ? joined
      : { read: tidy(remittance.read + behind), glued: tidy(remittance.glued + behind) }
  return {
    counterparty: {
      name: tidy(read.get('NAME') ?? party[2] ?? side.name),
      taxId: '',
      account: compact(glued.get('IBAN') ?? glued.get('BBAN') ?? party[0] ?? side.account),
      bankCode: compact(glued.get('BIC') ?? party[1] ?? side.bank),
    },
    ...purposeOf(purpose),
    reference,
  }
}

function slashValues(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const parts = text.split(slashWords)
  for (let at = 1; at + 1 < parts.length; at += 2) {
    const word = parts[at] ?? ''
    const value = withoutSlashes(parts[at + 1] ?? '').trim()
    // A word may come twice with the first one empty.
    if (value !== '' && !found.get(word)) found.set(word, value)
  }
  return found
}

/** `account/BIC/name`, of which the first two may be left out. */
function sideOf(text: string): { account: string; bank: string; name: string } {
  const parts = text.split('/')
  const account = /^(?:\d|[A-Z]{2}\d{2}[A-Z0-9]{8})/.test(compact(parts[0] ?? ''))
    ? (parts.shift() ?? '')
    : ''
  const bank = account !== '' && /^[A-Z]{6}[A-Z0-9]{2,5}$/.test(parts[0] ?? '') ? (parts.shift() ?? '') : ''
  return { account, bank, name: parts[0] ?? '' }
}

function remittanceOf(values: Map<string, string>): string {
  return withoutSlashes(
    (values.get('REMI') ?? '').replace(/^(U ?S ?T ?D ?\/ ?\/|STRD\/(CUR|ISO)\/?|\/+)/, ''),
  ).trim()
}

// ---- plain text, with the words that Dutch banks put before a colon

function readPlain(tags: readonly (readonly string[])[]): Details {
  const joined = tags
    .map((tag) =>
      joinPieces(
        tag.filter((line) => line.trim() !== ''),
        fullLine,
      ),
    )
    .reduce((a, b) => ({ read: tidy(`${a.read} ${b.read}`), glued: a.glued + b.glued }), {
      read: '',
      glued: '',
    })
  const words = readPlusWords(joined)
  const polish = readPolish(joined.read)
  const account =
    /\b(?:IBAN|REK): ?([A-Z]{2}\d{2}[A-Z0-9]{8,30})/.exec(joined.read)?.[1] ??
    words?.iban ??
    polish?.account ??
    ''
  const bankCode = /\bBIC: ?([A-Z0-9]{8,11})\b/.exec(joined.read)?.[1] ?? words?.bic ?? ''
  const name =
    /\bNAAM: ?(.+?)(?= (?:OMSCHRIJVING|KENMERK|BETALINGSKENM\.|MACHTIGING|INCASSANT|VOOR|IBAN|BIC): ?|$)/.exec(
      joined.read,
    )?.[1] ??
    polish?.name ??
    ''
  return {
    counterparty: { ...nobody, account, bankCode, name },
    ...purposeOf(words?.purpose ?? joined),
    reference: words?.reference ?? '',
  }
}

/** `…; Z RACH.: 26 figures; OD: NAME AND ADDRESS; TYT.: TITLE; …`, and `NA RACH.` with `DLA` for what goes out. */
function readPolish(text: string): { account: string; name: string } | undefined {
  if (!text.includes(' RACH.:') && !text.includes(' TYT.:')) return undefined
  return {
    account: compact(/\b(?:Z|NA) RACH\.: ?([A-Z0-9 ]{8,40}?);/.exec(text)?.[1] ?? ''),
    name: /; (?:OD|DLA): ?([^;]+);/.exec(text)?.[1]?.trim() ?? '',
  }
}

function withoutSlashes(text: string): string {
  let end = text.length
  while (text.charAt(end - 1) === '/') end -= 1
  return text.slice(0, end)
}

function compact(text: string): string {
  return /\s/.test(text) ? text.replaceAll(/\s/g, '') : text
}

/** Words that stand where a reference would and say that there is none. */
export function compactReference(text: string): string {
  const plain = text.trim()
  return /^(NONREF|NOTPROVIDED|NOT PROVIDED|EREF|PREF|MARF|KREF\+?|N)$/i.test(plain) ? '' : plain
}
