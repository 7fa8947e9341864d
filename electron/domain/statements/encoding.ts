// Which encoding the bytes of a text are written in: what can be proved first (byte order mark, UTF-8's own
// structure), then what the file says of itself, then which reading gives the most plausible letters. Banks'
// declarations lie often enough that they never outrank proof.

import type { EncodingGround, StatementEncoding } from '../../contract/statement.ts'
import { strangeness } from './latin-letters.ts'

export interface FoundEncoding {
  encoding: StatementEncoding
  by: EncodingGround
}

/** What single-byte text is tried as. ISO 8859-1 is absent: its readings equal those of windows-1252 wherever they are text. */
const candidates = [
  'windows-1251',
  'ibm866',
  'koi8-r',
  'iso-8859-5',
  'windows-1252',
  'windows-1250',
  'iso-8859-2',
] as const

/**
 * The encoding of a text's first bytes, which may end in the middle of a character. `declared` is the label
 * the file gives itself, '' or undefined where it gives none.
 */
export function findEncoding(head: Uint8Array, declared?: StatementEncoding): FoundEncoding {
  const proved = proveEncoding(head)
  if (proved !== undefined) return { encoding: proved, by: 'proved' }
  const narrow = declared === undefined || isWide(declared) ? undefined : declared
  if (isAscii(head))
    return narrow === undefined ? { encoding: 'utf-8', by: 'proved' } : { encoding: narrow, by: 'declared' }
  if (isUtf8(head)) return { encoding: 'utf-8', by: 'proved' }
  const bytes = sampleOf(head)
  const scores = candidates.map((encoding) => ({ encoding, score: scoreOf(bytes, encoding) }))
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  if (narrow === undefined || narrow === 'utf-8') return { encoding: best.encoding, by: 'scored' }
  // A handful of letters proves nothing against what a file says of itself.
  const declaredScore = scoreOf(bytes, narrow)
  const lies = declaredScore < best.score * 0.8 && (declaredScore < 0 || best.score - declaredScore > few)
  return lies ? { encoding: best.encoding, by: 'scored' } : { encoding: narrow, by: 'declared' }
}

const few = 2

/** The StatementEncoding a label means, in any of the spellings that files use; undefined for an unknown one. */
export function encodingOfLabel(label: string): StatementEncoding | undefined {
  const plain = label
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '')
  return Object.hasOwn(labels, plain) ? labels[plain] : undefined
}

const labels: Readonly<Record<string, StatementEncoding>> = {
  windows: 'windows-1251',
  win: 'windows-1251',
  win1251: 'windows-1251',
  windows1251: 'windows-1251',
  cp1251: 'windows-1251',
  ansi: 'windows-1251',
  dos: 'ibm866',
  oem: 'ibm866',
  cp866: 'ibm866',
  ibm866: 'ibm866',
  '866': 'ibm866',
  koi8: 'koi8-r',
  koi8r: 'koi8-r',
  utf8: 'utf-8',
  unicode: 'utf-8',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  '1251': 'windows-1251',
  windows1250: 'windows-1250',
  cp1250: 'windows-1250',
  '1250': 'windows-1250',
  windows1252: 'windows-1252',
  cp1252: 'windows-1252',
  '1252': 'windows-1252',
  iso88591: 'iso-8859-1',
  '88591': 'iso-8859-1',
  latin1: 'iso-8859-1',
  iso885915: 'iso-8859-1',
  iso88592: 'iso-8859-2',
  iso88595: 'iso-8859-5',
  usascii: 'utf-8',
}

/** Decodes, whatever the bytes; what does not fit becomes U+FFFD, a byte order mark is dropped. */
export function decode(bytes: Uint8Array, encoding: StatementEncoding): string {
  return new TextDecoder(encoding).decode(bytes)
}

/** The encoding that a byte order mark or the zero bytes of UTF-16 prove. */
function proveEncoding(head: Uint8Array): StatementEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const sample = head.subarray(0, 512)
  let evenZeros = 0
  let oddZeros = 0
  sample.forEach((byte, at) => {
    if (byte === 0 && at % 2 === 0) evenZeros += 1
    if (byte === 0 && at % 2 === 1) oddZeros += 1
  })
  // The marks of every format are ASCII, so UTF-16 without a mark shows zeros on one side and text on the other.
  const enough = Math.max(4, sample.length / 8)
  if (oddZeros >= enough && evenZeros <= oddZeros / 8) return 'utf-16le'
  if (evenZeros >= enough && oddZeros <= evenZeros / 8) return 'utf-16be'
  return undefined
}

function isWide(encoding: StatementEncoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be'
}

export function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false
  return true
}

/** Files shorter than this are seen to their end. */
const shortest = 4096

function isUtf8(head: Uint8Array): boolean {
  try {
    // Streaming keeps an incomplete last character back instead of calling it wrong. In a short file it is wrong: nothing
    // cut it, and one letter of an old encoding at the end looks like the beginning of such a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return head.length >= shortest || /[^\0-\x7f]/.test(text)
  } catch {
    return false
  }
}

