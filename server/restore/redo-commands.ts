import { applyChanges } from '#shared/commands/change.ts'
import { type Command, commandSchema } from '#shared/commands/command.ts'
import { decide } from '#shared/commands/decide.ts'
import type { Actor, Role } from '#shared/domain/account/account.ts'
import type { CaseRecord, VersionedField } from '#shared/domain/case/case.ts'
import { fieldRev } from '#shared/domain/case/standing-value.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { lockApplicationNumbers } from '../cases/application-no.ts'
import { type CaseRow, lockCaseRows, tryRowToCase } from '../cases/case-rows.ts'
import type { Tx } from '../db/run-tx.ts'
import { keptContext } from '../quarantine/keep-out.ts'
import { type AdoptDeps, writeRecords } from './adopt-cases.ts'
import { redoBatchCommands } from './redo-batch-commands.ts'
import { unreadableAmong } from './wanted-cases.ts'

export interface RedoDeps extends AdoptDeps {
  readonly policies: readonly PolicyRegister[]
}

export interface Redo {
  readonly districtCode: string
  readonly generation: number
  /** Where the stream stood when the gate opened; null: it is opening now. */
  readonly openedSeq: number | null
  /** The PC was away over an earlier restore too: what others brought after this one is another line of history. */
  readonly isLongAway: boolean
  readonly now: string
}

/**
 * Of those given back and not looked at yet: the case is not there, or an earlier state of it (also below what was done
 * again on it before), or one that was written after the gate opened, or one that does not open. A record that came back
 * at this revision or a later one has in it what the command did. Of a buried case nothing is done.
 */
const LOST = `
SELECT c.id, c.case_id, (c.outcome->>'rev')::integer AS rev, c.body, s.district_code <> $2 AS is_elsewhere
FROM commands c LEFT JOIN cases s ON s.id = c.case_id JOIN devices d ON d.id = c.device_id
LEFT JOIN redone_cases r ON r.case_id = c.case_id AND r.generation = $1
LEFT JOIN restore_gates g ON g.district_code = s.district_code AND g.district_code <> $2 AND g.generation = $1
WHERE c.given_back = $1 AND c.body IS NOT NULL AND c.redone_at IS NULL AND d.district_code = $2
  AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.case_id = c.case_id)
  AND (s.id IS NULL OR (c.outcome->>'rev')::integer > coalesce(r.rev, s.rev) OR s.seq > g.opened_seq
    OR (s.district_code = $2 AND (($3::bigint IS NOT NULL AND s.seq > $3) OR s.id = ANY($4::uuid[]))))
  AND NOT EXISTS (SELECT 1 FROM adopted_cases a WHERE a.case_id = c.case_id AND a.generation = $1
    AND (NOT $5::boolean OR a.device_id = c.device_id) AND a.rev >= (c.outcome->>'rev')::integer)
ORDER BY (c.outcome->>'seq')::bigint`

const SETTLE = `
UPDATE commands c SET redone_at = $3 FROM devices d
WHERE d.id = c.device_id AND d.district_code = $2 AND c.given_back = $1 AND c.redone_at IS NULL`

/** Cases that are opened at a time. */
const PAGE = 1_000

interface LostRow {
  id: string
  case_id: string
  rev: number
  body: Uint8Array
  /** null: there is no such case. */
  is_elsewhere: boolean | null
}

/**
 * Commands whose answer came back, but in no record what they did: no PC had received it yet, or the record that has it
 * came too late. They are decided again on what stands, in their old order, with both values kept where they meet others.
 * One that the rules do not take any more is handed to the people of the district, one whose case another district keeps to
 * those of that one.
 */
