import { z } from 'zod'
import { type Argon2idCost, argon2id, nodeCipher } from '../keys/node-crypto.ts'
import { createTurns } from './turns.ts'

/** What a new password must be: nine characters or more, of three kinds (letters, digits, others). */
export const newPasswordSchema = z
  .string()
  .min(9)
  .max(256)
  .refine((text) => [/\p{L}/u, /\d/, /[^\p{L}\d\s]/u].every((kind) => kind.test(text)))

export interface PasswordHasher {
  /** A fresh hash in PHC form: `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`. */
  hash(password: string): Promise<string>
  /** Takes the same time for a wrong password as for a right one. */
  verify(password: string, phc: string): Promise<boolean>
  /** A hash that no password matches, to spend the same time on a login that does not exist. */
  readonly nobodysHash: string
}

export const PASSWORD_COST: Argon2idCost = { memoryKib: 65_536, passes: 3, lanes: 1 }
const SALT_BYTES = 16
/** A hash needs 64 MiB, so the queue is bounded. */
const MAX_WAITING = 200

export function createPasswordHasher(options: { cost?: Argon2idCost; atOnce?: number } = {}): PasswordHasher {
  const { cost = PASSWORD_COST, atOnce = 2 } = options
  const inTurn = createTurns({ atOnce, waiting: MAX_WAITING })
  const derive = (password: string, salt: Uint8Array, at: Argon2idCost) =>
    inTurn(() => argon2id(password.normalize('NFC'), salt, at))
  return {
    hash: async (password) => {
      const salt = nodeCipher.randomBytes(SALT_BYTES)
      return formatPhc({ cost, salt, hash: await derive(password, salt, cost) })
    },
    verify: async (password, phc) => {
      const expected = parsePhc(phc)
      const actual = await derive(password, expected.salt, expected.cost)
      return nodeCipher.equal(actual, expected.hash)
    },
    nobodysHash: formatPhc({ cost, salt: nodeCipher.randomBytes(SALT_BYTES), hash: nodeCipher.randomBytes(32) })
  }
}

interface Phc {
  readonly cost: Argon2idCost
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

const formatPhc = ({ cost, salt, hash }: Phc): string =>
  `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}$${base64(salt)}$${base64(hash)}`

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function parsePhc(phc: string): Phc {
  const [, memory, passes, lanes, salt = '', hash = ''] = PHC.exec(phc) ?? []
  if (memory === undefined) throw new Error('a stored password hash is not in PHC form')
  const cost = { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}
