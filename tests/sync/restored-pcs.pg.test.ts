import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { err } from '#shared/foundation/result.ts'
import { TestService } from '../../electron/store/testing/test-service.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { createTestOutbox, push } from '../../server/testing/test-commands.ts'
import { openRestoreFixture, type RestoreFixture } from './restore-fixture.ts'

/** What a PC keeps at hand (files, keys, numbers) against a centre that was set back to before it knew of them. */
let office: RestoreFixture
let account: Account
let pc: TestService
let isCut = false
/** What is pushed arrives, and its answer does not. */
let isDeaf = false
beforeEach(async () => {
  isCut = false
  isDeaf = false
  office = await openRestoreFixture()
  account = await office.centre().addAccount({ districtCode: '11680' })
  pc = new TestService({
    fetch: async (input, init) => {
      if (isCut) throw new TypeError('the line is cut')
      const answer = await office.fetch(input, init)
      if (!isDeaf || !String(input).endsWith('/v1/push')) return answer
      await answer.arrayBuffer()
      throw new TypeError('the answer is lost')
    }
  })
})
afterEach(async () => {
  expect(pc.faults).toEqual([])
  await pc.remove()
  await office.close()
})

const signIn = ({ login } = account) =>
  pc.ask('session.signIn', { serverUrl: office.url, login, password: TEST_PASSWORD })
const opened = { ok: true, value: { state: 'unlocked' } }
const register = (at = pc) =>
  at.get('command.run', {
    caseId: null,
    base: {},
    draftId: null,
    intent: { name: 'case.register', args: sampleIntake() }
  })
const sync = () => pc.get('sync.now', {})
const CURRENT = { state: 'current', waiting: 0, refused: 0 }
const commandsAtCentre = async (): Promise<number[]> => {
  const { rows } = await office
    .centre()
    .centre.pool.query<{ no: number }>('SELECT device_seq::int AS no FROM commands ORDER BY device_seq')
  return rows.map(({ no }) => no)
}
const casesAtCentre = async (): Promise<number> =>
  (await office.centre().centre.pool.query('SELECT id FROM cases')).rowCount ?? 0

test('a PC that came in after the backup keeps its store, drafts and all, and gives back what it had sent', async () => {
  const backup = await office.backUp()
  expect(await signIn()).toMatchObject(opened)
  await register()
  expect(await sync()).toMatchObject(CURRENT)
  const draft = { id: newUuid(), kind: 'intake', caseId: null, title: '', body: { text: '가' } } as const
  await pc.get('draft.save', draft)
  await register()
  await office.restore(backup)
  await sync()
  expect(await signIn()).toMatchObject(opened)
  expect(await pc.get('draft.list', {})).toMatchObject([{ id: draft.id }])
  expect(await sync()).toMatchObject(CURRENT)
  expect([await commandsAtCentre(), await casesAtCentre()]).toEqual([[1, 2], 2])
  await pc.get('session.lock', { cause: 'asked' })
  expect(await signIn()).toMatchObject(opened) // under the share that the centre made anew
})

test('a colleague who never worked at such a PC lets somebody in first who did, rather than have its store set aside', async () => {
  const backup = await office.backUp()
  expect(await signIn()).toMatchObject(opened)
  await register()
  await office.restore(backup)
  const colleague = await office.centre().addAccount({ districtCode: '11680' })
  expect(await signIn(colleague)).toEqual(err({ type: 'ColleagueFirst' }))
  expect(await pc.get('session.current', {})).toMatchObject({ state: 'locked' })
  expect(await signIn()).toMatchObject(opened)
  await sync()
  expect(await sync()).toMatchObject(CURRENT)
  expect(await signIn(colleague)).toMatchObject(opened)
  expect(await commandsAtCentre()).toEqual([1])
})

