import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectStatement } from '../../../../electron/domain/statements/inspect.ts'
import { bytesOf, codesOf, linesOf, onlyLine, read, refusal } from '../text-fixtures.ts'

const own = '40702810000000000001'
const second = '40702810000000000002'
const other = '40702810900000000888'

type Fields = Record<string, string>

function section(fields: Fields = {}): string {
  const keys = {
    ДатаНачала: '01.06.2026',
    ДатаКонца: '30.06.2026',
    РасчСчет: own,
    НачальныйОстаток: '100.00',
    КонечныйОстаток: '150.00',
    ...fields,
  }
  return ['СекцияРасчСчет', ...rows(keys), 'КонецРасчСчет'].join('\r\n')
}

const incoming: Fields = {
  Номер: '12',
  Дата: '04.06.2026',
  Сумма: '50.00',
  ПлательщикСчет: other,
  ПлательщикИНН: '7700000003',
  Плательщик1: 'ООО "Ромашка"',
  ПлательщикБИК: '044525593',
  ПолучательСчет: own,
  ДатаПоступило: '05.06.2026',
  Получатель1: 'ООО "Моя компания"',
  НазначениеПлатежа: 'Оплата по счёту 305',
}

function document(fields: Fields = {}): string {
  return ['СекцияДокумент=Платежное поручение', ...rows({ ...incoming, ...fields }), 'КонецДокумента'].join(
    '\r\n',
  )
}

/** A key with the value `-` is left out. */
function rows(fields: Fields): string[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== '-')
    .map(([key, value]) => `${key}=${value}`)
}

function file(...parts: string[]): string {
  const header = [
    '1CClientBankExchange',
    'ВерсияФормата=1.03',
    'Кодировка=Windows',
    'Получатель=1С',
    `РасчСчет=${own}`,
  ]
  return [...header, ...parts, 'КонецФайла', ''].join('\r\n')
}

const readRu = (text: string) => read(text, 'windows-1251')

it('reads account, period, balances and every field of a line', () => {
  const preview = readRu(file(section(), document()))
  expect(preview.format).toBe('1c')
  expect(preview.encoding).toBe('windows-1251')
  expect(preview.issues).toEqual([])
  expect(preview.statements).toMatchObject([
    {
      account: own,
      currency: 'RUB',
      owner: 'ООО "Моя компания"',
      from: '2026-06-01',
      to: '2026-06-30',
      openingMinor: 10_000,
      closingMinor: 15_000,
      balanceOffMinor: 0,
    },
  ])
  const from =
    bytesOf(file(section(), document()), 'windows-1251').length -
    'КонецФайла\r\n'.length -
    document().length -
    2
  expect(onlyLine(preview)).toEqual({
    index: 0,
    bankDay: '2026-06-05',
    valueDay: null,
    amountMinor: 5000,
    currency: 'RUB',
    counterparty: { name: 'ООО "Ромашка"', taxId: '7700000003', account: other, bankCode: '044525593' },
    purpose: 'Оплата по счёту 305',
    purposeGlued: null,
    documentNumber: '12',
    documentDay: '2026-06-04',
    bankReference: '',
    reversal: false,
    booked: true,
    place: { line: 13, from, to: from + document().length },
  })
})

