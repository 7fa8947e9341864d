import { afterEach, beforeEach, expect, it } from 'vitest'
import { camt, entry, openDesk } from './kit.ts'
import type { Desk } from './kit.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const statement = camt('053', [
  entry('100.00', '<NtryDtls><Btch><PmtInfId>PAY-2026-10</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>'),
])
const single = (name: string, amount: string): string =>
  `<TxDtls><Refs><EndToEndId>${name}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr></RltdPties></TxDtls>`
const notification = camt('054', [
  entry(
    '100.00',
    `<NtryDtls><Btch><PmtInfId>PAY-2026-10</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>${single('Wood', '30.00')}${single('Stone', '70.00')}</NtryDtls>`,
  ),
])

const shown = async (): Promise<unknown[]> =>
  (await desk.call('statements.lines', {})).rows
    .map(({ amountMinor, counterparty, standing, booked }) => [
      amountMinor,
      counterparty.name,
      standing,
      booked,
    ])
    .toSorted((a, b) => Number(a[0]) - Number(b[0]))

const together = [
  [3_000, 'Wood', 'open', true],
  [7_000, 'Stone', 'open', true],
  [10_000, '', 'detailed', true],
]

it.each([
  ['053 first', ['053', '054']],
  ['054 first', ['054', '053']],
])('a batch counts by the payments of its notification, and alone again without it: %s', async (_, order) => {
  const ids = new Map<string, number | null>()
  for (const kind of order) {
    const { fileId, fault } = await desk.bring(`${kind}.xml`, kind === '053' ? statement : notification)
    expect(fault).toBe(null)
    ids.set(kind, fileId)
  }
  expect(await shown()).toEqual(together)
  await desk.call('statements.forget', { fileId: ids.get('054') as never })
  expect(await shown()).toEqual([[10_000, '', 'open', true]])
  await desk.bring('054.xml', notification)
  expect(await shown()).toEqual(together)
  await desk.call('statements.forget', { fileId: ids.get('053') as never })
  expect(await shown()).toEqual([
    [3_000, 'Wood', 'open', false],
    [7_000, 'Stone', 'open', false],
  ])
})
