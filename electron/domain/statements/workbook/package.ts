// Workbooks of the XML kind (ECMA-376): the package's parts, what names the sheets and formats, and the guard that
// counts before anything is kept.

import { Refusal } from '../../../contract/fault.ts'
import type { NumberStyle, Sheet, SheetFlaws } from './cells.ts'
import { isDateFormatId, mostCells, styleOfFormat } from './cells.ts'
import type { MarkupEvents } from './markup.ts'
import { attributeOf, MarkupScanner } from './markup.ts'
import type { SheetFacts } from './sheet.ts'
import { readSheet } from './sheet.ts'
import { readStrings } from './strings.ts'
import type { InflateBudget, ZipPart } from './zip.ts'
import {
  damaged,
  inflatedLimitMb,
  inflatePart,
  inflateText,
  partName,
  readZip,
  spend,
  wideness,
} from './zip.ts'

type Parts = ReadonlyMap<string, ZipPart>

/**
 * The sheets of a package, none of them read yet. Throws Refusal: `statement.workbook` 'locked' or 'damaged',
 * `archive.bomb`, `statement.tooManyCells`, `statement.unknownFormat` for the binary kind (XLSB).
 */
export function openPackage(bytes: Uint8Array): Sheet[] {
  const parts: Parts = readZip(bytes)
  const book = bookPart(parts)
  if (book.endsWith('.bin')) throw new Refusal({ code: 'statement.unknownFormat' })
  const budget: InflateBudget = { left: inflatedLimitMb * 1024 * 1024 }
  const links = linksOf(parts, book, budget)
  const linked = (kind: string) => [...links.values()].find((link) => link.kind === kind)?.part
  const { sheets, date1904, recalculated } = readBook(parts, book, budget)
  const found = sheets
    // Modules of macros have no part; charts and dialogues have one of another kind.
    .map((sheet, at) => ({ ...sheet, link: links.get(sheet.id) ?? usualLink(book, at) }))
    .filter(({ id, link }) => id !== '' && link.kind === 'worksheet')
    .map((sheet) => ({ ...sheet, part: parts.get(sheet.link.part) }))
  if (found.length === 0 || found.some(({ part }) => part === undefined)) throw damaged()
  guard(
    found.map(({ part }) => part),
    budget,
  )
  const facts: SheetFacts = {
    strings: readStrings(parts.get(linked('sharedstrings') ?? beside(book, 'sharedstrings.xml')), budget),
    styles: readStyles(parts.get(linked('styles') ?? beside(book, 'styles.xml')), budget),
    date1904,
    recalculated,
  }
  return found.flatMap(({ name, hidden, part }) => {
    if (part === undefined) return []
    const flaws: SheetFlaws = { wide: null, cut: false }
    return [
      { name, hidden, from1904: date1904, flaws, rows: (onRow) => readSheet(part, facts, flaws, onRow) },
    ]
  })
}

/** Where everybody keeps a sheet, for books whose links are lost. */
function usualLink(book: string, at: number): Link {
  return { kind: 'worksheet', part: beside(book, `worksheets/sheet${at + 1}.xml`) }
}

/** The workbook's part, by the package's links or where everybody keeps it. */
function bookPart(parts: Parts): string {
  const links = linksOf(parts, '', { left: inflatedLimitMb * 1024 * 1024 })
  const linked = [...links.values()].find((link) => link.kind === 'officedocument')?.part
  const book = [linked, 'xl/workbook.xml', 'xl/workbook.bin'].find(
    (name) => name !== undefined && parts.has(name),
  )
  if (book === undefined) throw damaged()
  return book
}

interface Link {
  /** Last word of the relationship's type in lower case: the same in the strict and the transitional kind. */
  kind: string
  part: string
}

