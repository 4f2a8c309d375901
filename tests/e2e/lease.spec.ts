import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type LeaseLine, openLeaseLine } from '../helpers/lease-line.ts'
import { faultsOf, faultsWhenLarge, zoomTo } from '../helpers/looks.ts'
import { HER, test } from '../helpers/office.ts'
import {
  ALL_SENT,
  caseRows,
  correctPhone,
  fillAndEnter,
  goToScreen,
  openCase,
  signInFirstTime,
  syncWords
} from '../helpers/screens.ts'

const SOON = { timeout: 40_000 }
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Enough to receive the district and to correct a case. */
const MOMENT_MS = 20_000

async function receive(page: Page): Promise<void> {
  await signInFirstTime(page, HER)
  await goToScreen(page, '사례 목록')
  await caseRows(page).first().waitFor(SOON)
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
}

/** The line breaks, and a correction stays at the PC. */
async function correctUnsent(page: Page, line: LeaseLine, at: number): Promise<void> {
  line.cut()
  const name = (await caseRows(page).locator('.case-table__applicantName').nth(at).textContent()) ?? ''
  await openCase(page, name)
  await correctPhone(page, '01055556666')
}

const storeOf = (dataDir: string): string => join(dataDir, 'data/stores/11680/store.db')

test('a time of use that ends is told on every screen; when it is over the desk locks with everything in it, and a sign-in online opens it', async ({
  office
}) => {
  const line = await openLeaseLine(office.centre.url)
  try {
    line.grant({ left: 36.5 * HOUR_MS, grace: 7 * DAY_MS })
    const warned = await office.newPc({ serverUrl: line.url })
    await receive(warned.page)
    for (const screen of ['오늘', '보낼편지함', '설정']) {
      await goToScreen(warned.page, screen)
      await expect(warned.page.getByRole('heading', { level: 1, name: screen })).toBeVisible()
      await expect(warned.page.locator('.lease-notice')).toContainText('이 PC의 사용 기한이 36시간 뒤 끝납니다')
      expect.soft(await faultsOf(warned.page), `${screen} before the end of the time of use`).toEqual([])
    }
    await zoomTo(warned.page, 200)
    expect.soft(await faultsWhenLarge(warned.page), 'before the end, 200 %').toEqual([])

    line.grant({ left: MOMENT_MS, grace: 7 * DAY_MS })
    const { page, dataDir } = await office.newPc({ serverUrl: line.url })
    await receive(page)
    await correctUnsent(page, line, 4)
    await expect(page.getByRole('heading', { name: '사용 기한이 끝났습니다' })).toBeVisible(SOON)
    await expect(page.getByText('이 PC의 자료와 보내지 못한 작업은 그대로 있습니다')).toBeVisible()
    expect.soft(await faultsOf(page), 'time of use over').toEqual([])
    expect(existsSync(storeOf(dataDir))).toBe(true)

    line.mend()
    line.grant({ left: 5 * DAY_MS, grace: 7 * DAY_MS })
    await page.getByRole('button', { name: '온라인으로 로그인', exact: true }).click()
    await fillAndEnter(page.locator('input[type=password]'), HER.password)
    await page.getByRole('navigation', { name: '주 메뉴' }).waitFor(SOON)
    await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
  } finally {
    line.close()
  }
})

test('after the grace the PC has deleted everything and says what became of unsent work', async ({ office }) => {
  const line = await openLeaseLine(office.centre.url)
  try {
    line.grant({ left: MOMENT_MS, grace: 1000 })
    const desk = await office.newPc({ serverUrl: line.url })
    await receive(desk.page)
    await correctUnsent(desk.page, line, 6)
    await expect(desk.page.locator('[data-session="locked"]')).toBeVisible(SOON)
    await desk.close()
    const { page, dataDir } = await office.startAgain(desk) // a locked desk looks every five minutes, and at its start
    await expect(page.locator('[data-erased="lease"]')).toBeVisible(SOON)
    await expect(page.getByText('보내지 못한 작업 1건이 봉인되어 이 PC에 있습니다')).toBeVisible()
    await expect(page.getByText('잠가도 아무것도 지워지지 않습니다')).toHaveCount(0) // not beside this
    expect.soft(await faultsOf(page), 'deleted after the grace').toEqual([])
    expect(existsSync(storeOf(dataDir))).toBe(false)
  } finally {
    line.close()
  }
})
