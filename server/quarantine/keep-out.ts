import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Command } from '#shared/commands/command.ts'
import type { BurialReason, QuarantineWay } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { ReadCommand } from '../commands/read-command.ts'
import type { Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'

type Understood = ReadCommand & { readonly command: Command }

/** A command that is not decided: its case is buried, or another district has it now. */
export type KeptOut =
  | { readonly to: 'quarantine'; readonly raw: Understood; readonly cause: BurialReason }
  | { readonly to: 'other_district'; readonly raw: Understood; readonly fromDistrict: string }

export const keptOutOutcome = (kept: KeptOut): PushOutcome =>
  kept.to === 'quarantine'
    ? { type: 'Quarantined', commandId: kept.raw.id, cause: kept.cause }
    : { type: 'HandedOver', commandId: kept.raw.id }

export interface KeepOutDeps {
  readonly cipher: Cipher
  readonly keyRing: Pick<KeyRing, 'ensureQuarantineKeys'>
}

/**
 * Seals each command under a key of its own, which lies in the keys database: destroying the key destroys the content,
 * in the backups of the cases as well.
 */
export async function writeKeptOut(
  tx: Tx,
  deps: KeepOutDeps,
  kept: readonly KeptOut[],
  { districtCode, now, cameBack = false }: { districtCode: string; now: string; cameBack?: boolean }
): Promise<void> {
  if (kept.length === 0) return
  const keys = await deps.keyRing.ensureQuarantineKeys(kept.map(({ raw }) => raw.id))
  for (const one of kept) {
    const { command } = one.raw
    const key = keys.get(command.id)
    if (key === undefined) throw new Error('a key just made is missing')
    const sealed = deps.cipher.seal(key, new TextEncoder().encode(JSON.stringify(command)), keptContext(command.id))
    // A capsule has no session.
    const way: QuarantineWay = cameBack ? 'give_back' : one.raw.sentBy === null ? 'rescue' : 'push'
    if (one.to === 'quarantine') {
      await tx.query(
        `INSERT INTO quarantine
           (command_id, device_id, district_code, case_id, cause, way, name, issued_at, received_at, sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
        [
          ...[command.id, command.deviceId, districtCode, command.caseId, one.cause, way],
          ...[command.name, command.issuedAt, now, sealed]
        ]
      )
    } else {
      await tx.query(
        `INSERT INTO handed_over
           (command_id, case_id, from_district, device_id, name, issued_by, issued_at, received_at, sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          ...[command.id, command.caseId, one.fromDistrict, command.deviceId, command.name],
          ...[command.issuedBy, command.issuedAt, now, sealed]
        ]
      )
    }
  }
}

/**
 * What a restored centre is given back of it. What the privacy officer had destroyed meanwhile stays destroyed: the keys
 * database, which was not set back with the cases, knows it.
 */
export async function restoreKeptOut(
  tx: Tx,
  deps: KeepOutDeps,
  { districtCode, now }: { districtCode: string; now: string },
  { kept, destroyed }: { kept: readonly KeptOut[]; destroyed: ReadonlyMap<string, string> }
): Promise<void> {
  const isGone = ({ raw }: KeptOut) => destroyed.has(raw.id)
  const alive = kept.filter((one) => !isGone(one))
  await writeKeptOut(tx, deps, alive, { districtCode, now, cameBack: true })
  for (const one of kept.filter(isGone)) {
    if (one.to !== 'quarantine') continue
    const { command } = one.raw
    await tx.query(
      `INSERT INTO quarantine
         (command_id, device_id, district_code, case_id, cause, way, name, issued_at, received_at, destroyed_at)
       VALUES ($1, $2, $3, $4, $5, 'give_back', $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        ...[command.id, command.deviceId, districtCode, command.caseId, one.cause],
        ...[command.name, command.issuedAt, now, destroyed.get(command.id)]
      ]
    )
  }
}

/** What lies here and does not open, because its key was lost with the keys database, is sealed anew from what a PC has. */
export async function resealKeptOut(tx: Tx, deps: KeepOutDeps, kept: readonly KeptOut[]): Promise<void> {
  if (kept.length === 0) return
  const byId = new Map(kept.map(({ raw }) => [raw.id, raw.command]))
  for (const table of ['quarantine', 'handed_over'] as const) {
    const { rows } = await tx.query<{ command_id: string; sealed: Uint8Array }>(
      `SELECT command_id, sealed FROM ${table} WHERE command_id = ANY($1::uuid[]) AND sealed IS NOT NULL FOR UPDATE`,
      [[...byId.keys()]]
    )
    const keys = await deps.keyRing.ensureQuarantineKeys(rows.map((row) => row.command_id))
    for (const { command_id: id, sealed } of rows) {
      const key = keys.get(id)
      if (key === undefined || deps.cipher.open(key, sealed, keptContext(id)) !== null) continue
      const anew = deps.cipher.seal(key, new TextEncoder().encode(JSON.stringify(byId.get(id))), keptContext(id))
      await tx.query(`UPDATE ${table} SET sealed = $2 WHERE command_id = $1`, [id, anew])
    }
  }
}

export const keptContext = (commandId: string): string => `kept-out:${commandId}`
