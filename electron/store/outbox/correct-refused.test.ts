import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Intent } from '#shared/commands/command.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { removeCase } from '../db/case-rows.ts'
import { listDrafts, loadDraft } from '../drafts/drafts.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { correctRefused } from './correct-refused.ts'
import { entryById, isOfCase } from './outbox.ts'
import { outboxDetails } from './outbox-details.ts'
import { discardItem, type GivenUp, listOutbox } from './outbox-view.ts'
import { parkEntry, parkLoss } from './parked.ts'
import { receiveCase, settleAcknowledged, settleRefused } from './settle.ts'

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
afterEach(() => desk.close())

const OVERTAKEN: Refusal = { type: 'FieldChangedMeanwhile', fields: ['applicant.phone'] }
const newest = () => listOutbox(desk.db).at(-1)?.commandId ?? ''
const entryOf = (commandId: string) => {
  const entry = entryById(desk.db, commandId)
  if (entry === null || !isOfCase(entry)) throw new Error('not in the outbox')
  return entry
}
const refuse = (commandId: string, refusal: Refusal): void => {
  desk.db.write((tx) => ok(settleRefused(tx, desk.deps, { entry: entryOf(commandId), refusal })))
}
const accept = (commandId: string): void => {
  const done = { entry: entryOf(commandId), rev: 1, seq: 1, cursor: 0 }
  desk.db.write((tx) => ok(settleAcknowledged(tx, desk.deps, done)))
}
/** A case that the centre has. */
const knownCase = (): string => {
  const caseId = desk.register()
  accept(newest())
  return caseId
}
const refused = (caseId: string, intent: Intent, refusal: Refusal): string => {
  expectOk(desk.run(intent, { caseId, base: { state: 1 } }))
  refuse(newest(), refusal)
  return newest()
}
const correct = (commandId: string) => correctRefused(desk.deps, desk.db, commandId)
const drafts = () =>
  listDrafts(desk.db, desk.deps.accountId).map(({ id, kind, caseId, title }) => ({
    ...{ kind, caseId, title },
    body: loadDraft(desk.db, desk.deps.accountId, id)?.body
  }))

describe('a refused intake', () => {
  test('becomes a draft that holds everything, under the id that its followers know the case by', () => {
    const caseId = desk.register()
    const intake = newest()
    expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
    const follower = newest()
    refuse(intake, { type: 'PolicyNotInForce' })
    refuse(follower, { type: 'CaseNotFound' })
    expect(listOutbox(desk.db).map(({ cannotCorrect }) => cannotCorrect)).toEqual([null, 'intake_first'])
    expect(correct(follower)).toEqual(err({ type: 'CaseNotFound' }))

    expect(correct(intake)).toEqual(ok({ screen: 'intake', draftId: caseId }))
    const body = { refusal: { type: 'PolicyNotInForce' }, args: sampleIntake() }
    expect(drafts()).toEqual([{ kind: 'intake', caseId: null, title: '강소미', body }])
    expect(listOutbox(desk.db).map(({ commandId, cannotCorrect }) => [commandId, cannotCorrect])).toEqual([
      [follower, 'intake_first']
    ])

    // Handed in again, the case is there and what was refused after it can be corrected too.
    expectOk(desk.run({ name: 'case.register', args: sampleIntake() }, { draftId: caseId }))
    expect(drafts()).toEqual([])
    expect(correct(follower)).toEqual(ok({ screen: 'case', caseId }))
  })

  test('of a case that the centre has already is taken up as another one', () => {
    const caseId = desk.register()
    const record = desk.shown(caseId)
    if (record === undefined) throw new Error('the intake does not show')
    refuse(newest(), { type: 'CaseAlreadyRegistered' })
    desk.db.write((tx) => ok(receiveCase(tx, desk.deps, record)))
    const place = expectOk(correct(newest()))
    expect(place.screen === 'intake' && place.draftId !== caseId).toBe(true)
  })
})

