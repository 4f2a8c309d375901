import type { Cipher } from '#shared/cipher/cipher.ts'
import { type AttachCommand, isUnnumbered } from '#shared/commands/unnumbered.ts'
import { isHeldBack, type RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { readCommand } from '../commands/read-command.ts'
import type { Pool } from '../db/pool.ts'
import { attachedBefore } from '../documents/attached-before.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { type ApplyRescuedDeps, kindOf, type RescuedKind } from './apply-rescued.ts'
import { openCapsule } from './open-capsule.ts'
import { type ParkedRescue, parkedRescues } from './rescue-register.ts'
import { layOut, openDocuments } from './rescued-chunks.ts'

export interface SettleDeps extends ApplyRescuedDeps, TimeDep {
  readonly cipher: Cipher
  readonly keyRing: KeyRing
}

/** What becomes of one document. */
type Fate = RescuedKind | 'lost'

/**
 * Brings the documents of a PC's parked rescues as far as they can go: those that are whole are attached as the PC's own,
 * once; those that were attached before are done. One that lacks pieces waits for them until the PC has no more: then it
 * is lost. One whose case never came waits for it. What is held back waits for its release.
 */
export async function settleDocuments(deps: SettleDeps, deviceId: string): Promise<void> {
  for (const rescue of await parkedRescues(deps.pool, deviceId)) {
    if (rescue.documents > 0) await settle(deps, rescue, { overGaps: false })
  }
}

/** The same for one rescue. `overGaps`: also what belongs to a case that never came; it is refused. */
export async function settle(
  deps: SettleDeps,
  rescue: ParkedRescue,
  { overGaps }: { readonly overGaps: boolean }
): Promise<void> {
  const isHeld = isHeldBack(rescue.parkedFor)
  const documents = await openDocumentsOf(deps, rescue)
  const attached = await attachedBefore(deps, casesOf(documents))
  await note(deps.pool, rescue, 'alreadyApplied', idsOf(documents.filter(({ id }) => attached.has(id))))
  const open = documents.filter(({ id }) => !attached.has(id))
  const lacking = open.filter(({ isLacking }) => isLacking)
  if (rescue.hasEnded) await note(deps.pool, rescue, 'lost', idsOf(lacking))
  if (!isHeld) {
    const known = await knownCases(deps.pool, casesOf(open))
    const whole = open.filter(({ isLacking, command }) => !isLacking && (overGaps || known.has(command.caseId)))
    await attach(deps, rescue, whole)
  }
  await close(deps.pool, rescue)
}

interface OpenDocument {
  readonly id: string
  readonly command: AttachCommand
  readonly isLacking: boolean
}

/** In the order in which people attached them. */
async function openDocumentsOf({ pool, keyRing }: SettleDeps, { id, capsule }: ParkedRescue): Promise<OpenDocument[]> {
  const opened = openCapsule(keyRing, capsule)
  if (!opened.ok) throw new Error('a parked capsule does not open any more')
  const open = await openDocuments(pool, id)
  return opened.value.commands
    .filter(isUnnumbered)
    .flatMap((command) => {
      const state = open.get(command.id)
      return state === undefined ? [] : [{ id: command.id, command, isLacking: state.isLacking }]
    })
    .sort((a, b) => Date.parse(a.command.issuedAt) - Date.parse(b.command.issuedAt))
}

const idsOf = (documents: readonly OpenDocument[]): string[] => documents.map(({ id }) => id)
const casesOf = (documents: readonly OpenDocument[]): string[] => [
  ...new Set(documents.map(({ command }) => command.caseId))
]

/** Cases that the centre has or had: what is attached to them is decided, whatever the answer. */
async function knownCases(pool: Pool, caseIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM cases WHERE id = ANY($1::uuid[])
     UNION SELECT case_id FROM tombstones WHERE case_id = ANY($1::uuid[])`,
    [caseIds]
  )
  return new Set(rows.map(({ id }) => id))
}

/** Documents of one transaction. */
const BATCH = 50

async function attach(deps: SettleDeps, rescue: ParkedRescue, whole: readonly OpenDocument[]): Promise<void> {
  const { deviceId, districtCode } = rescue.pc
  for (let at = 0; at < whole.length; at += BATCH) {
    const batch = whole.slice(at, at + BATCH)
    const laid = { rescueId: rescue.id, districtCode, documentIds: idsOf(batch), now: deps.now() }
    await layOut(deps.pool, laid)
    const { outcomes } = await deps.pushLanes(districtCode, {
      ...{ deviceId, numbering: 'none', givenUpTo: 0 },
      commands: batch.map(({ command }) => readCommand(command, { deviceId, sentBy: null }))
    })
    for (const outcome of outcomes) await note(deps.pool, rescue, kindOf(outcome), [outcome.commandId])
  }
}

const COLUMNS = {
  applied: 'applied',
  alreadyApplied: 'already_applied',
  refused: 'refused',
  lost: 'lost'
} as const satisfies Record<Fate, string>

/** Counted once, whoever else settles the same rescue: with its pieces a document leaves the list of the open ones. */
async function note(pool: Pool, { id }: ParkedRescue, fate: Fate, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return
  const column = COLUMNS[fate]
  await pool.query(
    `WITH gone AS (DELETE FROM rescued_chunks WHERE rescue_id = $1 AND document_id = ANY($2::uuid[]) RETURNING document_id)
     UPDATE rescues SET ${column} = ${column} + (SELECT count(DISTINCT document_id) FROM gone) WHERE id = $1`,
    [id, documentIds]
  )
}

/** What is left says why it is parked; when nothing is, the capsule is not needed any more. */
async function close(pool: Pool, { id, parkedFor, commands, isReleased }: ParkedRescue): Promise<void> {
  const isHeld = parkedFor !== 'chunks' && !isReleased
  if (isHeld && commands > 0) return // its commands wait as well
  const open = [...(await openDocuments(pool, id)).values()]
  if (open.length === 0) {
    await pool.query(
      `UPDATE rescues SET state = CASE WHEN released_at IS NULL THEN 'applied' ELSE 'released' END,
         parked_for = CASE WHEN released_at IS NULL THEN NULL ELSE parked_for END, capsule = NULL
       WHERE id = $1 AND state = 'parked'`,
      [id]
    )
  } else if (!isHeldBack(parkedFor)) {
    const cause: RescueEntry['parkedFor'] = open.some(({ isLacking }) => isLacking) ? 'chunks' : 'gap'
    await pool.query(`UPDATE rescues SET parked_for = $2 WHERE id = $1 AND state = 'parked'`, [id, cause])
  }
}
