import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import type { DeskFolder } from './desk-folder.ts'
import { round, say } from './measure.ts'
import { memoryOfTree, type ProcessMemory, totalPss } from './process-memory.ts'

/**
 * The start of the desk and its memory, interleaved with a blank Electron window that draws one line with React. A start
 * is counted from the spawn to the first usable list; the person's typing of her password is not in it (the time from
 * Enter to the list is).
 */
const root = resolve(import.meta.dirname, '../..')
const blankPages = join(root, 'out/bench/blank-app')

interface Start {
  readonly milliseconds: number
  readonly memory: readonly ProcessMemory[]
}

const SETTLE_MS = 3000

export interface StartupResult {
  readonly rounds: number
  readonly desk: StartFigures
  readonly blank: StartFigures
  readonly ratio: { readonly start: number; readonly memory: number }
}

interface StartFigures {
  readonly startMs: number
  readonly pssMiB: number
  readonly processes: ReadonlyArray<{ readonly kind: string; readonly pssMiB: number }>
}

export async function benchStartup(folder: DeskFolder, { rounds }: { rounds: number }): Promise<StartupResult> {
  await buildBlankApp()
  const desk: Start[] = []
  const blank: Start[] = []
  await startDesk(folder) // warms the disk cache for both: they share the runtime
  await startBlank()
  for (let turn = 1; turn <= rounds; turn += 1) {
    blank.push(await startBlank())
    desk.push(await startDesk(folder))
    say(`  start ${turn} of ${rounds}`)
  }
  return compared(desk, blank)
}

async function startBlank(): Promise<Start> {
  return measure(
    { args: [join(import.meta.dirname, 'blank-app/main.cjs')], env: { MNK_BLANK_PAGES: blankPages } },
    async (page) => {
      await page.waitForSelector('body[data-drawn]', { state: 'attached' })
      return 0
    }
  )
}

async function startDesk({ dataDir, login, password }: DeskFolder): Promise<Start> {
  return measure({ args: [root], env: { MNK_DATA_DIR: dataDir } }, async (page) => {
    const field = page.locator('input[type=password]')
    await field.waitFor()
    const typing = Date.now()
    await chooseAccount(page, login)
    await field.fill(password)
    const typed = Date.now() - typing
    await page.keyboard.press('Enter')
    await page.locator('tr.case-table__row, [data-screen=today]').first().waitFor()
    return typed
  })
}

/** The lock screen offers the PC's accounts; one alone is chosen already. */
async function chooseAccount(page: Page, login: string): Promise<void> {
  const choice = page.locator(`[data-login="${login}"]`)
  if (await choice.count()) await choice.click()
}

/** `use` resolves with the milliseconds that do not count. */
async function measure(
  { args, env }: { args: string[]; env: Record<string, string> },
  use: (page: Page) => Promise<number>
): Promise<Start> {
  const from = Date.now()
  const app = await _electron.launch({ args, cwd: root, env: { ...(process.env as Record<string, string>), ...env } })
  const page = await app.firstWindow()
  const uncounted = await use(page)
  const milliseconds = Date.now() - from - uncounted
  const memory = await settledMemory(app)
  await app.close()
  return { milliseconds, memory }
}

async function settledMemory(app: ElectronApplication): Promise<ProcessMemory[]> {
  await new Promise((settle) => setTimeout(settle, SETTLE_MS))
  return memoryOfTree(app.process().pid ?? 0)
}

async function buildBlankApp(): Promise<void> {
  if (existsSync(join(blankPages, 'index.html'))) return
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'blank-app'),
    base: './',
    plugins: [react()],
    logLevel: 'error',
    build: { outDir: blankPages, emptyOutDir: true, target: 'chrome130' }
  })
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

function compared(desk: readonly Start[], blank: readonly Start[]): StartupResult {
  const ours = startFigures(desk)
  const floor = startFigures(blank)
  const ratio = { start: round(ours.startMs / floor.startMs), memory: round(ours.pssMiB / floor.pssMiB) }
  console.table([
    { what: 'desk: spawn to first list, without the typing', ms: ours.startMs, 'PSS MiB': ours.pssMiB },
    { what: 'blank Electron + React', ms: floor.startMs, 'PSS MiB': floor.pssMiB },
    { what: 'ratio', ms: ratio.start, 'PSS MiB': ratio.memory }
  ])
  return { rounds: desk.length, desk: ours, blank: floor, ratio }
}

const startFigures = (starts: readonly Start[]): StartFigures => ({
  startMs: Math.round(median(starts.map(({ milliseconds }) => milliseconds))),
  pssMiB: Math.round(median(starts.map(({ memory }) => totalPss(memory)))),
  processes: starts.at(-1)?.memory.map(({ kind, pss }) => ({ kind, pssMiB: Math.round(pss) })) ?? []
})
