import { expect, type Page } from '@playwright/test'
import {
  batchItems,
  batchStamp,
  batchState,
  excludeFirst,
  finishReview,
  openBatch,
  planBatch,
  requestApproval,
  submitBatch
} from '../helpers/batch-steps.ts'
import {
  APPROVAL_SCENES,
  AUTHOR_SCENES,
  COOLING_SCENES,
  NO_BATCH_SCENES,
  REQUEST_SCENES,
  REVIEW_SCENES
} from '../helpers/destruction-scenes.ts'
import { attachPicture, lookAt } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { HER, PASSWORD, test } from '../helpers/office.ts'
import { goToScreen } from '../helpers/screens.ts'

test.setTimeout(600_000)

const SUPERVISOR = { login: 'gangnam.team', password: PASSWORD }
const OFFICER = { login: 'gangnam.privacy', password: PASSWORD }
const SOON = { timeout: 40_000 }

async function callOff(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: '중단' }).click()
  const dialog = page.getByRole('dialog', { name: '파기를 중단할까요?' })
  await dialog.getByRole('textbox').fill(reason)
  await dialog.getByRole('button', { name: '파기 중단' }).click()
  await expect(batchState(page)).toHaveText('중단')
}

test('what is due is planned, reviewed and asked for, the author is refused, and the officer approves without a line', async ({
  office
}) => {
  await office.centre.operate('retention', 'run', '--district', '11680')
  const author = await office.workingPc(HER)
  await lookAt(author, NO_BATCH_SCENES)

  // She plans by the keys, and the centre says what is due by then.
  const { page } = author
  await planBatch(page, { day: '20400101', note: '종결분 정기 파기' })
  await lookAt(author, AUTHOR_SCENES)
  await submitBatch(page)
  await expect(page.getByRole('button', { name: '제외' })).toHaveCount(0) // her own list

  // Her team leader takes one out and keeps another longer, by the keys.
  const lead = await office.workingPc(SUPERVISOR)
  await openBatch(lead.page, '검토')
  await expect(batchItems(lead.page).first()).toBeVisible()
  await lookAt(lead, REVIEW_SCENES)
  await openBatch(lead.page, '검토')
  await excludeFirst(lead.page, '소송 진행 중')
  await lead.page.keyboard.press('ArrowDown')
  await lead.page.keyboard.press('e')
  const extend = lead.page.getByRole('dialog', { name: '보존 연장' })
  await extend.getByRole('textbox', { name: '연장 기한' }).fill('20410101')
  await extend.getByRole('textbox', { name: '사유' }).fill('열람 요구 처리 중')
  await lead.page.keyboard.press('Enter')
  await expect(batchItems(lead.page).nth(1)).toContainText('연장')
  await finishReview(lead.page, '목록을 확인함')
  await expect(batchStamp(lead.page, 'reviewer')).toContainText('정다솜')

  // The author asks for the approval; nothing lets her give it.
  await openBatch(page, '검토 마침')
  await lookAt(author, REQUEST_SCENES)
  await openBatch(page, '검토 마침')
  await requestApproval(page, '정다솜')

  // The officer approves while her line is cut; a wrong password signs nothing.
  const officer = await office.workingPc(OFFICER)
  await openBatch(officer.page, '승인 요청')
  await lookAt(officer, APPROVAL_SCENES)
  await openBatch(officer.page, '승인 요청')
  officer.line.cut()
  await officer.page.keyboard.press('F9')
  const approval = officer.page.getByRole('dialog', { name: '파기 승인' })
  await expect(approval).toContainText('제외 1, 연장 1')
  await approval.getByLabel('비밀번호', { exact: false }).first().fill('틀린 비밀번호')
  await officer.page.keyboard.press('Enter')
  await expect(approval).toContainText('비밀번호가 다릅니다')
  await approval.getByLabel('비밀번호', { exact: false }).first().fill(PASSWORD)
  await officer.page.keyboard.press('Enter')
  await expect(approval).toBeHidden(SOON)
  await expect(batchState(officer.page)).toHaveText('승인·유예')
  await expect(officer.page.getByText('보내기 전')).toBeVisible()
  officer.line.mend()

  // The centre takes it, and everybody sees until when it cools off.
  await openBatch(page, '승인·유예')
  await expect(batchStamp(page, 'officer')).not.toContainText('—')
  await expect(page.getByText(/2040\. 01\. 01\. 00:00까지 유예합니다/)).toBeVisible()
  await lookAt(author, COOLING_SCENES)

  // Both call it off, the officer without a line: hers comes second, and her outbox says so and leads to the batch.
  await openBatch(page, '승인·유예')
  officer.line.cut()
  await callOff(officer.page, '예산 확인 전')
  await callOff(page, '대상을 다시 살핌')
  await expect(page.getByText('보내기 전')).toHaveCount(0, SOON)
  officer.line.mend()
  await goToScreen(officer.page, '보낼편지함')
  const refused = officer.page.locator('[data-status="refused"] tbody tr')
  await expect(async () => {
    await officer.page.keyboard.press('F5')
    await expect(refused).toHaveCount(1, { timeout: 2_000 })
  }).toPass(SOON)
  await expect(refused).toContainText('2040. 01. 01.까지 도래분')
  await expect(refused).toContainText('지금 단계(중단)에서는 할 수 없는 일입니다')
  await refused.click()
  expect.soft(await faultsOf(officer.page), 'refused act').toEqual([])
  await attachPicture(officer.page, 'refused act')
  await officer.page.keyboard.press('Enter')
  await expect(batchState(officer.page)).toHaveText('중단')
  await expect(officer.page.getByText('아무것도 파기하지 않았고')).toBeVisible()
})
