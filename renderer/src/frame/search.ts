// The search box of the frame belongs to the area that is open.

import { defineStore } from 'pinia'
import { onScopeDispose, readonly, ref, watch } from 'vue'
import type { Ref } from 'vue'
import type { TextKey } from '../text/language.ts'

const quietMs = 200

export const useSearchBox = defineStore('search', () => {
  const text = ref('')
  const hint = ref<TextKey | null>(null)
  return { text, hint }
})

/** What the person searches for, while the caller's area is open; settles after a short quiet. */
export function useAreaSearch(hint: TextKey, initial = ''): Readonly<Ref<string>> {
  const box = useSearchBox()
  const settled = ref(initial)
  let timer: ReturnType<typeof setTimeout> | undefined
  box.hint = hint
  box.text = initial
  watch(
    () => box.text,
    (text) => {
      clearTimeout(timer)
      timer = setTimeout(() => (settled.value = text.trim()), text === '' ? 0 : quietMs)
    },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    if (box.hint !== hint) return
    box.hint = null
    box.text = ''
  })
  return readonly(settled)
}
