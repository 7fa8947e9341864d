import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ColumnMapping } from '../../../../electron/contract/statement-file.ts'
import { createCsvReader } from '../../../../electron/domain/statements/table/csv.ts'
import type { Collected } from './table-collect.ts'
import { bytesAt, readAll, readCut, refusalOf } from './table-collect.ts'

const read = (text: string): Collected => readAll(createCsvReader, text)
const codes = (collected: Collected): string[] =>
  collected.issues.map((issue) => `${issue.code} ${issue.weight}`)
const sums = (collected: Collected): number[] => collected.lines.map((line) => line.amountMinor)
const mapped = (text: string, mapping: Record<string, unknown>): Collected =>
  readAll(createCsvReader, text, {
    mapping: ColumnMapping.parse({
      delimiter: ';',
      skipRows: 1,
      dateOrder: 'dmy',
      decimalMark: ',',
      account: '1',
      currency: 'EUR',
      ...mapping,
      columns: { bankDay: 0, amount: 1, ...(mapping['columns'] as object | undefined) },
    }),
  })

describe('a CSV statement', () => {
  it('gives head and lines', () => {
    const collected = read(
      'Счёт;40702810900000000001\n' +
        'Дата операции;Дата валютирования;Номер документа;Сумма;Контрагент;ИНН контрагента;Счёт контрагента;БИК банка;Назначение платежа;ID операции;Остаток\n' +
        '05.03.2026;06.03.2026;="000123";"1 250,00";"ООО ""Лютик""";7702000000;40702 810 0 0000 0000002;044525225;"Оплата по счёту\r\n77";OP-1;2 250,00\n' +
        '07.03.2026;;124;-250,00;;;;;;;2 000,00\n',
    )
    expect(collected.issues).toEqual([])
    expect(collected.statements).toHaveLength(1)
    expect(collected.statements[0]?.head).toEqual({
      account: '40702810900000000001',
      currency: 'RUB',
      owner: '',
      from: '2026-03-05',
      to: '2026-03-07',
      openingMinor: 100000,
      closingMinor: 200000,
    })
    expect(collected.lines[0]).toMatchObject({
      bankDay: '2026-03-05',
      valueDay: '2026-03-06',
      amountMinor: 125000,
      currency: 'RUB',
      counterparty: {
        name: 'ООО "Лютик"',
        taxId: '7702000000',
        account: '40702810000000000002',
        bankCode: '044525225',
      },
      purpose: 'Оплата по счёту 77',
      purposeGlued: 'Оплата по счёту77',
      documentNumber: '000123',
      documentDay: null,
      bankReference: 'OP-1',
      reversal: false,
      booked: true,
    })
    expect(collected.lines[1]).toMatchObject({
      valueDay: null,
      amountMinor: -25000,
      purpose: '',
      purposeGlued: null,
    })
  })

  it('without lines still is a statement', () => {
    const collected = read('Дата;Сумма (RUB);Счёт\n')
    expect(collected.lines).toEqual([])
    expect(collected.statements).toHaveLength(1)
    expect(codes(collected)).toEqual(['account.missing problem'])
  })

  it('in windows-1251 and in UTF-16 is read with its places', () => {
    const text = 'Дата;Сумма (RUB);Назначение\n13.03.2026;-1,0;Ромашка\n'
    const cp1251 = Uint8Array.from([...text], (char) =>
      char >= 'А' && char <= 'я' ? char.charCodeAt(0) - 0x350 : char.charCodeAt(0),
    )
    const single = readAll(createCsvReader, cp1251, { encoding: 'windows-1251' })
    expect(single.lines[0]).toMatchObject({ purpose: 'Ромашка', place: { line: 2, from: 28, to: 51 } })
    const utf16 = new Uint8Array(
      new Uint16Array([...`\uFEFF${text}`].map((char) => char.charCodeAt(0))).buffer,
    )
    const wide = readAll(createCsvReader, utf16, { encoding: 'utf-16le' }, 7)
    expect(wide.lines[0]).toMatchObject({ purpose: 'Ромашка', place: { line: 2, from: 58, to: 104 } })
  })
})