test('a PC that lost its vault before the centre was set back numbers on after what it had been acknowledged', async () => {
  expect(await signIn()).toMatchObject(opened)
  await register()
  expect(await sync()).toMatchObject(CURRENT)
  const backup = await office.backUp()
  await register()
  expect(await sync()).toMatchObject(CURRENT)
  isCut = true
  await register()
  await pc.end()
  pc.deviceSecret = null
  await office.restore(backup)
  isCut = false
  pc.startAgain()
  await pc.get('store.startAfresh', {})
  expect(await signIn()).toMatchObject(opened)
  await sync()
  expect(await sync()).toMatchObject(CURRENT)
  expect(await commandsAtCentre()).toEqual([1, 3]) // of the second nobody has anything any more
  await register()
  expect(await sync()).toMatchObject(CURRENT)
})

test('a store that was begun anew knows what the centre had of the PC: one that is set back later goes on after it', async () => {
  expect(await signIn()).toMatchObject(opened)
  const backup = await office.backUp()
  await register()
  expect(await sync()).toMatchObject(CURRENT)
  await pc.end()
  rmSync(join(pc.dataDir, 'stores', '11680', 'store.db'))
  pc.startAgain()
  await pc.get('store.startAfresh', {})
  expect(await signIn()).toMatchObject(opened)
  expect(await sync()).toMatchObject(CURRENT)
  await office.restore(backup)
  await sync()
  expect(await signIn()).toMatchObject(opened) // of the pass of the second store the backup knows nothing
  await register()
  expect(await sync()).toMatchObject(CURRENT)
  expect([await commandsAtCentre(), await casesAtCentre()]).toEqual([[2], 2])
})

test('of two PCs with the same files, of which one was set back, each gives back what it alone had been acknowledged', async () => {
  expect(await signIn()).toMatchObject(opened)
  const { caseId } = await register()
  expect(await sync()).toMatchObject(CURRENT)
  const backup = await office.backUp()
  await pc.end()
  const twin = new TestService({ fetch: office.fetch })
  await twin.end()
  cpSync(pc.dataDir, twin.dataDir, { recursive: true })
  twin.deviceSecret = pc.deviceSecret
  twin.startAgain()
  await twin.get('session.unlock', { login: account.login, password: TEST_PASSWORD })
  await register(twin)
  const email = { field: 'applicant.email' as const, value: 'office@example.kr' }
  const { fieldRevs: base } = await twin.get('case.open', { caseId })
  const intent = { name: 'case.correct' as const, args: { changes: [email], reason: '' } }
  await twin.get('command.run', { caseId, base, draftId: null, intent })
  const colleague = await office.centre().signIn(await office.centre().addAccount({ districtCode: '11680' }))
  await push(colleague, [createTestOutbox(colleague).correct(caseId, [email])])
  expect(await twin.get('sync.now', {})).toMatchObject(CURRENT)
  pc.startAgain()
  expect(await signIn()).toMatchObject(opened) // it learns how far the numbers go
  await office.restore(backup)
  await sync()
  expect(await signIn()).toMatchObject(opened)
  expect(await sync()).toMatchObject(CURRENT)
  await twin.get('sync.now', {})
  expect(await twin.get('sync.now', {})).toMatchObject(CURRENT)
  expect(await sync()).toMatchObject(CURRENT)
  expect([await commandsAtCentre(), await casesAtCentre()]).toEqual([[1, 2, 3], 2])
  expect(twin.faults).toEqual([])
  await twin.remove()
})

test('a PC that learns at a sign-in of a number which it never heard of itself does not take that command for a copy’s', async () => {
  const backup = await office.backUp()
  expect(await signIn()).toMatchObject(opened)
  isDeaf = true
  await register()
  await sync()
  expect(await commandsAtCentre()).toEqual([1])
  await pc.get('session.lock', { cause: 'asked' })
  expect(await signIn()).toMatchObject(opened)
  await office.restore(backup)
  isDeaf = false
  await sync()
  expect(await signIn()).toMatchObject(opened)
  await sync()
  expect(await sync()).toMatchObject(CURRENT)
  expect([await commandsAtCentre(), await casesAtCentre()]).toEqual([[1], 1])
})
