import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addUp, checkTally, testTally, verdict } from './test-tally.ts'

let dir: string

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'mnk-tally-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

function report(name: string, content: object): string {
  const file = path.join(dir, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

const vitestReport = (passed: number, failed: number) =>
  report(`vitest-${passed}-${failed}.json`, {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 1
  })

test('the verdict sums checks, Vitest and Playwright', () => {
  const playwright = report('e2e.json', { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } })
  const tallies = [
    checkTally(0),
    checkTally(2),
    testTally({ kind: 'vitest', file: vitestReport(10, 3), code: 1 }),
    testTally({ kind: 'playwright', file: playwright, code: 1 })
  ]
  expect(verdict(addUp(tallies))).toBe('16 passed, 5 failed, 4 skipped')
})

test('nothing skipped is not mentioned', () => {
  expect(verdict({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed')
})

test('a runner that crashed fails the run although no test failed', () => {
  expect(testTally({ kind: 'vitest', file: vitestReport(10, 0), code: 1 })).toEqual({
    passed: 10,
    failed: 1,
    skipped: 2
  })
})

test('a runner that left no report fails the run, whatever its exit code', () => {
  const file = path.join(dir, 'never-written.json')
  expect(testTally({ kind: 'playwright', file, code: 0 })).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a run without a single passed test fails', () => {
  expect(testTally({ kind: 'vitest', file: vitestReport(0, 0), code: 0 })).toEqual({ passed: 0, failed: 1, skipped: 2 })
})
