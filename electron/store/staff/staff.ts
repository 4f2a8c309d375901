import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMeta, writeMeta } from '../db/meta.ts'

/** The officials of the district by name: whose hand a change, a conflict or a decision was. */
export interface Staff {
  readonly tag: string
  readonly officials: ReadonlyArray<{ readonly id: string; readonly displayName: string }>
}

/** Empty: nobody is known yet. */
export const staffTag = (db: ReadableDb): string => readMeta(db, META_KEYS.staffTag) ?? ''

/** Whoever left the district keeps her name: what she did stands in the cases. */
export function putStaff(tx: WriteTx, { tag, officials }: Staff): void {
  for (const { id, displayName } of officials) {
    tx.run(
      'INSERT INTO staff (id, display_name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name',
      uuidToBlob(id),
      displayName
    )
  }
  writeMeta(tx, META_KEYS.staffTag, tag)
}

/** Names by account id. */
export const staffNames = (db: ReadableDb): Record<string, string> =>
  Object.fromEntries(
    db
      .all<{ id: Uint8Array; display_name: string }>('SELECT id, display_name FROM staff ORDER BY id')
      .map(({ id, display_name }) => [blobToUuid(id), display_name])
  )
