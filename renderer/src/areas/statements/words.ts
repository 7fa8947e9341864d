// Words that several parts of this area share.

import type { StatementRow } from '../../../../electron/contract/statement.ts'
import type { Text } from '../../text/language.ts'
import type { Tone } from '../../ui/tones.ts'

/** `40702810900000000123` as `4070…0123`; short numbers as they are. */
export function shortAccount(account: string): string {
  return account.length > 12 ? `${account.slice(0, 4)}…${account.slice(-4)}` : account
}

/** `01.11 – 19.11.2026`, one day alone, or ''. */
export function periodWords(from: string | null, to: string | null, { format }: Text): string {
  if (!from || !to || from === to) return format.value.day(to ?? from)
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return `${sameYear ? format.value.shortDay(from) : format.value.day(from)} – ${format.value.day(to)}`
}

interface Proved {
  balanceOffMinor: number | null
  currency: string
  cleared?: boolean
}

/** What the balances of a statement prove. */
export function proofOf(statement: Proved, { t, format }: Text): { tone: Tone; words: string } {
  const off = statement.balanceOffMinor
  if (off === null) return { tone: 'calm', words: t('statements.proof.missing') }
  if (off === 0) return { tone: 'good', words: t('statements.proof.ok') }
  const sum = format.value.sum(off, statement.currency)
  return statement.cleared
    ? { tone: 'warn', words: t('statements.proof.cleared', { sum }) }
    : { tone: 'bad', words: t('statements.proof.off', { sum }) }
}

/** Whether a file keeps its lines out of "accept all certain" until the person clears it. */
export function needsClearing(row: StatementRow): boolean {
  return !row.cleared && row.balanceOffMinor !== null && row.balanceOffMinor !== 0
}

export function formatWords(format: string): string {
  return format === '1c' ? '1C' : format === '1c-by' ? '1C (BY)' : format.toUpperCase()
}
