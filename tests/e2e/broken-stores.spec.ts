import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { faultsOf } from '../helpers/looks.ts'
import { COLLEAGUE, HER, receiveDistrict, test } from '../helpers/office.ts'
import {
  ALL_SENT,
  caseRow,
  fillAndEnter,
  search,
  submitApplication,
  syncWords,
  typeApplication
} from '../helpers/screens.ts'
import { WITH_YOUNG_CHILD } from '../story/applications.ts'

const SOON = { timeout: 20_000 }
const storePath = (dataDir: string, name: string): string => join(dataDir, 'data/stores/11680', name)

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(file, bytes)
}

/** What happened to the files, and whether a password is needed to find out. */
const BREAKAGES: Readonly<
  Record<string, { problem: string; after: 'start' | 'password'; happens: (dataDir: string, other: string) => void }>
> = {
  'the keyring is gone': {
    problem: 'key_missing',
    after: 'start',
    happens: (dir) => rmSync(storePath(dir, 'keyring.json'))
  },
  "the secret in the PC's vault is gone": {
    problem: 'vault_lost',
    after: 'start',
    happens: (dir) => writeFileSync(join(dir, 'device-secret.unprotected'), 'short')
  },
  'the file was cut off': {
    problem: 'file_truncated',
    after: 'password',
    happens: (dir) => truncateSync(storePath(dir, 'store.db'), 40_960)
  },
  'one bit of the file has turned': {
    problem: 'file_damaged',
    after: 'password',
    happens: (dir) => flipByte(storePath(dir, 'store.db'), 1000)
  },
  'the file is gone': {
    problem: 'file_missing',
    after: 'start',
    happens: (dir) => rmSync(storePath(dir, 'store.db'))
  },
  'the file is that of another PC': {
    problem: 'key_wrong',
    after: 'password',
    happens: (dir, other) => {
      for (const name of ['store.db', 'store.db.keycheck']) {
        copyFileSync(storePath(other, name), storePath(dir, name))
      }
    }
  }
}

async function tryPassword(page: Page): Promise<void> {
  await page.locator(`[data-login="${HER.login}"]`).click()
  await fillAndEnter(page.locator('input[type=password]'), HER.password)
}

async function startAfresh(page: Page): Promise<void> {
  await page.getByRole('button', { name: '다시 받기' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '다시 받기' }).click()
  await expect(page.locator('[data-session="first_run"]')).toBeVisible(SOON)
}

for (const [what, { problem, after, happens }] of Object.entries(BREAKAGES)) {
  test(`when ${what}, she is told so and receives her district anew`, async ({ office }) => {
    let other = ''
    if (problem === 'key_wrong') {
      const pc = await office.newPc()
      await receiveDistrict(pc, COLLEAGUE)
      await pc.close()
      other = pc.dataDir
    }
    const desk = await office.lockedPc((dataDir) => happens(dataDir, other))
    const { page, dataDir } = desk
    if (after === 'password') await tryPassword(page)
    await expect(page.locator(`[data-problem="${problem}"]`)).toBeVisible(SOON)
    await expect(page.getByText('센터에 보낸 사례는 모두 센터에 있고, 다시 받을 수 있습니다.')).toBeVisible()
    if (after === 'password') expect.soft(await faultsOf(page), problem).toEqual([])
    const before = readdirSync(storePath(dataDir, '')).sort()
    await startAfresh(page)
    const [aside = ''] = readdirSync(join(dataDir, 'data/rescue'))
    expect(readdirSync(join(dataDir, 'data/rescue', aside)).sort()).toEqual(before) // set aside, nothing deleted
    await receiveDistrict(desk, HER)
  })
}

test('a file of a newer program is left alone, and is whole when the newer program is there', async ({ office }) => {
  const desk = await office.lockedPc((dir) => {
    renameSync(storePath(dir, 'keyring.json'), storePath(dir, 'keyring.kept'))
    writeFileSync(storePath(dir, 'keyring.json'), '{"format":999}')
  })
  await expect(desk.page.locator('[data-problem="file_from_future"]')).toBeVisible()
  await expect(desk.page.getByRole('button', { name: '다시 받기' })).toHaveCount(0)
  await desk.close()
  renameSync(storePath(desk.dataDir, 'keyring.kept'), storePath(desk.dataDir, 'keyring.json'))
  const { page } = await office.startAgain(desk)
  await tryPassword(page)
  await expect(page.getByRole('navigation', { name: '주 메뉴' })).toBeVisible(SOON)
})

test('what was not sent when the store broke is rescued and reaches the centre', async ({ office }) => {
  const desk = await office.workingPc()
  desk.line.cut()
  await typeApplication(desk.page, WITH_YOUNG_CHILD)
  await submitApplication(desk.page)
  await expect(syncWords(desk.page)).toContainText('보낼 것 1건')
  await desk.close()
  flipByte(storePath(desk.dataDir, 'store.db'), 1000)

  const again = await office.startAgain(desk)
  const { page } = again
  await tryPassword(page)
  await expect(page.locator('[data-problem="file_damaged"]')).toBeVisible(SOON)
  await expect(page.getByText('보내지 못한 작업 1건을 따로 보관해 두었습니다.')).toBeVisible()
  await startAfresh(page)
  desk.line.mend()
  await receiveDistrict(again, HER)
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
  const colleague = await office.workingPc(COLLEAGUE)
  for (const { page: shown } of [again, colleague]) {
    await search(shown, WITH_YOUNG_CHILD.applicant.name)
    await expect(caseRow(shown, WITH_YOUNG_CHILD.applicant.name)).toHaveCount(1, SOON)
  }
})
