import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GivenFacts } from '../../../../electron/contract/statement-file.ts'
import { inspectStatement } from '../../../../electron/domain/statements/inspect.ts'
import { bytesOf, codesOf, linesOf, onlyLine, read, refusal } from '../text-fixtures.ts'

const own = 'BY34ALFA30122H10700010270000'
const readBy = (rows: string[], given?: GivenFacts) =>
  read(`${rows.join('\r\n')}\r\n`, 'windows-1251', { format: '1c-by', encoding: 'windows-1251', given })
const keys = (pairs: Record<string, string>) =>
  Object.entries(pairs).map(([key, value]) => `^${key}=${value}^`)

interface Parts {
  type?: string
  account?: string
  asked?: Record<string, string>
  head?: Record<string, string>
  documents?: Record<string, string>[]
  foot?: Record<string, string>
}

function rowsOf({ type = '4', account = own, asked, head, documents = [], foot }: Parts): string[] {
  return [
    `***** ^Type=${type}^ ^Acc=${account}^  -  Выписка по счёту за период`,
    '[IN_PARAM]',
    ...keys(asked ?? { DateBegin: '01.06.2026', DateEnd: '30.06.2026', Name: 'ООО "Ромашка"' }),
    '[OUT_PARAM]',
    ...keys(head ?? { DateBegin: '01.06.2026', DateEnd: '30.06.2026', RestIn: '100.00' }),
    ...documents.flatMap(keys),
    ...keys(foot ?? { RestOut: '150.00' }),
    '###################################################',
  ]
}
const readParts = (parts: Parts, given?: GivenFacts) => readBy(rowsOf(parts), given)
const document = (more: Record<string, string> = {}): Record<string, string> => ({
  DocDate: '05.06.2026',
  Num: '362',
  Db: '0.00',
  Credit: '50.00',
  KorName: 'ЗАО "Вектор"',
  Nazn: 'Оплата по счёту №305',
  OpDate: '05.06.2026',
  ...more,
})
const only = (more: Record<string, string>) => onlyLine(readParts({ documents: [document(more)] }))

it('reads account, period, balances and every field of a line', () => {
  const rows = rowsOf({
    documents: [
      document({
        DocDate: '04.06.2026',
        Code: 'ALFABY2X',
        Acc: 'BY24ALFA30120000000000000001',
        OperationID: 'OP1',
        KorUNP: '200000001',
      }),
    ],
    foot: { DB: '0.00', CR: '50.00', RestOut: '150.00' },
  })
  const preview = readBy(rows)
  expect(preview.issues).toEqual([])
  expect(preview.statements).toMatchObject([
    {
      account: own,
      currency: 'BYN',
      owner: 'ООО "Ромашка"',
      from: '2026-06-01',
      to: '2026-06-30',
      openingMinor: 10_000,
      closingMinor: 15_000,
      balanceOffMinor: 0,
    },
  ])
  const before = rows.slice(0, rows.indexOf('^DocDate=04.06.2026^')).join('\r\n').length + 2
  const whole = rows.slice(0, rows.indexOf('^DB=0.00^')).join('\r\n').length
  expect(onlyLine(preview)).toEqual({
    index: 0,
    bankDay: '2026-06-05',
    valueDay: null,
    amountMinor: 5000,
    currency: 'BYN',
    counterparty: {
      name: 'ЗАО "Вектор"',
      taxId: '200000001',
      account: 'BY24ALFA30120000000000000001',
      bankCode: 'ALFABY2X',
    },
    purpose: 'Оплата по счёту №305',
    purposeGlued: null,
    documentNumber: '362',
    documentDay: '2026-06-04',
    bankReference: 'OP1',
    reversal: false,
    booked: true,
    place: { line: 10, from: before, to: whole },
  })
})

it('is found by its first line and its letters', () => {
  const preview = inspectStatement(bytesOf(rowsOf({ documents: [document()] }).join('\n'), 'windows-1251'))
  expect(preview).toMatchObject({ format: '1c-by', encoding: 'windows-1251' })
  expect(linesOf(preview)).toHaveLength(1)
})

