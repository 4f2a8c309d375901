import { expect, test } from 'vitest'
import { ed25519 } from './sodium.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

test('signs as RFC 8032 does (7.1, test 2)', () => {
  const keys = ed25519.keysOf(bytes('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'))
  const signature = ed25519.sign(keys.secretKey, bytes('72'))
  expect([keys.publicKey, signature].map((part) => Buffer.from(part).toString('hex'))).toEqual([
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'
  ])
})

test('a signature is of this key over this message, and of nothing else', () => {
  const [mine, other] = [ed25519.keysOf(new Uint8Array(32).fill(1)), ed25519.keysOf(new Uint8Array(32).fill(2))]
  const [message, changed] = [bytes('0102'), bytes('0103')]
  const signature = ed25519.sign(mine.secretKey, message)
  expect([
    ed25519.verify(mine.publicKey, message, signature),
    ed25519.verify(other.publicKey, message, signature),
    ed25519.verify(mine.publicKey, changed, signature),
    ed25519.verify(mine.publicKey, message, signature.subarray(1)),
    ed25519.verify(mine.publicKey.subarray(1), message, signature)
  ]).toEqual([true, false, false, false, false])
  expect(() => ed25519.keysOf(new Uint8Array(31))).toThrow(RangeError)
})