describe('a mapping', () => {
  it('that nobody gave and the file does not settle is asked for', () => {
    expect(refusalOf(() => read('Date,Amount\n02/03/2026,1.00\n'))).toEqual({
      code: 'statement.mappingNeeded',
    })
    expect(refusalOf(() => read('a;b;c\n1;2;3\n'))).toEqual({ code: 'statement.mappingNeeded' })
  })

  it('outranks what the file looks like', () => {
    const text = 'Date;Amount\n02/03/2026;1,00\n'
    expect(mapped(text, { dateOrder: 'mdy' }).lines[0]?.bankDay).toBe('2026-02-03')
    expect(mapped(text, { dateOrder: 'dmy', invertSign: true }).lines[0]).toMatchObject({
      bankDay: '2026-03-02',
      amountMinor: -100,
    })
    expect(mapped(text, {}).statements[0]?.head).toMatchObject({ account: '1', currency: 'EUR' })
  })
})

describe('signs', () => {
  const two = { columns: { amount: undefined, credit: 1, debit: 2 } }

  it('come from two columns, whose debits may be written plain or with a minus', () => {
    expect(sums(mapped('d;c;d\n1.3.2026;5,00;\n1.3.2026;;7,00\n1.3.2026;0,00;8,00\n', two))).toEqual([
      500, -700, -800,
    ])
    expect(sums(mapped('d;c;d\n1.3.2026;;-7,00\n1.3.2026;5,00;0,00\n', two))).toEqual([-700, 500])
  })

  it('of a storno in the debit column give the money back', () => {
    expect(sums(mapped('d;c;d\n1.3.2026;;7,00\n1.3.2026;;-7,00\n', two))).toEqual([-700, 700])
  })

  it('that both columns claim are an issue, and so is neither', () => {
    const collected = mapped('d;c;d\n1.3.2026;5,00;7,00\n1.3.2026;;\n', two)
    expect(collected.lines).toEqual([])
    expect(codes(collected)).toEqual(['direction.unknown problem', 'amount.missing problem'])
  })

  const flag = { columns: { direction: 2 } }

  it('come from a direction column, by known words or by those the mapping names', () => {
    expect(
      sums(mapped('d;a;t\n1.3.2026;5,00;Кредит\n1.3.2026;7,00;Дебет\n1.3.2026;-8,00;DBIT\n', flag)),
    ).toEqual([500, -700, -800])
    expect(
      sums(mapped('d;a;t\n1.3.2026;5,00;Пришло\n1.3.2026;7,00;Ушло\n', { ...flag, creditWords: ['пришло'] })),
    ).toEqual([500, -700])
  })

  it('that no word tells, or a word and a minus dispute, are issues', () => {
    const collected = mapped('d;a;t\n1.3.2026;5,00;?\n1.3.2026;5,00;\n1.3.2026;-5,00;credit\n', flag)
    expect(collected.lines).toEqual([])
    expect(codes(collected)).toEqual([
      'direction.unknown problem',
      'direction.unknown problem',
      'direction.unknown problem',
    ])
  })
})