describe('encoding', () => {
  it.each(['windows-1251', 'ibm866', 'utf-8', 'koi8-r', 'utf-16le'] as const)(
    'reads %s under a declaration of Windows and says when it lies',
    (encoding) => {
      const preview = read(
        file(section(), document({ НазначениеПлатежа: 'Оплата' })).replaceAll('ё', 'е'),
        encoding,
      )
      expect(preview.encoding).toBe(encoding)
      expect(onlyLine(preview).purpose).toBe('Оплата')
      expect(codesOf(preview)).toEqual(encoding === 'windows-1251' ? [] : ['encoding.declared'])
    },
  )

  it('takes windows-1251 as a declaration of itself', () => {
    expect(codesOf(readRu(file(section(), document()).replace('=Windows', '=windows-1251')))).toEqual([])
  })

  it('refuses a file whose letters were destroyed, chosen encoding or not', () => {
    const destroyed = bytesOf(file(section(), document()).replaceAll(/[А-Яа-яё]/g, '\ufffd'))
    expect(refusal(() => inspectStatement(destroyed))).toEqual({ code: 'statement.lettersLost' })
    expect(refusal(() => inspectStatement(destroyed, { format: '1c', encoding: 'utf-8' }))).toEqual({
      code: 'statement.lettersLost',
    })
  })

  it('reports single destroyed letters and reads on', () => {
    const preview = read(file(section(), document({ НазначениеПлатежа: 'Опл\ufffdта' })))
    expect(codesOf(preview)).toEqual(['encoding.declared', 'encoding.replacement'])
    expect(onlyLine(preview).amountMinor).toBe(5000)
  })
})

describe('accounts', () => {
  it('takes the first opening and the last closing of a section a day, in whatever order they stand', () => {
    const days = [
      section({
        ДатаНачала: '02.06.2026',
        ДатаКонца: '02.06.2026',
        НачальныйОстаток: '150',
        КонечныйОстаток: '150',
      }),
      section({
        ДатаНачала: '03.06.2026',
        ДатаКонца: '03.06.2026',
        НачальныйОстаток: '150',
        КонечныйОстаток: '200',
      }),
      section({
        ДатаНачала: '01.06.2026',
        ДатаКонца: '01.06.2026',
        НачальныйОстаток: '100',
        КонечныйОстаток: '150',
      }),
    ]
    const preview = readRu(
      file(
        ...days,
        document({ ДатаПоступило: '01.06.2026' }),
        document({ ДатаПоступило: '03.06.2026', Номер: '13' }),
      ),
    )
    expect(preview.statements).toMatchObject([
      {
        from: '2026-06-01',
        to: '2026-06-03',
        openingMinor: 10_000,
        closingMinor: 20_000,
        balanceOffMinor: 0,
        lines: { length: 2 },
      },
    ])
  })

  it('keeps several accounts apart, their lines mixed, numbered over the file', () => {
    const preview = readRu(
      file(
        `РасчСчет=${second}`,
        section(),
        section({ РасчСчет: second, НачальныйОстаток: '0', КонечныйОстаток: '7' }),
        document(),
        document({ ПолучательСчет: second, Сумма: '7' }),
        document({ Номер: '13', Сумма: '1' }),
      ),
    )
    expect(
      preview.statements.map(({ account, lines }) => [
        account,
        lines.map(({ index, amountMinor }) => [index, amountMinor]),
      ]),
    ).toEqual([
      [
        own,
        [
          [0, 5000],
          [2, 100],
        ],
      ],
      [second, [[1, 700]]],
    ])
    expect(preview.statements.map((statement) => statement.balanceOffMinor)).toEqual([-100, 0])
  })

  it.each([
    ['40702810000000000001', 'RUB'],
    ['40702643000000000001', 'RUB'],
    ['40702840000000000001', 'USD'],
    ['40702978000000000001', 'EUR'],
    ['40702156000000000001', 'CNY'],
    ['40702933000000000001', 'BYN'],
    ['40702398000000000001', 'KZT'],
    ['BY86PJCB30120000000000000933', 'BYN'],
  ])('reads the currency of %s out of the number: %s', (account, currency) => {
    const preview = readRu(
      file(section({ РасчСчет: account })).replace(`РасчСчет=${own}\r\nСекция`, 'Секция'),
    )
    expect(preview.statements).toMatchObject([{ account, currency }])
    expect(codesOf(preview)).not.toContain('currency.unknown')
  })

  it('takes the rouble where the number does not tell, and says so', () => {
    const preview = readRu(
      file(section({ РасчСчет: '40802000000000000007' })).replace(`РасчСчет=${own}\r\nСекция`, 'Секция'),
    )
    expect(preview.statements).toMatchObject([{ currency: 'RUB' }])
    expect(codesOf(preview)).toEqual(['currency.unknown'])
  })

  it('takes the only account of the header for a section that names none', () => {
    expect(readRu(file(section({ РасчСчет: '-' }), document())).statements).toMatchObject([
      { account: own, closingMinor: 15_000, balanceOffMinor: 0 },
    ])
  })

  it('shows an account that has no section, without balances', () => {
    const preview = readRu(file('ДатаНачала=01.06.2026', 'ДатаКонца=02.06.2026', document()))
    expect(preview.statements).toMatchObject([
      {
        account: own,
        from: '2026-06-01',
        to: '2026-06-02',
        openingMinor: null,
        closingMinor: null,
        balanceOffMinor: null,
        lines: { length: 1 },
      },
    ])
    expect(codesOf(preview)).toEqual(['balance.missing'])
  })

  it('refuses a file without any account', () => {
    expect(refusal(() => read('1CClientBankExchange\nПоле=Значение\nКонецФайла\n', 'windows-1251'))).toEqual({
      code: 'statement.noAccount',
    })
  })
})

