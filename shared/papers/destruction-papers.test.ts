import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { BatchVerification } from '#shared/domain/destruction/batch-verification.ts'
import type { CopyLine } from '#shared/domain/destruction/copy-line.ts'
import { countCauses, type DestructionBatch, itemsToDestroy } from '#shared/domain/destruction/destruction-batch.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { destructionCertificate } from './destruction-certificate.ts'
import { destructionRegister, MOST_REGISTER_LINES } from './destruction-register.ts'
import { destructionRequest, destructionRequestValues } from './destruction-request.ts'
import { type BatchFacts, batchApprovals } from './destruction-words.ts'
import { fillForm } from './fill-form.ts'
import { type FormTemplate, formTemplateSchema } from './form-template.ts'
import { officialCount, officialDate, officialTime } from './official-text.ts'
import { type Paper, paperSchema } from './paper.ts'

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
  district: '강남구',
  file: { name: '만능키시스템 서비스 신청정보', createdOn: '2024-01-25', duty: '서비스 신청처리', kept: 120_045 },
  method: '복원이 불가능한 방법으로 영구삭제',
  nameOf: (id) => NAMES.get(id) ?? '',
  today: '2026-11-26'
}

const DROPPED = { kind: 'dropped', at: '2026-12-01T00:00:00.000Z', cause: 'changed' } as const
const copy = (place: CopyLine['place'], name: string | null, settled: CopyLine['settled']): CopyLine => ({
  ...{ place, name, settled },
  ref: uuid(50),
  openedAt: '2026-12-01T00:05:00.000Z'
})

