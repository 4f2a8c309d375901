import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import {
  administeredBy,
  colleague,
  firstRun,
  gangnam,
  localAccount,
  lockedFor,
  TestPc,
  unlockedAs
} from '../testing/test-session.ts'

const MINUTE = 60_000
const administrator = { ...colleague, id: newUuid(), login: 'gangnam.admin', role: 'administrator' as const }

let pc: TestPc
beforeEach(async () => {
  pc = await TestPc.start()
  pc.centre.addAccount(administrator, 'password-1')
})
afterEach(() => pc.remove())

test('an administrator sees no case at a desk either: a first sign-in makes and opens nothing', async () => {
  expect(await pc.signIn(administrator)).toEqual(ok(administeredBy(administrator)))
  expect([pc.session.open(), existsSync(join(pc.dataDir, 'stores'))]).toEqual([null, false])
  await pc.session.lock('asked')
  expect(pc.session.view()).toEqual(firstRun)
  await pc.signIn(gangnam)
  expect(await pc.signIn(administrator)).toEqual(ok(administeredBy(administrator)))
  expect(pc.session.open()).toBeNull()
  await pc.session.lock('asked')
  expect(pc.session.view()).toEqual(lockedFor([localAccount(gangnam)], 'signed_out'))
  expect(await pc.unlock(administrator)).toEqual(err({ type: 'UnknownAccount' }))
})

test("an administrator's session ends by itself like any other, and with the next one who comes in", async () => {
  await pc.signIn(gangnam)
  await pc.signIn(administrator)
  pc.pass(9 * MINUTE)
  expect(pc.session.touch()).toMatchObject({ ok: true })
  pc.pass(9.5 * MINUTE)
  expect(pc.told.at(-1)).toBe('warning')
  expect(pc.session.administering()?.account).toEqual(administrator)
  pc.pass(MINUTE / 2)
  expect([pc.session.administering(), pc.session.touch()]).toEqual([null, err({ type: 'Locked' })])
  await pc.settle()
  expect(pc.session.view()).toMatchObject({ state: 'locked', cause: 'signed_out' })
  await pc.signIn(administrator)
  expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  expect(pc.session.administering()).toBeNull()
})

test('a session that the centre ended is over at the PC, and one that follows it is not', async () => {
  await pc.signIn(administrator)
  const first = pc.session.administering()
  if (first === null) throw new Error('nobody administers')
  await pc.session.dismiss(first)
  expect(pc.session.view()).toEqual(firstRun)
  await pc.signIn(administrator)
  await pc.session.dismiss(first)
  expect(pc.session.view()).toEqual(administeredBy(administrator))
})
