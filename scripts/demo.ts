import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { beginStory, FIRST_DAY, type Story, type StoryStep } from '../tests/story/first-day.ts'

/**
 * The guided demo: drives the real application through a caseworker's first day and leaves `out/demo/` behind, with a
 * picture of every step, what the application produced, and `summary.json`. Exits with 1 when a step fails.
 */
const outDir = resolve(import.meta.dirname, '../out/demo')

interface StepResult {
  readonly name: string
  readonly ok: boolean
  readonly ms: number
  readonly screenshot: string | null
}

async function main(): Promise<number> {
  rmSync(outDir, { recursive: true, force: true })
  mkdirSync(outDir, { recursive: true })
  say('Guided demo of Manneungki Desk: one centre, three PCs, one day.')
  say('Starting the centre with invented cases, and three desks ...')
  const { story, end } = await beginStory({ documentsDir: outDir })
  try {
    const electron = await story.her.app.evaluate(() => process.versions.electron ?? '')
    const steps = await runSteps(story)
    const ok = steps.every((step) => step.ok) && steps.length === FIRST_DAY.length
    writeFileSync(join(outDir, 'summary.json'), `${JSON.stringify({ ok, electron, steps }, null, 2)}\n`)
    const passed = steps.filter((step) => step.ok).length
    say(`${passed} of ${FIRST_DAY.length} steps on Electron ${electron}; pictures and summary.json are in out/demo/.`)
    return ok ? 0 : 1
  } finally {
    await end()
  }
}

/** Every step builds on the one before, so the first that fails is the last. */
async function runSteps(story: Story): Promise<StepResult[]> {
  const results: StepResult[] = []
  for (const [index, step] of FIRST_DAY.entries()) {
    const result = await runStep(story, { step, index })
    results.push(result)
    if (!result.ok) break
  }
  return results
}

async function runStep(story: Story, { step, index }: { step: StoryStep; index: number }): Promise<StepResult> {
  const number = String(index + 1).padStart(2, '0')
  say(`${number}/${FIRST_DAY.length}  ${step.name} ...`)
  const from = performance.now()
  try {
    const page = await step.run(story)
    const ms = Math.round(performance.now() - from)
    return { name: step.name, ok: true, ms, screenshot: await picture(page, `${number}-${fileWords(step.name)}.png`) }
  } catch (fault) {
    const ms = Math.round(performance.now() - from)
    say(`       failed: ${fault instanceof Error ? fault.message : 'unknown fault'}`)
    const screenshot = await picture(story.her.page, `${number}-failed.png`).catch(() => null)
    return { name: step.name, ok: false, ms, screenshot }
  }
}

async function picture(page: Page, name: string): Promise<string> {
  await page.screenshot({ path: join(outDir, name), animations: 'disabled' })
  return name
}

const fileWords = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

main().then(
  (code) => process.exit(code),
  (fault: unknown) => {
    process.stderr.write(`the demo could not run: ${fault instanceof Error ? fault.stack : 'unknown fault'}\n`)
    process.exit(1)
  }
)
