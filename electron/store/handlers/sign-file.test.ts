import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { findTrailer, TAIL_BYTES } from '#shared/signed-file/layout.ts'
import { checkTrailer } from '#shared/signed-file/signed-file.ts'
import { hexOf } from '#shared/signed-file/statement.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { ed25519 } from '../keys/sodium.ts'
import { officer, TestPc } from '../testing/test-session.ts'
import { signFile } from './sign-file.ts'

let pc: TestPc
beforeEach(async () => {
  pc = await TestPc.start()
  await pc.signIn(officer)
})
afterEach(() => pc.remove())

const file = {
  format: 'pdf',
  content: Buffer.from('%PDF-1.7\n%%EOF\n'),
  kind: 'destruction_certificate',
  number: '11680-2026-0001'
} as const
const work = { actor: officer }
const deps = (now: typeof work | null = work) => ({ now: () => pc.now(), session: pc.session, work: () => now })

test('a file is signed with the key that the centre knows as hers, and that key checks it without anything else', async () => {
  const signed = expectOk(await signFile(deps(), work, { file, password: 'password-1' }))
  const found = findTrailer(signed.subarray(-TAIL_BYTES))
  const [known] = pc.centre.signingKeys
  if (found === null || known === undefined) throw new Error('it is signed')
  const sha256 = hexOf(nodeCipher.sha256(signed.subarray(0, -found.length)))
  const publicKey = Buffer.from(known.publicKey, 'base64')
  const checked = checkTrailer({ ...nodeCipher, verify: ed25519.verify }, { found, sha256, publicKey })
  expect(expectOk(checked)).toMatchObject({
    kind: file.kind,
    number: file.number,
    signer: officer.id,
    signedAt: pc.now()
  })
})

test('a wrong password signs nothing, nor does a desk at which somebody else sits by now', async () => {
  expect(await signFile(deps(), work, { file, password: 'wrong' })).toMatchObject({ error: { type: 'WrongPassword' } })
  expect(await signFile(deps(null), work, { file, password: 'password-1' })).toMatchObject({
    error: { type: 'Locked' }
  })
})
