import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { api, topics } from '../../electron/contract/api.ts'
import { editableFields } from '../../electron/contract/operation.ts'

describe('the surface of the program', () => {
  it('is exactly these calls: adding one shows here', () => {
    const names = Object.entries(api).map(([name, call]) => `${call.kind} ${name}`)
    expect(names).toEqual([
      'query app.status',
      'query app.settings',
      'command app.changeSettings',
      'query app.updates',
      'query app.diagnostics',
      'command app.backup',
      'command app.restore',
      'query portals.list',
      'query portals.waiting',
      'command portals.refreshAll',
      'command portals.connect',
      'command portals.finishSignIn',
      'command portals.cancelSignIn',
      'command portals.check',
      'command portals.allowWriting',
      'query portals.settings',
      'command portals.changeSettings',
      'command portals.confirmMove',
      'command portals.disconnect',
      'command portals.erase',
      'command portals.openDemo',
      'query portals.ownCompanies',
      'query accounts.list',
      'command accounts.bind',
      'command payments.refresh',
      'query payments.page',
      'query payments.totals',
      'query payments.standings',
      'query payments.facets',
      'query payments.detail',
      'query payments.news',
      'command payments.lookedAt',
      'command payments.open',
      'query statements.inspect',
      'command statements.unpack',
      'command statements.release',
      'query statements.glance',
      'command statements.import',
      'query statements.list',
      'query statements.chain',
      'query statements.lines',
      'query statements.line',
      'query statements.issues',
      'command statements.clear',
      'query statements.marks',
      'command statements.forget',
      'command statements.judge',
      'query statements.tables',
      'command statements.forgetTable',
      'query statements.watched',
      'command statements.watch',
      'command statements.chooseFolder',
      'command statements.takeWatched',
      'command matches.propose',
      'query matches.page',
      'query matches.summary',
      'query matches.candidates',
      'command matches.accept',
      'command matches.acceptCertain',
      'command matches.reject',
      'command matches.ignore',
      'command matches.hold',
      'command matches.unmatch',
      'query matches.undoable',
      'command matches.undo',
      'command operations.plan',
      'query operations.planItems',
      'query operations.planDrift',
      'command operations.apply',
      'query operations.list',
      'query operations.items',
      'command operations.undo',
      'command operations.retry',
      'query jobs.list',
      'query jobs.get',
      'command jobs.stop',
      'command jobs.resume',
      'command reports.start',
      'query reports.overview',
      'query journal.page',
      'query journal.verify',
    ])
    expect(Object.keys(topics)).toEqual(['jobs.changed', 'ledger.changed', 'portals.signedIn'])
  })

  it('has an input schema for every call that JSON Schema can say', () => {
    for (const call of Object.values(api)) {
      expect(z.toJSONSchema(call.input, { io: 'input', unrepresentable: 'throw' })).toMatchObject({
        $schema: expect.any(String),
      })
    }
  })

  it('refuses what a schema does not name, in every call', () => {
    for (const [name, call] of Object.entries(api)) {
      expect(call.input.safeParse({ 'not a field': 1 }).success, name).toBe(false)
    }
  })
})

describe('the fields that may be edited (money rule 15)', () => {
  it('are the 35 writable fields of sale.payment.update without the state of payment', () => {
    expect(editableFields).toHaveLength(34)
    expect(editableFields).not.toContain('paid')
  })
})
