import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDeviceSecret, type SecretWrapping } from './device-secret.ts'

/** A vault that turns every byte round, until it is another vault. */
const vaultOf = (mask: number): SecretWrapping => ({
  wrap: (secret) => Uint8Array.of(mask, ...secret.map((byte) => byte ^ mask)),
  unwrap: (kept) => {
    if (kept[0] !== mask) throw new Error('wrapped by another vault')
    return kept.subarray(1).map((byte) => byte ^ mask)
  }
})

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-secret-'))
})
afterEach(() => rmSync(dir, { recursive: true }))
const open = (mask = 7) => openDeviceSecret(join(dir, 'secret'), vaultOf(mask))

test('the secret is made once, and the same at every start', () => {
  const made = open().present()
  expect(made).toHaveLength(32)
  expect(open().present()).toEqual(made)
})

test('a secret that the vault no longer gives is lost until it is renewed; the old file stays', () => {
  const made = open().present()
  const secret = open(8)
  expect(secret.present()).toBeNull()
  const renewed = secret.renew()
  expect(renewed).not.toEqual(made)
  expect(secret.present()).toEqual(renewed) // a store process that is started again gets the new one, not "lost"
  expect(open(8).present()).toEqual(renewed)
  expect(readdirSync(dir)).toHaveLength(2)
})

/** `/dev/full` takes nothing: the system answers each write with ENOSPC. */
test.runIf(process.platform === 'linux')('a disk without room for a first secret has none until there is room', () => {
  symlinkSync('/dev/full', join(dir, 'secret.new'))
  const secret = open()
  expect(secret.present()).toBeNull()
  expect(secret.renew()).toBeNull()
  expect(secret.present()).toBeNull()
  rmSync(join(dir, 'secret.new'))
  const made = secret.renew()
  expect(made).toHaveLength(32)
  expect(open().present()).toEqual(made)
})
