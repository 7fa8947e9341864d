// What the Reports screen remembers: period, portal, currency.

import { defineStore } from 'pinia'
import { ref } from 'vue'
import { localDay, periodOf } from '../operations/days.ts'

export const useReports = defineStore('reports', () => {
  const period = ref(periodOf('month', localDay(new Date())))
  /** '' = the current portal; another id, or 'all'. */
  const portal = ref('')
  const currency = ref('')
  return { period, portal, currency }
})
