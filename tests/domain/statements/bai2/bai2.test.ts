import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GivenFacts } from '../../../../electron/contract/statement-file.ts'
import type { StatementPreview } from '../../../../electron/contract/statement.ts'
import { inspectStatement } from '../../../../electron/domain/statements/inspect.ts'
import { bytesOf, codesOf, linesOf, onlyLine, read, refusal } from '../text-fixtures.ts'

interface Parts {
  group?: string
  account?: string
  details?: string[]
}

/** A whole file around the details, with the totals that a bank would write. */
function rowsOf({ group = '02,ME,BANK,1,260605,2400,USD,2/', account, details = [] }: Parts): string[] {
  const sums = details.map((row) => /^16,\d{3},([+-]?\d+)/.exec(row)?.[1]).map((text) => Number(text ?? 0))
  const head = account ?? `03,12345,,010,1000,,,015,1000,,/`
  const balances = [...head.matchAll(/,\d{3},([+-]?\d+)/g)].map(([, text]) => Number(text))
  const total = [...sums, ...balances].reduce((whole, sum) => whole + sum, 0)
  const count = details.length
  return [
    '01,BANK,ME,260606,0712,1,,,2/',
    group,
    head,
    ...details,
    `49,${total},${count + 2}/`,
    `98,${total},1,${count + 4}/`,
    `99,${total},1,${count + 6}/`,
  ]
}
const readRows = (rows: string[], given?: GivenFacts) =>
  read(`${rows.join('\n')}\n`, 'utf-8', { format: 'bai2', given })
const readParts = (parts: Parts, given?: GivenFacts) => readRows(rowsOf(parts), given)
const detail = (...details: string[]) => onlyLine(readParts({ details }))
/** What is told beside balances that the test does not care for. */
const told = (preview: StatementPreview) => codesOf(preview).filter((code) => !code.startsWith('balance.'))

it('reads account, day, balances and every field of a line', () => {
  const rows = rowsOf({
    account: '03,0012345,EUR,010,10000,,,015,+25000,,,040,1,,/',
    details: ['16,195,15000,V,260607,1300,BANK77,CUST88,INVOICE 305, JUNE/JULY'],
  })
  const preview = read(rows.join('\r\n'))
  expect(preview).toMatchObject({ format: 'bai2', issues: [] })
  expect(preview.statements).toMatchObject([
    {
      account: '0012345',
      currency: 'EUR',
      owner: '',
      from: '2026-06-05',
      to: '2026-06-05',
      openingMinor: 10_000,
      closingMinor: 25_000,
      balanceOffMinor: 0,
    },
  ])
  const text = rows.join('\r\n')
  expect(onlyLine(preview)).toEqual({
    index: 0,
    bankDay: '2026-06-05',
    valueDay: '2026-06-07',
    amountMinor: 15_000,
    currency: 'EUR',
    counterparty: { name: '', taxId: '', account: '', bankCode: '' },
    purpose: 'INVOICE 305, JUNE/JULY',
    purposeGlued: null,
    documentNumber: 'CUST88',
    documentDay: null,
    bankReference: 'BANK77',
    reversal: false,
    booked: true,
    place: { line: 4, from: text.indexOf('16,195'), to: text.indexOf('\r\n49,') },
  })
})

describe('the type code tells the direction', () => {
  it.each([
    ['100', undefined],
    ['108', 1],
    ['399', 1],
    ['400', undefined],
    ['409', -1],
    ['699', -1],
    ['701', undefined],
    ['721', 1],
    ['760', -1],
    ['905', undefined],
    ['930', 1],
    ['975', -1],
  ])('%s', (type, direction) => {
    const preview = readParts({ details: [`16,${type},500,Z,,,X/`] })
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual(
      direction === undefined ? [] : [direction * 500],
    )
    expect(told(preview)).toEqual(direction === undefined ? ['direction.unknown'] : [])
  })

  it('890 is a message and no money', () => {
    const preview = readParts({ details: ['16,890,,,,,reports will be late, sorry'] })
    expect(linesOf(preview)).toEqual([])
    expect(told(preview)).toEqual(['entry.details'])
  })

  it('a minus turns it round', () => {
    expect(detail('16,409,-500,Z,,,X/')).toMatchObject({ amountMinor: 500, reversal: true })
  })
})

