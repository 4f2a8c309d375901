import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { batchItems, batchState, openBatch } from '../../helpers/batch-steps.ts'
import { expectOnPaper, expectProvenAlone, makeCertificate, verifyFile } from '../../helpers/papers.ts'
import { dialogOf } from '../../helpers/provision-steps.ts'
import { runProgram } from '../../helpers/run-program.ts'
import { saveIn } from '../../helpers/save-dialog.ts'
import { goToScreen } from '../../helpers/screens.ts'
import {
  changePerson,
  daysPass,
  executeDue,
  LEAD,
  OFFICE_PC,
  PASSWORD,
  SOON,
  type Stage,
  type StoryStep,
  SWITCHED_OFF_PC
} from './stage.ts'

export const PROOF_STEPS: readonly StoryStep[] = [
  { name: 'A week later the centre has destroyed them, and the PC erases them too and signs for it', run: execute },
  { name: 'The PC that was switched off is past its time of use: nothing on it can be read', run: leaseEnds },
  { name: 'With new keys the backups cannot be read either, and the batch is complete', run: rotateKeys },
  {
    name: 'In no table, log or file is anything of them left, and a restored older backup shows none of them',
    run: verify
  },
  { name: 'The privacy officer confirms it in a certificate, and anybody can check that file alone', run: certify },
  { name: 'The supervisor gives out the report of who did what, signed', run: report },
  { name: 'The access log of all of it is whole, by its export alone', run: checkLog }
]

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

async function report({ office, centre, documentsDir }: Stage): Promise<Page> {
  const { page } = office
  mkdirSync(documentsDir, { recursive: true })
  await changePerson(page, LEAD)
  await goToScreen(page, '보고서')
  await expect(page.getByText('아직 낸 보고서가 없습니다')).toBeVisible(SOON)
  await saveIn(office, documentsDir)
  await page.keyboard.press('F2')
  await dialogOf(page).getByLabel('목적').fill('파기 결과 자체 점검')
  await dialogOf(page).getByLabel('내 비밀번호').fill(PASSWORD)
  await dialogOf(page).getByRole('button', { name: '만들기' }).click()
  await expect(page.getByText('보고서 제1호를 저장했습니다')).toBeVisible(SOON)
  const [name = ''] = readdirSync(documentsDir).filter((one) => one.endsWith('.xlsx'))
  const keys = join(documentsDir, 'officers-keys.json')
  writeFileSync(keys, await centre.operate('signing-keys', '--district', '11680'))
  const verified = await verifyFile(join(documentsDir, name), keys)
  expect(verified).toMatchObject({ code: 0, words: expect.stringContaining('확인됨') })
  return page
}

async function checkLog({ office, centre, documentsDir }: Stage): Promise<Page> {
  const file = join(documentsDir, 'access-log.ndjson')
  await centre.operate('export-log', file, '--district', '11680')
  const { code, words } = await runProgram('server/log-verify.ts', file)
  expect({ code, words }).toEqual({ code: 0, words: expect.stringContaining('Whole.') })
  const { page } = office
  await goToScreen(page, '접속기록')
  await expect(async () => {
    await page.keyboard.press('F5') // the centre was away for the export
    await expect(page.locator('.record-table__row').first()).toBeVisible({ timeout: 5_000 })
  }).toPass(SOON)
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
