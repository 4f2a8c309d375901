import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
export function embeddedMasterKey(dataDir: string): Result<Redacted<Uint8Array>, MasterKeyError> {
  const file = path.join(dataDir, 'master-key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    const text = Buffer.from(nodeCipher.randomBytes(KEY_BYTES)).toString('base64')
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' })
  }
  return parseMasterKey(readFileSync(file, 'utf8'))
}
