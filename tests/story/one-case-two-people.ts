import { readdir } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { type Centre, startCentre } from '../helpers/centre.ts'
import { createDeskFolders, type Desk, openDesk } from '../helpers/desk.ts'
import { type Line, openLine } from '../helpers/line.ts'
import {
  caseRows,
  correctPhone,
  goToScreen,
  openCase,
  signInFirstTime,
  signInWithCode,
  syncWords,
  workAndSend
} from '../helpers/screens.ts'
import { type StoryStep as Step, storyOf } from './story.ts'

/**
 * Two people, one case, one of them without a line: both values stay until a person has chosen. Then a PC is lost and
 * wiped with unsent work in it, which is not lost, and another one is shut out, on which nothing is deleted.
 */

const PASSWORD = 'Desk-2026!demo'
const HER = { login: 'gangnam.kim', password: PASSWORD }
const COLLEAGUE = { login: 'gangnam.lee', password: PASSWORD }
const ADMINISTRATOR = { login: 'gangnam.admin', password: PASSWORD }

/** As the offices label their PCs. */
const [HER_PC, LOST_PC] = ['역삼1동-민원-03', '가족정책과-출장-01']

const CASES = 800
const SOON = { timeout: 20_000 }
const [HERS, COLLEAGUES] = ['010-2222-3333', '010-6666-7777']
const [UNSENT_PHONE, UNSENT_WRITTEN] = ['01055558888', '010-5555-8888']

interface Stage {
  readonly centre: Centre
  readonly her: Desk & { readonly line: Line }
  readonly colleague: Desk & { readonly line: Line }
  readonly administrator: Desk
  /** Enrolment codes that the administrator has handed out and that are not used yet. */
  readonly codes: string[]
  /** Two cases whose applicants' names stand in the list only once. */
  contested: string
  unsent: string
}
type StoryStep = Step<Stage>

async function setStage(): Promise<{ stage: Stage; end(): Promise<void> }> {
  const folders = createDeskFolders()
  const centre = await startCentre({ cases: CASES, enrolment: 'code' })
  const lines = [await openLine(centre.url), await openLine(centre.url)] as const
  const deskOn = async (line: Line, name: string) => ({
    ...(await openDesk({ dataDir: folders.make(), serverUrl: line.url, name })),
    line
  })
  const her = await deskOn(lines[0], HER_PC)
  const colleague = await deskOn(lines[1], LOST_PC)
  const administrator = await openDesk({ dataDir: folders.make(), serverUrl: centre.url })
  return {
    stage: { centre, her, colleague, administrator, codes: [], contested: '', unsent: '' },
    end: async () => {
      for (const desk of [her, colleague, administrator]) await desk.close()
      for (const line of lines) await line.close()
      await centre.remove()
      folders.remove()
    }
  }
}

const STEPS: readonly StoryStep[] = [
  { name: 'The administrator signs in; she sees PCs and no cases', run: administratorArrives },
  { name: 'She hands out an enrolment code for each of two new PCs', run: handOutCodes },
  {
    name: 'A caseworker enrols her new PC with a code and receives her district',
    run: ({ her, codes }) => arrive(her, HER, codes)
  },
  { name: 'Her colleague enrols another PC', run: ({ colleague, codes }) => arrive(colleague, COLLEAGUE, codes) },
  { name: 'Her line breaks, and she corrects a phone number', run: correctOffline },
  { name: 'Meanwhile the colleague corrects the same number otherwise', run: correctTheSame },
  { name: 'Her line is back: both values stay, and the desk says that it needs her', run: seeTheConflict },
  { name: 'She chooses one of them with a key', run: decide },
  { name: 'The colleague sees what was decided, by whom and when', run: seeTheDecision },
  { name: 'The colleague corrects another case without a line, then the PC is lost', run: workAndLose },
  { name: 'The administrator orders it wiped', run: orderWipe },
  { name: 'The PC meets the centre: it hands its unsent work over, deletes everything and says so', run: wipeHappens },
  { name: 'No byte of its store is left', run: nothingLeft },
  { name: 'The administrator sees that it is done and that one change was rescued', run: seeTheRescue },
  { name: 'The unsent correction of the lost PC stands on the caseworker’s desk', run: nothingLost },
  { name: 'The administrator shuts her PC out: it closes within seconds and deletes nothing', run: shutOut }
]

export const oneCaseTwoPeople = storyOf({
  title: 'One case, two people, a lost PC',
  steps: STEPS,
  setStage,
  firstDesk: ({ her }) => her
})

async function administratorArrives({ administrator: { page } }: Stage): Promise<Page> {
  await signInFirstTime(page, ADMINISTRATOR)
  await expect(page.getByRole('heading', { level: 1, name: 'PC 관리' })).toBeVisible(SOON)
  return page
}

