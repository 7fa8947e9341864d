// Counts: what passed, what failed, what was not run and why.

import { existsSync, readFileSync } from 'node:fs'

export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** Names of what failed or was skipped, for the summary. */
  failures: string[]
  skips: string[]
}

export const nothing = (): Tally => ({ passed: 0, failed: 0, skipped: 0, failures: [], skips: [] })

export function add(to: Tally, more: Tally): void {
  to.passed += more.passed
  to.failed += more.failed
  to.skipped += more.skipped
  to.failures.push(...more.failures)
  to.skips.push(...more.skips)
}

/** One thing that either holds or does not. */
export function single(name: string, holds: boolean): Tally {
  return holds ? { ...nothing(), passed: 1 } : { ...nothing(), failed: 1, failures: [name] }
}

export const skip = (why: string): Tally => ({ ...nothing(), skipped: 1, skips: [why] })

interface VitestReport {
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
}

/**
 * Every test of a vitest run by its JSON report. A file that could not be run has no tests: it counts as one failure,
 * and so does a run that ended badly although every test passed (an error outside of any test) or left no report.
 */
export function tallyVitest(name: string, reportFile: string, exitCode: number): Tally {
  const tally = nothing()
  if (!existsSync(reportFile)) return single(`${name}: no report`, false)
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport
  for (const file of report.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
      add(tally, single(file.name, false))
    }
    if (file.status !== 'failed' && file.assertionResults.length === 0)
      add(tally, skip(`${file.name}: nothing in it was run`))
    for (const test of file.assertionResults) {
      if (test.status === 'passed') tally.passed++
      else if (test.status === 'failed') add(tally, single(test.fullName, false))
      else add(tally, skip(test.fullName))
    }
  }
  if (exitCode !== 0 && tally.failed === 0) add(tally, single(`${name}: an error outside of any test`, false))
  if (tally.passed + tally.failed + tally.skipped === 0) add(tally, single(`${name}: no tests`, false))
  return tally
}

interface PlaywrightReport {
  suites: PlaywrightSuite[]
  errors: { message?: string }[]
}
interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs?: { title: string; tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }[]
}

/** Every test of a Playwright run; one that passed only when repeated has failed. */
export function tallyPlaywright(name: string, reportFile: string, exitCode: number): Tally {
  const tally = nothing()
  if (!existsSync(reportFile)) return single(`${name}: no report`, false)
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as PlaywrightReport
  const visit = (suite: PlaywrightSuite) => {
    for (const inner of suite.suites ?? []) visit(inner)
    for (const spec of suite.specs ?? []) {
      for (const { status } of spec.tests) {
        if (status === 'expected') tally.passed++
        else add(tally, status === 'skipped' ? skip(spec.title) : single(spec.title, false))
      }
    }
  }
  for (const suite of report.suites) visit(suite)
  for (const error of report.errors) add(tally, single(`${name}: ${error.message ?? 'error'}`, false))
  if (exitCode !== 0 && tally.failed === 0) add(tally, single(`${name}: ended badly`, false))
  return tally
}

/** The last line of a test run. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
