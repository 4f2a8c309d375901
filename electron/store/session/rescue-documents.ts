import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { AnyCommand } from '#shared/commands/any-command.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { ok } from '#shared/foundation/result.ts'
import { writeDurably } from '../db/durable-write.ts'
import { fillAttachmentCapsule } from '../documents/attachment-capsule.ts'
import { restoreAttachments } from '../documents/restore-attachments.ts'
import { writeFileAtomically } from '../keys/atomic-file.ts'
import { readKeyring } from '../keys/keyring-file.ts'
import { peekRescueCapsule, type RescuedCommands } from '../keys/rescue-capsule.ts'
import { parkLoss } from '../outbox/parked.ts'
import { readEraseNote } from './erase.ts'
import { actorOf, type Restoring, readBest } from './restoring.ts'
import type { StoreFolder } from './store-folder.ts'

const DONE = 'rescued-documents.json'

/**
 * Documents come back whatever number the new store has: their commands get theirs when they go. What nothing at hand
 * opens is left to the centre where it is sealed to it; else that, and what lacks pieces, is told in the outbox.
 */
export function restoreDocuments(
  deps: TimeDep & IdDep,
  options: Restoring,
  { folder, numbered }: { folder: StoreFolder; numbered: readonly AnyCommand[] }
): void {
  const { files, account, openers } = options
  const capsule = peekRescueCapsule(folder.documentCapsuleFile)
  const isDone = existsSync(join(folder.dir, DONE)) || isTheCentres(folder)
  const held = (capsule?.commands ?? 0) + numbered.length
  if (isDone || folder.districtCode !== files.folder.districtCode || held === 0) return
  const documents = readBest(folder.documentCapsuleFile, openers)
  const isOurs = capsule?.sealedTo != null && capsule.deviceId === files.keyring.deviceId
  const isOwed = isOurs && documents.commands.length === 0 && documents.unreadable > 0
  if (isOwed) noteOwed(folder, { deviceId: files.keyring.deviceId, serverUrl: options.serverUrl })
  writeDurably(files.db, (tx) => {
    restoreAttachments(tx, deps, {
      ...{ numbered, waiting: documents.commands, chunkDir: folder.chunkDir },
      actorOf: (command) => actorOf(command, account)
    })
    if (!isOwed) parkUnreadable(tx, deps, documents)
    return ok(null)
  })
  fillAttachmentCapsule(files.db, files.documentCapsule, files.keyring.deviceId)
  writeFileAtomically(join(folder.dir, DONE), `${JSON.stringify({ at: deps.now() })}\n`)
}

function parkUnreadable(
  tx: Parameters<typeof parkLoss>[0],
  { newId, now }: TimeDep & IdDep,
  { unreadable }: RescuedCommands
): void {
  if (unreadable > 0) parkLoss(tx, { id: newId(), cause: 'unreadable', amount: unreadable, at: now() })
}

/** A store that was deleted on an order or shut out: what it had not sent goes to the centre, and nowhere else. */
function isTheCentres(folder: StoreFolder): boolean {
  const keyring = readKeyring(folder.keyringFile)
  return readEraseNote(folder)?.reason === 'wiped' || (keyring.ok && keyring.value.shutOutAt !== null)
}

const owedSchema = z.object({ deviceId: uuidSchema, serverUrl: z.url() })

/** Documents of a store that was set aside which only the centre opens, and where it is. null: there are none. */
export function readOwedDocuments(folder: StoreFolder): z.infer<typeof owedSchema> | null {
  if (!existsSync(owedFile(folder))) return null
  return owedSchema.parse(JSON.parse(readFileSync(owedFile(folder), 'utf8')))
}

const noteOwed = (folder: StoreFolder, owed: z.infer<typeof owedSchema>): void =>
  writeFileAtomically(owedFile(folder), `${JSON.stringify(owed)}\n`)

const owedFile = ({ dir }: StoreFolder): string => join(dir, 'documents-owed.json')
