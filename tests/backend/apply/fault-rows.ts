// What may happen to a request on its way, and how the struck item must end: written out, cell by cell.

import type { FaultAction } from '../../../electron/demo-portal/start.ts'
import type { SystemErrorName } from '../../../electron/demo-portal/errors.ts'

/** Where a fault strikes: the reading before the write, the write, the reading after it. */
export type Place = 'check' | 'write' | 'back'

export interface FaultRow {
  name: string
  place: Place
  /** The whole request, or one command of a batch; a single call is both. */
  of: 'request' | 'command'
  /** Several strike together; `paid` is the state that somebody else leaves. */
  do: (paid: boolean) => FaultAction[]
  /**
   * Per column the item's state, how it was settled, its fault; `halts` and the job's fault where the job stops, is
   * resumed and ends confirmed; `—` where the cell makes no sense; `or` between two that are both right.
   */
  ends: readonly [status: string, statusInBatch: string, edit: string, details: string, remove: string]
  /**
   * Limits concern every job of a portal, so these rows run together, `alone` one cell after the other; `last` leaves
   * something behind that only a portal check takes away.
   */
  shared?: 'together' | 'alone' | 'last'
}

const same = (end: string): FaultRow['ends'] => [end, end, end, end, end]
const system = (name: SystemErrorName, when: 'before' | 'after' = 'before'): FaultAction => ({
  kind: 'system',
  name,
  when,
})
const html = (status: 200 | 500 | 502 | 504, when: 'before' | 'after'): FaultAction => ({
  kind: 'html',
  status,
  when,
})
const refusal = (status: number, code: string | number): FaultAction => ({
  kind: 'refusal',
  status,
  code,
  description: 'no',
})
const delay = (seconds: number): FaultAction => ({ kind: 'delay', seconds, when: 'before' })

type Short = Omit<FaultRow, 'name' | 'place' | 'of' | 'do' | 'ends'>
function row(
  name: string,
  [place, of]: [Place, FaultRow['of']],
  actions: FaultAction | FaultAction[] | ((paid: boolean) => FaultAction[]),
  ends: FaultRow['ends'],
  more: Short = {},
): FaultRow {
  const list = Array.isArray(actions) ? actions : [actions]
  return {
    name,
    place,
    of,
    do: typeof actions === 'function' ? actions : () => list as FaultAction[],
    ends,
    ...more,
  }
}

const request: [Place, FaultRow['of']] = ['write', 'request']
const command: [Place, FaultRow['of']] = ['write', 'command']
const answered = same('confirmed answer')
const read = same('confirmed reading')

