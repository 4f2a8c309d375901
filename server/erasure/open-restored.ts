import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Redacted } from '#shared/foundation/redacted.ts'
import { tryOpenSealedCase } from '../cases/case-rows.ts'
import type { Queryable } from '../db/pool.ts'
import { type CaseKeyOpener, createCaseKeyOpener } from '../keys/key-opener.ts'

export interface RestoredDatabases {
  readonly cases: Queryable
  readonly keys: Queryable
}

export interface OpenRestoredDeps {
  readonly cipher: Cipher
  readonly masterKey: Redacted<Uint8Array>
  /** The keys of now open what stood under them before, too. */
  readonly opensNow: CaseKeyOpener
}

export interface RestoredCases {
  /** Of the wanted ones those that are in the backup. 0: it is of after the destruction and proves nothing. */
  readonly there: number
  /** Of them those that can be read with everything that the centre has today. */
  readonly readable: number
}

/** Tries to read each of these cases out of a restored backup: by its key there, under the epochs there and of now. */
export async function openRestored(
  deps: OpenRestoredDeps,
  { cases, keys }: RestoredDatabases,
  caseIds: readonly string[]
): Promise<RestoredCases> {
  const { rows } = await cases.query<{ id: string; sealed: Uint8Array }>(
    `SELECT id, sealed FROM cases WHERE id = ANY($1::uuid[])
     UNION ALL SELECT id, sealed FROM withdrawn_cases WHERE id = ANY($1::uuid[])`,
    [caseIds]
  )
  const wrapped = await keys.query<{ case_id: string; wrapped: Uint8Array }>(
    'SELECT case_id, wrapped FROM case_keys WHERE case_id = ANY($1::uuid[])',
    [caseIds]
  )
  const keyOf = new Map(wrapped.rows.map((row) => [row.case_id, row.wrapped]))
  const openers = [await createCaseKeyOpener(keys, deps), deps.opensNow]
  const isReadable = (row: { readonly id: string; readonly sealed: Uint8Array }): boolean => {
    const box = keyOf.get(row.id)
    if (box === undefined) return false
    return openers.some((open) => {
      const key = open(row.id, box)
      return key !== null && tryOpenSealedCase({ cipher: deps.cipher, key }, row) !== null
    })
  }
  return { there: rows.length, readable: rows.filter(isReadable).length }
}
