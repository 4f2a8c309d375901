import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { MOST_CAPSULE_BYTES, type RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { CapsuleRefused } from './open-capsule.ts'
import { takeRescuedChunk } from './rescued-chunks.ts'
import { type RescueDeps, receiveRescue } from './rescues.ts'

/** What lies beside a store, or was set aside with it, in the order in which it goes in. */
const CAPSULES = ['rescue.capsule', 'rescue.documents'] as const
const PIECES = 'rescue.chunks'
/** A capsule that is too large for the line comes in by this way. */
const MOST_FILE_BYTES = 16 * MOST_CAPSULE_BYTES

export type NotBrought = CapsuleRefused | { readonly type: 'Unreadable' }

/**
 * Brings in a capsule that was found on a PC, or a whole folder with both capsules and the pieces of documents. What is
 * lacking there may come from elsewhere later: only an administrator's release calls it lost.
 */
export async function bringFromDisk(deps: RescueDeps, place: string): Promise<Result<RescueEntry[], NotBrought>> {
  if (!isFolder(place)) {
    const brought = await bringFile(deps, place, path.join(path.dirname(place), PIECES))
    return brought.ok ? ok([brought.value]) : brought
  }
  const files = CAPSULES.map((name) => path.join(place, name)).filter((file) => existsSync(file))
  if (files.length === 0) return err({ type: 'Unreadable' })
  const entries: RescueEntry[] = []
  for (const file of files) {
    const brought = await bringFile(deps, file, path.join(place, PIECES))
    if (!brought.ok) return brought
    entries.push(brought.value)
  }
  return ok(entries)
}

/** Pieces that lie beside a capsule come with it. */
async function bringFile(deps: RescueDeps, file: string, pieces: string): Promise<Result<RescueEntry, NotBrought>> {
  const bytes = read(file)
  if (!bytes.ok) return bytes
  const brought = { bytes: bytes.value, via: 'file' } as const
  const asked = await receiveRescue(deps, brought)
  if (!asked.ok) return asked
  const { rescue, wanted } = asked.value
  for (const sha256 of wanted) {
    const piece = read(path.join(pieces, sha256))
    const isWhole = piece.ok && Buffer.from(nodeCipher.sha256(piece.value)).toString('hex') === sha256
    if (!isWhole) continue
    await takeRescuedChunk(deps.pool, { rescueId: rescue.id, deviceId: rescue.deviceId, sha256, content: piece.value })
  }
  const settled = wanted.length === 0 ? asked : await receiveRescue(deps, brought)
  return settled.ok ? ok(settled.value.rescue) : settled
}

const isFolder = (place: string): boolean => statSync(place, { throwIfNoEntry: false })?.isDirectory() === true

function read(file: string): Result<Uint8Array, NotBrought> {
  try {
    if (statSync(file).size > MOST_FILE_BYTES) return err({ type: 'CapsuleRefused', cause: 'too_large' })
    return ok(readFileSync(file))
  } catch {
    return err({ type: 'Unreadable' })
  }
}
