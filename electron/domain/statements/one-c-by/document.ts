// One document of a Belarusian client-bank text: what its keys say, whichever of the banks' spellings they use.

import type { Counterparty } from '../../../contract/statement.ts'

export type Keys = ReadonlyMap<string, string>

/** Purposes are cut into keys of a fixed width: a part of such a length goes on in the next within the word. */
const fullPurposeLength = 200

/** The value of the first of the keys that has one; '' when none has. */
export function firstOf(keys: Keys, ...names: string[]): string {
  for (const name of names) {
    const value = keys.get(name)
    if (value !== undefined && value !== '') return value
  }
  return ''
}

export function partyOf(keys: Keys): Counterparty {
  return {
    name: firstOf(keys, 'KorName', 'KorrName'),
    taxId: taxIdOf(firstOf(keys, 'KorUNP', 'UNNRec', 'UNNKorr', 'KorUNN')),
    account: firstOf(keys, 'Acc', 'AccKorr', 'KorAcc').replaceAll(/\s+/g, ''),
    bankCode: bankCodeOf(keys),
  }
}

/** The number alone, or the first number of a phrase (`УНП корреспондента:INN7701234567.KPP770101001`). */
function taxIdOf(text: string): string {
  const found = /^[A-Z0-9]{9,14}$/i.test(text) ? text : (/\d{9,14}/.exec(text)?.[0] ?? '')
  return /^0*$/.test(found) ? '' : found
}

/** `Code` is the other bank's BIC in some exports and the currency's number in others. */
function bankCodeOf(keys: Keys): string {
  const codes = [keys.get('Cod'), keys.get('Code'), keys.get('MFO'), keys.get('KorMFO')]
  return codes.find((code) => code !== undefined && /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/i.test(code)) ?? ''
}

export function purposeOf(keys: Keys): { purpose: string; purposeGlued: string | null } {
  const names = ['Nazn', 'Nazn1', 'Nazn2', 'Nazn3', 'Nazn4', 'Nazn5', 'Nazn6']
  const parts = names.map((name) => keys.get(name) ?? '').filter((part) => part.trim() !== '')
  const text = parts.reduce(
    (whole, part, at) =>
      whole + (at === 0 || (parts[at - 1] ?? '').length >= fullPurposeLength ? '' : ' ') + part,
    '',
  )
  const purpose = text.trim()
  const glued = parts.join('').trim()
  return { purpose, purposeGlued: glued === purpose ? null : glued }
}

/** The bank's own number of the operation: document numbers repeat within a day. */
export function operationOf(keys: Keys): string {
  return firstOf(keys, 'OperationID', 'DocID')
}
