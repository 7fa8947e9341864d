import { Refusal } from '../../contract/fault.ts'
import type { HandlersOf } from './context.ts'

export const accounts: HandlersOf<'accounts'> = {
  'accounts.list': (_, { ledger }) => ledger.read('readAccounts', null),

  'accounts.bind': async (input, { ledger, actor, now, publish, rematch }) => {
    if (input.portalId !== null && !(await ledger.read('readPortal', { portalId: input.portalId }))) {
      throw new Refusal({ code: 'not.found', what: 'portal' })
    }
    const own = await ledger.read('readOwnCompanies', null)
    const known = own.some(({ portalId, id }) => portalId === input.portalId && id === input.ownCompanyId)
    if (input.ownCompanyId !== null && !known)
      throw new Refusal({ code: 'input.invalid', path: 'ownCompanyId', reason: 'unknown' })
    const at = now()
    await ledger.write('bindAccount', {
      ...input,
      at,
      journal: { at, kind: 'account.bound', actor: actor(), portalId: input.portalId, body: { ...input } },
    })
    publish('ledger.changed', {
      areas: ['accounts', 'statements', 'payments', 'matches', 'journal'],
      portalId: input.portalId,
      at,
    })
    rematch()
    return ledger.read('readAccounts', null)
  },
}
