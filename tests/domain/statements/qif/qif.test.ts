import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GivenFacts } from '../../../../electron/contract/statement-file.ts'
import { inspectStatement } from '../../../../electron/domain/statements/inspect.ts'
import { bytesOf, codesOf, linesOf, onlyLine, read, refusal } from '../text-fixtures.ts'

const readQif = (rows: string[], given?: GivenFacts, end = '\n') =>
  read(rows.join(end) + end, 'utf-8', { format: 'qif', given })
const bank = (...rows: string[]) => ['!Type:Bank', ...rows]
const entry = (date: string, amount: string, ...more: string[]) => [`D${date}`, `T${amount}`, ...more, '^']
const daysOf = (rows: string[], given?: GivenFacts) =>
  linesOf(readQif(rows, given)).map((line) => line.bankDay)
const sumsOf = (rows: string[], given?: GivenFacts) =>
  linesOf(readQif(rows, given)).map((line) => line.amountMinor)
const named: GivenFacts = { account: 'DE001', currency: 'EUR' }

it('reads every field of an entry', () => {
  const rows = bank(
    'D12/29/2025',
    'T-1,234.50',
    'CX',
    'N1005',
    'PAcme Ltd',
    'MInvoice 305',
    'A1 Main St',
    'LRent',
    '^',
  )
  const preview = readQif(rows, named)
  expect(preview.statements).toMatchObject([
    {
      account: 'DE001',
      currency: 'EUR',
      owner: '',
      openingMinor: null,
      closingMinor: null,
      balanceOffMinor: null,
    },
  ])
  expect(onlyLine(preview)).toEqual({
    index: 0,
    bankDay: '2025-12-29',
    valueDay: null,
    amountMinor: -123_450,
    currency: 'EUR',
    counterparty: { name: 'Acme Ltd', taxId: '', account: '', bankCode: '' },
    purpose: 'Invoice 305',
    purposeGlued: null,
    documentNumber: '1005',
    documentDay: null,
    bankReference: '',
    reversal: false,
    booked: true,
    place: { line: 2, from: 11, to: rows.join('\n').length },
  })
  expect(codesOf(preview)).toEqual(['balance.missing'])
})

it('takes the first line of the address for the payee where there is none', () => {
  const preview = readQif(bank(...entry('2026-01-05', '1.00', 'AAcme Ltd', 'A1 Main St')), named)
  expect(onlyLine(preview).counterparty.name).toBe('Acme Ltd')
})

it('does not take words for a document number', () => {
  const rows = bank(...entry('2026-01-05', '1.00', 'NATM'), ...entry('2026-01-05', '1.00', 'N0042'))
  expect(linesOf(readQif(rows, named)).map((line) => line.documentNumber)).toEqual(['', '0042'])
})

describe('headers', () => {
  it.each(['!Type:Bank', '!type:CCard', '!Type:Cash ', '!Type:Oth A', '!Type:Oth L'])(
    '%s is an account',
    (head) => {
      expect(sumsOf([head, ...entry('2026-01-05', '1.00')])).toEqual([100])
    },
  )

  it('a word in another language is read as an account and told', () => {
    const preview = readQif(['!Type:Banque', ...entry('2026-01-05', '1.00')], named)
    expect(linesOf(preview)).toHaveLength(1)
    expect(codesOf(preview)).toContain('line.unknown')
  })

  it.each(['Cat', 'Class', 'Memorized', 'Security', 'Prices', 'Budget'])(
    'a list of %s is passed over',
    (list) => {
      const rows = [
        `!Type:${list}`,
        'NFood',
        'DFood and drink',
        'T9.00',
        '^',
        ...bank(...entry('2026-01-05', '1.00')),
      ]
      expect(sumsOf(rows)).toEqual([100])
    },
  )

  it('a header that is missing is no matter', () => {
    expect(sumsOf([...entry('2026-01-05', '1.00'), ...entry('2026-01-06', '-2.00')])).toEqual([100, -200])
  })

  it('remarks above the header are no entries', () => {
    expect(sumsOf(['### mine ###', '', ...bank(...entry('2026-01-05', '1.00'))])).toEqual([100])
  })

  it('investments beside an account are named as not supported', () => {
    const preview = readQif(
      [...bank(...entry('2026-01-05', '1.00')), '!Type:Invst', ...entry('2026-01-05', '9.00')],
      named,
    )
    expect(linesOf(preview)).toHaveLength(1)
    expect(preview.issues).toContainEqual(
      expect.objectContaining({ code: 'account.unsupported', weight: 'problem', text: '!Type:Invst' }),
    )
  })

  it('a file of investments only is refused', () => {
    expect(refusal(() => readQif(['!Type:Invst', 'D1/5/26', 'NBuy', 'T9.00', '^']))).toEqual({
      code: 'statement.investment',
    })
  })

  it('a file of lists only is refused', () => {
    expect(refusal(() => readQif(['!Type:Cat', 'NFood', '^']))).toEqual({ code: 'statement.noAccount' })
  })

  it('an account without entries is a statement', () => {
    expect(readQif(bank(), named).statements).toMatchObject([{ account: 'DE001', lines: [] }])
  })
})

