import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import type { GiveBackLine, GiveBackResponse } from '#shared/sync-protocol/give-back.ts'
import { rawCommandSchema } from '#shared/sync-protocol/push.ts'
import { type ReadCommand, readCommand } from '../commands/read-command.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { buryKeys } from '../destruction/buried-keys.ts'
import { entomb } from '../destruction/bury-cases.ts'
import { sealedBoxes } from '../keys/sodium.ts'
import { takeSeqs } from '../sync/district-stream.ts'
import { type Adoption, adoptCases, noteStanding } from './adopt-cases.ts'
import { leaveOut } from './close-gates.ts'
import { CentreRestoringError, readStand } from './gate.ts'
import { type Giver, type Heard, holdGate, mayGive } from './give-back-leave.ts'
import { parseJson, readGiveBackLine } from './give-back-line.ts'
import { openCompleteGates } from './open-gate.ts'
import { type RedoDeps, redoCommands } from './redo-commands.ts'
import { raiseDeviceSeq, restoreCommands } from './restore-commands.ts'

export interface GiveBackDeps extends RedoDeps, TimeDep {
  readonly pool: Pool
  readonly keysPool: Pool
}

type GiveBackError = Extract<ApiError, { type: 'RequestInvalid' }>
type From = Extract<GiveBackLine, { type: 'from' }>
type Sent = Extract<GiveBackLine, { type: 'sent' }>

/** Lines of one transaction. */
const BATCH = 200
/** A place that no stream of a district reaches; a PC that speaks of one is not believed. */
const FARTHEST = 2 ** 48

/** One giving back, of the restore that it answers to. */
interface Begun {
  readonly from: From
  readonly adoption: Adoption
  /** Where the stream stood when the first of the gates opened that the PC missed. */
  readonly openedSeq: number | null
  /** What it sends beside that is read and left. */
  readonly heard: Heard
}

/**
 * Takes what a PC gives back, while it comes. What was taken before a cut stays, and giving it again changes nothing; only
 * with its end it counts as the PC's report. The last report that is waited for opens the gate.
 */
export async function receiveGiveBack(
  deps: GiveBackDeps,
  giver: Giver,
  lines: AsyncIterable<readonly Buffer[]>
): Promise<Result<GiveBackResponse, GiveBackError>> {
  let begun: Begun | null = null
  const given = { commands: 0, cases: 0, tombstones: 0 }
  let ready: GiveBackLine[] = []
  let no = 0
  const take = async (): Promise<void> => {
    const batch = ready
    ready = []
    if (begun === null || begun.heard === 'nothing') return
    const heard = (await isHeardWhole(deps, begun)) ? batch : batch.filter(isSent)
    if (heard.length === 0) return
    const taken = await takeBatch(deps, begun.adoption, heard)
    given.commands += taken.commands
    given.cases += taken.cases
    given.tombstones += taken.tombstones
  }
  for await (const texts of lines) {
    for (const text of texts) {
      no += 1
      const line = readGiveBackLine(text)
      if (line === null || (line.type === 'from') !== (no === 1)) return invalid(`${no}`)
      if (line.type === 'from') {
        begun = await begin(deps, giver, line)
        if (begun === null) return invalid('1/generation')
      } else if (line.type === 'end' && begun !== null) {
        await take()
        if (begun.heard === 'nothing') await noteNumbers(deps, begun)
        else await end(deps, begun, given)
        return ok({ generation: begun.adoption.generation, cursor: begun.adoption.alikeUpTo, ...given })
      } else {
        ready.push(line)
        if (ready.length === BATCH) await take()
      }
    }
  }
  await take()
  return invalid(`${no + 1}`) // the stream was cut
}

const invalid = (line: string): Result<never, GiveBackError> =>
  err({ type: 'RequestInvalid', where: [`body/line/${line}`] })

