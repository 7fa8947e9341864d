import { describe, expect, it } from 'vitest'
import type { JobSnapshot } from '../../../electron/contract/job.ts'
import {
  leftWords,
  noteWords,
  progressWords,
  resultWords,
  shareOf,
} from '../../../renderer/src/jobs/job-words.ts'
import JobTray from '../../../renderer/src/jobs/JobTray.vue'
import { useJobs } from '../../../renderer/src/jobs/jobs.store.ts'
import { createText } from '../../../renderer/src/text/language.ts'
import { ok } from '../../kit/fake-bridge.ts'
import { importJob, refreshJob } from '../sample-world.ts'
import { inWindow, openWindow, settle } from '../work-window.ts'

const text = createText('en', ['en-GB'])
const now = new Date('2026-11-21T06:00:20.000Z')

describe('the jobs that are known', () => {
  it('keeps the newest snapshot of a job, whichever comes last', () => {
    const { value: jobs } = inWindow(() => useJobs())
    jobs.track({ ...refreshJob(5), rev: 5 })
    jobs.track({ ...refreshJob(3), rev: 3 })
    expect(jobs.running.map((job) => job.done)).toEqual([5])
  })

  it('hears snapshots and resolves at the end of the job', async () => {
    const { value: jobs, bridge } = inWindow(() => useJobs())
    const end = jobs.followed(refreshJob(1))
    bridge.tell('jobs.changed', refreshJob(2))
    bridge.tell('jobs.changed', { ...refreshJob(3, 'done'), rev: 9 })
    expect((await end).state).toBe('done')
    expect(jobs.running).toEqual([])
  })

  it('resolves at once for a job that has ended', async () => {
    const { value: jobs } = inWindow(() => useJobs())
    expect((await jobs.followed(importJob())).kind).toBe('import')
  })

  it('shows an ended job until it is put away, and not one that ended before the window opened', () => {
    const { value: jobs } = inWindow(() => useJobs())
    jobs.track(importJob())
    expect(jobs.inTray).toEqual([])
    jobs.track(refreshJob(1))
    jobs.track({ ...refreshJob(2, 'done'), rev: 9 })
    expect(jobs.inTray.map((job) => job.kind)).toEqual(['refresh'])
    jobs.putAway('j_refresh001')
    expect(jobs.inTray).toEqual([])
  })

  it('asks for all jobs again after the connection came back', async () => {
    const { bridge } = inWindow(() => useJobs(), { 'jobs.list': () => ok([]) })
    bridge.connection('lost')
    await settle()
    bridge.connection('open')
    await settle()
    expect(bridge.calls()).toEqual(['jobs.list'])
  })
})

describe('a job in words', () => {
  it('says how far it is', () => {
    expect(progressWords(refreshJob(41_200), text)).toBe('41,200 of 100,000 payments')
    expect(progressWords({ ...refreshJob(7), total: null }, text)).toBe('7 payments')
    expect([
      shareOf(refreshJob(25_000)),
      shareOf({ ...refreshJob(7), total: null }),
      shareOf({ ...refreshJob(0), total: 0 }),
    ]).toEqual([0.25, null, 1])
  })

  it('says the time that is left, but not once it has passed', () => {
    const job: JobSnapshot = { ...refreshJob(1), expectedEnd: '2026-11-21T06:00:38.000Z' }
    expect(leftWords(job, now, text).replace(/\u00A0/g, ' ')).toBe('18 secs left')
    expect(leftWords(job, new Date('2026-11-21T06:01:00.000Z'), text)).toBe('')
  })

  it('says why it waits', () => {
    expect(noteWords({ kind: 'settling', items: 2, until: '2026-11-21T06:01:35.000Z' }, now, text)).toContain(
      'making sure about 2 payments by reading them',
    )
    expect(noteWords({ kind: 'none' }, now, text)).toBe('')
  })

  it('sums the files of an import and names those that failed', () => {
    const file = { name: 'a', fileId: 1, lines: 10, known: 2, doubtful: 0, problems: 1, fault: null }
    const result = {
      kind: 'import',
      files: [file, { ...file, lines: 4, fault: { code: 'file.empty' } }],
    } as const
    expect(resultWords({ ...result, files: [...result.files] }, text)).toBe(
      '10 new lines, 4 known already, 2 problems. 1 file was not imported',
    )
    expect(resultWords({ kind: 'import', files: [{ ...file, doubtful: 3 }] }, text)).toBe(
      '5 new lines, 2 known already, 1 problems. 3 lines wait for your word',
    )
  })
})

describe('the tray', () => {
  it('shows a running job with a named bar and stops it', async () => {
    const tray = await openWindow(JobTray, {
      answers: { 'jobs.stop': () => ok({ ...refreshJob(41_201, 'stopping'), rev: 41_201 }) },
    })
    tray.bridge.tell('jobs.changed', refreshJob(41_200))
    await settle()
    expect(document.body.textContent).toContain('41,200 of 100,000 payments')
    expect(document.querySelector('[role="progressbar"]')?.getAttribute('aria-label')).toBe(
      'Refreshing payments',
    )
    const stop = [...document.querySelectorAll('button')].find(
      (button) => button.textContent?.trim() === 'Stop',
    )
    stop?.click()
    await settle()
    expect(tray.bridge.inputsOf('jobs.stop')).toEqual([{ jobId: 'j_refresh001' }])
    expect(document.body.textContent).toContain('stopping…')
    tray.close()
  })
})
