import type { Cipher } from '#shared/cipher/cipher.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import type { Redacted } from '#shared/foundation/redacted.ts'
import { createHourlyAnchors } from './access-log/anchors.ts'
import { createPasswordHasher, type PasswordHasher } from './accounts/password.ts'
import { standingSessions } from './accounts/sessions.ts'
import { createTurnsByKey } from './accounts/turns.ts'
import { createPushLanes, type PushLanes } from './commands/push-lanes.ts'
import { migrate } from './db/migrate.ts'
import { CASES_MIGRATIONS, KEYS_MIGRATIONS } from './db/migrations/index.ts'
import { createPool, type Pool } from './db/pool.ts'
import { type KeyRing, openKeyRing } from './keys/key-ring.ts'
import { nodeCipher } from './keys/node-crypto.ts'
import { KEYS_APPLICATION } from './keys/rotate-keys.ts'
import { loadHeldPolicies } from './policies.ts'
import { closeGates } from './restore/close-gates.ts'
import { findRestore, isBehind } from './restore/find-restore.ts'
import { openCompleteGates } from './restore/open-gate.ts'
import { createWitness } from './restore/witness.ts'
import { createPartCache, type PartCache } from './snapshot/part-cache.ts'
import { destroyExpiredSnapshots, SNAPSHOT_LIMITS, type SnapshotLimits } from './snapshot/snapshots.ts'
import type { PageLines } from './sync/change-page.ts'
import { streamEnd, streamEnds, tellSessionsEnded } from './sync/district-stream.ts'
import { PACKED_FROM } from './sync/packed-stream.ts'
import { createPageStore, type PageStore } from './sync/page-store.ts'
import { createPokeHub, type PokeHub } from './sync/poke-hub.ts'
import { createSingleFlight, type SingleFlight } from './sync/single-flight.ts'

export interface CentreOptions extends TimeDep, IdDep {
  /** The cases database. */
  readonly databaseUrl: string
  /** The keys database: another one, backed up apart. */
  readonly keysDatabaseUrl: string
  readonly masterKey: Redacted<Uint8Array>
  /** Something failed that no request waits for. */
  readonly onFault: (fault: unknown) => void
  readonly hasher?: PasswordHasher
  /** `code` unless said: a PC that the centre does not know needs a one-time code of an administrator. */
  readonly enrolment?: 'open' | 'code'
  readonly sessionHours?: number
  /** From one address; a whole office may share one. */
  readonly signInsAMinute?: number
  readonly poolSize?: number
  readonly heartbeatMs?: number
  /** From how many cases on, and up to how many, a district is made ready for a first download. */
  readonly snapshotLimits?: SnapshotLimits
  /** From so many changes on a pull comes in packed pages. */
  readonly packedFrom?: number
}

/** An open centre: what the routes work with. */
export interface Centre extends TimeDep, IdDep {
  readonly pool: Pool
  readonly keysPool: Pool
  readonly cipher: Cipher
  readonly keyRing: KeyRing
  readonly policies: readonly PolicyRegister[]
  readonly hasher: PasswordHasher
  readonly pushLanes: PushLanes
  readonly pokeHub: PokeHub
  readonly pages: PageStore
  readonly centreId: string
  readonly enrolment: 'open' | 'code'
  readonly sessionHours: number
  readonly signInsAMinute: number | null
  readonly snapshotLimits: SnapshotLimits
  readonly snapshotParts: PartCache
  readonly packedFrom: number
  readonly signInTurns: ReturnType<typeof createTurnsByKey>
  readonly sharedPages: SingleFlight<PageLines>
  /** Ends the event streams of desks whose session no longer stands. */
  endDeadPokes(): Promise<void>
  /** Writes down at once how far the streams have gone. */
  flushWitness(): Promise<void>
  isClosing(): boolean
  /** Ends the event streams, so that open requests run out. */
  drain(): Promise<void>
  close(): Promise<void>
}

/**
 * Connects to both databases, brings them to the newest version and opens the keys.
 * @throws DatabaseFromFutureError, MigrationAlteredError, MasterKeyWrongError, KeysOfAnotherCentreError
 */