describe('funds types', () => {
  it.each<[string, string | null]>([
    ['', null],
    ['Z,', null],
    ['0', null],
    ['1', null],
    ['2', null],
    ['S,100000,200000,150000', null],
    ['S,,200000,300000', null],
    ['D,3,0,150000,1,100000,2,90000', null],
    ['V,260607,', '2026-06-07'],
    ['V,260607,9999', '2026-06-07'],
    ['V,20260607,2400', '2026-06-07'],
  ])('%s', (funds, valueDay) => {
    expect(detail(`16,115,450000,${funds.replace(/^Z,$/, 'Z')},BANK7,CUST8,LOCK BOX/`)).toMatchObject({
      amountMinor: 450_000,
      valueDay,
      bankReference: 'BANK7',
      documentNumber: 'CUST8',
      purpose: 'LOCK BOX',
    })
  })

  it('are skipped between the sums of an account', () => {
    const account =
      '03,975312468,,010,500000,,,190,70000000,15,D,3,0,20000000,1,30000000,3,20000000,015,70500000,,/'
    expect(readParts({ account }).statements).toMatchObject([
      { openingMinor: 500_000, closingMinor: 70_500_000 },
    ])
  })
})

describe('continuations', () => {
  it('go on with the text, with a blank and without', () => {
    expect(detail('16,195,500,,B1,C1,ORDER 12', '88,34 PAID, IN/FULL', '88,THANKS/')).toMatchObject({
      purpose: 'ORDER 12 34 PAID, IN/FULL THANKS',
      purposeGlued: 'ORDER 1234 PAID, IN/FULLTHANKS',
    })
  })

  it('go on with the fields where the record ended before its text', () => {
    expect(
      detail('16,115,10000000,S,5000000,4000000/', '88,1000000/', '88,AX13612,B096132,LOCKBOX', '88,DEPOSIT'),
    ).toMatchObject({
      bankReference: 'AX13612',
      documentNumber: 'B096132',
      purpose: 'LOCKBOX DEPOSIT',
    })
  })

  it('go on with the sums of an account', () => {
    const rows = rowsOf({ details: ['16,195,500,,,,X/'] })
    rows[2] = '03,12345,,010/'
    rows.splice(3, 0, '88,1000,,,015,1500,,/')
    rows.splice(-3, 3, '49,3000,4/', '98,3000,1,6/', '99,3000,1,8/')
    const preview = readRows(rows)
    expect(preview.statements).toMatchObject([{ openingMinor: 1000, closingMinor: 1500, balanceOffMinor: 0 }])
    expect(codesOf(preview)).toEqual([])
  })

  it('a text broken without a code goes on and is told', () => {
    const preview = readParts({ details: ['16,195,500,,,,ACH 111', '222 END/'].slice(0, 1) })
    expect(onlyLine(preview).purpose).toBe('ACH 111')
    const rows = rowsOf({ details: ['16,195,500,,,,ACH 111'] })
    rows.splice(4, 0, '222 END/')
    expect(onlyLine(readRows(rows)).purpose).toBe('ACH 111 222 END')
    expect(told(readRows(rows))).toEqual(['line.orphan'])
  })

  it('names of the two sides are taken from the tags of the text', () => {
    const tags = ['88,CRNM: ABC LTD', '88,CACT: 6098 7383', '88,CABA: 021000021', '88,DBNM: SAMPLE INC']
    expect(detail('16,495,500,,B1,C1,Outgoing Wire', ...tags).counterparty).toEqual({
      name: 'ABC LTD',
      taxId: '',
      account: '60987383',
      bankCode: '021000021',
    })
    expect(detail('16,195,500,,B1,C1,Incoming Wire', ...tags).counterparty.name).toBe('SAMPLE INC')
  })

  it('a record beyond a megabyte is refused', () => {
    const more = Array.from({ length: 1100 }, () => `88,${'x'.repeat(1000)}`)
    expect(refusal(() => readParts({ details: ['16,195,500,,,,X', ...more] }))).toEqual({
      code: 'statement.recordTooLong',
      line: 4,
      limitKb: 1024,
    })
  })
})

