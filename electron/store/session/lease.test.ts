import { existsSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import { firstRun, gangnam, localAccount, lockedFor, TestPc, unlockedAs } from '../testing/test-session.ts'

const MINUTE_MS = 60_000
const LEASE = { endsAt: '2026-11-23T01:00:00.000Z', graceEndsAt: '2026-11-23T03:00:00.000Z' }

let pc: TestPc
beforeEach(async () => {
  pc = await TestPc.start()
  pc.centre.lend({ hours: 1, graceHours: 2 })
})
afterEach(() => pc.remove())

/** Somebody is at the desk all the time. */
const workFor = (minutes: number): void => {
  for (let minute = 0; minute < minutes; minute += 1) {
    pc.session.touch()
    pc.pass(MINUTE_MS)
  }
}

test('a desk at which somebody works says that its time comes to an end, and closes when it is over', async () => {
  expect(await pc.signIn(gangnam)).toEqual(ok({ ...unlockedAs(gangnam), lease: { ...LEASE, state: 'fine' } }))
  workFor(39)
  expect(pc.session.view()).toMatchObject({ lease: { state: 'fine' } })
  pc.told = []
  workFor(2)
  expect(pc.session.view()).toMatchObject({ state: 'unlocked', lease: { state: 'ending' } })
  expect(pc.told).toEqual(['unlocked'])
  workFor(18)
  expect(pc.session.open()).not.toBeNull()
  pc.told = []
  workFor(2)
  expect(pc.session.open()).toBeNull()
  await pc.settle()
  expect(pc.told[0]).toBe('closing lease')
  const account = { ...localAccount(gangnam), leaseOver: true }
  expect(pc.session.view()).toEqual({ ...lockedFor([account], 'lease'), lease: { ...LEASE, state: 'over' } })
  expect(await pc.unlock(gangnam)).toEqual(err({ type: 'LeaseOver' }))
  expect(await pc.signIn(gangnam)).toMatchObject({ ok: true, value: { lease: { state: 'fine' } } })
})

test('a locked desk that keeps running deletes its store by itself when the grace is over', async () => {
  await pc.signIn(gangnam)
  await pc.session.lock('asked')
  pc.pass(2 * 60 * MINUTE_MS)
  await pc.settle()
  expect(existsSync(pc.storeFile())).toBe(true)
  for (let round = 0; round < 16; round += 1) {
    pc.pass(5 * MINUTE_MS)
    await pc.settle()
  }
  expect(existsSync(pc.storeFile())).toBe(false)
  expect(pc.session.view()).toEqual({
    ...firstRun,
    erased: {
      reason: 'lease',
      at: expect.stringMatching(/^2026-11-23T03/),
      unsent: 0,
      documents: 0,
      lost: 0,
      isHandedOver: true
    }
  })
})
