import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { destructionProven } from '../tests/story/destruction-proven.ts'
import { firstDay } from '../tests/story/first-day.ts'
import { oneCaseTwoPeople } from '../tests/story/one-case-two-people.ts'
import type { BegunStory, Story } from '../tests/story/story.ts'
import { readScriptOptions } from './script-options.ts'

/**
 * The guided demo: drives the real application through its stories and leaves `out/demo/` behind, with a picture of every
 * step, what the application produced, and `summary.json`. Exits with 1 when a step fails.
 */
const outDir = resolve(import.meta.dirname, '../out/demo')

const STORIES: readonly Story[] = [firstDay, oneCaseTwoPeople, destructionProven]

interface StepResult {
  readonly name: string
  readonly ok: boolean
  readonly ms: number
  readonly screenshot: string | null
}

interface StoryResult {
  readonly title: string
  readonly electron: string
  readonly ok: boolean
  readonly steps: readonly StepResult[]
}

async function main(): Promise<number> {
  rmSync(outDir, { recursive: true, force: true })
  mkdirSync(outDir, { recursive: true })
  const results: StoryResult[] = []
  for (const [index, story] of STORIES.entries()) results.push(await playStory(story, index + 1))
  const ok = results.every((result) => result.ok)
  writeFileSync(join(outDir, 'summary.json'), `${JSON.stringify({ ok, stories: results }, null, 2)}\n`)
  const steps = STORIES.reduce((sum, story) => sum + story.steps.length, 0)
  const passed = results.flatMap((result) => result.steps).filter((step) => step.ok).length
  const electron = results[0]?.electron ?? 'unknown'
  say(`${passed} of ${steps} steps on Electron ${electron}; pictures and summary.json are in out/demo/.`)
  return ok ? 0 : 1
}

/** Every step builds on the one before, so the first that fails is the last. */
async function playStory(story: Story, number: number): Promise<StoryResult> {
  say(`${story.title}: starting the centre with invented cases, and the desks ...`)
  const begun = await story.begin({ documentsDir: outDir })
  try {
    const electron = await begun.firstDesk().app.evaluate(() => process.versions.electron ?? '')
    const steps: StepResult[] = []
    for (const index of story.steps.keys()) {
      const result = await runStep(story, begun, { index, prefix: `${number}-${String(index + 1).padStart(2, '0')}` })
      steps.push(result)
      if (!result.ok) break
    }
    const ok = steps.length === story.steps.length && steps.every((step) => step.ok)
    return { title: story.title, electron, ok, steps }
  } finally {
    await begun.end()
  }
}

async function runStep(
  story: Story,
  begun: BegunStory,
  { index, prefix }: { index: number; prefix: string }
): Promise<StepResult> {
  const name = story.steps[index]?.name ?? ''
  say(`${String(index + 1).padStart(2, '0')}/${story.steps.length}  ${name} ...`)
  const from = performance.now()
  try {
    const page = await begun.run(index)
    const ms = Math.round(performance.now() - from)
    return { name, ok: true, ms, screenshot: await picture(page, `${prefix}-${fileWords(name)}.png`) }
  } catch (fault) {
    const ms = Math.round(performance.now() - from)
    say(`       failed: ${fault instanceof Error ? fault.message : 'unknown fault'}`)
    const screenshot = await picture(begun.firstDesk().page, `${prefix}-failed.png`).catch(() => null)
    return { name, ok: false, ms, screenshot }
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

readScriptOptions(import.meta.url, z.object({})) // it has none
main().then(
  (code) => process.exit(code),
  (fault: unknown) => {
    process.stderr.write(`the demo could not run: ${fault instanceof Error ? fault.stack : 'unknown fault'}\n`)
    process.exit(1)
  }
)
