// The demo portal and the sample statements that came with it.

import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { DemoOpened } from '../../../../electron/contract/portal.ts'
import { useBackend } from '../../backend.ts'
import { useNotices } from '../../frame/notices.store.ts'
import { usePortals } from '../../frame/portals.store.ts'
import { useJobs } from '../../jobs/jobs.store.ts'
import { useText } from '../../text/language.ts'
import { useInbox } from '../statements/inbox.store.ts'

export const useDemo = defineStore('demo', () => {
  const { call } = useBackend()
  const { language } = useText()
  const notices = useNotices()
  const portals = usePortals()
  const jobs = useJobs()
  const inbox = useInbox()
  const opening = ref(false)
  const samples = ref<DemoOpened['statements']>([])

  /** Starts the demo portal, connects it, and reads its payments when that was never done. */
  async function open(): Promise<boolean> {
    opening.value = true
    const answer = await call('portals.openDemo', { language: language.value })
    opening.value = false
    if (!answer.ok) {
      notices.fault(answer.fault)
      return false
    }
    const { portal, statements } = answer.value
    samples.value = statements
    portals.put(portal)
    portals.choose(portal.id)
    const reading = jobs.running.some((job) => job.kind === 'refresh' && job.portalId === portal.id)
    if (portal.lastRefreshAt === null && !reading) await portals.refresh(portal.id)
    return true
  }

  /** Puts the sample statements before the person, as if dropped. */
  async function takeSamples(): Promise<boolean> {
    if (samples.value.length === 0 && !(await open())) return false
    void inbox.addTickets(samples.value)
    return true
  }

  return { opening, samples, open, takeSamples }
})
