import { test } from '@playwright/test'
import { demandStory } from '../story/demand-story.ts'
import { oneCaseTwoPeople } from '../story/one-case-two-people.ts'

test('two people change one case and neither value is lost; a lost PC is wiped without losing its work, another is shut out', async () => {
  await demandStory(oneCaseTwoPeople)
})
