import { expect, type Page } from '@playwright/test'
import { faultsOf, faultsWhenLarge, zoomTo } from '../helpers/looks.ts'
import { HER, test } from '../helpers/office.ts'
import { ALL_SENT, caseRows, goToScreen, signInFirstTime, syncWords } from '../helpers/screens.ts'

const WITHIN_SECONDS = { timeout: 20_000 }
const progress = (page: Page) => page.getByRole('progressbar', { name: '처음 받기의 진행' })

test('a first download shows how far it is, can be stopped and taken up again, and the desk works meanwhile', async ({
  office
}) => {
  const line = await office.openLine()
  line.limitTo(8_000)
  const { page } = await office.newPc({ serverUrl: line.url })
  await signInFirstTime(page, HER)
  await expect(progress(page)).toBeVisible(WITHIN_SECONDS)
  await expect(syncWords(page)).toHaveText(/^받는 중 [\d,]+\/[\d,]+/)
  expect.soft(await faultsOf(page), 'first download').toEqual([])
  await goToScreen(page, '오늘')
  await expect(page.locator('.today')).not.toContainText('7일 안에 오는 사례가 없습니다') // nobody can know that yet
  await goToScreen(page, '사례 목록')
  await expect(caseRows(page).first()).toBeVisible(WITHIN_SECONDS)

  await page.getByRole('button', { name: '멈추기' }).click()
  await expect(syncWords(page)).toHaveText(/^받기 멈춤 [\d,]+\/[\d,]+/)
  expect.soft(await faultsOf(page), 'first download that was stopped').toEqual([])
  await zoomTo(page, 200)
  expect.soft(await faultsWhenLarge(page), 'first download, 200 %').toEqual([])
  await zoomTo(page, 100)
  await caseRows(page).first().press('Enter')
  await expect(page.getByRole('tab').first()).toBeVisible()

  line.limitTo(null)
  await page.getByRole('button', { name: '이어받기' }).click()
  await expect(syncWords(page)).toHaveText(ALL_SENT, WITHIN_SECONDS)
  await expect(progress(page)).toHaveCount(0)
})