describe('accounts', () => {
  const block = (name: string) => ['!Account', `N${name}`, 'TBank', '^']

  it('are named by the !Account block before their entries', () => {
    const rows = [
      ...block('Giro'),
      ...bank(...entry('2026-01-05', '1.00')),
      ...block('Spar'),
      ...bank(...entry('2026-01-06', '2.00')),
      ...block('Giro'),
      ...bank(...entry('2026-01-07', '3.00')),
    ]
    const preview = readQif(rows, { currency: 'EUR' })
    expect(
      preview.statements.map(({ account, lines }) => [account, lines.map((line) => line.amountMinor)]),
    ).toEqual([
      ['Giro', [100, 300]],
      ['Spar', [200]],
    ])
    expect(codesOf(preview)).not.toContain('account.missing')
  })

  it('a given account stands for the first one only', () => {
    const rows = [
      ...block('Giro'),
      ...bank(...entry('2026-01-05', '1.00')),
      ...block('Spar'),
      ...bank(...entry('2026-01-06', '2.00')),
    ]
    expect(readQif(rows, named).statements.map(({ account }) => account)).toEqual(['DE001', 'Spar'])
  })

  it('a list between AutoSwitch marks chooses none', () => {
    const rows = [
      '!Option:AutoSwitch',
      ...block('Giro'),
      'NSpar',
      'TBank',
      '^',
      '!Clear:AutoSwitch',
      ...bank(...entry('2026-01-05', '1.00')),
    ]
    expect(readQif(rows).statements).toMatchObject([{ account: '' }])
  })

  it('a list of one account chooses it', () => {
    const rows = [
      '!Option:AutoSwitch',
      ...block('Giro'),
      '!Clear:AutoSwitch',
      ...bank(...entry('2026-01-05', '1.00')),
    ]
    expect(readQif(rows).statements).toMatchObject([{ account: 'Giro' }])
  })

  it('without a name and without a currency both are told once', () => {
    const preview = readQif([
      ...bank(...entry('2026-01-05', '1.00')),
      ...bank(...entry('2026-01-06', '1.00')),
    ])
    expect(preview.statements).toMatchObject([{ account: '', currency: 'XXX' }])
    expect(codesOf(preview).filter((code) => code === 'currency.absent')).toHaveLength(1)
    expect(codesOf(preview).filter((code) => code === 'account.missing')).toHaveLength(1)
  })
})

describe('the opening balance', () => {
  it('is an entry from the account itself, and names the account', () => {
    const rows = bank(
      ...entry("2/10'2020", '150.00', 'CX', 'POpening Balance', 'L[Giro]'),
      ...entry("2/14'2020", '-10.00', 'PShop'),
    )
    const preview = readQif(rows, { currency: 'EUR' })
    expect(preview.statements).toMatchObject([{ account: 'Giro', openingMinor: 15_000, closingMinor: null }])
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual([-1000])
  })

  it('is a movement when its category is no account', () => {
    expect(sumsOf(bank(...entry('2026-01-05', '5.00', 'POpening Balance', 'LIncome')))).toEqual([500])
  })

  it('is a movement when it comes from another account', () => {
    const rows = [
      '!Account',
      'NGiro',
      '^',
      ...bank(...entry('2026-01-05', '5.00', 'POpening Balance', 'L[Spar]')),
    ]
    expect(sumsOf(rows)).toEqual([500])
  })
})

