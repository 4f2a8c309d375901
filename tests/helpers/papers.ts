import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { extractText, getDocumentProxy } from 'unpdf'
import type { Desk } from './desk.ts'
import { runProgram } from './run-program.ts'
import { saveIn } from './save-dialog.ts'

const SOON = { timeout: 60_000 }

/** The privacy officer makes the certificate of the batch that is open; the disk refuses it at first. Gives back the file. */
export async function makeCertificate(
  desk: Desk,
  { documentsDir, password, number }: { documentsDir: string; password: string; number: string }
): Promise<string> {
  const { page } = desk
  mkdirSync(documentsDir, { recursive: true })
  await saveIn(desk, join(documentsDir, 'not there'))
  await page.keyboard.press('F9')
  const dialog = page.getByRole('dialog', { name: '파기 확인서 만들기' })
  await dialog.getByRole('textbox', { name: '쓰는 목적' }).fill('기록관 이관')
  await dialog.getByLabel('비밀번호', { exact: false }).first().fill(password)
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('파일을 저장하지 못했습니다', SOON)
  await saveIn(desk, documentsDir)
  await dialog.getByRole('button', { name: '다른 자리에 저장' }).click()
  await expect(page.getByText(`${number} 문서를 저장했습니다`)).toBeVisible(SOON)
  return join(documentsDir, `개인정보 파기 확인서 ${number}.pdf`)
}

/** The PDF holds these words as text in our own two faces, and the number of pages on each page. */
export async function expectOnPaper(file: string, words: readonly string[]): Promise<void> {
  const bytes = readFileSync(file)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)))
  const pages = text.map((page) => page.normalize('NFC'))
  const raw = bytes.toString('latin1')
  const fonts = [...raw.matchAll(/\/BaseFont \/[A-Z]+\+([A-Za-z-]+)/g)].map(([, name]) => name)
  expect([...new Set(fonts)].sort()).toEqual(['PretendardGOV-Bold', 'PretendardGOV-Regular'])
  expect(raw).not.toContain('/Type3') // drawings of letters, which cannot be searched well or read aloud
  for (const word of words) expect(legible(pages.join(' '))).toContain(legible(word))
  expect(pages.filter((page) => !page.includes(`/ ${pages.length}`))).toEqual([])
}

/** Our reader (pdf.js) gives no sign for the hyphens and colons that the font moves between digits; poppler does. */
const legible = (text: string): string => text.replace(/[\0:-]/g, '')

/** `npm run certificate:verify` needs the file and the public keys alone, and finds one changed byte. */
export async function expectProvenAlone(file: string, keys: string): Promise<void> {
  const [keyFile, forged] = [`${file}.keys.json`, `${file}.changed.pdf`]
  writeFileSync(keyFile, keys)
  expect(await verifyFile(file, keyFile)).toMatchObject({ code: 0, words: expect.stringContaining('확인됨') })
  const changed = readFileSync(file)
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1
  writeFileSync(forged, changed)
  expect(await verifyFile(forged, keyFile)).toMatchObject({ code: 1, words: expect.stringContaining('바뀌었습니다') })
  rmSync(forged)
}

export const verifyFile = (file: string, key: string): Promise<{ code: number; words: string }> =>
  runProgram('server/file-verify.ts', file, '--key', key)