describe('direction', () => {
  it('is out for the payer and in for the payee', () => {
    const out = document({
      ПлательщикСчет: own,
      ПолучательСчет: other,
      Получатель1: 'АО "Склад"',
      ДатаПоступило: '-',
      ДатаСписано: '06.06.2026',
    })
    expect(onlyLine(readRu(file(section(), out)))).toMatchObject({
      amountMinor: -5000,
      bankDay: '2026-06-06',
      counterparty: { name: 'АО "Склад"', account: other },
    })
  })

  it('finds the own account in either key, and the party behind a correspondent account', () => {
    const mine = document({
      ПолучательСчет: '30232810000000000009',
      ПолучательРасчСчет: own,
      ПлательщикСчет: '30101810000000000009',
      ПлательщикРасчСчет: other,
    })
    expect(onlyLine(readRu(file(section(), mine)))).toMatchObject({
      amountMinor: 5000,
      counterparty: { account: other },
    })
  })

  it('is unknown when neither account is own: a problem and no money', () => {
    const preview = readRu(file(section(), document({ ПолучательСчет: other })))
    expect(linesOf(preview)).toEqual([])
    expect(preview.issues).toMatchObject([
      { code: 'direction.unknown', weight: 'problem', place: { line: 13 } },
    ])
  })

  it('follows the date that is set in a file that names no own account', () => {
    const text = file(document()).replace(`РасчСчет=${own}\r\nСекция`, 'Секция')
    const preview = inspectStatement(bytesOf(text, 'windows-1251'))
    expect(preview.statements).toMatchObject([{ account: own, lines: [{ amountMinor: 5000 }] }])
  })
})

