import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 as newUuid } from 'uuid'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { redact } from '#shared/foundation/redacted.ts'
import { type Centre, openCentre } from '../../server/centre.ts'
import { createPool } from '../../server/db/pool.ts'
import { executeBatch } from '../../server/destruction/execute-batch.ts'
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts'
import { nodeCipher } from '../../server/keys/node-crypto.ts'
import { rehearseRotation, rotateKeys } from '../../server/keys/rotate-keys.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { DISTRICT } from './bench-store.ts'
import { round, say } from './measure.ts'

export interface DestructionOptions {
  readonly seed: number
  /** That are destroyed, of twice as many. */
  readonly cases: number
  readonly keys: number
}

const TODAY = '2026-11-20'
const MASTER_KEY = redact(new Uint8Array(32).fill(3))
const NEW_MASTER_KEY = redact(new Uint8Array(32).fill(4))
const KEYS_A_STEP = 20_000

/** What destroying cases costs at the centre, and what it costs to make older backups of their keys useless. */
export async function benchDestruction({ seed, cases, keys }: DestructionOptions) {
  const dir = mkdtempSync(path.join(tmpdir(), 'mnk-bench-destruction-'))
  const postgres = await startEmbeddedPostgres({ dir })
  try {
    const [databaseUrl, keysDatabaseUrl] = [
      await postgres.createDatabase('cases'),
      await postgres.createDatabase('keys')
    ]
    const centre = await openCentre({
      ...{ databaseUrl, keysDatabaseUrl, masterKey: MASTER_KEY, newId: newUuid },
      now: () => new Date().toISOString(),
      onFault: (fault) => say(String(fault))
    })
    const burial = await burials(centre, { seed, cases })
    say(`making ${keys} keys`)
    for (let made = 0; made < keys; made += KEYS_A_STEP)
      await centre.keyRing.ensureCaseKeys(Array.from({ length: KEYS_A_STEP }, () => newUuid()))
    await centre.drain()
    await centre.close()
    return { burial, rotation: await rotations(keysDatabaseUrl) }
  } finally {
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function burials(centre: Centre, { seed, cases }: Pick<DestructionOptions, 'seed' | 'cases'>) {
  say(`seeding ${2 * cases} cases, of which ${cases} are destroyed`)
  const recordOf = createCaseGenerator({ seed, districtCodes: [DISTRICT], today: TODAY, count: 2 * cases })
  await seedCentre(
    centre,
    Array.from({ length: 2 * cases }, (_, no) => recordOf(no))
  )
  const batchId = newUuid()
  await putExecuting(centre, { batchId, cases })
  const measured = await clocked(() => executeBatch(centre, batchId))
  const { rows } = await centre.pool.query<{ count: number }>('SELECT count(*) AS count FROM tombstones')
  const destroyed = rows[0]?.count ?? 0
  return { destroyed, ...measured, casesASecond: Math.round(destroyed / measured.seconds) }
}

/** As an approved batch is once it has begun; its approval costs nothing here. */
async function putExecuting({ pool }: Centre, { batchId, cases }: { batchId: string; cases: number }): Promise<void> {
  const head = { id: batchId, districtCode: DISTRICT, state: 'executing', rev: 7, steps: [], approval: null }
  await pool.query('INSERT INTO destruction_batches VALUES ($1, $2, $3, 1, $4)', [
    ...[batchId, DISTRICT, 'executing', JSON.stringify(head)]
  ])
  const rest = { parts: 'case', cause: 'term_over', dueOn: TODAY, recordsUntil: TODAY, exclusion: null }
  await pool.query(
    `INSERT INTO destruction_items SELECT $1, id, 1, $2::jsonb || jsonb_build_object('caseId', id, 'rev', rev)
     FROM cases WHERE seq % 2 = 0 LIMIT $3`,
    [batchId, JSON.stringify(rest), cases]
  )
}

async function rotations(connectionString: string) {
  const keysPool = createPool({ connectionString, applicationName: 'bench', onIdleError: () => undefined })
  const deps = {
    ...{ keysPool, cipher: nodeCipher, masterKey: MASTER_KEY },
    now: () => new Date().toISOString(),
    onProgress: () => undefined
  }
  try {
    const { rows } = await keysPool.query<{ count: number }>('SELECT count(*) AS count FROM case_keys')
    say('rotating the keys')
    const rehearsal = await clocked(() => rehearseRotation(deps))
    return { keys: rows[0]?.count ?? 0, rehearsal, ...(await clocked(() => rotateKeys(deps, NEW_MASTER_KEY))) }
  } finally {
    await keysPool.end()
  }
}

/** By the clock, and of this process alone: PostgreSQL works beside it. */
async function clocked(work: () => Promise<unknown>): Promise<{ seconds: number; cpuSeconds: number }> {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: round((performance.now() - began) / 1000), cpuSeconds: round((user + system) / 1_000_000) }
}
