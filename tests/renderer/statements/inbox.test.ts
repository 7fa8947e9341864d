import { describe, expect, it } from 'vitest'
import { isReady, needsMapping, useInbox } from '../../../renderer/src/areas/statements/inbox.store.ts'
import { blankMapping } from '../../../renderer/src/areas/statements/mapping-model.ts'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { glance, importJob } from '../sample-world.ts'
import { inWindow } from '../work-window.ts'

const bank = new File(['x'], 'kl_to_1c.txt')
const table = new File(['x'], 'acquiring.csv')
const names = ['kl_to_1c.txt', 'acquiring.csv']

function inbox(answers: Answers = {}) {
  let asked = 0
  return inWindow(() => useInbox(), {
    'statements.glance': ({ ticket }) => ok(glance(ticket, names[asked++] ?? 'acquiring.csv')),
    ...answers,
  })
}

describe('files that wait for the person', () => {
  it('are looked at one after the other, and nothing is stored', async () => {
    const { value: store, bridge } = inbox()
    await store.add([bank, table])
    expect(
      store.files.map((file) => [file.name, file.glance?.format, isReady(file), needsMapping(file)]),
    ).toEqual([
      ['kl_to_1c.txt', '1c', true, false],
      ['acquiring.csv', 'csv', false, true],
    ])
    expect(bridge.calls()).toEqual(['statements.glance', 'statements.glance'])
  })

  it('are imported with what the person chose, and only those that are ready', async () => {
    const { value: store, bridge } = inbox({ 'statements.import': () => ok(importJob()) })
    await store.add([bank, table])
    const [first] = store.files
    await store.change(first?.key ?? 0, { encoding: 'ibm866' })
    await store.change(first?.key ?? 0, { duplicates: 'keep' })
    expect(bridge.inputsOf('statements.glance').at(-1)).toEqual({ ticket: first?.ticket, encoding: 'ibm866' })
    // The third look answers as a table does; the file is then not ready any more.
    expect(store.ready).toEqual([])
    await store.change(first?.key ?? 0, { mapping: { ...blankMapping, columns: { bankDay: 0, amount: 1 } } })
    expect(await store.importReady()).toBe(true)
    expect(bridge.inputsOf('statements.import')).toEqual([
      {
        files: [
          {
            ticket: first?.ticket,
            duplicates: 'keep',
            encoding: 'ibm866',
            mapping: { ...blankMapping, columns: { bankDay: 0, amount: 1 } },
          },
        ],
      },
    ])
    expect(store.files.map((file) => file.name)).toEqual(['acquiring.csv'])
  })

  it('keep a refused file with its reason, and keep everything when the import is refused', async () => {
    const { value: store } = inbox({
      'statements.glance': () => no({ code: 'statement.unknownFormat' }),
      'statements.import': () => no({ code: 'ledger.full' }),
    })
    await store.add([bank])
    expect(store.files.map((file) => [file.fault?.code, isReady(file)])).toEqual([
      ['statement.unknownFormat', false],
    ])
    expect(await store.importReady()).toBe(false)
    expect(store.files).toHaveLength(1)
  })

  it('leave out what was imported before', async () => {
    const { value: store } = inbox({
      'statements.glance': ({ ticket }) => ok({ ...glance(ticket, 'kl_to_1c.txt'), importedAs: 3 as never }),
    })
    await store.add([bank])
    expect(store.ready).toEqual([])
  })

  it('stop being read when the person says so', async () => {
    const { value: store, bridge } = inbox({ 'statements.glance': () => new Promise(() => undefined) })
    void store.add([bank])
    await new Promise((resolve) => setTimeout(resolve, 5))
    store.stopReading()
    expect(store.files.map((file) => [file.busy, file.fault?.code])).toEqual([[false, 'call.abandoned']])
    expect(bridge.sent.at(-1)).toEqual({ id: 1, abandon: true })
  })

  it('close the panel with the last one', async () => {
    const { value: store } = inbox()
    await store.add([bank])
    expect(store.open).toBe(true)
    store.remove(store.files[0]?.key ?? 0)
    expect([store.open, store.files]).toEqual([false, []])
  })
})
