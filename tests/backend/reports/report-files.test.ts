import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReport } from '../../../electron/backend/jobs/compute/write-report.ts'
import { openLedgerFile } from '../../../electron/backend/ledger/open.ts'
import { lastOfJournal, verifyJournal } from '../../../electron/backend/ledger/tables/journal.ts'
import { ReportRequest } from '../../../electron/contract/report.ts'
import { account, actor, buildTinyLedger, portalId } from './tiny-world.ts'

process.env.TZ = 'Europe/Moscow'
const folder = mkdtempSync(join(tmpdir(), 'sverka-reports-'))
const ledgerPath = join(folder, 'ledger.sqlite')
let mark = ''
beforeAll(() => {
  buildTinyLedger(ledgerPath)
  const db = openLedgerFile(ledgerPath, { readOnly: true })
  const { seq, hash } = lastOfJournal(db)
  mark = `${seq} ${hash}`
  expect(verifyJournal(db, { seq, hash })).toMatchObject({ brokenAt: null, pair: true })
  db.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tools = { ledgerPath, writer: null, progress: () => undefined, checkStop: () => undefined }
const path = join(folder, 'report')

/** The rows written, as `rows` of the answer counts them. */
function write(request: unknown): Promise<{ rows: number }> {
  return Promise.resolve(
    writeReport(
      {
        request: ReportRequest.parse(request),
        path,
        today: '2026-11-21',
        now: '2026-11-21T09:00:00.000Z',
        actor,
      },
      tools,
    ),
  )
}
async function csv(request: object): Promise<string[]> {
  await write({ format: 'csv', locale: 'en', ...request })
  return readFileSync(path, 'utf8').replace('\uFEFF', '').split('\r\n').slice(0, -1)
}
async function sheets(request: object): Promise<Map<string, unknown[][]>> {
  await write({ format: 'xlsx', locale: 'en', ...request })
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  return new Map(workbook.worksheets.map((sheet) => [sheet.name, rowsOf(sheet)]))
}
function rowsOf(sheet: exceljs.Worksheet): unknown[][] {
  const rows: unknown[][] = []
  sheet.eachRow({ includeEmpty: true }, (row) => {
    const cells: unknown[] = []
    row.eachCell({ includeEmpty: true }, (cell) => cells.push(cell.value))
    rows.push(cells)
  })
  return rows
}
const day = (text: string): Date => new Date(`${text}T00:00:00Z`)
const noon = (text: string): Date => new Date(`${text}T12:00:00Z`)

describe('the payments report', () => {
  it("has the chosen columns in the chosen order, totals, and the journal's mark", async () => {
    const columns = ['accountNumber', 'payer', 'sum', 'currency', 'paid', 'matched', 'standing', 'id']
    expect(await csv({ kind: 'payments', filter: { portalId }, columns })).toEqual([
      'Number,Payer,Sum,Currency,Paid,Matched,Standing,ID',
      '106/1,ООО «Дзета»,90.00,RUB,yes,-90.00,refunded,16',
      '105/1,ООО «Эпсилон»,500.00,RUB,no,200.00,partly received,15',
      '104/1,ООО «Дельта»,70.00,RUB,no,,open,14',
      '103/1,ООО «Гамма»,300.00,RUB,yes,,paid without money,13',
      '102/1,ООО «Бета»,2500.50,RUB,no,2500.50,to pay,12',
      '101/1,ООО «Альфа»,1000.00,RUB,yes,1000.00,reconciled,11',
      'Total RUB,,4460.50,,,,,',
      '',
      `Journal: last record and hash,${mark}`,
    ])
  })

  it("follows the grid's filter and order, and the language", async () => {
    const columns = ['accountNumber', 'sum', 'paidAt', 'standing']
    const request = {
      kind: 'payments',
      locale: 'ru',
      filter: { portalId, paid: true },
      sort: { column: 'payer', descending: false },
      columns,
    }
    expect(await csv(request)).toEqual([
      'Номер;Сумма;Дата оплаты;Состояние',
      '101/1;1000,00;2026-11-10 12:00:00;сверено',
      '103/1;300,00;2026-11-12 12:00:00;оплачено без денег',
      '106/1;90,00;2026-11-11 12:00:00;возвращено',
      'Итого RUB;1390,00;;',
      '',
      `Журнал: последняя запись и хеш;${mark}`,
    ])
  })
})

describe('the report of statement lines', () => {
  it('lists lines by day with what is matched of each', async () => {
    expect(await csv({ kind: 'lines', filter: { direction: 'in' } })).toEqual([
      'Bank day,Account,Amount,Currency,Counterparty,Tax number,Purpose,Document,Standing,Matched sum,Note',
      `2026-11-10,${account},1000.00,RUB,ООО «Альфа»,7800000000,Оплата 101/1,500,matched,1000.00,`,
      `2026-11-11,${account},2500.50,RUB,ООО «Бета»,7800000001,Счёт 102/1,501,matched,2500.50,`,
      `2026-11-12,${account},200.00,RUB,ООО «Эпсилон»,7800000002,Аванс 105/1,502,matched,200.00,`,
      `2026-11-13,${account},999.99,RUB,Неизвестный,7800000003,За услуги,503,open,,`,
      'Total RUB,,4700.49',
      '',
      `Journal: last record and hash,${mark}`,
    ])
  })

  it('finds words as the screen does', async () => {
    const rows = await csv({ kind: 'lines', filter: { text: 'СЧЕТ бета' } })
    expect(rows.slice(1, -3)).toEqual([
      `2026-11-11,${account},2500.50,RUB,ООО «Бета»,7800000001,Счёт 102/1,501,matched,2500.50,`,
    ])
  })
})

describe('the reconciliation report', () => {
  it("says both doubts, the account's figures and what the report rests on", async () => {
    const all = await sheets({ kind: 'reconciliation', portalId, from: '2026-11-01', to: '2026-11-30' })
    expect([...all.keys()]).toEqual([
      'Summary',
      'Matched',
      'To pay',
      'To take back',
      'Differences',
      'Lines without payment',
      'Payments without line',
      'Changes',
    ])
    const summary = all.get('Summary') ?? []
    expect(summary[0]).toEqual([
      'Account',
      'Currency',
      'Opening balance',
      'In',
      'Out',
      'Closing balance',
      'Matched',
      'Unmatched',
      'Matched share',
    ])
    // In 1000.00 + 2500.50 + 200.00 + 999.99; matched 1000.00 + 2500.50 + 200.00.
    expect(summary[1]).toEqual([
      account,
      'RUB',
      10_000,
      4_700.49,
      -90,
      14_610.49,
      3_700.5,
      999.99,
      370_050 / 470_049,
    ])
    expect(summary.slice(2)).toEqual([
      [],
      ['Standing', 'Currency', 'Count', 'Sum'],
      ['To pay', 'RUB', 1, 2_500.5],
      ['To take back', 'RUB', 1, 90],
      ['Differences', 'RUB', 1, 500],
      ['Payments without line', 'RUB', 2, 370],
      ['Lines without payment', 'RUB', 1, 999.99],
      [],
      ['Portal', 'Tiny (tiny.example)'],
      ['Period', '2026-11-01 – 2026-11-30'],
      ['Made at', '2026-11-21T09:00:00.000Z'],
      ['Made by', 'anna@desk'],
      [],
      ['Journal: last record and hash', mark],
    ])
  })

  it('writes out every matched line and every doubt', async () => {
    const all = await sheets({ kind: 'reconciliation', portalId })
    const matched = (
      number: string,
      bankDay: string,
      name: string,
      purpose: string,
      payment: string,
      payer: string,
      sum: number,
      paid: string,
    ) => [day(bankDay), number, name, purpose, payment, payer, sum, 'RUB', paid, '~ chosen by hand']
    expect(all.get('Matched')?.slice(1)).toEqual([
      matched('500', '2026-11-10', 'ООО «Альфа»', 'Оплата 101/1', '101/1', 'ООО «Альфа»', 1000, 'yes'),
      matched('501', '2026-11-11', 'ООО «Бета»', 'Счёт 102/1', '102/1', 'ООО «Бета»', 2500.5, 'no'),
      matched('502', '2026-11-12', 'ООО «Эпсилон»', 'Аванс 105/1', '105/1', 'ООО «Эпсилон»', 200, 'no'),
      matched('504', '2026-11-14', 'ООО «Дзета»', 'Возврат 106/1', '106/1', 'ООО «Дзета»', -90, 'yes'),
      ['Total RUB', null, null, null, null, null, 3610.5],
    ])
    expect(all.get('To pay')?.slice(1)).toEqual([
      [
        '102/1',
        '102',
        'ООО «Бета»',
        '7700000012',
        2500.5,
        'RUB',
        2500.5,
        'no',
        null,
        day('2026-11-11'),
        '501',
        'to pay',
      ],
      ['Total RUB', null, null, null, 2500.5],
    ])
    expect(all.get('To take back')?.slice(1)).toEqual([
      [
        '106/1',
        '106',
        'ООО «Дзета»',
        '7700000016',
        90,
        'RUB',
        -90,
        'yes',
        noon('2026-11-11'),
        day('2026-11-14'),
        '504',
        'refunded',
      ],
      ['Total RUB', null, null, null, 90],
    ])
    expect(all.get('Differences')?.slice(1)).toEqual([
      [
        '105/1',
        '105',
        'ООО «Эпсилон»',
        '7700000015',
        500,
        'RUB',
        200,
        'no',
        null,
        day('2026-11-12'),
        '502',
        'partly received',
      ],
      ['Total RUB', null, null, null, 500],
    ])
    expect(all.get('Lines without payment')?.slice(1)).toEqual([
      [day('2026-11-13'), account, 999.99, 'RUB', 'Неизвестный', '7800000003', 'За услуги', '503', 'open'],
      ['Total RUB', null, 999.99],
    ])
    expect(all.get('Payments without line')?.slice(1)).toEqual([
      ['104/1', '104', 'ООО «Дельта»', '7700000014', 70, 'RUB', null, 'no', null, null, null, 'open'],
      [
        '103/1',
        '103',
        'ООО «Гамма»',
        '7700000013',
        300,
        'RUB',
        null,
        'yes',
        noon('2026-11-12'),
        null,
        null,
        'paid without money',
      ],
      ['Total RUB', null, null, null, 370],
    ])
  })
})