describe('transfers between own accounts', () => {
  const twoAccounts = (...documents: string[]) =>
    readRu(
      file(
        `РасчСчет=${second}`,
        section({ КонечныйОстаток: '50' }),
        section({
          РасчСчет: second,
          НачальныйОстаток: '0',
          КонечныйОстаток: '50',
          ВсегоПоступило: '50',
          ВсегоСписано: '0',
        }),
        ...documents,
      ),
    )
  const transfer: Fields = {
    ПлательщикСчет: own,
    ПолучательСчет: second,
    ДатаСписано: '05.06.2026',
    ДатаПоступило: '06.06.2026',
  }
  const bothSides = [
    { account: own, balanceOffMinor: 0, lines: [{ amountMinor: -5000, bankDay: '2026-06-05' }] },
    { account: second, balanceOffMinor: 0, lines: [{ amountMinor: 5000, bankDay: '2026-06-06' }] },
  ]

  it('count on both sides', () => {
    const preview = twoAccounts(document(transfer))
    expect(preview.statements).toMatchObject(bothSides)
    expect(codesOf(preview)).toEqual(['account.own'])
  })

  it('count once when the document stands twice, each time with both dates', () => {
    expect(twoAccounts(document(transfer), document(transfer)).statements).toMatchObject(bothSides)
  })

  it('count once when each copy carries one date', () => {
    const preview = twoAccounts(
      document({ ...transfer, ДатаПоступило: '' }),
      document({ ...transfer, ДатаСписано: '' }),
    )
    expect(preview.statements).toMatchObject(bothSides)
  })

  it('count on the undated side too where the section states a turnover with room for it', () => {
    const preview = twoAccounts(document({ ...transfer, ДатаПоступило: '' }))
    expect(preview.statements).toMatchObject([
      { account: own, lines: [{ amountMinor: -5000 }] },
      { account: second, balanceOffMinor: 0, lines: [{ amountMinor: 5000, bankDay: '2026-06-05' }] },
    ])
  })

  it('do not count on the undated side where the turnover has no room', () => {
    const preview = readRu(
      file(
        `РасчСчет=${second}`,
        section(),
        section({ РасчСчет: second, ВсегоПоступило: '49.99', ВсегоСписано: '0' }),
        document({ ...transfer, ДатаПоступило: '' }),
      ),
    )
    expect(preview.statements).toMatchObject([{ lines: { length: 1 } }, { lines: { length: 0 } }])
    expect(codesOf(preview)).toContain('document.unexecuted')
  })
})

describe('dates', () => {
  it('leaves out a document that was not executed', () => {
    const preview = readRu(file(section(), document({ ДатаПоступило: '', ДатаСписано: '' })))
    expect(linesOf(preview)).toEqual([])
    expect(preview.issues).toMatchObject([{ code: 'document.unexecuted', weight: 'note', text: 'Номер=12' }])
  })

  it('takes the other date where the own side has none', () => {
    expect(
      onlyLine(readRu(file(section(), document({ ДатаПоступило: '', ДатаСписано: '03.06.2026' })))).bankDay,
    ).toBe('2026-06-03')
  })

  it.each([
    ['30.02.2026', 'date.impossible'],
    ['soon', 'date.unreadable'],
  ])('%s is %s and no line', (date, code) => {
    const preview = readRu(file(section(), document({ ДатаПоступило: date })))
    expect(linesOf(preview)).toEqual([])
    expect(preview.issues).toMatchObject([{ code, weight: 'problem', text: `ДатаПоступило=${date}` }])
  })
})

describe('sums', () => {
  it.each([
    ['1000', 100_000],
    ['22.9', 2290],
    ['91,23', 9123],
    ['1 234 567.89', 123_456_789],
    ['12.340', 1234],
    ['175000-00', 17_500_000],
    ['.5', 50],
    ['1,234.56', 123_456],
    ['1.234,56', 123_456],
    ['-5', -500],
  ])('%s is %i', (text, minor) => {
    expect(onlyLine(readRu(file(section(), document({ Сумма: text })))).amountMinor).toBe(minor)
  })

  it.each([
    ['0,001', 'amount.precision'],
    ['сто', 'amount.unreadable'],
    ['1.2.3', 'amount.unreadable'],
    ['', 'amount.missing'],
  ])('%j is %s and never zero', (text, code) => {
    const preview = readRu(file(section(), document({ Сумма: text })))
    expect(linesOf(preview)).toEqual([])
    expect(preview.issues).toMatchObject([{ code, weight: 'problem', text: `Сумма=${text}` }])
  })

  it('does not search a line of a million figures for a sum', () => {
    const preview = readRu(file(section(), document({ Сумма: `${'1'.repeat(900_000)}x` })))
    expect(linesOf(preview)).toEqual([])
    expect(preview.issues).toMatchObject([{ code: 'amount.unreadable', text: `Сумма=${'1'.repeat(494)}` }])
  })

  it('counts only once what two lines of a document say differently, and says so', () => {
    const preview = readRu(file(section(), document().replace('Сумма=50.00', 'Сумма=50.00\r\nСумма=70.00')))
    expect(onlyLine(preview).amountMinor).toBe(5000)
    expect(preview.issues).toMatchObject([
      { code: 'record.unreadable', weight: 'problem', text: 'Сумма=70.00' },
    ])
  })
})