describe('documents', () => {
  it('document numbers repeat, the operation’s number does not', () => {
    const documents = [
      document({ OperationID: 'OP1' }),
      document({ OperationID: 'OP2' }),
      document({ DocID: '77' }),
    ]
    expect(
      linesOf(readParts({ documents })).map((line) => [line.documentNumber, line.bankReference]),
    ).toEqual([
      ['362', 'OP1'],
      ['362', 'OP2'],
      ['362', '77'],
    ])
  })

  it.each([
    [{ Db: '12.30', Credit: '0.00' }, -1230, false],
    [{ Db: '', Credit: '12,30' }, 1230, false],
    [{ Db: '-12.30', Credit: '0.00' }, 1230, true],
    [{ Db: '0.00', Credit: '-12.30' }, -1230, true],
    [{ Db: '0.00', Credit: '0.00' }, 0, false],
  ])('sums: %j', (sums, amountMinor, reversal) => {
    expect(only(sums)).toMatchObject({ amountMinor, reversal })
  })

  it.each([
    [{ Db: '', Credit: '' }, 'amount.missing'],
    [{ Db: '0.00', Credit: '' }, 'amount.missing'],
    [{ Db: '', Credit: '', Amount: '5.00' }, 'direction.unknown'],
    [{ Db: '1.00', Credit: '2.00' }, 'direction.unknown'],
    [{ Db: 'x', Credit: '2.00' }, 'amount.unreadable'],
    [{ Db: '0', Credit: '2.005' }, 'amount.precision'],
    [{ OpDate: '', DocDate: '31.06.2026' }, 'date.impossible'],
    [{ OpDate: '', DocDate: '' }, 'date.missing'],
  ])('are not guessed: %j', (more, code) => {
    const preview = readParts({ documents: [document(more)] })
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toContain(code)
  })

  it.each([
    ['190000021', '190000021'],
    ['UNP platelshchika:190000021', '190000021'],
    ['УНП корреспондента:INN7701234567.KPP770101001', '7701234567'],
    ['УНП корреспондента:INN0000000000.KPP000000000', ''],
    [' ', ''],
  ])('tax number out of %s', (text, taxId) => {
    expect(only({ UNNKorr: text }).counterparty.taxId).toBe(taxId)
  })

  it('begin with whichever of their keys comes first', () => {
    const turned = (number: string) => ({
      Num: number,
      DocDate: '05.06.2026',
      Db: '0.00',
      Credit: `${number}.00`,
    })
    const lines = linesOf(readParts({ documents: [turned('1'), turned('2'), turned('3')] }))
    expect(lines.map((line) => [line.documentNumber, line.amountMinor])).toEqual([
      ['1', 100],
      ['2', 200],
      ['3', 300],
    ])
  })

  it('begin with the day where a number stands in the head', () => {
    const head = { RestIn: '100.00', Num: '77' }
    const documents = [document({ Num: '1' }), document({ Num: '2' }), document({ Num: '3' })]
    const preview = readParts({ head, documents, foot: { RestOut: '250.00' } })
    expect(
      linesOf(preview)
        .map((line) => line.documentNumber)
        .slice(1),
    ).toEqual(['2', '3'])
    expect(preview.statements).toMatchObject([{ balanceOffMinor: 0 }])
  })

  it('a code that is no bank is none', () => {
    expect(only({ Code: '156' }).counterparty.bankCode).toBe('')
    expect(only({ Cod: 'PJCBBY2X' }).counterparty.bankCode).toBe('PJCBBY2X')
  })

  it('a purpose that was full goes on within the word, a short one with a blank', () => {
    const long = `Оплата ${'а'.repeat(220)}00`
    expect(only({ Nazn: long, Nazn2: '001 от 01.01.2020' })).toMatchObject({
      purpose: `${long}001 от 01.01.2020`,
      purposeGlued: null,
    })
    expect(only({ Nazn: 'Оплата', Nazn2: 'счёта' })).toMatchObject({
      purpose: 'Оплата счёта',
      purposeGlued: 'Оплатасчёта',
    })
  })

  it('a value goes on over lines until its caret, and may hold an equals sign', () => {
    expect(only({ Nazn: 'Оплата\r\nx=1\r\nпо счёту' }).purpose).toBe('Оплата\nx=1\nпо счёту')
  })

  it('are dated by the bank, and by the document where the bank’s time lies outside the period', () => {
    expect(only({ DocDate: '04.06.2026', OpDate: '05.06.2026 10:19:04' })).toMatchObject({
      bankDay: '2026-06-05',
      documentDay: '2026-06-04',
    })
    expect(only({ DocDate: '05.06.2026', OpDate: '31.05.2026 23:12:03' }).bankDay).toBe('2026-06-05')
    expect(only({ DocDate: '05/06/2026', OpDate: '' }).bankDay).toBe('2026-06-05')
  })

  it('beyond a megabyte are refused', () => {
    const rows = rowsOf({ documents: [document()] })
    rows.splice(12, 0, ...Array.from({ length: 1100 }, (_, at) => `^X${at}=${'x'.repeat(1000)}^`))
    expect(refusal(() => readBy(rows))).toMatchObject({ code: 'statement.recordTooLong', limitKb: 1024 })
  })
})

