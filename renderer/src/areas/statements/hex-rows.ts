// Bytes as people look at them: eight a row, with their place in the file and the letters they would be in ASCII.

export interface HexRow {
  /** Place of the first byte in the file. */
  at: number
  pairs: string
  letters: string
}

const perRow = 8

/** `hex` are pairs without blanks; `from` is the first byte's place. A last odd digit is left out. */
export function hexRows(hex: string, from: number): HexRow[] {
  const pairs = hex.match(/[0-9a-f]{2}/gi) ?? []
  const rows: HexRow[] = []
  for (let at = 0; at < pairs.length; at += perRow) {
    const own = pairs.slice(at, at + perRow)
    rows.push({
      at: from + at,
      pairs: own.join(' ').padEnd(perRow * 3 - 1),
      letters: own.map(letterOf).join(''),
    })
  }
  return rows
}

function letterOf(pair: string): string {
  const code = Number.parseInt(pair, 16)
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·'
}