describe('rows that are no lines', () => {
  it('are passed over when blank, a total or a balance', () => {
    const collected = mapped('d;a\n\n;\n1.3.2026;5,00\nИтого;5,00\nВсего операций: 1;\n\u001a', {})
    expect(sums(collected)).toEqual([500])
    expect(collected.issues).toEqual([])
  })

  it('are noted when they are sentences', () => {
    const collected = mapped('d;a\n1.3.2026;5,00\nСформировано 2 марта 2026;\n', {})
    expect(codes(collected)).toEqual(['line.unknown note'])
  })

  it('become issues with their place when a part of a line is there', () => {
    const text = 'd;a\nsoon;5,00\n;5,00\n1.3.2026;5..0\n1.3.2026;\n30.2.2026;5,00\n1.3.2026;5,001\n'
    const collected = mapped(text, {})
    expect(collected.lines).toEqual([])
    expect(codes(collected).slice(0, 6)).toEqual([
      'date.unreadable problem',
      'date.missing problem',
      'amount.unreadable problem',
      'amount.missing problem',
      'date.impossible problem',
      'amount.precision problem',
    ])
    expect(bytesAt(new TextEncoder().encode(text), collected.issues[2]?.place ?? { from: 0, to: 0 })).toBe(
      '1.3.2026;5..0',
    )
    expect(collected.issues[2]).toMatchObject({ text: '1.3.2026;5..0', place: { line: 4 } })
  })

  it('are those that a stray delimiter shifted, or that are cut', () => {
    const text = 'Дата;Назначение;Сумма\n1.3.2026;a;12;5,00\n1.3.2026\n1.3.2026;ok;5,00;;\n'
    const collected = mapped(text, { columns: { amount: 2, purpose: 1 } })
    expect(sums(collected)).toEqual([500])
    expect(codes(collected)).toEqual(['row.width problem', 'row.width problem'])
  })

  it('are dates that contradict the order of the column', () => {
    expect(codes(mapped('d;a\n13/03/2026;1,00\n03/13/2026;1,00\n', {}))).toEqual(['date.impossible problem'])
  })
})

describe('a printed statement saved as a table', () => {
  it('with two header rows and a footer proves its balances', () => {
    const collected = read(
      'ВЫПИСКА ОПЕРАЦИЙ ПО ЛИЦЕВОМУ СЧЕТУ;;40702810900000000001;;;;;\n;;;;;;;\n' +
        'Дата проводки;Счет;;Сумма по дебету;Сумма по кредиту;№ документа;Банк (БИК и наименование);Назначение платежа\n' +
        ';Дебет;Кредит;;;;;\n' +
        '02.03.2026;"40702810900000000001\nООО ""РОМАШКА""";"40702810000000000002\nООО ""ЛЮТИК""";1 250,00;;12;БИК 044525225;Оплата по счету 77\n' +
        '03.03.2026;"40702810000000000002\nООО ""ЛЮТИК""";"40702810900000000001\nООО ""РОМАШКА""";;5 000,00;13;БИК 044525225;Возврат\n' +
        'б/с 40702;;;Дебет;Кредит;Итого;;\nКоличество операций;;;1;1;2;;\nВходящий остаток;;;;10 000,00;;;\n' +
        'Итого оборотов;;;1 250,00;5 000,00;;;\nИсходящий остаток;;;;13 750,00;;;\n',
    )
    expect(sums(collected)).toEqual([-125000, 500000])
    expect(collected.statements[0]?.head).toMatchObject({
      account: '40702810900000000001',
      currency: 'RUB',
      openingMinor: 1000000,
      closingMinor: 1375000,
    })
    expect(codes(collected)).toEqual(['line.unknown note'])
    expect(collected.lines.map((line) => line.counterparty)).toEqual([
      { name: 'ООО "ЛЮТИК"', taxId: '', account: '40702810000000000002', bankCode: '044525225' },
      { name: 'ООО "ЛЮТИК"', taxId: '', account: '40702810000000000002', bankCode: '044525225' },
    ])
  })

  it('with its facts above the header', () => {
    const collected = read(
      'Номер счета,KZ12722S000001234567,,\nВалюта счета,KZT,,\nВходящий остаток,"1 000 000,00",,\n' +
        'Дата,Дебет,Кредит,Назначение платежа\n2026-03-05,,"45 000,00",Оплата №77\n2026-03-06,"5 000,00",,аренда\n' +
        'Итого,"5 000,00","45 000,00",\nИсходящий остаток,"1 040 000,00",,\n',
    )
    expect(sums(collected)).toEqual([4500000, -500000])
    expect(collected.issues).toEqual([])
    expect(collected.statements[0]?.head).toMatchObject({
      account: 'KZ12722S000001234567',
      currency: 'KZT',
      openingMinor: 100000000,
      closingMinor: 104000000,
    })
  })
})

