import { expect, test } from 'vitest'
import { caseRecordSchema } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { packRecord, unpackRecord } from './case-body.ts'

const recordOf = createCaseGenerator({ seed: 3, districtCodes: ['11680'], today: '2026-11-20', count: 500 })

test('a case comes out of its row as it went in, field by field as the schema names them', () => {
  for (let index = 0; index < 500; index++) {
    const record = caseRecordSchema.parse({ ...recordOf(index), fieldRevs: { state: 2, 'applicant.phone': 3 } })
    expect(unpackRecord(packRecord(record))).toStrictEqual(record)
  }
})

test('a body of before conflicts were kept is read as a case without any', () => {
  const record = caseRecordSchema.parse(recordOf(1))
  const [, [subject, ...rest]] = JSON.parse(packRecord(record)) as [number, [unknown[], ...unknown[]]]
  const earlier = JSON.stringify([1, [subject.slice(0, -2), ...rest]])
  expect(unpackRecord(earlier)).toStrictEqual(record)
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
  expect(unpackRecord(packRecord(changed))).toStrictEqual(changed)
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
  expect(unpackRecord(packRecord(changed))).toStrictEqual(changed)
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
  expect(() => unpackRecord('[9,[]]')).toThrow('layout 9')
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
  expect(unpackRecord(packRecord(newer))).toStrictEqual(newer)
})
