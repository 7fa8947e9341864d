import { Refusal } from '../../contract/fault.ts'
import type { Candidates, Decided, Proposal } from '../../contract/match.ts'
import { scoreAgainst } from '../../domain/matching/score-against.ts'
import type { MatchPayment } from '../../domain/matching/types.ts'
import { proposeMatches } from '../jobs/kinds/match.ts'
import type { CommandContext, HandlersOf } from './context.ts'
import { isSought } from '../../domain/matching/purpose-number.ts'
import { readPurpose } from '../../domain/matching/read-purpose.ts'
import type { LedgerReads } from '../ledger/ledger.ts'
import { searchedWords } from '../ledger/tables/search-text.ts'

const mostFound = 50

export const matches: HandlersOf<'matches'> = {
  'matches.propose': (_, context) => proposeMatches(context),
  'matches.page': (input, { ledger, today }) => ledger.read('pageReconcile', { ...input, today: today() }),
  'matches.summary': (filter, { ledger, today }) =>
    ledger.read('summariseReconcile', { filter, today: today() }),

  'matches.candidates': async ({ lineId, search }, { ledger, today }) => {
    const line = await ledger.read('readLine', { lineId, today: today() })
    const open = await ledger.read('matchLine', { lineId })
    if (!line || !open) throw new Refusal({ code: 'not.found', what: 'line' })
    const proposals =
      search.trim() === '' ? await ledger.read('readProposals', { lineId }) : await searched(search)
    return { line: line.row, proposals, leftMinor: open.leftMinor } satisfies Candidates

    async function searched(said: string): Promise<Proposal[]> {
      const words = searchedWords(said.replaceAll(/[|;]/g, ' '))
      const portalId = open?.bound?.portalId
      const found = await ledger.read('matchPayments', {
        ...(portalId === undefined ? {} : { portalId }),
        words,
      })
      if (!open) return []
      const named = await namedPayments(ledger, open)
      return found.slice(0, mostFound).map((payment, index) => handMade(open, payment, named, index + 1))
    }
  },

  'matches.accept': async (input, context) => {
    const { ledger } = context
    const reasons = await reasonsOf(context, input)
    const decided = await ledger.write('acceptMatch', { ...input, reasons, ...who(context) })
    return told(context, decided, input.portalId)
  },

  'matches.acceptCertain': async (input, context) =>
    told(
      context,
      await context.ledger.write('acceptCertain', { ...input, today: context.today(), ...who(context) }),
      null,
    ),

  'matches.reject': async (input, context) => {
    const decided = await context.ledger.write('rejectMatch', { ...input, ...who(context) })
    context.rematch()
    return told(context, decided, input.portalId)
  },

  'matches.ignore': async (input, context) =>
    told(context, await context.ledger.write('ignoreLines', { ...input, ...who(context) }), null),
  'matches.hold': async (input, context) =>
    told(context, await context.ledger.write('holdLine', { ...input, ...who(context) }), null),

  'matches.unmatch': async (input, context) => {
    const decided = await context.ledger.write('unmatchLine', { ...input, ...who(context) })
    context.rematch()
    return told(context, decided, null)
  },

  'matches.undoable': (_, { ledger }) => ledger.read('readUndoable', null),

  'matches.undo': async ({ decisionId }, context) => {
    const decided = await context.ledger.write('undoDecision', {
      decisionId: decisionId ?? null,
      ...who(context),
    })
    context.rematch()
    return told(context, decided, null)
  },
}

type OpenLine = Parameters<typeof scoreAgainst>[0]

/** A payment that the person found, explained like a proposal. */
function handMade(
  line: OpenLine,
  payment: MatchPayment,
  named: readonly MatchPayment[],
  rank: number,
): Proposal {
  const room =
    line.leftMinor < 0
      ? -Math.min(-line.leftMinor, payment.sumMinor)
      : Math.min(line.leftMinor, payment.leftMinor)
  const others = named.filter(({ id }) => id !== payment.id)
  const scored = scoreAgainst(line, [payment], others)
  return {
    rank,
    zone: 'doubtful',
    confidence: scored.confidence,
    portalId: payment.portalId,
    allotments: [
      {
        paymentId: payment.id,
        amountMinor: room,
        accountNumber: payment.accountNumber,
        paymentSumMinor: payment.sumMinor,
        paid: payment.paid,
        payerName: payment.payer?.names[0] ?? '',
        ownerTitle: payment.ownerNumber,
        billDay: payment.billDay,
      },
    ],
    restMinor: line.leftMinor - room,
    reasons: scored.reasons,
  }
}

/** What was known for and against the match when it was accepted; kept with it for good. */
async function reasonsOf(
  { ledger }: CommandContext,
  input: { lineId: number; portalId: string; allotments: { paymentId: number }[] },
): Promise<Proposal['reasons']> {
  const asked = input.allotments
    .map(({ paymentId }) => paymentId)
    .sort((a, b) => a - b)
    .join()
  const proposals = await ledger.read('readProposals', { lineId: input.lineId })
  const same = proposals.find(
    ({ portalId, allotments }) =>
      portalId === input.portalId &&
      allotments
        .map(({ paymentId }) => paymentId)
        .sort((a, b) => a - b)
        .join() === asked,
  )
  if (same) return same.reasons
  const line = await ledger.read('matchLine', { lineId: input.lineId })
  const payments = await ledger.read('matchPayments', {
    portalId: input.portalId,
    ids: input.allotments.map(({ paymentId }) => paymentId),
  })
  const scored =
    line && payments.length > 0
      ? scoreAgainst(line, payments, await namedPayments(ledger, line, payments)).reasons
      : []
  return [...scored, { kind: 'byHand', agrees: null }]
}

/** Payments that bear a number of the purpose: that the person chose another one is worth saying. */
async function namedPayments(
  ledger: LedgerReads,
  line: OpenLine,
  chosen: readonly MatchPayment[] = [],
): Promise<MatchPayment[]> {
  const numbers = readPurpose(line.purpose, line.purposeGlued).numbers.filter(isSought)
  const words = numbers.slice(0, 8).flatMap(({ text }) => searchedWords(text))
  if (words.length === 0) return []
  const found = await ledger.read('matchPayments', {
    ...(line.bound ? { portalId: line.bound.portalId } : {}),
    words,
  })
  return found.filter(
    ({ id, portalId }) => !chosen.some((other) => other.id === id && other.portalId === portalId),
  )
}

const who = ({ now, actor }: CommandContext) => ({ at: now(), actor: actor() })

function told({ publish, now }: CommandContext, decided: Decided, portalId: string | null): Decided {
  publish('ledger.changed', { areas: ['matches', 'payments', 'statements', 'journal'], portalId, at: now() })
  return decided
}
