import { test } from '@playwright/test'
import { demandStory } from '../story/demand-story.ts'
import { destructionProven } from '../story/destruction-proven.ts'

test('what has been kept long enough is destroyed by three people, and proven on every copy, a PC that is off included', async () => {
  await demandStory(destructionProven)
})