describe('lines', () => {
  const rows = rowsOf({ details: ['16,195,500,,B1,C1,PAID 10/16,500 EACH/', '16,409,200,Z,,,FEE 7/8 OF/'] })
  const wanted = linesOf(readRows(rows)).map(({ amountMinor, purpose }) => [amountMinor, purpose])

  it('a slash and figures within a text are text', () => {
    expect(wanted).toEqual([
      [500, 'PAID 10/16,500 EACH'],
      [-200, 'FEE 7/8 OF'],
    ])
  })

  it.each(['', ' ', '     '])('records may follow each other on a line, parted by %j', (blank) => {
    const text = rows.join(blank)
    const preview = read(text, 'utf-8', { format: 'bai2' })
    expect(linesOf(preview).map(({ amountMinor, purpose }) => [amountMinor, purpose])).toEqual(wanted)
    expect(told(preview)).toEqual([])
    const [line] = linesOf(preview)
    expect(text.slice(line?.place.from, line?.place.to)).toBe(rows[3])
  })

  it('records may be filled up to a length, with line ends or without', () => {
    const fixed = ['01,BANK,ME,260606,0712,1,60,,2/', ...rows.slice(1)].map((row) =>
      row.replace(/EACH\/$/, 'EACH').padEnd(60),
    )
    for (const end of ['\r\n', '']) {
      const preview = read(fixed.join(end), 'utf-8', { format: 'bai2' })
      expect(linesOf(preview).map(({ amountMinor, purpose }) => [amountMinor, purpose])).toEqual(wanted)
      expect(told(preview)).toEqual([])
    }
  })
})

describe('currency', () => {
  const group = (currency: string) => `02,ME,BANK,1,260605,,${currency},2/`
  const account = (currency: string) => `03,12345,${currency},010,0,,,015,500,,/`
  const currencyOf = (parts: Parts, given?: GivenFacts) =>
    readParts({ ...parts, details: ['16,195,500,,,,X/'] }, given).statements[0]?.currency

  it('is the account’s, else the group’s, else what a person says, else US dollars', () => {
    expect(currencyOf({ group: group('CAD'), account: account('GBP') }, { currency: 'EUR' })).toBe('GBP')
    expect(currencyOf({ group: group('CAD'), account: account('') }, { currency: 'EUR' })).toBe('CAD')
    expect(currencyOf({ group: group(''), account: account('') }, { currency: 'EUR' })).toBe('EUR')
    expect(currencyOf({ group: group(''), account: account('') })).toBe('USD')
  })

  it('the default is told once, an unknown code as a problem', () => {
    const rows = rowsOf({ group: group(''), account: account(''), details: ['16,195,500,,,,X/'] })
    expect(readRows(rows).issues).toMatchObject([{ code: 'currency.unknown', weight: 'note' }])
    const unknown = readParts({ account: account('US$'), details: ['16,195,500,,,,X/'] })
    expect(unknown.statements).toMatchObject([{ currency: 'XXX' }])
    expect(unknown.issues).toMatchObject([{ code: 'currency.unknown', weight: 'problem' }])
  })

  it.each(['JPY', 'USD', 'BHD'])('amounts of %s are in its smallest unit already', (currency) => {
    expect(onlyLine(readParts({ account: account(currency), details: ['16,195,500,,,,X/'] }))).toMatchObject({
      amountMinor: 500,
      currency,
    })
  })
})

