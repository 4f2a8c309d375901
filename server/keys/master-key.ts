import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { KEY_BYTES } from '#shared/cipher/cipher.ts'
import { type Redacted, redact } from '#shared/foundation/redacted.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { nodeCipher } from './node-crypto.ts'

export type MasterKeyError = { readonly type: 'MasterKeyMalformed' }

/** Reads the master key from its text: 32 bytes in base64. */
export function parseMasterKey(text: string): Result<Redacted<Uint8Array>, MasterKeyError> {
  const bytes = Buffer.from(text.trim(), 'base64')
  const canonical = bytes.toString('base64').replace(/=+$/, '') === text.trim().replace(/=+$/, '')
  return bytes.length === KEY_BYTES && canonical
    ? ok(redact(new Uint8Array(bytes)))
    : err({ type: 'MasterKeyMalformed' })
}

/** The master key of an embedded centre: made at its first start, in a file that only its owner may read. */
export const embeddedMasterKey = (dataDir: string): Result<Redacted<Uint8Array>, MasterKeyError> =>
  keyFile(path.join(dataDir, KEY_FILE))

/** The one that a rotation brings in; the same one again when the rotation was cut off. */
export const nextMasterKey = (dataDir: string): Result<Redacted<Uint8Array>, MasterKeyError> =>
  keyFile(path.join(dataDir, NEXT_KEY_FILE))

export const hasNextMasterKey = (dataDir: string): boolean => existsSync(path.join(dataDir, NEXT_KEY_FILE))

/** The next master key is the master key from now on; the one before it is gone, and with it every backup of before. */
export function adoptNextMasterKey(dataDir: string): void {
  renameSync(path.join(dataDir, NEXT_KEY_FILE), path.join(dataDir, KEY_FILE))
}

const KEY_FILE = 'master-key'
const NEXT_KEY_FILE = 'master-key.next'

/** Whole and on the disk before anything is sealed under it. */
function keyFile(file: string): Result<Redacted<Uint8Array>, MasterKeyError> {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    const text = Buffer.from(nodeCipher.randomBytes(KEY_BYTES)).toString('base64')
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  return parseMasterKey(readFileSync(file, 'utf8'))
}