describe('accounts in another currency', () => {
  const foreign = (more: Record<string, string>) => ({
    DocDate: '05.06.2026',
    Num: '8',
    DebQ: '0.00',
    CreQ: '0.00',
    Deb: '0.00',
    Cre: '0.00',
    ...more,
  })
  const inRate = {
    I1: '643',
    InRate: '3.742400/100',
    InDebQ: '0.00',
    InCreQ: '1000.00',
    InDeb: '0.00',
    InCre: '37.42',
  }
  const head = { DateBegin: '01.06.2026', DateEnd: '30.06.2026' }

  it.each(['5', '600'])('type %s has its own sums under Q and their worth in roubles beside', (type) => {
    const preview = readParts({
      type,
      head: { ...head, ...inRate },
      documents: [foreign({ CreQ: '500.00', Cre: '18.71' }), foreign({ DebQ: '200.00', Deb: '7.48' })],
      foot: {
        DebVQ: '200.00',
        CreVQ: '500.00',
        DebV: '7.48',
        CreV: '18.71',
        OutDebQ: '0.00',
        OutCreQ: '1300.00',
        OutCre: '48.65',
      },
    })
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([
      { currency: 'RUB', openingMinor: 100_000, closingMinor: 130_000, balanceOffMinor: 0 },
    ])
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual([50_000, -20_000])
  })

  it('type 6 has them the other way round', () => {
    const preview = readParts({
      type: '6',
      head: { ...head, RestIn: '3300.00', RestInQ: '9591.78', I1: '840' },
      documents: [foreign({ DebQ: '8.25' }), foreign({ DebQ: '1619.86', Deb: '560.00' })],
      foot: {
        DebV: '560.00',
        CreV: '0.00',
        DebVQ: '1628.11',
        CreVQ: '0.00',
        RestOut: '2740.00',
        RestOutQ: '7963.67',
      },
    })
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([
      { currency: 'USD', openingMinor: 330_000, closingMinor: 274_000, balanceOffMinor: 0 },
    ])
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual([0, -56_000])
  })

  it('the rate shows which is which, whatever the type', () => {
    const turned = { InRate: '3.742400/100', InCreQ: '37.42', InCre: '1000.00' }
    const preview = readParts({
      type: '5',
      head: { ...head, ...turned, I1: 'RUB' },
      documents: [foreign({ CreQ: '18.71', Cre: '500.00' })],
      foot: { OutCre: '1500.00' },
    })
    expect(linesOf(preview).map((line) => line.amountMinor)).toEqual([50_000])
    expect(preview.statements).toMatchObject([{ balanceOffMinor: 0 }])
  })

  it('the worth in roubles alone is never the sum', () => {
    const preview = readParts({
      type: '5',
      head: { ...head, ...inRate },
      documents: [{ DocDate: '05.06.2026', Num: '1', Cre: '18.71' }],
      foot: {},
    })
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toContain('amount.missing')
  })

  it('the keys of roubles hold the account’s own sums where there are no others', () => {
    const preview = readParts({ asked: { CurrCode: '978' }, documents: [document()] })
    expect(onlyLine(preview)).toMatchObject({ amountMinor: 5000, currency: 'EUR' })
  })
})

