import { afterEach, describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { useInbox } from '../../../renderer/src/areas/statements/inbox.store.ts'
import StatementsArea from '../../../renderer/src/areas/statements/StatementsArea.vue'
import { useWatchNews } from '../../../renderer/src/areas/statements/watch-news.ts'
import { useNotices } from '../../../renderer/src/frame/notices.store.ts'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { statementAnswers, unwatched, watched } from '../sample-statements.ts'
import { importJob } from '../sample-world.ts'
import { inWindow, openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let shown: WorkWindow | undefined
afterEach(() => shown?.close())

async function open(answers: Answers = {}): Promise<void> {
  shown = await openWindow(StatementsArea, {
    hash: '#/statements',
    language: 'en',
    answers: { ...statementAnswers(), ...answers },
  })
}

function words(): string {
  return (document.body.textContent ?? '').replace(/\s+/g, ' ')
}

async function click(label: string): Promise<void> {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === label)
  if (!found) throw new Error(`no button ${label}`)
  found.click()
  await settle()
}

async function typePath(path: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('[role="dialog"] form input')
  if (!input) throw new Error('no field for the path')
  input.value = path
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
  document.querySelector<HTMLFormElement>('[role="dialog"] form')?.dispatchEvent(new Event('submit'))
  await settle()
}

describe('the watched folder', () => {
  it('is off at first, and says that it never writes to a portal', async () => {
    await open()
    expect(words()).toContain('Watched folder: off')
    await click('Set up…')
    expect(words()).toContain('It never writes to a portal')
  })

  it('is named by its typed path where the host has no dialog', async () => {
    await open()
    await click('Set up…')
    expect(words()).not.toContain('Choose the folder')
    await typePath('  /home/anna/bank ')
    expect(shown?.bridge.inputsOf('statements.watch')).toEqual([{ folder: '/home/anna/bank' }])
    expect(words()).toContain('watching')
  })

  it('is chosen in the system’s dialog where there is one', async () => {
    await open({ 'statements.watched': () => ok({ ...unwatched, canChoose: true }) })
    await click('Set up…')
    await click('Choose the folder and watch it')
    expect(shown?.bridge.inputsOf('statements.watch')).toEqual([{ folder: '/home/anna/bank' }])
  })

  it('keeps what was typed and says why when the folder cannot be reached', async () => {
    await open({ 'statements.watch': () => no({ code: 'folder.unreachable', path: '/mnt/x' }) })
    await click('Set up…')
    await typePath('/mnt/x')
    expect(words()).toContain('The folder cannot be reached: /mnt/x.')
    expect(document.querySelector<HTMLInputElement>('[role="dialog"] form input')?.value).toBe('/mnt/x')
  })

  it('tells what became of each file, why, and opens a waiting one in the import screen', async () => {
    await open({ 'statements.watched': () => ok(watched) })
    expect(words()).toContain('1 file waits for your word')
    await click('Open…')
    const said = words()
    for (const outcome of ['imported', 'waits for you', 'refused', 'arriving', 'lay there before'])
      expect(said).toContain(outcome)
    expect(said).toContain('A PDF holds no statement that a program can read.')
    await click('Open in the import screen')
    expect(shown?.bridge.inputsOf('statements.takeWatched')).toEqual([{ name: 'acquiring.csv' }])
    expect(useInbox().files.map((file) => file.name)).toEqual(['acquiring.csv'])
  })

  it('can be switched off', async () => {
    await open({ 'statements.watched': () => ok({ ...watched, state: 'unreachable' }) })
    await click('Open…')
    expect(words()).toContain('Sverka goes on trying')
    await click('Stop watching')
    expect(shown?.bridge.inputsOf('statements.watch')).toEqual([{ folder: null }])
    expect(words()).toContain('Watched folder: off')
  })
})

describe('news of the watched folder', () => {
  const job = importJob()
  const done = (fileId: number, id: string) => ({
    ...job,
    id: id as never,
    result: {
      kind: 'import' as const,
      files: [{ name: 'kl_to_1c.txt', fileId, lines: 11, known: 0, doubtful: 0, problems: 0, fault: null }],
    },
  })

  it('are told once for files that the folder brought, and for no others', async () => {
    const { bridge } = inWindow(() => effectScope().run(useWatchNews), {
      'statements.watched': () => ok(watched),
    })
    const notices = useNotices()
    bridge.tell('jobs.changed', done(77, 'j_other00001'))
    bridge.tell('jobs.changed', done(4, 'j_folder0001'))
    bridge.tell('jobs.changed', done(4, 'j_folder0001'))
    await settle()
    expect(notices.notices.map((notice) => notice.kind === 'done' && notice.words)).toEqual([
      'From the watched folder: kl_to_1c.txt, 11 new lines',
    ])
  })

  it('are none when no folder is watched', async () => {
    const { bridge } = inWindow(() => effectScope().run(useWatchNews), {
      'statements.watched': () => ok(unwatched),
    })
    bridge.tell('jobs.changed', done(4, 'j_folder0001'))
    await settle()
    expect(useNotices().notices).toEqual([])
  })
})