describe('groups', () => {
  const details = ['16,195,500,,,,X/']

  it('a correction replaces and is told', () => {
    const preview = readParts({ group: '02,ME,BANK,3,260605,,USD,2/', details })
    expect(linesOf(preview)).toHaveLength(1)
    expect(preview.issues).toContainEqual(
      expect.objectContaining({ code: 'entry.corrected', weight: 'note' }),
    )
  })

  it('a correction of what the same file told already is a problem', () => {
    const rows = rowsOf({ details })
    const twice = [
      ...rows.slice(0, -1),
      ...rowsOf({ group: '02,ME,BANK,3,260605,,USD,2/', details }).slice(1),
    ]
    expect(readRows(twice).issues).toContainEqual(
      expect.objectContaining({ code: 'entry.corrected', weight: 'problem' }),
    )
  })

  it.each([
    ['2', 'entry.corrected'],
    ['4', 'document.unexecuted'],
  ])('status %s holds no movements', (status, code) => {
    const preview = readParts({ group: `02,ME,BANK,${status},260605,,USD,2/`, details })
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toEqual([code])
  })

  it('interim data of the same day prove nothing', () => {
    const preview = readParts({ group: '02,ME,BANK,1,260605,,USD,3/', details })
    expect(onlyLine(preview).booked).toBe(false)
    expect(codesOf(preview)).toEqual(['entry.pending'])
  })

  it.each([
    ['', 'date.missing'],
    ['260231', 'date.impossible'],
    ['5 June', 'date.unreadable'],
  ])('without a day there is no line: %s', (day, code) => {
    const preview = readParts({ group: `02,ME,BANK,1,${day},,USD,2/`, details })
    expect(linesOf(preview)).toEqual([])
    expect(told(preview)).toEqual([code, code])
  })

  it('the same account over several days is one statement', () => {
    const first = rowsOf({ account: '03,12345,,010,1000,,,015,1500,,/', details })
    const second = rowsOf({
      group: '02,ME,BANK,1,260606,2400,USD,2/',
      account: '03,12345,,010,1500,,,015,2000,,/',
      details,
    })
    const rows = [...first.slice(0, -1), ...second.slice(1, -1), '99,6500,2,12/']
    const preview = readRows(rows)
    expect(preview.statements).toMatchObject([
      { from: '2026-06-05', to: '2026-06-06', openingMinor: 1000, closingMinor: 2000, balanceOffMinor: 0 },
    ])
    expect(preview.issues).toMatchObject([{ code: 'declared.total' }])
    expect(codesOf(readRows([...rows.slice(0, -1), '99,7000,2,12/']))).toEqual([])
  })
})

describe('control records', () => {
  const details = ['16,195,500,,,,X/', '16,409,500,,,,Y/']
  const rows = rowsOf({ details })

  it('of an account whose record has a comma too many before its end add up all the same', () => {
    const account = '03,12345,,010,1000,,,015,1000,,,/\n88,040,700,,,045,800,,,/\n88,100,500,1,,400,500,1,/'
    const [first = '', group = '', , ...others] = rowsOf({ details })
    const rows = [first, group, account, ...others.slice(0, 2), '49,5500,6/', '98,5500,1,8/', '99,5500,1,10/']
    const preview = readRows(rows)
    expect(codesOf(preview)).toEqual([])
    expect(preview.statements).toMatchObject([{ openingMinor: 1000, closingMinor: 1000, balanceOffMinor: 0 }])
  })

  it('with a blank total state none', () => {
    const blank = rows.with(5, '49,,4/').with(6, '98,,1,6/').with(7, '99,,1,8/')
    expect(codesOf(readRows(blank))).toEqual([])
    expect(codesOf(readRows(rows.with(5, '49,,3/')))).toContain('declared.count')
  })

  it('add up amounts as written, whatever their direction', () => {
    expect(rows.slice(-3)).toEqual(['49,3000,4/', '98,3000,1,6/', '99,3000,1,8/'])
    expect(codesOf(readRows(rows))).toEqual([])
  })

  it.each([
    [5, '49,3001,4/', ['declared.total', 'declared.total']],
    [5, '49,3000,3/', ['declared.count']],
    [6, '98,3000,2,6/', ['declared.count']],
    [7, '99,1,1,8/', ['declared.total']],
    [7, '99,3000,1,9/', ['declared.count']],
    [7, '99,3000,1/', ['declared.count']],
  ])('row %i as %s is told', (row, text, codes) => {
    expect(codesOf(readRows(rows.with(row, text)))).toEqual(codes)
  })

  it('that are missing are told, and what was read is kept', () => {
    const preview = readRows(rows.slice(0, 5))
    expect(linesOf(preview)).toHaveLength(2)
    expect(codesOf(preview)).toEqual(['section.unclosed', 'section.unclosed', 'file.cut'])
  })
})

