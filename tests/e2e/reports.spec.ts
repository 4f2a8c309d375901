import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { readXlsx } from 'hucre'
import { attachPicture, lookAt } from '../helpers/look-at.ts'
import { HER, PASSWORD, test } from '../helpers/office.ts'
import { REPORT_SCENES } from '../helpers/report-scenes.ts'
import { saveAt } from '../helpers/save-dialog.ts'
import { dialog } from '../helpers/scene.ts'

test.setTimeout(180_000)

const SUPERVISOR = { login: 'gangnam.team', password: PASSWORD }
const SOON = { timeout: 40_000 }

test('a supervisor gives out a signed report, is told when a place does not take one, and records a deletion', async ({
  office
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'mnk-report-'))
  const file = join(folder, '접속기록.xlsx')
  const her = await office.workingPc(HER)
  await expect(her.page.getByRole('navigation', { name: '주 메뉴' })).not.toContainText('보고서')

  const lead = await office.workingPc(SUPERVISOR)
  const { page } = lead
  await page.locator('[data-screen="reports"]').click()
  await expect(page.getByText('아직 낸 보고서가 없습니다')).toBeVisible(SOON)
  await attachPicture(page, 'no report yet')

  const make = async (password = PASSWORD): Promise<void> => {
    await page.keyboard.press('F2')
    await dialog(page).getByLabel('목적').fill('구 감사담당관 제출, 11월 정기 점검')
    await dialog(page).getByLabel('내 비밀번호').fill(password)
    await dialog(page).getByRole('button', { name: '만들기' }).click()
  }
  await saveAt(lead, file)
  await make('wrong')
  await expect(dialog(page).getByText('비밀번호가 맞지 않습니다')).toBeVisible(SOON)
  expect(existsSync(file)).toBe(false)
  await dialog(page).getByLabel('내 비밀번호').fill(PASSWORD)
  await dialog(page).getByRole('button', { name: '만들기' }).click()
  await expect(page.getByText('보고서 제1호를 저장했습니다')).toBeVisible(SOON)
  const { sheets } = await readXlsx(readFileSync(file))
  expect(sheets[0]?.rows[5]).toEqual(['목적', '구 감사담당관 제출, 11월 정기 점검'])
  expect(sheets[1]?.rows.length).toBeGreaterThan(1)
  await expect(page.getByRole('complementary', { name: '고른 보고서' })).toContainText('내보냄')
  await attachPicture(page, 'a report was given out')
  await lookAt(lead, REPORT_SCENES)

  const pdf = join(folder, '접속기록.pdf')
  await saveAt(lead, pdf)
  await page.locator('[data-screen="reports"]').click()
  await page.keyboard.press('F2')
  await dialog(page).getByLabel('목적').fill('월간 보고 붙임')
  await dialog(page).getByLabel('파일', { exact: true }).selectOption('pdf')
  await dialog(page).getByLabel('내 비밀번호').fill(PASSWORD)
  await dialog(page).getByRole('button', { name: '만들기' }).click()
  await expect(page.getByText('보고서 제2호를 저장했습니다')).toBeVisible(SOON)
  await test.info().attach('report.pdf', { body: readFileSync(pdf), contentType: 'application/pdf' })

  await saveAt(lead, join(folder, 'no such folder', 'report.xlsx'))
  await page.locator('[data-screen="reports"]').click()
  await make()
  await expect(page.getByText('고른 자리에 쓸 수 없습니다')).toBeVisible(SOON)
  await expect(page.getByText('취소').first()).toBeVisible(SOON)
  await attachPicture(page, 'a report that failed')

  await page.getByText('제1호').first().click()
  await page.keyboard.press('Delete')
  await dialog(page).getByLabel('어떻게 지웠는지').fill('공유 폴더와 휴지통에서 지움')
  await dialog(page).getByRole('button', { name: '삭제 기록' }).click()
  await expect(page.getByRole('complementary', { name: '고른 보고서' })).toContainText('삭제함', SOON)
  rmSync(folder, { recursive: true, force: true })
})
