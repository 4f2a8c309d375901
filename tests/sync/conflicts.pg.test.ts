import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { listConflicts } from '../../electron/store/queries/conflicts.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

const PHONE = 'applicant.phone'
const [ONE, TWO, THREE] = ['01011112222', '01033334444', '01055556666']
const ACCOUNT = { bankCode: '004', number: '12345678901234', holder: '강소미' }

let office: SyncFixture
let a: SyncedDesk
let b: SyncedDesk
let caseId: string
beforeEach(async () => {
  office = await openSyncFixture()
  a = await office.openDesk()
  b = await office.openDesk()
  caseId = a.register()
  await syncInTurn(a, b)
})
afterEach(() => office.close())

async function syncInTurn(...desks: SyncedDesk[]): Promise<void> {
  for (const desk of desks) {
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  }
}
const shown = (desk: SyncedDesk) => {
  const record = desk.shown(caseId)
  if (record === undefined) throw new Error('the case is there')
  return record
}
const conflictAt = (desk: SyncedDesk) => {
  const [conflict] = shown(desk).case.conflicts
  if (conflict === undefined) throw new Error('no conflict is open')
  return conflict
}
const values = (desk: SyncedDesk) =>
  shown(desk).case.conflicts.map(({ theirs, mine }) => [theirs.value, theirs.by, mine.value, mine.by])
const resolve = (desk: SyncedDesk, pick: 'theirs' | 'mine', reason = '통화로 확인') => {
  const { id, field, mine } = conflictAt(desk)
  const args = { conflictId: id, field, mineCommandId: mine.commandId, pick, reason }
  return desk.run({ name: 'conflict.resolve', args }, { caseId, base: shown(desk).fieldRevs })
}
/** Both desks hold the same, down to the revision. */
const expectAlike = () => expect(shown(a)).toEqual(shown(b))

describe('two desks that changed the same field while they were apart', () => {
  test.each(['a', 'b'] as const)('both keep both values when %s is the first to be connected', async (who) => {
    expectOk(a.correct(caseId, PHONE, ONE))
    expectOk(b.correct(caseId, PHONE, TWO))
    const [first, second] = who === 'a' ? [a, b] : [b, a]
    await syncInTurn(first, second, first)
    expectAlike()
    const [standing, other] = who === 'a' ? [ONE, TWO] : [TWO, ONE]
    expect(shown(a).case.applicant.phone).toBe(standing)
    expect(values(a)).toEqual([[standing, first.actor.id, other, second.actor.id]])
    expect(a.sync.status().conflicts).toBe(1)
    expect(listOutbox(second.db)).toEqual([])
  })

  test('see the conflict before it is sent, under the id that the centre gives it', async () => {
    const line = { sends: true }
    const halfDeaf: typeof fetch = async (input, init) => {
      if (!line.sends && String(input).includes('/v1/push')) throw new TypeError('fetch failed')
      return fetch(input, init)
    }
    const c = await office.openDesk({ fetch: halfDeaf })
    await syncInTurn(c)
    line.sends = false // from now on, since a poke lets it send by itself
    expectOk(a.correct(caseId, PHONE, ONE))
    expectOk(c.correct(caseId, PHONE, TWO))
    expectOk(c.correct(caseId, 'applicant.name', '강소민'))
    await syncInTurn(a)
    for (const _ of ['the push breaks', 'the pull comes first']) await c.sync.syncNow()
    const before = conflictAt(c)
    expect(before).toMatchObject({ theirs: { value: ONE }, mine: { value: TWO } })
    expect(listConflicts(c.db).items).toMatchObject([{ caseId, waiting: true, field: PHONE }])
    line.sends = true
    await syncInTurn(c, a)
    expect(conflictAt(c)).toEqual({ ...before, rev: 3 })
    expect(shown(a)).toEqual(shown(c))
    expect(listConflicts(c.db).items).toMatchObject([{ caseId, waiting: false }])
  })

  test('have no conflict when they typed the same', async () => {
    expectOk(a.correct(caseId, PHONE, ONE))
    expectOk(b.correct(caseId, PHONE, ONE))
    expectOk(b.correct(caseId, PHONE, THREE))
    await syncInTurn(a, b, a)
    expectAlike()
    expect([shown(a).case.applicant.phone, values(a)]).toEqual([THREE, []])
  })
})

