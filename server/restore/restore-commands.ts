import type { Command } from '#shared/commands/command.ts'
import type { BurialReason } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { caseCommandOf, type ReadCommand } from '../commands/read-command.ts'
import { batchTextOf } from '../commands/write-decided.ts'
import type { Tx } from '../db/run-tx.ts'
import { buriedAmong } from '../destruction/tombstones.ts'
import { type KeptOut, resealKeptOut, restoreKeptOut } from '../quarantine/keep-out.ts'
import type { AdoptDeps, Adoption } from './adopt-cases.ts'

/** A command that a PC had sent, with what the centre had answered before it was set back. */
interface SentBefore {
  readonly raw: ReadCommand
  readonly outcome: PushOutcome
}

export interface GivenCommands {
  /** `outcome` null: the PC has not heard what became of it. */
  readonly sent: readonly (Pick<SentBefore, 'raw'> & { readonly outcome: PushOutcome | null })[]
  /** What the privacy officer had destroyed of what lay in quarantine, with when. */
  readonly destroyed: ReadonlyMap<string, string>
}

/**
 * Writes the answers back as they were, so that each command stands at the centre exactly once and a PC that sends it
 * again hears the same. What a command did comes back with its case; of a buried case nothing is kept. What had been kept out
 * of its case lies again where it lay. What the centre has, and cannot open since its keys were set back, is sealed anew.
 * Where another PC with the same files has used a number meanwhile, the command comes back without one.
 */
export async function restoreCommands(
  tx: Tx,
  deps: AdoptDeps,
  adoption: Adoption,
  { sent: all, destroyed }: GivenCommands
): Promise<number> {
  await resealBodies(
    tx,
    deps,
    adoption,
    all.flatMap(({ raw }) => caseCommandOf(raw) ?? [])
  )
  const sent = all.flatMap(({ raw, outcome }) => (outcome === null ? [] : [{ raw, outcome }]))
  if (sent.length === 0) return 0
  const { generation, deviceId, now } = adoption
  const commands = sent.flatMap(({ raw }) => caseCommandOf(raw) ?? [])
  const buried = await buriedAmong(tx, [...new Set(commands.map(({ caseId }) => caseId))])
  const kept = (command: Command | null) => command !== null && !buried.has(command.caseId)
  const withBody = sent.filter(({ raw, outcome }) => 'seq' in outcome && kept(caseCommandOf(raw)))
  const keys = await deps.keyRing.ensureCaseKeys([
    ...new Set(withBody.flatMap(({ raw }) => caseCommandOf(raw)?.caseId ?? []))
  ])
  const bodyOf = ({ raw, outcome }: SentBefore): Uint8Array | null => {
    const command = caseCommandOf(raw)
    const key = command === null || !('seq' in outcome) ? undefined : keys.get(command.caseId)
    if (command === null || key === undefined) return null
    return sealBody(deps, key, command)
  }
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO commands
       (id, device_id, device_seq, name, case_id, issued_by, issued_at, received_at, outcome, body, given_back,
        batch_command)
     SELECT id, $1,
       CASE WHEN NOT EXISTS (SELECT 1 FROM commands o WHERE o.device_id = $1 AND o.device_seq = given.device_seq)
         THEN device_seq END,
       name, case_id, issued_by, issued_at, $2, outcome, body, $3, batch_command
     FROM unnest($4::uuid[], $5::bigint[], $6::text[], $7::uuid[], $8::uuid[], $9::timestamptz[], $10::jsonb[], $11::bytea[],
       $12::jsonb[]) AS given (id, device_seq, name, case_id, issued_by, issued_at, outcome, body, batch_command)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      ...[deviceId, now, generation],
      sent.map(({ raw }) => raw.id),
      sent.map(({ raw }) => raw.deviceSeq),
      sent.map(({ raw }) => raw.command?.name ?? null),
      sent.map(({ raw }) => caseCommandOf(raw)?.caseId ?? null),
      sent.map(({ raw }) => raw.command?.issuedBy ?? null),
      sent.map(({ raw }) => raw.command?.issuedAt ?? null),
      sent.map(({ outcome }) => JSON.stringify(outcome)),
      sent.map(bodyOf),
      sent.map(({ raw }) => batchTextOf(raw))
    ]
  )
  const inserted = new Set(rows.map(({ id }) => id))
  await restoreKeptOut(tx, deps, adoption, {
    kept: keptOutOf(sent, adoption, buried).filter(({ raw }) => inserted.has(raw.id)),
    destroyed
  })
  await resealKeptOut(
    tx,
    deps,
    keptOutOf(sent, adoption, buried).filter(({ raw }) => !inserted.has(raw.id))
  )
  return inserted.size
}

const bodyContext = (commandId: string): string => `command:${commandId}`

const sealBody = ({ cipher }: AdoptDeps, key: Uint8Array, command: Command): Uint8Array =>
  cipher.seal(key, new TextEncoder().encode(JSON.stringify(command)), bodyContext(command.id))

/** They count as given back: where no record has what they did, they are decided again. */
async function resealBodies(
  tx: Tx,
  deps: AdoptDeps,
  { generation, deviceId }: Adoption,
  commands: readonly Command[]
): Promise<void> {
  const { rows } = await tx.query<{ id: string; case_id: string; body: Uint8Array }>(
    `SELECT id, case_id, body FROM commands
     WHERE id = ANY($1::uuid[]) AND device_id = $2 AND body IS NOT NULL ORDER BY id FOR UPDATE`,
    [commands.map(({ id }) => id), deviceId]
  )
  const given = new Map(commands.map((command) => [command.id, command]))
  const keys = await deps.keyRing.ensureCaseKeys([...new Set(rows.map((row) => row.case_id))])
  for (const { id, case_id: caseId, body } of rows) {
    const [key, command] = [keys.get(caseId), given.get(id)]
    if (key === undefined || command?.caseId !== caseId) continue
    if (deps.cipher.open(key, body, bodyContext(id)) !== null) continue
    await tx.query('UPDATE commands SET body = $2, given_back = $3, redone_at = NULL WHERE id = $1', [
      ...[id, sealBody(deps, key, command), generation]
    ])
  }
}

function keptOutOf(
  sent: readonly SentBefore[],
  { districtCode }: Adoption,
  buried: ReadonlyMap<string, BurialReason>
): KeptOut[] {
  return sent.flatMap(({ raw, outcome }): KeptOut[] => {
    const command = caseCommandOf(raw)
    if (command === null) return []
    if (outcome.type === 'Quarantined') return [{ to: 'quarantine', raw: { ...raw, command }, cause: outcome.cause }]
    // What lay handed over when its case was buried was dropped with it.
    if (outcome.type !== 'HandedOver' || buried.has(command.caseId)) return []
    return [{ to: 'other_district', raw: { ...raw, command }, fromDistrict: districtCode }]
  })
}

/** However far its journal goes, a PC goes on numbering after what it was last acknowledged. */
export async function raiseDeviceSeq(
  tx: Tx,
  { deviceId, deviceSeq }: { deviceId: string; deviceSeq: number }
): Promise<void> {
  await tx.query('UPDATE devices SET last_device_seq = greatest(last_device_seq, $2) WHERE id = $1', [
    deviceId,
    deviceSeq
  ])
}
