import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import { revealSecret } from '#shared/foundation/redacted.ts'
import type { Pool } from '../db/pool.ts'
import { runRetention } from '../retention/retention-run.ts'
import { approvedBatch, batchAt, testItem } from '../testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../testing/test-cases.ts'
import { copyDatabase, openTestCentre, TEST_MASTER_KEY, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push } from '../testing/test-commands.ts'
import { readMarkers } from './batch-markers.ts'
import { executeBatch } from './execute-batch.ts'
import { executeDueBatches } from './execution-job.ts'

const DAY_MS = 86_400_000
let server: TestCentre
let later = 0
const opened: TestCentre[] = []
const clock = () => new Date(Date.now() + later).toISOString()
beforeEach(async () => {
  later = 0
  server = await openTestCentre({ now: clock })
  opened.push(server)
})
afterEach(async () => {
  for (const centre of opened.splice(0)) await centre.close()
})

const keep = (subject: Case) => keepCase(server.centre, { ...subject, id: newUuid() })
const keepSome = async (count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let no = 0; no < count; no += 1) ids.push(await keep(plainCase(no)))
  return ids.sort()
}
const approve = (caseIds: readonly string[]) =>
  approvedBatch(
    server,
    caseIds.map((caseId) => testItem(caseId))
  )
const coolOff = () => {
  later = 9 * DAY_MS
}
const failed = (fault: unknown): never => {
  throw fault
}
const reader = async (at = server) => at.signIn(await at.addAccount())
const batchNow = async (batchId: string, at = server) => batchAt(await reader(at), batchId)
const dropCauses = async (batchId: string) =>
  new Map(
    (await batchNow(batchId))?.items.map(({ caseId, exclusion }) => [
      caseId,
      exclusion?.kind === 'dropped' ? exclusion.cause : null
    ])
  )