/** The write itself. */
const onWrite: FaultRow[] = [
  row('503 rate limit', request, system('QUERY_LIMIT_EXCEEDED'), answered, { shared: 'together' }),
  row('503 overload', request, system('OVERLOAD_LIMIT'), same('halts rest.overloadBlocked'), {
    shared: 'alone',
  }),
  row('429 time budget', request, system('OPERATION_TIME_LIMIT'), answered, { shared: 'together' }),
  row(
    '429 time budget inside a batch',
    command,
    system('OPERATION_TIME_LIMIT'),
    ['—', 'confirmed answer', '—', 'confirmed answer', '—'],
    { shared: 'together' },
  ),
  row('401 expired', request, system('expired_token'), same('halts rest.tokenExpired')),
  row('401 dead', request, system('NO_AUTH_FOUND'), same('halts rest.badToken')),
  row('403 no rights', request, system('INVALID_CREDENTIALS'), same('halts rest.noRights')),
  row('403 scope', request, system('insufficient_scope'), same('halts rest.scopeMissing')),
  row(
    '404 no such method',
    request,
    refusal(404, 'ERROR_METHOD_NOT_FOUND'),
    same('halts rest.methodMissing'),
  ),
  // Said of a single call, nothing is left to try. Of a batch it is remembered: the cells of this row come last.
  row(
    '405 not in a batch',
    command,
    system('ERROR_BATCH_METHOD_NOT_ALLOWED'),
    [
      'halts rest.batchForbidden',
      'confirmed answer',
      'halts rest.batchForbidden',
      'confirmed answer',
      'halts rest.batchForbidden',
    ],
    { shared: 'last' },
  ),
  row('400 batch too long', request, refusal(400, 'ERROR_BATCH_LENGTH_EXCEEDED'), [
    'halts rest.batchTooLong',
    'confirmed answer',
    'halts rest.batchTooLong',
    'confirmed answer',
    'halts rest.batchTooLong',
  ]),
  row(
    '500 JSON, not done',
    request,
    system('INTERNAL_SERVER_ERROR'),
    same('notSent reading rest.serverFailure'),
  ),
  row('500 JSON, done', request, system('INTERNAL_SERVER_ERROR', 'after'), read),
  row('500 JSON inside a batch', command, system('ERROR_UNEXPECTED_ANSWER'), [
    '—',
    'notSent reading rest.unexpectedAnswer',
    '—',
    'notSent reading rest.unexpectedAnswer',
    '—',
  ]),
  row('500 HTML, not done', request, html(500, 'before'), same('notSent reading rest.serverFailure')),
  row('502 HTML, not done', request, html(502, 'before'), same('notSent reading rest.serverFailure')),
  row('504 HTML, done', request, html(504, 'after'), read),
  row('200 HTML, not done', request, html(200, 'before'), same('notSent reading portal.unreadable')),
  row('200 HTML, done', request, html(200, 'after'), read),
  row('200 without time', request, { kind: 'no-time' }, answered),
  row(
    'false, not done',
    command,
    { kind: 'answer', result: false, execute: false },
    same('refused answer rest.refused'),
  ),
  row('false, yet done', command, { kind: 'answer', result: false, execute: true }, read),
  row('command left out, done', command, { kind: 'missing-command' }, [
    '—',
    'confirmed reading',
    '—',
    'confirmed reading',
    '—',
  ]),
  row(
    'command left out, not done',
    command,
    [{ kind: 'answer', result: null, execute: false }, { kind: 'missing-command' }],
    ['—', 'notSent reading rest.answerShape', '—', 'notSent reading rest.answerShape', '—'],
  ),
  row('code as empty text', command, refusal(400, ''), [
    'refused answer rest.notFoundOrDenied',
    'refused answer rest.notFoundOrDenied',
    'refused answer rest.refused',
    'refused answer rest.refused',
    'refused answer rest.notFoundOrDenied',
  ]),
  row('code as number', command, refusal(400, 0), [
    'refused answer rest.notFoundOrDenied',
    'refused answer rest.notFoundOrDenied',
    'refused answer rest.refused',
    'refused answer rest.refused',
    'refused answer rest.notFoundOrDenied',
  ]),
  row(
    'reset, not done',
    request,
    { kind: 'reset', when: 'before' },
    same('notSent reading portal.unreachable'),
  ),
  row('reset, done', request, { kind: 'reset', when: 'after' }, read),
  row(
    'reset at once, done 40 s later',
    request,
    { kind: 'late', cut: 'reset', cutAfter: 0, doneAfter: 40 },
    read,
  ),
  row('answer lost, done', request, { kind: 'lost', when: 'after' }, read),
  row(
    'answer lost, not done',
    request,
    { kind: 'lost', when: 'before' },
    same('notSent reading portal.unreachable'),
  ),
  row('half an answer', request, { kind: 'truncated' }, read),
  row('10 s delay', request, delay(10), answered),
  row('35 s delay', request, delay(35), answered),
  // Fifteen seconds below our own limit: on a busy computer a scaled clock may pass it first.
  row('65 s delay, answered', request, delay(65), same('confirmed answer or confirmed reading')),
  row(
    '65 s delay, cut at 60, done',
    request,
    { kind: 'late', cut: 'page', cutAfter: 60, doneAfter: 65 },
    read,
  ),
  row(
    '65 s delay, cut at 60, not done',
    request,
    [delay(60), html(504, 'before')],
    same('notSent reading rest.serverFailure'),
  ),
  row('302 elsewhere', request, { kind: 'redirect', status: 302 }, same('halts portal.moved')),
  row('307 elsewhere', request, { kind: 'redirect', status: 307 }, same('halts portal.moved')),
  row('303 elsewhere', request, { kind: 'redirect', status: 303 }, same('notSent reading portal.moved')),
  row(
    'sum changed by another, after the check',
    command,
    { kind: 'change', fields: { sum: 1.01 }, when: 'before' },
    [
      'conflict reading',
      'conflict reading',
      'touched reading write.touched',
      'touched reading write.touched',
      'confirmed answer',
    ],
  ),
  // An update repeats `paid` as it was just read (money rule 7), and the portal has no compare-and-set.
  row(
    'state changed by another, after the check',
    command,
    (paid) => [{ kind: 'change', fields: { paid }, when: 'before' }],
    ['confirmed answer', 'confirmed answer', '—', '—', 'confirmed answer'],
  ),
  row('deleted meanwhile, after the check', command, { kind: 'delete', when: 'before' }, [
    'conflict reading rest.paymentMissing',
    'conflict reading rest.paymentMissing',
    'conflict reading rest.paymentMissing',
    'conflict reading rest.paymentMissing',
    'confirmed reading',
  ]),
]

