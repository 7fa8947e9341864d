import type { StatementEncoding } from '../../../../electron/contract/statement.ts'

/** The encodings that statements come in, named as banks and programs name them. */
const names: Readonly<Record<StatementEncoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1251': 'Windows-1251',
  ibm866: 'DOS (866)',
  'koi8-r': 'KOI8-R',
  'windows-1250': 'Windows-1250',
  'windows-1252': 'Windows-1252',
  'iso-8859-1': 'ISO 8859-1',
  'iso-8859-2': 'ISO 8859-2',
  'iso-8859-5': 'ISO 8859-5',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
}

export function encodingName(encoding: StatementEncoding): string {
  return names[encoding]
}

export const encodingItems = (Object.keys(names) as StatementEncoding[]).map((value) => ({
  value,
  label: names[value],
}))
