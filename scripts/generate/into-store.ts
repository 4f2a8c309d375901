import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { CaseKnownError, createBulkLoader } from '../../electron/store/db/bulk-loader.ts'
import { type OpenFailure, openStoreDb, type StoreDb } from '../../electron/store/db/database.ts'
import type { CasesAlreadyThere } from './into-centre.ts'

/** Loads the cases with their search index into a desk's encrypted store; file and folder are made when not there. */
export function intoStore(
  target: { readonly file: string; readonly key: Uint8Array },
  records: Iterable<CaseRecord>
): Result<number, OpenFailure | CasesAlreadyThere> {
  mkdirSync(path.dirname(target.file), { recursive: true })
  const nativeBinding = process.env.MNK_SQLITE_ADDON
  const opened = openStoreDb({ ...target, create: true, ...(nativeBinding !== undefined && { nativeBinding }) })
  if (!opened.ok) return opened
  try {
    return ok(loadAll(opened.value, records))
  } catch (fault) {
    if (fault instanceof CaseKnownError) return err({ type: 'CasesAlreadyThere' })
    throw fault
  } finally {
    opened.value.close()
  }
}

/** All of them or none. */
function loadAll(db: StoreDb, records: Iterable<CaseRecord>): number {
  const loader = createBulkLoader(db)
  let count = 0
  try {
    for (const record of records) {
      loader.add(record)
      count += 1
    }
  } catch (fault) {
    loader.abandon()
    throw fault
  }
  loader.finish()
  return count
}
