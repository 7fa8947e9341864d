import { describe, expect, it } from 'vitest'
import { bytesOf, codesOf, linesOf, onlyLine, read } from '../text-fixtures.ts'
import { detect } from '../../../../electron/domain/statements/detect.ts'
import { inspectStatement } from '../../../../electron/domain/statements/inspect.ts'

const own = 'KZ11722S000000000001'
const other = 'KZ22722S000000000002'

type Fields = Record<string, string>
const rows = (fields: Fields) => Object.entries(fields).map(([key, value]) => `${key}=${value}`)

const income: Fields = {
  НомерДокумента: '95',
  ДатаДокумента: '02.06.2026',
  ВидДокумента: 'ПлатежноеПоручение',
  СуммаПриход: '745.7',
  ПолучательНаименование: 'ТОО "Моя компания"',
  ПолучательБИН_ИИН: '220640000001',
  ПолучательИИК: own,
  ПлательщикНаименование: 'ТОО "Ромашка"',
  ПлательщикБИН_ИИН: '971240000002',
  ПлательщикИИК: other,
  ПлательщикБанкБИК: 'CASPKZKA',
  ПлательщикКБЕ: '17',
  ДатаОперации: '03.06.2026',
  ДатаВалютирования: '04.06.2026',
  НазначениеПлатежа: 'Оплата по счёту 305',
  КодНазначенияПлатежа: '710',
}
const expense: Fields = {
  НомерДокумента: 'NT-4',
  СуммаРасход: '400',
  Сумма: '400',
  ПлательщикИИК: own,
  ПолучательНаименование: 'АО "Банк"',
  ПолучательИИК: other,
  ДатаОперации: '05.06.2026',
  НазначениеПлатежа: 'Комиссия',
}

interface Marks {
  section: string
  sectionEnd: string
  document: string
}
const usual: Marks = {
  section: 'СекцияРасчСчет',
  sectionEnd: 'КонецРасчСчет',
  document: 'СекцияДокумент=Выписка',
}
const balances: Fields = {
  НачальныйОстаток: '1000',
  ВсегоПоступило: '745.7',
  ВсегоСписано: '400',
  КонечныйОстаток: '1345.70',
}

function file(documents: Fields[], marks = usual, sums = balances): string {
  const head = ['1CClientBankExchange', 'ВерсияФормата=2.00', 'Кодировка=windows-1251', `РасчСчет=${own}`]
  const period = { ДатаНачала: '01.06.2026', ДатаКонца: '30.06.2026', РасчСчет: own }
  const section = [marks.section, ...rows(period), ...rows(sums), marks.sectionEnd]
  const body = documents.flatMap((fields) => [marks.document, ...rows(fields), 'КонецДокумента'])
  return [...head, ...section, ...body, 'КонецФайла', ''].join('\r\n')
}
const readOf = (...parameters: Parameters<typeof file>) => read(file(...parameters), 'windows-1251')