describe('a refused change', () => {
  const correction = (...fields: Array<[string, unknown]>): Intent =>
    ({
      name: 'case.correct',
      args: { changes: fields.map(([field, value]) => ({ field, value })), reason: '신청인 확인' }
    }) as Intent

  test('becomes a draft of the block that it changed, with the values, the reason and the cause', () => {
    const caseId = knownCase()
    const commandId = refused(caseId, correction(['applicant.phone', '01011112222']), OVERTAKEN)
    expect(correct(commandId)).toEqual(ok({ screen: 'case', caseId }))
    const changes = [{ field: 'applicant.phone', value: '01011112222' }]
    const body = { block: 'applicant', reason: '신청인 확인', refusal: OVERTAKEN, changes }
    expect(drafts()).toEqual([{ kind: 'correction', caseId, title: '강소미', body }])
    expect(listOutbox(desk.db)).toEqual([])
    expect(correct(commandId)).toEqual(err({ type: 'NotRefused' }))
  })

  test('of several blocks leaves a draft for each', () => {
    const caseId = knownCase()
    const intent = correction(['applicant.name', '강소민'], ['applicant.email', null], ['helpers', []])
    correct(refused(caseId, intent, OVERTAKEN))
    const blocks = drafts().map(({ body }) => {
      const { block, changes } = body as { block: string; changes: Array<{ field: string }> }
      return [block, changes.map(({ field }) => field)]
    })
    expect(blocks.sort()).toEqual([
      ['applicant', ['applicant.name', 'applicant.email']],
      ['helpers', ['helpers']]
    ])
  })

  test('of the state opens the move again', () => {
    const caseId = knownCase()
    const intent: Intent = { name: 'case.move', args: { to: 'investigating', reason: '서류 확인' } }
    const refusal: Refusal = { type: 'FieldChangedMeanwhile', fields: ['state'] }
    correct(refused(caseId, intent, refusal))
    const changes = [{ field: 'state', value: 'investigating' }]
    expect(drafts()).toMatchObject([{ body: { block: 'move', reason: '서류 확인', refusal, changes } }])
  })

  test('of a case that is gone can only be given up', () => {
    const caseId = knownCase()
    const commandId = refused(caseId, correction(['applicant.phone', '01011112222']), OVERTAKEN)
    desk.db.write((tx) => ok(removeCase(tx, caseId)))
    expect(listOutbox(desk.db)).toMatchObject([{ status: 'refused', cannotCorrect: 'case_gone' }])
    expect(correct(commandId)).toEqual(err({ type: 'CaseNotFound' }))
    const givenUp: GivenUp[] = []
    const { deviceSeq } = entryOf(commandId).command
    const discard = () =>
      discardItem(desk.db, commandId, { role: 'caseworker', note: (_tx, one) => void givenUp.push(one) })
    expect([discard(), discard()]).toEqual([ok(null), err({ type: 'NotRefused' })])
    expect(givenUp).toEqual([{ caseIds: [caseId], deviceSeq }])
    expect(listOutbox(desk.db)).toEqual([])
  })
})

test('only a caseworker takes a refused change up or gives it up, and what waits is left alone', () => {
  desk.register()
  expect(correct(newest())).toEqual(err({ type: 'NotRefused' }))
  expect(discardItem(desk.db, newest(), { role: 'caseworker', note: () => undefined })).toEqual(
    err({ type: 'NotRefused' })
  )
  const deps = { ...desk.deps, actor: { ...desk.actor, role: 'supervisor' as const } }
  expect(correctRefused(deps, desk.db, newest())).toEqual(err({ type: 'RoleNotAllowed' }))
  const intent: Intent = { name: 'case.move', args: { to: 'investigating', reason: '서류 확인' } }
  const commandId = refused(knownCase(), intent, OVERTAKEN)
  const givingUp = { role: 'supervisor' as const, note: () => expect.fail('nothing was given up') }
  expect(discardItem(desk.db, commandId, givingUp)).toEqual(err({ type: 'RoleNotAllowed' }))
  expect(listOutbox(desk.db)).toContainEqual(expect.objectContaining({ commandId, status: 'refused' }))
})

