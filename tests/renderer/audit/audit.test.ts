import { afterEach, describe, expect, it } from 'vitest'
import { journalKinds } from '../../../electron/contract/journal.ts'
import { groupNames, kindsOf } from '../../../renderer/src/areas/audit/journal-groups.ts'
import { readPair } from '../../../renderer/src/areas/audit/printed-pair.ts'
import VerifyDrawer from '../../../renderer/src/areas/audit/VerifyDrawer.vue'
import { defineComponent, h } from 'vue'
import { ok } from '../../kit/fake-bridge.ts'
import { openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

const hash = 'a3f1c9'.padEnd(64, '0')

describe('the groups of the journal', () => {
  it('hold every kind once', () => {
    expect(groupNames.flatMap(kindsOf).sort()).toEqual([...journalKinds].sort())
  })
})

describe('a printed pair', () => {
  it('is read with grouping, blanks and capitals', () => {
    expect(readPair('1 240', ` ${hash.slice(0, 32).toUpperCase()} ${hash.slice(32)} `)).toEqual({
      seq: 1240,
      hash,
    })
    expect(readPair('1,240', hash)).toEqual({ seq: 1240, hash })
  })

  it('may be left out, but not in part', () => {
    expect(readPair('', ' ')).toEqual({})
    expect(readPair('1240', '')).toBe('wrong')
    expect(readPair('', hash)).toBe('wrong')
    expect(readPair('0', hash)).toBe('wrong')
    expect(readPair('12', hash.slice(1))).toBe('wrong')
  })
})

describe('verifying', () => {
  let shown: WorkWindow | undefined
  afterEach(() => shown?.close())
  const opened = defineComponent({ setup: () => () => h(VerifyDrawer, { open: true }) })

  async function verify(brokenAt: number | null, pair: boolean | null): Promise<string> {
    shown = await openWindow(opened, {
      answers: { 'journal.verify': () => ok({ rows: 1240, lastSeq: 1240, lastHash: hash, brokenAt, pair }) },
    })
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    return document.querySelector('[role="status"]')?.textContent ?? ''
  }

  it('says that the chain is whole and what that proves', async () => {
    const words = await verify(null, true)
    expect(words).toContain('The chain is whole: 1,240 entries')
    expect(words).toContain('The printed pair stands in the journal.')
    expect(words).toContain('could have rewritten the whole chain')
  })

  it('says where the chain is broken', async () => {
    const words = await verify(77, false)
    expect(words).toContain('The chain is broken at entry 77')
    expect(words).toContain('The printed pair does not stand in the journal')
  })
})
