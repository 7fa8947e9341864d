// Every way in which the program says no, as data. The words live in the renderer's dictionaries; a code
// without words in both languages does not compile there.

/** Refusals, by code. Each code's fields are what its words need; none ever holds a secret or raw portal text. */
export type Fault =
  // the door
  | { code: 'input.invalid'; path: string; reason: string }
  | { code: 'call.unknown'; name: string }
  | { code: 'call.abandoned' }
  | { code: 'internal'; reference: string }
  | { code: 'backend.closing' }
  | { code: 'connection.lost' }
  // the profile
  | { code: 'ledger.busy'; owner: string }
  | { code: 'ledger.damaged'; detail: string }
  | { code: 'ledger.newer'; version: number; known: number }
  | { code: 'ledger.folder'; reason: 'network' | 'synchronised' | 'unwritable'; path: string }
  | { code: 'ledger.full' }
  /** The disk failed, or a quota was reached; `detail` is the driver's word for it. */
  | { code: 'ledger.disk'; detail: string }
  /** Only a new start of the program can go on: a restored backup waits for one. */
  | { code: 'ledger.restart' }
  | { code: 'policy.forbids'; rule: 'writing' | 'delete' | 'updates' }
  | {
      code: 'not.found'
      what:
        | 'portal'
        | 'payment'
        | 'line'
        | 'file'
        | 'plan'
        | 'operation'
        | 'job'
        | 'account'
        | 'match'
        | 'decision'
    }
  // secrets
  | { code: 'vault.absent' }
  | { code: 'vault.failed'; step: 'put' | 'take' | 'drop' }
  | { code: 'secret.argument' }
  // reaching a portal
  | { code: 'portal.address'; reason: 'shape' | 'notHttps' | 'notWebhook' | 'returnedOther' }
  | {
      code: 'portal.unreachable'
      reason: 'dns' | 'refused' | 'tls' | 'timeout' | 'reset' | 'proxy' | 'other'
    }
  | { code: 'portal.moved'; host: string }
  | { code: 'portal.unreadable'; status: number }
  | { code: 'portal.writingOff' }
  | { code: 'portal.disconnected' }
  | { code: 'portal.secretGone' }
  | { code: 'portal.mismatch' }
  // what a portal answers: the sixteen system errors and the method errors
  | { code: 'rest.serverFailure'; status: number }
  | { code: 'rest.unexpectedAnswer' }
  | { code: 'rest.rateLimited' }
  | { code: 'rest.batchForbidden' }
  | { code: 'rest.batchTooLong' }
  | { code: 'rest.badToken' }
  | { code: 'rest.httpsNeeded' }
  | { code: 'rest.overloadBlocked' }
  | { code: 'rest.planWithoutRest' }
  | { code: 'rest.noRights' }
  | { code: 'rest.noManifest' }
  | { code: 'rest.scopeMissing'; scope: string }
  | { code: 'rest.tokenExpired' }
  | { code: 'rest.userShutOut' }
  | { code: 'rest.portalClosed' }
  | { code: 'rest.timeBudget'; resetAt: string | null }
  | { code: 'rest.methodMissing'; method: string }
  | { code: 'rest.paymentMissing' }
  | { code: 'rest.notFoundOrDenied' }
  | { code: 'rest.argumentMissing' }
  | { code: 'rest.shopMissing' }
  | { code: 'rest.refused'; portalCode: string }
  | { code: 'rest.answerShape'; method: string }
  // signing in
  | { code: 'oauth.invalidClient' }
  | { code: 'oauth.invalidGrant' }
  | { code: 'oauth.state' }
  | { code: 'oauth.expired' }
  | { code: 'oauth.host'; host: string }
  | { code: 'oauth.port'; port: number }
  | { code: 'oauth.refused'; portalCode: string }
  // statements
  | { code: 'file.gone' }
  | { code: 'file.tooLarge'; limitMb: number }
  | { code: 'file.empty' }
  | { code: 'statement.unknownFormat' }
  | { code: 'statement.otherDirection' }
  /** A file of a kind that holds no statement a program can read: named, so that the person knows what to ask the bank for. */
  | { code: 'statement.otherKind'; kind: 'pdf' | 'archive' | 'image' | 'document' | 'json' }
  | { code: 'statement.lettersLost' }
  | { code: 'statement.xml'; line: number }
  | { code: 'statement.forbiddenXml' }
  | { code: 'statement.noAccount' }
  | { code: 'statement.mappingNeeded' }
  | { code: 'statement.alreadyImported'; fileId: string }
  | { code: 'statement.inUse'; matches: number; operations: number }
  /** Forgetting a file would lose what people wrote on its lines, and nobody said that it may. */
  | { code: 'statement.marked'; ignored: number; held: number; notes: number }
  | { code: 'statement.givenNeeded'; needs: string }
  /** Nobody is there to see that a file of the watched folder is cut off, or that its balances do not add up. */
  | { code: 'statement.unwatched'; reason: 'cut' | 'balance' }
  | { code: 'statement.recordTooLong'; line: number; limitKb: number }
  | { code: 'statement.tooManyCells'; limit: number }
  | { code: 'statement.investment' }
  | { code: 'statement.workbook'; reason: 'locked' | 'damaged' | 'noTable' }
  | { code: 'statement.archive' }
  | { code: 'archive.damaged' }
  | { code: 'archive.locked'; name: string }
  | { code: 'archive.bomb'; limitMb: number }
  | { code: 'archive.members'; limit: number }
  | { code: 'archive.empty' }
  | { code: 'archive.nested'; name: string }
  | { code: 'memory.spent'; limitMb: number }
  | { code: 'folder.unreachable'; path: string }
  | { code: 'line.used' }
  // matching
  | { code: 'match.overLine'; leftMinor: number }
  | { code: 'match.overPayment'; leftMinor: number }
  | { code: 'match.currency' }
  | { code: 'match.account' }
  | { code: 'match.unproved' }
  | { code: 'match.locked' }
  | { code: 'match.changed' }
  // changing a portal
  | { code: 'plan.stale' }
  | { code: 'plan.expired' }
  | { code: 'plan.empty' }
  | { code: 'plan.reasonNeeded' }
  | { code: 'plan.numberTyped' }
  | { code: 'plan.field'; field: string }
  /** The portal changed fields that nobody asked for (money rule 7). */
  | { code: 'write.touched'; fields: string }
  | { code: 'plan.paid' }
  | { code: 'undo.impossible' }
  | { code: 'job.notStoppable' }
  | { code: 'job.notResumable' }
  | { code: 'job.running'; kind: string }
  | { code: 'confirm.mismatch' }
  | { code: 'backup.unreadable' }

export type FaultCode = Fault['code']
export type FaultOf<C extends FaultCode> = Extract<Fault, { code: C }>

/** Thrown by code that knows why it says no; the dispatcher turns it into the answer's fault. */
export class Refusal extends Error {
  readonly fault: Fault
  constructor(fault: Fault, options?: { cause?: unknown }) {
    super(fault.code, options)
    this.name = 'Refusal'
    this.fault = fault
  }
}

export type Result<T> = { ok: true; value: T } | { ok: false; fault: Fault }
