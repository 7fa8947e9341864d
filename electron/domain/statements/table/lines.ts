// Rows of a table become lines by a column mapping. Serves delimited text and sheets alike.

import type { ColumnMapping, GivenFacts } from '../../../contract/statement-file.ts'
import type { IssueCode, Place } from '../../../contract/statement.ts'
import type { StatementSink } from '../reader.ts'
import { readCellAmount } from './amounts.ts'
import { BalanceChain } from './balance.ts'
import { plainCell } from './cells.ts'
import { currencyOfAccount, currencyOfCell } from './currencies.ts'
import { readDate } from './dates.ts'
import { isNumbering } from './head.ts'
import type { ColumnRole } from './headers.ts'
import { headerText, rolesOf } from './headers.ts'
import { HeldLine } from './held-line.ts'
import { createLineOfRow, sideOf } from './line.ts'
import type { LineOfRow } from './line.ts'
import { headOf } from './section.ts'
import type { Section } from './section.ts'
import { RowSums } from './sums.ts'
import { accountAbove, balanceOfRow, balancesUnder, currencyAbove, isBalanceLabel } from './surroundings.ts'
import { announces, mayBeShifted, textBeyond } from './rows.ts'
import { balanceWords, statusTitles, totalWords, turnoverWords, unbookedWords, failedWords } from './words.ts'

export interface TableRow {
  cells: string[]
  place: Place
  raw: string
  /** The file ends in it, and no line's end follows. */
  unended?: boolean
}

type Mapping = Omit<ColumnMapping, 'delimiter'>

/** ISO 4217's own code for "no currency": what a sum is counted in where the table names none. */
const noCurrency = 'XXX'

/**
 * Turns rows, the ones above the header included, into a sink's statements. Rows with neither a day nor a sum
 * are no lines; one that has only a part of what a line needs becomes an issue, never a guess.
 */
export class TableLines {
  readonly #mapping: Mapping
  readonly #sink: StatementSink
  readonly #needed: number
  readonly #around = { opening: null as number | null, closing: null as number | null }
  #rows = 0
  /** The row before, above the header: labels may stand there over their sums. */
  #above: string[] = []
  /** Cells a row may fill: those of the header, or of the first row where there is no header. */
  #width = 0
  /** The column that tells failed and pending rows from booked ones, -1 without it; no mapping needs to name it. */
  #statusAt = -1
  #section: Section | null = null
  #sections = 0
  /** Titles of the header, to know it again where it is printed on every page. */
  #titles = ''
  /** Whether a row before had fewer cells than the header, as some banks write rows whose last cells are empty. */
  #shorter = false
  /** Rows after a remark such as "blocked sums" are announced, not booked. */
  #announced = false
  readonly #lineOf: LineOfRow
  readonly #out: HeldLine
  #account = ''
  #currency = ''
  readonly #sums: RowSums
  #told = new Set<IssueCode>()

  /** `given` counts where the mapping is silent; what a row says of itself outranks both. */
  constructor(mapping: Mapping, sink: StatementSink, given: GivenFacts = {}) {
    this.#mapping = mapping
    this.#sink = sink
    this.#sums = new RowSums(mapping)
    this.#lineOf = createLineOfRow(mapping)
    this.#out = new HeldLine(sink, mapping.columns.purpose)
    const { bankDay, amount, credit, debit, direction } = mapping.columns
    this.#needed =
      Math.max(bankDay, ...[amount, direction].map((at) => at ?? 0), Math.min(credit ?? 0, debit ?? 0)) + 1
    this.#account = (mapping.account || (given.account ?? '')).replace(/\s/g, '')
    this.#currency = mapping.currency ?? given.currency ?? ''
  }

