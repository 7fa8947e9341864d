/** MT940 for the dollar account: one message per day, structured `?20` details cut after 27 characters. */
import { type BankAccount, type BankLine, type StatementPeriod, printMinor, signed } from './statement.ts'

/** Only what the SWIFT character set can carry. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ł', 'l')
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/g, ' ')
    .replaceAll('?', '.')
    .trim()
}

function shortDay(day: string): string {
  return day.slice(2).replaceAll('-', '')
}

function balance(tag: string, minor: number, day: string): string {
  return `:${tag}:${minor < 0 ? 'D' : 'C'}${shortDay(day)}USD${printMinor(Math.abs(minor), ',')}`
}

/** Lines of at most 65 signs; none may begin with a sign that would read as a new tag or the end of the message. */
function cutLines(text: string): string[] {
  const lines: string[] = []
  let left = text
  while (left.length > 65) {
    const at = /[-:]/.test(left.charAt(65)) ? 64 : 65
    lines.push(left.slice(0, at))
    left = left.slice(at)
  }
  return [...lines, left]
}

function details(line: BankLine): string {
  const { counterparty } = line
  const pieces = (plain(line.purpose).match(/.{1,27}/g) ?? []).slice(0, 10)
  const code = line.kind === 'bank-fee' ? '808' : line.direction === 'in' ? '201' : '202'
  const booking = line.kind === 'bank-fee' ? 'CHARGES' : 'FOREIGN PAYMENT'
  const parts = [
    `${code}?00${booking}?10${line.documentNumber}`,
    ...pieces.map((piece, index) => `?${20 + index}${piece}`),
    counterparty.swift === '' ? '' : `?30${counterparty.swift}`,
    counterparty.iban === '' ? '' : `?31${counterparty.iban}`,
    ...(plain(counterparty.name).match(/.{1,27}/g) ?? [])
      .slice(0, 2)
      .map((piece, index) => `?${32 + index}${piece}`),
  ]
  return cutLines(parts.join('')).join('\r\n')
}

function entry(line: BankLine, number: number): string[] {
  const day = shortDay(line.bankDay)
  const sign = line.direction === 'in' ? 'C' : 'D'
  const type = line.kind === 'bank-fee' ? 'NCHG' : 'NTRF'
  const bankReference = `SVK${day}${String(number).padStart(5, '0')}`
  return [
    `:61:${day}${day.slice(2)}${sign}${printMinor(line.minor, ',')}${type}${line.documentNumber}//${bankReference}`,
    `:86:${details(line)}`,
  ]
}

export function writeMt940(account: BankAccount, period: StatementPeriod): Uint8Array {
  const days = [...new Set(account.lines.map((line) => line.bankDay))]
  if (days.length === 0) days.push(period.to)
  let running = account.openingMinor
  let number = 0
  const messages = days.map((day, index) => {
    const lines = account.lines.filter((line) => line.bankDay === day)
    const opening = balance('60F', running, index === 0 ? period.from : (days[index - 1] ?? day))
    running += lines.reduce((sum, line) => sum + signed(line), 0)
    return [
      `:20:${shortDay(day)}USD`,
      `:25:${account.detail.bank.swift}/${account.detail.account}`,
      `:28C:${index + 1}/1`,
      opening,
      ...lines.flatMap((line) => entry(line, (number += 1))),
      balance('62F', running, day),
      '-',
    ].join('\r\n')
  })
  return new TextEncoder().encode(`${messages.join('\r\n')}\r\n`)
}
