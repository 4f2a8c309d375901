import type Database from 'better-sqlite3-multiple-ciphers'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { blobToUuid } from '#shared/store-format/uuid-blob.ts'
import { verifyChain } from '../../../electron/store/access-log/access-log.ts'
import { caseById } from '../../../electron/store/db/case-rows.ts'
import { META_KEYS, readMetaNumber } from '../../../electron/store/db/meta.ts'
import { createReader, type ReadableDb } from '../../../electron/store/db/statements.ts'
import { attachments } from '../../../electron/store/documents/attachment-rows.ts'
import { nodeCipher } from '../../../electron/store/keys/node-crypto.ts'
import { isOfCase, outboxEntries } from '../../../electron/store/outbox/outbox.ts'
import { findIndexFlaws } from './index-flaws.ts'

/** What lies in a desk's store at one moment, read from the file that it has open. */
export interface DeskAudit {
  readonly cursor: number
  readonly lastDeviceSeq: number
  readonly records: readonly CaseRecord[]
  readonly outbox: readonly AuditedEntry[]
  /** Documents that the centre does not have yet, and how they stand. */
  readonly attachments: ReadonlyArray<{ readonly documentId: string; readonly state: string }>
  /** Commands that went elsewhere: no content, and why. */
  readonly parked: ReadonlyArray<{ readonly id: string; readonly cause: string }>
  /** What is shown on top of the centre's records, or set aside for it. */
  readonly provisional: readonly string[]
  /** null: the access log is whole. */
  readonly chainBreak: string | null
  readonly indexFlaws: readonly string[]
  readonly drafts: ReadonlyArray<{ readonly id: string; readonly caseId: string | null }>
  /** The markers that stand anywhere in the decrypted pages, free pages included. */
  readonly markersFound: readonly string[]
}

export interface AuditedEntry {
  readonly commandId: string
  readonly caseId: string
  readonly deviceSeq: number
  readonly status: string
  /** Why, where it was refused. */
  readonly refusal: string | null
}

export function auditDesk(connection: Database.Database, options: { markers: readonly string[] }): DeskAudit {
  const db = createReader(connection)
  const chain = verifyChain(db, nodeCipher)
  const records = storedRecords(db)
  return {
    cursor: readMetaNumber(db, META_KEYS.cursor),
    lastDeviceSeq: readMetaNumber(db, META_KEYS.deviceSeq),
    records,
    outbox: outboxEntries(db)
      .filter(isOfCase)
      .map(({ command, status, refusal }) => ({
        commandId: command.id,
        caseId: command.caseId,
        deviceSeq: command.deviceSeq,
        status,
        refusal: refusal?.type ?? null
      })),
    attachments: attachments(db).map(({ document, state }) => ({ documentId: document.documentId, state })),
    parked: db
      .all<{ id: Uint8Array; cause: string }>('SELECT id, cause FROM parked_items ORDER BY id')
      .map(({ id, cause }) => ({ id: blobToUuid(id), cause })),
    provisional: provisionalTraces(db),
    chainBreak: chain.ok ? null : JSON.stringify(chain.error),
    indexFlaws: findIndexFlaws(db, records),
    drafts: db
      .all<{ id: Uint8Array; case_id: Uint8Array | null }>('SELECT id, case_id FROM drafts ORDER BY id')
      .map((row) => ({ id: blobToUuid(row.id), caseId: row.case_id === null ? null : blobToUuid(row.case_id) })),
    markersFound: findMarkers(connection, options.markers)
  }
}

const storedRecords = (db: ReadableDb): CaseRecord[] =>
  db.all<{ id: Uint8Array }>('SELECT id FROM cases ORDER BY id').flatMap(({ id }) => {
    const stored = caseById(db, blobToUuid(id))
    return stored === undefined ? [] : [stored.record]
  })

function provisionalTraces(db: ReadableDb): string[] {
  const confirmed = db.all<{ case_id: Uint8Array }>('SELECT case_id FROM confirmed_cases ORDER BY case_id')
  const marked = db.all<{ id: Uint8Array }>('SELECT id FROM cases WHERE waiting = 1 ORDER BY id')
  return [
    ...confirmed.map((row) => `case ${blobToUuid(row.case_id)} is still set aside as the centre's`),
    ...marked.map((row) => `case ${blobToUuid(row.id)} is still shown as waiting`)
  ]
}

/** The store as SQLite would write it in clear, in memory alone: the pages that a file's owner could ever read. */
function findMarkers(connection: Database.Database, markers: readonly string[]): string[] {
  if (markers.length === 0) return []
  const pages = connection.serialize()
  const found = markers.filter((marker) => pages.includes(marker))
  pages.fill(0)
  return found
}
