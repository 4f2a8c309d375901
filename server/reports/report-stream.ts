import type { Cipher } from '#shared/cipher/cipher.ts'
import { addDays, startOfKoreanDay } from '#shared/domain/calendar/day.ts'
import { nextRowsDigest, type Row } from '#shared/domain/report/report-columns.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { type ReportLine, ROWS_A_LINE } from '#shared/sync-protocol/report-lines.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { openConsentRows } from './consent-rows.ts'
import { openDestructionRows } from './destruction-rows.ts'
import { openGrantRows } from './grant-rows.ts'
import { openLogRows } from './log-rows.ts'
import { openProvisionRows } from './provision-rows.ts'
import type { KeptReport } from './register.ts'
import type { RowSource } from './row-source.ts'

export interface ReportStreamDeps extends TimeDep {
  readonly pool: Pool
  readonly cipher: Cipher
  readonly keyRing: Pick<KeyRing, 'caseKeys'>
}

/** The lines of a report. A page is read when the reader has taken the one before it: nothing of it is gathered here. */
export async function* reportLines(deps: ReportStreamDeps, report: KeptReport): AsyncGenerator<Uint8Array> {
  const { total, facts, pages } = await openRows(deps, report)
  const names = await namesOf(deps.pool, report.districtCode)
  yield reportLine({ type: 'start', total, ...names, facts: [...facts] })
  let digest: Uint8Array = new Uint8Array(32)
  let [rows, done] = [0, 0]
  for await (const page of pages) {
    done += page.through
    for (const piece of piecesOf(page.rows)) {
      digest = nextRowsDigest(deps.cipher, digest, piece)
      rows += piece.length
      yield reportLine({ type: 'rows', done, rows: piece.map((row) => [...row]) })
    }
  }
  yield reportLine({ type: 'end', rows, digest: Buffer.from(digest).toString('hex') })
}

function piecesOf(rows: readonly Row[]): Array<readonly Row[]> {
  const pieces: Array<readonly Row[]> = []
  for (let at = 0; at < rows.length; at += ROWS_A_LINE) pieces.push(rows.slice(at, at + ROWS_A_LINE))
  return pieces
}

function openRows(deps: ReportStreamDeps, report: KeptReport): Promise<RowSource> {
  const { districtCode, kind, scope, from, to } = report
  const wanted = { districtCode, scope, from: startOfKoreanDay(from), to: startOfKoreanDay(addDays(to, 1)) }
  switch (kind) {
    case 'access_log':
      return openLogRows(deps.cipher, deps.pool, wanted)
    case 'grants':
      return openGrantRows(deps.pool, wanted)
    case 'consents':
      return openConsentRows(deps, deps.pool, wanted)
    case 'provisions':
      return openProvisionRows(deps.pool, wanted, deps.now())
    case 'destruction':
      return openDestructionRows(deps.pool, wanted, deps.now())
    default:
      return assertNever(kind)
  }
}

async function namesOf(
  db: Queryable,
  districtCode: string
): Promise<{ accounts: Record<string, string>; pcs: Record<string, string> }> {
  const read = async (sql: string): Promise<Record<string, string>> => {
    const { rows } = await db.query<{ id: string; name: string }>(sql, [districtCode])
    return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
  }
  return {
    accounts: await read('SELECT id, display_name AS name FROM accounts WHERE district_code = $1'),
    pcs: await read('SELECT id, name FROM devices WHERE district_code = $1')
  }
}

const reportLine = (line: ReportLine): Uint8Array => Buffer.from(`${JSON.stringify(line)}\n`)
