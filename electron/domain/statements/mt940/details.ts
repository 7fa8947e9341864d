// Field :86:, for which every bank has its own language: numbered sub-fields behind a mark, words between
// slashes, words before a plus sign or a colon, or plain text.

import type { Counterparty } from '../../../contract/statement.ts'
import { isBlankLine } from '../text-lines.ts'
import { compact, joinPieces, tidy, type Joined } from './join.ts'
import { cutSubfields, fullSubfield, markOf, nameOf, purposePieces, textOf } from './subfields.ts'

export interface Details {
  counterparty: Counterparty
  purpose: string
  purposeGlued: string | null
  /** The reference of the one who ordered the payment, when it stands here and not in :61:. */
  reference: string
}

/** A full line of :86: has 65 characters; what follows it goes on in the middle of a word. */
const fullLine = 65

/** Reads the lines of a :86: (several tags in a row give one array each). */
export function readDetails(tags: readonly (readonly string[])[]): Details {
  const lines: string[] = []
  let whole = ''
  for (const tag of tags) {
    for (const line of tag) {
      if (isBlankLine(line)) continue
      lines.push(line)
      whole += line
    }
  }
  return readNumbered(whole) ?? readSlashed(lines) ?? readPlain(tags)
}

function purposeOf(joined: Joined): Pick<Details, 'purpose' | 'purposeGlued'> {
  return { purpose: joined.read, purposeGlued: joined.glued === joined.read ? null : joined.glued }
}

const nobody: Counterparty = { name: '', taxId: '', account: '', bankCode: '' }

// ---- ?20…?29, with any mark in place of the question mark

function readNumbered(whole: string): Details | undefined {
  const mark = markOf(whole)
  if (mark === undefined) return undefined
  const fields = cutSubfields(whole, mark)
  const joined = joinPieces(purposePieces(fields), fullSubfield)
  const words = readPlusWords(joined)
  const { read, glued } = words?.purpose ?? joined
  const purpose = read === '' ? tidy(textOf(fields, 0)) : read
  return {
    counterparty: {
      name: nameOf(fields),
      taxId: '',
      account: compact(textOf(fields, 38)) || compact(textOf(fields, 31)) || compact(words?.iban ?? ''),
      bankCode: compact(textOf(fields, 30)) || compact(words?.bic ?? ''),
    },
    purpose,
    purposeGlued: read === '' || glued === read ? null : glued,
    reference: words?.reference ?? '',
  }
}

// ---- EREF+ SVWZ+ and the like

const plusWords =
  /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|BREF|RREF|RTRN|PURP|ANAM|TAN)\+/

/** An end-to-end reference has at most 35 characters (ISO 20022, Max35Text); what runs on behind it is other text. */
const longestReference = 35

function readPlusWords(joined: Joined) {
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

const startsSlashed = new RegExp(`^${slashWords.source}`)

function readSlashed(lines: readonly string[]): Details | undefined {
  const joined = joinPieces(lines, fullLine)
  if (!startsSlashed.test(joined.glued)) return undefined
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

/** Words that stand where a reference would and say that there is none; a longer text is none of them. */
export function compactReference(text: string): string {
  const plain = text === '' ? text : text.trim()
  return plain.length <= 12 && /^(NONREF|NOTPROVIDED|NOT PROVIDED|EREF|PREF|MARF|KREF\+?|N)$/i.test(plain)
    ? ''
    : plain
}
