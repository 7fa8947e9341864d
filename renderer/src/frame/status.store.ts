// The program's own state and the person's settings.

import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref } from 'vue'
import type { AppStatus, Settings } from '../../../electron/contract/app.ts'
import type { Fault } from '../../../electron/contract/fault.ts'
import { useBackend } from '../backend.ts'
import { useNotices } from './notices.store.ts'

export const useStatus = defineStore('status', () => {
  const { call, on } = useBackend()
  const notices = useNotices()
  const status = ref<AppStatus | null>(null)
  const settings = ref<Settings | null>(null)
  const fault = ref<Fault | null>(null)

  const owned = computed(() => status.value?.ledger.owned ?? true)

  async function load(): Promise<void> {
    const [first, second] = await Promise.all([call('app.status'), call('app.settings')])
    fault.value = first.ok ? (second.ok ? null : second.fault) : first.fault
    if (first.ok) status.value = first.value
    if (second.ok) settings.value = second.value
  }

  /** Answers whether the change was kept; a refusal is shown. */
  async function change(patch: Partial<Settings>): Promise<boolean> {
    const answer = await call('app.changeSettings', patch)
    if (answer.ok) settings.value = answer.value
    else notices.fault(answer.fault)
    return answer.ok
  }

  function layout(key: string): string | undefined {
    return settings.value?.layouts[key]
  }

  /** Remembers how a window part is laid out; silent, since nothing depends on it. */
  async function keepLayout(key: string, text: string): Promise<void> {
    if (!settings.value || settings.value.layouts[key] === text) return
    const layouts = { ...settings.value.layouts, [key]: text }
    settings.value = { ...settings.value, layouts }
    await call('app.changeSettings', { layouts })
  }

  onScopeDispose(
    on('ledger.changed', ({ areas }) => {
      if (areas.includes('settings') || areas.includes('portals')) void load()
    }),
  )

  return { status, settings, fault, owned, load, change, layout, keepLayout }
})
