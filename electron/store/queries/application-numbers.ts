import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb } from '../db/database.ts'

/** The application numbers of those of these cases that are here. */
export function applicationNumbers(db: ReadableDb, caseIds: readonly string[]): ReadonlyMap<string, string> {
  if (caseIds.length === 0) return new Map()
  const rows = db.all<{ id: Uint8Array; application_no: string }>(
    `SELECT id, application_no FROM cases WHERE id IN (${caseIds.map(() => '?').join(', ')})`,
    ...caseIds.map(uuidToBlob)
  )
  return new Map(rows.map((row) => [blobToUuid(row.id), row.application_no]))
}
