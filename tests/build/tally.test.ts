import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { add, lastLine, nothing, single, skip, tallyPlaywright, tallyVitest } from '../../build/test/tally.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sverka-tally-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function report(value: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(value))
  return file
}
const test = (fullName: string, status: string) => ({ fullName, status })

it('counts every test of vitest', () => {
  const file = report({
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [test('one', 'passed'), test('two', 'failed'), test('three', 'pending')],
      },
      { name: 'b.test.ts', status: 'passed', assertionResults: [test('four', 'passed')] },
    ],
  })
  const tally = tallyVitest('vitest', file, 1)
  expect(tally).toEqual({ passed: 2, failed: 1, skipped: 1, failures: ['two'], skips: ['three'] })
})

it('counts a file that could not be run as a failure', () => {
  const file = report({
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [] },
      { name: 'b', status: 'passed', assertionResults: [test('x', 'passed')] },
    ],
  })
  expect(tallyVitest('vitest', file, 1)).toMatchObject({ passed: 1, failed: 1, failures: ['a.test.ts'] })
})

it('counts a file that left all its tests out as skipped', () => {
  const file = report({
    testResults: [
      { name: 'a.test.ts', status: 'passed', assertionResults: [] },
      { name: 'b.test.ts', status: 'passed', assertionResults: [test('x', 'passed')] },
    ],
  })
  expect(tallyVitest('vitest', file, 0)).toMatchObject({ passed: 1, failed: 0, skipped: 1 })
})

it('counts an error outside of any test, a missing report and an empty one', () => {
  expect(
    tallyVitest(
      'v',
      report({ testResults: [{ name: 'b', status: 'passed', assertionResults: [test('x', 'passed')] }] }),
      1,
    ).failed,
  ).toBe(1)
  expect(tallyVitest('v', join(folder, 'none.json'), 0).failed).toBe(1)
  expect(tallyVitest('v', report({ testResults: [] }), 0).failed).toBe(1)
})

it('counts every test of Playwright, a flaky one as failed', () => {
  const specs = [
    { title: 'a', tests: [{ status: 'expected' }, { status: 'expected' }] },
    { title: 'b', tests: [{ status: 'unexpected' }] },
    { title: 'c', tests: [{ status: 'flaky' }] },
    { title: 'd', tests: [{ status: 'skipped' }] },
  ]
  const tally = tallyPlaywright('e2e', report({ suites: [{ suites: [{ specs }] }], errors: [] }), 1)
  expect(tally).toEqual({ passed: 2, failed: 2, skipped: 1, failures: ['b', 'c'], skips: ['d'] })
})

it('counts what went wrong before any spec of Playwright', () => {
  expect(tallyPlaywright('e2e', report({ suites: [], errors: [{ message: 'no config' }] }), 1)).toMatchObject(
    { failed: 1 },
  )
  expect(tallyPlaywright('e2e', report({ suites: [], errors: [] }), 1)).toMatchObject({ failed: 1 })
})

it('ends with one line', () => {
  const total = nothing()
  add(total, single('types', true))
  expect(lastLine(total)).toBe('1 passed, 0 failed')
  add(total, single('lint', false))
  add(total, skip('no runtime'))
  expect(lastLine(total)).toBe('1 passed, 1 failed, 1 skipped')
})
