import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type Centre, startCentre } from '../helpers/centre.ts'
import { attachPicture } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { ADMINISTRATOR, test as base, COLLEAGUE, HER, receiveDistrict } from '../helpers/office.ts'
import { type Credentials, syncWords } from '../helpers/screens.ts'

const WITHIN_SECONDS = { timeout: 20_000 }

/** A centre as an office has it: a new PC needs a code. */
const test = base.extend<object, { strictCentre: Centre }>({
  strictCentre: [
    async ({ playwright: _playwright }, use) => {
      const centre = await startCentre({ cases: 40, enrolment: 'code' })
      await use(centre)
      await centre.remove()
    },
    { scope: 'worker', timeout: 120_000 }
  ]
})

/** By the keyboard alone: the cursor waits in the first field. */
async function typeSignIn(page: Page, { login, password }: Credentials): Promise<void> {
  await expect(page.locator('input[name=login]')).toBeFocused()
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
}

async function administer(page: Page): Promise<void> {
  await typeSignIn(page, ADMINISTRATOR)
  await expect(page.getByRole('heading', { level: 1, name: 'PC 관리' })).toBeVisible(WITHIN_SECONDS)
}

/** 사유, 승인자, 근거문서, and on. */
async function fillGrounds(page: Page, reason: string): Promise<void> {
  await page.getByRole('textbox', { name: '사유' }).fill(reason)
  await page.getByRole('combobox', { name: '승인자' }).selectOption({ label: '정다솜 · 가족정책과' })
  await page.getByRole('textbox', { name: '근거문서' }).fill('가족정책과-1234')
  await page.keyboard.press('Enter')
  await expect(page.locator('dialog[open]')).toHaveCount(0)
}

const pane = (page: Page) => page.locator('.office-pane')

test('an administrator takes a PC in with a code, sees it, and stops its use: its screen closes', async ({
  office,
  strictCentre
}) => {
  const [{ page: admin }, desk] = [
    await office.newPc({ serverUrl: strictCentre.url }),
    await office.newPc({ serverUrl: strictCentre.url })
  ]
  await administer(admin)
  await admin.keyboard.press('F2')
  await admin.keyboard.type('역삼1동 3번 창구')
  await admin.keyboard.press('Enter')
  const code = (await admin.locator('[data-code]').textContent(WITHIN_SECONDS)) ?? ''
  expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
  await admin.keyboard.press('Enter')

  await typeSignIn(desk.page, HER)
  await expect(desk.page.getByText('센터가 처음 보는 PC입니다')).toBeVisible(WITHIN_SECONDS)
  const field = desk.page.getByRole('textbox', { name: '등록 코드' })
  await expect(field).toBeFocused()
  expect.soft(await faultsOf(desk.page), 'sign-in that asks for a code').toEqual([])
  await desk.page.keyboard.type('WRNG-CODE')
  await desk.page.keyboard.press('Enter')
  await expect(desk.page.getByRole('alert')).toContainText('등록 코드가 맞지 않거나', WITHIN_SECONDS)
  await expect(field).toBeFocused()
  await desk.page.keyboard.type(code.toLowerCase())
  await desk.page.keyboard.press('Enter')
  await expect(syncWords(desk.page)).toContainText('최신', WITHIN_SECONDS)

  await admin.keyboard.press('F5')
  await expect(pane(admin)).toContainText('강남구 전체 사례', WITHIN_SECONDS)
  await expect(pane(admin)).toContainText('김가온 (gangnam.kim)')
  await pane(admin).getByRole('button', { name: '사용 중지' }).focus()
  await admin.keyboard.press('Enter')
  await expect(admin.getByRole('dialog')).toContainText('PC의 자료를 지우지 않습니다')
  await admin.keyboard.press('Control+Enter')
  await expect(pane(admin)).toContainText('센터가 이 PC를 받아 주지 않습니다', WITHIN_SECONDS)

  await expect(desk.page.locator('[data-session="shut_out"]')).toBeVisible(WITHIN_SECONDS)
  expect.soft(await faultsOf(desk.page), 'PC that was shut out').toEqual([])
  expect(existsSync(join(desk.dataDir, 'data/stores/11680/store.db'))).toBe(true)
})

