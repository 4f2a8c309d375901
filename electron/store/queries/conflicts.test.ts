import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CaseField, VersionedField } from '#shared/domain/case/case.ts'
import { conflictId, type OpenConflict } from '#shared/domain/case/conflict.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { countConflicts, putCase, removeCase } from '../db/case-rows.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { countOwnConflicts, listConflicts, openConflict, unmaskConflict } from './conflicts.ts'

const BAE = '01935a00-0000-7000-8000-00000000000b'
const COMMAND = '01935a00-0000-7000-8000-0000000000c1'
const ACCOUNT = { bankCode: '004', number: '12345678901234', holder: '강소미' }

let desk: TestDesk
let caseId: string
beforeEach(() => {
  desk = openTestDesk()
  caseId = desk.register()
})
afterEach(() => desk.close())

const record = (id = caseId) => {
  const shown = desk.shown(id)
  if (shown === undefined) throw new Error('the case is there')
  return shown
}
const conflictAbout = (field: VersionedField, value: unknown, openedAt: string): OpenConflict => ({
  id: conflictId(COMMAND, field),
  field,
  theirs: {
    value: field === 'applicant.account' ? record().case.applicant.account : '강소미',
    by: null,
    at: null,
    reason: ''
  },
  mine: { value, by: BAE, at: openedAt, reason: '', commandId: COMMAND },
  openedAt,
  rev: 2
})
const keep = (conflicts: OpenConflict[], id = caseId): void => {
  const before = record(id)
  desk.db.write((tx) => ok(putCase(tx, { ...before, case: { ...before.case, conflicts } }, { waiting: false })))
}
const acts = () =>
  desk.db
    .all<{ body: string }>('SELECT body FROM access_log ORDER BY no')
    .map(({ body }) => JSON.parse(body) as { act: string; detail: unknown; reason: string | null })

test('the list names every open conflict of the store, the oldest first, without a value', () => {
  const other = desk.register()
  keep([conflictAbout('applicant.account', ACCOUNT, '2026-11-22T02:00:00.000Z')])
  keep([conflictAbout('applicant.name', '강느티', '2026-11-21T02:00:00.000Z')], other)
  const { items, total } = listConflicts(desk.db)
  expect(items).toEqual([
    {
      conflictId: `${COMMAND}:applicant.name`,
      caseId: other,
      applicationNo: record(other).case.applicationNo,
      applicantName: '강소미',
      field: 'applicant.name',
      openedAt: '2026-11-21T02:00:00.000Z',
      theirsBy: null,
      mineBy: BAE,
      waiting: false
    },
    expect.objectContaining({ caseId, field: 'applicant.account' })
  ])
  expect(total).toBe(2)
  expect(JSON.stringify(items)).not.toContain('느티')
})

test('the count follows the cases: a decided conflict and a case that left are gone from it', () => {
  const other = desk.register()
  const two = (['applicant.name', 'applicant.phone'] satisfies CaseField[]).map((field) =>
    conflictAbout(field, '01011112222', '2026-11-22T02:00:00.000Z')
  )
  keep(two)
  keep(two.slice(1), other)
  expect(countConflicts(desk.db)).toBe(3)
  keep(two.slice(1))
  expect(countConflicts(desk.db)).toBe(2)
  desk.db.write((tx) => ok(removeCase(tx, other)))
  expect(countConflicts(desk.db)).toBe(1)
})

test('hers are those in which she typed one of the values', () => {
  const openedAt = '2026-11-22T02:00:00.000Z'
  const { theirs, ...about } = conflictAbout('applicant.name', '강느티', openedAt)
  keep([{ ...about, theirs: { ...theirs, by: desk.actor.id, at: openedAt } } as OpenConflict])
  keep([conflictAbout('applicant.phone', '01011112222', openedAt)], desk.register())
  expect(countOwnConflicts(desk.db, desk.actor.id)).toBe(1)
  expect(countOwnConflicts(desk.db, BAE)).toBe(2)
  expect(countOwnConflicts(desk.db, COMMAND)).toBe(0)
})

test('both values are shown masked, and one in clear for a reason; the log tells of both', () => {
  keep([conflictAbout('applicant.account', ACCOUNT, '2026-11-22T02:00:00.000Z')])
  const place = { caseId, conflictId: `${COMMAND}:applicant.account` }
  const before = acts().length
  const view = expectOk(openConflict(desk.deps, desk.db, place))
  expect(view).toMatchObject({
    mine: { value: { ...ACCOUNT, number: '123456789*****' }, by: BAE, commandId: COMMAND },
    masked: { theirs: true, mine: true },
    fieldRevs: record().fieldRevs
  })
  expect(JSON.stringify(view)).not.toContain(record().case.applicant.account?.number)
  const clear = unmaskConflict(desk.deps, desk.db, { ...place, side: 'mine', reason: '통장 사본 대조' })
  expect(clear).toEqual(ok({ value: ACCOUNT }))
  expect(acts().slice(before)).toMatchObject([
    { act: 'view', detail: { shown: 'conflict' } },
    { act: 'unmask', detail: { field: 'applicant.account', side: 'mine' }, reason: '통장 사본 대조' }
  ])
})

test('a decided conflict is shown for as long as its decision stands', () => {
  const conflict = conflictAbout('applicant.name', '강느티', '2026-11-22T02:00:00.000Z')
  const place = { caseId, conflictId: conflict.id }
  const decide = (name: string): void => {
    const before = record()
    const step = {
      fields: ['applicant.name' as const],
      by: BAE,
      at: conflict.openedAt,
      reason: '',
      how: 'resolved' as const
    }
    const edits = [{ ...step, closed: [{ conflict, choice: 'mine' as const }] }]
    const subject = { ...before.case, applicant: { ...before.case.applicant, name }, conflicts: [], edits }
    desk.db.write((tx) => ok(putCase(tx, { ...before, case: subject }, { waiting: false })))
  }
  decide('강느티')
  expect(expectOk(openConflict(desk.deps, desk.db, place)).chosen).toBe('mine')
  decide('강소미')
  expect(expectOk(openConflict(desk.deps, desk.db, place)).chosen).toBe('theirs')
  decide('강은행')
  expect(openConflict(desk.deps, desk.db, place)).toEqual(err({ type: 'ConflictNotFound' }))
})

test('what is not masked needs no unmasking, and a conflict that is not there is not guessed', () => {
  keep([conflictAbout('applicant.name', '강느티', '2026-11-22T02:00:00.000Z')])
  const place = { caseId, conflictId: `${COMMAND}:applicant.name` }
  expect(expectOk(openConflict(desk.deps, desk.db, place)).masked).toEqual({ theirs: false, mine: false })
  const gone = { caseId, conflictId: 'other' }
  const notFound = err({ type: 'ConflictNotFound' })
  expect(openConflict(desk.deps, desk.db, gone)).toEqual(notFound)
  expect(unmaskConflict(desk.deps, desk.db, { ...gone, side: 'mine', reason: '확인' })).toEqual(notFound)
})
