// Answers for the statements screen: files of every kind waiting to be imported, a doubtful line with its twin,
// remembered tables, a watched folder.

import type {
  ColumnMapping,
  RememberedTable,
  StatementGlance,
  WatchStatus,
} from '../../electron/contract/statement-file.ts'
import type { LineDetail } from '../../electron/contract/statement-row.ts'
import type { StatementIssue, StatementPreview } from '../../electron/contract/statement.ts'
import type { Fault } from '../../electron/contract/fault.ts'
import type { Ticket } from '../../electron/contract/files.ts'
import type { FileId, LineId } from '../../electron/contract/values.ts'
import { no, ok } from '../kit/fake-bridge.ts'
import type { Answers } from '../kit/fake-bridge.ts'
import { chain, glance, issues, line, statements } from './sample-world.ts'

export const rows: string[][] = [
  ['Выписка по счёту за ноябрь 2026', '', '', '', '', ''],
  ['Дата', 'Приход', 'Расход', 'Контрагент', 'Назначение платежа', 'Номер'],
  ['20.11.2026', '12 430,00', '', 'ООО «Ромашка-Север»', 'Оплата по счету № 3653/1 от 12.09.2026', '482'],
  ['20.11.2026', '', '150,00', 'ПАО «Банк»', 'Комиссия за ведение счета', '483'],
  ['20.11.2026', '30 000,00', '', 'ИП Иванов Пётр Сергеевич', 'за услуги', '484'],
]

/** Another sheet of the same book: a column more in front, and two less behind. */
export const otherSheet: string[][] = [
  ['№', 'Дата', 'Приход', 'Расход', 'Контрагент'],
  ['1', '21.11.2026', '700,00', '', 'ООО «Север»'],
]

export const mapping: ColumnMapping = {
  delimiter: ';',
  skipRows: 2,
  columns: { bankDay: 0, credit: 1, debit: 2, counterpartyName: 3, purpose: 4 },
  dateOrder: 'dmy',
  decimalMark: ',',
  creditWords: [],
  invertSign: false,
  account: '',
}

const long =
  'Выписка по расчётному счёту обособленного подразделения за IV квартал (исправленная, 2-я отправка)'

/** What is refused, by the end of the file's name. */
const refused: Readonly<Record<string, Fault>> = {
  '.pdf': { code: 'statement.otherKind', kind: 'pdf' },
  '.log': { code: 'statement.unknownFormat' },
  '.dbf': { code: 'statement.unknownFormat' },
  '.xls': { code: 'statement.workbook', reason: 'locked' },
  '.mdb': { code: 'file.tooLarge', limitMb: 2048 },
  'to_kl.txt': { code: 'statement.otherDirection' },
}

/** One glance per kind of file, by the end of the file's name. */
export function glanceOf(ticket: string, name: string): StatementGlance {
  const plain = glance(ticket, name)
  const own = { ...plain, table: null, issues: [], problems: 0, needs: [] as StatementGlance['needs'] }
  const [statement] = plain.statements
  if (!statement) return own
  const one = (changes: Partial<typeof statement>) => [{ ...statement, ...changes }]
  if (name.endsWith('.csv'))
    return {
      ...plain,
      table: { mapping, certain: false, remembered: false, proposed: null, rows, sheets: [] },
    }
  if (name.endsWith('.xlsx'))
    return {
      ...own,
      format: 'xlsx',
      statements: one({ account: '40702810500000000777', doubtfulLines: 0, knownLines: 0, newLines: 14 }),
      table: {
        mapping: { ...mapping, sheet: 'Ноябрь' },
        certain: true,
        remembered: true,
        proposed: null,
        rows,
        sheets: ['Ноябрь', 'Справка'],
      },
    }
  if (name.endsWith('.qif'))
    return {
      ...own,
      format: 'qif',
      encoding: 'windows-1252',
      encodingBy: 'scored',
      sample: 'Café München; Straße 4; façade',
      statements: one({
        account: '',
        currency: 'XXX',
        openingMinor: null,
        closingMinor: null,
        balanceOffMinor: null,
        doubtfulLines: 0,
        knownLines: 0,
      }),
      needs: ['currency', 'dateOrder'],
      problems: 2,
      issues: [
        {
          place: { line: 3, from: 24, to: 35 },
          code: 'date.ambiguous',
          text: "D03/04'26",
          weight: 'problem',
        },
        {
          place: { line: 1, from: 0, to: 11 },
          code: 'currency.absent',
          text: '!Type:Bank',
          weight: 'problem',
        },
      ],
    }
  if (name.endsWith('.xml'))
    return {
      ...own,
      format: 'camt.053',
      encoding: 'utf-8',
      encodingBy: 'proved',
      statements: one({
        account: 'DE89370400440532013000',
        currency: 'EUR',
        doubtfulLines: 9,
        knownLines: 0,
        newLines: 3,
      }),
    }
  if (name.endsWith('.sta'))
    return {
      ...own,
      format: 'mt940',
      encoding: 'utf-8',
      encodingBy: 'proved',
      declaredEncoding: '',
      statements: Array.from({ length: 7 }, (_, at) => ({
        ...statement,
        account: `DE8937040044053201300${at}`,
        currency: 'EUR',
        balanceOffMinor: at === 2 ? 50 : 0,
        doubtfulLines: 0,
        knownLines: 0,
      })),
      problems: 1,
      issues: issues,
    }
  return { ...own, declaredEncoding: name.includes('лжёт') ? 'DOS' : '', encodingBy: 'scored' }
}