test('the request says what 별지 4 asks for, in the words and numbers of official papers', () => {
  expect(destructionRequestValues(BATCH, FACTS)).toEqual({
    writtenOn: '2026. 11. 21.',
    author: '홍길동',
    file: '만능키시스템 서비스 신청정보',
    createdOn: '2024. 1. 25.',
    handler: '홍길동',
    duty: '서비스 신청처리',
    kept: '120,045건 (2026. 11. 26. 현재)',
    causes: '보유기간 경과 2건\n동의 철회 1건',
    schedule: '2026. 12. 1. (승인 뒤 유예 7일)',
    notes: '검토에서 제외·연장 1건\n<b>긴급</b> & "확인"',
    approvedOn: '—',
    approver: '—',
    place: '서울시 데이터센터',
    method: '복원이 불가능한 방법으로 영구삭제',
    executor: '중앙 서버와 자치구의 각 PC',
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

test('what was signed before the batch was sent back stands in no 결재란', () => {
  const steps = [
    ...BATCH.steps,
    { act: 'return', by: OFFICER, at: '2026-11-21T01:00:00.000Z', reason: '사유 보완' }
  ] as const
  expect(batchApprovals({ steps: [...steps] }, FACTS.nameOf).map(({ signed }) => signed)).toEqual([null, null, null])
})

test('our edition of 별지 4 has its cells in the order of the notice, and what was typed stands as text', () => {
  const paper = expectOk(destructionRequest(shipped('destruction-request'), BATCH, FACTS))
  const [sheet] = paper.parts
  if (sheet?.kind !== 'sheet') throw new Error('it is a sheet')
  expect(sheet.rows.map((cells) => cells.map(({ label }) => label))).toEqual([
    ['작성일', '작성자'],
    ['파기 대상 개인정보파일'],
    ['생성일자', '개인정보취급자'],
    ['주요 대상업무', '현재 보관건수'],
    ['파기 사유'],
    ['파기 일정'],
    ['특기사항'],
    ['파기 승인일', '승인자\n(개인정보 보호책임자)'],
    ['파기 장소'],
    ['파기 방법'],
    ['파기 수행자', '입회자'],
    ['폐기 확인 방법'],
    ['백업 조치 유무'],
    ['매체 폐기 여부']
  ])
  expect(sheet.rows[6]).toEqual([{ label: '특기사항', text: '검토에서 제외·연장 1건\n<b>긴급</b> & "확인"' }])
  expect(paper.edition).toBe('표준 개인정보 보호지침 별지 제4호서식')
})

const COMPLETED: DestructionBatch = {
  ...BATCH,
  state: 'completed',
  items: [...BATCH.items, item(5, { dueOn: '2027-01-01' }), { ...item(6), exclusion: DROPPED }],
  steps: [
    ...BATCH.steps,
    { act: 'approve', by: OFFICER, at: '2026-11-21T01:00:00.000Z', reason: '' },
    { act: 'execute', by: null, at: '2026-12-01T00:00:00.000Z', reason: '' },
    { act: 'verify', by: null, at: '2026-12-01T00:05:00.000Z', reason: '' },
    { act: 'complete', by: null, at: '2026-12-08T00:00:00.000Z', reason: '' }
  ],
  approval: { by: OFFICER, at: '2026-11-21T01:00:00.000Z', digest: '7c1e92ab'.repeat(8), signature: 'c2lnbmF0dXJl' },
  coolsUntil: '2026-11-30T15:00:00.000Z'
}

test('별지 5 has a line for each completed batch', () => {
  const causes = countCauses(itemsToDestroy(COMPLETED))
  const entry = { number: '11680-2026-0007', batch: COMPLETED, causes, facts: FACTS }
  const [table] = registerOf([entry])
  expect(table?.rows).toEqual([
    [
      '11680-2026-0007',
      '만능키시스템 서비스 신청정보',
      '전자파일',
      '2024. 1. 25.',
      '2026. 12. 1.',
      '보유기간 경과 3건\n동의 철회 1건',
      '홍길동',
      '심청'
    ]
  ])
  expect(table?.note).toBe('강남구 · 모두 1건')
  expect(registerOf([])[0]?.rows).toEqual([['없음', '', '', '', '', '', '', '']])
  const [long] = registerOf(Array(MOST_REGISTER_LINES + 1).fill(entry))
  expect(long?.rows).toHaveLength(MOST_REGISTER_LINES)
  expect(long?.note).toBe(
    '강남구 · 모두 501건 가운데 가장 최근 500건입니다. 나머지는 보고서의 파기 대장(XLSX)에 있습니다.'
  )
})

const registerOf = (entries: Parameters<typeof destructionRegister>[2]) =>
  tablesOf(expectOk(destructionRegister(shipped('destruction-register'), '강남구', entries)))
const tablesOf = ({ parts }: Paper) => parts.flatMap((part) => (part.kind === 'table' ? [part] : []))

const COPIES: readonly CopyLine[] = [
  copy('backups', null, { type: 'proven', how: 'keys_rotated', at: '2026-12-07T01:00:00.000Z' }),
  copy('centre', null, { type: 'proven', how: 'destroyed', at: '2026-12-01T00:05:00.000Z' }),
  copy('desk', '민원-07', { type: 'proven', how: 'receipt', at: '2026-12-02T01:00:00.000Z' }),
  copy('desk', '민원-08', { type: 'written_off', by: '김관리', at: '2026-12-05T20:00:00.000Z', reason: '분실 신고' })
]

const VERIFIED: BatchVerification = {
  at: '2026-12-08T01:00:00.000Z',
  by: '김관리',
  cases: 4,
  unmarked: 1,
  places: [
    { place: 'heap', bytes: 123_456, residues: {} },
    { place: 'wal', bytes: 10, residues: { name: 2, readable_case: 1 } }
  ],
  closed: false
}

test('a certificate counts by cause and year, says who did what when and where every copy went, and names no citizen', () => {
  const content = {
    number: '11680-2026-0007',
    batch: COMPLETED,
    facts: FACTS,
    copies: COPIES,
    verification: VERIFIED,
    officerId: OFFICER
  }
  const paper = destructionCertificate(content)
  expect(paperSchema.parse(paper)).toEqual(paper)
  const [counts, history, copies, search] = tablesOf(paper)
  expect(counts?.rows).toEqual([
    ['만능키시스템 서비스 신청정보', '보유기간 경과', '2026년', '3', '1', '2'],
    ['만능키시스템 서비스 신청정보', '보유기간 경과', '2027년', '1', '0', '1'],
    ['만능키시스템 서비스 신청정보', '동의 철회', '2026년', '1', '0', '1'],
    ['합계', '', '', '5', '1', '4']
  ])
  expect(history?.rows.map(([act, who, at]) => [act, who, at])).toEqual([
    ['계획', '홍길동', '2026. 11. 18. 10:00'],
    ['검토 마침', '성춘향', '2026. 11. 20. 05:00'],
    ['승인 요청', '홍길동', '2026. 11. 21. 00:30'],
    ['승인', '심청', '2026. 11. 21. 10:00'],
    ['집행 시작', '중앙 서버', '2026. 12. 1. 09:00'],
    ['검증 시작', '중앙 서버', '2026. 12. 1. 09:05'],
    ['완료', '중앙 서버', '2026. 12. 8. 09:00']
  ])
  expect(copies?.rows).toEqual([
    ['백업', '열쇠를 바꿔 읽을 수 없음', '2026. 12. 7. 10:00'],
    ['중앙 서버', '파기함', '2026. 12. 1. 09:05'],
    ['PC 민원-07', 'PC가 지우고 확인서를 보냄', '2026. 12. 2. 10:00'],
    ['PC 민원-08', '김관리 제외 처리: 분실 신고', '2026. 12. 6. 05:00']
  ])
  expect([search?.rows, search?.note]).toEqual([
    [
      ['데이터베이스 표', '123,456', '0건'],
      ['데이터베이스 변경 기록(WAL)', '10', '3건']
    ],
    '2026. 12. 8. 10:00 김관리 검사. 사례 4건 가운데 남은 것 3건, 찾을 단서가 없는 1건은 검사하지 못함'
  ])
  expect(textAt(destructionCertificate({ ...content, verification: null }), '결과')).toContain('하지 않았음')
  expect(textAt(paper, '파기한 건수')).toBe('4건')
  expect(textAt(paper, '승인한 건수')).toBe('5건 (집행 때 빠짐 1건)')
  expect(['중앙 서버', 'PC', '백업'].map((label) => textAt(paper, label))).toEqual([
    '2026. 12. 1.',
    '2026. 12. 6. (2대)',
    '2026. 12. 7.'
  ])
  expect(textAt(paper, '목록 지문\n(SHA-256)')).toBe(Array(8).fill('7c1e92ab').join(' '))
  const text = JSON.stringify(paper)
  expect(COMPLETED.items.filter(({ caseId }) => text.includes(caseId))).toEqual([])
})

const textAt = ({ parts }: Paper, wanted: string): string | undefined =>
  parts.flatMap((part) => (part.kind === 'sheet' ? part.rows.flat() : [])).find(({ label }) => label === wanted)?.text

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
  expect(fillForm(own, [destructionRequestValues(BATCH, FACTS)])).toEqual({
    ok: false,
    error: { type: 'ValueUnknown', value: 'seal' }
  })
})

test('what no paper shows is left out of it: it could turn the reading order round, or hide in a copy', () => {
  const paper = { ...destructionCertificate(certificate('가\u202e나\u0000다\u200b라\ufeff\u00ad마\u2066\n둘째\t셋째')) }
  expect(textAt(paperSchema.parse(paper), '파기 번호')).toBe('가나다라마\n둘째\t셋째')
})

const certificate = (number: string) => ({
  number,
  batch: COMPLETED,
  facts: FACTS,
  copies: COPIES,
  verification: VERIFIED,
  officerId: OFFICER
})

test('dates, times and numbers are those of official papers, by the clock of Korea', () => {
  expect([officialDate('2026-01-09'), officialTime('2026-11-25T15:05:00.000Z'), officialCount(2014, '건')]).toEqual([
    '2026. 1. 9.',
    '2026. 11. 26. 00:05',
    '2,014건'
  ])
})