export async function openCentre(options: CentreOptions): Promise<Centre> {
  const { now, newId, onFault, poolSize } = options
  const poolOptions = { onIdleError: onFault, ...(poolSize !== undefined && { max: poolSize }) }
  const pool = createPool({ connectionString: options.databaseUrl, applicationName: 'mnk-centre', ...poolOptions })
  const keysPool = createPool({
    connectionString: options.keysDatabaseUrl,
    applicationName: KEYS_APPLICATION,
    ...poolOptions
  })
  const endPools = async () => {
    await Promise.all([pool.end(), keysPool.end()])
  }
  try {
    await Promise.all([migrate(pool, CASES_MIGRATIONS), migrate(keysPool, KEYS_MIGRATIONS)])
    const centreId = await readCentreId(pool)
    const keyRing = await openKeyRing({ keysPool, cipher: nodeCipher, masterKey: options.masterKey, centreId })
    const policies = loadHeldPolicies()
    const base = {
      pool,
      keysPool,
      keyRing,
      centreId,
      now,
      newId,
      cipher: nodeCipher,
      policies,
      pages: createPageStore({ pool, keyRing, cipher: nodeCipher, now }),
      pushLanes: createPushLanes({ pool, keyRing, cipher: nodeCipher, policies, now }),
      hasher: options.hasher ?? createPasswordHasher(),
      enrolment: options.enrolment ?? 'code',
      sessionHours: options.sessionHours ?? 12,
      signInsAMinute: options.signInsAMinute ?? null,
      snapshotLimits: options.snapshotLimits ?? SNAPSHOT_LIMITS,
      snapshotParts: createPartCache(),
      sharedPages: createSingleFlight<PageLines>(),
      packedFrom: options.packedFrom ?? PACKED_FROM,
      signInTurns: createTurnsByKey({ atOnce: 1, waiting: 50 })
    }
    await findRestore(base)
    await openCompleteGates(base)
    return await withPokes(base, options, endPools)
  } catch (fault) {
    await endPools()
    throw fault
  }
}

type Base = Omit<Centre, 'pokeHub' | 'endDeadPokes' | 'flushWitness' | 'isClosing' | 'drain' | 'close'>

async function withPokes(base: Base, options: CentreOptions, endPools: () => Promise<void>): Promise<Centre> {
  const { pool, now } = base
  let closing = false
  const endDeadPokes = async () => {
    const desks = pokeHub.connected()
    if (desks.length === 0) return
    const standing = await standingSessions(pool, { tokenHashes: desks.map((desk) => desk.tokenHash), now: now() })
    pokeHub.disconnect((desk) => !standing.has(Buffer.from(desk.tokenHash).toString('hex')))
  }
  const witness = createWitness({
    ...base,
    onAhead: async (districtCodes) => {
      if (await isBehind(base, districtCodes)) await closeGates(base, { cause: 'witness' })
    },
    onFault: options.onFault
  })
  const flushWitness = async (): Promise<void> => {
    for (const [code, end] of await streamEnds(pool)) witness.note(code, end)
    await witness.flush()
  }
  const anchorHourly = createHourlyAnchors({ ...base, monotonicMs: () => performance.now() })
  const pokeHub: PokeHub = await createPokeHub({
    connectionString: options.databaseUrl,
    streamEnd: (districtCode) => streamEnd(pool, districtCode),
    onHeartbeat: async () => {
      base.pages.dropOld()
      await Promise.all([endDeadPokes(), destroyExpiredSnapshots(base), anchorHourly()])
    },
    onMoved: witness.note,
    onFound: flushWitness,
    onFault: options.onFault,
    ...(options.heartbeatMs !== undefined && { heartbeatMs: options.heartbeatMs })
  })
  return {
    ...base,
    pokeHub,
    endDeadPokes: async () => {
      await endDeadPokes()
      await tellSessionsEnded(pool) // the other app servers
    },
    flushWitness,
    isClosing: () => closing,
    drain: async () => {
      closing = true
      await pokeHub.close()
    },
    close: async () => {
      await witness.close()
      await base.pages.close()
      await endPools()
    }
  }
}

async function readCentreId(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM centre')
  if (rows[0] === undefined) throw new Error('the cases database has no identity')
  return rows[0].id
}
