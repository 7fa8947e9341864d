// The two settings that are the system window's affair, theme and language, followed as they change.

import { app, nativeTheme } from 'electron'
import type { Backend } from '../backend/session.ts'
import { openClient } from '../host/in-process-client.ts'
import type { Language } from '../host/language.ts'
import { showMenu } from './app-menu.ts'

export interface Preferences {
  language(): Language
  close(): void
}

/** Begins with the system's language until the settings have been read. */
export function followPreferences(backend: Backend): Preferences {
  let language: Language = app.getLocale().startsWith('ru') ? 'ru' : 'en'
  const client = openClient(backend)

  async function read(): Promise<void> {
    const settings = await client.call('app.settings', undefined)
    if (!settings.ok) return
    nativeTheme.themeSource = settings.value.theme
    language = settings.value.language ?? language
    showMenu(language)
  }

  showMenu(language)
  client.on('ledger.changed', ({ areas }) => {
    if (areas.includes('settings')) void read()
  })
  void read()
  return { language: () => language, close: () => client.close() }
}
