import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type Centre, startCentre } from '../helpers/centre.ts'
import { composeKorean, createDeskFolders, type Desk, openDesk } from '../helpers/desk.ts'
import { findPlaintext } from '../helpers/plaintext.ts'
import {
  caseRow,
  caseRows,
  correctPhone,
  goToScreen,
  openCase,
  search,
  signInFirstTime,
  submitApplication,
  syncWords,
  typeApplication,
  unlock
} from '../helpers/screens.ts'
import {
  APPLICATIONS,
  CORRECTED_PHONE,
  OF_FOREIGN_RESIDENT,
  SECRETS_OF_THE_STORY,
  WITH_HELPER,
  WITH_YOUNG_CHILD
} from './applications.ts'
import { type StoryStep as Step, storyOf } from './story.ts'

/**
 * A caseworker's first day: she takes in three applications and corrects an older one while the centre is down; it comes
 * back, her colleague has the four changes within seconds, and another district never gets them. The demo shows the
 * steps and the end-to-end test demands them, on the real application.
 */

const PASSWORD = 'Desk-2026!demo'
const HER = { login: 'gangnam.kim', password: PASSWORD }
const COLLEAGUE = { login: 'gangnam.lee', password: PASSWORD }
const OTHER_DISTRICT = { login: 'mapo.park', password: PASSWORD }

const DEMO_CASES = 2000
const WITHIN_SECONDS = { timeout: 15_000 }

interface Stage {
  readonly centre: Centre
  readonly her: Desk
  readonly colleague: Desk
  readonly other: Desk
  readonly documentsDir: string
  /** The name of the older case that she finds by its initial consonants. */
  foundName: string
}
type StoryStep = Step<Stage>

/** Starts the centre and three PCs: two of 강남구, one of 마포구. */
async function setStage({
  documentsDir
}: Pick<Stage, 'documentsDir'>): Promise<{ stage: Stage; end(): Promise<void> }> {
  const folders = createDeskFolders()
  const centre = await startCentre({ cases: DEMO_CASES })
  const open = () => openDesk({ dataDir: folders.make(), serverUrl: centre.url })
  const [her, colleague, other] = [await open(), await open(), await open()]
  return {
    stage: { centre, her, colleague, other, documentsDir, foundName: '' },
    end: async () => {
      for (const desk of [her, colleague, other]) await desk.close()
      await centre.remove()
      folders.remove()
    }
  }
}

const STEPS: readonly StoryStep[] = [
  { name: 'She signs in on her PC for the first time and receives her district', run: ({ her }) => arrive(her, HER) },
  { name: 'A colleague signs in on a second PC of the district', run: ({ colleague }) => arrive(colleague, COLLEAGUE) },
  { name: 'A caseworker of another district signs in', run: ({ other }) => arrive(other, OTHER_DISTRICT) },
  { name: 'She locks her desk and the centre goes down', run: goDown },
  { name: 'She unlocks her desk without the centre', run: unlockOffline },
  { name: 'She types an application with a child born after October 2020', run: typeIn(WITH_YOUNG_CHILD) },
  { name: 'She takes it in: it has a number for now and waits to be sent', run: submit(1) },
  { name: 'She takes in the application of a foreign resident', run: takeIn(OF_FOREIGN_RESIDENT, 2) },
  { name: 'She takes in an application with a helper', run: takeIn(WITH_HELPER, 3) },
  { name: 'She finds an older case by typing ㄱㅁㅅ', run: findByInitials },
  { name: 'She opens it and sees a masked number only for a reason', run: unmaskWithReason },
  { name: 'She corrects its phone number', run: correctThePhone },
  { name: 'She sees that four changes wait to be sent', run: seeFourWaiting },
  { name: 'The centre comes back and her desk sends everything', run: comeBack },
  { name: 'The colleague has the four changes within seconds', run: colleagueHasThem },
  { name: 'The other district never gets them', run: otherDistrictHasNone },
  { name: 'She copies this week’s list for a spreadsheet, with its purpose', run: copyTheList },
  { name: 'No file of any PC holds a word of it in clear', run: nothingInClear }
]

export const firstDay = storyOf({
  title: "A caseworker's first day",
  steps: STEPS,
  setStage,
  firstDesk: ({ her }) => her
})

async function arrive({ page }: Desk, who: typeof HER): Promise<Page> {
  await signInFirstTime(page, who)
  await goToScreen(page, '사례 목록')
  await expect(caseRows(page).first()).toBeVisible(WITHIN_SECONDS)
  await expect(syncWords(page)).toContainText('최신', WITHIN_SECONDS)
  return page
}

async function goDown({ centre, her }: Stage): Promise<Page> {
  await her.page.keyboard.press('Control+l')
  await expect(her.page.locator('input[type=password]')).toBeVisible()
  await centre.stop()
  return her.page
}