describe('dates', () => {
  it.each([
    ["1/22'05", '2005-01-22'],
    ["1/22' 5", '2005-01-22'],
    ['01/22/05', '2005-01-22'],
    ["2/16'18", '2018-02-16'],
    [' 6/21/94', '1994-06-21'],
    ['6/ 1/1994', '1994-06-01'],
    ['12/31/100', '2000-12-31'],
    ['21.2.2005', '2005-02-21'],
    ['21. 2. 2005', '2005-02-21'],
    ['21-02-05', '2005-02-21'],
    ['2005-02-01', '2005-02-01'],
    ['2005/2/1', '2005-02-01'],
    ['20050201', '2005-02-01'],
    ['94-02-01', '1994-02-01'],
    ['21 Feb 2005', '2005-02-21'],
    ['Feb 3, 2005', '2005-02-03'],
    ['2005-02-01 13:45:00', '2005-02-01'],
  ])('%s is %s', (date, day) => {
    const preview = readQif(bank(...entry(date, '1.00')), named)
    expect(onlyLine(preview).bankDay).toBe(date === '6/ 1/1994' ? '1994-06-01' : day)
    if (date !== '6/ 1/1994') expect(codesOf(preview)).not.toContain('date.ambiguous')
  })

  it('one day above twelve decides for all, wherever it stands', () => {
    const first = entry('01/02/05', '1.00')
    const second = entry('03/04/05', '1.00')
    expect(daysOf(bank(...first, ...second, ...entry('25/04/05', '1.00')))).toEqual([
      '2005-02-01',
      '2005-04-03',
      '2005-04-25',
    ])
    expect(daysOf(bank(...first, ...second, ...entry('04/25/05', '1.00')))).toEqual([
      '2005-01-02',
      '2005-03-04',
      '2005-04-25',
    ])
  })

  it('undecidable dates are read month first and told once', () => {
    const preview = readQif(
      bank(...entry('01/01/05', '1.00'), ...entry('01/02/05', '1.00'), ...entry('03/04/05', '1.00')),
    )
    expect(linesOf(preview).map((line) => line.bankDay)).toEqual(['2005-01-01', '2005-01-02', '2005-03-04'])
    expect(preview.issues.filter((issue) => issue.code === 'date.ambiguous')).toEqual([
      { place: { line: 5, from: 29, to: 46 }, code: 'date.ambiguous', text: 'D01/02/05', weight: 'problem' },
    ])
  })

  it('days that are the same either way are not doubtful', () => {
    expect(codesOf(readQif(bank(...entry('03/03/10', '1.00'), ...entry('04/04/10', '1.00')), named))).toEqual(
      ['balance.missing'],
    )
  })

  it('between dots the day leads, and it is told', () => {
    const preview = readQif(bank(...entry('1. 2. 2005', '1.00')), named)
    expect(onlyLine(preview).bankDay).toBe('2005-02-01')
    expect(codesOf(preview)).toContain('date.ambiguous')
  })

  it('a given order goes before custom, not before proof', () => {
    const given: GivenFacts = { ...named, dateOrder: 'dmy' }
    const preview = readQif(bank(...entry('01/02/05', '1.00')), given)
    expect(onlyLine(preview).bankDay).toBe('2005-02-01')
    expect(codesOf(preview)).toEqual(['balance.missing'])
    expect(daysOf(bank(...entry('01/02/05', '1.00'), ...entry('01/22/05', '1.00')), given)).toEqual([
      '2005-01-02',
      '2005-01-22',
    ])
    expect(daysOf(bank(...entry('05/02/13', '1.00')), { dateOrder: 'ymd' })).toEqual(['2005-02-13'])
  })

  it('an order that the file names goes before what a person says', () => {
    expect(daysOf(['!Option:DMY', ...bank(...entry('01/02/05', '1.00'))], { dateOrder: 'mdy' })).toEqual([
      '2005-02-01',
    ])
  })

  it.each([
    ['13/13/05', 'date.impossible'],
    ['2005-02-30', 'date.impossible'],
    ['soon', 'date.unreadable'],
    ['', 'date.missing'],
  ])('%s is told and not guessed', (date, code) => {
    const preview = readQif(bank(...entry(date, '1.00')), named)
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toContain(code)
  })

  it('entries wait for a proof up to ten thousand, then custom decides', () => {
    const many = Array.from({ length: 10_001 }, () => entry('01/02/05', '1.00')).flat()
    const preview = readQif(bank(...many, ...entry('25/02/05', '1.00')), named)
    expect(linesOf(preview)).toHaveLength(10_001)
    expect(linesOf(preview)[0]?.bankDay).toBe('2005-01-02')
    expect(codesOf(preview)).toEqual(['date.ambiguous', 'date.impossible', 'balance.missing'])
  })
})

