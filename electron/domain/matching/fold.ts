// Text folded unit by unit, so that a place found in the folded text is the same place in the original.

const latinByCyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
}
const cyrillicByLatin: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(latinByCyrillic).map(([cyrillic, latin]) => [latin, cyrillic]),
)

const plainByUnit: Readonly<Record<string, string>> = {
  ё: 'е',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '⁄': '/',
  '\\': '/',
  '∕': '/',
  '«': '"',
  '»': '"',
  '„': '"',
  '“': '"',
  '”': '"',
  '’': "'",
  '`': "'",
  º: 'o',
  '°': 'o',
}

const foldTable = new Uint16Array(0x10000)
for (let unit = 0; unit < foldTable.length; unit += 1) foldTable[unit] = foldUnit(unit)

function foldUnit(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit
  if (unit >= 0xff01 && unit <= 0xff5e) return foldUnit(unit - 0xff01 + 0x21)
  const text = String.fromCharCode(unit)
  const lower = text.toLowerCase()
  const one = lower.length === 1 ? lower : text
  const plain = plainByUnit[one] ?? (/\s/.test(one) ? ' ' : one)
  return plain.charCodeAt(0)
}

/**
 * Lower case, one kind of blank, dash, quote and slash, ё as е; exactly as many UTF-16 units as the input, each
 * at its own place.
 */
export function foldText(text: string): string {
  let folded = ''
  const chunk: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    chunk.push(foldTable[text.charCodeAt(at)] ?? 0)
    if (chunk.length === 4096) {
      folded += String.fromCharCode(...chunk)
      chunk.length = 0
    }
  }
  return folded + String.fromCharCode(...chunk)
}

/** A word in folded text as Cyrillic, when a Latin letter in it can only be a look-alike (`cчeтy` is `счету`). */
export function asCyrillic(word: string): string {
  let out = ''
  for (const letter of word) out += cyrillicByLatin[letter] ?? letter
  return out
}

/** A word in folded text with every look-alike as its Latin letter, for comparing. */
export function asLatin(word: string): string {
  let out = ''
  for (const letter of word) out += latinByCyrillic[letter] ?? letter
  return out
}

/**
 * The form in which document numbers are compared: look-alike letters are one letter, leading zeros and
 * whatever stands between letters and digits fall away, and any mark between two runs of digits is a slash.
 * `УТ-000123` gives `yt123`, `3653-01` gives `3653/1`; a text without digits gives ''.
 */
export function numberKey(text: string): string {
  const plain = singleRunKey(text)
  if (plain !== null) return plain
  const runs = foldText(text).match(/\d+|\p{L}+/gu)
  if (!runs) return ''
  let key = ''
  let lastWasDigits = false
  let digitsSeen = false
  for (const run of runs) {
    const isDigits = run.charCodeAt(0) <= 0x39
    if (isDigits) key += (lastWasDigits ? '/' : '') + withoutLeadingZeros(run)
    else for (const letter of run) key += latinByCyrillic[letter] ?? letter
    digitsSeen ||= isDigits
    lastWasDigits = isDigits
  }
  return digitsSeen ? key : ''
}

/** The usual case, plain digits or digits/digits, without the cost of the general one. */
function singleRunKey(text: string): string | null {
  const plain = /^0*(\d+)(?:\/0*(\d+))?$/.exec(text)
  if (!plain) return null
  return plain[2] === undefined ? (plain[1] ?? '') : `${plain[1]}/${plain[2]}`
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '')
}

/** Whether two numbers are written alike but for case, look-alikes and blanks: stricter than equal keys. */
export function sameNumberText(a: string, b: string): boolean {
  return a === b || strictForm(a) === strictForm(b)
}

function strictForm(text: string): string {
  let out = ''
  for (const unit of foldText(text)) if (unit !== ' ') out += latinByCyrillic[unit] ?? unit
  return out
}