describe('what is missing', () => {
  it('a file without accounts is refused', () => {
    expect(refusal(() => readRows(['01,BANK,ME,260606,0712,1,,,2/', '99,0,0,2/']))).toEqual({
      code: 'statement.noAccount',
    })
  })

  it('a detail outside an account is told', () => {
    const rows = rowsOf({})
    rows.splice(2, 0, '16,195,500,,,,X/')
    expect(codesOf(readRows(rows))).toContain('account.missing')
  })

  it.each([
    ['16,195,,,,,X/', 'amount.missing'],
    ['16,195,5.00,,,,X/', 'amount.unreadable'],
    ['16,195,99999999999999999999,,,,X/', 'amount.unreadable'],
  ])('%s', (row, code) => {
    const preview = readParts({ details: [row] })
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toContain(code)
  })

  it('balances that do not add up, and that are not there', () => {
    expect(codesOf(readParts({ details: ['16,195,500,,,,X/'] }))).toEqual(['balance.off'])
    expect(codesOf(readParts({ account: '03,12345,USD,,,,/' }))).toEqual(['balance.missing'])
  })
})

describe('any file', () => {
  const item = fc.record({
    minor: fc.integer({ min: 0, max: 10 ** 12 }),
    type: fc.constantFrom('195', '142', '409', '475'),
    reference: fc.stringMatching(/^[A-Z1-9]{0,10}$/),
    text: fc.stringMatching(/^[A-Zа-я0-9][A-Zа-я0-9,.]{0,30}$/),
  })

  it('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), fc.constantFrom('\n', '\r\n', ' '), (items, end) => {
        const sum = items.reduce((total, { minor, type }) => total + (type < '400' ? minor : -minor), 0)
        const details = items.map(
          ({ minor, type, reference, text }) => `16,${type},${minor},,${reference},,${text}/`,
        )
        const preview = read(
          rowsOf({ account: `03,12345,USD,010,0,,,015,${sum},,/`, details }).join(end),
          'utf-8',
          { format: 'bai2' },
        )
        expect(preview.statements).toMatchObject([{ balanceOffMinor: 0 }])
        expect(codesOf(preview)).toEqual([])
        expect(linesOf(preview).map((line) => [line.amountMinor, line.bankReference, line.purpose])).toEqual(
          items.map(({ minor, type, reference, text }) => [
            type < '400' || minor === 0 ? minor : -minor,
            reference,
            text,
          ]),
        )
      }),
    )
  })

  it('reads the same however it is cut into chunks', () => {
    const details = ['16,195,500,V,260607,,B1,C1,Счёт 305', '88,июнь/июль/', '16,409,200,Z,,,FEE/']
    for (const end of ['\r\n', '  ']) {
      const bytes = bytesOf(rowsOf({ details }).join(end))
      const whole = inspectStatement(bytes, { format: 'bai2' })
      expect(linesOf(whole)).toHaveLength(2)
      const decoder = new TextDecoder()
      for (const { place } of linesOf(whole))
        expect(decoder.decode(bytes.subarray(place.from, place.to))).toMatch(/^16,.*\/$/s)
      for (let at = 1; at < bytes.length; at += 1)
        expect(inspectStatement([bytes.subarray(0, at), bytes.subarray(at)], { format: 'bai2' })).toEqual(
          whole,
        )
    }
  })

  it('never throws anything but a Refusal', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '01,',
        '02,',
        '03,',
        '16,',
        '88,',
        '49,',
        '98,',
        '99,',
        '/',
        ',',
        'D',
        'S',
        'V',
        '9',
        '-',
        ' ',
        '\n',
        'я',
      ),
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          inspectStatement(bytesOf(`01,A,B,260606,,1,,,2/\n${parts.join('')}`), { format: 'bai2' })
        } catch (error) {
          expect(error).toHaveProperty('fault')
        }
      }),
    )
  })
})