const count = async (sql: string, values: unknown[], pool = server.centre.pool): Promise<number> =>
  (await pool.query<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`, values)).rows[0]?.count ?? -1
const tracesOf = async ({ centre }: TestCentre, caseIds: readonly string[]) => ({
  rows: await count('cases WHERE id = ANY($1)', [caseIds], centre.pool),
  tags: await count('blind_indexes WHERE case_id = ANY($1)', [caseIds], centre.pool),
  judged: await count('case_retention WHERE case_id = ANY($1)', [caseIds], centre.pool),
  bodies: await count('commands WHERE case_id = ANY($1) AND body IS NOT NULL', [caseIds], centre.pool),
  keys: await count('case_keys WHERE case_id = ANY($1)', [caseIds], centre.keysPool)
})
const NO_TRACES = { rows: 0, tags: 0, judged: 0, bodies: 0, keys: 0 }

const markedOf = (batchId: string) => readMarkers({ ...server.centre, openCaseKey: () => null }, batchId)

describe('an approved batch', () => {
  test('is not begun before its cooling-off is over by the time of the centre', async () => {
    const caseIds = await keepSome(1)
    const batchId = await approve(caseIds)
    expect(await executeBatch(server.centre, batchId)).toMatchObject({ ok: false, error: { type: 'StillCooling' } })
    await executeDueBatches(server.centre, failed)
    expect((await batchNow(batchId))?.state).toBe('cooling')
    expect((await tracesOf(server, caseIds)).rows).toBe(1)
  })

  test('leaves nothing of its cases at the centre, and each desk hears of it', async () => {
    const [caseIds, other] = [await keepSome(5), await keep(plainCase(7))]
    const batchId = await approve(caseIds)
    coolOff()
    expect(await executeBatch(server.centre, batchId, 2)).toEqual({ ok: true, value: null })
    const batch = await batchNow(batchId)
    expect(batch?.state).toBe('verifying')
    expect(batch?.steps.slice(-2)).toMatchObject([
      { act: 'execute', by: null },
      { act: 'verify', by: null }
    ])
    expect(await tracesOf(server, caseIds)).toEqual(NO_TRACES)
    expect((await tracesOf(server, [other])).rows).toBe(1)
    const lines = await pull(await reader())
    expect(lines.flatMap((line) => (line.type === 'gone' ? [line.caseId] : [])).sort()).toEqual(caseIds)
  })

  test('that was executed is not executed again', async () => {
    const batchId = await approve(await keepSome(2))
    coolOff()
    await executeBatch(server.centre, batchId)
    const before = await batchNow(batchId)
    await executeDueBatches(server.centre, failed)
    expect(await executeBatch(server.centre, batchId)).toEqual({ ok: false, error: { type: 'NotApproved' } })
    expect(await batchNow(batchId)).toEqual(before)
  })

  test('is executed once by two app servers that begin at the same time', async () => {
    const caseIds = await keepSome(6)
    const batchId = await approve(caseIds)
    coolOff()
    const work = () => executeDueBatches(server.centre, () => undefined)
    await Promise.all([work(), work()])
    await work()
    expect(await tracesOf(server, caseIds)).toEqual(NO_TRACES)
    const lines = await pull(await reader())
    expect(lines.flatMap((line) => (line.type === 'gone' ? [line.caseId] : [])).sort()).toEqual(caseIds)
    expect((await batchNow(batchId))?.steps.map(({ act }) => act).slice(-2)).toEqual(['execute', 'verify'])
  })

  test('whose list was changed in the database is told, and nothing of it is destroyed', async () => {
    const [caseIds, more] = [await keepSome(1), await keep(plainCase(3))]
    const batchId = await approve(caseIds)
    const item = JSON.stringify({ ...testItem(more), exclusion: null })
    await server.centre.pool.query('INSERT INTO destruction_items VALUES ($1, $2, 1, $3)', [batchId, more, item])
    coolOff()
    const faults: unknown[] = []
    await executeDueBatches(server.centre, (fault) => faults.push(fault))
    expect(faults).toMatchObject([{ name: 'NotExecutableError', code: 'ListChanged' }])
    expect((await tracesOf(server, [...caseIds, more])).rows).toBe(2)
  })
})

describe('what is left of a destroyed case', () => {
  /** The tables of a database in which the text of some row has one of these. */
  async function tablesWith(pool: Pool, wanted: readonly string[]): Promise<string[]> {
    const { rows } = await pool.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
    )
    const found: string[] = []
    for (const { name } of rows) {
      const sql = `SELECT 1 FROM ${name} AS one WHERE one::text LIKE ANY($1::text[]) LIMIT 1`
      if ((await pool.query(sql, [wanted.map((text) => `%${text}%`)])).rowCount !== 0) found.push(name)
    }
    return found
  }
  const hexOf = async (pool: Pool, sql: string, caseId: string): Promise<string[]> =>
    (await pool.query<{ hex: string }>(`SELECT encode(${sql} = $1`, [caseId])).rows.map(({ hex }) => hex)

  test('is its id in the lists of what is gone and who did it; its bytes, its tags and its key are in no table', async () => {
    const { pool, keysPool } = server.centre
    const desk = await reader()
    const outbox = createTestOutbox(desk)
    const command = outbox.register()
    const { caseId } = command
    await push(desk, [command, outbox.correct(caseId, [{ field: 'applicant.phone', value: '01077778888' }])])
    await runRetention(server.centre, '11680')
    const bytes = [
      ...(await hexOf(pool, "sealed, 'hex') AS hex FROM cases WHERE id", caseId)),
      ...(await hexOf(pool, "tag, 'hex') AS hex FROM blind_indexes WHERE case_id", caseId)),
      ...(await hexOf(pool, "body, 'hex') AS hex FROM commands WHERE case_id", caseId)),
      ...(await hexOf(keysPool, "wrapped, 'hex') AS hex FROM case_keys WHERE case_id", caseId))
    ]
    expect(await tablesWith(pool, bytes)).toEqual(['blind_indexes', 'cases', 'commands'])
    expect(await tablesWith(keysPool, bytes)).toEqual(['case_keys'])
    const batchId = await approvedBatch(server, [testItem(caseId, { rev: 2 })])
    coolOff()
    expect(await executeBatch(server.centre, batchId)).toEqual({ ok: true, value: null })
    expect(await tablesWith(pool, bytes)).toEqual([])
    expect(await tablesWith(keysPool, bytes)).toEqual([])
    expect(await tablesWith(pool, [caseId])).toEqual([
      'batch_markers',
      'commands',
      'destruction_items',
      'gone_lines',
      'tombstones'
    ])
    expect(await tablesWith(keysPool, [caseId])).toEqual(['buried'])
  })
})

describe('what is not as it was approved drops out with a note', () => {
  const hold = { id: newUuid(), kind: 'audit', basis: '감사원법 제27조', placedBy: newUuid(), reason: '감사' } as const
  const open = { ...hold, placedAt: '2026-11-20T00:00:00.000Z', endsOn: null, release: null }

  test('a case with a newer revision, a hold, single fields, or that is not there any more', async () => {
    const [plain, edited, fields] = [await keep(plainCase(0)), await keep(plainCase(1)), await keep(plainCase(2))]
    const held = await keep({ ...plainCase(3), holds: [open] })
    const gone = newUuid()
    const items = [plain, edited, held, gone].map((caseId) => testItem(caseId))
    const batchId = await approvedBatch(server, [...items, testItem(fields, { parts: ['applicant.email'] })])
    await server.centre.pool.query('UPDATE cases SET rev = 2 WHERE id = $1', [edited])
    coolOff()
    await executeDueBatches(server.centre, failed)
    expect(await dropCauses(batchId)).toEqual(
      new Map(
        [
          [plain, null],
          [edited, 'changed'],
          [held, 'held'],
          [gone, 'gone'],
          [fields, 'fields']
        ].sort() as [string, string | null][]
      )
    )
    expect(await tracesOf(server, [plain])).toEqual(NO_TRACES)
    expect((await tracesOf(server, [edited, held, fields])).rows).toBe(3)
  })

  test('also when it changes after the execution has begun', async () => {
    const [first, second] = (await keepSome(2)) as [string, string]
    const batchId = await approve([first, second])
    coolOff()
    const desk = await reader()
    const outbox = createTestOutbox(desk)
    let isEdited = false
    const pool = new Proxy(server.centre.pool, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name)
        if (name !== 'connect') return typeof value === 'function' ? value.bind(of) : value
        return async () => {
          const { rows } = await of.query('SELECT 1 FROM tombstones')
          if (rows.length === 1 && !isEdited) {
            isEdited = true
            const edit = outbox.correct(second, [{ field: 'applicant.phone', value: '01077778888' }])
            expect(await push(desk, [edit])).toMatchObject([{ type: 'Applied' }])
          }
          return of.connect()
        }
      }
    })
    await executeBatch({ ...server.centre, pool }, batchId, 1)
    expect(await dropCauses(batchId)).toEqual(
      new Map([
        [first, null],
        [second, 'changed']
      ])
    )
    expect((await tracesOf(server, [second])).rows).toBe(1)
  })
})

describe('a backup that is restored', () => {
  test('of the cases brings nothing back; of the keys neither', async () => {
    const caseIds = await keepSome(3)
    const batchId = await approve(caseIds)
    const [oldCases, oldKeys] = [await copyDatabase(server.databaseUrl), await copyDatabase(server.keysDatabaseUrl)]
    coolOff()
    await executeDueBatches(server.centre, failed)
    const [newCases, newKeys] = [await copyDatabase(server.databaseUrl), await copyDatabase(server.keysDatabaseUrl)]
    const restored = await openTestCentre({ databaseUrl: oldCases, keysDatabaseUrl: newKeys, now: clock })
    opened.push(restored)
    expect(await tracesOf(restored, caseIds)).toEqual(NO_TRACES)
    await executeDueBatches(restored.centre, failed)
    const keysBack = await openTestCentre({ databaseUrl: newCases, keysDatabaseUrl: oldKeys, now: clock })
    opened.push(keysBack)
    expect(await tracesOf(keysBack, caseIds)).toEqual(NO_TRACES)
    expect((await batchNow(batchId))?.state).toBe('verifying')
  })
})

/** A process that executes the batch and is killed when so many of its writes are on the disk; true: it lived to the end. */
async function executeUntilKilled(batchId: string, writes: number): Promise<boolean> {
  const script = path.join(import.meta.dirname, '../testing/killed-execution.ts')
  const key = Buffer.from(revealSecret(TEST_MASTER_KEY)).toString('base64')
  const args = [script, server.databaseUrl, server.keysDatabaseUrl, key, clock(), batchId, String(writes)]
  const child = spawn(process.execPath, args)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (output !== 'DONE') expect([signal, output]).toEqual(['SIGKILL', ''])
  return output === 'DONE'
}

// Of each process the first write is its beginning, or finding that it has begun.
test.each([2, 3, 4])(
  'killed after every %i of its writes, an execution comes to the same end',
  {
    timeout: 120_000
  },
  async (writes) => {
    const caseIds = await keepSome(5)
    const batchId = await approve(caseIds)
    coolOff()
    let kills = 0
    while (!(await executeUntilKilled(batchId, writes))) kills += 1
    expect(kills).toBeGreaterThan(1)
    expect(await tracesOf(server, caseIds)).toEqual(NO_TRACES)
    const batch = await batchNow(batchId)
    expect(batch?.items.map(({ exclusion }) => exclusion)).toEqual(caseIds.map(() => null))
    expect(await markedOf(batchId)).toMatchObject({ cases: 5, unmarked: 0 })
    expect(batch?.steps.map(({ act }) => act).slice(-2)).toEqual(['execute', 'verify'])
    const lines = await pull(await reader())
    expect(lines.flatMap((line) => (line.type === 'gone' ? [line.caseId] : [])).sort()).toEqual(caseIds)
  }
)
