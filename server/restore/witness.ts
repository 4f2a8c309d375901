import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Pool } from '../db/pool.ts'

/**
 * The keys database bears witness of how far each district's stream has gone: apart from the cases, so that a cases
 * database which is set back finds itself behind. Only committed places are ever written, and never a smaller one.
 */
export interface Witness {
  /** The district's stream has gone on to here: soon written down, several together. */
  note(districtCode: string, cursor: number): void
  flush(): Promise<void>
  close(): Promise<void>
}

export interface WitnessDeps extends TimeDep {
  readonly keysPool: Pool
  /** The witness had seen more of these districts than the app server knows of. */
  readonly onAhead: (districtCodes: readonly string[]) => Promise<void>
  readonly onFault: (fault: unknown) => void
}

/** A few writes a second, however many commits there are. */
const WRITE_MS = 300

export function createWitness(deps: WitnessDeps): Witness {
  const dirty = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const write = async (): Promise<void> => {
    if (dirty.size === 0) return
    const noted = new Map(dirty)
    dirty.clear()
    const seen = await writeWitness(deps, noted)
    const ahead = [...seen].filter(([code, seq]) => seq > (noted.get(code) ?? 0)).map(([code]) => code)
    if (ahead.length > 0) await deps.onAhead(ahead)
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write).catch(deps.onFault)
    return writing
  }
  return {
    note: (districtCode, cursor) => {
      dirty.set(districtCode, Math.max(cursor, dirty.get(districtCode) ?? 0))
      timer ??= setTimeout(() => void flush(), WRITE_MS)
    },
    flush,
    close: flush
  }
}

async function writeWitness(
  { keysPool, now }: WitnessDeps,
  noted: ReadonlyMap<string, number>
): Promise<Map<string, number>> {
  const { rows } = await keysPool.query<{ district_code: string; last_seq: number }>(
    `INSERT INTO witness (district_code, last_seq, generation, at)
     SELECT district_code, last_seq, 0, $3 FROM unnest($1::text[], $2::bigint[]) AS given (district_code, last_seq)
     ON CONFLICT (district_code) DO UPDATE SET last_seq = greatest(witness.last_seq, excluded.last_seq), at = excluded.at
     RETURNING district_code, last_seq`,
    [[...noted.keys()], [...noted.values()], now()]
  )
  return new Map(rows.map((row) => [row.district_code, row.last_seq]))
}

/** What the witness has seen of each district, and of how many restores. */
export async function readWitness(keysPool: Pool): Promise<{ seqs: ReadonlyMap<string, number>; generation: number }> {
  const { rows } = await keysPool.query<{ district_code: string; last_seq: number; generation: number }>(
    'SELECT district_code, last_seq, generation FROM witness'
  )
  return {
    seqs: new Map(rows.map((row) => [row.district_code, row.last_seq])),
    generation: Math.max(0, ...rows.map((row) => row.generation))
  }
}

/** So that no later restore is counted like an earlier one that was itself lost. */
export async function noteGeneration(
  { keysPool, now }: Pick<WitnessDeps, 'keysPool' | 'now'>,
  generation: number,
  districtCodes: readonly string[]
): Promise<void> {
  await keysPool.query(
    `INSERT INTO witness (district_code, last_seq, generation, at)
     SELECT district_code, 0, $2, $3 FROM unnest($1::text[]) AS given (district_code)
     ON CONFLICT (district_code) DO UPDATE SET generation = greatest(witness.generation, excluded.generation)`,
    [districtCodes, generation, now()]
  )
}