describe('purpose', () => {
  const purposeOf = (purpose: string) => {
    const { purpose: text, purposeGlued } = onlyLine(
      readRu(file(section(), document({ НазначениеПлатежа: purpose }))),
    )
    return [text, purposeGlued]
  }
  const line = '\r\nНазначениеПлатежа'

  it.each<[string, string, (string | null)[]]>([
    [
      'a line without = goes on',
      'Оплата по счёту 30\r\n5 от 01.06',
      ['Оплата по счёту 30 5 от 01.06', 'Оплата по счёту 305 от 01.06'],
    ],
    ['a purpose may hold =', 'Сумма=100, НДС=20', ['Сумма=100, НДС=20', null]],
    [
      'a line with = that is no key goes on',
      'Оплата\r\nв т.ч. НДС 20%=8.33',
      ['Оплата в т.ч. НДС 20%=8.33', 'Оплатав т.ч. НДС 20%=8.33'],
    ],
    ['a short word before = is text', 'Оплата\r\nНДС=20', ['Оплата НДС=20', 'ОплатаНДС=20']],
    ['a known key again is text', 'Оплата\r\nСумма=8.33', ['Оплата Сумма=8.33', 'ОплатаСумма=8.33']],
    [
      'numbered parts that repeat say nothing new',
      `Оплата счёта${line}1=Оплата счёта${line}2=`,
      ['Оплата счёта', null],
    ],
    [
      'numbered parts that hold the whole',
      `Оплата${line}1=Оплата${line}2=счёта 30${line}3=5`,
      ['Оплата счёта 30 5', 'Оплатасчёта 305'],
    ],
    [
      'numbered parts that go on',
      `Оплата${line}1=счёта 30${line}2=5`,
      ['Оплата счёта 30 5', 'Оплатасчёта 305'],
    ],
    ['the key twice goes on', `Оплата${line}=счёта`, ['Оплата счёта', 'Оплатасчёта']],
    ['parts without a whole', `${line}1=Оплата${line}2=счёта`, ['Оплата счёта', 'Оплатасчёта']],
    ['a bank’s own key ends it', 'Оплата\r\nКодОперацииБанка=17', ['Оплата', null]],
  ])('%s', (_name, purpose, expected) => {
    expect(purposeOf(purpose)).toEqual(expected)
  })
})

describe('parties', () => {
  const partyOf = (fields: Fields) => onlyLine(readRu(file(section(), document(fields)))).counterparty

  it.each<[Fields, string, string]>([
    [
      { Плательщик1: '-', Плательщик: 'ИНН 7702000000 ООО "Ромашка"', ПлательщикИНН: '-' },
      'ООО "Ромашка"',
      '7702000000',
    ],
    [{ Плательщик1: '7777777777, ООО "Ромашка"', ПлательщикИНН: '' }, 'ООО "Ромашка"', '7777777777'],
    [
      { Плательщик1: 'ИНН 7702000000/КПП 770201001 ООО "Ромашка"', ПлательщикИНН: '0' },
      'ООО "Ромашка"',
      '7702000000',
    ],
    [
      { Плательщик: 'ИНН 7702000000 ООО "Ромашка"', Плательщик1: 'ООО "Ромашка"', ПлательщикИНН: '' },
      'ООО "Ромашка"',
      '7702000000',
    ],
    [{ ПлательщикИНН: ' 0277000003' }, 'ООО "Ромашка"', '0277000003'],
    [{ ПлательщикИНН: '7700000003/770001001' }, 'ООО "Ромашка"', '7700000003'],
    [{ Плательщик1: '1000 мелочей' }, '1000 мелочей', '7700000003'],
  ])('%j', (fields, name, taxId) => {
    expect(partyOf(fields)).toMatchObject({ name, taxId })
  })

  it('keeps the noughts that a bank code begins with', () => {
    expect(partyOf({ ПлательщикБИК: '044525593' }).bankCode).toBe('044525593')
  })

  it('bears blanks before marks and keys', () => {
    const indented = file(section(), document(), document({ Номер: '13' })).replaceAll('\r\n', '\r\n  ')
    expect(linesOf(readRu(indented)).map((line) => line.documentNumber)).toEqual(['12', '13'])
  })

  it('knows keys in any case', () => {
    const text = file(section(), document()).replace('ПлательщикБИК', 'плательщикБик')
    expect(onlyLine(readRu(text)).counterparty.bankCode).toBe('044525593')
  })
})

