import { readFileSync } from 'node:fs'
import { writeFileAtomically } from './atomic-file.ts'
import { nodeCipher } from './node-crypto.ts'

/**
 * Lies beside a store file and says whether a key is the file's key. SQLCipher answers a wrong key and a damaged first
 * page alike; with the check the two are told apart. It is an HMAC under a key derived from the store key: without the
 * store key it says nothing about it.
 */
export type KeyCheckAnswer = 'fits' | 'differs' | 'absent'

const FORMAT = 'mnk-key-check-1'

export const keyCheckPath = (storeFile: string): string => `${storeFile}.keycheck`

export function writeKeyCheck(storeFile: string, key: Uint8Array): void {
  writeFileAtomically(keyCheckPath(storeFile), `${FORMAT}\n${checkValue(key)}\n`)
}

/** `absent`: the file is missing or is not a key check (a later format, or damaged). */
export function askKeyCheck(storeFile: string, key: Uint8Array): KeyCheckAnswer {
  const text = readOrNull(keyCheckPath(storeFile))
  const [format, value] = text?.split('\n') ?? []
  if (format !== FORMAT || value === undefined || !/^[0-9a-f]{64}$/.test(value)) return 'absent'
  return value === checkValue(key) ? 'fits' : 'differs'
}

function checkValue(key: Uint8Array): string {
  const checkKey = nodeCipher.deriveKey([key], 'mnk store key check 1')
  return Buffer.from(nodeCipher.hmac(checkKey, 'mnk store')).toString('hex')
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