/** null: the centre never was set back, or by another restore than the PC speaks of. */
async function begin(deps: GiveBackDeps, giver: Giver, from: From): Promise<Begun | null> {
  const stand = await readStand(deps.pool, giver)
  const { generation, alikeUpTo, missedSince, openedSeq } = stand
  if (generation === 0 || from.generation !== generation) return null
  // Late for a restore before this one: what was written meanwhile comes first, and other PCs may still bring it.
  if (stand.isClosed && openedSeq !== null) throw new CentreRestoringError('other PCs are heard before this one')
  const { deviceId, districtCode } = giver
  const begun = {
    from,
    adoption: { deviceId, districtCode, generation, now: deps.now(), alikeUpTo, missedSince },
    openedSeq
  }
  const heard = await mayGive(deps.pool, giver, stand)
  if (heard === 'nothing') return { ...begun, heard }
  await runTx(deps.pool, async (tx) => {
    await knowDevice(tx, giver, deps.now())
    await tx.query(
      `INSERT INTO restore_reports (generation, device_id, district_code, begun_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (generation, device_id) DO UPDATE SET
         begun_at = excluded.begun_at, commands = 0, cases = 0, tombstones = 0`,
      [generation, deviceId, districtCode, deps.now()]
    )
    if (from.cursor > stand.streamEnd && from.cursor < FARTHEST) {
      await leaveOut(tx, new Map([[districtCode, from.cursor]]))
    }
  })
  return { ...begun, heard }
}

const isSent = ({ type }: GiveBackLine): boolean => type === 'sent'

const isHeardWhole = async ({ pool }: GiveBackDeps, { adoption, heard }: Begun): Promise<boolean> =>
  heard === 'whole' || (heard === 'commands_once_open' && (await readStand(pool, adoption)).isClosed)

