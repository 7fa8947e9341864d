// Records of a binary workbook: two bytes of kind, two of length, and so on to the end of the substream.

const beginnings = new Set([0x0809, 0x0409, 0x0209, 0x0009])
const endRecord = 0x0a

/**
 * Hands on the records of the substream that begins at `at`, those of charts inside it left out, until its end or until
 * `onRecord` answers false. `from` (inclusive) and `to` (exclusive) bound a record's body. Answers false where the stream
 * ends before the substream does.
 */
export function eachRecord(
  stream: Uint8Array,
  at: number,
  onRecord: (id: number, from: number, to: number) => boolean,
): boolean {
  let depth = 0
  let next = at
  while (next + 4 <= stream.length) {
    const id = (stream[next] ?? 0) + (stream[next + 1] ?? 0) * 256
    const from = next + 4
    const to = from + (stream[next + 2] ?? 0) + (stream[next + 3] ?? 0) * 256
    if (to > stream.length) return false
    if (beginnings.has(id)) depth += 1
    else if (id === endRecord) depth -= 1
    if (depth <= 1 && !onRecord(id, from, to)) return true
    if (depth <= 0) return true
    next = to
  }
  return false
}

/** Places of the substreams of worksheets, for streams whose list of sheets is not there. */
export function worksheetPlaces(stream: Uint8Array): number[] {
  const places: number[] = []
  for (let next = 0; next + 8 <= stream.length;) {
    const id = (stream[next] ?? 0) + (stream[next + 1] ?? 0) * 256
    if (beginnings.has(id) && stream[next + 6] === 0x10) places.push(next)
    next += 4 + (stream[next + 2] ?? 0) + (stream[next + 3] ?? 0) * 256
  }
  return places
}

const wideDecoder = new TextDecoder('utf-16le')
const narrowDecoder = new TextDecoder('windows-1252')

/** Text of 16-bit units, or of bytes that are the same units without their upper half. */
export function unitsText(bytes: Uint8Array, wide: boolean): string {
  return (wide ? wideDecoder : narrowDecoder).decode(bytes)
}

const decoders = new Map<number, { decode(bytes: Uint8Array): string }>()

/** Text of the older kinds, by the number of their code page. */
export function codePageText(bytes: Uint8Array, codePage: number): string {
  const letters = upperHalves[codePage]
  if (letters !== undefined)
    return Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : letters.charAt(byte - 0x80),
    ).join('')
  let decoder = decoders.get(codePage)
  if (decoder === undefined) {
    decoder = new TextDecoder(labelOf(codePage))
    decoders.set(codePage, decoder)
  }
  return decoder.decode(bytes)
}

/** Letters 128 to 255 of pages that no TextDecoder knows: of DOS in Europe, and of Central Europe on a Macintosh. */
const upperHalves: Readonly<Record<number, string>> = {
  437: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  850: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  852: 'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
  10029:
    'ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»…\u00a0ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ',
}

function labelOf(codePage: number): string {
  if ((codePage >= 1250 && codePage <= 1258) || codePage === 874) return `windows-${codePage}`
  const known: Readonly<Record<number, string>> = {
    866: 'ibm866',
    932: 'shift_jis',
    936: 'gbk',
    949: 'euc-kr',
    950: 'big5',
    10000: 'macintosh',
    10007: 'x-mac-cyrillic',
    20866: 'koi8-r',
    65001: 'utf-8',
  }
  return known[codePage] ?? 'windows-1252'
}
