import { z } from 'zod'
import { districtCodeSchema } from '#shared/foundation/primitives.ts'
import type { DatabaseAccess } from '../database-access.ts'
import { migrate } from '../db/migrate.ts'
import { KEYS_MIGRATIONS } from '../db/migrations/index.ts'
import { createPool } from '../db/pool.ts'
import { settleCopies } from '../destruction/copy-ledger.ts'
import { executeDueBatches } from '../destruction/execution-job.ts'
import { listCopies } from '../destruction/list-copies.ts'
import { listSigningKeys } from '../destruction/signing-keys.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { type RotateDeps, rehearseRotation, rotateKeys } from '../keys/rotate-keys.ts'
import { type Answer, type CliCommand, done, fail } from './command.ts'
import { withCentre } from './with-centre.ts'

/** What is destroyed at the centre, and what makes it unreadable in older backups. */
export const DESTRUCTION_COMMANDS: Readonly<Record<string, CliCommand>> = {
  destruction: {
    argument: 'ACT',
    run: async (databases, { argument, options }) => {
      const act = z.enum(['run', 'status']).safeParse(argument)
      const district = districtCodeSchema.safeParse(options.district)
      if (!act.success || !district.success) return fail('Not usable: run or status, or --district (five digits).')
      return withCentre(databases, async (centre) => {
        const faults: unknown[] = []
        if (act.data === 'run') {
          await executeDueBatches(centre, (fault) => faults.push(fault))
          await settleCopies(centre)
        }
        const batches = await listCopies(centre.pool, { districtCode: district.data })
        const text = JSON.stringify(batches, null, 2)
        return faults.length === 0 ? done(text) : fail(`${faults.length} batches could not be executed.\n${text}`)
      })
    }
  },
  'signing-keys': {
    argument: null,
    run: async (databases, { options }) => {
      const district = districtCodeSchema.safeParse(options.district)
      if (!district.success) return fail('Not usable: --district (five digits).')
      return withCentre(databases, async ({ pool }) =>
        done(JSON.stringify(await listSigningKeys(pool, district.data), null, 2))
      )
    }
  },
  keys: {
    argument: 'ACT',
    run: async (databases, { argument }) => {
      const act = z.enum(['rotate', 'rehearse']).safeParse(argument)
      if (!act.success) return fail('Not usable: rotate or rehearse.')
      return withKeys(databases, (deps) => KEY_ACTS[act.data](databases, deps))
    }
  }
}

const KEY_ACTS: Record<'rotate' | 'rehearse', (databases: DatabaseAccess, deps: RotateDeps) => Promise<Answer>> = {
  rehearse: async (_databases, deps) => {
    const begun = performance.now()
    const { keys } = await rehearseRotation(deps)
    return done(
      `${keys} keys open and could be rotated; sealing them took ${secondsSince(begun)} s. Nothing was written.`
    )
  },
  rotate: async (databases, deps) => {
    const newMasterKey = databases.newMasterKey()
    if (newMasterKey === null) return fail('Not usable: MNK_NEW_MASTER_KEY (32 other bytes in base64) is not set.')
    const begun = performance.now()
    const rotated = await rotateKeys(deps, newMasterKey)
    if (!rotated.ok) return fail('The centre is running: stop every app server first.')
    databases.adoptNewMasterKey()
    return done(
      `${rotated.value.keys} keys were rotated in ${secondsSince(begun)} s. The old master key opens nothing any more but ` +
        'older backups: destroy it wherever it is kept.'
    )
  }
}

const secondsSince = (begun: number): string => ((performance.now() - begun) / 1000).toFixed(1)

/** The keys database alone, under a name of its own: a running centre is told by its. */
async function withKeys(
  { keysDatabaseUrl, masterKey }: DatabaseAccess,
  work: (deps: RotateDeps) => Promise<Answer>
): Promise<Answer> {
  const keysPool = createPool({
    connectionString: keysDatabaseUrl,
    applicationName: 'mnk-key-rotation',
    onIdleError: () => undefined // the next statement fails and is reported
  })
  try {
    await migrate(keysPool, KEYS_MIGRATIONS)
    const onProgress = (keys: number): void => void process.stderr.write(`${keys} keys\n`)
    return await work({ keysPool, cipher: nodeCipher, masterKey, now: () => new Date().toISOString(), onProgress })
  } finally {
    await keysPool.end()
  }
}
