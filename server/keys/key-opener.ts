import type { Cipher } from '#shared/cipher/cipher.ts'
import { type Redacted, revealSecret } from '#shared/foundation/redacted.ts'
import type { Queryable } from '../db/pool.ts'
import { epochContext } from './epochs.ts'
import { CASE_KEYS } from './key-tables.ts'

/** null: no epoch key that the master key opens opens this one. */
export type CaseKeyOpener = (caseId: string, wrapped: Uint8Array) => Uint8Array | null

/** Tries every epoch of a keys database, also of one that was restored, and passes over those that the master key does not open. */
export async function createCaseKeyOpener(
  keysDb: Queryable,
  { cipher, masterKey }: { readonly cipher: Cipher; readonly masterKey: Redacted<Uint8Array> }
): Promise<CaseKeyOpener> {
  const { rows } = await keysDb.query<{ epoch: number; wrapped: Uint8Array }>('SELECT epoch, wrapped FROM epochs')
  const epochKeys = rows.flatMap(({ epoch, wrapped }) => {
    const key = cipher.open(revealSecret(masterKey), wrapped, epochContext(epoch))
    return key === null ? [] : [key]
  })
  return (caseId, wrapped) => {
    for (const epochKey of epochKeys) {
      const key = cipher.open(epochKey, wrapped, `${CASE_KEYS.kind}:${caseId}`)
      if (key !== null) return key
    }
    return null
  }
}