describe('sums', () => {
  it.each([
    ['-1,234.50', -123_450],
    ['-1.234,50', -123_450],
    ['1 234,5', 123_450],
    ['1’234.50', 123_450],
    ['12,34,567.00', 123_456_700],
    ['+5', 500],
    ['5.00-', -500],
    ['$12.00', 1200],
    ['-0.00', 0],
    ['.5', 50],
    ['1,234', 123_400],
    ['1,234,567', 123_456_700],
  ])('%s', (text, minor) => {
    expect(sumsOf(bank(...entry('2026-01-05', text)))).toEqual([minor])
  })

  it('one sum shows which mark parts the cents of all', () => {
    expect(sumsOf(bank(...entry('2026-01-05', '1.234'), ...entry('2026-01-05', '2,50')))).toEqual([
      123_400, 250,
    ])
    expect(sumsOf(bank(...entry('2026-01-05', '1,234'), ...entry('2026-01-05', '2.50')))).toEqual([
      123_400, 250,
    ])
  })

  it('a sum that does not fit the file is told and not read otherwise', () => {
    const preview = readQif(bank(...entry('2026-01-05', '2.50'), ...entry('2026-01-05', '2,5')), named)
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual([250])
    expect(preview.issues).toContainEqual(
      expect.objectContaining({ code: 'amount.unreadable', text: 'T2,5' }),
    )
  })

  it('T goes before U, U stands in for T', () => {
    expect(
      sumsOf(bank('D2026-01-05', 'U-99999999.99', 'T-10.00', '^', 'D2026-01-05', 'U-7.00', '^')),
    ).toEqual([-1000, -700])
  })

  it('decimals follow the given currency', () => {
    expect(sumsOf(bank(...entry('2026-01-05', '1.234')), { currency: 'KWD' })).toEqual([1234])
    expect(codesOf(readQif(bank(...entry('2026-01-05', '1.50')), { currency: 'JPY' }))).toContain(
      'amount.precision',
    )
  })

  it('two sums in one entry are not chosen between', () => {
    const preview = readQif(bank('D2026-01-05', 'T1.00', 'T2.00', '^'), named)
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toContain('record.unreadable')
  })
})

describe('splits', () => {
  const split = (...sums: string[]) =>
    entry('2026-01-05', '-10.00', ...sums.flatMap((sum) => ['SFood', 'D1/10/2020', 'E50%', `$${sum}`]))

  it('stay one line, whose sum they must give', () => {
    const preview = readQif(bank(...split('-4.00', '-6.00')), named)
    expect(onlyLine(preview)).toMatchObject({ amountMinor: -1000, bankDay: '2026-01-05' })
    expect(codesOf(preview)).toEqual(['balance.missing'])
  })

  it.each([[['-4.00', '-5.00']], [['-4.00', '=6.00']]])('that do not are told: %s', (sums) => {
    const preview = readQif(bank(...split(...sums)), named)
    expect(onlyLine(preview).amountMinor).toBe(-1000)
    expect(codesOf(preview)).toContain('split.sum')
  })
})

describe('ends', () => {
  it('an entry without its mark ends where the next day begins', () => {
    const preview = readQif(bank('D2026-01-05', 'T1.00', '', 'D2026-01-06', 'T2.00', '^'), named)
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual([100, 200])
    expect(codesOf(preview)).toContain('document.cut')
  })

  it('the last mark may be missing', () => {
    const preview = readQif(bank('D2026-01-05', 'T1.00'), named)
    expect(onlyLine(preview).amountMinor).toBe(100)
    expect(preview.issues).toContainEqual(expect.objectContaining({ code: 'document.cut', weight: 'note' }))
  })

  it('a file that ends within a sum has lost it', () => {
    const preview = read('!Type:Bank\nD2026-01-05\nPShop\nT-10', 'utf-8', { format: 'qif' })
    expect(linesOf(preview)).toEqual([])
    expect(preview.issues).toContainEqual(
      expect.objectContaining({ code: 'document.cut', weight: 'problem' }),
    )
  })

  it('an entry beyond a megabyte is refused', () => {
    const rows = bank(
      'D2026-01-05',
      ...Array.from({ length: 1100 }, () => `M${'x'.repeat(1000)}`),
      'T1.00',
      '^',
    )
    expect(refusal(() => readQif(rows))).toEqual({ code: 'statement.recordTooLong', line: 2, limitKb: 1024 })
  })
})

