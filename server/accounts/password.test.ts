import { argon2Verify } from 'hash-wasm'
import { expect, test } from 'vitest'
import { createPasswordHasher, newPasswordSchema } from './password.ts'
import { TooBusyError } from './turns.ts'

const cheap = { memoryKib: 64, passes: 1, lanes: 1 }

test('a password is recognised, another one is not', async () => {
  const hasher = createPasswordHasher({ cost: cheap })
  const phc = await hasher.hash('맞는-비밀번호-1')
  expect(await hasher.verify('맞는-비밀번호-1', phc)).toBe(true)
  expect(await hasher.verify('맞는-비밀번호-2', phc)).toBe(false)
  expect(await hasher.verify('', phc)).toBe(false)
})

test('한글 is the same password however the keyboard composed it', async () => {
  const hasher = createPasswordHasher({ cost: cheap })
  const phc = await hasher.hash('비밀번호-1a'.normalize('NFD'))
  expect(await hasher.verify('비밀번호-1a'.normalize('NFC'), phc)).toBe(true)
})

test('the same password twice gives different hashes, in the form other programs read', async () => {
  const hasher = createPasswordHasher({ cost: cheap })
  const [a, b] = [await hasher.hash('Correct-horse-1'), await hasher.hash('Correct-horse-1')]
  expect(a).not.toBe(b)
  expect(await argon2Verify({ password: 'Correct-horse-1', hash: a })).toBe(true)
})

test('an account that does not exist costs a hash that nothing matches', async () => {
  const hasher = createPasswordHasher({ cost: cheap })
  expect(await hasher.verify('', hasher.nobodysHash)).toBe(false)
  expect(hasher.nobodysHash).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/)
})

test('a stored hash that cannot be read is a fault, not a wrong password', async () => {
  const hasher = createPasswordHasher({ cost: cheap })
  await expect(hasher.verify('x', 'plain')).rejects.toThrow('PHC')
})

test('a flood of sign-ins is turned away instead of queued without end', async () => {
  const hasher = createPasswordHasher({ cost: cheap, atOnce: 1 })
  const results = await Promise.allSettled(Array.from({ length: 260 }, () => hasher.hash('Correct-horse-1')))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused.length).toBe(59) // 1 runs, 200 wait
  expect(refused.every((result) => result.reason instanceof TooBusyError)).toBe(true)
  expect(await hasher.hash('Correct-horse-1')).toMatch(/^\$argon2id/)
})

test.each(['short-1a', 'onlyletters!', 'letters12345', '1234567890!', ''])('"%s" is no new password', (text) => {
  expect(newPasswordSchema.safeParse(text).success).toBe(false)
})

test('nine characters of three kinds are, in any script', () => {
  expect(newPasswordSchema.safeParse('봄비가온다24!!').success).toBe(true)
})
