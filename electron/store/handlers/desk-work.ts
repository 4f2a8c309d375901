import { type Actor, actorSchema, changesCases } from '#shared/domain/account/account.ts'
import type { Attachment } from '#shared/domain/document/attachment.ts'
import type { IdDep, LaterDep, TimeDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { type AccessAct, type AccessDeps, recordAct } from '../access-log/access-log.ts'
import { createLooks, type Looks } from '../access-log/looks.ts'
import { createSearchBurst, type SearchBurst } from '../access-log/search-burst.ts'
import type { StoreDb } from '../db/database.ts'
import type { GatherThreadDep } from '../db/list-gatherer.ts'
import { type QuietCheckpoint, startQuietCheckpoint } from '../db/quiet-checkpoint.ts'
import { storeFailureOf } from '../db/sqlite-failure.ts'
import { attachmentAsCommand, fillAttachmentCapsule } from '../documents/attachment-capsule.ts'
import { type DeskDocuments, openDeskDocuments } from '../documents/desk-documents.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { RescueCapsule } from '../keys/rescue-capsule.ts'
import { countOutbox, unsentCommands } from '../outbox/outbox.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { createProvisionReceiver, type ProvisionReceiver } from '../provision/receive-provisions.ts'
import type { RevealDep } from '../queries/case-view-unmask.ts'
import { rememberedAccount } from '../session/account-memory.ts'
import { noteCopied, readCopiedNote } from '../session/copied-note.ts'
import type { OpenStore } from '../session/open-store.ts'
import type { CloseCause } from '../session/session-deps.ts'
import { createSyncEngine, type SyncEngine, type SyncEngineDeps } from '../sync/sync-engine.ts'

export interface DeskWorkDeps extends TimeDep, IdDep, LaterDep, PolicyDep, GatherThreadDep {
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs: () => number
  readonly random: () => number
  /** The PC's network address now; `-` when it has none. */
  readonly address: () => string
  /** Takes the place of the centre that the account signed in to. */
  readonly serverUrl: string | null
  readonly onStatus: (status: SyncStatus) => void
  readonly onCases: (caseIds: readonly string[] | null) => void
  readonly onBatches: () => void
  readonly onProvisions: () => void
  readonly onStaff: () => void
  readonly onFault: (fault: unknown) => void
  /** An exchange with the centre came to its end. */
  readonly onMet: () => void
  /** The centre has shut this PC out, or wants what lies on it deleted. */
  readonly onPassOver: () => void
  readonly onShutOut: (order: 'revoked' | 'wipe' | 'left') => void
}

/** Everything that lives from an unlock to the next lock. */
export interface DeskWork {
  readonly db: StoreDb
  readonly actor: Actor
  readonly access: AccessDeps & RevealDep
  readonly capsule: RescueCapsule
  readonly searches: SearchBurst
  /** Where the centre is, and the account's pass there; null: it must sign in again. */
  readonly line: { readonly serverUrl: string; token(): string | null }
  readonly sync: SyncEngine
  readonly documents: DeskDocuments
  readonly provisions: ProvisionReceiver
  /** Takes a document up that has no number yet, or lets go of those that are done. */
  readonly documentCapsule: { appendAttachment(attachment: Attachment): void; tidy(): void }
  readonly checkpoint: QuietCheckpoint
  readonly looks: Looks
  /** Writes an act down by itself; what was searched before it comes first. */
  record(act: AccessAct): void
  /** The same for what a screen shows, unless it only reads again what it shows already. */
  recordLook(act: AccessAct): void
}

export function beginDeskWork(deps: DeskWorkDeps, open: OpenStore, how: 'sign_in' | 'unlock'): DeskWork {
  const { db, capsule, documentCapsule, remembered, keyring, sealToCentre } = open
  const { id, role } = remembered.account
  const access = accessOf(deps, open)
  const searches = createSearchBurst({ ...access, db, later: deps.later, onFault: deps.onFault })
  const record = (act: AccessAct): void => {
    searches.flush()
    db.write((tx) => ok(recordAct(tx, access, act)))
  }
  record({ act: how, caseIds: [] })
  const looks = createLooks(deps)
  const recordLook = (act: AccessAct): void => {
    if (looks.isNew(act)) record(act)
  }
  const line = {
    ...deps,
    db,
    serverUrl: deps.serverUrl ?? remembered.serverUrl,
    token: () => rememberedAccount(db, id)?.token ?? null, // whether it still counts is the centre's to say
    deviceId: keyring.deviceId
  }
  const tidy = (): void => fillAttachmentCapsule(db, documentCapsule, keyring.deviceId)
  const documents = openDeskDocuments({
    ...line,
    capsule,
    chunkDir: open.folder.chunkDir,
    onNumbered: () => sync.wake()
  })
  const provisions = createProvisionReceiver(line)
  const sync = createSyncEngine({
    ...line,
    onMet: () => {
      deps.onMet()
      documents.transfer.wake()
      provisions.wake()
    },
    ...{ sealToCentre, decider: changesCases(role) ? id : null },
    copied: copiedNoteOf(open, deps),
    releaseFile: () => open.pageCheck?.close(),
    ...capsuleTidying(open, () => {
      documents.tidyCopies()
      tidy()
    })
  })
  const checkpoint = startQuietCheckpoint({ ...deps, db, file: open.folder.storeFile })
  sync.start()
  documents.transfer.wake()
  return {
    db,
    actor: actorSchema.parse(remembered.account),
    access,
    capsule,
    documents,
    provisions,
    documentCapsule: {
      tidy,
      appendAttachment: (attachment) => documentCapsule.append(attachmentAsCommand(keyring.deviceId, attachment))
    },
    searches,
    line,
    sync,
    checkpoint,
    looks,
    record,
    recordLook
  }
}

function accessOf(
  { now, address }: Pick<DeskWorkDeps, 'now' | 'address'>,
  { remembered, keyring: { deviceId } }: OpenStore
): DeskWork['access'] {
  const { id: accountId, reveals } = remembered.account
  return { sha256: nodeCipher.sha256, now, address, accountId, deviceId, ...(reveals && { reveals }) }
}

/** The capsule lets go of what was sent once nothing waits, and of what belonged to a case that is gone at once. */
const capsuleTidying = (
  { db, capsule }: OpenStore,
  tidyDocuments: () => void
): Pick<SyncEngineDeps, 'onSent' | 'onErased'> => ({
  onSent: () => {
    if (countOutbox(db).waiting === 0) capsule.hold(unsentCommands(db))
    tidyDocuments()
  },
  onErased: () => {
    capsule.hold(unsentCommands(db))
    tidyDocuments()
  }
})

const copiedNoteOf = ({ folder, keyring }: OpenStore, { now }: TimeDep): SyncEngineDeps['copied'] => ({
  isNoted: () => readCopiedNote(folder) !== null,
  note: () => noteCopied(folder, { at: now(), deviceId: keyring.deviceId })
})

/** Nothing uses the store any more when it resolves. A broken file is not written to. */
export async function endDeskWork(work: DeskWork, cause: CloseCause): Promise<void> {
  work.checkpoint.stop()
  await work.documents.transfer.stop()
  await work.provisions.stop()
  await work.sync.stop()
  if (cause === 'broken') return work.searches.abandon()
  try {
    work.record({ act: 'lock', caseIds: [], detail: { cause } })
  } catch (error) {
    // A disk without room must not keep the desk open; the chain shows the next act without a lock before it.
    if (storeFailureOf(error) === null) throw error
  }
}
