// What tells Western from Central European readings of the same bytes: the letters of one language stand together, and
// each stands where its languages put it. Czech `účtu` read as windows-1252 is `úètu`: no language has both, and no
// French or Italian word has its `è` so.

/** Letters beyond ASCII, by language: the ones whose texts the two families of encodings are for. */
const alphabets: readonly string[] = [
  'äöüß', // German
  'àâæçèéêëîïôœùûü', // French
  'áéíñóúü', // Spanish
  'àáâãçéêíóôõú', // Portuguese
  'àèéìòù', // Italian
  'äåöé', // Swedish, Finnish
  'æøåé', // Danish, Norwegian
  'áðéíóúýþæö', // Icelandic
  'äõöü', // Estonian, as far as Western encodings have it
  'áčďéěíňóřšťúůýž', // Czech
  'áäčďéíľĺňóôŕšťúýž', // Slovak
  'ąćęłńóśźż', // Polish
  'áéíóöőúüű', // Hungarian
  'ăâîşţșț', // Romanian
  'čćđšž', // Croatian, Slovenian
]

/**
 * Where a letter that one reading makes of another's stands in its own languages: its neighbours in small letters, a blank
 * where the word begins or ends. Letters without an entry may stand anywhere.
 */
const habits: Readonly<Record<string, RegExp>> = {
  // French `père`, `première`, Italian `è`, `cioè`.
  è: /è(?:[bcdfglmnpqrstvzh][^bcdfghjkmpqtvwxz]| |[rtslmnv][a-z])/,
  // Danish and Norwegian: before a consonant, or at the end of `ø`, `miljø`.
  ø: /ø[^aeiouyáéíóúýě]/,
  // Italian and French, at the end of words only.
  ì: /ì /,
  ò: /ò /,
  ù: /ù /,
  à: /à[ s]/,
  // `même`, `fête`, `intérêt`, `três`, `você`.
  ê: /ê[tmlcqvnrspdbx ]/,
  ñ: /ñ[aeiouáéíóú]/,
  œ: /œ[ui]/,
  ï: /[aeou]ï/,
  // `São`, `irmã`, `mãe`.
  ã: /ã[oeis ]/,
  õ: /õe|[^sz]õ[^ sz]/,
  þ: / þ/,
  // Central European, where a Western text is read so: `nº` as `nş`.
  ş: /[aeiouăâî]ş|ş[aeitcoăâî]/,
  č: /[aáeéěiíoóuúůyýrlnkt ]č|č[aáeéěiíoóuúůyýnkt]/,
  ř: /ř[aáeéěiíoóuúůyýknt ]/,
  ď: /[aáeéěiíoóuúůyý]ď|ď[aáeou]/,
}

const outside = 1
const misplaced = 1.5

/** Points off for letters beyond ASCII that no one language has together, and for those where none of theirs puts them. */
export function strangeness(text: string): number {
  const letters = text.toLowerCase().match(/[\u00df-\u00f6\u00f8-\u024f]/g) ?? []
  if (letters.length === 0) return 0
  const apart = alphabets.map((own) => letters.filter((letter) => !own.includes(letter)).length)
  return Math.min(...apart) * outside + misplacedIn(text) * misplaced
}

function misplacedIn(text: string): number {
  let count = 0
  // Only words tell; what stands between them is a blank to the habits. Plain words are passed over afterwards: an
  // expression for the others alone tries every letter of a run without end again and again.
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    if (/^[a-z]*$/.test(word)) continue
    const framed = ` ${word} `
    for (let at = 1; at <= word.length; at += 1) {
      const habit = Object.hasOwn(habits, framed.charAt(at)) ? habits[framed.charAt(at)] : undefined
      if (habit && !habit.test(framed.slice(at - 1, at + 3))) count += 1
    }
  }
  return count
}
