import { expect, test } from 'vitest'
import { findCipherFaults } from './cipher-selftest.ts'
import { nodeCipher } from './node-crypto.ts'

test('this runtime computes what the keys stand on', async () => {
  expect(await findCipherFaults()).toEqual([])
})

test('a runtime that computes otherwise is found out, primitive by primitive', async () => {
  const wrong = {
    ...nodeCipher,
    sha256: () => new Uint8Array(32),
    deriveKey: () => new Uint8Array(32),
    open: (key: Uint8Array, sealed: Uint8Array) => nodeCipher.open(key, sealed, 'self-test'),
    randomBytes: (count: number) => new Uint8Array(count)
  }
  expect(await findCipherFaults(wrong)).toEqual(['sha256', 'hkdf', 'gcm_binding', 'random'])
})
