import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { isSignatureOf } from '../keys/signing-key.ts'
import { addWaiting } from '../outbox/outbox.ts'
import { gangnam, localAccount, lockedFor, officer, TestPc } from '../testing/test-session.ts'

const message = Uint8Array.from({ length: 32 }, (_, at) => at)

let pc: TestPc
beforeEach(async () => {
  pc = await TestPc.start()
})
afterEach(() => pc.remove())

const sign = (password = 'password-1') => pc.session.sign({ password, messageFor: () => message })
const keysSent = () => pc.centre.signingKeys.map(({ publicKey }) => publicKey)

test('an officer’s sign-in makes her key and tells the centre of it; from then on she signs without a line', async () => {
  await pc.signIn(officer)
  expect(pc.centre.signingKeys).toEqual([
    { authorization: `Bearer token-of-${officer.id}`, publicKey: expect.any(String) }
  ])
  await pc.centre.stop()
  await pc.restart()
  await pc.unlock(officer)
  const { signature, publicKey } = expectOk(await sign())
  expect(publicKey).toBe(keysSent()[0])
  expect([isSignatureOf(publicKey, message, signature), isSignatureOf(publicKey, message.slice(1), signature)]).toEqual(
    [true, false]
  )
})

test('a supervisor signs papers with a key of her own, as the officer does', async () => {
  const supervisor = { ...gangnam, role: 'supervisor' } as const
  await pc.signIn(supervisor)
  expect(expectOk(await sign()).publicKey).toBe(keysSent()[0])
})

test('a caseworker’s sign-in makes no key, and a locked desk signs nothing', async () => {
  await pc.signIn(gangnam)
  expect(keysSent()).toEqual([])
  await pc.session.lock('asked')
  expect(await sign()).toEqual(err({ type: 'Locked' }))
})

test('a wrong password signs nothing; the fifth locks the desk and the account, until it signs in online', async () => {
  await pc.signIn(officer)
  for (let left = 4; left > 0; left--) {
    expect(await sign('wrong')).toEqual(err({ type: 'WrongPassword', attemptsLeft: left }))
  }
  expect(await sign('wrong')).toEqual(err({ type: 'AccountLocked' }))
  expect(pc.session.view()).toEqual(lockedFor([localAccount(officer, true)], 'asked'))
  expect(await pc.unlock(officer)).toEqual(err({ type: 'AccountLocked' }))
  await pc.signIn(officer)
  expect(expectOk(await sign()).publicKey).toBe(keysSent()[0])
})

test('another sign-in under the same password keeps the key under a new salt; under a changed one there is a new key', async () => {
  await pc.signIn(officer)
  const sealed = () => readFileSync(join(pc.folder(), 'keyring.json'), 'utf8').match(/"sealedSeed": "([^"]+)"/)?.[1]
  const before = sealed()
  await pc.session.lock('asked')
  await pc.signIn(officer)
  expect(sealed()).not.toBe(before)
  expect(expectOk(await sign()).publicKey).toBe(keysSent()[0])
  pc.centre.setPassword(officer.login, 'password-2')
  await pc.session.lock('asked')
  await pc.signIn(officer, 'password-2')
  const { publicKey } = expectOk(await sign('password-2'))
  expect(keysSent()).toEqual([keysSent()[0], keysSent()[0], publicKey])
  expect(publicKey).not.toBe(keysSent()[0])
  expect(await sign('password-1')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
})

test('a changed password brings no new key while an approval under the old one is on its way: it would end that one', async () => {
  await pc.signIn(officer)
  const { id, role, districtCode } = officer
  const args = { digest: '0'.repeat(64), signature: '' }
  const identity = {
    id: newUuid(),
    batchId: newUuid(),
    issuedAt: pc.now(),
    issuedBy: id,
    deviceId: newUuid(),
    deviceSeq: 1
  }
  const waiting = { command: { ...identity, name: 'batch.approve', args }, actor: { id, role, districtCode } } as const
  pc.session.open()?.db.write((tx) => ok(addWaiting(tx, waiting)))
  pc.centre.setPassword(officer.login, 'password-2')
  await pc.session.lock('asked')
  await pc.signIn(officer, 'password-2')
  expect(await sign('password-2')).toEqual(err({ type: 'SigningKeyMissing' }))
  pc.session.open()?.db.write((tx) => ok(tx.run('DELETE FROM outbox')))
  expect(expectOk(await sign('password-2')).publicKey).toBe(keysSent()[1])
  expect(keysSent()).toHaveLength(2)
})
