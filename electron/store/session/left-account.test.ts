import { afterEach, beforeEach, expect, test } from 'vitest'
import { err } from '#shared/foundation/result.ts'
import { colleague, gangnam, localAccount, lockedFor, TestPc } from '../testing/test-session.ts'

let pc: TestPc
beforeEach(async () => {
  pc = await TestPc.start()
})
afterEach(() => pc.remove())

const DAY_MS = 86_400_000

test('whose rights ended is out at once and opens the store no more; her colleague goes on, and a new sign-in lets her in', async () => {
  await pc.signIn(colleague)
  await pc.signIn(gangnam)
  await pc.session.ordered('left')
  expect(pc.session.view()).toEqual(lockedFor([localAccount(colleague)], 'left'))
  expect(await pc.unlock(gangnam)).toEqual(err({ type: 'UnknownAccount' }))
  await pc.restart()
  expect(await pc.unlock(gangnam)).toEqual(err({ type: 'UnknownAccount' }))
  expect(await pc.unlock(colleague)).toMatchObject({ ok: true })
  expect(await pc.signIn(gangnam)).toMatchObject({ ok: true })
})

test('without a line a PC opens until the last day of the account in Korea, and not after it', async () => {
  const [today, tomorrow] = [0, DAY_MS].map((ms) => new Date(Date.parse(pc.now()) + ms).toISOString().slice(0, 10))
  pc.centre.addAccount({ ...gangnam, worksUntil: tomorrow ?? today ?? '' }, 'password-1')
  await pc.signIn(gangnam)
  await pc.centre.stop()
  pc.pass(DAY_MS)
  expect(await pc.unlock(gangnam)).toMatchObject({ ok: true })
  await pc.session.lock('asked')
  pc.pass(DAY_MS)
  expect(await pc.unlock(gangnam)).toEqual(err({ type: 'GrantOver' }))
  expect(pc.session.view()).toMatchObject({ accounts: [] })
})
