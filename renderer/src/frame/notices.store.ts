// What the window tells in passing: faults, things done, and words for screen readers alone.

import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Fault } from '../../../electron/contract/fault.ts'

export type Notice = { id: number; kind: 'fault'; fault: Fault } | { id: number; kind: 'done'; words: string }

const doneStaysMs = 6000
const most = 3

export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  const announced = ref('')
  let lastId = 0

  function add(notice: Notice): void {
    notices.value = [...notices.value, notice].slice(-most)
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  /** Shows a refusal until the person closes it. A call that was given up is no news. */
  function fault(one: Fault): void {
    if (one.code === 'call.abandoned') return
    const same = notices.value.find((notice) => notice.kind === 'fault' && notice.fault.code === one.code)
    if (same) dismiss(same.id)
    add({ id: ++lastId, kind: 'fault', fault: one })
  }

  function done(words: string): void {
    const id = ++lastId
    add({ id, kind: 'done', words })
    setTimeout(() => dismiss(id), doneStaysMs)
  }

  /** Read aloud by a screen reader, shown nowhere. */
  function announce(words: string): void {
    announced.value = words
  }

  return { notices, announced, fault, done, announce, dismiss }
})
