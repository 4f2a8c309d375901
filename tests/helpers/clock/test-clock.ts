import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'

/**
 * The clock of a centre and its PCs that can be put forward: their processes read the real time, moved on by what stands
 * in a file. Nothing of the program knows of it.
 */
export interface TestClock {
  readonly file: string
  now(): Date
  /** Processes that run notice within a tenth of a second. */
  putForwardTo(instant: string): void
  putForwardBy(days: number): void
  /** The window of a desk asks its own clock, which the store's does not move; it begins anew with the right one. */
  setWindow(page: Page): Promise<void>
  remove(): void
}

const DAY_MS = 86_400_000

export function createTestClock(): TestClock {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-clock-'))
  const file = join(dir, 'shift-ms')
  let shift = 0
  const write = (ms: number): void => {
    if (ms < shift) throw new RangeError('the clock only goes forward')
    shift = ms
    writeFileSync(file, String(shift))
  }
  write(0)
  const now = (): Date => new Date(Date.now() + shift)
  return {
    file,
    now,
    putForwardTo: (instant) => write(Date.parse(instant) - Date.now()),
    putForwardBy: (days) => write(shift + days * DAY_MS),
    setWindow: async (page) => {
      await page.clock.setSystemTime(now())
      await page.reload()
    },
    remove: () => rmSync(dir, { recursive: true, force: true })
  }
}

/** For a program under Node, and for the desk under Electron. */
export const nodeWith = (clock: TestClock | null): string[] =>
  clock === null ? [] : ['--require', resolve(import.meta.dirname, 'shifted-process.cjs')]
export const electronWith = (clock: TestClock | null): string[] =>
  clock === null ? [] : ['-r', resolve(import.meta.dirname, 'desk-main.cjs')]
export const clockEnv = (clock: TestClock | null): NodeJS.ProcessEnv =>
  clock === null ? {} : { MNK_TEST_CLOCK: clock.file }
