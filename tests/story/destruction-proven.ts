import { expect, type Page } from '@playwright/test'
import { readXlsx } from 'hucre/xlsx'
import { z } from 'zod'
import {
  approve,
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
import { type Centre, startCentre } from '../helpers/centre.ts'
import { createTestClock, type TestClock } from '../helpers/clock/test-clock.ts'
import { createDeskFolders, type Desk, openDesk } from '../helpers/desk.ts'
import { expectOnPaper, expectProvenAlone, makeCertificate } from '../helpers/papers.ts'
import { dialogOf, numberProvision, previewProvision, saveProvision } from '../helpers/provision-steps.ts'
import {
  ALL_SENT,
  type Credentials,
  caseRow,
  caseRows,
  goToScreen,
  search,
  signInAsAnother,
  signInFirstTime,
  submitApplication,
  syncWords,
  typeApplication,
  unlock
} from '../helpers/screens.ts'
import { WITH_YOUNG_CHILD } from './applications.ts'
import { type StoryStep as Step, storyOf } from './story.ts'

/**
 * A mother refuses one thing, agrees to another and takes an answer back; what goes out to a shop goes without her. What
 * has been kept long enough is destroyed: planned, reviewed and approved by three people, executed after its
 * cooling-off, and proven at every place where a copy lay, one of them a PC that nobody switches on any more.
 */

const PASSWORD = 'Desk-2026!demo'
const HER = { login: 'gangnam.kim', password: PASSWORD }
const COLLEAGUE = { login: 'gangnam.lee', password: PASSWORD }
const LEAD = { login: 'gangnam.team', password: PASSWORD }
const OFFICER = { login: 'gangnam.privacy', password: PASSWORD }

const [OFFICE_PC, SWITCHED_OFF_PC] = ['역삼1동-민원-03', '가족정책과-출장-01']

/** Of which more than two thousand of the district are closed. */
const CASES = 6400
/** When every case of today is past its five years and its office's five. */
const YEARS_LATER = '2032-01-15T00:30:00Z'
const DUE_DAY = '20320114'
const SOON = { timeout: 60_000 }
const EMAIL = 'haram@example.kr'

interface Stage {
  readonly clock: TestClock
  readonly centre: Centre
  readonly documentsDir: string
  readonly dataDirs: { readonly office: string; readonly off: string }
  office: Desk
  /** Of the databases, from before the execution. */
  backup: string
  batchId: string
  /** null: nobody has switched it on. */
  off: Desk | null
}
type StoryStep = Step<Stage>

async function setStage({ documentsDir }: { documentsDir: string }): Promise<{ stage: Stage; end(): Promise<void> }> {
  const clock = createTestClock()
  const folders = createDeskFolders()
  const centre = await startCentre({ cases: CASES, clock })
  await centre.stop()
  clock.putForwardTo(YEARS_LATER)
  await centre.operate('retention', 'run', '--district', '11680')
  const dataDirs = { office: folders.make(), off: folders.make() }
  const stage: Stage = {
    ...{ clock, centre, dataDirs, documentsDir },
    office: await switchOn({ clock, centre }, dataDirs.office, OFFICE_PC),
    ...{ off: null, backup: '', batchId: '' }
  }
  return {
    stage,
    end: async () => {
      await stage.office.close()
      await stage.off?.close()
      await centre.remove()
      folders.remove()
      clock.remove()
    }
  }
}

const switchOn = ({ clock, centre }: Pick<Stage, 'clock' | 'centre'>, dataDir: string, name: string): Promise<Desk> =>
  openDesk({ dataDir, serverUrl: centre.url, name, clock })

const STEPS: readonly StoryStep[] = [
  { name: 'Two PCs of the district receive their cases', run: receiveDistrict },
  { name: 'A mother refuses the coupon, and agrees for her child to something else', run: takeIn },
  { name: 'Later she withdraws one of her answers: what rested on it is closed', run: withdraw },
  { name: 'The privacy officer gives a shop who agreed to the coupon: the file goes out without her', run: provide },
  { name: 'A caseworker plans the destruction of what has been kept long enough', run: plan },
  { name: 'She hands the list over for review', run: submit },
  { name: 'Her team leader takes a case out, with the reason', run: review },
  { name: 'She asks for approval; nothing lets her approve her own list', run: request },
  { name: 'The privacy officer signs the list with her password', run: approveList },
  { name: 'Before the cooling-off is over nothing is destroyed', run: coolOff },
  { name: 'A week later the centre has destroyed them, and the PC erases them too and signs for it', run: execute },
  { name: 'The PC that was switched off is past its time of use: nothing on it can be read', run: leaseEnds },
  { name: 'With new keys the backups cannot be read either, and the batch is complete', run: rotateKeys },
  {
    name: 'In no table, log or file is anything of them left, and a restored older backup shows none of them',
    run: verify
  },
  { name: 'The privacy officer confirms it in a certificate, and anybody can check that file alone', run: certify }
]

export const destructionProven = storyOf({
  title: 'Destroyed, and proven on every copy',
  steps: STEPS,
  setStage,
  firstDesk: ({ office }) => office
})

async function receiveDistrict(stage: Stage): Promise<Page> {
  await whileOn(stage, ({ page }) => receive(page, COLLEAGUE))
  await receive(stage.office.page, HER)
  return stage.office.page
}

async function receive(page: Page, who: Credentials): Promise<void> {
  await signInFirstTime(page, who)
  await goToScreen(page, '사례 목록')
  await expect(caseRows(page).first()).toBeVisible(SOON)
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
}

/** The colleague's PC is on for this long. */
async function whileOn(stage: Stage, work: (desk: Desk) => Promise<void>): Promise<void> {
  stage.off = await switchOn(stage, stage.dataDirs.off, SWITCHED_OFF_PC)
  await work(stage.off)
  await stage.off.close()
  stage.off = null
}

async function takeIn({ office: { page } }: Stage): Promise<Page> {
  const { account: _, ...application } = WITH_YOUNG_CHILD
  await typeApplication(page, { ...application, service: 'meal_coupon' })
  await submitApplication(page)
  await typeApplication(page, { ...application, service: 'childcare_private' })
  await agree(page, 'collect.email')
  await page.locator('[data-field="applicant.email"] input').fill(EMAIL)
  await agree(page, 'provide.privateChildcareProvider')
  await page.locator('[data-field="guardianCheck"] select').selectOption('phone_call')
  await submitApplication(page)
  return page
}

const agree = (page: Page, consentId: string): Promise<void> =>
  page.locator(`[data-consent="${consentId}"]`).getByRole('radio', { name: '동의함' }).check()

async function withdraw({ office: { page } }: Stage): Promise<Page> {
  const { name } = WITH_YOUNG_CHILD.applicant
  await search(page, name)
  await caseRow(page, name).filter({ hasText: '아이돌봄비(민간)' }).first().dblclick()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('tab', { name: /^동의/ }).click()
  const email = page.locator('.case-tab .card').filter({ hasText: '이메일' })
  await email.getByRole('button', { name: '동의 철회' }).click()
  await dialogOf(page).getByRole('radio', { name: '전화', exact: true }).check()
  await dialogOf(page).getByRole('textbox', { name: '사유' }).fill('전화로 요청')
  await page.keyboard.press('Control+Enter')
  await expect(email.locator('.pill')).toHaveText('철회함')
  await page.getByRole('tab', { name: /^신청정보/ }).click()
  await expect(page.getByText('동의 철회로 보이지 않음')).toBeVisible()
  await expect(page.getByText(EMAIL)).toHaveCount(0)
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
  return page
}

async function provide(stage: Stage): Promise<Page> {
  const { page } = stage.office
  await changePerson(page, OFFICER)
  await goToScreen(page, '제3자 제공')
  await expect(page.getByRole('heading', { level: 1, name: '제3자 제공' })).toBeVisible()
  const selected = await previewProvision(page, 'BGF리테일')
  const password = await numberProvision(page)
  const bytes = await saveProvision(stage.office, 'given.xlsx')
  const { sheets } = await readXlsx(new Uint8Array(bytes), { password })
  const names = (sheets[0]?.rows ?? []).map((row) => row[1])
  expect(names.length).toBe(selected + 1)
  expect(names).not.toContain(WITH_YOUNG_CHILD.applicant.name)
  return page
}

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

async function execute(stage: Stage): Promise<Page> {
  await daysPass(stage, 4)
  const { page } = stage.office
  await openBatch(page, '검증')
  await expectCopy(page, OFFICE_PC, 'PC가 지우고 서명함')
  await expect(copy(page, SWITCHED_OFF_PC)).toContainText('확인 전')
  return page
}

async function leaseEnds(stage: Stage): Promise<Page> {
  await daysPass(stage, 6)
  const { page } = stage.office
  await openBatch(page, '검증')
  await expectCopy(page, SWITCHED_OFF_PC, '사용 기한이 끝나 열 수 없음')
  return page
}

async function rotateKeys(stage: Stage): Promise<Page> {
  await stage.centre.operate('keys', 'rotate')
  await executeDue(stage.centre)
  const { page } = stage.office
  await openBatch(page, '완료')
  await expect(batchState(page)).toHaveText('완료')
  await expect(batchItems(page).nth(1)).toContainText('이 PC에 없는 사례') // the first one was taken out
  return page
}

async function verify(stage: Stage): Promise<Page> {
  const { centre, batchId, backup } = stage
  const words = await centre.runScript(
    'scripts/erasure-verify.ts',
    ...['--batch', batchId, '--by', 'gangnam.admin', '--backup', backup]
  )
  expect(words).toContain('Nothing is left. The verification is closed')
  const { page } = stage.office
  await openBatch(page, '완료')
  return page
}

/** What the centre does by itself each minute. */
const executeDue = (centre: Centre): Promise<string> => centre.operate('destruction', 'run', '--district', '11680')

async function certify({ office, centre, documentsDir }: Stage): Promise<Page> {
  const { page } = office
  await openBatch(page, '완료')
  const file = await makeCertificate(office, { documentsDir, password: PASSWORD, number: '11680-2032-0001' })
  await expectOnPaper(file, [
    '개인정보 파기 확인서',
    OFFICE_PC,
    '사용 기한이 끝나 열 수 없음',
    '열쇠를 바꿔 읽을 수 없음',
    '복원한 이전 백업'
  ])
  await expectProvenAlone(file, await centre.operate('signing-keys', '--district', '11680'))
  return page
}

const copy = (page: Page, name: string) => page.locator('[data-copy]').filter({ hasText: name })

/** The ledger is the centre's: it is asked anew by F5. */
async function expectCopy(page: Page, name: string, standing: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('F5')
    await expect(copy(page, name)).toContainText(standing, { timeout: 5_000 })
  }).toPass(SOON)
}

/** Whoever worked at the PC locks it, and another person sits down. */
async function changePerson(page: Page, who: Credentials): Promise<void> {
  await page.keyboard.press('Control+l')
  await expect(page.locator('[data-session="locked"]')).toBeVisible()
  if ((await page.locator(`[data-login="${who.login}"]`).count()) > 0) await unlock(page, who)
  else await signInAsAnother(page, who)
}

/** The office PC is off meanwhile; the centre does what is due by then, and the officer switches the PC on again. */
async function daysPass(stage: Stage, count: number): Promise<void> {
  await stage.office.close()
  stage.clock.putForwardBy(count)
  const batches = z.array(z.object({ batchId: z.string() })).parse(JSON.parse(await executeDue(stage.centre)))
  stage.batchId = batches[0]?.batchId ?? ''
  stage.office = await switchOn(stage, stage.dataDirs.office, OFFICE_PC)
  await unlock(stage.office.page, OFFICER)
  // Her pass is over, and she is signed in anew beside her work: the centre must not go away meanwhile.
  await expect(syncWords(stage.office.page)).toHaveText(ALL_SENT, SOON)
}
