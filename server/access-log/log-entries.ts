import { readSentEvent } from '#shared/domain/access-log/judge-line.ts'
import type { LogEntry } from '#shared/domain/access-log/log-entry.ts'
import { type LogEntriesQuery, MAX_LOG_ENTRIES } from '#shared/sync-protocol/access-log-entries.ts'
import type { Queryable } from '../db/pool.ts'

type Found = 'id' | 'deviceId' | 'no' | 'receivedAt' | 'marks' | 'at' | 'accountId' | 'act' | 'caseIds'
interface EntryRow extends Pick<LogEntry, Found> {
  readonly body: string
}

/** A page of the lines of the district that were logged from `from` until before `to`. One whose text is no event has no time. */
export async function listLogEntries(
  db: Queryable,
  { districtCode, from, to, ...by }: LogEntriesQuery & { readonly districtCode: string }
): Promise<{ lines: LogEntry[]; next: number | null }> {
  const { rows } = await db.query<EntryRow>(
    `SELECT id, device_id AS "deviceId", no, body, received_at AS "receivedAt", marks, at,
       account_id AS "accountId", act, case_ids AS "caseIds" FROM access_lines
     WHERE district_code = $1 AND at >= $2 AND at < $3
       AND ($4::uuid IS NULL OR account_id = $4)
       AND ($5::uuid IS NULL OR device_id = $5)
       AND ($6::text IS NULL OR act = $6)
       AND ($7::uuid IS NULL OR case_ids @> ARRAY[$7::uuid])
       AND ($8::bigint IS NULL OR (at, id) < (SELECT at, id FROM access_lines WHERE id = $8 AND district_code = $1))
     ORDER BY at DESC, id DESC LIMIT $9`,
    [
      ...[districtCode, from, to, by.accountId ?? null, by.deviceId ?? null, by.act ?? null],
      ...[by.caseId ?? null, by.before ?? null, MAX_LOG_ENTRIES + 1]
    ]
  )
  const page = rows.slice(0, MAX_LOG_ENTRIES)
  return { lines: page.map(rowToEntry), next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null }
}

/** A text that was an event when it came and is none any more was edited here: its line is shown by what it was found by. */
function rowToEntry({ body, ...row }: EntryRow): LogEntry {
  const event = readSentEvent(body)
  if (event === null) return { ...row, address: '-', detail: {}, reason: null, marks: [...row.marks, 'unreadable'] }
  const { at, accountId, act, address, caseIds, detail, reason } = event
  return { ...row, at, accountId, act, address, caseIds, detail, reason }
}
