/**
 * A number and a hash as typed from a printout, blanks and grouping allowed: the pair, `{}` when both fields
 * are empty, or `wrong` when what was typed can be no pair.
 */
export function readPair(seq: string, hash: string): { seq?: number; hash?: string } | 'wrong' {
  const number = seq.replace(/[\s\u00A0.,]/g, '')
  const digits = hash.replace(/\s/g, '').toLowerCase()
  if (number === '' && digits === '') return {}
  if (!/^[1-9]\d{0,14}$/.test(number) || !/^[0-9a-f]{64}$/.test(digits)) return 'wrong'
  return { seq: Number(number), hash: digits }
}
