// What must be refused before it is read, and what must not be believed.

import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../../electron/contract/fault.ts'
import type { CellXml } from './workbook-fixtures.ts'
import {
  faultOf,
  header,
  packageOf,
  partsOf,
  rowXml,
  sheetXml,
  tellWorkbook,
  zipped,
} from './workbook-fixtures.ts'

const rows: CellXml[][] = [header, ['07.03.2024', -1, 'RUB', 'A', 'x'], ['08.03.2024', 2, 'RUB', 'B', 'y']]
const good = packageOf({ sheets: [{ name: 'S', data: sheetXml(rows) }] })
const damaged = { code: 'statement.workbook', reason: 'damaged' }
const locked = { code: 'statement.workbook', reason: 'locked' }

/** Where the directory's entries stand that name a part. */
function entriesOf(bytes: Uint8Array, name: string): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const found: number[] = []
  for (let at = 0; at + 46 < bytes.length; at += 1)
    if (
      view.getUint32(at, true) === 0x02014b50 &&
      new TextDecoder()
        .decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)))
        .includes(name)
    )
      found.push(at)
  return found
}

describe('packages', () => {
  it('that inflate beyond 256 MB are bombs by what they say', () => {
    const bytes = good.slice()
    const view = new DataView(bytes.buffer)
    for (const at of entriesOf(bytes, 'sheet1')) view.setUint32(at + 24, 300 * 1024 * 1024, true)
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'archive.bomb', limitMb: 256 })
  })

  it('and by what they do, whatever they say', () => {
    const parts = Object.fromEntries(
      Object.entries(partsOf({ sheets: [{ name: 'S', data: '' }] })).map(([name, text]) => [
        name,
        strToU8(text),
      ]),
    )
    parts['xl/worksheets/sheet1.xml'] = new Uint8Array(257 * 1024 * 1024)
    const bytes = zipSync(parts, { level: 1 })
    const view = new DataView(bytes.buffer)
    for (const at of entriesOf(bytes, 'sheet1')) view.setUint32(at + 24, 1000, true)
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'archive.bomb', limitMb: 256 })
  })

  it('with more than a million full cells are refused, empty ones are not counted', () => {
    const cells = '<c><v>1</v></c>'.repeat(1000)
    const row = (count: number) => `<row>${cells}</row>`.repeat(count)
    const full = packageOf({ sheets: [{ name: 'S', data: `${row(1000)}<row><c><v>1</v></c></row>` }] })
    expect(faultOf(() => tellWorkbook(full))).toEqual({ code: 'statement.tooManyCells', limit: 1_000_000 })
    const most = packageOf({ sheets: [{ name: 'S', data: row(1000) }] })
    expect(faultOf(() => tellWorkbook(most))).toEqual({ code: 'statement.workbook', reason: 'noTable' })
    const empty = `<row>${'<c s="0"/>'.repeat(1000)}</row>`.repeat(1001)
    const styled = packageOf({ sheets: [{ name: 'S', data: sheetXml(rows) + empty }] })
    expect(tellWorkbook(styled).lines).toHaveLength(2)
  })

  it('under a password are locked', () => {
    const bytes = good.slice()
    const view = new DataView(bytes.buffer)
    for (const at of entriesOf(bytes, 'sheet1')) view.setUint16(at + 8, 1, true)
    expect(faultOf(() => tellWorkbook(bytes))).toEqual(locked)
  })

  it('cut short are damaged', () => {
    for (const length of [4, 100, good.length - 30, good.length - 5])
      expect(faultOf(() => tellWorkbook(good.subarray(0, length)))).toEqual(damaged)
  })

  it('without a workbook in them are damaged', () => {
    expect(faultOf(() => tellWorkbook(zipped({ '[Content_Types].xml': '' })))).toEqual(damaged)
  })

  it('with a document type are refused', () => {
    const parts = partsOf({ sheets: [{ name: 'S', data: sheetXml(rows) }] })
    const sheet = 'xl/worksheets/sheet1.xml'
    parts[sheet] = `<!DOCTYPE x [<!ENTITY a "b">]>${parts[sheet]}`
    expect(faultOf(() => tellWorkbook(zipped(parts)))).toEqual({ code: 'statement.forbiddenXml' })
  })

  it('with an endless text or tag are refused with the row', () => {
    const text = 'a'.repeat(1024 * 1024 + 1)
    const long = (data: string) => packageOf({ sheets: [{ name: 'S', data }] })
    const fault = { code: 'statement.recordTooLong', line: 2, limitKb: 1024 }
    expect(faultOf(() => tellWorkbook(long(sheetXml(rows.slice(0, 1)) + rowXml(2, [text]))))).toEqual(fault)
    const tag = `${sheetXml(rows.slice(0, 1))}<row r="2"><c ${text}`
    expect(faultOf(() => tellWorkbook(long(tag)))).toEqual(fault)
  })
})

describe('damaged bytes', () => {
  it('lead to a refusal or to lines, never to anything else', () => {
    let seed = 12_345
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % below
    }
    for (let turn = 0; turn < 400; turn += 1) {
      const bytes = good.slice()
      for (let change = 0; change <= turn % 4; change += 1) bytes[random(bytes.length)] = random(256)
      expect(() => {
        try {
          tellWorkbook(bytes)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      }).not.toThrow()
    }
  })
})