export const remembered: RememberedTable = {
  id: 1,
  header: rows[1] ?? [],
  mapping,
  fileName: 'Выписка ноябрь.csv',
  usedAt: '2026-11-20T06:12:00.000Z',
}

export const watched: WatchStatus = {
  folder: '/home/anna/Документы/Банк/Выписки',
  state: 'watching',
  canChoose: false,
  lastLookAt: '2026-11-21T06:12:00.000Z',
  files: [
    {
      name: 'kl_to_1c_2026-11-20.txt',
      bytes: 48_230,
      seenAt: '2026-11-21T06:12:00.000Z',
      outcome: 'imported',
      fileId: 4 as FileId,
      lines: 214,
      fault: null,
    },
    {
      name: 'acquiring.csv',
      bytes: 4_230,
      seenAt: '2026-11-21T06:10:00.000Z',
      outcome: 'waiting',
      fileId: null,
      lines: 0,
      fault: { code: 'statement.mappingNeeded' },
    },
    {
      name: `${long}.pdf`,
      bytes: 904_230,
      seenAt: '2026-11-21T06:09:00.000Z',
      outcome: 'refused',
      fileId: null,
      lines: 0,
      fault: { code: 'statement.otherKind', kind: 'pdf' },
    },
    {
      name: 'growing.xml',
      bytes: 1_904_230,
      seenAt: '2026-11-21T06:08:00.000Z',
      outcome: 'arriving',
      fileId: null,
      lines: 0,
      fault: null,
    },
    {
      name: 'october.txt',
      bytes: 12_230,
      seenAt: '2026-11-20T06:08:00.000Z',
      outcome: 'before',
      fileId: null,
      lines: 0,
      fault: null,
    },
  ],
}

export const unwatched: WatchStatus = {
  folder: null,
  state: 'off',
  canChoose: false,
  lastLookAt: null,
  files: [],
}

const raw =
  'СекцияДокумент=Платежное поручение\nНомер=482\nДата=19.11.2026\nСумма=12430.00\nПлательщикСчет=40702810000000004567\nПлательщик=ООО «РОМАШКА-СЕВЕР»\nПлательщикИНН=7701001000\nНазначениеПлатежа=Оплата по счету № 3653/1 от 12.09.2026\nКонецДокумента'