test('a wipe needs the name of the PC, and is seen to happen', async ({ office }) => {
  const [{ page: admin }, desk] = [await office.newPc(), await office.newPc()]
  await receiveDistrict(desk, HER)
  await administer(admin)
  // The newest PC: it was heard of last.
  await admin.getByRole('columnheader', { name: '마지막 연결' }).getByRole('button').click()
  await admin.getByRole('columnheader', { name: '마지막 연결' }).getByRole('button').click()
  const name = (await admin.locator('.record-table__row .device-name').first().textContent()) ?? ''
  await admin.locator('.record-table__row').first().click()
  await pane(admin).getByRole('button', { name: '원격 삭제' }).click()
  await admin.keyboard.press('Enter')
  await expect(admin.getByText('PC 이름과 다릅니다')).toBeVisible()
  await admin.keyboard.type(name)
  await admin.keyboard.press('Enter')
  await expect(pane(admin)).toContainText('지시함', WITHIN_SECONDS)

  await expect(desk.page.locator('[data-erased="wiped"]')).toBeVisible(WITHIN_SECONDS)
  expect.soft(await faultsOf(desk.page), 'PC that was wiped').toEqual([])
  expect(existsSync(join(desk.dataDir, 'data/stores/11680/store.db'))).toBe(false)
  await expect(pane(admin)).toContainText('PC가 자료를 지웠다고 알려 왔습니다', WITHIN_SECONDS)
})

test('an administrator opens no store, leaves nothing on the PC and is signed out when she leaves', async ({
  office
}) => {
  const { page, dataDir } = await office.newPc()
  await administer(page)
  expect(existsSync(join(dataDir, 'data/stores'))).toBe(false)
  await expect(page.getByRole('searchbox')).toHaveCount(0)
  await page.keyboard.press('Control+l')
  await expect(page.locator('[data-session="first_run"]')).toBeVisible()
  await administer(page)
  await page.reload() // the window may go; the session is the store's
  await expect(page.getByRole('heading', { level: 1, name: 'PC 관리' })).toBeVisible()
})

test('an administrator gives somebody new a part of the rights, revokes them and gives them again, and each stands in the register', async ({
  office
}) => {
  const { page } = await office.newPc()
  await administer(page)
  await page.keyboard.press('Alt+7')
  await expect(page.getByRole('heading', { level: 1, name: '사용자·권한' })).toBeVisible()
  await page.keyboard.press('F2')
  await page.keyboard.type('배나래')
  await page.keyboard.press('Tab')
  await page.keyboard.type('gangnam.bae')
  await page.getByRole('combobox', { name: '역할' }).selectOption('caseworker')
  await page.getByRole('textbox', { name: '부서' }).fill('가족정책과')
  await page.locator('dialog input[type=password]').fill('First-day-2026!')
  await page.getByRole('checkbox', { name: '역할이 고칠 수 있는 모든 항목' }).uncheck({ force: true })
  await page.getByRole('checkbox', { name: '휴대폰', exact: true }).check({ force: true })
  await fillGrounds(page, '신규 임용')
  const row = page.locator('.record-table__row').filter({ hasText: 'gangnam.bae' })
  await row.click()
  await expect(pane(page)).toContainText(/고칠 수 있는 항목\s*휴대폰/)
  await pane(page).getByRole('button', { name: '권한 회수' }).click()
  await fillGrounds(page, '다른 구로 전출')
  await expect(row).toContainText('권한 회수됨', WITHIN_SECONDS)
  await pane(page).getByRole('button', { name: '권한 다시 주기' }).click()
  await fillGrounds(page, '전출이 취소됨')
  await expect(row).toContainText('사용 중', WITHIN_SECONDS)
  await page.getByRole('tab', { name: '권한 관리대장' }).click()
  await expect(page.locator('.record-table__row').filter({ hasText: 'gangnam.bae' })).toHaveText([
    /다시 부여.*전출이 취소됨.*정다솜/,
    /회수.*다른 구로 전출.*정다솜/,
    /부여.*신규 임용.*정다솜/
  ])
})

test('whose rights are revoked is out at her PC at once, and opens it no more without a line either', async ({
  office
}) => {
  const { page, line } = await office.workingPc(COLLEAGUE)
  const admin = await office.newPc()
  await administer(admin.page)
  await admin.page.keyboard.press('Alt+7')
  await admin.page.locator('.record-table__row').filter({ hasText: COLLEAGUE.login }).click()
  await pane(admin.page).getByRole('button', { name: '권한 회수' }).click()
  await fillGrounds(admin.page, '퇴직에 따름')
  await expect(page.getByText('권한이 바뀌었거나 끝났습니다')).toBeVisible(WITHIN_SECONDS)
  line.cut()
  await expect(page.getByText(COLLEAGUE.login)).toHaveCount(0)
  expect.soft(await faultsOf(page), 'rights over').toEqual([])
  await attachPicture(page, 'rights over')
  line.mend()
  await pane(admin.page).getByRole('button', { name: '권한 다시 주기' }).click()
  await fillGrounds(admin.page, '착오로 거둠')
  await expect(admin.page.locator('.record-table__row').filter({ hasText: COLLEAGUE.login })).toContainText('사용 중')
})
