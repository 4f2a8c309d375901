import * as nodeCrypto from 'node:crypto'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCipher } from '#shared/cipher/cipher.ts'
import { createEd25519, type SodiumSign } from '#shared/cipher/ed25519.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { findTrailer, TAIL_BYTES, trailerLine } from './layout.ts'
import { checkTrailer, keyFingerprint, readyToSign, type SignedAbout, type SignedFileFault } from './signed-file.ts'
import { hexOf, type Statement } from './statement.ts'

const BINARY = `sodium-native/prebuilds/${process.platform}-${process.arch}/sodium-native.node`
const ed25519 = createEd25519(createRequire(import.meta.url)(BINARY) as SodiumSign)
const { sha256 } = createCipher(nodeCrypto)
const deps = { sha256, verify: ed25519.verify }
const keysOf = (byte: number) => ed25519.keysOf(new Uint8Array(32).fill(byte))
const [HERS, ANOTHERS] = [keysOf(1), keysOf(2)]

const ABOUT: SignedAbout = {
  kind: 'destruction_certificate',
  number: '11680-2026-0007',
  signedAt: '2026-11-26T03:00:00.000Z',
  signer: '01935a00-0000-7000-8000-000000000003'
}
const bytes = (text: string) => Buffer.from(text, 'latin1')
const PDF = bytes('%PDF-1.7\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n')
const ZIP = Buffer.concat([bytes('PK\u0003\u0004 content PK\u0005\u0006'), Buffer.alloc(18)])
const FILES = [
  ['pdf', PDF],
  ['zip', ZIP]
] as const

function sign(format: 'pdf' | 'zip', content: Uint8Array, about = ABOUT, keys = HERS): Buffer {
  const ready = readyToSign(deps, { format, content, about })
  const signature = Buffer.from(ed25519.sign(keys.secretKey, ready.messageFor(keys.publicKey))).toString('base64')
  return Buffer.from(ready.signed({ publicKey: keys.publicKey, signature }))
}

function check(file: Uint8Array, keys = HERS): Result<Statement, SignedFileFault> | 'unsigned' {
  const found = findTrailer(file.subarray(-TAIL_BYTES))
  if (found === null) return 'unsigned'
  const before = hexOf(sha256(file.subarray(0, file.length - found.length)))
  return checkTrailer(deps, { found, sha256: before, publicKey: keys.publicKey })
}
const trailerStart = (file: Buffer): number => file.lastIndexOf('%mnk-signed ')

describe.each(FILES)('a signed %s', (format, content) => {
  const file = sign(format, content)

  test('says of itself what it is, who signed it and that nothing was altered', () => {
    const before = file.subarray(0, trailerStart(file))
    expect(check(file)).toEqual(
      ok({ format: 1, ...ABOUT, sha256: hexOf(sha256(before)), key: keyFingerprint(deps, HERS.publicKey) })
    )
    expect(before.subarray(0, -2)).toEqual(content.subarray(0, before.length - 2))
  })

  test('with any one byte altered, taken out or put in, anywhere, does not pass', () => {
    const anywhere = fc.nat({ max: file.length - 1 })
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const altered = Buffer.from(file)
        altered[at] = (altered[at] ?? 0) ^ mask
        const shorter = Buffer.concat([file.subarray(0, at), file.subarray(at + 1)])
        const longer = Buffer.concat([file.subarray(0, at), Buffer.of(mask), file.subarray(at)])
        expect([altered, shorter, longer].filter((one) => !isRefused(one))).toEqual([])
      }),
      { numRuns: 400 }
    )
  })

  test('a trailer of another file does not fit', () => {
    const other = Buffer.concat([bytes('more'), content])
    const moved = Buffer.concat([sign(format, other).subarray(0, -file.length + trailerStart(file)), trailerOf(file)])
    expect(check(moved)).toEqual(err({ type: 'FileAltered' }))
  })

  test('nothing stands after its trailer, and no second one before or after it', () => {
    const twice = Buffer.concat([file, trailerOf(file)])
    const after = [bytes('\n'), bytes(' '), bytes('%%EOF\n'), Buffer.alloc(1), PDF]
    expect([twice, ...after.map((more) => Buffer.concat([file, more]))].map((one) => check(one))).toEqual(
      Array(after.length + 1).fill('unsigned')
    )
    expect(() => sign(format, file)).toThrow(RangeError)
  })

  test('another key does not pass for hers, whatever the trailer claims', () => {
    const fingerprint = keyFingerprint(deps, ANOTHERS.publicKey)
    expect(check(sign(format, content, ABOUT, ANOTHERS))).toEqual(err({ type: 'OtherKey', fingerprint }))
    expect(
      check(changed(sign(format, content, ABOUT, ANOTHERS), { key: keyFingerprint(deps, HERS.publicKey) }))
    ).toEqual(err({ type: 'SignatureWrong' }))
  })

  test.each([
    { kind: 'destruction_request' },
    { number: '11680-2026-0008' },
    { signedAt: '2026-11-25T03:00:00.000Z' },
    { signer: '01935a00-0000-7000-8000-000000000004' },
    { sha256: '0'.repeat(64) }
  ] as const)('it does not pass for another kind, number, time, person or content: %j', (claim) => {
    const forged = changed(file, claim)
    expect(isRefused(forged)).toBe(true)
    if (forged.length === file.length) expect(check(forged)).toEqual(err({ type: 'SignatureWrong' }))
  })
})

test('what is cut off in the middle is never signed', () => {
  expect(() => sign('pdf', PDF.subarray(0, -8))).toThrow(RangeError)
  expect(() => sign('zip', ZIP.subarray(0, -1))).toThrow(RangeError)
  expect(() => sign('zip', PDF)).toThrow(RangeError)
})

test('a PDF that ends without a line feed gets one before it is signed', () => {
  expect(check(sign('pdf', PDF.subarray(0, -1)))).toMatchObject({ ok: true })
})

test.each([
  new Uint8Array(),
  bytes('%mnk-signed '),
  bytes('%mnk-signed {}\n'),
  bytes('%mnk-signed nothing\n'),
  PDF,
  ZIP
])('what is not signed is said to be so, whatever it is', (file) => {
  expect(check(file)).toBe('unsigned')
})

const isRefused = (file: Uint8Array): boolean => {
  const checked = check(file)
  return checked === 'unsigned' || !checked.ok
}

const trailerOf = (file: Buffer): Buffer => file.subarray(trailerStart(file))

function changed(file: Buffer, claim: Partial<Statement>): Buffer {
  const found = findTrailer(file.subarray(-TAIL_BYTES))
  if (found === null) throw new Error('it is signed')
  const { signature, ...statement } = found.trailer
  return Buffer.concat([file.subarray(0, trailerStart(file)), trailerLine({ ...statement, ...claim }, signature)])
}