/** The lines that hold other bytes than ASCII, at most 16 KB of them: the others tell nothing. */
function sampleOf(head: Uint8Array): Uint8Array {
  const sample = new Uint8Array(16 * 1024)
  let length = 0
  let from = 0
  while (from < head.length && length < sample.length) {
    const lf = head.indexOf(10, from)
    const line = head.subarray(from, Math.min(lf < 0 ? head.length : lf + 1, from + sample.length - length))
    if (line.some((byte) => byte >= 0x80)) {
      sample.set(line, length)
      length += line.length
    }
    from = lf < 0 ? head.length : lf + 1
  }
  return sample.subarray(0, length)
}

/**
 * A Cyrillic text has words; letters that stand alone or by twos are what a Western text's accents and signs look like
 * when it is taken for Cyrillic (`à`, `£`), so they count less than anything a Western reading makes of them. A Western
 * text has its accents between plain letters; long runs of them are Cyrillic words (`Ðîìàøêà`).
 */
function scoreOf(bytes: Uint8Array, encoding: StatementEncoding): number {
  const text = decode(bytes, encoding)
  const score = plausibility(text)
  if (/[А-яЁё]/.test(text)) return /[А-яЁё]{3}/.test(text) ? score : Math.min(score, 0.1)
  const latin = score - strangeness(text)
  const accented = text.match(/[À-ɏ]/g)?.length ?? 0
  const inRuns = text.match(/[À-ɏ]{4,}/g)?.join('').length ?? 0
  return latin > 0 && inRuns > accented / 2 ? latin * 0.3 : latin
}

const frequentCyrillic = 'оеаинтсрвлкмдпу'
const latinLetters = 'äöüßéèêëàâãçîïìôõòûùáíóúýñåæøœąćęłńśźżčďěňřšťůžőűăâșțşţđ'

/**
 * How much a decoded text looks like one: points for letters that European and Cyrillic texts use where words
 * use them, points off for frames, control signs, signs inside words, capitals after small letters and words
 * of two scripts, which is what a text looks like in a wrong encoding.
 */
function plausibility(text: string): number {
  let score = 0
  let before = kindOf(' ')
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    const kind = kindOf(char)
    if (char > '\x7f') score += pointsOf(char, kind, before, kindOf(text.charAt(at + 1)))
    else if (kind === 'latin' && before === 'cyrillic') score -= 1
    before = kind
  }
  return score
}

type Kind = 'latin' | 'LATIN' | 'cyrillic' | 'CYRILLIC' | 'digit' | 'blank' | 'sign' | 'wrong'

function kindOf(char: string): Kind {
  if (char === '' || char === ' ' || char === '\n' || char === '\r' || char === '\t' || char === '\xa0')
    return 'blank'
  if (char >= '0' && char <= '9') return 'digit'
  if (/[a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžſșț]/.test(char)) return 'latin'
  if (/[A-ZÀ-ÖØ-ÞĀ-Ž]/.test(char)) return 'LATIN'
  if (/[а-яё]/.test(char)) return 'cyrillic'
  if (/[А-ЯЁ]/.test(char)) return 'CYRILLIC'
  if (/[ѐ-џѢ-ҁЀ-Џ]/.test(char)) return 'CYRILLIC'
  if (
    char === '\ufffd' ||
    char < ' ' ||
    (char >= '\x7f' && char < '\xa0') ||
    (char >= '\u2500' && char <= '\u25ff')
  )
    return 'wrong'
  return 'sign'
}

function pointsOf(char: string, kind: Kind, before: Kind, after: Kind): number {
  if (kind === 'wrong') return -3
  if ((char === 'º' || char === 'ª') && isLetter(before) && !isLetter(after)) return 0.5
  // Unseen in text that is read right: where a word may be parted.
  if (char === '\u00ad') return 0
  if (kind === 'cyrillic') {
    // A letter among figures is how a hyphen or a sign of another code page looks.
    if (before === 'digit' && after === 'digit') return -1
    if (before === 'latin' || before === 'LATIN' || after === 'latin') return -3
    return frequentCyrillic.includes(char) ? 2 : 1
  }
  if (kind === 'CYRILLIC') {
    if (!/[А-ЯЁ]/.test(char)) return -2
    if (before === 'cyrillic') return -2
    return before === 'latin' || before === 'LATIN' || after === 'latin'
      ? -3
      : frequentCyrillic.toUpperCase().includes(char)
        ? 1
        : 0.5
  }
  if (kind === 'latin')
    return latinLetters.includes(char) ? (isLetter(before) || isLetter(after) ? 1.5 : 0.2) : 0
  if (kind === 'LATIN') {
    if (before === 'latin') return -2
    if (!latinLetters.includes(char.toLowerCase())) return 0
    return isLetter(before) || isLetter(after) ? 1 : 0.2
  }
  // A sign between two letters is how a letter looks in a neighbour's code page.
  if (isLetter(before) && isLetter(after)) return -1.5
  return '№«»–—“”„’€§°£'.includes(char) ? 0.5 : -0.2
}

function isLetter(kind: Kind): boolean {
  return kind === 'latin' || kind === 'LATIN' || kind === 'cyrillic' || kind === 'CYRILLIC'
}
