import { test } from '@playwright/test'
import { beginStory, FIRST_DAY } from '../story/first-day.ts'

test('a caseworker takes in and corrects cases while the centre is down, and her district has them when it is back', async () => {
  test.setTimeout(300_000)
  const { story, end } = await beginStory({ documentsDir: test.info().outputDir })
  try {
    for (const { name, run } of FIRST_DAY) {
      await test.step(name, async () => {
        const page = await run(story)
        await test.info().attach(name, { body: await page.screenshot(), contentType: 'image/png' })
      })
    }
  } finally {
    await end()
  }
})
