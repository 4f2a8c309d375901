import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export interface Tally {
  passed: number
  failed: number
  skipped: number
}

const count = z.int().nonnegative()
const vitestReport = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count
})
const playwrightReport = z.object({
  stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count })
})

export interface TestRun {
  kind: 'vitest' | 'playwright'
  /** The JSON report that the runner was told to write. */
  file: string
  /** The runner's exit code. */
  code: number
}

/** A check that has no tests of its own counts as one. */
export function checkTally(code: number): Tally {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/**
 * Counts the tests of a run by its report. A runner that failed without a failed test (a crash, a file that does not
 * load, no tests at all, no report) counts as one failure.
 */
export function testTally(run: TestRun): Tally {
  const counted = existsSync(run.file) ? read(run) : { passed: 0, failed: 0, skipped: 0 }
  const silentFailure = counted.failed === 0 && (run.code !== 0 || counted.passed === 0)
  return silentFailure ? { ...counted, failed: 1 } : counted
}

function read({ kind, file }: TestRun): Tally {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (kind === 'vitest') {
    const report = vitestReport.parse(content)
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests
    }
  }
  const { stats } = playwrightReport.parse(content)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

export function addUp(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped
    }),
    { passed: 0, failed: 0, skipped: 0 }
  )
}

/** "N passed, N failed", and what was skipped if anything was. */
export function verdict({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
