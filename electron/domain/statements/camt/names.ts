// Which elements of a camt message are read, and how their names are found in those the file writes.

/** Every element that is read, of all versions; what a message holds beside them is passed over. */
const names =
  'Stmt Rpt Ntfctn CreDtTm Acct Id IBAN BBAN UPIC Othr PrtryAcct Ccy Ownr Nm Pty FrToDt FrDtTm FrDt ToDtTm ToDt ' +
  'TxsSummry TtlNtries NbOfNtries Sum Bal Tp SubTp CdOrPrtry Cd Prtry Amt CdtDbtInd Dt DtTm ' +
  'Ntry NtryRef RvslInd Sts BookgDt ValDt AcctSvcrRef Chrgs Rcrd TtlChrgsAndTaxAmt NtryDtls AddtlNtryInf ' +
  'Btch MsgId PmtInfId NbOfTxs TxDtls Refs EndToEndId InstrId ChqNb TxId AmtDtls TxAmt CntrValAmt InstdAmt ' +
  'RltdPties Dbtr Cdtr UltmtDbtr UltmtCdtr DbtrAcct CdtrAcct Agt RltdAgts DbtrAgt CdtrAgt FinInstnId BICFI BIC ' +
  'CmbndId ClrSysMmbId MmbId OrgId PrvtId SchmeNm Issr RmtInf Ustrd Strd CdtrRefInf CdtrRef Ref RfrdDocInf Nb ' +
  'RfrdDocNb AddtlRmtInf AddtlTxInf RltdDts IntrBkSttlmDt TxDtTm'

/** The names by themselves: elements carry these very strings, which makes comparing them cheap. */
export const camtNames: ReadonlyMap<string, string> = new Map(names.split(' ').map((name) => [name, name]))

/** Most names that are remembered; the schemas have some hundred, and a prefix or two. */
const mostNames = 1000

interface KnownName {
  qualified: string
  local: string
  next: KnownName | null
}

/** Local names of qualified ones, '' for a name that is not among the wanted. */
export class LocalNames {
  readonly #wanted: ReadonlyMap<string, string>
  readonly #known = new Map<string, KnownName>()
  /** The name met last. */
  #last: KnownName = { qualified: '', local: '', next: null }

  constructor(wanted: ReadonlyMap<string, string>) {
    this.#wanted = wanted
  }

  /** Entries repeat the same names in the same order, so the name that followed last time is tried first. */
  of(qualified: string): string {
    const guess = this.#last.next
    if (guess?.qualified === qualified) {
      this.#last = guess
      return guess.local
    }
    let known = this.#known.get(qualified)
    if (!known) {
      const local = this.#wanted.get(qualified.slice(qualified.lastIndexOf(':') + 1)) ?? ''
      // What is not remembered must not hang on what is, or endless names would be kept after all.
      if (this.#known.size >= mostNames || qualified.length > 100) return local
      known = { qualified, local, next: null }
      this.#known.set(qualified, known)
    }
    this.#last.next = known
    this.#last = known
    return known.local
  }
}
