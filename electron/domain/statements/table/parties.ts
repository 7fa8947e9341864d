// Tables that print payer and payee beside each other: which columns are whose, and which of them is the counterparty.

import type { ColumnRole } from './headers.ts'

export type Party = 'payer' | 'payee'
export type Detail = 'Name' | 'TaxId' | 'Account' | 'BankCode'

const payerWords =
  /плательщик|отправител|плацельшчык|адпраўнік|\bpayer|sender|remitter|ordering|zahlungspflicht|auftraggeber|avsändare|төлеуші|жіберуші|płatnik|nadawc|zleceniodawc|plátce|příkazce|opdrachtgever|donneur d|ordonnateur|ordenante/
const payeeWords =
  /получател|бенефициар|атрымальнік|\bpayee|recipient|beneficiary|zahlungsempf|empfänger|begünstigt|beguenstigt|mottagare|алушы|бенефициары|odbiorc|příjemce|begunstigde|bénéficiaire|beneficiario/
/** The account that a posting debits is the payer's, the one it credits the payee's. */
const debitAccount = /(сч[её]т|р\/с|корр?\.|инн|наименование|account).*(дебет|\bдт\b|debit)|^(дебет|дт) сч/
const creditAccount =
  /(сч[её]т|р\/с|корр?\.|инн|наименование|account).*(кредит|\bкт\b|credit)|^(кредит|кт) сч/

/** Whose the column is by its title (as `headerText` gives it); null for neither, and for a title that names both. */
export function partyOf(title: string): Party | null {
  const sums = /сумм|оборот|amount|остат|сальдо/.test(title)
  const payer = payerWords.test(title) || (!sums && debitAccount.test(title))
  const payee = payeeWords.test(title) || (!sums && creditAccount.test(title))
  return payer === payee ? null : payer ? 'payer' : 'payee'
}

/** What of a party the column may hold, the likeliest first; a name's column may turn out to hold accounts. */
export function detailsOf(title: string): Detail[] {
  if (/инн|иин|бин|жсн|бсн|унп|унн|\binn\b|tax|nip|ičo|\bvat/.test(title)) return ['TaxId']
  if (/бик(?!о)|\bbic|swift|blz|мфо|sort code|код банка|bank ?code/.test(title)) return ['BankCode']
  if (/к\/с|корр?\.? ?сч|кор\. ?сч|корсч|кпп|адрес|address|страна|country|рнн|кбе|кнп|код$/.test(title))
    return []
  if (
    /сч[её]т|р\/с|р\.с|account|konto|iban|иик|жск|rachun|účet|účtu|rekening|compte|cuenta|рахунак|шот/.test(
      title,
    )
  )
    return ['Account']
  if (/^code\b|банк|bank|zpráva|message|назначен|purpose/.test(title)) return []
  return ['Name', 'Account']
}

export function roleOf(party: Party, detail: Detail): ColumnRole {
  return `${party}${detail}`
}

export interface PartyCell {
  account: string
  taxId: string
  name: string
}

/**
 * Printed statements put account, tax number and name of a party into one cell, a line each; what is a bare account
 * is nothing else.
 */
export function partyInCell(cell: string): PartyCell {
  const solid = cell.replace(/[\s\u00a0]/g, '')
  if (!/[\r\n]/.test(cell) && !/^\d{20}[^\d]/.test(solid)) return { account: solid, taxId: '', name: '' }
  const parts = cell.split(/[\r\n]+|(?<=^\d{20})\s+/).map((part) => part.trim())
  const account =
    parts.find((part) => /^[A-Z\d][A-Z\d ]{7,41}$/.test(part) && !/^(\d{10}|\d{12})$/.test(part)) ?? ''
  const taxed = parts.find((part) => /^(ИНН\s*)?(\d{10}|\d{12})$/.test(part)) ?? ''
  const name = parts.filter((part) => part !== account && part !== taxed && part !== '').join(' ')
  return { account: account.replace(/\s/g, ''), taxId: taxed.replace(/\D/g, ''), name }
}

/** Nine digits of a Russian bank code out of a cell that names the bank as well; other cells as they are. */
export function bankCodeInCell(cell: string): string {
  return cell.length <= 11 ? cell : (/(?:^|\D)(\d{9})(?!\d)/.exec(cell)?.[1] ?? cell)
}
