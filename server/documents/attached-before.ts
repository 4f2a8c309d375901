import type { Cipher } from '#shared/cipher/cipher.ts'
import { commandSchema } from '#shared/commands/command.ts'
import type { Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'

export interface AttachedBeforeDeps {
  readonly pool: Queryable
  readonly cipher: Cipher
  readonly keyRing: Pick<KeyRing, 'caseKeys'>
}

/**
 * The documents that were ever attached to these cases, as their histories say: also those that somebody took out since,
 * which nothing may bring back. Without those of which a restore cost the centre pieces: whoever has them is welcome.
 */
export async function attachedBefore(deps: AttachedBeforeDeps, caseIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await deps.pool.query<{ id: string; case_id: string; body: Uint8Array }>(
    `SELECT id, case_id, body FROM commands WHERE case_id = ANY($1::uuid[]) AND name = 'case.attach' AND body IS NOT NULL`,
    [caseIds]
  )
  if (rows.length === 0) return new Set()
  const keys = await deps.keyRing.caseKeys([...new Set(rows.map(({ case_id }) => case_id))])
  const attached = new Set(
    rows.flatMap(({ id, case_id, body }) => {
      const key = keys.get(case_id)
      const opened = key === undefined ? null : deps.cipher.open(key, body, `command:${id}`)
      const command = opened === null ? null : commandSchema.parse(JSON.parse(new TextDecoder().decode(opened)))
      return command?.name === 'case.attach' ? [command.args.documentId] : []
    })
  )
  const missed = await deps.pool.query<{ document_id: string }>(
    'SELECT DISTINCT document_id FROM missing_chunks WHERE case_id = ANY($1::uuid[])',
    [caseIds]
  )
  for (const { document_id } of missed.rows) attached.delete(document_id)
  return attached
}