/** The relationships of a part, by id. */
function linksOf(parts: Parts, owner: string, budget: InflateBudget): Map<string, Link> {
  const links = new Map<string, Link>()
  const file = owner.slice(owner.lastIndexOf('/') + 1)
  eachTag(parts.get(beside(owner, `_rels/${file}.rels`)), budget, (name, attributes) => {
    if (name !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return
    const target = attributeOf(attributes, 'Target')
    const kind = attributeOf(attributes, 'Type').toLowerCase()
    links.set(attributeOf(attributes, 'Id'), {
      kind: kind.slice(kind.lastIndexOf('/') + 1),
      part: partName(target.startsWith('/') ? target : withoutDots(beside(owner, target))),
    })
  })
  return links
}

function beside(owner: string, name: string): string {
  return owner.slice(0, owner.lastIndexOf('/') + 1) + name
}

function withoutDots(path: string): string {
  const steps: string[] = []
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

function readBook(parts: Parts, book: string, budget: InflateBudget) {
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let date1904 = false
  let recalculated = false
  eachTag(parts.get(book), budget, (name, attributes) => {
    // Later programs put another element of this name, without the mark, among their extensions.
    if (name === 'workbookPr') date1904 ||= isTrue(attributeOf(attributes, 'date1904'))
    if (name === 'calcPr') recalculated ||= isTrue(attributeOf(attributes, 'fullCalcOnLoad'))
    if (name !== 'sheet') return
    const state = attributeOf(attributes, 'state')
    sheets.push({
      name: attributeOf(attributes, 'name'),
      hidden: state === 'hidden' || state === 'veryHidden',
      id: attributeOf(attributes, 'id'),
    })
  })
  if (sheets.length === 0) throw damaged()
  return { sheets, date1904, recalculated }
}

function isTrue(value: string): boolean {
  return value === '1' || value === 'true'
}

/** What the cells' style numbers mean for numbers. */
function readStyles(part: ZipPart | undefined, budget: InflateBudget): NumberStyle[] {
  const codes = new Map<number, string>()
  const styles: NumberStyle[] = []
  let ofCells = false
  eachTag(part, budget, (name, attributes) => {
    if (name === 'numFmt')
      codes.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode'))
    if (name === 'cellXfs') ofCells = true
    if (name === 'cellStyles' || name === 'dxfs') ofCells = false
    if (name !== 'xf' || !ofCells) return
    const id = Number(attributeOf(attributes, 'numFmtId') || 0)
    const code = codes.get(id)
    styles.push(code === undefined ? { date: isDateFormatId(id), padded: 0 } : styleOfFormat(code))
  })
  return styles
}

function eachTag(
  part: ZipPart | undefined,
  budget: InflateBudget,
  onTag: (name: string, attributes: string) => void,
): void {
  if (part === undefined) return
  const events: MarkupEvents = {
    listening: false,
    row: 1,
    open: (name, attributes) => onTag(name, attributes),
    close: () => undefined,
    text: () => undefined,
  }
  const scanner = new MarkupScanner(events, false)
  const onText = (text: string) => {
    scanner.write(text)
    return true
  }
  inflateText(part, onText, budget)
}

/**
 * Inflates every sheet once and keeps nothing: what it really inflates to and how many values it holds is known before
 * the first of them is read. The declared sizes are looked at first, since most bombs say what they are.
 */
function guard(sheets: readonly (ZipPart | undefined)[], budget: InflateBudget): void {
  const known = sheets.filter((part) => part !== undefined)
  const declared = known.reduce((sum, part) => sum + part.declaredBytes, 0)
  if (declared > budget.left) throw new Refusal({ code: 'archive.bomb', limitMb: inflatedLimitMb })
  let values = 0
  for (const part of known) {
    const count = createValueCount()
    let wide: boolean | undefined
    inflatePart(part, (piece) => {
      spend(budget, piece.length)
      wide ??= wideness(piece) !== undefined
      count.take(wide ? piece.filter((byte) => byte !== 0) : piece)
      if (values + count.values() > mostCells)
        throw new Refusal({ code: 'statement.tooManyCells', limit: mostCells })
      return true
    })
    values += count.values()
  }
}

/** Counts `<v` and `<is` (with any prefix): one of them stands in each cell that holds something. */
function createValueCount(): { take(piece: Uint8Array): void; values(): number } {
  let values = 0
  /** 0 outside; 1 just after `<`; 2 in a prefix or another name; 3 after `v`; 4 after `i`; 5 after `is`. */
  let state = 0
  const take = (piece: Uint8Array) => {
    let at = 0
    while (at < piece.length) {
      if (state === 0) {
        at = piece.indexOf(0x3c, at)
        if (at < 0) return
        state = 1
        at += 1
        continue
      }
      const code = piece[at] ?? 0
      const ends = code <= 0x20 || code === 0x3e || code === 0x2f
      if (ends && (state === 3 || state === 5)) values += 1
      if (ends) state = 0
      else if (code === 0x3a) state = 1
      else if (state === 1) state = code === 0x76 ? 3 : code === 0x69 ? 4 : 2
      else state = state === 4 && code === 0x73 ? 5 : 2
      at += 1
    }
  }
  return { take, values: () => values }
}
