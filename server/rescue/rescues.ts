import { isUnnumbered } from '#shared/commands/unnumbered.ts'
import type { RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import type { IdDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { RescueAnswer } from '#shared/sync-protocol/rescue.ts'
import { runTx } from '../db/run-tx.ts'
import { applyRescued } from './apply-rescued.ts'
import { hasUnknownAuthor, knowAuthors } from './authors.ts'
import { type CapsuleRefused, type OpenedCapsule, openCapsule } from './open-capsule.ts'
import {
  insertRescue,
  type KnownPc,
  type ParkedRescue,
  parkedRescues,
  pcOf,
  rescueByDigest,
  rescueOfPc
} from './rescue-register.ts'
import { noteWanted, wantedChunks } from './rescued-chunks.ts'
import { type SettleDeps, settle, settleDocuments } from './rescued-documents.ts'

export interface RescueDeps extends SettleDeps, IdDep {}

export interface BroughtCapsule {
  readonly bytes: Uint8Array
  /** Sent by the PC itself, or brought as a file. */
  readonly via: 'line' | 'file'
  /** It must name this PC. */
  readonly deviceId?: string
  /** The PC must be of this district. */
  readonly districtCode?: string
}

/**
 * Takes a capsule in: its commands are applied as the PC's own, its documents as soon as their pieces are here, and the
 * register gets a line with counts. What a PC has that was shut out is parked, as is what stands behind a gap or was made
 * by somebody whom the centre does not know there, until an administrator releases it. The same capsule again goes on where the last one was, under the same line.
 */
export async function receiveRescue(
  deps: RescueDeps,
  brought: BroughtCapsule
): Promise<Result<RescueAnswer, CapsuleRefused>> {
  const opened = openCapsule(deps.keyRing, brought.bytes)
  if (!opened.ok) return opened
  const capsule = opened.value
  const foreign = err<CapsuleRefused>({ type: 'CapsuleRefused', cause: 'foreign' })
  const pc = await pcOf(deps.pool, capsule.deviceId)
  if (pc === null || (brought.districtCode ?? pc.districtCode) !== pc.districtCode) return foreign
  if ((brought.deviceId ?? pc.deviceId) !== pc.deviceId) return err({ type: 'CapsuleRefused', cause: 'forged' })
  if ((await rescueByDigest(deps.pool, capsule.digest)) === null) await takeIn(deps, { pc, capsule, brought })
  await settleDocuments(deps, pc.deviceId)
  const rescue = await rescueByDigest(deps.pool, capsule.digest)
  if (rescue === null) throw new Error('a rescue that was just registered is not there')
  return ok({ rescue, wanted: rescue.state === 'parked' ? await wantedChunks(deps.pool, rescue.id) : [] })
}

const NOTHING_YET = { applied: 0, alreadyApplied: 0, refused: 0, hasGap: false }

async function takeIn(
  deps: RescueDeps,
  { pc, capsule, brought }: { pc: KnownPc; capsule: OpenedCapsule; brought: BroughtCapsule }
): Promise<void> {
  const documents = capsule.commands.filter(isUnnumbered)
  const commands = capsule.commands.filter((command) => !isUnnumbered(command))
  const heldFor = pc.isRevoked ? 'revoked' : (await hasUnknownAuthor(deps.pool, pc, capsule.commands)) ? 'author' : null
  const outcome = heldFor === null ? await applyRescued(deps, pc, { commands, overGaps: false }) : NOTHING_YET
  const { applied, alreadyApplied, refused, hasGap } = outcome
  const waiting = documents.length > 0 ? 'chunks' : null
  const rescue = {
    ...{ id: deps.newId(), pc, via: brought.via, digest: capsule.digest, receivedAt: deps.now() },
    ...{ commands: commands.length, documents: documents.length, applied, alreadyApplied, refused },
    ...{ damaged: capsule.unreadable, capsule: brought.bytes },
    parkedFor: heldFor !== null && capsule.commands.length > 0 ? heldFor : hasGap ? 'gap' : waiting
  } as const
  await runTx(deps.pool, async (tx) => {
    if (await insertRescue(tx, rescue)) await noteWanted(tx, rescue.id, documents)
  })
}

/** The PC has no more pieces for this rescue: documents that lack some are lost. null: it brought no such rescue. */
export async function endRescue(
  deps: RescueDeps,
  { rescueId, deviceId }: { rescueId: string; deviceId: string }
): Promise<RescueEntry | null> {
  await deps.pool.query('UPDATE rescues SET has_ended = true WHERE id = $1 AND device_id = $2', [rescueId, deviceId])
  await settleDocuments(deps, deviceId)
  return await rescueOfPc(deps.pool, { rescueId, deviceId })
}

interface Release {
  readonly rescueId: string
  readonly districtCode: string
  readonly by: string
}

/**
 * Applies what is parked of this rescue, also behind a gap, and what else of the same PC waits for a release: its
 * documents belong to cases that its commands may bring. What waits for pieces waits on, but for the rescue itself: then
 * they are not waited for any more. False when the district has no such parked rescue.
 */
export async function releaseRescue(deps: RescueDeps, { rescueId, districtCode, by }: Release): Promise<boolean> {
  const { rows } = await deps.pool.query<{ device_id: string }>(
    `SELECT device_id FROM rescues WHERE id = $1 AND district_code = $2 AND state = 'parked'`,
    [rescueId, districtCode]
  )
  const [row] = rows
  if (row === undefined) return false
  for (const rescue of await parkedRescues(deps.pool, row.device_id)) {
    if (rescue.id === rescueId || rescue.parkedFor !== 'chunks') await releaseOne(deps, rescue, by)
  }
  return true
}

async function releaseOne(deps: RescueDeps, rescue: ParkedRescue, by: string): Promise<void> {
  const { pool } = deps
  const opened = openCapsule(deps.keyRing, rescue.capsule)
  if (!opened.ok) throw new Error('a parked capsule does not open any more')
  if (rescue.parkedFor === 'author')
    await knowAuthors(pool, rescue.pc, { commands: opened.value.commands, now: deps.now() })
  if (rescue.commands > 0 && !rescue.isReleased) {
    const commands = opened.value.commands.filter((command) => !isUnnumbered(command))
    const outcome = await applyRescued(deps, rescue.pc, { commands, overGaps: true })
    await pool.query(
      `UPDATE rescues SET applied = applied + $2, already_applied = $3, refused = $4 WHERE id = $1 AND released_at IS NULL`,
      [rescue.id, outcome.applied, outcome.alreadyApplied, outcome.refused]
    )
  }
  const isWaitedFor = rescue.parkedFor !== 'chunks'
  const { rows } = await pool.query<{ has_ended: boolean }>(
    `UPDATE rescues SET released_at = coalesce(released_at, $2), released_by = coalesce(released_by, $3),
       has_ended = has_ended OR NOT $4 WHERE id = $1 RETURNING has_ended`,
    [rescue.id, deps.now(), by, isWaitedFor]
  )
  const hasEnded = rows[0]?.has_ended === true
  await settle(deps, { ...rescue, parkedFor: 'chunks', isReleased: true, hasEnded }, { overGaps: true })
}