describe('rows that came to nothing', () => {
  it('by a status column are not booked, noted, and leave the balances alone', () => {
    const text =
      'Date;Amount;Status;Balance\n1.3.2026;5,00;COMPLETED;15,00\n1.3.2026;90,00;PENDING;\n2.3.2026;7,00;FAILED;\n2.3.2026;-3,00;Исполнена;12,00\n'
    const collected = mapped(text, { columns: { balance: 3 } })
    // What is pending may still happen; what failed never did, and is no line.
    expect(collected.lines.map((line) => line.booked)).toEqual([true, false, true])
    expect(codes(collected)).toEqual(['entry.pending note', 'document.unexecuted note'])
    expect(collected.statements[0]?.head).toMatchObject({ openingMinor: 1000, closingMinor: 1200 })
  })
})

describe('dated balances', () => {
  it('are no lines when their label stands alone', () => {
    const text =
      'Дата;Описание;Сумма\n1.3.2026;Входящий остаток;10,00\n1.3.2026;Оплата за остаток на начало работ;5,00\n2.3.2026;Исходящий остаток на 02.03.2026:;15,00\n'
    const collected = mapped(text, { columns: { amount: 2, purpose: 1 } })
    expect(sums(collected)).toEqual([500])
    expect(collected.statements[0]?.head).toMatchObject({ openingMinor: 1000, closingMinor: 1500 })
  })
})

describe('the other side', () => {
  it('is never our own account', () => {
    const text = 'Дата;Сумма;Счёт\n1.3.2026;5,00;40702 1\n1.3.2026;5,00;40702 2\n'
    const collected = mapped(text, { account: '407021', columns: { counterpartyAccount: 2 } })
    expect(collected.lines.map((line) => line.counterparty.account)).toEqual(['', '407022'])
  })
})

describe('payer and payee beside each other', () => {
  const own = '40702810900000000001'
  const rows = (sums: [string, string]) =>
    `Дата;Плательщик;ИНН плательщика;Счёт плательщика;Получатель;ИНН получателя;Счёт получателя;Сумма\n` +
    `13.03.2026;Мы;1;${own};Лютик;2;40702810000000000002;${sums[0]}\n14.03.2026;Роза;3;40702810000000000003;Мы;1;${own};${sums[1]}\n`

  it('give the counterparty by the direction, and our account by being in every row', () => {
    const collected = read(rows(['5,00', '7,00']))
    expect(sums(collected)).toEqual([-500, 700])
    expect(collected.lines.map((line) => line.counterparty)).toEqual([
      { name: 'Лютик', taxId: '2', account: '40702810000000000002', bankCode: '' },
      { name: 'Роза', taxId: '3', account: '40702810000000000003', bankCode: '' },
    ])
    expect(collected.statements[0]?.head).toMatchObject({ account: own, currency: 'RUB' })
    expect(sums(read(rows(['-5,00', '7,00'])))).toEqual([-500, 700])
  })

  it('are an issue where the minus and the side dispute', () => {
    const collected = read(rows(['-5,00', '-7,00']))
    expect(sums(collected)).toEqual([-500])
    expect(codes(collected)).toEqual(['direction.unknown problem'])
  })

  it('without an account in every row leave the signs to a person', () => {
    const text = rows(['5,00', '7,00']).replaceAll(own, '')
    expect(refusalOf(() => read(text))).toEqual({ code: 'statement.mappingNeeded' })
  })
})

