import { expect, type Page } from '@playwright/test'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { faultsOf } from '../helpers/looks.ts'
import { COLLEAGUE, HER, type Office, PASSWORD, test } from '../helpers/office.ts'
import {
  caseRow,
  caseRows,
  correctPhone,
  fillAndEnter,
  goToScreen,
  openCase,
  search,
  submitApplication,
  syncWords,
  typeApplication,
  unlock
} from '../helpers/screens.ts'
import { OF_FOREIGN_RESIDENT } from '../story/applications.ts'

const SOON = { timeout: 30_000 }
const refused = (page: Page) => page.locator('[data-status="refused"] tbody tr')

/** The administrator's requests, without her desk. */
async function createAdministrator({ centre }: Office) {
  const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) }
  const id = crypto.randomUUID()
  const credential = Buffer.alloc(32, 9).toString('base64url')
  const device = { id, name: '관리 PC', appVersion: '0.1.0', credential, leaseId: null }
  const signIn = { login: 'gangnam.admin', password: PASSWORD, device }
  const body = JSON.stringify(signIn)
  const signedIn = await fetch(`${centre.url}/v1/sign-in`, { method: 'POST', headers, body })
  const { token } = (await signedIn.json()) as { token: string }
  const authorised = { ...headers, authorization: `Bearer ${token}` }
  const listed = await fetch(`${centre.url}/v1/admin/accounts`, { headers: authorised })
  const { accounts } = (await listed.json()) as { accounts: { id: string; login: string }[] }
  const idOf = (login: string) => accounts.find((account) => account.login === login)?.id
  const grounds = { reason: '인사발령에 따름', approverId: idOf('gangnam.privacy'), document: '가족정책과-12' }
  const terms = { startsOn: '2026-01-01', endsOn: null, edits: null, reveals: null }
  const post = async (login: string, way: 'revoke' | 'grant', payload: object): Promise<void> => {
    const url = `${centre.url}/v1/admin/accounts/${idOf(login)}/${way}`
    const done = await fetch(url, { method: 'POST', headers: authorised, body: JSON.stringify(payload) })
    expect(done.ok).toBe(true)
  }
  return {
    revoke: (login: string) => post(login, 'revoke', { grounds }),
    giveAgain: (login: string) => post(login, 'grant', { terms, grounds })
  }
}

/** A second person signs in on the PC while there is a line. */
async function alsoSignIn(page: Page, { login, password }: typeof HER): Promise<void> {
  await page.keyboard.press('Control+l')
  await page.locator('.gate__ways button').click()
  await page.locator('input[name=login]').fill(login)
  await fillAndEnter(page.locator('input[type=password]'), password)
  await page.getByRole('navigation', { name: '주 메뉴' }).waitFor(SOON)
}

const SUPERVISOR = { login: 'gangnam.team', password: PASSWORD }

test('a supervisor sees why work of her PC was refused and who puts it right, and is not told to do so herself', async ({
  office
}) => {
  const { page, line } = await office.workingPc(COLLEAGUE)
  const administrator = await createAdministrator(office)
  await alsoSignIn(page, SUPERVISOR)
  await page.keyboard.press('Control+l')
  await unlock(page, COLLEAGUE)
  line.cut()
  await goToScreen(page, '사례 목록')
  await caseRows(page).nth(5).dblclick()
  await correctPhone(page, '01062738495')
  await page.keyboard.press('Control+l')
  await unlock(page, SUPERVISOR)
  await administrator.revoke(COLLEAGUE.login)
  try {
    line.mend()
    await goToScreen(page, '보낼편지함')
    await page.keyboard.press('F5')
    await expect(refused(page)).toHaveCount(1, SOON)
    await refused(page).click()
    await page.locator('.outbox-changes').waitFor()
    const main = page.locator('main')
    await expect(main).toContainText('고치거나 포기하는 일은 그 일을 맡은 계정으로 합니다')
    await expect(main).toContainText('그 일을 맡은 사람이 고쳐서 다시 보내거나 포기합니다')
    await expect(main).not.toContainText('포기하세요')
    await expect(main.getByRole('button', { name: /고쳐 보내기|포기/ })).toHaveCount(0)
    expect.soft(await faultsOf(page), 'refused, at a supervisor').toEqual([])
  } finally {
    await administrator.giveAgain(COLLEAGUE.login)
  }
})

test('what a colleague who left did offline is refused, and whoever has the PC now corrects it there and sends it', async ({
  office
}) => {
  const { page, line } = await office.workingPc(COLLEAGUE)
  const administrator = await createAdministrator(office)
  const names = await caseRows(page).locator('.case-table__applicantName').allTextContents()
  const name = names.find((one) => names.filter((other) => other === one).length === 1) ?? ''
  await alsoSignIn(page, HER)
  await page.keyboard.press('Control+l')
  await unlock(page, COLLEAGUE)

  line.cut()
  await goToScreen(page, '사례 목록')
  await openCase(page, name)
  await correctPhone(page, '01071829304')
  await page.keyboard.press('Escape')
  await typeApplication(page, OF_FOREIGN_RESIDENT)
  await submitApplication(page)
  await expect(syncWords(page)).toContainText('보낼 것 2건', SOON)
  await page.keyboard.press('Control+l')
  await unlock(page, HER)
  await administrator.revoke(COLLEAGUE.login)
  try {
    line.mend()
    await goToScreen(page, '보낼편지함')
    await page.keyboard.press('F5')
    await expect(refused(page)).toHaveCount(2, SOON)
    await expect(refused(page).first()).toContainText('지금 계정으로는 할 수 없는 일입니다')
    await page.keyboard.press('ArrowDown')
    await page.locator('.outbox-changes').waitFor()
    await expect(page.locator('.outbox-changes')).toContainText('010-7182-9304')
    expect.soft(await faultsOf(page), 'a refused correction').toEqual([])

    // The correction opens where the case is corrected, with what was typed; Esc keeps it.
    await page.keyboard.press('e')
    const phone = page.locator('.editor input[type=tel]').first()
    await expect(phone).toHaveValue('010-7182-9304', SOON)
    await expect(page.locator('.editor')).toContainText('센터가 거절한 변경입니다')
    expect.soft(await faultsOf(page), 'a refused correction in its editor').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await goToScreen(page, '사례 목록')
    await openCase(page, name)
    await expect(phone).toHaveValue('010-7182-9304', SOON)
    await phone.press('Control+Enter')
    await expect(page.locator('.editor')).toHaveCount(0, SOON)

    // The intake opens whole in the form.
    await goToScreen(page, '보낼편지함')
    await expect(refused(page)).toHaveCount(1, SOON)
    await refused(page).click()
    await page.keyboard.press('e')
    await expect(page.locator('[data-field="applicant.name"] input')).toHaveValue(OF_FOREIGN_RESIDENT.applicant.name)
    await expect(page.getByText('센터가 거절한 접수를 다시 열었습니다')).toBeVisible()
    expect.soft(await faultsOf(page), 'a refused intake in its form').toEqual([])
    await submitApplication(page)
    await goToScreen(page, '보낼편지함')
    await page.keyboard.press('F5')
    await expect(page.getByText('보낼 것이 없습니다')).toBeVisible(SOON)
    await search(page, OF_FOREIGN_RESIDENT.applicant.name)
    await expect(caseRow(page, OF_FOREIGN_RESIDENT.applicant.name).first()).toBeVisible() // others took her in, too
  } finally {
    await administrator.giveAgain(COLLEAGUE.login)
  }
})
