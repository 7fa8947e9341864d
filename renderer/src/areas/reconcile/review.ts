// The review of lines one after another: what is decided about the line under review.

import { inject, ref, watch } from 'vue'
import type { InjectionKey } from 'vue'
import type { InputOf } from '../../../../electron/contract/api.ts'
import type { Fault, Result } from '../../../../electron/contract/fault.ts'
import type { Decided } from '../../../../electron/contract/match.ts'
import { useBackend } from '../../backend.ts'
import { useNotices } from '../../frame/notices.store.ts'
import { useText } from '../../text/language.ts'
import { useLive } from '../../ui/use-live.ts'
import { tell } from '../operations/words.ts'
import { decidedWords } from './decided-words.ts'
import { useCandidates } from './review-candidates.ts'
import { useCursor } from './review-cursor.ts'

export type ReviewMode = 'proposals' | 'search' | 'split' | 'hold' | 'ignore'
type AcceptInput = InputOf<'matches.accept'>

/** One per open Reconcile area; its parts reach it by `useReview`. */
export function createReview() {
  const { call } = useBackend()
  const text = useText()
  const notices = useNotices()
  const cursor = useCursor()
  const candidates = useCandidates(cursor.lineId)
  const mode = ref<ReviewMode>('proposals')
  const overAsked = ref(false)
  const busy = ref(false)
  const decisions: { decided: Decided; line: number | null; index: number }[] = []
  /** A decision about several lines that is not taken back before the person said so. */
  const undoAsked = ref<Decided | null>(null)

  function leaveForm(): void {
    mode.value = 'proposals'
    candidates.search.value = ''
    overAsked.value = false
  }

  /** `settles`: nothing of the line remains to be decided, so the next one comes. */
  async function decide(
    send: (line: number) => Promise<Result<Decided>>,
    settles: boolean,
  ): Promise<boolean> {
    const line = cursor.lineId.value
    const index = cursor.index.value
    if (line === null || busy.value) return false
    busy.value = true
    const answer = await send(line)
    busy.value = false
    if (!answer.ok) {
      refused(answer.fault)
      return false
    }
    decisions.push({ decided: answer.value, line, index })
    notices.announce(tell(text, decidedWords(answer.value, text.format.value)))
    leaveForm()
    if (settles) cursor.moveOn(index)
    else void candidates.look()
    return true
  }

  function refused(fault: Fault): void {
    if (fault.code === 'match.overPayment' && mode.value === 'proposals') overAsked.value = true
    else notices.fault(fault)
    if (fault.code === 'match.changed') void candidates.look()
  }

  /** A payment that would get more than its sum is asked about first (money rule 5). */
  async function acceptProposal(overAllowed = false): Promise<boolean> {
    const best = candidates.proposal.value
    // What is shown is of this very line, also while it is asked for again; the backend judges it once more.
    if (!best) return false
    if (
      !overAllowed &&
      best.allotments.some((one) => Math.abs(one.amountMinor) > Math.abs(one.paymentSumMinor))
    ) {
      overAsked.value = true
      return false
    }
    const allotments = best.allotments.map(({ paymentId, amountMinor }) => ({ paymentId, amountMinor }))
    return accept(best.portalId, allotments, best.restMinor === 0, overAllowed)
  }

  function accept(
    portalId: string,
    allotments: AcceptInput['allotments'],
    settles: boolean,
    overAllowed = false,
  ): Promise<boolean> {
    return decide((lineId) => call('matches.accept', { lineId, portalId, allotments, overAllowed }), settles)
  }

  async function reject(): Promise<boolean> {
    const best = candidates.proposal.value
    // What is shown is of this very line, also while it is asked for again; the backend judges it once more.
    if (!best) return false
    const paymentIds = best.allotments.map((one) => one.paymentId)
    return decide((lineId) => call('matches.reject', { lineId, portalId: best.portalId, paymentIds }), false)
  }

  function ignore(reason: InputOf<'matches.ignore'>['reason'], note: string): Promise<boolean> {
    return decide((line) => call('matches.ignore', { lineIds: [line], reason, note }), true)
  }

  function hold(until: string | null, note: string): Promise<boolean> {
    return decide((lineId) => call('matches.hold', { lineId, until, note }), true)
  }

  function unmatch(): Promise<boolean> {
    return decide((lineId) => call('matches.unmatch', { lineId }), false)
  }

  /** Many lines at once, decided outside of the review of single ones. */
  function noteMany(decided: Decided): void {
    decisions.push({ decided, line: null, index: cursor.index.value })
  }

  /** Asks to take back the last decision of this window, else the last of the ledger; one line needs no question. */
  async function undo(): Promise<void> {
    if (busy.value) return
    const own = decisions.at(-1)?.decided
    const newest = own ?? (await undoable())
    if (newest && newest.lines > 1) undoAsked.value = newest
    else if (newest !== undefined) await takeBack(newest?.decisionId)
  }

  /** Undefined where the question itself was refused. */
  async function undoable(): Promise<Decided | null | undefined> {
    const answer = await call('matches.undoable')
    if (answer.ok) return answer.value
    notices.fault(answer.fault)
    return undefined
  }

  /** Takes the decision back and returns to its line. */
  async function takeBack(decisionId: number | undefined): Promise<void> {
    busy.value = true
    const answer = await call('matches.undo', decisionId === undefined ? {} : { decisionId })
    busy.value = false
    undoAsked.value = null
    if (!answer.ok) return notices.fault(answer.fault)
    const last = decisions.at(-1)?.decided.decisionId === decisionId ? decisions.pop() : undefined
    notices.announce(text.t('reconcile.done.undone'))
    leaveForm()
    if (last && last.line !== null) await cursor.returnTo(last.line, last.index)
    else await cursor.pages.reload()
    await candidates.look()
  }

  watch(cursor.lineId, leaveForm)
  watch(candidates.chosen, () => (overAsked.value = false))
  useLive(['matches', 'statements', 'payments', 'accounts'], () => {
    void cursor.pages.reload()
    if (mode.value === 'proposals') void candidates.look()
  })

  return {
    pages: cursor.pages,
    index: cursor.index,
    row: cursor.row,
    select: cursor.select,
    search: candidates.search,
    chosen: candidates.chosen,
    chooseNext: candidates.chooseNext,
    looking: candidates.looking,
    candidatesFault: candidates.fault,
    current: candidates.current,
    proposals: candidates.proposals,
    proposal: candidates.proposal,
    mode,
    overAsked,
    busy,
    leaveForm,
    acceptProposal,
    accept,
    reject,
    ignore,
    hold,
    unmatch,
    noteMany,
    undo,
    undoAsked,
    takeBack,
  }
}

export type Review = ReturnType<typeof createReview>
export const reviewKey: InjectionKey<Review> = Symbol('review')

/** The review of the area that is open, in one of its parts. */
export function useReview(): Review {
  const review = inject(reviewKey)
  if (!review) throw new Error('no review was provided')
  return review
}
