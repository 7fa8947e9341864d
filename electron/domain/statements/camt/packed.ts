// Details of a long batch as bytes outside of the engine's heap: what becomes of them is known only when their entry
// ends, and as objects a hundred thousand of them would take some hundred megabytes.

import { Refusal } from '../../../contract/fault.ts'
import type { Counterparty } from '../../../contract/statement.ts'
import { noCharges } from './charges.ts'
import type { CamtDetail } from './detail.ts'

const blockBytes = 1024 * 1024
/** Some 100,000 payments of one entry. */
const mostBlocks = 40

export class PackedDetails {
  readonly #blocks: Uint8Array[] = []
  /** Bytes used of each block; a detail is never cut. */
  readonly #used: number[] = []

  /** Throws Refusal `statement.recordTooLong` for a batch that would not fit into memory. */
  push(detail: CamtDetail): void {
    const text = `${packed(detail)}\n`
    const last = this.#blocks.length - 1
    const block = this.#blocks[last]
    // No character takes more than three bytes for each of its halves.
    if (block && (this.#used[last] ?? 0) + text.length * 3 <= block.length) {
      this.#used[last] = encodeInto(text, block, this.#used[last] ?? 0)
      return
    }
    if (this.#blocks.length === mostBlocks) {
      const limitKb = (mostBlocks * blockBytes) / 1024
      throw new Refusal({ code: 'statement.recordTooLong', line: detail.place.line, limitKb })
    }
    const next = new Uint8Array(Math.max(blockBytes, text.length * 3))
    this.#blocks.push(next)
    this.#used.push(encodeInto(text, next, 0))
  }

  *each(): Generator<CamtDetail> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    for (const [at, block] of this.#blocks.entries())
      for (const text of decoder.decode(block.subarray(0, this.#used[at])).split('\n'))
        if (text !== '') yield unpacked(text)
  }
}

/** UTF-8 (RFC 3629, section 3); answers the offset behind the text. */
function encodeInto(text: string, bytes: Uint8Array, from: number): number {
  let to = from
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code < 0x80) {
      bytes[to++] = code
      continue
    }
    const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
    bytes[to++] = (code >> (6 * more)) | ((0xff00 >> (more + 1)) & 0xff)
    for (let rest = more - 1; rest >= 0; rest--) bytes[to++] = ((code >> (6 * rest)) & 0x3f) | 0x80
    if (more === 3) at++
  }
  return to
}

type Party = [string, string, string, string]
type Packed = [
  [number, number, number],
  number | null,
  CamtDetail['direction'],
  Party,
  Party,
  string,
  string | null,
  string,
  string,
  string,
  string | null,
]

/** All but the charges, which only count in the sums. */
function packed(detail: CamtDetail): string {
  const { place, debtor, creditor } = detail
  const values: Packed = [
    [place.line, place.from, place.to],
    detail.minor,
    detail.direction,
    [debtor.name, debtor.taxId, debtor.account, debtor.bankCode],
    [creditor.name, creditor.taxId, creditor.account, creditor.bankCode],
    detail.purpose,
    detail.purposeGlued,
    detail.bankReference,
    detail.documentNumber,
    detail.transactionId,
    detail.settledOn,
  ]
  return JSON.stringify(values)
}

function unpacked(text: string): CamtDetail {
  const [place, minor, direction, debtor, creditor, purpose, purposeGlued, ...references] = JSON.parse(
    text,
  ) as Packed
  const [bankReference, documentNumber, transactionId, settledOn] = references
  const [line, from, to] = place
  return {
    place: { line, from, to },
    minor,
    direction,
    charges: noCharges,
    debtor: party(debtor),
    creditor: party(creditor),
    purpose,
    purposeGlued,
    bankReference,
    documentNumber,
    transactionId,
    settledOn,
  }
}

function party([name, taxId, account, bankCode]: Party): Counterparty {
  return { name, taxId, account, bankCode }
}
