import { v7 as newUuid } from 'uuid'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type Centre, openCentre } from '../../server/centre.ts'
import { type ConfigInvalid, readDatabaseConfig } from '../../server/config.ts'
import { openDatabases } from '../../server/database-access.ts'
import { MasterKeyWrongError } from '../../server/keys/epochs.ts'
import { KeysOfAnotherCentreError } from '../../server/keys/key-ring.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'

/** The cases are there: the same seed was put into this centre before. */
export interface CasesAlreadyThere {
  readonly type: 'CasesAlreadyThere'
}

/** Nobody answers at the database's address, or it does not let us in; `code` is PostgreSQL's or the system's. */
export interface CentreUnreachable {
  readonly type: 'CentreUnreachable'
  readonly code: string
}

/** The databases and the master key do not belong together. */
export interface CentreKeysWrong {
  readonly type: 'CentreKeysWrong'
}

export type CentreProblem = ConfigInvalid | CasesAlreadyThere | CentreUnreachable | CentreKeysWrong

/** Who handles the cases of each 자치구 at the centre. */
export type StaffByDistrict = ReadonlyMap<string, readonly string[]>

export interface CentreJob {
  /** null: as the environment says, or the embedded one. */
  readonly url: string | null
  readonly dataDir: string | null
  readonly env: NodeJS.ProcessEnv
  /** The cases, handled by the officials that the centre has. */
  readonly records: (staff: StaffByDistrict) => Iterable<CaseRecord>
}

const UNIQUE_VIOLATION = '23505'

/** Seals the cases into the centre, district by district, as if they had been taken in there. */
export async function intoCentre(job: CentreJob): Promise<Result<number, CentreProblem>> {
  const config = readDatabaseConfig(environmentOf(job), job.dataDir ?? undefined)
  if (!config.ok) return config
  const databases = await openDatabases(config.value)
  try {
    const centre = await openCentre({
      ...databases,
      now: () => new Date().toISOString(),
      newId: () => newUuid(),
      onFault: (fault) => process.stderr.write(`the centre's line failed: ${nameOf(fault)}\n`)
    })
    try {
      return ok(await seedCentre(centre, job.records(await caseworkers(centre))))
    } finally {
      await centre.drain()
      await centre.close()
    }
  } catch (fault) {
    const problem = problemOf(fault)
    if (problem === null) throw fault
    return err(problem)
  } finally {
    await databases.stop()
  }
}

function environmentOf({ url, dataDir, env }: CentreJob): NodeJS.ProcessEnv {
  if (dataDir !== null) return { ...env, DATABASE_URL: undefined, KEYS_DATABASE_URL: undefined }
  return url === null ? env : { ...env, DATABASE_URL: url }
}

async function caseworkers({ pool }: Centre): Promise<StaffByDistrict> {
  const { rows } = await pool.query<{ district_code: string; ids: string[] }>(
    `SELECT district_code, array_agg(id::text ORDER BY login) AS ids FROM accounts
     WHERE role = 'caseworker' AND disabled_at IS NULL GROUP BY district_code`
  )
  return new Map(rows.map((row) => [row.district_code, row.ids]))
}

/** Connection refused, host unknown, timed out; 28: not let in; 3D: no such database; 57: shutting down. */
const UNREACHABLE = /^(ECONN|ENOTFOUND|ETIMEDOUT|EAI_|28|3D|57)/

function problemOf(fault: unknown): CentreProblem | null {
  if (fault instanceof MasterKeyWrongError || fault instanceof KeysOfAnotherCentreError)
    return { type: 'CentreKeysWrong' }
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  if (code === UNIQUE_VIOLATION) return { type: 'CasesAlreadyThere' }
  return UNREACHABLE.test(code) ? { type: 'CentreUnreachable', code } : null
}

const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : 'unknown fault')
