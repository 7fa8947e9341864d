/** Text to windows-1251, the encoding in which Russian banks hand out their files. */

const odd: Record<string, number> = {
  Ё: 0xa8,
  ё: 0xb8,
  '№': 0xb9,
  '«': 0xab,
  '»': 0xbb,
  '–': 0x96,
  '—': 0x97,
  '\u00a0': 0xa0,
  '°': 0xb0,
  '·': 0xb7,
}

function byteOf(sign: string): number {
  const code = sign.charCodeAt(0)
  if (code < 0x80) return code
  if (code >= 0x410 && code <= 0x44f) return code - 0x350
  return odd[sign] ?? 0x3f
}

/** Signs outside the code page become a question mark, as in a bank's export. */
export function toWindows1251(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = byteOf(text.charAt(index))
  return bytes
}
