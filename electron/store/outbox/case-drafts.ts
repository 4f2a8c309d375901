import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { WriteTx } from '../db/database.ts'

/** What was typed about a case and not handed in, by anybody at this PC. An intake's draft bears the id of its case. */
export function forgetDraftsOfCase(tx: WriteTx, caseId: string): void {
  tx.run('DELETE FROM drafts WHERE case_id = ? OR id = ?', uuidToBlob(caseId), uuidToBlob(caseId))
}
