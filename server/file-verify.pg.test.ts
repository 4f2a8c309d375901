import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revealSecret } from '#shared/foundation/redacted.ts'
import { readyToSign } from '#shared/signed-file/signed-file.ts'
import { nodeCipher } from './keys/node-crypto.ts'
import { ed25519 } from './keys/sodium.ts'
import { openTestCentre, TEST_MASTER_KEY, type TestCentre } from './testing/test-centre.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'mnk-verify-'))
const at = (name: string): string => path.join(dir, name)
const hers = ed25519.keysOf(new Uint8Array(32).fill(7))
const base64 = Buffer.from(hers.publicKey).toString('base64')

let server: TestCentre
let officerId: string
beforeAll(async () => {
  server = await openTestCentre()
  const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer', displayName: '심청' }))
  officerId = officer.account.id
  await officer.call({ method: 'POST', url: '/v1/signing-keys', payload: { publicKey: base64 } })
  writeFileSync(at('key.txt'), base64)
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

/** As it is typed; the check knows of no database. */
function run(script: string, args: readonly string[], env: Record<string, string> = {}) {
  const ended = spawnSync(process.execPath, [path.join(import.meta.dirname, script), ...args], {
    env: { PATH: process.env.PATH ?? '', ...env }
  })
  return { code: ended.status, out: String(ended.stdout), err: String(ended.stderr) }
}
const verify = (file: Uint8Array, key: string) => {
  writeFileSync(at('file.pdf'), file)
  return run('file-verify.ts', [at('file.pdf'), '--key', at(key)])
}
function certificate(signer: string, signedAt = server.centre.now()): Buffer {
  const content = Buffer.from('%PDF-1.7\n1234\n%%EOF\n')
  const about = { kind: 'destruction_certificate', number: '11680-2026-0001', signedAt, signer } as const
  const ready = readyToSign(nodeCipher, { format: 'pdf', content, about })
  const signature = Buffer.from(ed25519.sign(hers.secretKey, ready.messageFor(hers.publicKey))).toString('base64')
  return Buffer.from(ready.signed({ publicKey: hers.publicKey, signature }))
}

test('the centre gives its officers’ public keys out, and anybody checks a file with them and nothing else', () => {
  const given = run('cli.ts', ['signing-keys', '--district', '11680'], {
    DATABASE_URL: server.databaseUrl,
    KEYS_DATABASE_URL: server.keysDatabaseUrl,
    MNK_MASTER_KEY: Buffer.from(revealSecret(TEST_MASTER_KEY)).toString('base64')
  })
  expect(given).toMatchObject({ code: 0, err: '' })
  writeFileSync(at('keys.json'), given.out)
  const whole = verify(certificate(officerId), 'keys.json')
  expect(whole).toMatchObject({ code: 0, err: '' })
  expect(whole.out).toContain('파기 확인서 (certificate of destruction) 11680-2026-0001\n')
  expect(whole.out).toContain('열쇠 주인 (key of): 심청')
  expect(whole.out).toMatch(/확인됨: .*\nWHOLE: .*\nSHA-256: [0-9a-f]{64}\n$/)
  expect(verify(certificate(officerId), 'key.txt')).toMatchObject({ code: 0 })
  expect(verify(certificate('01935a00-0000-7000-8000-000000000009'), 'keys.json')).toMatchObject({
    code: 1,
    out: expect.stringContaining('서명에 적힌 사람의 열쇠가 아닙니다')
  })
  expect(verify(certificate(officerId, '2020-01-01T00:00:00.000Z'), 'keys.json')).toMatchObject({
    code: 1,
    out: expect.stringContaining('쓸 수 있는 열쇠가 아니었습니다')
  })
})

test('a changed byte, something after the signature, another key and a file that is not signed are each told', () => {
  const file = certificate(officerId)
  const changed = Buffer.from(file)
  changed[10] = 0x35
  writeFileSync(at('other.txt'), Buffer.alloc(32, 1).toString('base64'))
  const answers = [
    verify(changed, 'key.txt'),
    verify(Buffer.concat([file, Buffer.from('\n')]), 'key.txt'),
    verify(file, 'other.txt'),
    verify(Buffer.from('%PDF-1.7\n%%EOF\n'), 'key.txt')
  ]
  expect(answers.map(({ code, out }) => [code, out.match(/NOT WHOLE: (.*)/)?.[1]])).toEqual([
    [1, 'the file was changed after it was signed.'],
    [1, 'there is no signature at its end, or something stands after it.'],
    [1, 'it is signed with another key than the given one.'],
    [1, 'there is no signature at its end, or something stands after it.']
  ])
})

test('without a file, a key or with one that is no key it says how it is called', () => {
  writeFileSync(at('file.pdf'), certificate(officerId))
  writeFileSync(at('none.txt'), 'no key')
  const usage = { code: 2, out: '', err: expect.stringMatching(/^npm run certificate:verify/) }
  for (const args of [
    [],
    [at('file.pdf')],
    [at('missing'), '--key', at('key.txt')],
    [at('file.pdf'), '--key', at('none.txt')]
  ])
    expect(run('file-verify.ts', args)).toEqual(usage)
})
