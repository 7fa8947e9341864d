// Starts the window: the bridge that the host gave, words, theme, stores, frame.

import b24ui from '@bitrix24/b24ui-nuxt/vue-plugin'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { clientKey, createClient } from './backend.ts'
import AppRoot from './frame/AppRoot.vue'
import { recall } from './frame/remembered.ts'
import { createRouter, routerKey } from './frame/router.ts'
import { createTheme, themeKey } from './frame/theme.ts'
import './styles/main.css'
import { createText, textKey } from './text/language.ts'
import type { Language } from './text/format.ts'

function firstLanguage(): Language {
  const recalled = recall('language')
  if (recalled === 'ru' || recalled === 'en') return recalled
  return navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en'
}

const text = createText(firstLanguage(), navigator.languages)
text.setLanguage(text.language.value)

if (window.bridge) {
  createApp(AppRoot)
    .use(createPinia())
    .use(b24ui)
    .provide(clientKey, createClient(window.bridge))
    .provide(textKey, text)
    .provide(themeKey, createTheme(window))
    .provide(routerKey, createRouter(window))
    .mount('#app')
} else {
  document.body.textContent = text.t('frame.noBridge')
}
