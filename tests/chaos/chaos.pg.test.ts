import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { PLANTED_BUGS } from './planted-bugs.ts'
import { REGRESSION_SEEDS } from './regression-seeds.ts'
import { findPlanted, runChaos } from './run-chaos.ts'

const LIMIT_MS = 180_000

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-chaos-'))
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'mnk-chaos-code')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const play = (seed: number, rounds: number) =>
  runChaos({ seed, rounds, postgresUrl: inject('postgresUrl'), dir: join(dir, 'office'), log: () => undefined })

test('50 rounds of chaos break no promise', { timeout: LIMIT_MS }, async () => {
  const report = await play(20_261_125, 50)
  expect(report.breaches).toEqual([])
  expect(report.rounds).toBe(50)
  expect(report.saved).toBeGreaterThan(20)
})

test.runIf(REGRESSION_SEEDS.length > 0).each(REGRESSION_SEEDS)(
  'what a seed once found stays mended ($found)',
  { timeout: LIMIT_MS },
  async ({ seed, rounds }) => {
    expect((await play(seed, rounds)).breaches).toEqual([])
  }
)

test('a planted bug is reported under the promise that it breaks', { timeout: LIMIT_MS }, async () => {
  const found = await findPlanted({ postgresUrl: inject('postgresUrl'), dir: join(dir, 'office') }, PLANTED_BUGS)
  expect(found.filter(({ breaches }) => breaches.length === 0).map(({ what }) => what)).toEqual([])
})