describe('missing ends', () => {
  it('reports a file without КонецФайла and keeps what it holds', () => {
    const preview = readRu(file(section(), document()).replace('КонецФайла\r\n', ''))
    expect(onlyLine(preview).amountMinor).toBe(5000)
    expect(preview.issues).toMatchObject([{ code: 'file.cut', weight: 'problem' }])
  })

  it('keeps a document without its end that another one follows', () => {
    const preview = readRu(
      file(section(), document().replace('\r\nКонецДокумента', ''), document({ Номер: '13' })),
    )
    expect(linesOf(preview).map((line) => line.documentNumber)).toEqual(['12', '13'])
    expect(preview.issues).toMatchObject([{ code: 'document.cut', weight: 'problem', text: 'Номер=12' }])
  })

  it('does not believe a sum at which the file breaks off', () => {
    const whole = file(section(), document({ ПлательщикСчет: own, ДатаСписано: '05.06.2026' }))
    const preview = readRu(
      `${whole.slice(0, whole.indexOf('СекцияДокумент'))}СекцияДокумент=x\r\nДатаПоступило=05.06.2026\r\nПолучательСчет=${own}\r\nСумма=5`,
    )
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toEqual(['document.cut', 'file.cut'])
  })

  it('keeps a document that breaks off in its purpose', () => {
    const whole = file(section(), document())
    const preview = readRu(whole.slice(0, whole.indexOf(' по счёту')))
    expect(onlyLine(preview)).toMatchObject({ amountMinor: 5000, purpose: 'Оплата' })
    expect(codesOf(preview)).toEqual(['document.cut', 'file.cut'])
  })

  it('takes a section without its end', () => {
    const preview = readRu(file(section().replace('\r\nКонецРасчСчет', ''), document()))
    expect(preview.statements).toMatchObject([
      { openingMinor: 10_000, closingMinor: 15_000, balanceOffMinor: 0 },
    ])
    expect(preview.issues).toMatchObject([{ code: 'section.unclosed', weight: 'problem' }])
  })

  it('says which balance is missing or unreadable, and proves nothing', () => {
    const missing = readRu(file(section({ КонечныйОстаток: '-' }), document()))
    expect(missing.statements).toMatchObject([{ closingMinor: null, balanceOffMinor: null }])
    expect(missing.issues).toMatchObject([
      { code: 'balance.missing', weight: 'problem', text: 'КонечныйОстаток=' },
    ])
    expect(codesOf(readRu(file(section({ НачальныйОстаток: 'x' }), document())))).toEqual([
      'balance.unreadable',
    ])
  })
})