describe('the 1C file of a bank of Kazakhstan', () => {
  it('names account, tax number and date in its own way, and its direction by the key of the sum', () => {
    const preview = readOf([income, expense])
    expect(preview).toMatchObject({ format: '1c', encoding: 'windows-1251', issues: [] })
    expect(preview.statements).toMatchObject([
      {
        account: own,
        currency: 'KZT',
        owner: 'ТОО "Моя компания"',
        openingMinor: 100_000,
        closingMinor: 134_570,
        balanceOffMinor: 0,
      },
    ])
    expect(linesOf(preview)).toMatchObject([
      {
        bankDay: '2026-06-03',
        valueDay: '2026-06-04',
        documentDay: '2026-06-02',
        documentNumber: '95',
        amountMinor: 74_570,
        counterparty: {
          name: 'ТОО "Ромашка"',
          taxId: '971240000002',
          account: other,
          bankCode: 'CASPKZKA',
        },
        purpose: 'Оплата по счёту 305',
      },
      { bankDay: '2026-06-05', valueDay: null, amountMinor: -40_000, counterparty: { name: 'АО "Банк"' } },
    ])
  })

  it('may write its marks in capitals throughout', () => {
    const capitals = {
      section: 'СЕКЦИЯРАСЧСЧЕТ',
      sectionEnd: 'КОНЕЦРАСЧСЧЕТ',
      document: 'СЕКЦИЯДОКУМЕНТ=Выписка',
    }
    const preview = readOf([income, expense], capitals)
    expect(preview.issues).toEqual([])
    expect(preview.statements[0]?.balanceOffMinor).toBe(0)
    expect(linesOf(preview)).toHaveLength(2)
  })

  it('is a statement, not orders, even without a section', () => {
    const text = [
      '1CClientBankExchange',
      `РасчСчет=${own}`,
      usual.document,
      ...rows(income),
      'КонецДокумента',
    ]
    expect(detect(bytesOf(text.join('\n'), 'windows-1251')).format).toBe('1c')
  })

  it('keeps an account in the currency that its documents name, which an IBAN does not', () => {
    const preview = readOf([{ ...income, Валюта: 'USD' }, expense])
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([{ account: own, currency: 'USD', balanceOffMinor: 0 }])
    expect(linesOf(preview).map((line) => line.currency)).toEqual(['USD', 'USD'])
  })

  it('is told of when a later document names another currency', () => {
    expect(codesOf(readOf([income, { ...expense, Валюта: 'USD' }]))).toEqual(['currency.unknown'])
  })

  it('takes the currency that a person gave where no document names one', () => {
    const bytes = bytesOf(file([income, expense]), 'windows-1251')
    const preview = inspectStatement(bytes, { given: { currency: 'EUR' } })
    expect(preview.statements).toMatchObject([{ account: own, currency: 'EUR', openingMinor: 100_000 }])
  })

  it('writes nought for the direction that did not take place', () => {
    const line = onlyLine(readOf([{ ...expense, СуммаПриход: '0.00' }]))
    expect(line.amountMinor).toBe(-40_000)
  })

  it('has no movement in both directions', () => {
    const preview = readOf([{ ...expense, СуммаПриход: '5' }])
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toContain('record.unreadable')
  })

  it('may leave both account numbers out where it speaks of one account', () => {
    const line = onlyLine(readOf([{ ...income, ПолучательИИК: '', ПлательщикИИК: '' }]))
    expect(line).toMatchObject({ amountMinor: 74_570, counterparty: { name: 'ТОО "Ромашка"', account: '' } })
  })

  it('goes by the key of the sum when money comes in on the account of the one it calls the payer', () => {
    const line = onlyLine(readOf([{ ...income, ПлательщикИИК: own, ПолучательИИК: other }]))
    expect(line).toMatchObject({
      amountMinor: 74_570,
      counterparty: { name: 'ТОО "Моя компания"', account: other },
    })
  })

  it('with a sum and no day is told of, not dated', () => {
    const preview = readOf([{ ...income, ДатаОперации: '' }])
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toContain('date.missing')
  })

  it('has one sum for both directions in some banks: then the account decides', () => {
    const { СуммаПриход: sum = '', ...rest } = income
    expect(onlyLine(readOf([{ ...rest, Сумма: sum }])).amountMinor).toBe(74_570)
  })

  it('counts a payment once when the order that it came from stands beside its entry', () => {
    const { СуммаПриход: sum = '', ДатаОперации: _day, ДатаВалютирования: _value, ...rest } = income
    const preview = readOf([income, { ...rest, Сумма: sum }, expense])
    expect(preview.statements[0]?.balanceOffMinor).toBe(0)
    expect(linesOf(preview)).toHaveLength(2)
    expect(codesOf(preview)).toEqual(['document.unexecuted'])
  })

  it('cut off within its day is not dated by what is left of it', () => {
    const whole = file([
      { НомерДокумента: '1', СуммаПриход: '5', ПолучательИИК: own, ДатаОперации: '03.06.2026' },
    ])
    const cut = whole.slice(0, whole.indexOf('03.06.2026') + '03.06.20'.length)
    const preview = read(cut, 'windows-1251')
    expect(linesOf(preview)).toEqual([])
    expect(codesOf(preview)).toEqual(['document.cut', 'file.cut', 'declared.total', 'declared.total'])
  })
})

describe('a section that names its account as НомерСчета', () => {
  it('is that account', () => {
    const number = '40702810000000000001'
    const text = [
      '1CClientBankExchange',
      'СекцияРасчСчет',
      `НомерСчета=${number}`,
      'НачальныйОстаток=1',
      'КонечныйОстаток=1',
      'КонецРасчСчет',
      'КонецФайла',
    ]
    const preview = read(text.join('\r\n'), 'windows-1251')
    expect(preview.issues).toEqual([])
    expect(preview.statements).toMatchObject([{ account: number, currency: 'RUB', balanceOffMinor: 0 }])
  })
})

describe('the currency that a number of twenty digits tells', () => {
  it.each([
    ['20208000900123456001', 'UZS', []],
    ['20208840900123456001', 'USD', []],
    ['40702810000000000001', 'RUB', []],
    // Nobody's: the rouble is custom, and it is told that the number does not say so.
    ['40802000000000000001', 'RUB', ['currency.unknown']],
  ])('%s is in %s', (number, currency, codes) => {
    const text = [
      ...['1CClientBankExchange', `РасчСчет=${number}`, 'СекцияРасчСчет', `РасчСчет=${number}`],
      ...['НачальныйОстаток=1', 'КонечныйОстаток=1', 'КонецРасчСчет', 'КонецФайла'],
    ]
    const preview = read(text.join('\r\n'), 'windows-1251')
    expect(preview.statements).toMatchObject([{ account: number, currency }])
    expect(codesOf(preview)).toEqual(codes)
  })
})