async function unlockOffline({ her: { page } }: Stage): Promise<Page> {
  await unlock(page, HER)
  await goToScreen(page, '사례 목록')
  await expect(syncWords(page)).toContainText('오프라인', WITHIN_SECONDS)
  return page
}

function typeIn(application: (typeof APPLICATIONS)[number]): StoryStep['run'] {
  return async ({ her: { page } }) => {
    await typeApplication(page, application)
    return page
  }
}

function submit(waiting: number): StoryStep['run'] {
  return async ({ her: { page } }) => {
    await submitApplication(page)
    await expect(syncWords(page)).toContainText(`보낼 것 ${waiting}건`)
    return page
  }
}

function takeIn(application: (typeof APPLICATIONS)[number], waiting: number): StoryStep['run'] {
  return async (story) => {
    await typeIn(application)(story)
    return submit(waiting)(story)
  }
}

async function findByInitials(story: Stage): Promise<Page> {
  const { page } = story.her
  await page.keyboard.press('Control+k')
  await composeKorean(page, ['ㄱ'])
  await composeKorean(page, ['ㅁ'])
  await composeKorean(page, ['ㅅ'])
  // A slow machine still shows what one or two letters found: three are marked once all of them are answered.
  const threeMarked = page.locator('mark', { hasText: /^\S{3}$/ })
  const found = page.locator('td.case-table__applicantName').filter({ has: threeMarked }).first()
  await expect(found).toBeVisible()
  story.foundName = (await found.getAttribute('title')) ?? ''
  return page
}

async function unmaskWithReason(story: Stage): Promise<Page> {
  const { page } = story.her
  await openCase(page, story.foundName)
  await expect(page.locator('.masked-value').first()).toContainText('******')
  await page.getByRole('button', { name: '보기(사유)' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill('본인 확인 전화')
  await page.getByRole('dialog').getByRole('button', { name: '보기', exact: true }).click()
  await expect(page.locator('.masked-value').first()).not.toContainText('*')
  return page
}

async function correctThePhone({ her: { page } }: Stage): Promise<Page> {
  await correctPhone(page, CORRECTED_PHONE)
  await expect(page.getByText('010-8472-6193')).toBeVisible()
  return page
}

async function seeFourWaiting({ her: { page } }: Stage): Promise<Page> {
  await expect(syncWords(page)).toContainText('보낼 것 4건')
  await goToScreen(page, '보낼편지함')
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(1 + 4)
  return page
}

async function comeBack({ centre, her: { page } }: Stage): Promise<Page> {
  await centre.start()
  await expect(syncWords(page)).toContainText('최신', { timeout: 30_000 })
  await expect(syncWords(page)).not.toContainText('보낼 것')
  return page
}

async function colleagueHasThem({ colleague: { page }, foundName }: Stage): Promise<Page> {
  for (const { applicant } of APPLICATIONS) {
    await search(page, applicant.name)
    await expect(caseRow(page, applicant.name)).toHaveCount(1, WITHIN_SECONDS)
  }
  await search(page, CORRECTED_PHONE)
  await expect(caseRow(page, foundName)).toHaveCount(1, WITHIN_SECONDS)
  return page
}

async function otherDistrictHasNone({ other: { page } }: Stage): Promise<Page> {
  await expect(syncWords(page)).toContainText('최신', { timeout: 30_000 })
  for (const { applicant } of APPLICATIONS) {
    await search(page, applicant.name)
    await expect(page.getByText('찾은 사례가 없습니다')).toBeVisible()
  }
  await search(page, CORRECTED_PHONE)
  await expect(page.getByText('찾은 사례가 없습니다')).toBeVisible()
  return page
}

/** The list as the clipboard has it: what would be pasted into a spreadsheet. */
async function copyTheList({ her: { app, page }, documentsDir }: Stage): Promise<Page> {
  await goToScreen(page, '사례 목록')
  await search(page, '')
  await page.getByRole('button', { name: '기한 7일 이내' }).click()
  await expect(caseRows(page).first()).toBeVisible()
  await page.keyboard.press('F8')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('주간 처리 현황 보고')
  await dialog.getByRole('button', { name: '복사', exact: true }).click()
  await expect(dialog).toBeHidden()
  const text = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(text.split('\n').length).toBeGreaterThan(1)
  writeFileSync(join(documentsDir, 'copied-list.tsv'), text)
  return page
}

async function nothingInClear({ her, colleague, other, foundName }: Stage): Promise<Page> {
  for (const { dataDir } of [her, colleague, other]) {
    const copy = `${dataDir}-copy` // the live files keep changing while they are read
    cpSync(dataDir, copy, { recursive: true, filter: (path) => !path.includes('Singleton') })
    const finds = findPlaintext(copy, [foundName, ...SECRETS_OF_THE_STORY])
    rmSync(copy, { recursive: true, force: true })
    expect(finds).toEqual([])
  }
  await goToScreen(her.page, '오늘')
  await expect(her.page.getByRole('heading', { level: 1 })).toBeVisible()
  return her.page
}
