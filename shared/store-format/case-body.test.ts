import { expect, test } from 'vitest'
import { type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { packSearchable, searchableOf } from '#shared/domain/search/searchable.ts'
import { packRecord, type StoredBody, unpackRecord } from './case-body.ts'

const recordOf = createCaseGenerator({ seed: 3, districtCodes: ['11680'], today: '2026-11-20', count: 500 })

/** What the two rows of a case hold of it. */
function stored(record: CaseRecord): StoredBody {
  const subject = record.case
  const searchable = packSearchable(searchableOf(subject))
  return {
    id: subject.id.replaceAll('-', ''),
    application_no: subject.applicationNo,
    service: subject.service,
    dong_code: subject.dongCode,
    state: subject.state,
    applied_on: subject.appliedOn,
    due_on: subject.dueOn,
    searchable,
    body: '',
    packed: packRecord(record, searchable)
  }
}
const throughRow = (record: CaseRecord): CaseRecord => unpackRecord(stored(record))
const ofBefore = (body: string): StoredBody => ({ ...stored(caseRecordSchema.parse(recordOf(1))), body, packed: null })

test('a case comes out of its row as it went in, field by field as the schema names them', () => {
  for (let index = 0; index < 500; index++) {
    const record = caseRecordSchema.parse({ ...recordOf(index), fieldRevs: { state: 2, 'applicant.phone': 3 } })
    expect(throughRow(record)).toStrictEqual(record)
  }
})

const [ID, BY] = ['018d3df2-d160-7e6a-9ff6-6491e12dc6d3', '00000000-0000-7000-8000-000000116805']
const APPLICANT = `["gil38","홍길동","8503062065804","01002226220",["06222","강남구 일원로","379","804호","일원동"],[4,5311360],["088","72449801825005","홍길동"],null,null]`
const OF_BEFORE = `[["${ID}","2024-01-0001","11680","1168053100","childcare_kin","closed","2024-01-25",null,"${BY}",${APPLICANT},[["홍하빈","2109153432752","2021-09-15","male"]],[],[],[["collect.email","2024-01-25",true,"written",1706141340000]],[["received",1706141340000,"${BY}",""],["closed",1719972816173,null,"종결"]]`

test('bodies of before they were packed are read, and those of before conflicts were kept as cases without any', () => {
  const record = unpackRecord(ofBefore(`[2,${OF_BEFORE},[],[],[]],2,{"state":2}]]`))
  expect(record.case.history.map(({ at, by, reason }) => [at, by, reason])).toEqual([
    ['2024-01-25T00:09:00.000Z', BY, ''],
    ['2024-07-03T02:13:36.173Z', BY, '종결']
  ])
  expect(caseRecordSchema.parse(record)).toStrictEqual(record)
  expect(unpackRecord(ofBefore(`[1,${OF_BEFORE}],2,{"state":2}]]`))).toStrictEqual(record)
  expect(throughRow(record)).toStrictEqual(record)
})

/** `recordOf(0)` as layout 4 held it, before consents were records. */
const LAYOUT_4 = [
  'MiQzBhNAQUNCRJKpAAsAAAAAAABwAIAAAAAAEWgBOQgIc2V1bGdpMzVIHSoTu+bTCEo1FRsYAEtMCA4xMDPrj5kgMTMwM+2YuE0yIgPI0nwzE0',
  'cAHvfTTny0UkgAADAwMTRJHRDx+FIwBwoccZUyNaSpAqINAMCKh/fTMTWlqQGiDAAAAAA4NIEMAAAAAE6ANIQMsmMlFAAJCJDHqawgAFXWeMcg',
  'ANzCkcc0hQw58UskAAkFcMiswCAARMbMuDSGDO8RHQ8ACQjAydDGIAAwrgDJIACpzXHINIoMQ1gPAAAJCLCsFcggALCs/KwgALXRwMk0iwyhmX',
  'AVAAkHwMkJroW6gL0gAPG0rMc0jAyaE0GaAAkMFcgwriAAwMkJroS9IAChwQiuIABExsy4NJINAKn89pUqAAkIwMnQxiAAMK4ErCAAzLnMuDAw',
  'MDAoBwGqKA=='
].join('')

test('answers of before consents were records come out as records of which nothing more is known', () => {
  const today = caseRecordSchema.parse(recordOf(0))
  const answers = today.case.consents.map(({ consentId, policyVersion, given, method, answeredAt }) => {
    return { consentId, policyVersion, given, method, answeredAt }
  })
  const before = caseRecordSchema.parse({ ...today, case: { ...today.case, consents: answers } })
  const opened = unpackRecord({ ...stored(today), packed: Uint8Array.from(atob(LAYOUT_4), (c) => c.charCodeAt(0)) })
  expect(opened).toStrictEqual(before)
  expect(throughRow(opened)).toStrictEqual(before)
})

test('records of a consent come out as they went in, whoever took them', () => {
  const record = caseRecordSchema.parse(recordOf(0))
  const [first] = record.case.consents
  const [one, other] = ['01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002']
  const consents = [null, one, one, null, other].map((handler) => ({ ...first, handler, closes: ['applicant.email'] }))
  const changed = caseRecordSchema.parse({ ...record, case: { ...record.case, consents } })
  expect(throughRow(changed)).toStrictEqual(changed)
})

test('a packed case takes a third of its JSON', () => {
  let [packed, json] = [0, 0]
  for (let index = 0; index < 200; index++) {
    packed += stored(recordOf(index)).packed?.length ?? 0
    json += Buffer.byteLength(JSON.stringify(recordOf(index)))
  }
  expect(packed / json).toBeLessThan(1 / 3)
})

test('conflicts and edits come out of a row as they went in', () => {
  const record = recordOf(2)
  const by = '01930000-0000-7000-8000-000000000001'
  const side = { value: '01012345678', by, at: '2026-11-20T01:00:00.000Z', reason: '확인' }
  const conflict = {
    id: `${by}:applicant.phone`,
    field: 'applicant.phone',
    theirs: { ...side, by: null },
    mine: { ...side, commandId: by },
    openedAt: side.at,
    rev: 3
  }
  const edit = { fields: ['applicant.phone'], by, at: side.at, reason: '', how: 'resolved' }
  const edits = [
    { ...edit, closed: [{ conflict, choice: 'mine' }] },
    { ...edit, closed: [] }
  ]
  const changed = caseRecordSchema.parse({ ...record, case: { ...record.case, conflicts: [conflict], edits } })
  expect(throughRow(changed)).toStrictEqual(changed)
})

test('instants written otherwise and officials that change come out as they went in', () => {
  const record = recordOf(0)
  const step = (at: string, by: string) => ({ state: 'received' as const, at, by, reason: '' })
  const [one, other] = ['01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002'] as const
  const history = [
    step('2026-11-20T01:00:00Z', one),
    step('2026-11-20T01:00:00.123456Z', one),
    step('2026-11-20T01:00:00.120Z', other),
    step('2026-11-20T01:00:00.1Z', one)
  ]
  const changed = caseRecordSchema.parse({ ...record, case: { ...record.case, history } })
  expect(throughRow(changed)).toStrictEqual(changed)
})

test('the generated cases fill every field at least once, so that none can be missing from the layout', () => {
  const empty = new Set(['helpers', 'income', 'account', 'email', 'contactPhone', 'loginId', 'dueOn', 'assigneeId'])
  for (let index = 0; index < 500; index++) {
    const { case: subject } = recordOf(index)
    for (const [name, value] of [...Object.entries(subject), ...Object.entries(subject.applicant)]) {
      if (value !== null && !(Array.isArray(value) && value.length === 0)) empty.delete(name)
    }
  }
  expect([...empty]).toEqual([])
})

test('a body of a layout that this program does not know is no case', () => {
  expect(() => unpackRecord(ofBefore('[9,[]]'))).toThrow('layout 9')
})

test('fields of a newer centre come out as they went in, wherever they stand', () => {
  const record = caseRecordSchema.parse(recordOf(7))
  const newer = {
    ...record,
    seenBy: ['a'],
    case: {
      ...record.case,
      urgency: { level: 2 },
      applicant: { ...record.case.applicant, nickname: '소미', address: { ...record.case.applicant.address, geo: 1 } },
      history: record.case.history.map((step) => ({ ...step, signature: 'x' }))
    }
  }
  expect(throughRow(newer)).toStrictEqual(newer)
})
