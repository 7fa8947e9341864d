// The settings with their defaults, kept in memory and in the ledger.

import type { Settings } from '../contract/app.ts'
import type { LedgerFace } from './ledger/ledger.ts'
import { defaultReturnPort } from './portal/return-listener.ts'

export const defaultSettings: Settings = {
  language: null,
  theme: 'system',
  certainFrom: 0.98,
  likelyFrom: 0.75,
  proofDaysBefore: 5,
  proofDaysAfter: 10,
  oauthReturnPort: defaultReturnPort,
  checkForUpdates: true,
  layouts: {},
}

export interface SettingsBook {
  get(): Settings
  change(values: Partial<Settings>): Promise<Settings>
}

export async function openSettings(ledger: LedgerFace): Promise<SettingsBook> {
  let settings: Settings = {
    ...defaultSettings,
    ...((await ledger.read('readSettings', null)) as Partial<Settings>),
  }
  return {
    get: () => settings,
    change: async (values) => {
      const layouts = { ...settings.layouts, ...values.layouts }
      const next = { ...settings, ...values, layouts }
      await ledger.write('changeSettings', { values: { ...values, ...(values.layouts ? { layouts } : {}) } })
      settings = next
      return next
    },
  }
}
