import { describe, expect, it } from 'vitest'
import { accountFits, isIban, isInn } from '../../electron/demo-portal/data/identifiers.ts'
import type { DemoPortal, SampleStatement } from '../../electron/demo-portal/start.ts'
import { at, call, list, portalWith, record } from './kit.ts'

function statement(portal: DemoPortal, format: SampleStatement['format']): SampleStatement {
  const found = portal.statements.find((candidate) => candidate.format === format)
  if (!found) throw new Error(`no ${format}`)
  return found
}

function text(given: SampleStatement, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true }).decode(given.bytes)
}

function minor(printed: string): number {
  return Math.round(Number(printed.replace(',', '.')) * 100)
}

function values(source: string, key: string): string[] {
  return [...source.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map((found) => (found[1] ?? '').trim())
}

describe('sample statements', () => {
  it('are four files of four accounts', async () => {
    const portal = await portalWith()
    expect(portal.statements.map(({ name, format, currency }) => [name, format, currency])).toEqual([
      ['kl_to_1c.txt', '1c', 'RUB'],
      ['vypiska.csv', 'csv', 'RUB'],
      ['camt053_EUR.xml', 'camt.053', 'EUR'],
      ['statement_USD.sta', 'mt940', 'USD'],
    ])
    for (const { from, to } of portal.statements) expect([from, to]).toEqual(['2026-09-01', '2026-09-20'])
  })

  it('1C: windows-1251, documents add up with the balances', async () => {
    const portal = await portalWith({ payments: 1_000 })
    const given = statement(portal, '1c')
    const source = text(given, 'windows-1251')
    expect(source.startsWith('1CClientBankExchange\r\n')).toBe(true)
    expect(source.endsWith('КонецФайла\r\n')).toBe(true)
    const [opening = ''] = values(source, 'НачальныйОстаток')
    const [closing = ''] = values(source, 'КонечныйОстаток')
    const [received = ''] = values(source, 'ВсегоПоступило')
    const [written = ''] = values(source, 'ВсегоСписано')
    expect(minor(opening) + minor(received) - minor(written)).toBe(minor(closing))
    const sums = values(source, 'Сумма').map(minor)
    const incoming = values(source, 'ДатаПоступило').map((day) => day !== '')
    const total = sums.reduce((sum, value, index) => sum + (incoming[index] === true ? value : -value), 0)
    expect(minor(opening) + total).toBe(minor(closing))
    expect(sums).toHaveLength(given.lines)
    expect(minor(opening)).toBe(given.openingMinor)
    expect(minor(closing)).toBe(given.closingMinor)
  })

  it('CSV: windows-1251, semicolons, rows add up', async () => {
    const portal = await portalWith({ payments: 1_000 })
    const given = statement(portal, 'csv')
    const rows = text(given, 'windows-1251').split('\r\n')
    expect(rows[5]).toBe(
      'Дата операции;Номер документа;Дата документа;Дебет;Кредит;Контрагент;ИНН контрагента;КПП контрагента;Счет контрагента;БИК банка;Назначение платежа',
    )
    const table = rows.slice(6, 6 + given.lines).map((row) => row.split(';'))
    const total = table.reduce((sum, cells) => sum + minor(cells[4] ?? '') - minor(cells[3] ?? ''), 0)
    expect(given.openingMinor + total).toBe(given.closingMinor)
    expect(rows).toContain(`Входящий остаток;${(given.openingMinor / 100).toFixed(2).replace('.', ',')}`)
    expect(rows).toContain(`Исходящий остаток;${(given.closingMinor / 100).toFixed(2).replace('.', ',')}`)
  })

  it('camt.053: booked entries add up, one of them a batch with two details', async () => {
    const portal = await portalWith({ payments: 1_000 })
    const given = statement(portal, 'camt.053')
    const source = text(given, 'utf-8')
    const entries = source.split('<Ntry>').slice(1)
    let total = 0
    let details = 0
    for (const entry of entries) {
      const amounts = [...entry.matchAll(/<Amt Ccy="EUR">([\d.]+)<\/Amt>/g)].map((found) =>
        minor(found[1] ?? ''),
      )
      const [sum = 0, ...parts] = amounts
      expect(parts.reduce((added, part) => added + part, 0)).toBe(sum)
      expect(entry).toContain('<Sts><Cd>BOOK</Cd></Sts>')
      total += /<CdtDbtInd>(CRDT|DBIT)/.exec(entry)?.[1] === 'CRDT' ? sum : -sum
      details += parts.length
    }
    expect(given.openingMinor + total).toBe(given.closingMinor)
    expect(details).toBe(given.lines)
    expect(entries.length).toBe(given.lines - 1)
    expect(source).toContain('<NbOfTxs>2</NbOfTxs>')
  })

  it('MT940: each day opens where the day before closed, and adds up', async () => {
    const portal = await portalWith({ payments: 1_000 })
    const given = statement(portal, 'mt940')
    const source = text(given, 'ascii')
    let running = given.openingMinor
    let lines = 0
    for (const message of source.split('\r\n-\r\n').filter((part) => part !== '')) {
      const opening = /:60F:C\d{6}USD([\d,]+)/.exec(message)?.[1] ?? ''
      expect(minor(opening)).toBe(running)
      for (const found of message.matchAll(/^:61:\d{10}([CD])([\d,]+)N/gm)) {
        running += found[1] === 'C' ? minor(found[2] ?? '') : -minor(found[2] ?? '')
        lines += 1
      }
      expect(minor(/:62F:C\d{6}USD([\d,]+)/.exec(message)?.[1] ?? '')).toBe(running)
    }
    expect(running).toBe(given.closingMinor)
    expect(lines).toBe(given.lines)
    for (const line of source.split('\r\n')) expect(line.length).toBeLessThanOrEqual(70)
  })

  it('carry tax numbers, accounts and IBANs with right check digits', async () => {
    const portal = await portalWith({ payments: 1_000 })
    const source = text(statement(portal, '1c'), 'windows-1251')
    const inns = values(source, 'ПлательщикИНН').filter((inn) => inn !== '')
    expect(inns.length).toBeGreaterThan(50)
    expect(inns.filter((inn) => !isInn(inn))).toEqual([])
    const accounts = values(source, 'ПлательщикСчет')
    const bics = values(source, 'ПлательщикБИК')
    expect(
      accounts.filter((account, index) => account !== '' && !accountFits(account, bics[index] ?? '')),
    ).toEqual([])
    const ibans = [...text(statement(portal, 'camt.053'), 'utf-8').matchAll(/<IBAN>(\w+)</g)].map(
      (found) => found[1],
    )
    expect(ibans.length).toBeGreaterThan(10)
    expect(ibans.filter((iban) => !isIban(iban ?? ''))).toEqual([])
    expect([isInn('7707083893'), isInn('7707083894'), isIban('DE89370400440532013000')]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('truth', () => {
  it('stands line by line beside the files', async () => {
    const portal = await portalWith({ payments: 1_000 })
    const source = text(statement(portal, '1c'), 'windows-1251')
    const truth = portal.truth.filter((line) => line.statement === 'kl_to_1c.txt')
    expect(values(source, 'Номер')).toEqual(truth.map((line) => line.documentNumber))
    expect(values(source, 'Сумма').map(minor)).toEqual(truth.map((line) => line.minor))
    expect(truth.map((line) => line.index)).toEqual(truth.map((_line, index) => index))
  })

  it('agrees with the payments of the portal', async () => {
    const portal = await portalWith({ payments: 2_000 })
    const sums = new Map<number, number>()
    for (const line of portal.truth) {
      const covered = line.payments.reduce((sum, payment) => sum + payment.minor, 0)
      const payments = line.payments.map(({ id }) => record(portal.state.payments.get(id)))
      for (const payment of payments) expect(payment.currency).toBe(line.currency)
      const total = payments.reduce((sum, payment) => sum + Math.round(Number(payment.sum) * 100), 0)
      if (line.kind === 'exact' || line.kind === 'third-party' || line.kind === 'group')
        expect(line.minor).toBe(total)
      if (line.kind === 'group') expect(payments.length).toBeGreaterThan(1)
      if (line.kind === 'partial' || line.kind === 'fee-withheld') expect(line.minor).toBeLessThan(total)
      if (line.kind === 'over') expect(line.minor).toBeGreaterThan(total)
      if (line.kind === 'over') expect(covered).toBe(total)
      if (line.kind === 'refund') expect(line.direction).toBe('out')
      if (line.kind === 'split')
        for (const { id, minor: part } of line.payments) sums.set(id, (sums.get(id) ?? 0) + part)
    }
    for (const [id, sum] of sums)
      expect(sum).toBe(Math.round(Number(portal.state.payments.get(id)?.sum) * 100))
  })

  it('knows every kind of line, most of them for payments still unpaid', async () => {
    const portal = await portalWith({ payments: 2_000 })
    const kinds = new Set(portal.truth.map((line) => line.kind))
    expect([...kinds].sort()).toEqual([
      'bank-fee',
      'exact',
      'fee-withheld',
      'group',
      'over',
      'own-transfer',
      'partial',
      'refund',
      'split',
      'third-party',
      'unrelated',
    ])
    const exact = portal.truth.filter((line) => line.kind === 'exact')
    const paid = exact.filter((line) => portal.state.payments.get(line.payments[0]?.id ?? 0)?.paid === 'Y')
    expect(paid.length).toBeGreaterThan(10)
    expect(paid.length).toBeLessThan(exact.length / 3)
  })

  it('leaves some recent payments paid without money', async () => {
    const portal = await portalWith({ payments: 2_000 })
    const covered = new Set(portal.truth.flatMap((line) => line.payments.map(({ id }) => id)))
    const answer = await call(portal, 'sale.payment.list', {
      filter: { paid: 'Y', '@paySystemId': [1, 2], '>=datePaid': '2026-09-02T00:00:00+03:00' },
      order: { id: 'asc' },
    })
    const paid = list(at(answer.body, 'result', 'payments')).map((payment) => Number(at(payment, 'id')))
    expect(paid.filter((id) => !covered.has(id)).length).toBeGreaterThanOrEqual(5)
  })

  it('mirrors a transfer between own accounts in both of them', async () => {
    const portal = await portalWith()
    const transfers = portal.truth.filter((line) => line.kind === 'own-transfer')
    const out = transfers.filter((line) => line.direction === 'out')
    const into = transfers.filter((line) => line.direction === 'in')
    const key = (line: { bankDay: string; minor: number; documentNumber: string }): string =>
      `${line.bankDay} ${line.minor} ${line.documentNumber}`
    expect(out.map(key)).toEqual(into.map(key))
    expect(out.length).toBeGreaterThan(0)
  })

  it('is the same for the same seed and day, and another for another seed', async () => {
    const [first, second, third] = await Promise.all([
      portalWith({ seed: 7 }),
      portalWith({ seed: 7 }),
      portalWith({ seed: 8 }),
    ])
    expect(second.truth).toEqual(first.truth)
    expect(second.statements.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(
      first.statements.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
    )
    expect(third.truth).not.toEqual(first.truth)
    expect(second.oauth.memberId).toBe(first.oauth.memberId)
  })
})

describe('sample data', () => {
  it('has as many payments as asked, besides the five documented ones', async () => {
    const portal = await portalWith({ payments: 777 })
    expect(portal.state.payments.count()).toBe(782)
    expect(new Set(portal.state.payments.ids()).size).toBe(782)
  })

  it('numbers payments after their orders, several per order, and adds up with the order', async () => {
    const portal = await portalWith({ payments: 300 })
    const orders = await call(portal, 'sale.order.list', { filter: { '>id': 4000 }, order: { id: 'asc' } })
    let several = 0
    for (const order of list(at(orders.body, 'result', 'orders')).slice(0, 30)) {
      const payments = await call(portal, 'sale.payment.list', {
        filter: { orderId: at(order, 'id') },
        order: { id: 'asc' },
      })
      const rows = list(at(payments.body, 'result', 'payments')).map(record)
      const accountNumber = String(at(order, 'accountNumber'))
      expect(rows.map((row) => row.accountNumber)).toEqual(
        rows.map((_row, index) => `${accountNumber}/${index + 1}`),
      )
      const total = rows.reduce((sum, row) => sum + Math.round(Number(row.sum) * 100), 0)
      expect(total).toBe(Math.round(Number(at(order, 'price')) * 100))
      if (rows.length > 1) several += 1
    }
    expect(several).toBeGreaterThan(3)
  })

  it('has four currencies, paid and unpaid, and invoices without a payment', async () => {
    const portal = await portalWith({ payments: 2_000 })
    for (const currency of ['RUB', 'USD', 'EUR', 'BYN']) {
      for (const paid of ['Y', 'N']) {
        const answer = await call(portal, 'sale.payment.list', { filter: { currency, paid }, select: ['id'] })
        expect(Number(answer.body.total)).toBeGreaterThan(0)
      }
    }
    const entities = await call(portal, 'crm.orderentity.list', { filter: { ownerTypeId: 31 }, start: -1 })
    const invoices = await call(portal, 'crm.item.list', { entityTypeId: 31 })
    expect(Number(invoices.body.total)).toBeGreaterThan(
      list(at(entities.body, 'result', 'orderEntity')).length,
    )
  })
})
