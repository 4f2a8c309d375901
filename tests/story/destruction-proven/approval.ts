import { expect, type Page } from '@playwright/test'
import {
  approve,
  batchStamp,
  excludeFirst,
  finishReview,
  openBatch,
  planBatch,
  requestApproval,
  submitBatch
} from '../../helpers/batch-steps.ts'
import { ALL_SENT, syncWords, unlock } from '../../helpers/screens.ts'
import {
  COLLEAGUE,
  changePerson,
  daysPass,
  HER,
  LEAD,
  OFFICER,
  PASSWORD,
  SOON,
  type Stage,
  type StoryStep,
  whileOn
} from './stage.ts'

const DUE_DAY = '20320114'

export const APPROVAL_STEPS: readonly StoryStep[] = [
  { name: 'A caseworker plans the destruction of what has been kept long enough', run: plan },
  { name: 'She hands the list over for review', run: submit },
  { name: 'Her team leader takes a case out, with the reason', run: review },
  { name: 'She asks for approval; nothing lets her approve her own list', run: request },
  { name: 'The privacy officer signs the list with her password', run: approveList },
  { name: 'Before the cooling-off is over nothing is destroyed', run: coolOff }
]

async function plan({ office: { page } }: Stage): Promise<Page> {
  await changePerson(page, HER)
  await planBatch(page, { day: DUE_DAY, note: '2026년까지 종결분 정기 파기' })
  return page
}

async function submit({ office: { page } }: Stage): Promise<Page> {
  await submitBatch(page)
  await expect(page.getByRole('button', { name: '제외' })).toHaveCount(0)
  return page
}

async function review({ office: { page } }: Stage): Promise<Page> {
  await changePerson(page, LEAD)
  await openBatch(page, '검토')
  await excludeFirst(page, '소송 진행 중')
  await finishReview(page, '목록을 확인함')
  await expect(batchStamp(page, 'reviewer')).toContainText('정다솜')
  return page
}

async function request({ office: { page } }: Stage): Promise<Page> {
  await changePerson(page, HER)
  await openBatch(page, '검토 마침')
  await requestApproval(page, '정다솜')
  return page
}

async function approveList({ office: { page } }: Stage): Promise<Page> {
  await changePerson(page, OFFICER)
  await openBatch(page, '승인 요청')
  await approve(page, PASSWORD)
  await expect(page.getByText('보내기 전')).toHaveCount(0, SOON)
  return page
}

async function coolOff(stage: Stage): Promise<Page> {
  await daysPass(stage, 5)
  await whileOn(stage, async ({ page }) => {
    await unlock(page, COLLEAGUE)
    await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
  })
  stage.backup = await stage.centre.backUp()
  const { page } = stage.office
  await openBatch(page, '승인·유예')
  return page
}