describe('account and currency', () => {
  it('may change from row to row', () => {
    const collected = mapped(
      'd;a;acc;c\n1.3.2026;1,00;A 1;EUR\n1.3.2026;2,00;A1;USD\n1.3.2026;3,00;B;USD\n',
      { columns: { account: 2, currency: 3 } },
    )
    expect(
      collected.statements.map(({ head, lines }) => [head?.account, head?.currency, lines.length]),
    ).toEqual([
      ['A1', 'EUR', 1],
      ['A1', 'USD', 1],
      ['B', 'USD', 1],
    ])
  })

  it('may come from the amount, the rows above, or the account number', () => {
    expect(mapped('d;a\n1.3.2026;1,00 USD\n', {}).lines[0]?.currency).toBe('USD')
    const above = mapped('Счёт 40702978900000000001;\nd;a\n1.3.2026;1,00\n', {
      skipRows: 2,
      account: '',
      currency: undefined,
    })
    expect(above.statements[0]?.head).toMatchObject({ account: '40702978900000000001', currency: 'EUR' })
  })

  it('that change make balances around the lines nobody knows whose', () => {
    const text = 'Входящий остаток;10,00\nd;a;acc\n1.3.2026;1,00;A1\n1.3.2026;2,00;B2\n'
    const collected = mapped(text, { skipRows: 2, columns: { account: 2 } })
    expect(collected.statements.map(({ head }) => head?.openingMinor)).toEqual([null, null])
  })

  it('that a person said count where the table is silent, and the mapping and the row outrank them', () => {
    const text = 'd;a;c\n1.3.2026;1,00;\n1.3.2026;2,00;USD\n'
    const given = { account: '40702 1', currency: 'KZT' }
    const mapping = (more: Record<string, unknown>) =>
      ColumnMapping.parse({
        delimiter: ';',
        skipRows: 1,
        dateOrder: 'dmy',
        decimalMark: ',',
        columns: { bankDay: 0, amount: 1, currency: 2 },
        ...more,
      })
    const heads = (collected: Collected) =>
      collected.statements.map(({ head }) => [head?.account, head?.currency])
    const silent = readAll(createCsvReader, text, { mapping: mapping({}), given })
    expect(heads(silent)).toEqual([
      ['407021', 'KZT'],
      ['407021', 'USD'],
    ])
    expect(silent.issues).toEqual([])
    const told = readAll(createCsvReader, text, {
      mapping: mapping({ account: '2', currency: 'EUR' }),
      given,
    })
    expect(heads(told)).toEqual([
      ['2', 'EUR'],
      ['2', 'USD'],
    ])
  })

  it('and the order of days that a person said make a table certain that leaves them open', () => {
    const text = 'Date,Amount\n02/03/2026,-1.00\n'
    const given = { account: '1', currency: 'USD', dateOrder: 'mdy' as const }
    const collected = readAll(createCsvReader, text, { given })
    expect(collected.lines[0]).toMatchObject({ bankDay: '2026-02-03', currency: 'USD' })
    expect(collected.issues).toEqual([])
    expect(readAll(createCsvReader, 'Date,Amount\n13/03/2026,-1.00\n', { given }).lines[0]?.bankDay).toBe(
      '2026-03-13',
    )
  })

  it('that nothing tells are issues, once each', () => {
    const collected = mapped('d;a\n1.3.2026;1,00\n1.3.2026;2,00\n', { account: '', currency: undefined })
    expect(codes(collected)).toEqual(['account.missing problem', 'currency.absent problem'])
    expect(collected.statements[0]?.head).toMatchObject({ account: '', currency: 'XXX' })
  })
})

describe('balances', () => {
  const withBalance = { columns: { balance: 2 } }
  const ends = (collected: Collected): unknown[] => [
    collected.statements[0]?.head?.openingMinor,
    collected.statements[0]?.head?.closingMinor,
  ]

  it('follow from a column that runs with time, or against it', () => {
    expect(ends(mapped('d;a;b\n1.3.2026;5,00;15,00\n2.3.2026;-3,00;12,00\n', withBalance))).toEqual([
      1000, 1200,
    ])
    expect(ends(mapped('d;a;b\n2.3.2026;-3,00;12,00\n1.3.2026;5,00;15,00\n', withBalance))).toEqual([
      1000, 1200,
    ])
  })

  it('may be printed only here and there', () => {
    expect(
      ends(
        mapped(
          'd;a;b\n1.3.2026;5,00;\n1.3.2026;1,00;16,00\n2.3.2026;-3,00;\n2.3.2026;2,00;15,00\n3.3.2026;1,00;\n',
          withBalance,
        ),
      ),
    ).toEqual([1000, 1600])
    expect(
      ends(
        mapped(
          'd;a;b\n3.3.2026;1,00;\n2.3.2026;2,00;15,00\n2.3.2026;-3,00;\n1.3.2026;1,00;16,00\n1.3.2026;5,00;\n',
          withBalance,
        ),
      ),
    ).toEqual([1000, 1600])
  })

  it('that fit both ways are settled by the days', () => {
    expect(ends(mapped('d;a;b\n1.3.2026;5,00;105,00\n2.3.2026;-5,00;100,00\n', withBalance))).toEqual([
      10000, 10000,
    ])
    expect(ends(mapped('d;a;b\n2.3.2026;5,00;105,00\n1.3.2026;-5,00;100,00\n', withBalance))).toEqual([
      10500, 10500,
    ])
  })

  it('that do not follow prove nothing, and the first gap is noted', () => {
    const collected = mapped(
      'd;a;b\n1.3.2026;5,00;15,00\n2.3.2026;-3,00;13,00\n3.3.2026;1,00;99,00\n',
      withBalance,
    )
    expect(ends(collected)).toEqual([null, null])
    expect(collected.issues.map((issue) => [issue.code, issue.place.line])).toEqual([['balance.off', 3]])
  })

  it('stand above and below the lines too', () => {
    const text = 'Входящий остаток;10,00\nd;a\n1.3.2026;5,00\nИсходящий остаток: 15,00;\n'
    expect(ends(mapped(text, { skipRows: 2 }))).toEqual([1000, 1500])
  })
})