export async function redoCommands(
  tx: Tx,
  deps: RedoDeps,
  { districtCode, generation, openedSeq, isLongAway, now }: Redo
): Promise<void> {
  const closed = await closedCases(tx, deps, { districtCode, generation })
  const actors = await actorsOf(tx, districtCode)
  await redoBatchCommands(tx, { districtCode, generation, now, actors })
  const { rows: lost } = await tx.query<LostRow>(LOST, [generation, districtCode, openedSeq, closed, isLongAway])
  await tx.query(SETTLE, [generation, districtCode, now])
  if (lost.length === 0) return
  const caseIds = [...new Set(lost.map((row) => row.case_id))]
  const rows = new Map((await lockCaseRows(tx, caseIds)).map((row) => [row.id, row]))
  const keys = await deps.keyRing.caseKeys(caseIds)
  const known = new Map([...rows].map(([id, row]) => [id, openRow(deps, keys.get(id), row)] as const))
  const commands = lost.flatMap((row): Lost[] => {
    const command = openCommand(deps, keys.get(row.case_id), row)
    return command === null ? [] : [{ command, rev: row.rev, isElsewhere: row.is_elsewhere === true }]
  })
  const own = commands.filter(({ isElsewhere }) => !isElsewhere)
  const numbers = await numbersFor(tx, districtCode, { commands: own, rows })
  const { changed, handedOver } = decideAgain(own, {
    known,
    policies: deps.policies,
    actorOf: (id) => actors.get(id) ?? { id, role: 'caseworker', districtCode },
    numberOf: numbers.of
  })
  await numbers.save(tx)
  await noteRedone(tx, generation, { caseIds: [...changed.keys()], known })
  await writeRecords(tx, deps, { districtCode, now, records: [...changed.values()], rows, known, keys })
  const elsewhere = commands.flatMap(({ command, isElsewhere }) => (isElsewhere ? [command] : []))
  await handToDistrict(tx, deps, { districtCode, commands: [...elsewhere, ...handedOver], now })
}

/** As a record a case stood only as high as it did before the first of its commands was done again. */
async function noteRedone(
  tx: Tx,
  generation: number,
  { caseIds, known }: { caseIds: readonly string[]; known: ReadonlyMap<string, CaseRecord | null> }
): Promise<void> {
  await tx.query(
    `INSERT INTO redone_cases (case_id, generation, rev)
     SELECT case_id, $1, rev FROM unnest($2::uuid[], $3::integer[]) AS redone (case_id, rev) ON CONFLICT DO NOTHING`,
    [generation, caseIds, caseIds.map((id) => known.get(id)?.rev ?? 0)]
  )
}

/** A command to be done again, with the revision that it had been given. */
interface Lost {
  readonly command: Command
  readonly rev: number
  /** Another district keeps the case. */
  readonly isElsewhere: boolean
}

interface DecidingAgain {
  /** null: the case does not open. */
  readonly known: ReadonlyMap<string, CaseRecord | null>
  readonly policies: readonly PolicyRegister[]
  readonly actorOf: (accountId: string) => Actor
  /** The number of a case that is made anew. */
  readonly numberOf: (command: Command) => string
}

function decideAgain(
  commands: readonly Lost[],
  { known, policies, actorOf, numberOf }: DecidingAgain
): { changed: Map<string, CaseRecord>; handedOver: Command[] } {
  const changed = new Map<string, CaseRecord>()
  const redone = new Set<string>()
  const handedOver: Command[] = []
  for (const { command: made, rev } of commands) {
    const before = changed.get(made.caseId) ?? known.get(made.caseId) ?? null
    const command = seenAnew(made, before, redone)
    const applicationNo = before?.case.applicationNo ?? numberOf(command)
    const actor = actorOf(command.issuedBy)
    const decided = decide({ actor, policies, applicationNo, onOvertaken: 'keep_both' }, before, command)
    if (decided.ok) {
      const after = applyChanges(before, decided.value)
      changed.set(made.caseId, { ...after, rev: Math.max(after.rev, rev) })
      for (const field of fieldsAt(after)) redone.add(`${made.caseId} ${field}`)
    } else if (decided.error.type !== 'NothingToChange') {
      handedOver.push(command)
      if (before !== null) changed.set(made.caseId, before) // its PC shows it otherwise, and receives it anew
    }
  }
  return { changed, handedOver }
}