async function handOutCodes({ administrator: { page }, codes }: Stage): Promise<Page> {
  await goToScreen(page, '등록 코드')
  for (const note of [HER_PC, LOST_PC]) {
    await page
      .getByRole('button', { name: /^등록 코드 만들기/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(note)
    await dialog.getByRole('button', { name: '코드 만들기' }).click()
    codes.push((await dialog.locator('[data-code]').getAttribute('data-code')) ?? '')
    if (codes.length < 2) await dialog.getByRole('button', { name: '적어 두었습니다' }).click()
  }
  return page
}

async function arrive(desk: Stage['her'], who: typeof HER, codes: string[]): Promise<Page> {
  const { page } = desk
  await signInWithCode(page, { ...who, code: codes.shift() ?? '' })
  await goToScreen(page, '사례 목록')
  await expect(caseRows(page).first()).toBeVisible(SOON)
  await expect(syncWords(page)).toContainText('최신', SOON)
  return page
}

async function correctOffline(stage: Stage): Promise<Page> {
  const { page, line } = stage.her
  const names = await caseRows(page).locator('.case-table__applicantName').allTextContents()
  const single = names.filter((name) => names.filter((other) => other === name).length === 1)
  stage.contested = single[0] ?? ''
  stage.unsent = single[1] ?? ''
  line.cut()
  await openCase(page, stage.contested)
  await correctPhone(page, HERS.replaceAll('-', ''))
  await expect(syncWords(page)).toContainText('오프라인', SOON)
  await expect(syncWords(page)).toContainText('보낼 것 1건')
  return page
}

async function correctTheSame({ colleague, contested }: Stage): Promise<Page> {
  const { page } = colleague
  await workAndSend(colleague, 1, async () => {
    await openCase(page, contested)
    await correctPhone(page, COLLEAGUES.replaceAll('-', ''))
  })
  return page
}

async function seeTheConflict({ her: { page, line } }: Stage): Promise<Page> {
  line.mend()
  await expect(badge(page)).toHaveText('1', SOON)
  await page.keyboard.press('Alt+5')
  await expect(page.locator('.conflict-side__value')).toHaveText([COLLEAGUES, HERS])
  return page
}

const badge = (page: Page) => page.locator('.side-nav__way', { hasText: '충돌함' }).locator('.badge')

async function decide({ her: { page } }: Stage): Promise<Page> {
  await page.keyboard.press('2')
  await expect(page.getByText('정리할 충돌이 없습니다')).toBeVisible(SOON)
  await expect(badge(page)).toHaveCount(0)
  return page
}

async function seeTheDecision({ colleague: { page } }: Stage): Promise<Page> {
  await expect(page.locator('.case-facts').first()).toContainText(HERS, SOON)
  await page.getByRole('tab', { name: '이력' }).click()
  await expect(page.locator('.history-table')).toContainText('충돌 정리')
  return page
}

async function workAndLose({ colleague: { page, line }, unsent }: Stage): Promise<Page> {
  line.cut()
  await goToScreen(page, '사례 목록')
  await openCase(page, unsent)
  await correctPhone(page, UNSENT_PHONE)
  await expect(syncWords(page)).toContainText('보낼 것 1건')
  return page
}

const pcCalled = (page: Page, name: string) => page.locator('tbody tr', { hasText: name })

async function orderWipe({ administrator: { page } }: Stage): Promise<Page> {
  await closeDialogs(page)
  await goToScreen(page, 'PC 관리')
  await pcCalled(page, LOST_PC).click()
  await page.getByRole('button', { name: '원격 삭제', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(LOST_PC)
  await dialog.getByRole('button', { name: '원격 삭제 지시' }).click()
  await expect(dialog).toBeHidden()
  await expect(pcCalled(page, LOST_PC)).toContainText('삭제 지시함', SOON)
  return page
}

async function closeDialogs(page: Page): Promise<void> {
  if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function wipeHappens({ colleague: { page, line } }: Stage): Promise<Page> {
  line.mend()
  await expect(page.getByText('이 PC의 자료를 지웠습니다')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('보내지 못한 작업 1건을 봉인하여 센터로 보냈습니다')).toBeVisible(SOON)
  return page
}

async function nothingLeft({ colleague: { page, dataDir } }: Stage): Promise<Page> {
  const files = await readdir(dataDir, { recursive: true })
  expect(files.filter((file) => /store\.db|keyring\.json/.test(file))).toEqual([])
  return page
}

async function seeTheRescue({ administrator: { page } }: Stage): Promise<Page> {
  await page.keyboard.press('F5')
  await expect(pcCalled(page, LOST_PC)).toContainText('삭제 완료', SOON)
  await goToScreen(page, '구조')
  await expect(page.locator('tbody tr')).toHaveCount(1, SOON)
  return page
}

async function nothingLost({ her: { page }, unsent }: Stage): Promise<Page> {
  await goToScreen(page, '사례 목록')
  await openCase(page, unsent)
  await expect(page.locator('.case-facts').first()).toContainText(UNSENT_WRITTEN, SOON)
  return page
}

async function shutOut({ administrator, her }: Stage): Promise<Page> {
  const { page } = administrator
  await goToScreen(page, 'PC 관리')
  await pcCalled(page, HER_PC).click()
  await page.getByRole('button', { name: '사용 중지', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '사용 중지', exact: true }).click()
  await expect(her.page.getByRole('heading', { name: '이 PC의 사용이 중지되었습니다' })).toBeVisible({
    timeout: 30_000
  })
  const files = await readdir(her.dataDir, { recursive: true })
  expect(files.some((file) => file.endsWith('store.db'))).toBe(true)
  return her.page
}
