import { test } from '@playwright/test'
import type { Story } from './story.ts'

/** Plays a story as an end-to-end test: every step must hold, and leaves a picture. */
export async function demandStory(story: Story): Promise<void> {
  test.setTimeout(300_000)
  const begun = await story.begin({ documentsDir: test.info().outputDir })
  try {
    for (const [index, { name }] of story.steps.entries()) {
      await test.step(name, async () => {
        const page = await begun.run(index)
        await test.info().attach(name, { body: await page.screenshot(), contentType: 'image/png' })
      })
    }
  } catch (fault) {
    const body = await begun.firstDesk().page.screenshot()
    await test.info().attach('where it failed', { body, contentType: 'image/png' })
    throw fault
  } finally {
    await begun.end()
  }
}
