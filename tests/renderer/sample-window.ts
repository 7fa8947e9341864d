// The window over written-out answers, for looking at screens:
// `?scene=empty|demo|morning&language=ru|en&theme=light|dark` in the address.

import { fakeBridge, ok } from '../kit/fake-bridge.ts'
import { nameTicket, statementAnswers } from './sample-statements.ts'
import { workAnswers } from './sample-work.ts'
import { sampleAnswers, settings } from './sample-world.ts'

const asked = new URLSearchParams(window.location.search)
const scene = asked.get('scene')
const shown = scene === 'empty' || scene === 'demo' ? scene : 'morning'
const answers = { ...sampleAnswers(shown), ...workAnswers(shown) }
const language = asked.get('language') === 'en' ? 'en' : 'ru'
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light'

const bridge = fakeBridge({
  ...answers,
  ...(shown === 'morning' ? statementAnswers() : {}),
  'app.settings': () => ok({ ...settings, language, theme }),
})
const claim = bridge.claim
window.bridge = Object.assign(bridge, {
  async claim(file: File) {
    const ticket = await claim(file)
    nameTicket(ticket, file.name)
    return ticket
  },
})