export function lineDetail(index: number): LineDetail {
  const row = line(index)
  const twin =
    row.twinOf === null
      ? null
      : {
          ...line(0),
          id: row.twinOf,
          purpose: 'Payment of invoice 3653/1',
          documentNumber: '482',
          amountMinor: row.amountMinor,
          bankDay: row.bankDay,
          twinOf: null,
          fileId: 3 as FileId,
        }
  return {
    row,
    fileName: 'kl_to_1c.txt',
    encoding: 'windows-1251',
    raw,
    hex: Array.from(new TextEncoder().encode('Nomer=482\r\nSumma=12430.00'), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(''),
    twin: twin && { row: twin, fileName: 'camt.053_2026-11-19.xml' },
    issues: [],
  }
}

/** `count` problems and as many notes, for long lists. */
export function manyIssues(count: number): StatementIssue[] {
  return Array.from({ length: count }, (_, at) => ({
    place: { line: at + 10, from: at * 60, to: at * 60 + 55 },
    code: at % 2 === 0 ? 'amount.unreadable' : 'reference.long',
    text: `строка ${at}: ${'знаки '.repeat(at % 30)}`,
    weight: at % 2 === 0 ? 'problem' : 'note',
  }))
}

export const preview: StatementPreview = {
  format: 'csv',
  encoding: 'utf-8',
  statements: [
    {
      account: '',
      currency: 'XXX',
      owner: '',
      from: '2026-11-20',
      to: '2026-11-20',
      openingMinor: null,
      closingMinor: null,
      balanceOffMinor: null,
      lines: [line(0), line(1), line(2)].map(({ id: _id, fileId: _file, ...rest }) => ({
        ...rest,
        purposeGlued: '',
      })),
    },
  ],
  issues: issues.slice(0, 1),
  members: [],
}

const dropped = new Map<string, string>()

/** Answers over the morning's: tickets are known by the names they were unpacked with. */
export function statementAnswers(): Answers {
  return {
    'statements.list': () =>
      ok([
        ...statements,
        ...statements.slice(0, 1).map((row) => ({
          ...row,
          id: 90,
          fileId: 90 as FileId,
          fileName: `${long}.txt`,
          doubtfulLines: 0,
          knownLines: 0,
        })),
      ]),
    'statements.chain': () =>
      ok([
        ...chain,
        {
          account: 'DE89370400440532013000',
          currency: 'EUR',
          kind: 'balance',
          from: '2026-11-18',
          to: '2026-11-18',
          beforeMinor: 1_310_000,
          afterMinor: 1_310_050,
        },
        {
          account: '40702810500000000777',
          currency: 'RUB',
          kind: 'overlap',
          from: '2026-10-10',
          to: '2026-10-12',
          beforeMinor: null,
          afterMinor: null,
        },
      ]),
    'statements.unpack': ({ ticket }) => {
      const name = dropped.get(ticket) ?? 'kl_to_1c.txt'
      if (name.endsWith('.rar.zip')) return no({ code: 'archive.locked', name: 'банк/ноябрь.txt' })
      if (!name.endsWith('.zip')) return ok([{ ticket: ticket as Ticket, name, bytes: 48_230 }])
      const members = ['2026-11/kl_to_1c.txt', '2026-11/stm_18-11.xml', `${long}.csv`, 'прочти меня.pdf']
      return ok(
        members.map((member, at) => {
          const inside = `${ticket.slice(0, -2)}9${at}` as Ticket
          dropped.set(inside, member)
          return { ticket: inside, name: `${name} › ${member}`, bytes: 12_000 + at * 800_000 }
        }),
      )
    },
    'statements.glance': ({ ticket, format, mapping: chosen }) => {
      const name = dropped.get(ticket) ?? (ticket.endsWith('2') ? 'acquiring.csv' : 'kl_to_1c.txt')
      const fault = Object.entries(refused).find(([ending]) => name.endsWith(ending))?.[1]
      if (fault && (format === undefined || !name.endsWith('.log'))) return no(fault)
      const read = glanceOf(ticket, fault ? 'acquiring.csv' : name)
      if (!read.table || !chosen) return ok(read)
      const cells = chosen.sheet === 'Справка' ? otherSheet : read.table.rows
      const { creditWords = [], invertSign = false, account = '', ...rest } = chosen
      const mapping = { ...rest, creditWords, invertSign, account }
      return ok({ ...read, needs: [], table: { ...read.table, mapping, certain: true, rows: cells } })
    },
    'statements.lines': (input) => {
      const { offset = 0, limit = 200, filter } = input ?? {}
      const all = Array.from({ length: 350 }, (_, at) => line(at)).filter(
        ({ standing }) => filter?.standing?.includes(standing) ?? true,
      )
      return ok({ rows: all.slice(offset, offset + limit), total: all.length, revision: 1 })
    },
    'statements.inspect': () => ok(preview),
    'statements.line': ({ lineId }) => ok(lineDetail(lineId - 1)),
    'statements.issues': ({ fileId }) => ok(fileId === 1 ? manyIssues(500) : issues),
    'statements.judge': ({ lineIds }) => ok({ lines: lineIds?.length ?? 3 }),
    'statements.tables': () => ok([remembered]),
    'statements.forgetTable': () => ok(null),
    'statements.watched': () => ok(unwatched),
    'statements.watch': ({ folder }) => ok(folder === null ? unwatched : { ...watched, folder }),
    'statements.chooseFolder': () => ok({ folder: '/home/anna/bank' }),
    'statements.takeWatched': ({ name }) =>
      ok([{ ticket: 't_000000000000000000000077' as never, name, bytes: 4_230 }]),
    'statements.marks': () => ok({ ignored: 0, held: 0, notes: 0 }),
    'statements.release': () => ok(null),
    'statements.forget': ({ fileId }) =>
      fileId === 1 ? no({ code: 'statement.inUse', matches: 4, operations: 1 }) : ok(null),
  }
}

/** Which name a ticket stands for, for windows in which files are dropped by hand. */
export function nameTicket(ticket: string, name: string): void {
  dropped.set(ticket, name)
}

export const lineOfTwin = 7 as LineId