describe('any file', () => {
  const rows = bank(
    ...entry('01/02/26', '-1,234.50', 'PКофе', 'Mдва'),
    ...entry('13/02/26', '2.00', 'SFood', '$2.00'),
    ...entry('14/02/26', '3', 'L[Spar]'),
  )

  it.each(['\r\n', '\n', '\r'])('reads the same with line ends %j', (end) => {
    expect(linesOf(readQif(rows, named, end)).map((line) => [line.bankDay, line.amountMinor])).toEqual([
      ['2026-02-01', -123_450],
      ['2026-02-13', 200],
      ['2026-02-14', 300],
    ])
  })

  it('has its byte order mark dropped', () => {
    const preview = read(`\ufeff${rows.join('\n')}`)
    expect(preview.format).toBe('qif')
    expect(linesOf(preview)).toHaveLength(3)
  })

  it('reads the same however it is cut into chunks', () => {
    for (const encoding of ['utf-8', 'windows-1251'] as const) {
      const bytes = bytesOf(rows.join('\r\n'), encoding)
      const choice = { format: 'qif', encoding, given: named } as const
      const whole = inspectStatement(bytes, choice)
      expect(linesOf(whole)).toHaveLength(3)
      for (let at = 1; at < bytes.length; at += 1)
        expect(inspectStatement([bytes.subarray(0, at), bytes.subarray(at)], choice)).toEqual(whole)
    }
  })

  it('has the bytes of each line at its place', () => {
    const bytes = bytesOf(rows.join('\r\n'))
    const texts = linesOf(inspectStatement(bytes, { format: 'qif' })).map(({ place }) =>
      new TextDecoder().decode(bytes.subarray(place.from, place.to)),
    )
    expect(texts.map((text) => text.split('\r\n').at(0))).toEqual(['D01/02/26', 'D13/02/26', 'D14/02/26'])
    expect(texts.every((text) => text.endsWith('^'))).toBe(true)
  })

  it('reads back what was written, in either order and with either mark', () => {
    const two = (value: number) => String(value).padStart(2, '0')
    const item = fc.record({
      minor: fc.integer({ min: -(10 ** 11), max: 10 ** 11 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      payee: fc.stringMatching(/^[A-Za-zа-я0-9,.№]{0,20}$/),
      memo: fc.stringMatching(/^[A-Za-zа-я0-9,.№]{0,20}$/),
    })
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), fc.boolean(), fc.boolean(), (items, dayFirst, comma) => {
        const sum = (minor: number) => {
          const whole = String(Math.floor(Math.abs(minor) / 100)).replace(
            /\B(?=(\d{3})+$)/g,
            comma ? '.' : ',',
          )
          return `${minor < 0 ? '-' : ''}${whole}${comma ? ',' : '.'}${two(Math.abs(minor) % 100)}`
        }
        const day = (month: number, date: number) =>
          dayFirst ? `${two(date)}/${two(month)}/26` : `${two(month)}/${two(date)}/26`
        const written = items.flatMap(({ minor, month, day: date, payee, memo }) =>
          entry(day(month, date), sum(minor), `P${payee}`, `M${memo}`),
        )
        const preview = readQif(bank(...written, ...entry(day(1, 31), sum(1))), named)
        expect(
          linesOf(preview).map(({ amountMinor, bankDay, counterparty, purpose }) => [
            amountMinor,
            bankDay,
            counterparty.name,
            purpose,
          ]),
        ).toEqual([
          ...items.map(({ minor, month, day: date, payee, memo }) => [
            minor,
            `2026-${two(month)}-${two(date)}`,
            payee,
            memo,
          ]),
          [1, '2026-01-31', '', ''],
        ])
      }),
    )
  })

  it('never throws anything but a Refusal', () => {
    const letters = fc.stringMatching(/^[!^DTUNPMSE$A/.,'0-9 :a-z\r\n-]{0,80}$/)
    fc.assert(
      fc.property(letters, (text) => {
        try {
          inspectStatement(bytesOf(`!Type:Bank\n${text}`), { format: 'qif' })
        } catch (error) {
          expect(error).toHaveProperty('fault')
        }
      }),
    )
  })
})