/** The district's cases of which commands came back, and that do not open. */
async function closedCases(
  tx: Tx,
  deps: AdoptDeps,
  { districtCode, generation }: Pick<Redo, 'districtCode' | 'generation'>
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT DISTINCT s.id FROM commands c JOIN cases s ON s.id = c.case_id
     WHERE c.given_back = $1 AND c.redone_at IS NULL AND s.district_code = $2`,
    [generation, districtCode]
  )
  const ids = rows.map(({ id }) => id)
  const closed: string[] = []
  for (let at = 0; at < ids.length; at += PAGE) {
    closed.push(...(await unreadableAmong({ ...deps, pool: tx }, ids.slice(at, at + PAGE))))
  }
  return closed
}

/** A case whose content was lost keeps its number; one of which nothing is there gets the next. */
async function numbersFor(
  tx: Tx,
  districtCode: string,
  lost: { readonly commands: readonly Lost[]; readonly rows: ReadonlyMap<string, CaseRow> }
): Promise<{ of: (command: Command) => string; save: (tx: Tx) => Promise<void> }> {
  const days = lost.commands.flatMap(({ command }) => dayOf(command) ?? [])
  const numbers = await lockApplicationNumbers(tx, districtCode, days)
  return {
    of: (command) => {
      const kept = lost.rows.get(command.caseId)?.application_no
      const day = dayOf(command)
      if (kept !== undefined || day === null) return kept ?? '-' // only an intake makes a case
      const next = numbers.next(day)
      numbers.take(day)
      return next
    },
    save: numbers.save
  }
}

const dayOf = (command: Command): string | null => (command.name === 'case.register' ? command.args.appliedOn : null)

/** Fields that the newest revision changed. */
const fieldsAt = ({ fieldRevs, rev }: CaseRecord): VersionedField[] =>
  (Object.entries(fieldRevs) as Array<[VersionedField, number]>).flatMap(([field, at]) => (at === rev ? [field] : []))

/** What its author saw was made by a command before it that was just done again, under another number. */
function seenAnew(command: Command, before: CaseRecord | null, redone: ReadonlySet<string>): Command {
  const base = (Object.entries(command.base) as Array<[VersionedField, number]>).map(([field, rev]) => [
    field,
    before !== null && redone.has(`${command.caseId} ${field}`) ? fieldRev(before, field) : rev
  ])
  return { ...command, base: Object.fromEntries(base) as Command['base'] }
}

const openRow = ({ cipher }: AdoptDeps, key: Uint8Array | undefined, row: CaseRow): CaseRecord | null =>
  key === undefined ? null : tryRowToCase({ cipher, key }, row)

function openCommand({ cipher }: AdoptDeps, key: Uint8Array | undefined, row: LostRow): Command | null {
  const opened = key === undefined ? null : cipher.open(key, row.body, `command:${row.id}`)
  if (opened === null) return null
  return commandSchema.safeParse(JSON.parse(new TextDecoder().decode(opened))).data ?? null
}

async function actorsOf(tx: Tx, districtCode: string): Promise<Map<string, Actor>> {
  const { rows } = await tx.query<{ id: string; role: Role }>(
    'SELECT id, role FROM accounts WHERE district_code = $1',
    [districtCode]
  )
  return new Map(rows.map(({ id, role }) => [id, { id, role, districtCode }]))
}

async function handToDistrict(
  tx: Tx,
  { cipher, keyRing }: AdoptDeps,
  { districtCode, commands, now }: { districtCode: string; commands: readonly Command[]; now: string }
): Promise<void> {
  if (commands.length === 0) return
  const keys = await keyRing.ensureQuarantineKeys(commands.map(({ id }) => id))
  for (const command of commands) {
    const key = keys.get(command.id)
    if (key === undefined) throw new Error('a key just made is missing')
    const sealed = cipher.seal(key, new TextEncoder().encode(JSON.stringify(command)), keptContext(command.id))
    await tx.query(
      `INSERT INTO handed_over
         (command_id, case_id, from_district, device_id, name, issued_by, issued_at, received_at, sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        ...[command.id, command.caseId, districtCode, command.deviceId, command.name],
        ...[command.issuedBy, command.issuedAt, now, sealed]
      ]
    )
  }
}
