import type { HashDep } from '#shared/foundation/deps.ts'
import type { WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'

/** Without I and O, which are taken for 1 and 0 on paper. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const CODE_LETTERS = 3
const DIGITS = 4

/**
 * The number that a new case goes by until the centre has numbered it: `임시-KQR-0007`. The letters stand for this PC, so
 * that two desks of an office do not hand out the same number.
 */
export function nextProvisionalNo(tx: WriteTx, deps: HashDep & { readonly deviceId: string }): string {
  const running = readMetaNumber(tx, META_KEYS.provisionalNo) + 1
  writeMeta(tx, META_KEYS.provisionalNo, running)
  return `임시-${deviceCode(deps)}-${String(running).padStart(DIGITS, '0')}`
}

function deviceCode({ sha256, deviceId }: HashDep & { readonly deviceId: string }): string {
  return [...sha256(deviceId).subarray(0, CODE_LETTERS)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
}
