import { test } from '@playwright/test'
import { demandStory } from '../story/demand-story.ts'
import { firstDay } from '../story/first-day.ts'

test('a caseworker takes in and corrects cases while the centre is down, and her district has them when it is back', async () => {
  await demandStory(firstDay)
})