  row(row: TableRow): void {
    const index = this.#rows++
    if (index < this.#mapping.skipRows) {
      // A header may take two rows; what is no account, currency or balance is passed over in either.
      if (index < this.#mapping.skipRows - 1) this.#takeAbove(row.cells)
      if (index >= this.#mapping.skipRows - 2) this.#takeHeader(row.cells)
      return
    }
    if (row.cells.every(isBlank)) return
    if (this.#out.goesOn(row)) return
    this.#out.letGo()
    if (this.#width === 0) this.#width = row.cells.length
    this.#read(row)
  }

  /** Call once after the last row. */
  end(): void {
    this.#out.letGo()
    if (!this.#section && this.#rows > 0)
      this.#openSection(this.#account, this.#currency, { line: 1, from: 0, to: 0 })
    this.#closeSection(this.#sections === 1)
  }

  #takeHeader(cells: string[]): void {
    if (cells.some((cell) => rolesOf(cell).length > 0)) this.#width = cells.length
    const status = cells.findIndex((cell) => statusTitles.test(headerText(cell)))
    if (status >= 0) this.#statusAt = status
    this.#titles = cells.join('\t')
  }

  #takeAbove(cells: string[]): void {
    const { decimalMark } = this.#mapping
    const currency = this.#currency || currencyOfAccount(this.#account)
    const balance = balanceOfRow(cells, decimalMark, currency)
    if (balance) this.#around[balance.kind] = balance.minor
    for (const { kind, minor } of balancesUnder(this.#above, cells, decimalMark, currency))
      this.#around[kind] ??= minor
    this.#above = cells
    this.#account ||= accountAbove([cells])
    this.#currency ||= currencyAbove([cells])
  }

  /** Of a row that the file's end cut off the last cell may be half a sum. */
  #isCut({ cells, unended }: TableRow): boolean {
    if (cells.length >= this.#width) return false
    if (unended === true && !this.#shorter) return true
    this.#shorter = true
    return false
  }

  #read(row: TableRow): void {
    const day = readDate(this.#cell(row, 'bankDay'), this.#mapping.dateOrder)
    if (!day.ok && (isNumbering(row.cells) || row.cells.join('\t') === this.#titles)) return
    if (this.#isBalance(row, day.ok) || this.#isTotal(row, day.ok)) return
    if (day.ok && this.#isCut(row)) {
      this.#tell('file.cut', row)
      return
    }
    if (!day.ok && this.#isRemark(row)) {
      this.#announced = announces(row.cells) ?? this.#announced
      this.#tell('line.unknown', row, 'note')
      return
    }
    if (row.cells.length < this.#needed || mayBeShifted(row.cells, this.#width, this.#mapping)) {
      this.#tell('row.width', row)
      return
    }
    if (failedWords.test((row.cells[this.#statusAt] ?? '').toLowerCase())) {
      this.#tell('document.unexecuted', row, 'note')
      return
    }
    if (!day.ok) {
      // A row that is not booked yet may have no day, or a word in its place.
      const { bankDay } = this.#mapping.columns
      const pending = this.#isPending(row, bankDay) || this.#isPending(row, this.#statusAt)
      if (pending) this.#tell('entry.pending', row, 'note')
      else this.#tell(day.code, row)
      return
    }
    const account = this.#cell(row, 'account').replace(/[\s"]/g, '') || this.#account
    const currency =
      currencyOfCell(this.#cell(row, 'currency')) || this.#currency || currencyOfAccount(account)
    const amount = this.#sums.read((role) => this.#cell(row, role), currency)
    if (!amount.ok) {
      this.#tell(amount.code, row)
      return
    }
    const minor = this.#bySide(row, amount.minor, account)
    if (minor === null) this.#tell('direction.unknown', row)
    else this.#line(row, day.day, account, amount.currency || currency || noCurrency, minor)
  }

  /** A bare sum beside two accounts, of which one is ours, goes out of the payer's; null where minus and side dispute. */
  #bySide(row: TableRow, minor: number, account: string): number | null {
    const { columns } = this.#mapping
    if (columns.amount === undefined || columns.direction !== undefined) return minor
    const side = sideOf(row.cells, columns, account)
    if (side === 0) return minor
    if (minor < 0) return side < 0 ? minor : null
    return side < 0 && minor !== 0 ? -minor : minor
  }

  #line(row: TableRow, bankDay: string, account: string, currency: string, amountMinor: number): void {
    const section = this.#sectionFor(account, currency, row.place)
    const held = this.#cell(row, 'bankReference') === 'HOLD'
    const booked = !this.#announced && !this.#isPending(row, this.#statusAt) && !held
    const extra = textBeyond(row.cells, this.#width, this.#mapping.columns)
    const line = this.#lineOf(row, { bankDay, account, currency, amountMinor, booked, extra })
    if (line.booked) this.#follow(section, row, amountMinor, currency)
    else this.#tell('entry.pending', row, 'note')
    section.firstDay ||= bankDay
    section.lastDay = bankDay
    section.from = section.from === '' || bankDay < section.from ? bankDay : section.from
    section.to = bankDay > section.to ? bankDay : section.to
    this.#out.hold(line)
  }

  #follow(section: Section, row: TableRow, amountMinor: number, currency: string): void {
    const balance = readCellAmount(this.#cell(row, 'balance'), this.#mapping.decimalMark, currency)
    if (!section.chain.take(amountMinor, balance.ok ? balance.minor : null))
      this.#tell('balance.off', row, 'note')
    if (!balance.ok && balance.code !== 'amount.missing') this.#tell('balance.unreadable', row, 'note')
  }

  #cell(row: TableRow, role: ColumnRole): string {
    const at = this.#mapping.columns[role]
    return at === undefined ? '' : plainCell(row.cells[at] ?? '')
  }

  /** A balance printed among the lines; a dated one only when its label stands alone in a cell. */
  #isBalance(row: TableRow, dated: boolean): boolean {
    if (!balanceWords.test(row.raw) || (dated && !row.cells.some(isBalanceLabel))) return false
    const balance = balanceOfRow(
      row.cells,
      this.#mapping.decimalMark,
      this.#section?.currency ?? this.#currency,
    )
    if (balance) this.#around[balance.kind] = balance.minor
    else if (dated) this.#tell('balance.unreadable', row)
    return dated || balance !== null
  }

  #isPending(row: TableRow, at: number): boolean {
    const cell = row.cells[at] ?? ''
    return cell !== '' && unbookedWords.test(cell.toLowerCase())
  }

  /** Sums of many lines; where they have a day, they are nothing else only if their text says nothing else. */
  #isTotal(row: TableRow, dated: boolean): boolean {
    if (dated) return isTurnover(this.#cell(row, 'purpose'))
    const first = row.cells.find((cell) => plainCell(cell) !== '') ?? ''
    return totalWords.test(headerText(first))
  }

  /** A sentence or a title between or below the lines: besides the day it has no figure where the sums stand. */
  #isRemark(row: TableRow): boolean {
    return !/\d/.test(this.#cell(row, 'amount') + this.#cell(row, 'credit') + this.#cell(row, 'debit'))
  }

  #tell(code: IssueCode, row: TableRow, weight: 'problem' | 'note' = 'problem'): void {
    this.#sink.issue({ place: row.place, code, text: row.raw.slice(0, 500), weight })
  }

  /** Once per file: what no row can say for itself. */
  #tellOnce(code: IssueCode, place: Place): void {
    if (this.#told.has(code)) return
    this.#told.add(code)
    this.#sink.issue({ place, code, text: '', weight: 'problem' })
  }

  #sectionFor(account: string, currency: string, place: Place): Section {
    const open = this.#section
    if (open && open.account === account && open.currency === currency) return open
    this.#closeSection(false)
    return this.#openSection(account, currency, place)
  }

  #openSection(account: string, currency: string, place: Place): Section {
    if (account === '') this.#tellOnce('account.missing', place)
    if (currency === '' || currency === noCurrency) this.#tellOnce('currency.absent', place)
    const section: Section = {
      account,
      currency,
      chain: new BalanceChain(),
      from: '',
      to: '',
      firstDay: '',
      lastDay: '',
    }
    this.#section = section
    this.#sections++
    this.#sink.open(headOf(section, { openingMinor: null, closingMinor: null }))
    return section
  }

  /** `alone`: what is printed around the lines speaks of this account, there being no other in the table. */
  #closeSection(alone: boolean): void {
    const section = this.#section
    if (!section) return
    const chain = section.chain.ends(section.firstDay > section.lastDay)
    const openingMinor = (alone ? this.#around.opening : null) ?? chain.openingMinor
    const closingMinor = (alone ? this.#around.closing : null) ?? chain.closingMinor
    this.#sink.close(headOf(section, { openingMinor, closingMinor }))
    this.#section = null
  }
}

/** No such label is longer, and most purposes are: the look at their words would take its time. */
function isTurnover(purpose: string): boolean {
  return purpose.length < 30 && turnoverWords.test(headerText(purpose))
}

function isBlank(cell: string): boolean {
  return cell === '' || plainCell(cell) === ''
}