describe('currency', () => {
  const currencyOf = (parts: Parts, given?: GivenFacts) =>
    readParts({ documents: [document()], ...parts }, given).statements[0]?.currency

  it.each([
    ['933', 'BYN'],
    ['840', 'USD'],
    ['978', 'EUR'],
    ['643', 'RUB'],
    ['156', 'CNY'],
    ['PLN', 'PLN'],
  ])('%s is %s', (code, currency) => {
    expect(currencyOf({ head: { CurrCode: code } })).toBe(currency)
    expect(currencyOf({ head: { I1: code } })).toBe(currency)
    expect(currencyOf({ asked: { CurrCode: code }, head: {} })).toBe(currency)
  })

  it('stands behind the account in the head of some', () => {
    expect(currencyOf({ head: { Header4: `Счет клиента*************** ${own} USD Пассивный` } })).toBe('USD')
    expect(currencyOf({ head: { Header4: `Счет клиента ${own} 643 Пассивный` } })).toBe('RUB')
    expect(currencyOf({ head: { Header4: `Счет клиента ${own} Пассивный` } })).toBe('BYN')
  })

  it('is the rouble for a Belarusian account that names none, unless a person says otherwise', () => {
    expect(currencyOf({ account: '3013212016013' })).toBe('BYN')
    expect(currencyOf({}, { currency: 'EUR' })).toBe('EUR')
  })

  it('is told where nothing tells it', () => {
    const preview = readParts({ account: 'KZ34ALFA30122H10700010270000', documents: [document()] })
    expect(preview.statements).toMatchObject([{ currency: 'XXX' }])
    expect(codesOf(preview)).toContain('currency.absent')
    const unknown = readParts({ head: { CurrCode: '000' }, documents: [document()] })
    expect(codesOf(unknown)).toContain('currency.unknown')
  })
})

describe('balances', () => {
  it.each<[Record<string, string>, Record<string, string>, number, number]>([
    [{ RestIn: '100.00' }, { RestOut: '150.00' }, 10_000, 15_000],
    [{ DebIn: '0.00', CrIn: '100.00' }, { DebOut: '0.00', CrOut: '150.00' }, 10_000, 15_000],
    [{ DebIn: '100.00', CrIn: '0.00' }, { DebOut: '50.00', CrOut: '0.00' }, -10_000, -5000],
    [{ RestIn: '-100.00' }, { RestOut: '-50.00' }, -10_000, -5000],
    [{ InDeb: '0.00', InCre: '1.00' }, { OutDeb: '0.00', OutCre: '51.00' }, 100, 5100],
  ])('%j to %j', (head, foot, openingMinor, closingMinor) => {
    const preview = readParts({ head, foot, documents: [document()] })
    expect(preview.statements).toMatchObject([{ openingMinor, closingMinor, balanceOffMinor: 0 }])
    expect(preview.issues).toEqual([])
  })

  it('that are off, missing or unreadable are told, and turnovers that differ', () => {
    expect(codesOf(readParts({ documents: [document(), document()] }))).toEqual(['balance.off'])
    expect(codesOf(readParts({ head: {}, documents: [document()] }))).toEqual(['balance.missing'])
    expect(codesOf(readParts({ head: { RestIn: 'x' }, documents: [] }))).toContain('balance.unreadable')
    expect(
      codesOf(readParts({ documents: [document()], foot: { DB: '1.00', CR: '50.00', RestOut: '150.00' } })),
    ).toEqual(['declared.total'])
  })

  it('the foot’s DB and CR are not the document’s Db', () => {
    const preview = readParts({
      documents: [document()],
      foot: { DB: '0.00', CR: '50.00', RestOut: '150.00' },
    })
    expect(onlyLine(preview).amountMinor).toBe(5000)
  })

  it('a statement without documents stands', () => {
    expect(readParts({ foot: { RestOut: '100.00' } }).statements).toMatchObject([
      { balanceOffMinor: 0, lines: [] },
    ])
  })
})

