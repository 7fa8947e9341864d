// Whether a newer version is out: asked after the start and then once a day; only ever told.

import { defineStore } from 'pinia'
import { onScopeDispose, ref, watch } from 'vue'
import type { UpdateNews } from '../../../electron/contract/app.ts'
import { useBackend } from '../backend.ts'
import { useStatus } from './status.store.ts'

const dayMs = 24 * 60 * 60 * 1000

export const useUpdates = defineStore('updates', () => {
  const { call } = useBackend()
  const status = useStatus()
  const news = ref<UpdateNews>({ state: 'off' })
  let askedAt = 0

  /** Asks unless that was done within a day; where there is nothing to ask, asks nothing. */
  async function look(): Promise<void> {
    const wanted = status.status?.policy.updateFeed != null && status.settings?.checkForUpdates === true
    if (!wanted || Date.now() - askedAt < dayMs) return
    askedAt = Date.now()
    const answer = await call('app.updates')
    if (answer.ok) news.value = answer.value
  }

  const timer = setInterval(() => void look(), dayMs)
  onScopeDispose(() => clearInterval(timer))
  watch(
    () => [status.status?.policy.updateFeed, status.settings?.checkForUpdates],
    () => void look(),
    { immediate: true },
  )

  return { news, look }
})