/** A PC that enrolled after the backup was made is unknown now; its receipt says that it was not then. */
async function knowDevice(
  tx: Parameters<typeof leaveOut>[0],
  { deviceId, districtCode }: Pick<Giver, 'deviceId' | 'districtCode'>,
  now: string
): Promise<void> {
  await tx.query(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version, was_given_back)
     SELECT $1, '-', $2, $3, a.id, $3, '-', true FROM accounts a WHERE a.district_code = $2
     ORDER BY (a.role = 'administrator') DESC, a.created_at LIMIT 1 ON CONFLICT (id) DO NOTHING`,
    [deviceId, districtCode, now]
  )
}

async function takeBatch(deps: GiveBackDeps, begun: Begun['adoption'], lines: readonly GiveBackLine[]) {
  const gone = lines.filter((line) => line.type === 'gone')
  const idsOf = (isScope: boolean) =>
    gone.flatMap(({ caseId, reason }) => ((reason === 'scope') === isScope ? [caseId] : []))
  const sent = lines.flatMap((line) =>
    line.type === 'sent' ? [{ raw: readSent(deps, begun, line), outcome: line.outcome ?? null }] : []
  )
  const records = lines.flatMap((line) => (line.type === 'case' ? [line.record] : []))
  const destroyed = await deps.keyRing.destroyedQuarantine(sent.map(({ raw }) => raw.id))
  const tombstones = await buryOnItsWord(deps, begun, idsOf(false))
  return runTx(
    deps.pool,
    async (tx) => {
      await holdGate(tx, begun)
      const cases = await adoptCases(tx, deps, begun, records)
      const commands = await restoreCommands(tx, deps, begun, { sent, destroyed })
      await showAgain(tx, begun, idsOf(true))
      return { cases, commands, tombstones }
    },
    { retryUniqueViolation: true }
  )
}

/** Cases that the PC let go of for another district, and that are this district's here: it receives them anew. */
async function showAgain(tx: Tx, adoption: Adoption, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return
  const { districtCode, generation } = adoption
  const { rows } = await tx.query<{ id: string; rev: number; is_unwritten: boolean }>(
    `SELECT c.id, c.rev, c.seq <= coalesce(g.opened_seq, c.seq) AS is_unwritten
     FROM cases c JOIN restore_gates g ON g.district_code = c.district_code AND g.generation = $3
     WHERE c.id = ANY($1::uuid[]) AND c.district_code = $2 ORDER BY c.id FOR UPDATE OF c`,
    [caseIds, districtCode, generation]
  )
  const firstSeq = await takeSeqs(tx, { districtCode, count: rows.length })
  await tx.query(
    'UPDATE cases SET seq = given.seq FROM unnest($1::uuid[], $2::bigint[]) AS given (id, seq) WHERE cases.id = given.id',
    [rows.map(({ id }) => id), rows.map((_, index) => firstSeq + index)]
  )
  await noteStanding(
    tx,
    adoption,
    rows.filter((row) => row.is_unwritten)
  )
}

/** What lies sealed at the PC counts as the command only if it is the one that stands beside it. */
function readSent({ keyRing }: GiveBackDeps, { deviceId }: Begun['adoption'], line: Sent): ReadCommand {
  const opened =
    line.sealed === undefined ? null : sealedBoxes.open(keyRing.rescueBox, Buffer.from(line.sealed, 'base64'))
  const raw = opened === null ? undefined : rawCommandSchema.safeParse(parseJson(Buffer.from(opened))).data
  const isSame = raw?.id === line.command.id && raw.deviceSeq === line.command.deviceSeq
  return readCommand(isSame ? raw : line.command, { deviceId, sentBy: null })
}

/**
 * A burial that only a PC remembers takes the case out of use, and destroys nothing: its key stays until somebody who may
 * destroy says so. In the stream, such a case is withdrawn.
 */
async function buryOnItsWord(
  deps: GiveBackDeps,
  adoption: Begun['adoption'],
  caseIds: readonly string[]
): Promise<number> {
  if (caseIds.length === 0) return 0
  const { districtCode, deviceId, now } = adoption
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT id FROM unnest($1::uuid[]) AS given (id)
     WHERE NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.case_id = given.id)
       AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = given.id AND c.district_code <> $2)`,
    [caseIds, districtCode]
  )
  const open = rows.map((row) => row.id)
  await buryKeys(deps.keysPool, {
    cases: open.map((caseId) => ({ caseId, districtCode, reason: 'withdrawn' as const })),
    now
  })
  await runTx(deps.pool, (tx) =>
    entomb(tx, { districtCode, caseIds: open, reason: 'withdrawn', now, onWordOf: deviceId })
  )
  return open.length
}

/** A PC of which nothing is taken numbers on all the same: it would wait for a centre that knows the numbers it was answered. */
const noteNumbers = (deps: GiveBackDeps, { from, adoption: { deviceId } }: Begun): Promise<void> =>
  runTx(deps.pool, (tx) => raiseDeviceSeq(tx, { deviceId, deviceSeq: from.deviceSeq }))

async function end(
  deps: GiveBackDeps,
  { from, adoption, openedSeq: firstOpened }: Begun,
  given: { commands: number; cases: number; tombstones: number }
): Promise<void> {
  const { generation, missedSince, deviceId, districtCode } = adoption
  const settle = async (tx: Tx): Promise<void> => {
    const openedSeq = await holdGate(tx, adoption)
    await raiseDeviceSeq(tx, { deviceId, deviceSeq: from.deviceSeq })
    await tx.query(
      `UPDATE restore_reports SET ended_at = $3, commands = $4, cases = $5, tombstones = $6
       WHERE generation = $1 AND device_id = $2`,
      [generation, deviceId, deps.now(), given.commands, given.cases, given.tombstones]
    )
    if (openedSeq === null) return
    const since = { openedSeq: Math.min(openedSeq, firstOpened ?? openedSeq), isLongAway: missedSince < generation }
    await redoCommands(tx, deps, { districtCode, generation, ...since, now: deps.now() })
  }
  await runTx(deps.pool, settle, { retryUniqueViolation: true })
  await openCompleteGates(deps)
}
