import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { v7 as newUuid } from 'uuid'
import type { ReportOrder } from '#shared/domain/report/report.ts'
import { ok } from '#shared/foundation/result.ts'
import { recordAct } from '../../electron/store/access-log/access-log.ts'
import { openTestDesk } from '../../electron/store/testing/test-desk.ts'
import { type BenchCentre, type BenchSession, openBenchCentre } from './bench-centre.ts'
import { DISTRICT } from './bench-store.ts'
import { startChild } from './child.ts'
import { figuresOf, round, say, timed } from './measure.ts'
import type { WriteReply, WriteRequest } from './report-writer.ts'

/** What the access log costs at a desk, and what a report of many entries costs at the centre and at the desk. */
export async function benchReports({ entries, acts }: { readonly entries: number; readonly acts: number }) {
  return { log: logCosts(acts), report: await reports(entries) }
}

const SHOWN_BY_A_SEARCH = 50
/** How main starts it (electron/main/store-process.ts). */
const AS_THE_STORE_PROCESS = '--max-semi-space-size=1'

/** A command as the window sends it; what a line adds to a transaction; a line of searches, its own commit included. */
function logCosts(acts: number) {
  say(`writing ${acts} commands and their lines`)
  const desk = openTestDesk()
  try {
    const { db, deps } = desk
    const caseId = desk.register()
    const ids = Array.from({ length: SHOWN_BY_A_SEARCH }, () => newUuid())
    const [commands, searches]: [number[], number[]] = [[], []]
    for (let no = 0; no < acts; no += 1) {
      const phone = `0101234${String(no).padStart(4, '0')}`
      commands.push(timed(() => desk.correct(caseId, 'applicant.phone', phone)).milliseconds)
      const search = { act: 'search', caseIds: ids, detail: { kinds: 'initials', hits: 812 } } as const
      searches.push(timed(() => db.write((tx) => ok(recordAct(tx, deps, search)))).milliseconds)
    }
    const inOneTransaction = timed(() =>
      db.write((tx) => {
        for (let no = 0; no < acts; no += 1) recordAct(tx, deps, { act: 'correct', caseIds: [caseId] })
        return ok(null)
      })
    )
    const median = (times: readonly number[]): number => figuresOf(times).p50
    const aLine = inOneTransaction.milliseconds / acts
    return {
      commandMs: round(median(commands)),
      lineInItMs: round(aLine),
      shareOfCommand: round(aLine / median(commands)),
      searchLineMs: round(median(searches))
    }
  } finally {
    desk.close()
  }
}

async function reports(entries: number) {
  const centre = await openBenchCentre({ cases: 1_000, districtCodes: [DISTRICT] })
  const folder = mkdtempSync(path.join(tmpdir(), 'mnk-bench-report-'))
  try {
    await promote(centre)
    const session = await centre.signIn(DISTRICT)
    say(`filling the log with ${entries} entries`)
    await fillLog(centre, session, entries)
    const plain = await written(centre, session, { folder, filePassword: null })
    return { plain, encrypted: await written(centre, session, { folder, filePassword: '파일-비밀번호-11' }) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await centre.stop()
  }
}

async function written(
  centre: BenchCentre,
  { token, account, headers }: BenchSession,
  to: Pick<WriteRequest, 'folder' | 'filePassword'>
) {
  const order: ReportOrder = {
    ...{ id: newUuid(), kind: 'access_log', from: '2026-01-01', to: '2026-12-31', scope: { type: 'district' } },
    ...{
      purpose: '측정을 위한 보고서',
      format: 'xlsx',
      deleteBy: new Date(Date.now() + 9e9).toISOString().slice(0, 10)
    }
  }
  const ordered = await fetch(new URL('/v1/reports', centre.url), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(order)
  })
  if (!ordered.ok) throw new Error(`the centre gave no number: ${ordered.status}`)
  const writer = startChild<WriteRequest, WriteReply>(
    path.join(import.meta.dirname, 'report-writer.ts'),
    [],
    [AS_THE_STORE_PROCESS]
  )
  const serverBefore = centre.cpuSeconds()
  const reply = await writer.ask({ serverUrl: centre.url, token, order, signer: account.id, ...to })
  await writer.stop()
  return {
    ...Object.fromEntries(Object.entries(reply).map(([name, value]) => [name, round(value)])),
    serverCpuSeconds: round(centre.cpuSeconds() - serverBefore),
    serverPeakMegabytes: round(centre.megabytes('VmHWM'))
  }
}

async function promote(centre: BenchCentre): Promise<void> {
  await withClient(centre, (client) => client.query(`UPDATE accounts SET role = 'supervisor'`))
}

/** Lines as PCs send them: an event of a case, every third with a reason, a second apart. */
async function fillLog(centre: BenchCentre, { account, deviceId }: BenchSession, entries: number): Promise<void> {
  await withClient(centre, async (client) => {
    await client.query(
      `INSERT INTO access_chains (device_id, chain, district_code, begun_at, received_at, newest_no)
       VALUES ($1, sha256('bench'), $2, now(), now(), $3)`,
      [deviceId, DISTRICT, entries]
    )
    await client.query(
      `INSERT INTO access_lines (device_id, chain, place, no, body, previous_hash, hash, reckoned, district_code, received_at,
         marks, at, account_id, act, case_ids)
       SELECT $1, sha256('bench'), no, no, body, zero, sha256(zero || convert_to(body, 'UTF8')),
         sha256(zero || convert_to(body, 'UTF8')), $2, at, '{}', at, $3, 'view', ARRAY[case_id]
       FROM (SELECT no, at, case_id, decode(repeat('00', 32), 'hex') AS zero,
           format('{"accountId":"%s","act":"view","address":"10.1.2.3","at":"%s","caseIds":["%s"],"detail":{"shown":"case"},"deviceId":"%s","reason":%s}',
             $3::uuid, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), case_id, $1::uuid,
             CASE WHEN no % 3 = 0 THEN '"민원 전화 확인 ' || no || '"' ELSE 'null' END) AS body
         FROM (SELECT no, timestamptz '2026-02-01T00:00:00Z' + no * interval '1 second' AS at, gen_random_uuid() AS case_id
           FROM generate_series(1, $4::bigint) AS no) AS made) AS lines`,
      [deviceId, DISTRICT, account.id, entries]
    )
    await client.query('ANALYZE access_lines')
  })
}

async function withClient(centre: BenchCentre, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: centre.databaseUrl })
  await client.connect()
  await work(client).finally(() => client.end())
}
