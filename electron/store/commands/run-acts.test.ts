import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import { MOST_STEPS_TO_SUBMIT } from '#shared/domain/destruction/destruction-batch.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { putBatch } from '../destruction/batch-rows.ts'
import { shownBatch } from '../destruction/shown-batch.ts'
import { unsentCommands } from '../outbox/outbox.ts'
import { listOutbox } from '../outbox/outbox-view.ts'
import { renumber } from '../outbox/renumber.ts'
import { markOf } from '../outbox/seen-revisions.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'

const PLAN: BatchIntent = {
  name: 'batch.plan',
  args: { fileId: 'application', dueUpTo: '2026-11-20', coolingDays: 7, note: '정기 파기' }
}
const caseIds = [newUuid(), newUuid()].sort()
const LIST: BatchIntent = {
  name: 'batch.list',
  args: {
    items: caseIds.map((caseId) => ({
      ...{ caseId, rev: 1, parts: 'case' as const, cause: 'term_over' as const },
      ...{ dueOn: '2026-01-01', recordsUntil: '2025-12-31' }
    }))
  }
}
const SUBMIT: BatchIntent = { name: 'batch.submit', args: {} }

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
afterEach(() => desk.close())

const log = () =>
  desk.db
    .all<{ body: string }>('SELECT body FROM access_log ORDER BY no')
    .map(({ body }) => JSON.parse(body))
    .map(({ act, caseIds: about, detail, reason }) => ({ act, about, detail, reason }))

test('acts take the numbers after those of cases, show at once, and stand in the capsule and in the log', () => {
  desk.register()
  const { batch } = expectOk(desk.act(null, PLAN, LIST, SUBMIT))
  expect(shownBatch(desk.db, batch.id)).toEqual(batch)
  expect([batch.state, batch.items.map(({ caseId }) => caseId)]).toEqual(['reviewing', caseIds])
  expect(listOutbox(desk.db).map(({ deviceSeq, name, status }) => [deviceSeq, name, status])).toEqual([
    [1, 'case.register', 'waiting'],
    [2, 'batch.plan', 'waiting'],
    [3, 'batch.list', 'waiting'],
    [4, 'batch.submit', 'waiting']
  ])
  expect(desk.rescued()).toHaveLength(4)
  expect(log().slice(1)).toEqual([
    { act: 'plan_destruction', about: [], detail: { batchId: batch.id, deviceSeq: 2 }, reason: null },
    { act: 'list_destruction', about: caseIds, detail: { batchId: batch.id, deviceSeq: 3 }, reason: null },
    { act: 'submit_destruction', about: [], detail: { batchId: batch.id, deviceSeq: 4 }, reason: null }
  ])
})

test('acts of a store that was set back or copied keep their ids, under new numbers in one order with the cases’', () => {
  const caseId = desk.register()
  desk.correct(caseId, 'applicant.phone', '01011112222')
  const { batch } = expectOk(desk.act(null, PLAN))
  desk.correct(caseId, 'applicant.phone', '01033334444')
  const { commands } = unsentCommands(desk.db)
  const other = openTestDesk()
  const fresh = renumber(other.db, [...commands].reverse(), { deviceId: other.deps.deviceId, lastSeq: 40 })
  expect(fresh.commands.map(({ deviceSeq, deviceId }) => [deviceSeq, deviceId])).toEqual(
    [41, 42, 43, 44].map((deviceSeq) => [deviceSeq, other.deps.deviceId])
  )
  expect(fresh.commands[2]).toMatchObject({ id: commands[2]?.id, name: 'batch.plan', batchId: batch.id })
  expect(fresh.commands[3]).toMatchObject({ base: { 'applicant.phone': markOf(42) } })
  other.close()
})

test('of several acts of which one is refused none is done, and nothing of them is left anywhere', () => {
  expect(desk.act(null, PLAN, SUBMIT)).toEqual(err({ type: 'ActRefused', refusal: { type: 'ListEmpty' } }))
  expect([listOutbox(desk.db), desk.rescued(), log()]).toEqual([[], [], []])
})

test('a batch that was sent back again and again is not submitted any more, and can still be called off', () => {
  const { batch } = expectOk(desk.act(null, PLAN, LIST))
  const step = { act: 'return', by: newUuid(), at: '2026-11-20T00:00:00.000Z', reason: '다시' } as const
  const steps = Array.from({ length: MOST_STEPS_TO_SUBMIT }, () => step)
  desk.db.write((tx) => {
    tx.run('DELETE FROM outbox')
    putBatch(tx, null, { ...batch, steps })
    return ok(null)
  })
  expect(desk.act(batch.id, SUBMIT)).toEqual(err({ type: 'ActRefused', refusal: { type: 'TooManyRounds' } }))
  const stopped = expectOk(desk.act(batch.id, { name: 'batch.abort', args: { reason: '새로 계획' } }))
  expect(stopped.batch.state).toBe('aborted')
})

test.each(['supervisor', 'privacy_officer'] as const)('a %s plans nothing', (role) => {
  const hers = openTestDesk({ actor: { role } })
  expect(hers.act(null, PLAN)).toEqual(err({ type: 'ActRefused', refusal: { type: 'RoleNotAllowed' } }))
  hers.close()
})