describe('commands on top of one that ends in a conflict', () => {
  test('go with it: the newest of one’s own values lies beside the one that stands', async () => {
    expectOk(a.correct(caseId, PHONE, ONE))
    for (const value of [TWO, THREE]) expectOk(b.correct(caseId, PHONE, value))
    expectOk(b.correct(caseId, 'applicant.email', 'new@example.kr'))
    await syncInTurn(a, b, a)
    expectAlike()
    expect(values(a)).toEqual([[ONE, a.actor.id, THREE, b.actor.id]])
    expect(shown(a).case.applicant).toMatchObject({ phone: ONE, email: 'new@example.kr' })
  })

  test('from a form that was open while it was sent, are told at once', async () => {
    expectOk(a.correct(caseId, PHONE, ONE))
    expectOk(b.correct(caseId, PHONE, TWO))
    const base = shown(b).fieldRevs
    await syncInTurn(a, b)
    const changes = [{ field: PHONE, value: THREE } as const]
    const saved = b.run({ name: 'case.correct', args: { changes, reason: '' } }, { caseId, base })
    expect(saved).toMatchObject({ error: { refusal: { type: 'FieldChangedMeanwhile', fields: [PHONE] } } })
  })

  test('end the conflict when its author takes her value back, before or after she knows of it', async () => {
    expectOk(a.correct(caseId, PHONE, ONE))
    for (const value of [TWO, ONE]) expectOk(b.correct(caseId, PHONE, value))
    await syncInTurn(a, b, a)
    expectAlike()
    expect([shown(a).case.applicant.phone, values(a)]).toEqual([ONE, []])
  })
})

describe('a conflict', () => {
  beforeEach(async () => {
    expectOk(a.correct(caseId, PHONE, ONE))
    expectOk(b.correct(caseId, PHONE, TWO))
    await syncInTurn(a, b, a)
  })

  test('is decided at a desk without a line, and for everybody once it is sent', async () => {
    expectOk(resolve(b, 'mine'))
    expect([shown(b).case.applicant.phone, b.sync.status().conflicts]).toEqual([TWO, 0])
    expectOk(b.correct(caseId, PHONE, THREE))
    await syncInTurn(b, a)
    expectAlike()
    expect([shown(a).case.applicant.phone, values(a)]).toEqual([THREE, []])
    expect(shown(a).case.edits.at(-2)).toMatchObject({ how: 'resolved', by: b.actor.id, closed: [{ choice: 'mine' }] })
  })

  test('that two people decide alike is decided once', async () => {
    expectOk(resolve(a, 'mine'))
    expectOk(resolve(b, 'mine'))
    await syncInTurn(a, b, a)
    expectAlike()
    expect([shown(a).case.applicant.phone, values(a)]).toEqual([TWO, []])
  })

  test.each([
    ['mine', 'theirs', TWO, ONE],
    ['theirs', 'mine', ONE, TWO]
  ] as const)(
    'decided as %s here and as %s there is open again, with both decisions',
    async (here, there, won, lost) => {
      expectOk(resolve(a, here))
      expectOk(resolve(b, there))
      await syncInTurn(a, b, a)
      expectAlike()
      expect(values(b)).toEqual([[won, a.actor.id, lost, b.actor.id]])
      expectOk(resolve(b, 'theirs'))
      await syncInTurn(b, a)
      expectAlike()
      expect([shown(a).case.applicant.phone, values(a)]).toEqual([won, []])
    }
  )

  test('stays open when its decision rests on a value that is no longer there; the decision comes back', async () => {
    expectOk(a.correct(caseId, PHONE, THREE))
    expectOk(resolve(b, 'mine'))
    await syncInTurn(a)
    expect(await b.sync.syncNow()).toMatchObject({ state: 'needs_you', refused: 1, conflicts: 1 })
    expect(listOutbox(b.db)).toMatchObject([
      { name: 'conflict.resolve', refusal: { type: 'FieldChangedMeanwhile', fields: [PHONE] } }
    ])
    expect(values(b)).toEqual([[THREE, a.actor.id, TWO, b.actor.id]])
  })
})

test('an account typed without knowing of the decision is in conflict, and so is a decision without knowing of it', async () => {
  expectOk(a.move(caseId, 'investigating'))
  expectOk(a.move(caseId, 'awaiting_decision'))
  await syncInTurn(a, b)
  expectOk(a.move(caseId, 'eligible'))
  expectOk(b.correct(caseId, 'applicant.account', ACCOUNT))
  await syncInTurn(a, b, a)
  expectAlike()
  expect(conflictAt(a)).toMatchObject({ field: 'applicant.account', mine: { value: ACCOUNT, by: b.actor.id } })
  expect(resolve(a, 'mine', '')).toMatchObject({ error: { refusal: { type: 'ReasonMissing' } } })
  expectOk(resolve(a, 'mine'))
  expectOk(b.move(caseId, 'notified'))
  await syncInTurn(a, b, a)
  expectAlike()
  expect(shown(a).case).toMatchObject({ state: 'eligible', applicant: { account: ACCOUNT } })
  expect(conflictAt(a)).toMatchObject({ field: 'state', theirs: { value: 'eligible' }, mine: { value: 'notified' } })
})

test('what somebody else changed besides is merged, and both desks can see it', async () => {
  expectOk(a.correct(caseId, PHONE, ONE))
  expectOk(b.correct(caseId, 'applicant.email', 'new@example.kr'))
  await syncInTurn(a, b, a)
  expectAlike()
  expect(shown(a).case.edits.map(({ fields, by, how }) => [fields, by, how])).toEqual([
    [[PHONE], a.actor.id, 'plain'],
    [['applicant.email'], b.actor.id, 'merged']
  ])
})
