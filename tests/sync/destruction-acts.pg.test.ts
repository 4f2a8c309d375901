import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import { type DestructionBatch, itemsToDestroy } from '#shared/domain/destruction/destruction-batch.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { shownBatch } from '../../electron/store/destruction/shown-batch.ts'
import { discardItem, listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { testItem, testPlan, testRequest } from '../../server/testing/test-batch-commands.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
let author: SyncedDesk
let leader: SyncedDesk
beforeEach(async () => {
  office = await openSyncFixture()
  author = await office.openDesk()
  leader = await office.openDesk({ role: 'supervisor' })
})
afterEach(() => office.close())

const caseIds = [newUuid(), newUuid(), newUuid()].sort()
const [first = '', second = ''] = caseIds
const PLAN: BatchIntent = { name: 'batch.plan', args: testPlan }
const LIST: BatchIntent = { name: 'batch.list', args: { items: caseIds.map((caseId) => testItem(caseId)) } }
const SUBMIT: BatchIntent = { name: 'batch.submit', args: {} }
const exclude = (caseId: string): BatchIntent => ({ name: 'batch.exclude', args: { caseId, reason: '이의신청 중' } })

const planned = (): DestructionBatch => expectOk(author.act(null, PLAN, LIST, SUBMIT)).batch
const sync = async (...desks: SyncedDesk[]) => {
  for (const desk of desks) await desk.sync.syncNow()
}
const left = (desk: SyncedDesk, batchId: string) =>
  itemsToDestroy(shownBatch(desk.db, batchId) ?? planned()).map(({ caseId }) => caseId)

test('what was planned without a line reaches the colleague, whose review comes back, in the order of cases', async () => {
  const caseId = author.register()
  const { id } = planned()
  author.move(caseId, 'investigating')
  await sync(author, leader)
  expect(listOutbox(author.db)).toEqual([])
  expect(leader.shown(caseId)?.case.state).toBe('investigating')
  expectOk(leader.act(id, exclude(second), { name: 'batch.finish_review', args: { reason: '확인' } }))
  await sync(leader, author)
  expect(shownBatch(author.db, id)).toMatchObject({ state: 'reviewed', rev: 5 })
  expect(left(author, id)).toEqual(caseIds.filter((one) => one !== second))
  expect(shownBatch(author.db, id)).toEqual(shownBatch(leader.db, id))
  expectOk(author.act(id, { name: 'batch.request', args: testRequest(leader.actor.id) }))
  await sync(author, leader)
  expect(shownBatch(leader.db, id)?.state).toBe('requested')
})

test('two reviewers without a line: both exclude, and who finds the review finished is told why hers was not taken', async () => {
  const other = await office.openDesk()
  const { id } = planned()
  await sync(author, leader, other)
  expectOk(leader.act(id, exclude(first), { name: 'batch.finish_review', args: { reason: '' } }))
  expectOk(other.act(id, exclude(second)))
  expect(left(other, id)).not.toContain(second)
  await sync(leader, other)
  expect(listOutbox(other.db)).toMatchObject([
    {
      ...{ name: 'batch.exclude', status: 'refused', cannotCorrect: 'act', caseId: null },
      refusal: { type: 'BatchStateWrong', state: 'reviewed' },
      batch: { id, dueUpTo: testPlan.dueUpTo }
    }
  ])
  expect(left(other, id)).toEqual(caseIds.filter((one) => one !== first))
  const [item] = listOutbox(other.db)
  expectOk(discardItem(other.db, item?.commandId ?? '', { role: 'caseworker', note: () => undefined }))
  expect(listOutbox(other.db)).toEqual([])
})

test('an answer that was lost is heard with the next exchange, and the act is done once', async () => {
  let isLost = true
  const flaky = await office.openDesk({
    fetch: async (input, init) => {
      const answer = await fetch(input, init)
      if (!isLost || !String(input).endsWith('/v1/push')) return answer
      isLost = false
      await answer.text()
      throw new TypeError('the line was cut')
    }
  })
  const { id } = expectOk(flaky.act(null, PLAN, LIST)).batch
  await sync(flaky, flaky, leader)
  expect(listOutbox(flaky.db)).toEqual([])
  expect(shownBatch(leader.db, id)).toMatchObject({ rev: 2, state: 'selecting' })
})
