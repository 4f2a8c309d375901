import { execFileSync } from 'node:child_process'
import { argon2id } from 'hash-wasm'
import { expect, test } from 'vitest'
import { type PasswordParams, PRESENT_HARDNESS, passwordKey } from './password-key.ts'

const SALT = Buffer.from('0123456789abcdef').toString('base64')
const quick: PasswordParams = { memoryKiB: 64, passes: 1, lanes: 1, salt: SALT }

/** What the desk computed with before, and what its keyrings were written with. */
const otherProgramsKey = (password: string, params: PasswordParams): Promise<Uint8Array> =>
  argon2id({
    password,
    salt: Buffer.from(params.salt, 'base64'),
    memorySize: params.memoryKiB,
    iterations: params.passes,
    parallelism: params.lanes,
    hashLength: 32,
    outputType: 'binary'
  })

/** A process of its own says how many KiB it keeps after four keys of the present hardness. */
const MEMORY_PROBE = `
  import { readFileSync } from 'node:fs'
  import { passwordKey } from ${JSON.stringify(new URL('./password-key.ts', import.meta.url).href)}
  const ownKiB = () => Number(/^Private_Dirty:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))[1])
  const params = ${JSON.stringify({ ...quick, ...PRESENT_HARDNESS })}
  await passwordKey('비밀번호-가', { ...params, memoryKiB: 64 })
  const before = ownKiB()
  for (let round = 0; round < 4; round += 1) await passwordKey('비밀번호-가', params)
  console.log(ownKiB() - before)
`

const PASSWORDS = [
  'password-1',
  '비밀번호-가',
  '봄비가온다24!!',
  ' ',
  '🔑'.repeat(3),
  '긴 비밀번호 '.repeat(200),
  '\u0000'
]

test.each(PASSWORDS.map((password) => ({ password })))(
  'another Argon2id makes the same key: $password',
  async (one) => {
    for (const hardness of [
      { memoryKiB: 8, passes: 1 },
      { memoryKiB: 64, passes: 1 },
      { memoryKiB: 1000, passes: 3 }
    ]) {
      const params = { ...quick, ...hardness }
      expect(hex(await passwordKey(one.password, params))).toBe(hex(await otherProgramsKey(one.password, params)))
    }
  }
)

test('a keyring of the present hardness made by another Argon2id opens here', async () => {
  const params = { ...PRESENT_HARDNESS, salt: SALT }
  expect(hex(await passwordKey('비밀번호-가', params))).toBe(hex(await otherProgramsKey('비밀번호-가', params)))
})

test('한글 is the same password however the keyboard composed it', async () => {
  const [composed, decomposed] = ['비밀번호-가'.normalize('NFC'), '비밀번호-가'.normalize('NFD')]
  expect(composed).not.toBe(decomposed)
  expect(hex(await passwordKey(decomposed, quick))).toBe(hex(await passwordKey(composed, quick)))
})

test('an empty password has a key of its own and harms nothing', async () => {
  const empty = hex(await passwordKey('', quick))
  expect(empty).toBe(hex(await passwordKey('', quick)))
  expect(empty).not.toBe(hex(await passwordKey(' ', quick)))
})

test('each letter, the salt, the memory and the passes count', async () => {
  const keys = [
    await passwordKey('비밀번호-가', quick),
    await passwordKey('비밀번호-나', quick),
    await passwordKey('비밀번호-가', { ...quick, salt: Buffer.alloc(16).toString('base64') }),
    await passwordKey('비밀번호-가', { ...quick, memoryKiB: 65 }),
    await passwordKey('비밀번호-가', { ...quick, passes: 2 })
  ]
  expect(new Set(keys.map(hex)).size).toBe(5)
})

test('many at once do not mix', async () => {
  const passwords = Array.from({ length: 40 }, (_, index) => `비밀번호-${index}`)
  const oneByOne: string[] = []
  for (const password of passwords) oneByOne.push(hex(await passwordKey(password, quick)))
  expect((await Promise.all(passwords.map((password) => passwordKey(password, quick)))).map(hex)).toEqual(oneByOne)
})

test('whoever else asks is answered while a key is computed', async () => {
  let isDone = false
  const key = passwordKey('비밀번호-가', { ...PRESENT_HARDNESS, salt: SALT }).finally(() => {
    isDone = true
  })
  let turnsBetween = 0
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve))
    turnsBetween += 1
  }
  await key
  expect(turnsBetween).toBeGreaterThan(2) // computed on this thread, it would be done within the first turn
})

test.runIf(process.platform === 'linux')('the 64 MiB are given back at once', () => {
  const kept = execFileSync(process.execPath, ['--input-type=module', '--eval', MEMORY_PROBE], { encoding: 'utf8' })
  expect(Number(kept)).toBeLessThan(32 * 1024)
})

test('a cost that Argon2 does not know is an error, not a key', async () => {
  await expect(passwordKey('비밀번호-가', { ...quick, memoryKiB: 4 })).rejects.toThrow('could not be computed')
  const short = Buffer.alloc(15).toString('base64')
  await expect(passwordKey('비밀번호-가', { ...quick, salt: short })).rejects.toThrow('16 bytes')
})

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
