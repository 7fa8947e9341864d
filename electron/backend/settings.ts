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
  lookEveryMinutes: 5,
  wholeRefreshDays: 7,
  layouts: {},
}

export interface SettingsBook {
  get(): Settings
  change(values: Partial<Settings>): Promise<Settings>
  /** Takes what the ledger holds: another process may have changed it. */
  load(): Promise<void>
  /** The folder whose new files are imported. Not among the settings that a window sends back: it is checked first. */
  watchedFolder(): string | null
  watchFolder(folder: string | null): Promise<void>
}

export async function openSettings(ledger: LedgerFace): Promise<SettingsBook> {
  let settings = defaultSettings
  let watched: string | null = null
  const load = async (): Promise<void> => {
    const { watchedFolder, ...kept } = await ledger.read('readSettings', null)
    settings = { ...defaultSettings, ...(kept as Partial<Settings>) }
    watched = typeof watchedFolder === 'string' ? watchedFolder : null
  }
  await load()
  return {
    load,
    watchedFolder: () => watched,
    watchFolder: async (folder) => {
      await ledger.write('changeSettings', { values: { watchedFolder: folder } })
      watched = folder
    },
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
