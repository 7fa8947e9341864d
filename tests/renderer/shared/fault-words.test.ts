import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../electron/contract/fault.ts'
import { createText } from '../../../renderer/src/text/language.ts'
import { faultWords } from '../../../renderer/src/ui/fault-words.ts'

const english = createText('en', ['en-GB'])
const russian = createText('ru', ['ru-RU'])

describe('a fault in words', () => {
  it('names what depends on its fields', () => {
    expect(faultWords({ code: 'portal.moved', host: 'new.bitrix24.ru' }, english).title).toBe(
      'The portal now answers from another address: new.bitrix24.ru.',
    )
    expect(faultWords({ code: 'file.tooLarge', limitMb: 200 }, russian).title).toBe('Файл больше 200 МБ.')
    expect(faultWords({ code: 'portal.unreachable', reason: 'tls' }, english).title).toBe(
      'The portal cannot be reached: its certificate could not be checked.',
    )
    expect(faultWords({ code: 'not.found', what: 'payment' }, russian).title).toBe('Оплаты здесь больше нет.')
    expect(faultWords({ code: 'oauth.port', port: 53682 }, english).title).toBe(
      'The return port 53682 is busy.',
    )
  })

  it('says what an unclear answer means for the money', () => {
    expect(faultWords({ code: 'rest.serverFailure', status: 502 }, english)).toEqual({
      title: 'The portal’s server failed (HTTP 502).',
      money: 'If a change was being sent, it is settled by reading, never by sending again.',
      next: 'Try again in a few minutes.',
      reference: '',
    })
  })

  it('shows the reference of an internal fault and of no other', () => {
    expect(faultWords({ code: 'internal', reference: 'e-7f3a' }, english).reference).toBe('e-7f3a')
    expect(faultWords({ code: 'ledger.full' }, english).reference).toBe('')
  })

  it('names what a file still needs and what kind of file it is', () => {
    expect(faultWords({ code: 'statement.givenNeeded', needs: 'currency,dateOrder' }, english).title).toBe(
      'The file does not say everything: the currency and whether the day or the month comes first.',
    )
    expect(faultWords({ code: 'statement.otherKind', kind: 'pdf' }, english).title).toBe(
      'A PDF holds no statement that a program can read.',
    )
    expect(faultWords({ code: 'statement.workbook', reason: 'locked' }, english).title).toBe(
      'The workbook cannot be read: it is locked with a password.',
    )
  })

  it('leaves no place unfilled in any fault with fields', () => {
    const faults: Fault[] = [
      { code: 'input.invalid', path: 'filter.from', reason: 'x' },
      { code: 'ledger.busy', owner: 'anna@buh-2' },
      { code: 'ledger.damaged', detail: 'page 3' },
      { code: 'ledger.folder', reason: 'network', path: '//srv/x' },
      { code: 'policy.forbids', rule: 'delete' },
      { code: 'vault.failed', step: 'take' },
      { code: 'portal.address', reason: 'notHttps' },
      { code: 'portal.unreadable', status: 200 },
      { code: 'rest.scopeMissing', scope: 'sale' },
      { code: 'rest.timeBudget', resetAt: null },
      { code: 'rest.methodMissing', method: 'crm.item.payment.pay' },
      { code: 'rest.refused', portalCode: '200040' },
      { code: 'rest.answerShape', method: 'profile' },
      { code: 'oauth.host', host: 'x.example' },
      { code: 'oauth.refused', portalCode: 'access_denied' },
      { code: 'statement.otherKind', kind: 'pdf' },
      { code: 'statement.givenNeeded', needs: 'currency,dateOrder' },
      { code: 'statement.recordTooLong', line: 12, limitKb: 1024 },
      { code: 'statement.tooManyCells', limit: 1_000_000 },
      { code: 'statement.workbook', reason: 'locked' },
      { code: 'archive.locked', name: 'a.txt' },
      { code: 'archive.bomb', limitMb: 2048 },
      { code: 'archive.members', limit: 1000 },
      { code: 'archive.nested', name: 'b.zip' },
      { code: 'memory.spent', limitMb: 512 },
      { code: 'folder.unreachable', path: '/mnt/bank' },
      { code: 'statement.xml', line: 12 },
      { code: 'statement.inUse', matches: 3, operations: 1 },
      { code: 'plan.field', field: 'sum' },
    ]
    for (const text of [english, russian]) {
      for (const fault of faults) {
        const { title, money, next } = faultWords(fault, text)
        expect(`${title} ${money} ${next}`, fault.code).not.toMatch(/[{}]|undefined|faults\./)
      }
    }
  })
})
