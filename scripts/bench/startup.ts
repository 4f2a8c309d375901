import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
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

interface StartupOptions {
  readonly rounds: number
  /** A desk's data folder with an account that has signed in, and her credentials. */
  readonly dataDir: string
  readonly login: string
  readonly password: string
}

const SETTLE_MS = 3000

export async function benchStartup(options: StartupOptions): Promise<void> {
  await buildBlankApp()
  const desk: Start[] = []
  const blank: Start[] = []
  await startDesk(options) // warms the disk cache for both: they share the runtime
  await startBlank()
  for (let round = 0; round < options.rounds; round += 1) {
    blank.push(await startBlank())
    desk.push(await startDesk(options))
    process.stdout.write(`start ${round + 1}/${options.rounds}\n`)
  }
  report(desk, blank)
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

async function startDesk({ dataDir, login, password }: StartupOptions): Promise<Start> {
  return measure({ args: [root], env: { MNK_DATA_DIR: dataDir } }, async (page) => {
    const field = page.locator('input[type=password]')
    await field.waitFor()
    const typing = Date.now()
    await chooseAccount(page, login)
    await field.fill(password)
    const typed = Date.now() - typing
    await page.keyboard.press('Enter')
    await page.locator('[data-case-row]').first().waitFor()
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

function report(desk: readonly Start[], blank: readonly Start[]): void {
  const figures = (starts: readonly Start[]) => ({
    startMs: Math.round(median(starts.map(({ milliseconds }) => milliseconds))),
    pssMiB: Math.round(median(starts.map(({ memory }) => totalPss(memory)))),
    processes: starts.at(-1)?.memory.map(({ kind, pss }) => ({ kind, pssMiB: Math.round(pss) })) ?? []
  })
  const result = { rounds: desk.length, desk: figures(desk), blank: figures(blank) }
  const ratio = {
    start: result.desk.startMs / result.blank.startMs,
    memory: result.desk.pssMiB / result.blank.pssMiB
  }
  mkdirSync(join(root, 'out/bench'), { recursive: true })
  writeFileSync(join(root, 'out/bench/startup.json'), JSON.stringify({ ...result, ratio }, null, 2))
  console.table([
    { what: 'desk, locked file to first list', ms: result.desk.startMs, 'PSS MiB': result.desk.pssMiB },
    { what: 'blank Electron + React', ms: result.blank.startMs, 'PSS MiB': result.blank.pssMiB },
    { what: 'ratio', ms: ratio.start.toFixed(2), 'PSS MiB': ratio.memory.toFixed(2) }
  ])
}
