import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { verifyChain } from '../access-log/access-log.ts'
import { caseById } from '../db/case-rows.ts'
import { countOutbox, isOfCase, outboxEntries } from '../outbox/outbox.ts'
import { discardItem, listOutbox } from '../outbox/outbox-view.ts'
import { markOf } from '../outbox/seen-revisions.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
afterEach(() => desk.close())

const logged = (): unknown[] =>
  desk.db.all<{ body: string }>('SELECT body FROM access_log ORDER BY no').map(({ body }) => JSON.parse(body))

describe('an intake', () => {
  test('shows at once, waits in the outbox, stands in the log and in the capsule', () => {
    const { caseId, applicationNo } = expectOk(desk.run({ name: 'case.register', args: sampleIntake() }))
    expect(applicationNo).toMatch(/^임시-[A-HJ-NP-Z]{3}-0001$/)
    expect(caseById(desk.db, caseId)).toMatchObject({
      waiting: true,
      record: { rev: 1, case: { applicationNo, state: 'received', districtCode: '11680' } }
    })
    const [item] = listOutbox(desk.db)
    expect(item).toMatchObject({
      deviceSeq: 1,
      name: 'case.register',
      caseId,
      applicationNo,
      applicantName: '강소미',
      status: 'waiting',
      refusal: null
    })
    expect(desk.rescued()).toEqual([item?.commandId])
    expect(logged()).toMatchObject([{ act: 'register', caseIds: [caseId], accountId: desk.actor.id, reason: null }])
    expect(verifyChain(desk.db, desk.deps).ok).toBe(true)
    expect(desk.committed).toEqual([[caseId]])
  })

  test('that is handed in again because the answer got lost is taken in once', () => {
    const draftId = newUuid()
    const intake = { name: 'case.register', args: sampleIntake() } as const
    expect(desk.run(intake, { draftId }).ok).toBe(true)
    expect(desk.run(intake, { draftId })).toEqual(err({ type: 'Refused', refusal: { type: 'CaseAlreadyRegistered' } }))
    expect(countOutbox(desk.db)).toEqual({ waiting: 1, refused: 0, parked: 0 })
  })

  test('that waits cannot be given up: only what the centre refused can', () => {
    desk.register()
    const [waiting] = listOutbox(desk.db)
    expect(discardItem(desk.db, waiting?.commandId ?? '', { role: 'caseworker', note: () => undefined })).toEqual(
      err({ type: 'NotRefused' })
    )
    expect(listOutbox(desk.db)).toEqual([waiting])
  })

  test('ends the draft that it was typed in, and nobody else’s', () => {
    const [mine, other] = [newUuid(), newUuid()]
    desk.db.write((tx) => {
      for (const [id, owner] of [
        [mine, desk.actor.id],
        [other, newUuid()]
      ] as const) {
        tx.run(
          `INSERT INTO drafts (id, account_id, kind, title, body, updated_at) VALUES (?, ?, 'intake', '', '{}', '')`,
          uuidToBlob(id),
          uuidToBlob(owner)
        )
      }
      return ok(null)
    })
    for (const draftId of [mine, other])
      expectOk(desk.run({ name: 'case.register', args: sampleIntake() }, { draftId }))
    const left = desk.db.all<{ id: Uint8Array }>('SELECT id FROM drafts')
    expect(left.map(({ id }) => blobToUuid(id))).toEqual([other])
  })

  test('gets the next number of this PC, also after one that was refused', () => {
    const refused = desk.run({ name: 'case.register', args: { ...sampleIntake(), appliedOn: '2026-12-24' } })
    expect(refused).toEqual(err({ type: 'Refused', refusal: { type: 'DateInFuture' } }))
    desk.register()
    desk.register()
    expect(listOutbox(desk.db).map(({ deviceSeq, applicationNo }) => [deviceSeq, applicationNo.slice(-4)])).toEqual([
      [1, '0001'],
      [2, '0002']
    ])
  })
})

test('what is refused leaves no trace: no case, no number, no line in the log, nothing in the capsule', () => {
  const refused = desk.run({ name: 'case.register', args: { ...sampleIntake(), appliedOn: '2026-12-24' } })
  expect(refused.ok).toBe(false)
  expect(countOutbox(desk.db)).toEqual({ waiting: 0, refused: 0, parked: 0 })
  expect(logged()).toEqual([])
  expect(desk.rescued()).toEqual([])
  expect(desk.committed).toEqual([])
})

test('when the capsule cannot take the command, it is not done and the person hears that the disk is full', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
  const run = (append: () => () => void) => {
    Object.assign(desk.deps, { capsule: { append } })
    return desk.run({ name: 'case.register', args: sampleIntake() })
  }
  const failed = run(() => {
    throw full
  })
  expect(failed).toEqual(err({ type: 'DiskFull' }))
  expect(countOutbox(desk.db)).toEqual({ waiting: 0, refused: 0, parked: 0 })
  expect(run(() => () => undefined).ok).toBe(true)
})

describe('edits of one case before anything was sent', () => {
  test('build on each other, and none takes the other for somebody else’s', () => {
    const caseId = desk.register()
    expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
    expectOk(desk.correct(caseId, 'applicant.phone', '01033334444'))
    expectOk(desk.move(caseId, 'investigating'))
    expect(desk.shown(caseId)).toMatchObject({
      case: { state: 'investigating', applicant: { phone: '01033334444' } },
      fieldRevs: { 'applicant.phone': markOf(3), state: markOf(4) }
    })
    expect(
      outboxEntries(desk.db)
        .filter(isOfCase)
        .map(({ command }) => command.base)
    ).toEqual([{}, {}, { 'applicant.phone': markOf(2) }, {}])
  })

  test('are told apart from a form that was opened before the last of them', () => {
    const caseId = desk.register()
    expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
    const late = desk.run(
      { name: 'case.correct', args: { changes: [{ field: 'applicant.phone', value: '01055556666' }], reason: '' } },
      { caseId, base: { 'applicant.phone': 1 } }
    )
    expect(late).toEqual(
      err({ type: 'Refused', refusal: { type: 'FieldChangedMeanwhile', fields: ['applicant.phone'] } })
    )
  })
})