describe('any cut', () => {
  const text =
    '\uFEFFsep=;\r\nСчёт;40702810900000000001\r\nДата;Сумма;Назначение платежа;Остаток\r\n' +
    '05.03.2026;"1 250,00";"ООО ""Лютик""\r\n№ 7 😀";2 250,00\r\n07.03.2026;-250,00;"неэкранированная "кавычка" тут";2 000,00\r\nИтого;1 000,00;;\r\n13.03.2026;x;;\r\n'
  const bytes = new TextEncoder().encode(text)

  it('gives the same statement, places and issues', () => {
    const whole = readAll(createCsvReader, bytes)
    expect(sums(whole)).toEqual([125000, -25000])
    for (const size of [1, 2, 3, 5]) expect(readAll(createCsvReader, bytes, {}, size)).toEqual(whole)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        expect(readCut(createCsvReader, bytes, cuts)).toEqual(whole)
      }),
      { numRuns: 200 },
    )
  })

  it('of a file longer than the head the columns are found in', () => {
    const rows = Array.from({ length: 4000 }, (_, i) => `13.03.2026;-${String(i)},00;строка ${String(i)}`)
    const long = new TextEncoder().encode(`Дата;Сумма (RUB);Назначение\n${rows.join('\n')}`)
    const whole = readAll(createCsvReader, long)
    expect(whole.lines).toHaveLength(4000)
    expect(readAll(createCsvReader, long, {}, 999)).toEqual(whole)
  })
})

describe('written and read back', () => {
  const one = fc.record({
    minor: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
    day: fc.integer({ min: 13, max: 28 }),
    purpose: fc.string({ unit: fc.constantFrom('а', 'Я', 'x', '"', ';', ',', '5', ' '), maxLength: 12 }),
  })

  it('lines are the rows, balances the ends', () => {
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 15 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        (rows, opening) => {
          const decimal = (value: number): string =>
            `${value < 0 ? '-' : ''}${String(Math.floor(Math.abs(value) / 100))},${String(Math.abs(value) % 100).padStart(2, '0')}`
          let balance = opening
          const text = rows.map(({ minor, day, purpose }) => {
            balance += minor
            return [
              `${String(day)}.03.2026`,
              decimal(minor),
              `"${purpose.replaceAll('"', '""')}"`,
              decimal(balance),
            ].join(';')
          })
          const collected = mapped(`Дата;Сумма;Назначение;Остаток\n${text.join('\n')}`, {
            columns: { purpose: 2, balance: 3 },
          })
          expect(collected.issues).toEqual([])
          expect(collected.lines.map((line) => [line.amountMinor, line.purpose])).toEqual(
            rows.map(({ minor, purpose }) => [minor, purpose.trim()]),
          )
          if (rows.every(({ day }, i) => day >= (rows[i - 1]?.day ?? 0))) {
            expect(collected.statements[0]?.head).toMatchObject({
              openingMinor: opening,
              closingMinor: balance,
            })
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
