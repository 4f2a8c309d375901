import { isSameHash } from '#shared/domain/access-log/access-chain.ts'
import { type LineMark, readSentEvent } from '#shared/domain/access-log/judge-line.ts'
import type { Row } from '#shared/domain/report/report-columns.ts'
import type { HashDep } from '#shared/foundation/deps.ts'
import type { Queryable } from '../db/pool.ts'
import type { RowPage, RowSource, RowsWanted } from './row-source.ts'

/** 접속기록 of a period by the PCs' time: as far as lines had come when it was asked for. */

interface LogRow {
  readonly id: number
  readonly at: string
  readonly accountId: string
  readonly act: string
  readonly deviceId: string
  readonly caseIds: readonly string[]
  readonly no: number
  readonly receivedAt: string
  readonly marks: readonly LineMark[]
  readonly body: string
  readonly previousHash: Uint8Array
  readonly reckoned: Uint8Array
}

const PAGE = 1_000

export async function openLogRows(deps: HashDep, db: Queryable, wanted: RowsWanted): Promise<RowSource> {
  const { districtCode, scope, from, to } = wanted
  const values = [
    ...[districtCode, from, to],
    ...[scope.type === 'account' ? scope.accountId : null, scope.type === 'pc' ? scope.deviceId : null],
    scope.type === 'case' ? scope.caseId : null
  ]
  const { rows: counted } = await db.query<{ lines: number; marked: number; newest: number }>(
    `SELECT count(*) AS lines, count(*) FILTER (WHERE marks <> '{}') AS marked, coalesce(max(id), 0) AS newest
     FROM access_lines WHERE ${WANTED}`,
    values
  )
  const { rows: unreadable } = await db.query<{ lines: number }>(
    `SELECT count(*) AS lines FROM access_lines
     WHERE district_code = $1 AND at IS NULL AND received_at >= $2 AND received_at < $3`,
    [districtCode, from, to]
  )
  const { lines = 0, marked = 0, newest = 0 } = counted[0] ?? {}
  return {
    total: lines,
    facts: [
      { name: 'marked', n: marked },
      { name: 'unreadable', n: unreadable[0]?.lines ?? 0 }
    ],
    pages: logPages(deps, db, [...values, newest])
  }
}

const WANTED = `district_code = $1 AND at >= $2 AND at < $3 AND ($4::uuid IS NULL OR account_id = $4)
  AND ($5::uuid IS NULL OR device_id = $5) AND ($6::uuid IS NULL OR case_ids @> ARRAY[$6::uuid])`

async function* logPages(deps: HashDep, db: Queryable, values: unknown[]): AsyncGenerator<RowPage> {
  for (let last: LogRow | undefined; ; ) {
    const { rows }: { rows: LogRow[] } = await db.query<LogRow>(
      `SELECT id, at, account_id AS "accountId", act, device_id AS "deviceId", case_ids AS "caseIds", no,
         received_at AS "receivedAt", marks, body, previous_hash AS "previousHash", reckoned
       FROM access_lines WHERE ${WANTED} AND id <= $7 AND ($8::timestamptz IS NULL OR (at, id) > ($8, $9::bigint))
       ORDER BY at, id LIMIT ${PAGE}`,
      [...values, last?.at ?? null, last?.id ?? null]
    )
    if (rows.length > 0) yield { rows: rows.map((row) => logRow(deps, row)), through: rows.length }
    if (rows.length < PAGE) return
    last = rows.at(-1)
  }
}

/** A text that is another than the one that came was edited here: its line says so. */
function logRow({ sha256 }: HashDep, row: LogRow): Row {
  const event = readSentEvent(row.body)
  const isAltered = !isSameHash(sha256(row.previousHash, row.body), row.reckoned)
  const marks = new Set<LineMark>(row.marks)
  if (isAltered) marks.add('text')
  if (event === null) marks.add('unreadable')
  return [
    ...[row.at, row.accountId, row.act, row.caseIds.length, row.caseIds.join(' ')],
    ...[event === null ? null : detailText(event.detail), event?.reason ?? null],
    ...[row.deviceId, event?.address ?? null, row.no, row.receivedAt, [...marks].join(' ')]
  ]
}

const detailText = (detail: Readonly<Record<string, string | number>>): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
