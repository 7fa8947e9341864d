// Files made to fill the memory: each is refused with a reason, wherever its chunks are cut.

import { describe, expect, it } from 'vitest'
import { createCamtReader } from '../../../../electron/domain/statements/camt/camt.ts'
import { account, balance, entry, stmt } from './camt-message.ts'
import { readAll, refusalOf } from '../table/table-collect.ts'

const tooLong = { code: 'statement.recordTooLong', line: 4, limitKb: 1024 }
const million = 1024 * 1024

function refusals(parts: string): unknown[] {
  return [1 << 16, 1_000_003, Number.POSITIVE_INFINITY].map((size) =>
    refusalOf(() => readAll(createCamtReader, stmt(account + parts), {}, size)),
  )
}

describe('bounds', () => {
  it('hold for a text, a comment, a name and an attribute of more than a million characters', () => {
    const long = 'x'.repeat(million + 1)
    const bombs = [
      entry('1', { more: `<AddtlNtryInf>${long}</AddtlNtryInf>` }),
      `<!-- ${long} -->`,
      `<Ntry><${long}/></Ntry>`,
      `<Ntry a="${long}"></Ntry>`,
      `<Unread>${long}</Unread>`,
    ]
    for (const bomb of bombs) expect(refusals(bomb)).toEqual([tooLong, tooLong, tooLong])
  })

  it('hold for the text of an issue: a balance of forty thousand figures is told by its first five hundred', () => {
    const { issues } = readAll(
      createCamtReader,
      stmt(account + balance('OPBD', '9'.repeat(40_000)) + entry('1')),
    )
    const told = issues.find(({ code }) => code === 'balance.unreadable')
    expect(told?.text).toBe('9'.repeat(500))
  })

  it('hold for a hundred thousand attributes of one element', () => {
    const attributes = Array.from({ length: 100_000 }, (_, at) => `a${String(at)}="v"`).join(' ')
    expect(refusals(`<Ntry ${attributes}></Ntry>`)).toEqual([tooLong, tooLong, tooLong])
  })

  it('hold for an entry of many small texts and of many small elements', () => {
    const texts = `<Ntry><AddtlNtryInf>${'xyz<!-- -->'.repeat(400_000)}</AddtlNtryInf></Ntry>`
    const elements = `<Ntry>${'<Chrgs/>'.repeat(20_000)}</Ntry>`
    for (const bomb of [texts, elements]) expect(refusals(bomb)).toEqual([tooLong, tooLong, tooLong])
  })

  it('let pass what nobody keeps: unread elements and names without end, entries up to the limit', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `<n${String(at)}>text</n${String(at)}>`).join('')
    const long = 'x'.repeat(million - 2000)
    const parts = `<Ntry><Unread>${'<Chrgs/>'.repeat(50_000)}</Unread></Ntry>${names}`
    const { lines } = readAll(
      createCamtReader,
      stmt(account + parts + entry('1', { more: `<AddtlNtryInf>${long}</AddtlNtryInf>` })),
    )
    expect(lines.map((line) => line.purpose.length)).toEqual([long.length])
  })

  it('hold for documents without end', () => {
    const { issues } = readAll(createCamtReader, stmt(account + entry('1')) + '<a/>'.repeat(20_000))
    expect(issues.map((issue) => issue.code)).toEqual(['record.unreadable'])
  })
})