describe('what a section states', () => {
  it('shows by how much the lines miss the closing balance', () => {
    expect(readRu(file(section({ КонечныйОстаток: '151.00' }), document())).statements).toMatchObject([
      { balanceOffMinor: 100 },
    ])
  })

  it('does not gather a document that never ends', () => {
    const preview = readRu(
      file(section(), document().replace('КонецДокумента', `${'x'.repeat(999)}\r\n`.repeat(100))),
    )
    expect(onlyLine(preview).purpose.length).toBeLessThan(70_000)
    expect(codesOf(preview)).toContain('line.orphan')
  })

  it('finds a section that contradicts itself', () => {
    const preview = readRu(file(section({ ВсегоПоступило: '51', ВсегоСписано: '0' }), document()))
    expect(preview.issues.map(({ code, weight }) => [code, weight])).toEqual([
      ['balance.off', 'problem'],
      ['declared.total', 'note'],
    ])
  })

  it('reports keys that nobody knows once', () => {
    const preview = readRu(
      file(section({ НовыйКлюч: '1' }), document({ ЕщёКлюч: '1' }), document({ ЕщёКлюч: '2' })),
    )
    expect(preview.issues.map(({ code, weight, text }) => [code, weight, text])).toEqual([
      ['line.unknown', 'note', 'НовыйКлюч=1'],
      ['line.unknown', 'note', 'ЕщёКлюч=1'],
    ])
  })
})

describe('any file', () => {
  const words = fc.stringMatching(/^[а-яА-Я0-9 №"(),.]{0,30}$/)
  const item = fc.record({
    minor: fc.integer({ min: 1, max: 10 ** 13 }),
    out: fc.boolean(),
    day: fc.integer({ min: 1, max: 30 }),
    purpose: words,
    number: fc.stringMatching(/^[0-9]{1,6}$/),
  })
  const decimal = (minor: number) =>
    `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
  const dayText = (day: number) => String(day).padStart(2, '0')

  function textOf(
    items: { minor: number; out: boolean; day: number; purpose: string; number: string }[],
  ): string {
    const sum = items.reduce((total, { minor, out }) => total + (out ? -minor : minor), 0)
    const documents = items.map(({ minor, out, day, purpose, number }) =>
      document({
        Номер: number,
        Сумма: decimal(minor),
        ПлательщикСчет: out ? own : other,
        ПолучательСчет: out ? other : own,
        НазначениеПлатежа: purpose,
        ДатаСписано: out ? `${dayText(day)}.06.2026` : '',
        ДатаПоступило: out ? '' : `${dayText(day)}.06.2026`,
      }),
    )
    return file(section({ НачальныйОстаток: '0', КонечныйОстаток: decimal(sum) }), ...documents)
  }

  it('reads back what was written, and its balance adds up', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), (items) => {
        const preview = readRu(textOf(items))
        expect(preview.statements).toMatchObject([{ balanceOffMinor: 0 }])
        expect(
          linesOf(preview).map(({ amountMinor, bankDay, purpose, documentNumber }) => [
            amountMinor,
            bankDay,
            purpose,
            documentNumber,
          ]),
        ).toEqual(
          items.map(({ minor, out, day, purpose, number }) => [
            out ? -minor : minor,
            `2026-06-${dayText(day)}`,
            purpose.trim(),
            number,
          ]),
        )
      }),
    )
  })

  it('reads the same however it is cut into chunks', () => {
    const text = textOf([
      { minor: 123, out: false, day: 5, purpose: 'Оплата\r\nдва', number: '1' },
      { minor: 5, out: true, day: 6, purpose: 'x=y', number: '2' },
    ])
    for (const encoding of ['utf-8', 'windows-1251'] as const) {
      const bytes = bytesOf(text, encoding)
      const choice = { format: '1c', encoding } as const
      const whole = inspectStatement(bytes, choice)
      for (let at = 1; at < bytes.length; at += 1) {
        expect(inspectStatement([bytes.subarray(0, at), bytes.subarray(at)], choice)).toEqual(whole)
      }
      expect(
        inspectStatement(
          Array.from(bytes, (byte) => Uint8Array.of(byte)),
          choice,
        ),
      ).toEqual(whole)
    }
  })
})
