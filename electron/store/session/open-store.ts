import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { StoreProblem } from '#shared/ipc/views.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { type OpenFailure, openStoreDb, type StoreDb } from '../db/database.ts'
import { openPageCheck, type PageCheck, wasClosedCleanly } from '../db/page-check.ts'
import { fillAttachmentCapsule } from '../documents/attachment-capsule.ts'
import type { Keyring } from '../keys/keyring-file.ts'
import {
  type CapsuleOpener,
  createRescueCapsule,
  openRescueCapsule,
  peekRescueCapsule,
  type RescueCapsule
} from '../keys/rescue-capsule.ts'
import { sealedBoxes } from '../keys/sodium.ts'
import type { CentreSealDep } from '../outbox/journal.ts'
import { unsentCommands } from '../outbox/outbox.ts'
import type { RememberedAccount } from './account-memory.ts'
import type { StoreFolder } from './store-folder.ts'

/** A store with its key given: the file, the capsule beside it, and a check of its pages where one is due. */
export interface OpenFiles extends CentreSealDep {
  readonly folder: StoreFolder
  readonly keyring: Keyring
  readonly db: StoreDb
  readonly capsule: RescueCapsule
  /** The same for documents that have no number yet. */
  readonly documentCapsule: RescueCapsule
  /** null: the file was closed cleanly, no check is due. */
  readonly pageCheck: PageCheck | null
}

/** A store with somebody signed in. */
export interface OpenStore extends OpenFiles {
  readonly remembered: RememberedAccount
}

export interface OpenStoreDeps {
  readonly nativeBinding?: string | undefined
  readonly monotonicMs: () => number
}

export function openFiles(
  deps: OpenStoreDeps,
  parts: {
    folder: StoreFolder
    keyring: Keyring
    storeKey: Uint8Array
    openers: readonly CapsuleOpener[]
    /** What the capsule has to be sealed to; null: this PC knows of nothing yet. */
    rescue: RescueTerms | null
  }
): Result<OpenFiles, StoreProblem> {
  const { folder, keyring, storeKey } = parts
  const file = { file: folder.storeFile, key: storeKey, nativeBinding: deps.nativeBinding }
  const wasClean = wasClosedCleanly(folder.storeFile)
  const opened = openStoreDb({ ...file, create: false })
  if (!opened.ok) return err(problemOf(opened.error))
  const db = opened.value
  try {
    const capsule = openCapsule(parts)
    capsule.hold(unsentCommands(db))
    const documentCapsule = openCapsule({ ...parts, folder: { ...folder, capsuleFile: folder.documentCapsuleFile } })
    fillAttachmentCapsule(db, documentCapsule, keyring.deviceId)
    const pageCheck = wasClean ? null : openPageCheck({ ...file, monotonicMs: deps.monotonicMs })
    return ok({ folder, keyring, db, capsule, documentCapsule, pageCheck, sealToCentre: sealerOf(parts.rescue) })
  } catch (error) {
    db.close()
    throw error
  }
}

const sealerOf =
  (rescue: RescueTerms | null): CentreSealDep['sealToCentre'] =>
  (content) =>
    rescue === null ? null : sealedBoxes.sealTo(Buffer.from(rescue.publicKey, 'base64'), content)

export function closeFiles(files: OpenFiles): void {
  files.pageCheck?.close()
  files.capsule.close()
  files.documentCapsule.close()
  files.db.close()
}

/**
 * A capsule that is lost, that one of the keys at hand does not open, or that is not sealed to the centre, is begun anew:
 * what waits is in the store.
 */
function openCapsule(parts: {
  folder: StoreFolder
  keyring: Keyring
  openers: readonly CapsuleOpener[]
  rescue: RescueTerms | null
}): RescueCapsule {
  const file = parts.folder.capsuleFile
  const { rescue } = parts
  const isSealed = rescue === null || peekRescueCapsule(file)?.sealedTo === rescue.publicKey
  const existing = isSealed ? openWithAll(file, parts.openers) : null
  if (existing !== null) return existing
  const { storeId, deviceId } = parts.keyring
  createRescueCapsule({ file, storeId, deviceId, openers: parts.openers, rescue })
  const created = openWithAll(file, parts.openers)
  if (created === null) throw new Error('a capsule just made does not open')
  return created
}

function openWithAll(file: string, openers: readonly CapsuleOpener[]): RescueCapsule | null {
  const [first, ...others] = openers.map((opener) => openRescueCapsule({ file, opener }))
  const isWhole = others.every((other) => other !== null)
  for (const other of others) other?.close()
  if (isWhole) return first ?? null
  first?.close()
  return null
}

export function problemOf(failure: OpenFailure): StoreProblem {
  switch (failure.type) {
    case 'KeyWrong':
      return 'key_wrong'
    case 'FileTruncated':
      return 'file_truncated'
    case 'FileDamaged':
      return 'file_damaged'
    case 'FileFromFuture':
      return 'file_from_future'
    case 'FileMissing':
      return 'file_missing'
    case 'DiskFull':
      return 'disk_full'
    default:
      return assertNever(failure)
  }
}
