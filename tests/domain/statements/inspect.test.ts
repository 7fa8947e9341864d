import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Refusal } from '../../../electron/contract/fault.ts'
import { detectWith, headBytes, inspectStatement } from '../../../electron/domain/statements/inspect.ts'
import { createReader } from '../../../electron/domain/statements/readers.ts'
import { formats } from '../../../electron/contract/statement.ts'
import { bytesOf, linesOf, onlyLine, refusal } from './text-fixtures.ts'

const message = (text: string) =>
  `:20:1\r\n:25:1\r\n:60F:C260601EUR0,\r\n:61:260605C5,NMSCNONREF\r\n:86:${text}\r\n:62F:C260601EUR5,\r\n-\r\n`

it('takes an encoding that a person chose over the one it found', () => {
  const bytes = bytesOf(message('счёт'), 'windows-1251')
  expect(inspectStatement(bytes)).toMatchObject({ encoding: 'windows-1251' })
  const chosen = inspectStatement(bytes, { encoding: 'ibm866' })
  expect(chosen.encoding).toBe('ibm866')
  expect(onlyLine(chosen).purpose).toBe(
    new TextDecoder('ibm866').decode(bytesOf('счёт', 'windows-1251')).trim(),
  )
})

it('does not doubt a format that a person chose', () => {
  expect(detectWith(bytesOf('nothing known'), { format: 'mt940' })).toEqual({
    format: 'mt940',
    encoding: 'utf-8',
    encodingBy: 'proved',
  })
  expect(inspectStatement(bytesOf(message('x')), { format: 'mt942' })).toMatchObject({
    format: 'mt942',
    statements: [{ lines: [{ booked: false }] }],
  })
})

it('reads a file larger than the head that detection sees, chunk by chunk and whole', () => {
  const text = Array.from({ length: 15_000 }, (_, at) => message(`Überweisung ${at}`)).join('')
  const bytes = bytesOf(text, 'windows-1252')
  expect(bytes.length).toBeGreaterThan(headBytes)
  function* chunks() {
    for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000)
  }
  const whole = inspectStatement(bytes)
  expect(linesOf(whole)).toHaveLength(15_000)
  expect(linesOf(whole)[14_999]?.purpose).toBe('Überweisung 14999')
  expect(inspectStatement(chunks())).toEqual(whole)
})

it('refuses an empty file, given whole or by no chunk at all', () => {
  expect(refusal(() => inspectStatement(new Uint8Array(0)))).toEqual({ code: 'file.empty' })
  expect(refusal(() => inspectStatement([]))).toEqual({ code: 'file.empty' })
})

it('has a reader for every format', () => {
  for (const format of formats) expect(createReader(format)).toBeTypeOf('function')
})

it('ends soon after the lines that were asked for, and proves nothing then', () => {
  const text = Array.from({ length: 15_000 }, (_, at) => message(`payment ${at}`)).join('')
  const preview = inspectStatement(bytesOf(text), {}, 3)
  expect(linesOf(preview).map(({ purpose }) => purpose)).toEqual(['payment 0', 'payment 1', 'payment 2'])
  expect(preview.statements[0]).toMatchObject({ openingMinor: 0, closingMinor: null, balanceOffMinor: null })
  expect(inspectStatement(bytesOf(message('only')), {}, 3).statements[0]).toMatchObject({
    closingMinor: 500,
    balanceOffMinor: 0,
  })
})

it('reads damaged files or refuses them, and never breaks down', () => {
  const oneC = bytesOf(
    '1CClientBankExchange\nРасчСчет=40702810000000000001\nСекцияРасчСчет\nНачальныйОстаток=1\nКонецРасчСчет\nСекцияДокумент=x\n' +
      'Сумма=5\nДатаСписано=05.06.2026\nПлательщикСчет=40702810000000000001\nНазначениеПлатежа=x\nКонецДокумента\nКонецФайла\n',
    'windows-1251',
  )
  const damage = fc.array(
    fc.tuple(fc.nat(400), fc.oneof(fc.constantFrom(0, 10, 13, 26, 45, 58, 61, 63), fc.nat(255))),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(
      fc.constantFrom(
        oneC,
        bytesOf(message('?20x?32y')),
        bytesOf(`{1:F}{2:I942}{4:\n${message('/REMI/x/')}`),
      ),
      damage,
      fc.nat(400),
      (bytes, changes, end) => {
        const damaged = bytes.slice(0, Math.max(1, end))
        for (const [at, byte] of changes) if (at < damaged.length) damaged[at] = byte
        try {
          const preview = inspectStatement(damaged)
          for (const line of linesOf(preview)) {
            expect(line.bankDay).toMatch(/^\d{4}-\d\d-\d\d$/)
            expect(Number.isSafeInteger(line.amountMinor)).toBe(true)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      },
    ),
    { numRuns: 500 },
  )
})
