import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSignatureCheck } from './signatures.ts'

const isSigned = createSignatureCheck({ createPublicKey, verify })
const message = new TextEncoder().encode('a list')
const pair = generateKeyPairSync('ed25519')
const publicKey = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
const signature = new Uint8Array(sign(null, message, pair.privateKey))

test('a signature is of this key over this message, and of nothing else', () => {
  const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  expect([
    isSigned({ publicKey, message, signature }),
    isSigned({ publicKey: other, message, signature }),
    isSigned({ publicKey, message: new TextEncoder().encode('a List'), signature }),
    isSigned({ publicKey, message, signature: signature.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) })
  ]).toEqual([true, false, false, false])
})

test('what is no key or no signature is no proof', () => {
  expect([
    isSigned({ publicKey: new Uint8Array(31), message, signature }),
    isSigned({ publicKey: new Uint8Array(32), message, signature }),
    isSigned({ publicKey, message, signature: new Uint8Array() }),
    isSigned({ publicKey, message, signature: new Uint8Array(65) })
  ]).toEqual([false, false, false, false])
})
