import type { TimeDep } from '#shared/foundation/deps.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { DraftSummary } from '#shared/ipc/views.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, StoreDb, WriteTx } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { withDiskFull } from '../db/with-disk-full.ts'

/** What is typed and not yet handed in. A draft belongs to the account that types it; nobody else at the PC sees it. */

interface DraftRow {
  id: Uint8Array
  kind: DraftSummary['kind']
  case_id: Uint8Array | null
  title: string
  updated_at: string
}

/** The newest first. */
export function listDrafts(db: ReadableDb, accountId: string): DraftSummary[] {
  return db
    .all<DraftRow>(
      'SELECT id, kind, case_id, title, updated_at FROM drafts WHERE account_id = ? ORDER BY updated_at DESC, id DESC',
      uuidToBlob(accountId)
    )
    .map(rowToSummary)
}

export function loadDraft(db: ReadableDb, accountId: string, id: string): { body: unknown } | null {
  const body = db.pluck<string>(
    'SELECT body FROM drafts WHERE id = ? AND account_id = ?',
    ...[uuidToBlob(id), uuidToBlob(accountId)]
  )
  return body === undefined ? null : { body: JSON.parse(body) }
}

/** On the disk when it returns: it survives a killed program and a power cut. */
export function saveDraft(
  deps: TimeDep,
  db: StoreDb,
  accountId: string,
  draft: ParsedRequestOf<'draft.save'>
): Result<null, { type: 'DiskFull' }> {
  return withDiskFull(() =>
    writeDurably(db, (tx) => {
      putDraft(tx, deps, accountId, draft)
      return ok(null)
    })
  )
}

/** Draft as it is written. The body is JSON, whoever made it. */
export type DraftToKeep = Omit<ParsedRequestOf<'draft.save'>, 'body'> & { readonly body: unknown }

export function putDraft(tx: WriteTx, { now }: TimeDep, accountId: string, draft: DraftToKeep): void {
  tx.run(
    `INSERT INTO drafts (id, account_id, kind, case_id, title, body, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       kind = excluded.kind, case_id = excluded.case_id, title = excluded.title, body = excluded.body,
       updated_at = excluded.updated_at
     WHERE drafts.account_id = excluded.account_id`,
    ...[uuidToBlob(draft.id), uuidToBlob(accountId), draft.kind],
    ...[draft.caseId === null ? null : uuidToBlob(draft.caseId), draft.title, JSON.stringify(draft.body), now()]
  )
}

export function discardDraft(db: StoreDb, accountId: string, id: string): void {
  db.write((tx) => {
    tx.run('DELETE FROM drafts WHERE id = ? AND account_id = ?', uuidToBlob(id), uuidToBlob(accountId))
    return ok(null)
  })
}

const rowToSummary = (row: DraftRow): DraftSummary => ({
  id: blobToUuid(row.id),
  kind: row.kind,
  caseId: row.case_id === null ? null : blobToUuid(row.case_id),
  title: row.title,
  updatedAt: row.updated_at
})
