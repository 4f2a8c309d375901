import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Cell } from '#shared/domain/report/report-columns.ts'
import { createEncryptedFile } from './compound-file.ts'
import { createPartFile, type PartFile } from './part-file.ts'
import { createWorkbook, type SheetColumn } from './workbook.ts'
import { createZipStream } from './zip-stream.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mnk-workbook-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const TEXT: SheetColumn = { title: '사유', type: 'text', width: 20 }
const columns: readonly SheetColumn[] = [
  { title: '일시', type: 'instant', width: 20 },
  { title: '날짜', type: 'day', width: 12 },
  { title: '건수', type: 'number', width: 9 },
  TEXT
]
const newPart = (name: string): Promise<PartFile> =>
  createPartFile({ path: join(folder, name), part: join(folder, `.${name}.part`) })

async function write(rows: readonly (readonly Cell[])[], only: readonly SheetColumn[] = columns): Promise<Buffer> {
  const file = await newPart('plain.xlsx')
  const zip = createZipStream(file.append)
  const workbook = createWorkbook(zip)
  await workbook.add({ name: '기록', columns: only, hasTitles: true, rows })
  await workbook.add({ name: '표지', columns: [TEXT, TEXT], hasTitles: false, rows: [['번호', '11680-R1']] })
  await workbook.end(['표지', '기록'])
  await zip.end(0)
  await file.seal()
  await file.settle()
  return readFileSync(join(folder, 'plain.xlsx'))
}

test('a reader that is not ours finds real dates by the clock of Korea, real numbers, texts and the order of the sheets', async () => {
  const file = await write([
    ['2026-11-22T15:00:01.000Z', '2026-11-23', 1_234, '통화 <확인> & "메모"'],
    [null, null, 0, null]
  ])
  const { sheets } = await readXlsx(file)
  expect(sheets.map(({ name }) => name)).toEqual(['표지', '기록'])
  expect(sheets[0]?.rows).toEqual([['번호', '11680-R1']])
  expect(sheets[1]?.rows).toEqual([
    ['일시', '날짜', '건수', '사유'],
    [new Date('2026-11-23T00:00:01.000Z'), new Date('2026-11-23T00:00:00.000Z'), 1_234, '통화 <확인> & "메모"'],
    [null, null, 0, null]
  ])
})

const INJECTIONS = [
  '=HYPERLINK("http://example.kr","여기")',
  "=cmd|'/c calc'!A1",
  '+82-2-120',
  '-1+2',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '=1\n+1'
]

test('nothing that somebody typed becomes a formula, and each such text stays one when the cell is edited', async () => {
  const file = await write(
    INJECTIONS.map((text) => [text]),
    [TEXT]
  )
  const { sheets } = await readXlsx(file)
  expect(sheets[1]?.rows.slice(1)).toEqual(INJECTIONS.map((text) => [text]))
  const xml = await entryOf(file, 'xl/worksheets/sheet1.xml')
  expect(xml).not.toContain('<f>')
  expect(xml.match(/s="6" t="inlineStr"/g)).toHaveLength(INJECTIONS.length)
  expect(await entryOf(file, 'xl/styles.xml')).toContain('quotePrefix="1"')
})

test('markup, references, bytes that XML forbids and half letters do no harm', async () => {
  const texts = [
    '</t></is></c><c><f>1+1</f></c>',
    '<!DOCTYPE x>&lt;',
    '_x003D_1+1',
    'a\u0000\u0008\u001fb\ufffe',
    '끝\ud800'
  ]
  const { sheets } = await readXlsx(
    await write(
      texts.map((text) => [text]),
      [TEXT]
    )
  )
  expect(sheets[1]?.rows.slice(1)).toEqual([[texts[0]], [texts[1]], ['_x003D_1+1'], ['ab'], ['끝\ufffd']])
})

test('a text that is too long for a cell is cut and says so; a date that is none stays a text', async () => {
  const { sheets } = await readXlsx(await write([['nonsense', null, null, '가'.repeat(40_000)]]))
  const [, row] = sheets[1]?.rows ?? []
  expect(row?.[0]).toBe('nonsense')
  expect([String(row?.[3]).length, String(row?.[3]).slice(-6)]).toEqual([32_767, '… (잘림)'])
})

test.each([1, 30_000])(
  'a workbook of %i rows under a password is opened by it with another program, and by no other',
  async (count) => {
    const file = await newPart('sealed.xlsx')
    const sealed = await createEncryptedFile(file, '열쇠-Correct-1')
    const zip = createZipStream(sealed.append)
    const workbook = createWorkbook(zip)
    const rows = Array.from({ length: count }, (_, no) => [no, `줄 ${no} ${(no * 7_919) % 100_003}`])
    const twice: SheetColumn[] = [{ title: '번호', type: 'number', width: 9 }, TEXT]
    await workbook.add({ name: '기록', columns: twice, hasTitles: true, rows })
    await workbook.end(['기록'])
    await zip.end(0)
    await sealed.end()
    await file.seal()
    await file.settle()
    const bytes = readFileSync(join(folder, 'sealed.xlsx'))
    expect(bytes.includes('workbook.xml')).toBe(false)
    const { sheets } = await readXlsx(bytes, { password: '열쇠-Correct-1' })
    expect(sheets[0]?.rows.slice(1)).toEqual(rows)
    await expect(readXlsx(bytes, { password: '열쇠-Correct-2' })).rejects.toThrow()
    await expect(readXlsx(bytes)).rejects.toThrow()
  }
)

async function entryOf(file: Buffer, name: string): Promise<string> {
  const { inflateRawSync } = await import('node:zlib')
  const at = file.indexOf(name) // its local head comes first
  const start = at + name.length
  return inflateRawSync(file.subarray(start)).toString()
}