/** The reading before the write: nothing has been sent yet, so a reading that fails is repeated. */
const onCheck: FaultRow[] = [
  row('503 rate limit', ['check', 'request'], system('QUERY_LIMIT_EXCEEDED'), answered, {
    shared: 'together',
  }),
  row('500 JSON', ['check', 'request'], system('INTERNAL_SERVER_ERROR'), answered),
  row('502 HTML', ['check', 'request'], html(502, 'before'), answered),
  row('200 HTML', ['check', 'request'], html(200, 'before'), answered),
  row('reset', ['check', 'request'], { kind: 'reset', when: 'before' }, answered),
  row('answer lost', ['check', 'request'], { kind: 'lost', when: 'after' }, answered),
  row('35 s delay', ['check', 'request'], delay(35), answered),
  row('65 s delay', ['check', 'request'], delay(65), answered),
  row('code 0 for a payment that is there', ['check', 'command'], refusal(400, 0), [
    'confirmed answer',
    'confirmed answer',
    'notSent rest.refused',
    'confirmed answer',
    'confirmed answer',
  ]),
  row('302 elsewhere', ['check', 'request'], { kind: 'redirect', status: 302 }, [
    'halts portal.moved',
    'confirmed answer',
    'halts portal.moved',
    'confirmed answer',
    'halts portal.moved',
  ]),
  row(
    'sum changed by another',
    ['check', 'command'],
    { kind: 'change', fields: { sum: 1.01 }, when: 'before' },
    ['conflict reading', 'conflict reading', 'conflict reading', 'partly reading', 'conflict reading'],
  ),
  row(
    'state changed by another',
    ['check', 'command'],
    (paid) => [{ kind: 'change', fields: { paid }, when: 'before' }],
    ['alreadySo reading', 'alreadySo reading', 'conflict reading', 'conflict reading', 'conflict reading'],
  ),
  row(
    'deleted meanwhile',
    ['check', 'command'],
    { kind: 'delete', when: 'before' },
    same('conflict reading rest.paymentMissing'),
  ),
]

/** The reading after the write. In a batch it stands beside the write, so what breaks it hides the write's answer too. */
const alone: FaultRow['ends'] = [
  'confirmed answer',
  'confirmed reading',
  'confirmed answer',
  'confirmed reading',
  'confirmed answer',
]
const onBack: FaultRow[] = [
  row('503 rate limit', ['back', 'command'], system('QUERY_LIMIT_EXCEEDED'), answered, {
    shared: 'together',
  }),
  row('500 JSON', ['back', 'command'], system('INTERNAL_SERVER_ERROR'), answered),
  row('502 HTML', ['back', 'command'], html(502, 'before'), alone),
  row('200 HTML', ['back', 'command'], html(200, 'before'), alone),
  row('reset', ['back', 'command'], { kind: 'reset', when: 'before' }, alone),
  row('answer lost', ['back', 'command'], { kind: 'lost', when: 'after' }, alone),
  row('35 s delay', ['back', 'command'], delay(35), answered),
  row('65 s delay', ['back', 'command'], delay(65), answered),
]

export const faultRows: readonly FaultRow[] = [...onCheck, ...onWrite, ...onBack]
