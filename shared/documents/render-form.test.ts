import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { DestructionBatch } from '#shared/domain/destruction/destruction-batch.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { type BatchFacts, batchApprovals, destructionRequestValues } from './destruction-forms.ts'
import { documentPage } from './document-page.ts'
import { type FormTemplate, formTemplateSchema } from './form-template.ts'
import { html } from './html.ts'
import { officialCount, officialDate, officialTime } from './official-text.ts'
import { renderForm } from './render-form.ts'

const shipped = (id: string): FormTemplate =>
  formTemplateSchema.parse(JSON.parse(readFileSync(path.join('resources/forms', `${id}.json`), 'utf8')))

const uuid = (n: number): string => `01935a00-0000-7000-8000-${String(n).padStart(12, '0')}`
const [AUTHOR, REVIEWER, OFFICER] = [uuid(1), uuid(2), uuid(3)]
const NAMES = new Map([
  [AUTHOR, '홍길동'],
  [REVIEWER, '성춘향'],
  [OFFICER, '심청']
])
const item = (n: number, over: Partial<DestructionBatch['items'][number]> = {}): DestructionBatch['items'][number] => ({
  caseId: uuid(100 + n),
  rev: 1,
  parts: 'case',
  cause: 'term_over',
  dueOn: '2026-10-04',
  recordsUntil: '2026-11-01',
  exclusion: null,
  ...over
})
const BATCH: DestructionBatch = {
  id: uuid(9),
  districtCode: '11680',
  state: 'requested',
  rev: 7,
  authorId: AUTHOR,
  plan: {
    fileId: 'application',
    dueUpTo: '2026-11-30',
    coolingDays: 7,
    note: '<b>긴급</b> & "확인"'
  },
  items: [
    item(1),
    item(2),
    item(3, { cause: 'consent_withdrawn' }),
    item(4, { exclusion: { kind: 'excluded', by: REVIEWER, at: '2026-11-20T01:00:00.000Z', reason: '소송' } })
  ],
  steps: [
    { act: 'plan', by: AUTHOR, at: '2026-11-18T01:00:00.000Z', reason: '' },
    { act: 'review', by: REVIEWER, at: '2026-11-19T20:00:00.000Z', reason: '' },
    { act: 'request', by: AUTHOR, at: '2026-11-20T15:30:00.000Z', reason: '' }
  ],
  request: {
    scheduledOn: '2026-12-01',
    place: '서울시 데이터센터',
    witnessId: REVIEWER,
    confirmation: '잔여 검사 0건',
    backups: '열쇠 회전',
    media: '해당 없음'
  },
  approval: null,
  coolsUntil: null
}
const FACTS: BatchFacts = {
  file: { name: '만능키시스템 서비스 신청정보', createdOn: '2021-01-04', duty: '서비스 신청처리', kept: 120_045 },
  method: '복원이 불가능한 방법으로 영구삭제',
  nameOf: (id) => NAMES.get(id) ?? '',
  executor: '중앙 서버와 각 PC'
}

test('the request says what 별지 4 asks for, in the words and numbers of official papers', () => {
  expect(destructionRequestValues(BATCH, FACTS)).toEqual({
    writtenOn: '2026. 11. 21.',
    author: '홍길동',
    file: '만능키시스템 서비스 신청정보',
    createdOn: '2021. 1. 4.',
    handler: '홍길동',
    duty: '서비스 신청처리',
    kept: '120,045건',
    causes: '보유기간 경과 2건\n동의 철회 1건',
    schedule: '2026. 12. 1. (승인 뒤 유예 7일)',
    notes: '검토에서 제외·연장 1건\n<b>긴급</b> & "확인"',
    approvedOn: '—',
    approver: '—',
    place: '서울시 데이터센터',
    method: '복원이 불가능한 방법으로 영구삭제',
    executor: '중앙 서버와 각 PC',
    witness: '성춘향',
    confirmation: '잔여 검사 0건',
    backups: '열쇠 회전',
    media: '해당 없음'
  })
  expect(batchApprovals(BATCH, FACTS.nameOf)).toEqual([
    { post: '담당', signed: { name: '홍길동', on: '2026. 11. 21.' } },
    { post: '검토', signed: { name: '성춘향', on: '2026. 11. 20.' } },
    { post: '보호책임자', signed: null }
  ])
})

test('our edition of the form finds each of its values, and nothing that was typed becomes part of the page', () => {
  const records = [destructionRequestValues(BATCH, FACTS)]
  const form = expectOk(renderForm(shipped('destruction-request'), { records, approvals: [] }))
  expect(form.text).toContain(
    '<td colspan="3">검토에서 제외·연장 1건<br>&lt;b&gt;긴급&lt;/b&gt; &amp; &quot;확인&quot;</td>'
  )
  expect(form.text).not.toContain('<b>')
})

test('a register has a line for each record and its head on each page', () => {
  const record = {
    no: '2026-07',
    file: '서비스 신청정보',
    kind: '전자파일',
    createdOn: '2021. 1. 4.',
    destroyedOn: '2026. 12. 1.',
    cause: '보유기간 경과',
    handler: '홍길동',
    head: '이몽룡'
  }
  const form = expectOk(renderForm(shipped('destruction-register'), { records: [record, record], approvals: [] }))
  expect(form.text.match(/<td>2026-07<\/td>/g)).toHaveLength(2)
  expect(form.text.match(/<thead>/g)).toHaveLength(1)
})

test('a form of the office that names a value that there is not is told so, by its name', () => {
  const own: FormTemplate = {
    id: 'own',
    edition: '자체 서식',
    title: '요청서',
    kind: 'sheet',
    rows: [
      [
        { label: '작성일', value: 'writtenOn' },
        { label: '도장', value: 'seal' }
      ]
    ]
  }
  const records = [destructionRequestValues(BATCH, FACTS)]
  expect(renderForm(own, { records, approvals: [] })).toEqual({
    ok: false,
    error: { type: 'ValueUnknown', value: 'seal' }
  })
})

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['" onload="x', '&quot; onload=&quot;x'],
  ["'><img src=x>", '&#39;&gt;&lt;img src=x&gt;'],
  ['가\u202e나\u0000다\u200b라\ufeff\u00ad마\u2066', '가나다라마'],
  ['첫째\n둘째\t셋째', '첫째\n둘째\t셋째']
])('what people type is text on the paper: %j', (typed, shown) => {
  expect(html`<td title="${typed}">${[typed, null]}</td>`.text).toBe(`<td title="${shown}">${shown}</td>`)
  const note = { printedBy: typed, printNo: '1', printedAt: '' }
  expect(documentPage({ title: typed, fontBase: 'app://desk/', note }, html`<p></p>`)).toContain(
    `<title>${shown}</title>`
  )
})

test('dates, times and numbers are those of official papers, by the clock of Korea', () => {
  expect([officialDate('2026-01-09'), officialTime('2026-11-25T15:05:00.000Z'), officialCount(2014, '건')]).toEqual([
    '2026. 1. 9.',
    '2026. 11. 26. 00:05',
    '2,014건'
  ])
})