test('an item tells what it says field by field, masked as the case is, beside what the centre holds', () => {
  const caseId = knownCase()
  const account = { bankCode: '004', number: '12345678901234', holder: '강소미' }
  expectOk(desk.correct(caseId, 'applicant.account', account))
  const details = expectOk(outboxDetails(desk.deps, desk.db, newest()))
  expect(details).toMatchObject({
    reason: '신청인 확인',
    changes: [
      {
        field: 'applicant.account',
        value: { ...account, number: '123456789*****' },
        now: { bankCode: '088', number: '1102345*****', holder: '강소미' }
      }
    ]
  })
  expect(JSON.stringify(details)).not.toContain(account.number)
  const [line] = desk.db.all<{ body: string }>('SELECT body FROM access_log ORDER BY no DESC LIMIT 1')
  expect(JSON.parse(line?.body ?? '')).toMatchObject({ act: 'view', caseIds: [caseId], detail: { shown: 'outbox' } })
  expect(outboxDetails(desk.deps, desk.db, newUuid())).toEqual(err({ type: 'NotInOutbox' }))
})

test('of a field that a withdrawn consent closed an item shows neither what was typed nor what the centre holds', () => {
  const caseId = knownCase()
  expectOk(desk.correct(caseId, 'applicant.email', 'typed@example.kr'))
  const item = newest()
  const record = desk.shown(caseId) ?? expect.fail('the case is known')
  const [answer] = record.case.consents.filter(({ consentId }) => consentId === 'collect.email')
  const withdrawn = { ...(answer ?? expect.fail()), given: false, closes: ['applicant.email' as const] }
  const consents = [...record.case.consents, withdrawn]
  desk.db.write((tx) => ok(receiveCase(tx, desk.deps, { ...record, rev: 9, case: { ...record.case, consents } })))
  const { changes } = expectOk(outboxDetails(desk.deps, desk.db, item))
  expect(changes).toEqual([{ field: 'applicant.email', value: null, now: null }])
})

test('an intake that waits stands beside nothing: the centre has no such case yet', () => {
  desk.register()
  const { changes } = expectOk(outboxDetails(desk.deps, desk.db, newest()))
  expect(changes.map(({ now }) => now)).toEqual(changes.map(() => undefined))
})

test('an intake that waits shows nothing in clear that an opened case would mask', () => {
  desk.register()
  const text = JSON.stringify(expectOk(outboxDetails(desk.deps, desk.db, newest())))
  const { applicant, children, helpers } = sampleIntake()
  for (const secret of [applicant.registrationNo, children[0]?.registrationNo, helpers[0]?.phone, '2동 803호']) {
    expect(text).not.toContain(secret)
  }
  expect(text).toContain(applicant.name)
})

test('what went elsewhere or was lost is a line without content that goes once it was read', () => {
  const caseId = knownCase()
  expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
  const entry = entryOf(newest())
  const lossId = newUuid()
  desk.db.write((tx) => {
    parkEntry(tx, { entry, cause: 'destroyed', at: '2026-11-23T03:00:00.000Z' })
    parkLoss(tx, { id: lossId, cause: 'unreadable', amount: 3, at: '2026-11-23T04:00:00.000Z' })
    return ok(null)
  })
  expect(listOutbox(desk.db)).toMatchObject([
    { commandId: entry.command.id, status: 'parked', parked: 'destroyed', caseId, applicantName: '', amount: 1 },
    { commandId: lossId, status: 'parked', parked: 'unreadable', caseId: null, name: null, amount: 3 }
  ])
  expect(
    discardItem(desk.db, lossId, { role: 'caseworker', note: () => expect.fail('a line without content') })
  ).toEqual(ok(null))
  expect(listOutbox(desk.db).map(({ commandId }) => commandId)).toEqual([entry.command.id])
})