describe('files', () => {
  it('may hold several statements', () => {
    const other = 'BY24ALFA30120000000000000001'
    const preview = readBy([
      ...rowsOf({ documents: [document()] }),
      ...rowsOf({
        account: other,
        documents: [document(), document({ Num: '9' })],
        foot: { RestOut: '200.00' },
      }),
    ])
    expect(
      preview.statements.map(({ account, lines, balanceOffMinor }) => [
        account,
        lines.length,
        balanceOffMinor,
      ]),
    ).toEqual([
      [own, 1, 0],
      [other, 2, 0],
    ])
  })

  it('owner and account may stand in the head only', () => {
    const head = {
      Header11: 'Наименование*************** ООО "ТЕСТ"',
      Header1: `ВЫПИСКА ПО СЧЕТУ ${own} С 28.09.2023 ПО 29.09.2023`,
      RestIn: '1',
    }
    expect(
      readParts({ account: '', asked: { Date1: '28.09.2023' }, head, foot: { RestOut: '1' } }).statements,
    ).toMatchObject([{ account: own, owner: 'ООО "ТЕСТ"', from: '2023-09-28', to: '2023-09-29' }])
  })

  it('with a question only are of the other direction', () => {
    expect(refusal(() => readBy([`***** ^Type=1^ ^Acc=${own}^`, '[IN_PARAM]', '^Num=1^']))).toEqual({
      code: 'statement.otherDirection',
    })
  })

  it('without a statement are refused', () => {
    expect(refusal(() => readBy(['nothing']))).toEqual({ code: 'statement.noAccount' })
  })

  it('that break off within a document lose it and say so', () => {
    const rows = rowsOf({ documents: [document({ Num: '1' }), document({ Num: '2' })] })
    const text = rows.join('\r\n')
    const cut = text.slice(0, text.lastIndexOf('^Credit=50.00^') + '^Credit=5'.length)
    const preview = read(cut, 'windows-1251', { format: '1c-by', encoding: 'windows-1251' })
    expect(linesOf(preview).map((line) => line.documentNumber)).toEqual(['1'])
    expect(codesOf(preview)).toEqual(['document.cut', 'balance.missing', 'file.cut'])
  })

  it('that break off within a balance do not state it', () => {
    const text = rowsOf({ documents: [document()] }).join('\r\n')
    const cut = text.slice(0, text.indexOf('^RestOut=150.00^') + '^RestOut=15'.length)
    const preview = read(cut, 'windows-1251', { format: '1c-by', encoding: 'windows-1251' })
    expect(preview.statements).toMatchObject([{ closingMinor: null }])
    expect(linesOf(preview)).toHaveLength(1)
    expect(codesOf(preview)).toEqual(['balance.missing', 'file.cut'])
  })

  it('that end after the foot without its line of signs are whole', () => {
    const rows = rowsOf({ documents: [document()] }).slice(0, -1)
    expect(codesOf(readBy(rows))).toEqual([])
  })

  const item = fc.record({
    minor: fc.integer({ min: 0, max: 10 ** 12 }),
    out: fc.boolean(),
    day: fc.integer({ min: 1, max: 30 }),
    purpose: fc.stringMatching(/^[а-яА-Я0-9№"(),.=]{0,40}$/),
    number: fc.stringMatching(/^[0-9]{1,6}$/),
  })
  const decimal = (minor: number) =>
    `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`

  it('are read back as they were written, and their balances add up', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const sum = items.reduce((total, { minor, out }) => total + (out ? -minor : minor), 0)
        const documents = items.map(({ minor, out, day, purpose, number }) =>
          document({
            Num: number,
            Db: out ? decimal(minor) : '0.00',
            Credit: out ? '0.00' : decimal(minor),
            Nazn: purpose,
            OpDate: `${String(day).padStart(2, '0')}.06.2026`,
          }),
        )
        const preview = readParts({ head: { RestIn: '0.00' }, documents, foot: { RestOut: decimal(sum) } })
        expect(preview.statements).toMatchObject([{ balanceOffMinor: 0 }])
        expect(
          linesOf(preview).map((line) => [line.amountMinor, line.bankDay, line.purpose, line.documentNumber]),
        ).toEqual(
          items.map(({ minor, out, day, purpose, number }) => [
            out && minor > 0 ? -minor : minor,
            `2026-06-${String(day).padStart(2, '0')}`,
            purpose,
            number,
          ]),
        )
      }),
    )
  })

  it('are read the same however they are cut into chunks', () => {
    const text = rowsOf({ documents: [document({ Nazn: 'Оплата\r\nдва' }), document({ Num: '2' })] }).join(
      '\r\n',
    )
    for (const encoding of ['utf-8', 'windows-1251'] as const) {
      const bytes = bytesOf(text, encoding)
      const choice = { format: '1c-by', encoding } as const
      const whole = inspectStatement(bytes, choice)
      expect(linesOf(whole)).toHaveLength(2)
      for (let at = 1; at < bytes.length; at += 1)
        expect(inspectStatement([bytes.subarray(0, at), bytes.subarray(at)], choice)).toEqual(whole)
    }
  })

  it('throw nothing but a Refusal, whatever they hold', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '[OUT_PARAM]\n',
        '^DocDate=',
        '05.06.2026^\n',
        '^Db=1',
        '^\n',
        '^CreQ=5^\n',
        '^InRate=1/0^\n',
        '^RestIn=',
        '***** ^Type=6^ ^Acc=^\n',
        '#####\n',
        '^',
        '=',
        '\n',
        'я',
      ),
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          inspectStatement(bytesOf(`***** ^Type=4^ ^Acc=${own}^\n${parts.join('')}`), { format: '1c-by' })
        } catch (error) {
          expect(error).toHaveProperty('fault')
        }
      }),
    )
  })
})
